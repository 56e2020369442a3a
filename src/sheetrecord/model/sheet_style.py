"""How a new sheet looks, as data: each kind of workbook dresses it as well as it can."""

from typing import Final, NamedTuple


class Look(NamedTuple):
    """How cells of a new sheet look; colours are six hexadecimal digits (``C00000``)."""

    bold: bool = False
    underline: bool = False
    size: float = 0
    """Points; 0 for the workbook's own size."""
    colour: str = ""
    fill: str = ""
    wrap: bool = False
    kind: str = ""
    """``date`` for days, ``money`` for amounts with two decimals, empty for anything."""
    right: bool = False
    rule: bool = False
    """For a conditional format: only colour and bold count."""


class Head(NamedTuple):
    """One of the rows above the data: its look, its height in points (0: as usual)."""

    look: Look | None = None
    height: int = 0
    hidden: bool = False


class ConditionalFormat(NamedTuple):
    """A conditional format: cells that compare so with a value, written as in a formula."""

    operator: str
    """As in a spreadsheet file: ``equal``, ``greaterThan`` (ECMA-376 part 1, 18.18.15)."""
    value: str
    look: Look


class ColumnStyle(NamedTuple):
    """One column of a new sheet; ``width`` in characters.

    ``look`` is that of its cells below the heads (None: the workbook's plain format), also of the
    empty ones when ``whole``; ``header`` replaces the look of the last head. ``words`` give cells
    of certain texts a look of their own. ``choices`` are a drop-down. With ``links`` a cell that
    holds an address (``Deal!L41``) leads there.
    """

    width: float
    look: Look | None = None
    whole: bool = False
    header: Look | None = None
    words: tuple[tuple[str, Look], ...] = ()
    choices: tuple[str, ...] = ()
    rules: tuple[ConditionalFormat, ...] = ()
    links: bool = False


class SheetStyle(NamedTuple):
    """A new sheet's looks.

    ``heads`` are the rows above the data, which stay in sight. ``lines`` is how many lines of
    text a row shows, 0 for as many as its texts need. ``tab`` is a colour. ``printed``: without
    grid lines, in landscape, as wide as a page, the last head on every page. ``filtered``: people
    may filter by the last head.
    ``guarded``: protected without a password, a guard against slips, not against will.
    """

    name: str
    columns: tuple[ColumnStyle, ...] = ()
    heads: tuple[Head, ...] = ()
    lines: int = 1
    tab: str = ""
    printed: bool = False
    filtered: bool = False
    guarded: bool = False


GUARDED: Final = SheetStyle("guarded", guarded=True)
"""A sheet that nobody types into."""
