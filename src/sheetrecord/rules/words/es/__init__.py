"""What rules say in Spanish."""
