"""Sync with real files and a store: the driver that carries out the engine's steps."""
