"""The Fees rows of a sample deal: what was planned, invoiced and paid."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from sheetrecord.model.money import split
from sheetrecord.sample.expenses import expense_rows, with_own_dice
from sheetrecord.sample.sale import Cells, Sale, Terms

_LATE: Final = 0.35
_PARTIAL: Final = 0.08
_MILESTONE: Final = {"on_milestone": "Test version", "on_acceptance": "Acceptance"}


def fee_rows(sale: Sale, deal: Cells, work: list[Cells], terms: Terms) -> Iterator[Cells]:
    """Yield the fee lines of a deal that was won or is as good as won."""
    if sale.stage not in {"won", "verbal"}:
        return
    yield from _contract(sale, deal, work, terms)
    for change in work:
        if change["kind"] == "change" and change["status"] == "approved":
            yield _extra(sale, change, terms)
    if sale.stage == "won":
        sale = with_own_dice(sale)
        for laid_out in expense_rows(sale, deal, terms):
            yield laid_out | _billed(sale, laid_out, laid_out["planned_on"], terms)


def _contract(sale: Sale, deal: Cells, work: list[Cells], terms: Terms) -> Iterator[Cells]:
    """Yield the lines of a contract."""
    start = deal.get("contract_start") or sale.asof + dt.timedelta(days=20)
    end = deal.get("contract_end") or start + dt.timedelta(days=120)
    lines = list(_lines(sale, deal["fee_model"], start, end))
    parts = split(deal["value_net"], [weight for *_, weight in lines])
    milestones = {row["title"]: row["row_id"] for row in work if row["kind"] == "milestone"}
    for (kind, trigger, text, planned, _), net in zip(lines, parts, strict=True):
        row = {
            "deal_id": sale.id,
            "origin": "contract",
            "fee_type": kind,
            "trigger": trigger,
            "description": text,
            "net": net,
            "tax_rate": terms.tax_rate,
            "planned_on": planned,
        }
        if kind == "milestone":
            row["milestone_ref"] = milestones.get(_MILESTONE[trigger], "")
        if kind in {"retainer", "time_materials"}:
            row["period"] = f"{planned:%Y-%m}"
        if sale.stage == "won":
            row |= _billed(sale, row, planned, terms)
        yield row


def _extra(sale: Sale, change: Cells, terms: Terms) -> Cells:
    """Return the invoice line of an approved change; a negative one takes something off."""
    planned = change["approved_on"] + dt.timedelta(days=7)
    row = {
        "deal_id": sale.id,
        "origin": "change_order",
        "fee_type": "change_order" if change["amount_net"] > 0 else "discount",
        "trigger": "on_date",
        "description": change["title"],
        "milestone_ref": change["row_id"],
        "net": change["amount_net"],
        "tax_rate": terms.tax_rate,
        "planned_on": planned,
    }
    return row | _billed(sale, row, planned, terms)


_Line = tuple[str, str, str, dt.date, int]


def _lines(sale: Sale, model: str, start: dt.date, end: dt.date) -> Iterator[_Line]:
    """Yield type, trigger, text, planned day and weight of each line."""
    if model == "fixed":
        half = start + (end - start) / 2
        shares = sale.voice.pick(((30, 40, 30), (30, 40, 30), (50, 0, 50)))
        yield "deposit", "on_signature", "Deposit on signature", start, shares[0]
        if shares[1]:
            yield "milestone", "on_milestone", "Second instalment", half, shares[1]
        yield "milestone", "on_acceptance", "Final instalment on acceptance", end, shares[2]
        return
    months = max(2, min(12, (end - start).days // 30))
    for month in range(months):
        day = start + dt.timedelta(days=30 * month)
        if model == "retainer":
            yield "retainer", "monthly", f"Retainer {day:%Y-%m}", day, 1
        else:
            weight = sale.voice.days(2, 6)
            yield "time_materials", "monthly", f"Hours {day:%Y-%m}", day, weight


def _billed(sale: Sale, row: Cells, planned: dt.date, terms: Terms) -> Cells:
    """Return what finance filled in, when the line's day has come."""
    voice = sale.voice
    if planned > sale.asof:
        return {}
    invoiced = min(planned + dt.timedelta(days=voice.days(0, 4)), sale.asof)
    found = {"ready": True, "invoiced_on": invoiced, "terms_days": float(terms.terms_days)}
    late = voice.days(1, 45) if voice.chance(_LATE) else -voice.days(0, 12)
    paid = invoiced + dt.timedelta(days=max(1, terms.terms_days + late))
    if paid > sale.asof:
        return found
    gross = row["net"] + round(row["net"] * terms.tax_rate)
    recent = (sale.asof - paid).days < 120
    received = gross // 2 if recent and voice.chance(_PARTIAL) else gross
    return {**found, "received": received, "last_receipt_on": paid}


def number_invoices(fees: list[Cells]) -> None:
    """Give every invoice its number, in the order of invoice dates, anew each year."""
    issued = [row for row in fees if "invoiced_on" in row]
    counts: dict[int, int] = {}
    for row in sorted(issued, key=lambda row: (row["invoiced_on"], row["deal_id"])):
        year = row["invoiced_on"].year
        counts[year] = counts.get(year, 0) + 1
        row["invoice_no"] = f"{year}-{counts[year]:03}"
