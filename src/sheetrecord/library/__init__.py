"""The library: a record as Python programs use it; the command line is one of them."""
