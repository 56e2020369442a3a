"""One record that travels with the client, in the spreadsheet the firm lives in."""

__version__ = "0.1.0"
