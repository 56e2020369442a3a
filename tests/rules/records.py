"""Records for rule tests, written as Markdown tables of canonical keys."""

import datetime as dt
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sheetrecord.core.derive import derive
from sheetrecord.formats.markdown import parse_tables
from sheetrecord.rules.names import Filled, PackNames
from sheetrecord.rules.rule import Found, Rule
from sheetrecord.schema.read.parse import parse
from sheetrecord.schema.record import Record

ASOF = dt.date(2026, 3, 2)


def record_of(tables: str, **settings: Any) -> Record:
    """Return the derived record of a text's tables, as read by the one reader."""
    record = parse(parse_tables(tables), ASOF).record
    return derive(record._replace(settings=record.settings._replace(**settings)))


def found_by(rule: Rule, record: Record) -> Iterator[Found]:
    """Yield what one rule finds in a derived record."""
    if rule.book_check is not None:
        yield from rule.book_check(record)
    if rule.deal_check is not None:
        for rows in record.by_deal.values():
            yield from rule.deal_check(rows, record.settings)


def sentence(template: str, words: Mapping[str, Any]) -> str:
    """Return a rule's English sentence, filled as a workbook made from the template has it."""
    return template.format_map(Filled(words, PackNames("en")))


def examples(rule: Rule, word: str) -> list[str]:
    """Return a rule's examples that are fenced with a word, ``bad`` or ``good``."""
    return re.findall(rf"```{word}\n(.*?)```", inspect.cleandoc(rule.doc), re.DOTALL)
