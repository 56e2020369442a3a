"""Which cell styles show a number as a date or time (ECMA-376 part 1, 18.8.10 and 18.8.30)."""

from collections.abc import Iterable

from sheetrecord.xlsx.dates import built_in_kind, format_kind
from sheetrecord.xlsx.xml.tree import PartRoot, walk


class _Styles:
    def __init__(self) -> None:
        self.codes: dict[int, int] = {}
        self.kinds: list[int] = []
        self._path: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == "numFmt" and parent == "numFmts":
            code = attributes.get("formatCode", "")
            self.codes[_number(attributes)] = format_kind(code[:1024])
        elif name == "xf" and parent == "cellXfs":
            number = _number(attributes)
            self.kinds.append(self.codes.get(number, built_in_kind(number)))

    def end(self, _name: str) -> None:
        self._path.pop()

    def text(self, data: str) -> None:
        pass


def _number(attributes: dict[str, str]) -> int:
    number = attributes.get("numFmtId", "0")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def style_kinds(chunks: Iterable[bytes], part: str, depth: int) -> list[int]:
    """Return for each cell style what it shows: a number, a date, a time or both."""
    styles = _Styles()
    walk(chunks, PartRoot(part, "styleSheet"), styles, depth)
    return styles.kinds
