"""The exports of sales systems: which column is which, and every cell read or refused by name."""
