"""What rules say in French."""
