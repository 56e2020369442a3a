"""One record that travels with the client, in the spreadsheet the firm lives in.

>>> import sheetrecord
>>> sheetrecord.open.__module__
'sheetrecord.library.record'
"""

from importlib import import_module
from typing import Any, Final

__version__ = "0.1.0"

_LATER: Final = {
    "Plan": ("plan", "Plan"),
    "OpenRecord": ("record", "OpenRecord"),
    "from_frames": ("frames", "from_frames"),
    "open": ("record", "open_record"),
}
"""The library's names, each loaded when it is asked for: the command line needs none of them."""


def __getattr__(name: str) -> Any:
    """Load a name of the library; see `__init__.pyi` for the types."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, thing = _LATER[name]
    return getattr(import_module(f"sheetrecord.library.{module}"), thing)
