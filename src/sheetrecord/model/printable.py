"""Text for a terminal or a log: control, invisible and bidirectional characters are shown escaped.

Sources: ECMA-48 (control functions), Unicode Standard Annex 9 (turning the reading direction) and
the property Default_Ignorable_Code_Point of the Unicode Character Database (what shows nothing).
"""

import re
from functools import cache
from typing import Final

_UNSEEN: Final = (
    "[\x00-\x1f\x7f-\x9f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of a character, and no characters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""U+FE0E and U+FE0F stay: they say only whether the sign before them is coloured."""

_WORDS: Final = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_RUNNER: Final = r"##(?=\[|vso\[)"


def one_line(text: str) -> str:
    r"""Return a text as one line in which every character can be seen.

    >>> print(one_line("Acme\x1b[2J\u202e\nnext"))
    Acme\u{1b}[2J\u{202e}\nnext
    """
    return text if text.isprintable() else _unseen().sub(_shown, text)


def lines(text: str) -> str:
    r"""Return a text of several lines in which every character but the line break can be seen.

    >>> print(lines("a\rb\nc\u200b"))
    a\rb
    c\u{200b}
    """
    return text if text.isprintable() else "\n".join(map(one_line, text.split("\n")))


def in_json(text: str) -> str:
    r"""Return JSON that means the same, with what cannot be seen, or commands, in its escapes.

    >>> print(in_json('["a\u202eb", "\U000e0041", "##[error]"]'))
    ["a\u202eb", "\udb40\udc41", "\u0023#[error]"]
    """
    safe = re.sub(_RUNNER, r"\\u0023#", text) if "##" in text else text
    if safe.isprintable():
        return safe
    return "\n".join(_unseen().sub(_escaped, line) for line in safe.split("\n"))


def no_command(line: str) -> str:
    r"""Return a line that a build's runner takes for text: GitHub's, Azure's and their like.

    They obey what a line of a log begins with (``::error``) or holds (``##[group]``).

    >>> print(no_command("  ::error::owned"), no_command("a ##vso[task.setvariable]"))
      \u{3a}:error::owned a \u{23}#vso[task.setvariable]
    """
    bare = line.lstrip()
    if bare.startswith("::"):
        line = f"{line[: len(line) - len(bare)]}\\u{{3a}}{bare[1:]}"
    return re.sub(_RUNNER, r"\\u{23}#", line) if "##" in line else line


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(_UNSEEN)


def _shown(found: re.Match[str]) -> str:
    character = found.group()
    return _WORDS.get(character) or f"\\u{{{ord(character):x}}}"


def _escaped(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
