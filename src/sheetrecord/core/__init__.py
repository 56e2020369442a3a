"""The engine: pure functions on plain data, without input or output."""
