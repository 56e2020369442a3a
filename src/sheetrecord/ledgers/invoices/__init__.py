"""Readers of bookkeeping systems' exports, one file a system."""
