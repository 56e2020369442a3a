"""Which row a mistyped id must mean: the one id that differs only in how it is written."""

from collections.abc import Iterable

_HEARD = str.maketrans({"o": "0", "i": "1", "l": "1"})
"""Letters that Crockford's Base32 leaves out because they are read as digits."""


def spellings(known: Iterable[str]) -> dict[str, str]:
    """Return folded spelling -> the one id it can mean; spellings that mean two are left out.

    >>> known = spellings(["D-0007", "D-0070", "C-7K3Q0"])
    >>> known.get(folded("d 7")), known.get(folded("c-7k3qO")), known.get(folded("D-8"))
    ('D-0007', 'C-7K3Q0', None)
    >>> spellings(["D-07", "D-7"])
    {}
    """
    meant: dict[str, set[str]] = {}
    for one in known:
        meant.setdefault(folded(one), set()).add(one)
    return {key: found.pop() for key, found in meant.items() if key and len(found) == 1}


def folded(text: str) -> str:
    """Return an id without what makes no difference to a reader.

    That is case, blanks, dashes, the leading zeros of a deal's number, and the letters that look
    like digits; any other character tells two ids apart.
    """
    plain = "".join(char for char in text.casefold() if char.isalnum())
    prefix, rest = plain[:1], plain[1:].translate(_HEARD)
    return prefix + (rest.lstrip("0") if prefix == "d" else rest)
