"""Which column of an export holds what: the heading row, its system, its language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sheetrecord.ledgers.crm.amounts import currency_of
from sheetrecord.ledgers.crm.vocabulary import TABLES, HeadMeaning, folded, vocabulary
from sheetrecord.ledgers.table import DelimitedRow
from sheetrecord.model.money import EXPONENTS
from sheetrecord.schema.packs import LANGUAGES
from sheetrecord.schema.read import headers

_PREAMBLE: Final = 40
_ENOUGH: Final = 3
"""So many headings of a system's own prove it."""
_CODE: Final = re.compile(r"(.+?) (?:in )?([a-z]{3})")
_PRIMARY: Final = re.compile(r"(.+?) (?:primary|primar|principal|principale|primaria|primario)")
_LAST: Final = 99
_RECORD: Final = {"value_net": "amount", "expected_close": "close", "deal_owner": "owner"}
"""Columns of the record's own sheet that an export calls otherwise."""
_OWN: Final = ("client", "deal_name", "stage", "deal_owner", "value_net", "currency",
               "expected_close", "next_step", "lost_reason")  # fmt: skip


class CrmColumns(NamedTuple):
    """The heading row (an index of the table's rows), and the column of each meaning.

    ``coin`` is a currency that the heading of the amount names.
    """

    row: int
    system: str
    language: str
    at: Mapping[str, int]
    heads: Sequence[str]
    coin: str = ""

    def mapping(self) -> dict[str, str]:
        """Return the meaning of each heading that has one."""
        return {self.heads[column]: meaning for meaning, column in self.at.items()}


def find_columns(
    rows: Sequence[DelimitedRow], system: str, own: Mapping[str, str]
) -> CrmColumns | None:
    """Return the columns of a table, None for one without a row of known headings.

    ``system`` is one that somebody named, or empty; ``own`` are headings that people explained.
    """
    best: CrmColumns | None = None
    for number, row in enumerate(rows[:_PREAMBLE]):
        if sum(bool(cell) for cell in row.cells) < 2:
            continue
        found = _of_heads(number, [cell.strip() for cell in row.cells], system, own)
        if len(found.at) > (len(best.at) if best else 1):
            best = found
    return best


def _of_heads(number: int, heads: Sequence[str], system: str, own: Mapping[str, str]) -> CrmColumns:
    system = system or _system(heads)
    language = _language(heads, system)
    at: dict[str, int] = {}
    for rank in range(4):
        told = [
            (found.place, column, found.meaning)
            for column, head in enumerate(heads)
            if (found := _meaning(head, system, language, own, rank))
        ]
        for _, column, meaning in sorted(told):
            if meaning not in at and column not in at.values():
                at[meaning] = column
    if "close" not in at and "close_planned" in at:
        at["close"] = at.pop("close_planned")
    coin = currency_of(heads[at["amount"]]) if "amount" in at else ""
    return CrmColumns(number, system, language, at, heads, coin or "")


def _meaning(
    head: str, system: str, language: str, own: Mapping[str, str], rank: int
) -> HeadMeaning | None:
    """Return what a heading means by one of four readings, None for nothing.

    What people said, the system's words in the file's language, in any, and those of any table.
    """
    if not head:
        return None
    if rank == 0:
        return HeadMeaning(own[folded(head)], 0) if folded(head) in own else None
    tables = (
        [(system, language)],
        [(system, one) for one in LANGUAGES],
        [("csv", language), *(("csv", one) for one in LANGUAGES)],
    )[rank - 1]
    for word in _spellings(head, system):
        for table in tables:
            if found := vocabulary().heads.get(table, {}).get(word):
                return found
    ours = _of_record(head) if rank == 3 and system == "csv" else ""
    return HeadMeaning(ours, _LAST) if ours else None


def _spellings(head: str, system: str) -> Iterable[str]:
    """Yield a heading folded: whole, without its prefix, without a currency or (Primary) behind."""
    whole = folded(head)
    yield whole
    first, mark, rest = re.sub(r"\s*(?::|\s-|>)\s+", "\0", head, count=1).partition("\0")
    shorter = folded(rest) if mark and folded(first) in vocabulary().prefixes[system] else whole
    yield shorter
    if (coded := _CODE.fullmatch(shorter)) and coded[2].upper() in EXPONENTS:
        yield coded[1]
    if first_of := _PRIMARY.fullmatch(shorter):
        yield first_of[1]


def _of_record(head: str) -> str:
    """Return what a heading of our own sheet means, in any of its languages."""
    for language in LANGUAGES:
        key = headers.meaning("Deal", head, language)[0]
        if key in _OWN:
            return _RECORD.get(key, key)
        if key == "crm_ref":
            return "id"
    return ""


def _system(heads: Sequence[str]) -> str:
    """Return the system whose own headings these are, `csv` for none."""
    counts = {
        system: (
            len(_known(heads, system)) + _prefixed(heads, system),
            len(vocabulary().spelled[system].intersection(heads)),
        )
        for system in TABLES
        if system != "csv" and {"id", "deal_name", "client"} & set(_known(heads, system))
    }
    best = sorted(counts.items(), key=lambda item: item[1], reverse=True)[:2]
    if not best or best[0][1][0] < _ENOUGH or (len(best) > 1 and best[0][1] == best[1][1]):
        return "csv"
    system, (count, _) = best[0]
    plainly = max(_count(heads, "csv", language) for language in LANGUAGES)
    return system if count >= plainly and "deal_name" in _known(heads, system) else "csv"


def _prefixed(heads: Sequence[str], system: str) -> int:
    """Return 1 when most headings bear the system's prefix (``Deal - Title``)."""
    firsts = [
        folded(re.split(r"(?::|\s-)\s", head)[0])
        for head in heads
        if re.search(r"(?::|\s-)\s", head)
    ]
    prefixes = vocabulary().prefixes[system]
    return int(sum(first in prefixes for first in firsts) * 2 > len(heads))


def _known(heads: Sequence[str], system: str) -> list[str]:
    """Return the meanings of the headings that a system has, in its best language."""
    return max((_found(heads, system, one) for one in LANGUAGES), key=len)


def _found(heads: Sequence[str], system: str, language: str) -> list[str]:
    table = vocabulary().heads.get((system, language), {})
    met = (table.get(word) for head in heads if head for word in _spellings(head, system))
    return list(dict.fromkeys(found.meaning for found in met if found))


def _count(heads: Sequence[str], system: str, language: str) -> int:
    return len(_found(heads, system, language))


def _language(heads: Sequence[str], system: str) -> str:
    """Return the language that knows most of the headings, the first of equals."""

    def known(language: str) -> int:
        return _count(heads, system, language) * 2 + _count(heads, "csv", language)

    return max(LANGUAGES, key=known)
