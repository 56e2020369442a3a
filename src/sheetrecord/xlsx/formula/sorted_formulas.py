"""The formulas of a worksheet grouped by column and pattern, cached by the part's bytes.

Patching the copies of one record, and one copy after the other change, meets the same parts. They
are known again by all of their packed bytes, or by a digest once they have changes; what differs
in one byte is read.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Sequence
from itertools import repeat
from operator import eq
from typing import Final, NamedTuple, Protocol

from sheetrecord.xlsx.addresses import Area, column_number
from sheetrecord.xlsx.archive.members import RawMember
from sheetrecord.xlsx.formula.cells import entries, filled_areas, masters
from sheetrecord.xlsx.write.draft import PackageDraft
from sheetrecord.xlsx.xml.formula_kinds import OWN_ROW
from sheetrecord.xlsx.xml.pages import Pages
from sheetrecord.xlsx.xml.sheet_layout import SheetLayout

MOST_KEPT: Final = 400_000
"""Formula cells of which it is kept how they are sorted; some 36 bytes each."""


def with_row(text: bytes, row: int) -> bytes:
    """Return the text of a group's formula in a given row."""
    return text.replace(OWN_ROW, b"%d" % row)


class FormulaGroup(NamedTuple):
    """Formula cells of one column; ``text`` has `OWN_ROW` for the row, b"" in a shared formula."""

    column: int
    attributes: bytes
    text: bytes
    rows: tuple[int, ...]

    def text_at(self, row: int) -> bytes:
        """Return a member's text, still escaped."""
        return with_row(self.text, row)


class Sorted(NamedTuple):
    """The formulas of one worksheet; ``masked``: it has comments or the like between them.

    ``masters`` are row, column and text of each shared formula by its group, ``areas`` the cells
    that array formulas and data tables fill.
    """

    groups: tuple[FormulaGroup, ...]
    masters: dict[bytes, tuple[int, int, bytes]]
    areas: dict[tuple[int, int], Area]
    masked: bool

    @property
    def cells(self) -> int:
        """How many formula cells there are."""
        return sum(len(group.rows) for group in self.groups)


def sort_out(rows: SheetLayout | Pages) -> Sorted:
    """Sort the formulas of a worksheet."""
    found: dict[tuple[bytes, bytes, bytes], list[int]] = {}
    special: list[tuple[bytes, bytes, bytes, bytes]] = []
    for some in entries(rows):
        columns: defaultdict[tuple[bytes, bytes], list[tuple[bytes, ...]]] = defaultdict(list)
        for entry in some:
            columns[entry[0], entry[2]].append(entry)
        for (column, attributes), held in columns.items():
            _, numbers, _, texts = zip(*held, strict=True)
            for text, own in _by_text(numbers, texts).items():
                found.setdefault((column, attributes, text), []).extend(own)
        special += [entry for entry in some if entry[2]]
    groups = tuple(
        FormulaGroup(column_number(column.decode()), attributes, text, tuple(held))
        for (column, attributes, text), held in found.items()
    )
    masked = isinstance(rows, SheetLayout) and rows.mask is not rows.data
    return Sorted(groups, masters(special), filled_areas(special), masked)


def _by_text(numbers: Sequence[bytes], texts: Sequence[bytes]) -> dict[bytes, list[int]]:
    """Return the rows of formulas of one column by their text with `OWN_ROW`."""
    first = texts[0].replace(numbers[0], OWN_ROW)
    parts = first.split(OWN_ROW)
    if all(map(eq, map(bytes.join, numbers, repeat(parts)), texts)):
        return {first: list(map(int, numbers))}  # one formula all the way, as in most columns
    found: dict[bytes, list[int]] = {}
    for number, text in zip(numbers, texts, strict=True):
        found.setdefault(text.replace(number, OWN_ROW), []).append(int(number))
    return found


class Keeper(Protocol):
    """What keeps the sorted formulas of parts for longer than this process."""

    def find(self, raw: RawMember) -> Sorted | None:
        """Return a part's formulas if they are kept."""

    def keep(self, raw: RawMember, found: Sorted) -> None:
        """Keep a part's formulas."""


_known: OrderedDict[Hashable, Sorted] = OrderedDict()


def sorted_part(draft: PackageDraft, part: str, kept: Keeper | None = None) -> Sorted | None:
    """Return the formulas of a part that is not large, as it is now; None for a large one."""
    found = known_part(draft, part, kept)
    if found is not None:
        return found
    key = _key(draft, part)
    if key is None:
        return None
    data = draft.text(part)
    none = b"<f" not in data and b":f" not in data
    found = Sorted((), {}, {}, masked=False) if none else sort_out(draft.layout(part))
    _keep(key, found)
    raw = draft.raw(part)
    if kept is not None and raw is not None:
        kept.keep(raw, found)
    return found


def known_part(draft: PackageDraft, part: str, kept: Keeper | None = None) -> Sorted | None:
    """Return the formulas of a part if one of the same bytes was sorted before."""
    key = _key(draft, part)
    if key is None:
        return None
    found = _known.get(key)
    if found is not None:
        _known.move_to_end(key)
        return found
    raw = draft.raw(part)
    found = kept.find(raw) if kept is not None and raw is not None else None
    if found is not None:
        _keep(key, found)
    return found


def _key(draft: PackageDraft, part: str) -> Hashable | None:
    return None if draft.pages(part) is not None else draft.told_by(part)


def _keep(key: Hashable, found: Sorted) -> None:
    _known[key] = found
    kept = sum(one.cells for one in _known.values())
    while kept > MOST_KEPT and len(_known) > 1:
        kept -= _known.popitem(last=False)[1].cells
