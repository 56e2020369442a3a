"""The page's engine as a service on this machine: the same page, the same protocol."""
