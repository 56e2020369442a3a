"""Sync: what each copy was seen to hold, merged into one record and back, and nothing lost."""
