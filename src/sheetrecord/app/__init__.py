"""Use cases: each reads what it needs, asks the core, and hands back or writes the result."""
