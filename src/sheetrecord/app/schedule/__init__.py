"""Runs that the operating system's own timer starts: written for it, put there, taken out again."""
