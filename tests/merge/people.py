"""What people do to a copy: every value they type is one that nobody typed before."""

import copy
import datetime as dt
from typing import Any

from hypothesis import strategies as st

from merge.laws import World
from merge.world import Rows, fee
from sheetrecord.model.value import CellError, Formula

KEYS = ("description", "net", "tax", "currency", "planned_on", "note", "invoice_no", "deal_id")
CURRENCIES = ("EUR", "USD", "CHF", "GBP")

START: Rows = {
    "Deal": [
        {
            "deal_id": "D-0001",
            "client": "Acme",
            "stage": "won",
            "currency": "EUR",
            "value_net": 900,
        },
        {
            "deal_id": "D-0002",
            "client": "Birch",
            "stage": "won",
            "currency": "USD",
            "value_net": 70,
        },
    ],
    "Fees": [
        {"fee_id": fee(1), "deal_id": "D-0001", "description": "one", "net": 10, "currency": "EUR"},
        {"fee_id": fee(2), "deal_id": "D-0001", "description": "two", "net": 20, "tax": 4},
        {"fee_id": fee(3), "deal_id": "D-0002", "description": "three", "note": "as agreed"},
    ],
}


class Person:
    """Somebody with a copy; ``salt`` keeps what two people type apart."""

    def __init__(self, rows: Rows, salt: int) -> None:
        self.rows, self.salt, self.typed = copy.deepcopy(rows), salt, 0

    def value(self, key: str) -> Any:
        self.typed += 1
        number = self.salt * 1000 + self.typed
        if key == "planned_on":
            return dt.date(2026, 1, 1) + dt.timedelta(days=number % 3000)
        if key == "currency":
            return CURRENCIES[number % 4]
        if key == "deal_id":
            return f"D-000{number % 2 + 1}"
        return number if key in {"net", "tax"} else f"typed {number}"

    def act(self, act: str, which: int, key: str) -> None:  # noqa: C901 - one branch an act
        fees = self.rows["Fees"]
        row = fees[which % len(fees)] if fees else None
        if act == "add":
            number = 10 + (which % 3) + (10 * self.salt if which % 2 else 0)
            if any(one.get("fee_id") == fee(number) for one in fees):
                return
            new = {k: self.value(k) for k in ("description", "net", "note")}
            fees.append({"fee_id": fee(number), "deal_id": "D-0001", **new})
        elif act == "drop deal":
            self.rows["Deal"] = self.rows["Deal"][: 1 + which % 2]
        elif row is None:
            return
        elif act == "set":
            row[key] = self.value(key)
        elif act == "clear":
            row.pop(key, None)
        elif act == "delete":
            fees.remove(row)
        elif act == "empty":
            for held in set(row) - {"fee_id"}:
                row.pop(held)
        elif act == "break":
            row[key if key != "currency" else "note"] = (
                CellError("#REF!") if which % 2 else Formula("B2*2")
            )
        else:
            fees.reverse()


ACTS = st.sampled_from(
    ("set", "set", "set", "clear", "delete", "add", "add", "empty", "sort", "break", "drop deal")
)
STEPS = st.lists(st.tuples(ACTS, st.integers(0, 5), st.sampled_from(KEYS)), max_size=5)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Three copies after two people worked; their copy may lack some columns."""
    ours, theirs = Person(START, 1), Person(START, 2)
    for person in (ours, theirs):
        for step in draw(STEPS):
            person.act(*step)
    hidden = draw(st.sampled_from(((), (), (), ("net",), ("note", "description"))))
    return World(START, ours.rows, theirs.rows, {"Fees": hidden} if hidden else {})
