"""On which line of a TOML text a key stands: the parser that ships with Python does not say."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

Keys: TypeAlias = tuple[str | int, ...]
"""The keys, and positions in lists, that lead to a value."""

_TRIED: Final = 200
"""Lines that are tried for one key; a settings file that needs more is no settings file."""


def line_of(text: str, keys: Sequence[str | int], value: Any = None) -> int:
    r"""Return the line, from 1, where a key or its nearest table stands; 0 when none is found.

    A key stands on the first line with which the text up to there holds it. ``value`` is looked
    for on the lines of a list that takes several.

    >>> line_of("[a]\nx = 1\ny = [\n 'p',\n 'q',\n]", ["a", "y", 1], "q")
    5
    >>> line_of("[a]\nx = 1", ["a", "missing"])
    1
    """
    names = [key for key in keys if isinstance(key, str)]
    lines = text.split("\n")
    for length in range(len(names), 0, -1):
        found = _span(lines, names[:length])
        if found:
            first, last = found
            here = range(first, last) if length == len(names) and isinstance(value, str) else ()
            return next((i + 1 for i in here if str(value) in lines[i]), first + 1)
    return 0


def _span(lines: Sequence[str], names: Sequence[str]) -> tuple[int, int] | None:
    """Return the first line of a key and the line after its value, counted from 0."""
    candidates = [i for i, line in enumerate(lines) if names[-1] in line]
    for first in candidates[:_TRIED]:
        before = _read(lines[:first])
        if before is None or _holds(before, names):
            continue
        for last in range(first + 1, len(lines) + 1):
            after = _read(lines[:last])
            if after is not None:
                if _holds(after, names):
                    return first, last
                break
    return None


def _read(lines: Sequence[str]) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return None


def _holds(table: Any, names: Sequence[str]) -> bool:
    for name in names:
        if not isinstance(table, Mapping) or name not in table:
            return False
        table = table[name]
    return True


def texts(
    value: Any, keys: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text of a document with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from texts(one, (*keys, key))
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from texts(one, (*keys, i))
