"""The Project rows of a sample deal: summary, milestones, issues and changes."""

import datetime as dt
from collections.abc import Iterator

from sheetrecord.model.money import exponent
from sheetrecord.sample.sale import Cells, Sale
from sheetrecord.sample.sentences import CHANGES, ISSUES, MILESTONES, UPDATES


def project_rows(sale: Sale, deal: Cells) -> Iterator[Cells]:
    """Yield what ops wrote about a deal that was won."""
    if sale.stage != "won":
        return
    start, end = deal["contract_start"], deal["contract_end"]
    over = end < sale.asof
    yield _base(sale, "summary") | {
        "title": deal["deal_name"],
        "status": "done" if over else "on_track",
        "pct_done": 1.0 if over else _share(start, end, sale.asof),
        "date_planned": end,
        "date_baseline": end,
        "date_actual": end if over else None,
    }
    yield from _milestones(sale, start, end)
    yield from _issues(sale, start, end)
    if sale.voice.chance(0.5) and start < sale.asof:
        yield _change(sale, start)
    if start < sale.asof <= end:
        yield _update(sale, start)


def _update(sale: Sale, start: dt.date) -> Cells:
    """Return what ops last wrote about a project that is on its way."""
    voice = sale.voice.aside("updates")
    day = max(start, sale.asof - dt.timedelta(days=voice.days(1, 12)))
    said = voice.say(voice.pick(UPDATES))
    return _base(sale, "update") | {"title": said, "date_actual": day, "status": "on_track"}


def _base(sale: Sale, kind: str) -> Cells:
    return {"deal_id": sale.id, "kind": kind, "owner": sale.lead, "share": "ops"}


def _share(start: dt.date, end: dt.date, day: dt.date) -> float:
    return round(max(0.0, min(1.0, (day - start).days / max(1, (end - start).days))), 1)


def _milestones(sale: Sale, start: dt.date, end: dt.date) -> Iterator[Cells]:
    end -= dt.timedelta(days=sale.early)
    step = (end - start) / (len(MILESTONES) - 1)
    for i, title in enumerate(MILESTONES):
        planned = end if i == len(MILESTONES) - 1 else start + step * i
        actual = min(planned + dt.timedelta(days=sale.voice.pick((0, 0, 0, 2, 6))), end)
        done = actual <= sale.asof
        row = _base(sale, "milestone") | {
            "title": title,
            "status": "done" if done else "on_track",
            "date_planned": planned,
            "date_baseline": planned,
            "date_actual": actual if done else None,
        }
        if title == "Acceptance":
            row["acceptance_test"] = sale.voice.say("{person} signs the list of tests.")
            if done:
                row |= {"accepted_by": sale.voice.people[0], "accepted_on": actual}
        yield row


def _issues(sale: Sale, start: dt.date, end: dt.date) -> Iterator[Cells]:
    voice = sale.voice
    for title in voice.rng.sample(ISSUES, voice.days(0, 3)):
        raised = start + dt.timedelta(days=voice.days(5, max(6, (end - start).days - 10)))
        if raised > sale.asof:
            continue
        resolved = raised + dt.timedelta(days=voice.days(3, 14))
        done = resolved <= sale.asof
        yield _base(sale, "issue") | {
            "title": voice.say(title),
            "status": "resolved" if done else "open",
            "severity": voice.pick(("low", "medium", "medium", "high")),
            "raised_by": voice.people[1],
            "waiting_on": "" if done else voice.people[0],
            "due_on": resolved,
            "date_actual": resolved if done else None,
        }


def _change(sale: Sale, start: dt.date) -> Cells:
    """Return a change the client asked for; one in six takes something off."""
    voice = sale.voice
    hundreds = voice.days(3, 40) * (-1 if voice.chance(1 / 6) else 1)
    asked = min(start + dt.timedelta(days=voice.days(10, 40)), sale.asof)
    row = _base(sale, "change") | {
        "title": voice.say(voice.pick(CHANGES)),
        "amount_net": hundreds * 100 * 10 ** exponent(sale.currency),
        "days_impact": float(voice.pick((0, 0, 2, 5))),
        "requested_by": voice.people[0],
        "raised_by": voice.people[0],
        "due_on": asked + dt.timedelta(days=20),
    }
    if asked + dt.timedelta(days=12) > sale.asof:
        return row | {"status": "sent"}
    if voice.chance(0.3):
        return row | {"status": "rejected"}
    approved = asked + dt.timedelta(days=voice.days(1, 11))
    return row | {"status": "approved", "approved_by": voice.people[0], "approved_on": approved}
