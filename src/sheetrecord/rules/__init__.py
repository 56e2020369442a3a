"""Rules: what can be wrong with a record, each declared once with its reason and examples."""
