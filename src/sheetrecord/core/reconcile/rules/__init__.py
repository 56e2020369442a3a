"""The rules of matching, by what they rest on: a quoted number, a name, several items."""
