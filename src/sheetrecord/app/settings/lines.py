"""On which line of a TOML text a key stands: the parser that ships with Python does not say."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

Keys: TypeAlias = tuple[str | int, ...]
"""The keys, and positions in lists, that lead to a value."""

_MOST: Final = 20_000_000
"""Characters that are parsed at the most to find lines, some seconds: then they are not said."""


class Lines:
    r"""Finds the lines of a text's keys, by parsing it up to one line or another.

    >>> found = Lines("[a]\nx = 1\ny = [\n 'p',\n 'q',\n]")
    >>> found.of(["a", "y", 1], "q"), found.of(["a", "missing"]), found.of(["b"])
    (5, 1, 0)
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._parsed: dict[int, Mapping[str, object] | None] = {}
        self._left = _MOST

    def of(self, keys: Sequence[str | int], value: object = None) -> int:
        """Return the line, from 1, where a key or its nearest table stands; 0 when none is found.

        A key stands on the first line with which the text up to there holds it. ``value`` is
        looked for on the lines of a list that takes several.
        """
        names = [key for key in keys if isinstance(key, str)]
        for length in range(len(names), 0, -1):
            found = self._span(names[:length])
            if found:
                first, last = found
                whole = length == len(names) and isinstance(value, str)
                here = range(first, last) if whole else ()
                return next((i + 1 for i in here if str(value) in self._lines[i]), first + 1)
        return 0

    def _span(self, names: Sequence[str]) -> tuple[int, int] | None:
        """Return the first line of a key and the line after its value, counted from 0."""
        for first in (i for i, line in enumerate(self._lines) if names[-1] in line):
            before = self._up_to(first)
            if before is None or _holds(before, names):
                continue
            for last in range(first + 1, len(self._lines) + 1):
                after = self._up_to(last)
                if after is not None:
                    if _holds(after, names):
                        return first, last
                    break
        return None

    def _up_to(self, last: int) -> Mapping[str, object] | None:
        """Return what the first lines say, None where that is cut or too much was parsed."""
        if last not in self._parsed:
            text = "\n".join(self._lines[:last])
            self._left -= len(text)
            if self._left < 0:
                return None
            try:
                self._parsed[last] = tomllib.loads(text)
            except tomllib.TOMLDecodeError:
                self._parsed[last] = None
        return self._parsed[last]


def _holds(table: object, names: Sequence[str]) -> bool:
    for name in names:
        if not isinstance(table, Mapping) or name not in table:
            return False
        table = table[name]
    return True


def texts(
    value: object, keys: tuple[str | int, ...] = ()
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
