"""Names and remittance texts: one form, invoice numbers in them, near misses, similarity."""
