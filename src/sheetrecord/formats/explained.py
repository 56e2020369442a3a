"""A rule explained in a language: its sentences as they come out, why, and its two examples.

The sentences are those that the check finds in the bad example. A rule that needs more than the
cells of an example, such as a deleted sheet, is told with an ellipsis for what it would name.
"""

import datetime as dt
import inspect
import re
from collections.abc import Iterator
from string import Formatter
from typing import Final, NamedTuple

from sheetrecord.core.check import check
from sheetrecord.formats.markdown import parse_tables
from sheetrecord.model.book import Book, Cells, Range, Sheet
from sheetrecord.model.problem import Severity
from sheetrecord.model.value import Cell
from sheetrecord.rules.names import Filled, PackNames
from sheetrecord.rules.rule import Rule
from sheetrecord.rules.words import told, why
from sheetrecord.schema import names
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.sheets import OPTIONAL, SHEETS

ASOF: Final = dt.date(2026, 3, 2)
"""The day on which examples are judged."""

_FENCE: Final = re.compile(r"```(bad|good)\n(.*?)```", re.DOTALL)
_SETTING: Final = names.setting_name("language")


class Explained(NamedTuple):
    """A rule in a language; ``why`` in paragraphs, examples as tables in the workbook's words."""

    code: str
    name: str
    severity: Severity
    message: str
    do: str
    why: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]


def explained(rule: Rule, language: str) -> Explained:
    """Return a rule as people of a language read it."""
    doc = inspect.cleandoc(rule.doc)
    found = {"bad": list[str](), "good": list[str]()}
    for word, tables in _FENCE.findall(doc):
        found[word].append(tables)
    message, do = _said(rule, language, found["bad"])
    paragraphs = [" ".join(one.split()) for one in _FENCE.sub("", doc).split("\n\n")]
    reason = (why(language, rule.code),) if language != "en" else tuple(filter(None, paragraphs))
    shown = {
        word: tuple("\n\n".join(_tables(one, language)) for one in texts)
        for word, texts in found.items()
    }
    own = reason if all(reason) else tuple(filter(None, paragraphs))  # another package's rule
    return Explained(
        rule.code, rule.name, rule.severity, message, do, own, shown["bad"], shown["good"]
    )


def _said(rule: Rule, language: str, bad: list[str]) -> tuple[str, str]:
    for tables in bad:
        parsed = parse(book_in(language, tables), ASOF)
        for problem in check(parsed).problems:
            if problem.code == rule.code:
                return problem.message, problem.do
    sentences = told(language, rule.code) if language != "en" else None
    message, do = sentences or (rule.message, rule.do)
    return _elided(message, language), _elided(do, language)


def _elided(text: str, language: str) -> str:
    """Return a sentence with an ellipsis for each of its own words."""
    fields = [name for _, name, _, _ in Formatter().parse(text) if name]
    own = {name: "…" for name in fields if name.islower() and "." not in name}
    return text.format_map(Filled(own, PackNames(language)))


def _tables(text: str, language: str) -> Iterator[str]:
    for sheet in parse_tables(text).sheets.values():
        yield _table(translated(sheet, language) if sheet.name in SHEETS else sheet)


def _table(sheet: Sheet) -> str:
    """Return a sheet as the lines of a table, its title first."""
    columns = [dict(zip(c.rows, c.values, strict=True)) for _, c in sorted(sheet.columns.items())]
    rows = sorted({row for column in columns for row in column})
    cells = [[_cell(column.get(row)) for column in columns] for row in rows]
    widths = [max(len(line[at]) for line in cells) for at in range(len(columns))]
    lines = [
        "  ".join(f"{one:<{w}}" for one, w in zip(line, widths, strict=True)) for line in cells
    ]
    return "\n".join([sheet.name, *(f"  {line}".rstrip() for line in lines)])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def book_in(language: str, tables: str) -> Book:
    """Return the tables of an example as a workbook that says it is in a language."""
    words = pack(language)
    there = parse_tables(tables).sheets
    sheets = [translated(sheet, language) for sheet in there.values()]
    sheets += [
        translated(_headed(key), language) for key in SHEETS if key not in {*there, *OPTIONAL}
    ]
    title = words.sheets["Settings"]
    sheets.append(Sheet(title, {1: Cells([1], ["language"]), 2: Cells([1], [language])}))
    return Book("book", sheets, names={_SETTING: Range(title, 1, 2, 1, 2)})


def _headed(key: str) -> Sheet:
    """Return a sheet with nothing but its headers."""
    columns = enumerate(SHEETS[key].columns, start=1)
    return Sheet(key, {number: Cells([1], [column.key]) for number, column in columns})


def translated(sheet: Sheet, language: str) -> Sheet:
    """Return a sheet of canonical keys and codes with a language's words."""
    words = pack(language)
    columns: dict[int, Cells] = {}
    for number, cells in sheet.columns.items():
        key = next(v for row, v in zip(cells.rows, cells.values, strict=True) if row == 1)
        column = SHEETS[sheet.name].by_key.get(str(key))
        values = [
            words.columns[sheet.name].get(str(key), key)
            if row == 1
            else _label(column, v, language)
            for row, v in zip(cells.rows, cells.values, strict=True)
        ]
        columns[number] = Cells(cells.rows, values)
    return Sheet(words.sheets[sheet.name], columns)


def _label(column: Column | None, value: Cell, language: str) -> Cell:
    """Return a code's label, anything else as it is."""
    if column is None:
        return value
    questions = {text: kind for kind, text in pack("en").prompts.items()}
    if isinstance(value, str) and value in questions:
        return pack(language).prompts[questions[value]]
    if column.kind is Kind.FLAG and value == "yes":
        return pack(language).enums["yes"]["yes"]
    if column.kind is Kind.ENUM:
        return pack(language).enums[column.enum].get(str(value), value)
    return value
