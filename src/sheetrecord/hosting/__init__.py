"""How the page reaches people: a static folder, the manifest of the Excel pane, a service."""
