"""Random rows of a record, legal and messy, from a seed: what people really type."""

import datetime as dt
import random
from typing import Any

from sheetrecord.formats.template.values import RawCell
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import pack

ASOF = dt.date(2026, 6, 15)
_SETTLED = (("received", 0.55), ("credited", 0.1), ("settled_otherwise", 0.1), ("kept", 0.15))
EDGES = (0, 1, 29, 30, 31, 59, 60, 61, 89, 90, 91, 400)
"""Days past due on both sides of every step of the ageing."""

Rows = dict[str, list[dict[str, Any]]]


class Messy:
    """Makes the rows of some deals, one after another."""

    def __init__(self, seed: int, language: str = "en") -> None:
        self.random = random.Random(seed)
        self.words = pack(language)
        self.rows: Rows = {key: [] for key in ("Deal", "Context", "Commitments", "Fees")}

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    def maybe(self, chance: float, value: Any) -> Any:
        return value if self.random.random() < chance else None

    def code(self, enum: str, *, blank: float = 0.15) -> Any:
        """A code, rarely none, a word nobody listed, or a label in odd case or with blanks."""
        roll = self.random.random()
        if roll < blank:
            return None
        code = self.random.choice(ENUMS[enum])
        label = self.words.enums[enum][code]
        if roll < blank + 0.03:
            return RawCell(self.pick("whatever", "?", label + "!", "tbd", "  "))
        if roll < blank + 0.05:
            return RawCell(self.pick(label.upper(), label.lower(), f" {label}"))
        return code

    def date(self, *, around: int = 200, blank: float = 0.2) -> Any:
        roll = self.random.random()
        if roll < blank:
            return None
        if roll < blank + 0.05:
            return RawCell(
                self.pick("end of Q3", "soon", "before the board meets", 3, dt.date(1961, 4, 12))
            )
        return ASOF + dt.timedelta(days=self.random.randint(-around, around))

    def money(self, *, blank: float = 0.15, negative: float = 0.05) -> Any:
        roll = self.random.random()
        if roll < blank:
            return None
        if roll < blank + 0.04:
            return RawCell(self.pick("about 20k", "ask Ann", "n/a", "-"))
        amount = self.random.choice((0, 5, 3333, 100_000, self.random.randint(1, 9_999_999)))
        return -amount if self.random.random() < negative else amount

    def person(self, *, blank: float = 0.25) -> Any:
        return None if self.random.random() < blank else self.pick("Ada Koch", "R. Binz", "Lu", " ")

    def answer(self) -> Any:
        roll = self.random.random()
        if roll < 0.25:
            return None
        if roll < 0.5:
            text = self.random.choice([*self.words.tokens, *sorted(self.words.junk)])
            return self.pick(text, text.upper(), f" {text} ", f"{text}.")
        if roll < 0.55:
            return self.pick(" ", "none " + "of them " * 6, "NONE", "nobody  knows", "?")
        return "They said so in the call, and Ms Koch wrote it down the same evening."

    def said(self) -> Any:
        text = self.answer()
        return text.strip() or None if text else None

    def flag(self, chance: float = 0.2) -> Any:
        roll = self.random.random()
        if roll < 0.02:
            return RawCell(self.pick(self.words.enums["yes"]["yes"].upper(), "perhaps"))
        return self.maybe(chance, True)

    def deal(self, number: int) -> None:
        deal_id = f"D-{number:04}"
        stage = self.code("stage", blank=0.06)
        currency = self.random.choices(
            ("EUR", "USD", "JPY", "KWD", None, RawCell("Euro"), "CLF"), (60, 12, 8, 8, 6, 3, 3)
        )[0]
        self.rows["Deal"].append(
            {
                "deal_id": deal_id,
                "client": self.maybe(0.93, self.pick("Acme", "Nord & Co", " ")),
                "deal_name": self.maybe(0.9, "Relaunch"),
                "stage": stage,
                "deal_owner": self.person(),
                "value_net": self.money(),
                "currency": currency,
                "fee_model": self.code("fee_model"),
                "expected_close": self.date(),
                "next_step": self.maybe(0.6, "Call them"),
                "next_step_on": self.date(),
                "contract_link": self.maybe(0.6, "contract.pdf"),
                "signed_on": self.date(),
                "contract_start": self.date(),
                "contract_end": self.date(),
                "won_reason": self.maybe(0.6, "Price"),
                "ops_owner": self.person(),
                "lost_reason": self.code("lost_reason", blank=0.4),
            }
        )
        deal = self.rows["Deal"][-1]
        if not (deal["client"] or "").strip() and self.random.random() < 0.9:
            deal["deal_name"] = "Nameless"
        complete = self.random.random() < 0.3
        for kind in ENUMS["kind"]:
            for _ in range(
                self.random.choices((0, 1, 2), (0.3, 6, 0.5) if complete else (3, 4, 1))[0]
            ):
                self.context(deal_id, kind, complete=complete)
        for _ in range(self.random.randint(0, 3)):
            self.context(deal_id, None, complete=False)
        for _ in range(self.random.choice((0, 0, 1, 2, 5))):
            self.commitment(deal_id)
        self.fees(deal_id, currency)

    def context(self, deal_id: str, kind: str | None, *, complete: bool) -> None:
        row: dict[str, Any] = {
            "deal_id": self.pick(deal_id, deal_id, deal_id, deal_id, deal_id, deal_id.lower())
            if self.random.random() < 0.05
            else deal_id,
            "kind": kind or self.code("kind"),
            "answer": "Because the board decided so." if complete else self.answer(),
            "person": self.person(blank=0.05 if complete else 0.3),
            "role": self.code("role", blank=0.1 if complete else 0.5),
            "date": self.date(blank=0.1 if complete else 0.5),
            "driver": self.maybe(
                0.9 if complete else 0.5, self.pick("Board meeting", "Audit", " ")
            ),
            "hardness": self.code("hardness", blank=0.05 if complete else 0.4),
            "chase_on": self.date(blank=0.4),
            "chase_by": self.person(),
            "learned_on": self.date(blank=0.4),
            "note": self.maybe(0.4, self.pick("It is for phase two.", "  ")),
        }
        if self.random.random() < 0.06:
            row["state"] = self.code("state", blank=0)
        self.rows["Context"].append(row)

    def commitment(self, deal_id: str) -> None:
        self.rows["Commitments"].append(
            {
                "deal_id": self.pick(deal_id, "D-9999", None)
                if self.random.random() < 0.04
                else deal_id,
                # Not a blank alone: COUNTIFS, unlike the engine, counts it as something said.
                "what": self.pick("Training thrown in.", "Weekly call", self.said()),
                "type": self.code("type"),
                "said_by": self.person(),
                "said_on": self.date(),
                "client_believes": self.code("client_believes"),
                "in_contract": self.code("in_contract"),
                "due_on": self.date(),
                "disposition": self.code("disposition", blank=0.3),
                "effort_hours": self.pick(None, 0.5, 2.25, 12.0, RawCell("two days")),
                "owner": self.person(),
            }
        )

    def fees(self, deal_id: str, currency: Any) -> None:
        for _ in range(self.random.choice((0, 1, 3, 3, 4))):
            self.fee(deal_id, currency)
        deal = self.rows["Deal"][-1]
        mine = [row for row in self.rows["Fees"] if row["deal_id"] == deal_id]
        sums = [row["net"] for row in mine if row["origin"] == "contract" and not row["void"]]
        plain = all(isinstance(net, int) for net in sums) and all("currency" not in r for r in mine)
        if sums and plain and self.random.random() < 0.6:
            deal["value_net"] = sum(sums) + self.random.choice((0, 0, 0, 1, -1, 100))

    def fee(self, deal_id: str, currency: Any) -> None:
        rng = self.random
        terms = rng.choice((None, 0, 14, 30, 30, 45, 30.5, RawCell("30 days")))
        days = rng.choice(EDGES)
        due = ASOF - dt.timedelta(days=days)
        shift = terms if isinstance(terms, int) else 0
        invoiced = due - dt.timedelta(days=shift)
        row: dict[str, Any] = {
            "deal_id": deal_id if rng.random() > 0.02 else self.pick("D-9999", None),
            "origin": self.code("origin") if rng.random() < 0.4 else "contract",
            "fee_type": self.code("fee_type"),
            "description": self.maybe(0.9, "Instalment"),
            "net": self.money(blank=0.06, negative=0.08),
            "tax_rate": rng.choice((None, 0, 0.07, 0.19, 0.2, 0.16, 0.081, RawCell("19 %"))),
            "tax": rng.choice((None, None, None, None, 0, 1234, RawCell("none"))),
            "retention_pct": rng.choice((None, None, None, 0, 0.05, 0.1, 0.333)),
            "retention_release_on": rng.choice((None, due, ASOF, ASOF + dt.timedelta(days=9))),
            "ready": self.flag(0.6),
            "void": self.flag(0.06),
            "invoiced_on": rng.choice((invoiced, invoiced, None, RawCell("May"))),
            "terms_days": terms,
            "disputed": self.flag(0.1),
        }
        if rng.random() < 0.08:
            row["currency"] = rng.choice(("EUR", "USD", "JPY", "KWD"))
        elif currency == "EUR" and rng.random() < 0.05:
            row["currency"] = rng.choice((RawCell("eur"), RawCell("Dollars")))
        self.settle(row)
        self.rows["Fees"].append(row)

    def settle(self, row: dict[str, Any]) -> None:
        """Pay, credit or write off some of it, all of it, or too much."""
        rng = self.random
        net = row["net"] if isinstance(row["net"], int) else 100_000
        rate = row["tax_rate"] if isinstance(row["tax_rate"], int | float) else 0
        tax = row["tax"] if isinstance(row["tax"], int) else round(net * rate)
        whole = net + tax
        kept = row["retention_pct"] if isinstance(row["retention_pct"], float) else 0
        for key, chance in _SETTLED:
            if rng.random() < chance:
                row[key] = rng.choice(
                    (
                        whole,
                        whole - round(whole * kept),
                        whole // 2,
                        whole - 1,
                        whole + 1,
                        0,
                        50_000,
                    )
                )


def messy_rows(seed: int, deals: int, language: str = "en") -> Rows:
    """Return the rows of some random deals."""
    messy = Messy(seed, language)
    for number in range(1, deals + 1):
        messy.deal(number)
    return messy.rows
