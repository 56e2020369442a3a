"""What goes into a spreadsheet program so that its menu knows this one."""
