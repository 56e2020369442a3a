"""Formulas that judge one cell as the engine reads it, whatever people have put there.

An error counts as blank, a tick or a text is no number, and characters that nobody sees are
nothing. No formula made of these passes an error on, so one bad cell spoils no other row.
"""

from typing import Final

from sheetrecord.model.money import EXPONENTS

BLANKS: Final = ("\u00a0", "\u202f")
"""Blanks of their own width, which TRIM leaves in place."""

UNSEEN: Final = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff")
"""Characters that show nothing; those below 32, line breaks among them, are CLEAN's."""

TICKS: Final = (
    *("x", "y", "yes", "true", "1", "ok", "okay", "o.k", "done", "on", "tick", "ticked", "checked"),
    *("j", "ja", "jawohl", "wahr", "erledigt", "haken", "s", "si", "sí", "verdadero", "hecho"),
    *("listo", "o", "oui", "vrai", "fait", "coché", "ü", "þ", "√", "☑", "✅", "✓", "✔", "🗹"),
)
"""What people write for a tick besides the firm's own word: the engine's list, as it folds."""

_IN_PARTS: Final = ("si\u0301", "coche\u0301", "u\u0308")
"""Those with an accent once more, as macOS writes it: a character of its own."""

_AROUND: Final = "_*:.!-\ufe0e\ufe0f"
"""What may stand around such a word."""


def clean(cell: str) -> str:
    """Return a formula for a cell's text without what cannot be seen; an error stays one."""
    text = cell
    for blank_ in BLANKS:
        text = f'SUBSTITUTE({text},"{blank_}"," ")'
    for unseen in UNSEEN:
        text = f'SUBSTITUTE({text},"{unseen}","")'
    return f"TRIM(CLEAN({text}))"


def blank(cell: str) -> str:
    """Return a formula that is true when a cell shows no visible character."""
    return f'IFERROR({clean(cell)}="",TRUE)'


def filled(cell: str) -> str:
    """Return a formula that is true when a cell shows a visible character."""
    return f'IFERROR({clean(cell)}<>"",FALSE)'


def sought(text: str) -> str:
    """Return a formula for a text as MATCH looks for it: ``*``, ``?`` and ``~`` mean themselves."""
    for wild in "~*?":
        text = f'SUBSTITUTE({text},"{wild}","~{wild}")'
    return text


def placed(cell: str, list_: str) -> str:
    """Return a formula for a cell's place in a list of texts; an error when it is not there."""
    return f"MATCH({sought(cell)},{list_},0)"


def known(cell: str, list_: str) -> str:
    """Return a formula that is true when a list has the word in a cell."""
    return f"ISNUMBER({placed(cell, list_)})"


def same(cell: str, *labels: str) -> str:
    """Return a formula that is true when a cell holds one of some labels."""
    each = [f"{cell}={label}" for label in labels]
    return f"IFERROR({each[0] if len(each) == 1 else 'OR(' + ','.join(each) + ')'},FALSE)"


def day(cell: str) -> str:
    """Return a formula that is true when a cell holds a day from 1990 to 2100.

    SUM takes no text for a number in any program, as N and subtraction do in some.
    """
    return f"IFERROR(ABS(INT(SUM({cell}))-DATE(2045,7,1)-0.5)<20271,FALSE)"


def number(cell: str) -> str:
    """Return a formula that is true when a cell holds a number; a tick is none."""
    return f"AND(ISNUMBER({cell}),NOT(ISLOGICAL({cell})))"


def value(cell: str) -> str:
    """Return a formula for the number in a cell, 0 where there is none."""
    return f"IF(ISLOGICAL({cell}),0,IFERROR(SUM({cell}),0))"


def amount(cell: str, places: str) -> str:
    """Return a formula for an amount in whole minor units, 0 where there is none.

    LibreOffice takes a tick in a cell that shows money for 1, and cannot tell the two apart.
    """
    return f"IFERROR(ROUND(SUM({cell}),{places}),0)"


def share(cell: str) -> str:
    """Return a formula for a share, 0 where there is none; 19 is no share, it may mean 19 %."""
    percent = f"ABS(SUM({cell})-50.500001)<=49.5"  # more than 1, up to 100
    return f"IFERROR(IF({percent},0,SUM({cell})),0)"


def ticked(cell: str) -> str:
    """Return a formula that is true when a cell is ticked, in the firm's word or another."""
    spelled = "/".join((*TICKS, *_IN_PARTS))
    heard = f'SUBSTITUTE(SUBSTITUTE(LOWER({clean(cell)}),"o.k","ok"),"/","|")'
    for mark in _AROUND:
        heard = f'SUBSTITUTE({heard},"{mark}"," ")'
    found = f'FIND("/"&TRIM({heard})&"/","/{spelled}/")'
    return f"IFERROR(OR({cell}=<yes.yes>,ISNUMBER({found})),FALSE)"


def places(code: str) -> str:
    """Return a formula for the ISO 4217 decimal places of a currency; 2 by default."""
    table = "/".join(f"/{code}/{places}" for code, places in EXPONENTS.items() if places != 2)
    return f'IFERROR(MID("{table}",FIND("/"&UPPER({code})&"/","{table}")+5,1)*1,2)'
