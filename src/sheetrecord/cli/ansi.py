"""Bold and coloured words, as marks that only printing turns into a terminal's control sequences.

A mark holds what is drawn anew for each run, so that no cell, name or message can hold one.
Source: ECMA-48, 8.3.117 (SGR).
"""

import os
from collections.abc import Iterable, Iterator
from typing import Final

from sheetrecord.model.printable import one_line

_MARK: Final = f"\033{os.urandom(8).hex()}["
_COLOURS: Final = {"red": 31, "green": 32, "yellow": 33, "blue": 34}
_END: Final = f"{_MARK}0m"


def bold(text: str) -> str:
    """Return a text in bold.

    >>> print(printed(bold("a") + "\\x1b[2J", colours=False))
    a\\u{1b}[2J
    """
    return f"{_MARK}1m{text}{_END}"


def dim(text: str) -> str:
    """Return a text in a dimmer colour."""
    return f"{_MARK}2m{text}{_END}"


def coloured(text: str, colour: str | None) -> str:
    """Return a text in one of the standard terminal colours; unchanged for None."""
    return f"{_MARK}{_COLOURS[colour]}m{text}{_END}" if colour else text


def joined(lines: Iterable[str]) -> str:
    r"""Return lines as one text; line breaks inside a line are escaped.

    >>> print(joined(["a\nb", "c"]))
    a\nb
    c
    """
    return "\n".join(line.replace("\n", r"\n") for line in lines)


def printed(line: str, *, colours: bool) -> str:
    """Return a line with its marks as control sequences, or without them, and nothing unseen."""
    first, *marked = line.split(_MARK)
    return "".join([one_line(first), *_inked(marked, colours=colours)])


def _inked(marked: Iterable[str], *, colours: bool) -> Iterator[str]:
    for piece in marked:
        code, _, text = piece.partition("m")
        if colours:
            yield f"\033[{code}m"
        yield one_line(text)
