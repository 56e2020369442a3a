"""What holds of --fix whatever people typed: it settles, it makes nothing worse, it loses nothing.

The rows are random mixtures of cells that can be read, mended, or neither.
"""

import datetime as dt
import random
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from mend import drafts
from messy import firm
from sheetrecord.formats.template.values import RawCell
from sheetrecord.model.value import Formula
from sheetrecord.schema.read import amounts

AMOUNTS = st.sampled_from(
    ["28.000,50", "28k", "1,234", "$4,250.00", 28000, 333.333, "12.345,678", "", None, "(5.00)"]
)
DATES = st.sampled_from(
    ["30.10.2026", "3/4/2026", "end of Q3", "2026-10-30", "15 Jul 2026", dt.date(2026, 9, 1), None]
)
STAGES = st.sampled_from(["closed-won", "Won!", "GANADO", "Proposal", "purple", "Won", "lost"])
NAMES = st.sampled_from(["Acme", "Ac\u200bme", " Acme ", "4711", "Acme\u00a0Works", "#1"])
CURRENCIES = st.sampled_from(["EUR", "eur", "$", "JPY", None])
REFERENCES = st.sampled_from(["D-0001", "d-1", "D 0001", "D-0002", "D-0099", "nobody", None])
SHARES = st.sampled_from([0.19, 19, "19 %", "19", 1, None])

DEAL = st.fixed_dictionaries(
    {
        "client": NAMES,
        "stage": STAGES,
        "value_net": AMOUNTS,
        "currency": CURRENCIES,
        "contract_end": DATES,
        "signed_on": DATES,
    }
)
FEE = st.fixed_dictionaries(
    {"deal_id": REFERENCES, "net": AMOUNTS, "planned_on": DATES, "tax_rate": SHARES}
)
HANDS = st.lists(
    st.sampled_from(["copy deal", "copy fee", "no id", "type over", "no formula", "no header"]),
    unique=True,
)


def workbook(deal: dict[str, Any], fees: list[dict[str, Any]], hands: list[str]) -> bytes:
    rows = drafts.rows_with("Deal", **deal)
    for row, typed in zip(rows["Fees"], fees, strict=False):
        row |= {key: RawCell(value) for key, value in typed.items()}
    data = firm.workbook(rows)
    return firm.edited(data, lambda book: [HAND[hand](book) for hand in hands])


def copy(book: Any, title: str) -> None:
    sheet = book[title]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(6, column).value = sheet.cell(4, column).value


def put(book: Any, title: str, ref: str, value: Any) -> None:
    book[title][ref] = value


HAND: dict[str, Any] = {
    "copy deal": lambda book: copy(book, "Deal"),
    "copy fee": lambda book: copy(book, "Fees"),
    "no id": lambda book: put(book, "Fees", "A5", None),
    "type over": lambda book: put(book, "Fees", "G4", 77),
    "no formula": lambda book: put(book, "Fees", "G5", None),
    "no header": lambda book: put(book, "Deal", "B3", None),
}


def problems(draft: Any) -> set[tuple[str, str, str]]:
    return {(p.where.address, p.code, p.deal_id) for p in draft.checked.report.problems}


@examples(12)
@given(deal=DEAL, fees=st.lists(FEE, max_size=2), hands=HANDS, seed=st.integers(0, 9))
def test_mending_settles_makes_nothing_worse_and_loses_nothing(
    deal: dict[str, Any], fees: list[dict[str, Any]], hands: list[str], seed: int, tmp_path: Path
) -> None:
    before = workbook(deal, fees, hands)
    path = drafts.on_disk(tmp_path, before)
    taken = drafts.take(str(path), drafts.ASKED)
    draft, changes = drafts.mend(taken, random.Random(seed))

    path.write_bytes(draft.transaction.image())
    twice, more = drafts.fixed(path)
    assert not more
    assert twice.transaction.image() == draft.transaction.image()

    deals = {row.get("deal_id") for row in mended_rows(draft, changes)} | {""}
    new = problems(draft) - problems(taken)
    assert {(at, code) for at, code, deal_id in new if deal_id not in deals} == set()
    spots = {(c.where.address, c.code) for c in changes}
    assert not spots & {(at, code) for at, code, _ in problems(draft)}

    was, now = (
        drafts.cells(before, cached=False),
        drafts.cells(draft.transaction.image(), cached=False),
    )
    changed = {f"{c.where.sheet}!{c.where.row}.{c.where.column}": c for c in changes}
    for place, value in was.items():
        if place in changed:
            told = [*drafts.notes(draft.transaction.image()).values(), *logged(now)]
            assert kept(value, changed[place].new, told), (place, value)
        else:
            assert now.get(place) == value, place


def mended_rows(draft: Any, changes: Any) -> list[Any]:
    record = draft.checked.parsed.record
    return [
        row
        for change in changes
        for row in record.rows(change.sheet)
        if row.row == change.where.row
    ]


def logged(cells: dict[str, Any]) -> list[str]:
    """Return the texts of the workbook's log."""
    return [str(value) for place, value in cells.items() if place.startswith("sr_log!")]


def kept(old: Any, new: Any, told: list[str]) -> bool:
    """Tell whether a value is still there: retyped, as an id of its own, in a note or the log."""
    if isinstance(new, Formula):
        return any(str(old) in text for text in told)
    if isinstance(new, dt.date):
        return amounts.day(str(old)) == new
    if isinstance(new, (int, float)):
        text = str(old).strip().rstrip("%")
        meant = amounts.amount(text) if isinstance(old, str) else Decimal(repr(old))
        return meant is not None and float(meant) in {float(new), round(float(new) * 100, 6)}
    letters = re.compile(r"[\W_]+")
    same = letters.sub("", str(old)).casefold() == letters.sub("", str(new)).casefold()
    labels = {"closed-won", "Won!", "GANADO", "lost"}
    return same or old in labels or re.fullmatch(r"[A-Z]-[0-9A-Z]{4,5}|D.*|d.*", str(new))
