"""What `reconcile dunning` does: who is late, how late, and the text of a letter. Sends nothing."""

import datetime as dt
from collections.abc import Sequence

from sheetrecord.app.reconcile.closing import QUIET
from sheetrecord.app.reconcile.inputs import Inputs
from sheetrecord.app.reconcile.run import work
from sheetrecord.cli import printing
from sheetrecord.cli.ansi import bold, joined
from sheetrecord.cli.money.reconcile_actions import session_of
from sheetrecord.cli.money.reconcile_text import amount
from sheetrecord.cli.printing import as_json
from sheetrecord.core.reconcile.controls.dunning import Reminder, reminders
from sheetrecord.formats.finance.reminder_texts import LANGUAGES, letter
from sheetrecord.model.money import to_major

_SCHEMA = 1


def dunning(book: str, client: str, language: str, format_: str, asof: dt.date | None) -> int:
    """List who is late; return 1 when somebody is."""
    session, _ = session_of(book, asof)
    done = work(session, Inputs(), QUIET)
    found = reminders(session.side.by_key, done.outlook.standings)
    found = [one for one in found if client.casefold() in one.client.casefold()]
    spoken = session.record.settings.language
    chosen = language or (spoken if spoken in LANGUAGES else LANGUAGES[0])
    printing.document(_json(found, chosen) if format_ == "json" else _text(found, chosen))
    return int(bool(found))


def _text(found: Sequence[Reminder], language: str) -> str:
    if not found:
        return "Nobody is late.\n"
    lines: list[str] = []
    for one in found:
        count = len(one.invoices)
        what = f"{count} invoice{'' if count == 1 else 's'}, {one.days} days late"
        lines += [bold(f"{one.client}: {amount(one.total, one.currency)}, {what}"), ""]
        lines += [f"    {row}".rstrip() for row in letter(one, language).split("\n")]
        lines.append("")
    return joined([*lines, "Nothing was sent."]) + "\n"


def _json(found: Sequence[Reminder], language: str) -> str:
    rows = [
        {
            "client": one.client,
            "currency": one.currency,
            "total": str(to_major(one.total, one.currency)),
            "days": one.days,
            "step": one.step,
            "invoices": [
                {
                    "number": invoice.number,
                    "issued": invoice.issued.isoformat(),
                    "due": invoice.due.isoformat(),
                    "days": invoice.days,
                    "open": str(to_major(invoice.open, one.currency)),
                }
                for invoice in one.invoices
            ],
            "language": language,
            "letter": letter(one, language),
        }
        for one in found
    ]
    return as_json({"schema": _SCHEMA, "reminders": rows}) + "\n"
