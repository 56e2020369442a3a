"""German: labels, lists and sentences."""
