"""Text metrics for cells: character widths of Arial, and where lines break."""

import math
from functools import cache, lru_cache
from typing import Final

_PER_PIXEL: Final = 96 / 72
"""Pixels of a point at the zoom of 100 %, as column widths are counted."""

DIGIT: Final = 7
"""Pixels of a digit of the workbook's default font: the unit in which widths are given."""

_PADDING: Final = 6
"""Pixels that a program keeps free left and right of a text, together."""

INDENT: Final = 9
"""Pixels of one step of indent."""

_SLACK: Final = 1.04
"""Letters on a screen stand on whole pixels: a line may come out this much longer."""

_PITCH: Final = 1.275
"""Height of a line, in font sizes: the 12.75 points that Excel gives to Arial 10."""

_REGULAR: Final = {
    191: "'",
    222: "ijl\u2019\u2018",
    260: "|¦",
    278: " !,./:;I[\\]ft·ÌÍÎÏìíîï\u00a0\u202f",
    333: "()-`r¡¨¯²³¹“”„",
    334: "{}",
    350: "•",
    355: '"',
    365: "º",
    370: "ª",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzçýÿ",
    537: "¶",
    556: "#$0123456789?L_abdeghnopqu¢£¤¥§«µ»àáâãäåèéêëðñòóôõöùúûüþ\u2013€",
    584: "+<=>~¬±\u00d7÷",
    611: "FTZ¿ßø",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQÒÓÔÕÖØ",
    833: "Mm",
    834: "¼½¾",
    889: "%æ",
    944: "Wœ",
}
_BOLD: Final = {
    238: "'",
    278: " ,./I\\ijl·ÌÍÎÏìíîï\u2019\u2018\u00a0\u202f",
    280: "|¦",
    333: "!()-:;[]`ft¡¨¯²³¹",
    350: "•",
    365: "º",
    370: "ª",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”„",
    556: "#$0123456789J_aceksvxy¢£¤¥§«¶»àáâãäåçèéêëýÿ\u2013€",
    584: "+<=>^~¬±\u00d7÷",
    611: "?FLTZbdghnopquµ¿ßðñòóôõöøùúûüþ",
    667: "EPSVXYÈÉÊËÝÞ",
    722: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQwÒÓÔÕÖØ",
    833: "M",
    834: "¼½¾",
    889: "%mæ",
    944: "Wœ",
}
"""Widths in thousandths of the font size, as all fonts have them that stand in for Arial."""

_WIDEST: Final = 1000


@cache
def _table(bold: bool) -> dict[str, int]:  # noqa: FBT001 - a cache takes no keyword of its own
    return {c: wide for wide, some in (_BOLD if bold else _REGULAR).items() for c in some}


def length(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in pixels; an unknown character counts as the widest."""
    table = _table(bold)
    thousandths = sum(table.get(character, _WIDEST) for character in text)
    return thousandths / 1000 * size * _PER_PIXEL * _SLACK


def room(width: float, indent: int = 0) -> float:
    """Return the pixels available for text in a column of a width (in characters)."""
    return width * DIGIT + 5 - _PADDING - indent * INDENT


def needed(text: str, size: float, *, bold: bool = False, indent: int = 0) -> float:
    """Return the width of a column, in halves, that shows a text on one line."""
    pixels = length(text, size, bold=bold) + _PADDING - 5 + indent * INDENT
    return math.ceil(pixels / DIGIT * 2) / 2


@lru_cache(maxsize=8192)
def lines(text: str, pixels: float, size: float, *, bold: bool = False) -> int:
    """Return the number of lines of a wrapped text; a word longer than a line is broken."""
    return sum(_wrapped(one, pixels, size, bold=bold) for one in text.split("\n")) if text else 1


def _wrapped(text: str, pixels: float, size: float, *, bold: bool) -> int:
    if length(text, size, bold=bold) <= pixels:
        return 1
    blank = length(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in text.split(" "):
        long = length(word, size, bold=bold)
        if used and used + blank + long > pixels:
            count, used = count + 1, 0.0
        used += (blank if used else 0.0) + long
        if used > pixels:
            broken = math.ceil(used / pixels) - 1
            count, used = count + broken, used - broken * pixels
    return count


def height(count: int, size: float) -> float:
    """Return the height in points of lines of text in a cell.

    ``size`` is the font size in points.
    """
    return math.ceil((count * size * _PITCH + 1.5) * 4) / 4
