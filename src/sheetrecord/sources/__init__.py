"""Readers of what was written and said: one a kind of file, bytes in, messages out."""
