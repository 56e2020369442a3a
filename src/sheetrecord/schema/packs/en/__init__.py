"""English: labels, lists and sentences."""
