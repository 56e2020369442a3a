"""How a check is printed: text for people, the rest for programs; one module a format."""

from collections.abc import Sequence
from importlib import import_module

from sheetrecord.app.validate import Checked


def render(format_: str, checked: Sequence[Checked], *, notes: bool) -> str:
    """Return the result of a check in one of the formats; each ends with a line break."""
    module = import_module(f"sheetrecord.cli.render.{format_}")
    text: str = module.render(checked, notes=notes)
    return text if text.endswith("\n") else text + "\n"
