"""The handover, both sides: promote, accept, return, confirm, and what was sold."""
