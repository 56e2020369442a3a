"""Sync with real files and a store: the world's answers to the engine's steps."""
