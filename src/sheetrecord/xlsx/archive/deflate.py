"""Deflate and CRC-32: by isal, several times faster than zlib, which does it where isal is not."""

from importlib import import_module
from typing import Any, Final


def _found() -> Any:
    try:
        return import_module("isal.isal_zlib")
    except ImportError:  # a browser, say
        return import_module("zlib")


isal_zlib: Final = _found()
"""The module of the two that is there; what is used of them has the same names in both."""
