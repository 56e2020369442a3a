"""Workbooks that are open now, in a program: read and written where the user sees them."""
