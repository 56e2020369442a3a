"""Allocations, the append-only truth: made, kept lawful, summed up by invoice and month."""
