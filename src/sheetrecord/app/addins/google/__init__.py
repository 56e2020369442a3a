"""The menu for Google Sheets: an Apps Script that is bound to one spreadsheet."""

from importlib.resources import files


def script() -> str:
    """Return what is pasted into the spreadsheet's script editor."""
    return (files(__name__) / "menu.js").read_text(encoding="utf-8")
