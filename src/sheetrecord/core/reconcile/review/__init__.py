"""Questions for people on the Review sheet, and the decisions they wrote there."""
