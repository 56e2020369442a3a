"""Live formulas: their notation, the gate as formulas, and comparison with those in a workbook."""
