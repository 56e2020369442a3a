"""Spanish: labels, lists and sentences."""
