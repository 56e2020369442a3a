"""Readers of banks' and processors' exports, one file a format."""
