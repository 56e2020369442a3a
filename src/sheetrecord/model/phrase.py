"""Words that a message is filled with and that are ours: English text that can be told otherwise.

Whoever finds a problem knows no language. It names what it found by these, and whoever prints it
tells them in the workbook's own words. As they stand they are English.
"""

from collections.abc import Sequence
from typing import Any, Self


class Phrase(str):
    """A piece of a sentence with its parts filled in: ``Phrase("{one} or {other}", one=...)``."""

    __slots__ = ("parts", "template")
    template: str
    parts: dict[str, object]

    def __new__(cls, template: str, **parts: object) -> Self:
        """Fill the template; each part may be a phrase, a date or an amount itself."""
        made = super().__new__(cls, template.format_map(parts) if parts else template)
        made.template, made.parts = template, parts
        return made

    def __getnewargs_ex__(self) -> object:
        """Return what makes the same phrase again, in another process too."""
        return (self.template,), self.parts


class Series(str):
    """Several pieces with the same words or marks between each two of them."""

    __slots__ = ("between", "parts")
    between: str
    parts: tuple[object, ...]

    def __new__(cls, between: str, parts: Sequence[object]) -> Self:
        """Join the parts."""
        made = super().__new__(cls, between.join(map(str, parts)))
        made.between, made.parts = between, tuple(parts)
        return made

    def __getnewargs__(self) -> Any:
        """Return what makes the same series again."""
        return self.between, self.parts


class Numeral(str):
    """A number as English writes it, such as ``1,234.5``."""

    __slots__ = ()


class Term(str):
    """Something that the workbook has a word of its own for.

    ``sheet KEY``: its title, ``column SHEET KEY``: its header, as they stand (``usual``, ``usual
    column``: as the template has them). ``label LIST CODE``: a word of a list; ``choices LIST``:
    all of them; ``list LIST``, ``setting NAME``: what Lists and Settings call it. As text it is
    the last of these words.
    """

    __slots__ = ("what",)
    what: tuple[str, ...]

    def __new__(cls, *what: str) -> Self:
        """Name what is meant by its kind and its keys."""
        made = super().__new__(cls, what[-1].replace("_", " "))
        made.what = what
        return made

    def __getnewargs__(self) -> Any:
        """Return what makes the same term again."""
        return self.what
