"""What rules say in German."""
