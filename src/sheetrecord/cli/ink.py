"""Bold and coloured words for a terminal, without loading the parser of words for them.

Source: ECMA-48, 8.3.117 (SGR), in the order in which click writes the same.
"""

import re
from typing import Final

_FOREGROUND: Final = {"red": 31, "green": 32, "yellow": 33, "blue": 34}


def bold(text: str) -> str:
    """Return a text in bold.

    >>> bold("a")
    '\\x1b[1ma\\x1b[0m'
    """
    return f"\033[1m{text}\033[0m"


def coloured(text: str, colour: str) -> str:
    """Return a text in one of the colours that every terminal has."""
    return f"\033[{_FOREGROUND[colour]}m{text}\033[0m"


def without(text: str) -> str:
    """Return a text without any control sequences (ECMA-48, 5.4), for what is no terminal."""
    return re.sub(r"\033\[[0-?]*[ -/]*[@-~]", "", text)
