"""The Deal row of each sample deal."""

import datetime as dt
import math

from sheetrecord.model.money import exponent
from sheetrecord.sample.sale import Cells, Sale


def deal_row(sale: Sale) -> Cells:
    """Return a deal's own row, filled as far as its stage has come."""
    voice = sale.voice
    row: Cells = {
        "deal_id": sale.id,
        "client": voice.client,
        "deal_name": voice.project[0].upper() + voice.project[1:],
        "stage": sale.stage,
        "deal_owner": sale.seller,
        "source": "repeat" if sale.earlier else voice.pick(("referral", "website", "event")),
        "prior_deal_id": sale.earlier,
    }
    if sale.stage == "talking":
        return row
    row |= {
        "value_net": _value(sale),
        "currency": sale.currency,
        "fee_model": voice.rng.choices(("fixed", "retainer", "time_materials"), (7, 2, 1))[0],
        "proposal_link": f"proposals/{sale.id}.pdf",
    }
    row["hours_sold"] = float(_hours(row["value_net"], sale.currency))
    if sale.stage in {"proposal", "verbal"}:
        ahead = voice.days(5, 40)
        row["expected_close"] = sale.asof + dt.timedelta(days=ahead)
        row["next_step"] = voice.say(voice.pick(("Call {person}", "Send {other} the plan")))
        if sale.stage == "verbal":
            row["ops_owner"] = sale.lead
        row["next_step_on"] = sale.asof + dt.timedelta(days=min(ahead, voice.days(1, 9)))
    elif sale.stage == "lost":
        row["lost_reason"] = voice.pick(("price", "no_decision", "competitor", "timing", "scope"))
        row["lost_to"] = voice.rival
    elif sale.stage == "won":
        row |= _won(sale)
        row |= _paper(sale, row)
    return row


def _value(sale: Sale) -> int:
    """Return an agreed amount in minor units: log-normal around 28,000, in whole hundreds."""
    rate = {"MXN": 20.0, "JPY": 160.0}.get(sale.currency, 1.0)
    amount = math.exp(sale.voice.rng.gauss(math.log(28_000 * rate), 0.8))
    hundreds = max(40, round(amount / 100))
    return hundreds * 100 * int(10 ** exponent(sale.currency))


def _hours(value: int, currency: str) -> int:
    """Return the hours in a price, at a rate of about a hundred."""
    rate = {"MXN": 20.0, "JPY": 160.0}.get(currency, 1.0)
    return max(8, round(value / int(10 ** exponent(currency)) / (105 * rate)))


def _paper(sale: Sale, row: Cells) -> Cells:
    """Return what is in writing; a retainer has a last day to cancel it."""
    voice = sale.voice.aside("paper")
    kinds = ("contract", "order", "email_acceptance")
    found: Cells = {"paper": voice.rng.choices(kinds, (7, 2, 1))[0]}
    if row["fee_model"] == "retainer":
        found["notice_by"] = row["contract_end"] - dt.timedelta(days=30)
    return found


def _won(sale: Sale) -> Cells:
    voice = sale.voice
    signed = min(sale.begun + dt.timedelta(days=voice.days(14, 66)), sale.asof)
    start = signed + dt.timedelta(days=voice.days(3, 14))
    end = start + dt.timedelta(days=voice.days(60, 220))
    age = (sale.asof - signed).days
    state = "offered" if age < 3 else "accepted" if age < 15 else "confirmed"
    return {
        "contract_link": f"contracts/{sale.id}.pdf",
        "signed_on": signed,
        "contract_start": start,
        "contract_end": end,
        "won_reason": voice.say("{person} trusts us with the {project}."),
        "ops_owner": sale.lead,
        "handover_state": state,
        "handover_on": min(signed + dt.timedelta(days=2), sale.asof),
    }
