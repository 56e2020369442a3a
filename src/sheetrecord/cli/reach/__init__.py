"""Commands by which people without the program get what it does: the page, panes, a service."""
