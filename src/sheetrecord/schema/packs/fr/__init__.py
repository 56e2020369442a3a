"""French: labels, lists and sentences."""
