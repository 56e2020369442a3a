"""Commands that messages suggest, completed so that they run as they are printed."""

import re
from typing import Final

_COMMAND: Final = re.compile(r"`sheetrecord [^`]*`")
_PLACE: Final = re.compile(r"(?<![-\w])(BOOK|DEAL)(?![-\w])")
"""A word of its own: `DEAL-019` is a rule."""
_PLAIN: Final = re.compile(r"[\w@%+=:,./\\~-]+")


def completed(text: str, book: object, deal: str = "") -> str:
    """Return a text whose suggested commands name the workbook and the deal they are about.

    >>> completed("Run `sheetrecord promote BOOK DEAL --plan` on this BOOK.", "my firm.xlsx", "D-1")
    'Run `sheetrecord promote "my firm.xlsx" D-1 --plan` on this BOOK.'
    """
    if "`sheetrecord " not in text:
        return text
    words = {"BOOK": word(book), "DEAL": deal or "DEAL"}
    return _COMMAND.sub(lambda said: _PLACE.sub(lambda one: words[one[1]], said[0]), text)


def word(text: object) -> str:
    """Return a name as one word of a command, in quotes where a shell would part it.

    >>> word("firm.xlsx"), word("Müller & Co.xlsx")
    ('firm.xlsx', '"Müller & Co.xlsx"')
    """
    told = str(text)
    return told if _PLAIN.fullmatch(told) else '"' + told.replace('"', '\\"') + '"'
