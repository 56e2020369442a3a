"""The firm's fee templates: which invoice lines a closed deal starts with, read from Settings."""

from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.model.book import Book
from sheetrecord.model.value import shown
from sheetrecord.schema import names
from sheetrecord.schema.read.lexicon import Lexicon

WHOLE: Final = Decimal("0.001")
"""Shares that add up this close to 100 % are meant to: twelve twelfths are typed rounded."""


class FeeTemplateLine(NamedTuple):
    """One line of a fee template.

    ``share`` is a part of the agreed amount (``Decimal("0.3")``), None where the amount comes
    later; the line is planned some days and months after what triggers it.
    """

    fee_type: str
    trigger: str
    share: Decimal | None
    days: int
    months: int
    description: str


class FeeTemplate(NamedTuple):
    """A named list of lines."""

    name: str
    lines: tuple[FeeTemplateLine, ...]

    @property
    def total(self) -> Decimal:
        """What the shares add up to; 1 is the whole amount."""
        return sum((line.share for line in self.lines if line.share is not None), Decimal(0))

    @property
    def sums_up(self) -> bool:
        """Whether its shares make the whole amount, or none of it has a share."""
        return self.open_ended or abs(self.total - 1) <= WHOLE

    @property
    def open_ended(self) -> bool:
        """Whether every amount comes later, as with time and materials."""
        return all(line.share is None for line in self.lines)

    @property
    def model(self) -> str:
        """The fee model it serves: a list of its lines without the expenses tells."""
        kinds = {line.fee_type for line in self.lines} - {"reimbursable"}
        if kinds == {"success"}:
            return "success"
        if {"time_materials", "success"} & kinds and not self.open_ended:
            return "mixed"
        if kinds == {"retainer"}:
            return "retainer"
        return "time_materials" if self.open_ended else "fixed"


def read_templates(book: Book, lexicon: Lexicon) -> list[FeeTemplate]:
    """Return the fee templates of a workbook's Settings, in their order."""
    found: dict[str, list[FeeTemplateLine]] = {}
    area = book.names.get(names.setting_name("fee_templates"))
    if area is None or area.sheet not in book.sheets:
        return []
    cells = book.cells(area)
    for row in sorted({row for row, _ in cells}):
        values = [shown(cells.get((row, area.left + i))) for i in range(8)]
        name, _, kind, trigger, share, days, months, description = values
        fee_type = lexicon.loose("fee_type", str(kind or ""))
        if not name or not fee_type:
            continue
        line = FeeTemplateLine(
            fee_type,
            lexicon.loose("trigger", str(trigger or "")) or "on_date",
            _share(share),
            _whole(days),
            _whole(months),
            str(description or ""),
        )
        found.setdefault(str(name).strip(), []).append(line)
    return [FeeTemplate(name, tuple(lines)) for name, lines in found.items()]


def _share(cell: object) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return Decimal(repr(cell)) if 0 <= cell <= 100 else None


def _whole(cell: object) -> int:
    return int(cell) if isinstance(cell, int | float) and abs(cell) < 10_000 else 0


def usual_templates(language: str) -> list[FeeTemplate]:
    """Return the fee templates that ship, for a workbook that has none of its own."""
    from sheetrecord.schema.fee_specs import FEE_TEMPLATES
    from sheetrecord.schema.packs import pack

    words = pack(language).words
    return [
        FeeTemplate(
            name,
            tuple(
                FeeTemplateLine(
                    line.fee_type,
                    line.trigger,
                    None if line.percent is None else Decimal(repr(line.percent)),
                    line.offset_days,
                    line.offset_months,
                    words[line.description],
                )
                for line in lines
            ),
        )
        for name, lines in FEE_TEMPLATES.items()
    ]
