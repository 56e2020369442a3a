"""Templates with rows, each built once in a process: built again, it is the same bytes."""

import pickle
from functools import lru_cache
from typing import Any, Final

from sheetrecord.formats import template

_KEPT: Final = 256


def build(spec: template.Spec, rows: dict[str, list[dict[str, Any]]]) -> bytes:
    """Return the workbook of a template with rows, as the template's own `build` does."""
    return _built(pickle.dumps((spec, rows)))


@lru_cache(maxsize=_KEPT)
def _built(wanted: bytes) -> bytes:
    spec, rows = pickle.loads(wanted)
    return template.build(spec, rows)
