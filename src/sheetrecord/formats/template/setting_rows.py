"""The contents of the sheet Settings: single values first, then tables."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.formats.template.spec import Spec
from sheetrecord.schema.fee_specs import FEE_TEMPLATES
from sheetrecord.schema.packs import Pack
from sheetrecord.schema.sheets import SCHEMA_VERSION

_FIRST: Final = 4
_GAP: Final = 4
SPARE: Final = 12
"""Blank rows that a firm may fill in each table."""

Value = str | float | dt.date | None


class Single(NamedTuple):
    """One setting: its value is in column B of ``row``; ``kind`` is how it is formatted."""

    name: str
    row: int
    value: Value
    kind: str
    fixed: bool = False


class SettingsTable(NamedTuple):
    """A table of settings: ``top`` is its first row of data, headings stand above."""

    name: str
    top: int
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def bottom(self) -> int:
        """The last row, spare ones included."""
        return self.top + len(self.rows) + SPARE - 1


class SettingRows(NamedTuple):
    """Every setting with its place."""

    singles: tuple[Single, ...]
    tables: tuple[SettingsTable, ...]

    def row(self, name: str) -> int:
        """Return the row of a single setting. Raises KeyError for an unknown name."""
        for single in self.singles:
            if single.name == name:
                return single.row
        raise KeyError(name)


def setting_rows(spec: Spec, words: Pack) -> SettingRows:
    """Return the settings of a new workbook."""
    singles = tuple(_singles(spec))
    top = singles[-1].row + _GAP
    tables = []
    for name, headings, rows in _tables(spec, words):
        table = SettingsTable(name, top, headings, rows)
        tables.append(table)
        top = table.bottom + _GAP
    return SettingRows(singles, tuple(tables))


def _singles(spec: Spec) -> Iterator[Single]:
    values: tuple[tuple[str, Value, str, bool], ...] = (
        ("firm", spec.firm or None, "text", False),
        ("asof", spec.asof or "=TODAY()", "date", False),
        ("currency", spec.currency, "text", False),
        ("hourly_rate", spec.hourly_rate, "money", False),
        ("terms_days", spec.terms_days, "number", False),
        ("tax_rate", spec.tax_rate, "percent", False),
        ("language", spec.language, "text", True),
        ("template", spec.template, "text", True),
        ("schema_version", SCHEMA_VERSION, "number", True),
    )
    for row, (name, value, kind, fixed) in enumerate(values, start=_FIRST):
        yield Single(name, row, value, kind, fixed)


def _tables(
    spec: Spec, words: Pack
) -> Iterator[tuple[str, tuple[str, ...], tuple[tuple[Value, ...], ...]]]:
    required = (
        (words.sheets[sheet], words.columns[sheet][key], words.enums["stage"][stage], None)
        for sheet, key, stage in spec.required
    )
    yield "required", ("sheet", "column", "from", "blocks"), tuple(required)
    yield "columns", ("sheet", "column", "kind", "allowed", "from", "blocks"), ()
    yield "severity", ("code", "severity"), ()
    headings = (
        *("template", "line", "fee_type", "trigger"),
        *("percent", "offset_days", "offset_months", "description"),
    )
    yield "fee_templates", headings, tuple(_fee_lines(spec, words))


def _fee_lines(spec: Spec, words: Pack) -> Iterator[tuple[Value, ...]]:
    for name in spec.fee_templates:
        for number, line in enumerate(FEE_TEMPLATES[name], start=1):
            yield (
                name,
                number,
                words.enums["fee_type"][line.fee_type],
                words.enums["trigger"][line.trigger],
                line.percent,
                line.offset_days,
                line.offset_months,
                words.words[line.description],
            )
