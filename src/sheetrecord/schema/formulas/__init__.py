"""Live formulas: their notation, the gate as formulas, and comparing those that stand in a book."""
