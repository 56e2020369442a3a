"""Commands about spreadsheet programs themselves."""
