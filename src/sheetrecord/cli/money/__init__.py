"""The command `reconcile`: its words, what it writes, and how it is told."""
