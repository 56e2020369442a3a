"""The letter that says back to the client, before the signature, what was understood.

It holds rows whose share is ``client`` and nothing else of the record, besides the client's and
the deal's name and who signs.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from sheetrecord.core.view.sanitise import flat_html as escape
from sheetrecord.publish.brief.markdown import md
from sheetrecord.publish.brief.words import day
from sheetrecord.publish.letter.words import LETTER
from sheetrecord.schema.commitments import SETTLED, Commitments
from sheetrecord.schema.record import DealRows, Settings

SECTIONS: Final = (
    "included",
    "excluded",
    "extra",
    "next_phase",
    "open",
    "assumed",
    "duties",
    "dates",
)


_OURS: Final = frozenset({"supplier_term"})
"""Types of commitment that are no business of the client's."""


class Letter(NamedTuple):
    """The content of the letter: lines by section, in order; ``held_back`` rows are not shared."""

    subject: str
    hello: str
    intro: str
    sections: list[tuple[str, list[str]]]
    close: str
    regards: str
    signed: str
    language: str
    held_back: int
    deal_id: str = ""

    @property
    def empty(self) -> bool:
        """True if no row may be shown to the client."""
        return not self.sections


def letter_of(rows: DealRows, settings: Settings, signed: str) -> Letter:
    """Collect the letter of a deal."""
    words = LETTER.get(settings.language, LETTER["en"])
    lines: dict[str, list[str]] = {name: [] for name in SECTIONS}
    shared = [row for row in rows.spoken if row.share == "client" and row.type not in _OURS]
    for row in shared:
        place = section_of(row)
        if place:
            lines[place].append(_line(row, place, settings))
    for fact in rows.context:
        if fact.share == "client" and fact.kind == "real_deadline" and fact.date is not None:
            text = fact.driver or fact.answer
            lines["dates"].append(f"{day(fact.date, settings.language)}: {text}".rstrip(": "))
    return Letter(
        words["subject"].format(deal=rows.deal.deal_name),
        words["hello"].format(who=rows.deal.client),
        words["intro"],
        [(words[name], found) for name, found in lines.items() if found],
        words["close"],
        words["regards"],
        signed,
        settings.language,
        held_back(rows),
    )


def held_back(rows: DealRows) -> int:
    """Return how many valid commitments the client is not told of."""
    standing = (row for row in rows.spoken if row.disposition not in SETTLED)
    return sum(row.share != "client" and row.type not in _OURS for row in standing)


def section_of(row: Commitments) -> str:
    """Return a commitment's section in the letter; "" for one that is left out."""
    if row.disposition in SETTLED:
        return ""
    by_type = {"client_duty": "duties", "exclusion": "excluded", "assumption": "assumed"}
    by_decision = {
        "declined": "excluded",
        "change_order": "extra",
        "next_phase": "next_phase",
        "honour_free": "included",
        "in_contract": "included",
    }
    found = by_type.get(row.type) or by_decision.get(row.disposition)
    return found or ("included" if row.in_contract in {"yes", "partly"} else "open")


def _line(row: Commitments, place: str, settings: Settings) -> str:
    """Return a row as the client reads it: their words, and what belongs to them."""
    words = LETTER.get(settings.language, LETTER["en"])
    more = []
    if place == "included" and row.in_contract == "partly":
        more.append(words["partly"])
    if place == "extra" and row.effort_hours:
        more.append(words["about_hours"].format(hours=f"{row.effort_hours:g}"))
    if row.clause and row.in_contract in {"yes", "partly"}:
        more.append(words["clause"].format(clause=row.clause))
    if row.due_on is not None:
        more.append(words["by_day"].format(day=day(row.due_on, settings.language)))
    return f"{row.what} ({', '.join(more)})" if more else row.what


def letter_markdown(letter: Letter) -> str:
    """Return the letter as Markdown, to paste into an e-mail."""
    return "\n".join(_markdown(letter)) + "\n"


def _markdown(letter: Letter) -> Iterator[str]:
    yield from (f"**{md(letter.subject)}**", "", md(letter.hello), "", md(letter.intro))
    for heading, found in letter.sections:
        yield from ("", f"**{md(heading)}**", "")
        yield from (f"- {md(text)}" for text in found)
    yield from ("", md(letter.close), "", f"{md(letter.regards)}  ", md(letter.signed))


def letter_html(letter: Letter) -> str:
    """Return the letter as an HTML page; every text is escaped."""
    sections = "".join(_section(heading, found) for heading, found in letter.sections)
    return (
        f'<!doctype html>\n<html lang="{escape(letter.language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(letter.subject)}</title><style>{_STYLE}</style></head>\n<body>\n"
        f"<h1>{escape(letter.subject)}</h1><p>{escape(letter.hello)}</p>"
        f"<p>{escape(letter.intro)}</p>{sections}<p>{escape(letter.close)}</p>"
        f"<p>{escape(letter.regards)}<br>{escape(letter.signed)}</p>\n</body></html>\n"
    )


def _section(heading: str, found: list[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in found)
    return f"<h2>{escape(heading)}</h2><ul>{items}</ul>"


_STYLE: Final = """
@page { size: A4; margin: 24mm 22mm }
body { font: 11pt/1.5 "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  color: #1d2733; max-width: 165mm; margin: 0 auto }
@media screen { body { padding: 32px 20px } }
h1 { font-size: 15pt; font-weight: 650; margin: 0 0 14pt; color: #1f4e5f }
h2 { font-size: 11pt; margin: 12pt 0 3pt } p { margin: 0 0 8pt }
ul { margin: 0; padding-left: 16pt } li { margin-bottom: 3pt } h2, li { break-inside: avoid }
ul + p { margin-top: 14pt }
"""
