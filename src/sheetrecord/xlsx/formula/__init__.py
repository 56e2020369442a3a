"""Formulas: tokens, references, moves of rows, shared formulas, stale results."""
