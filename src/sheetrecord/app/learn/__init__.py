"""Use cases of what a record learns: imports, gaps, who leaves, contracts."""
