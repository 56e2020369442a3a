"""Was it ever mentioned? Facts, commitments and project rows that hold the words looked for."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sheetrecord.schema.column import Row
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.fees import Fees
from sheetrecord.schema.project import Project
from sheetrecord.schema.record import DealRows, Settings

PARTS: Final = ("Deal", "Context", "Commitments", "Project", "Fees")
"""The sheets that are searched, in the order in which findings of one deal are listed."""

_QUOTES: Final = str.maketrans({'"': " ", "\u201c": " ", "\u201d": " "})
_OVER: Final = frozenset(
    ("resolved", "wont_fix", "done", "cancelled", "rejected", "withdrawn", "superseded", "declined")
)
_PAID: Final = frozenset(("paid", "credited", "written_off", "cancelled"))
_KIND_OF_PROJECT: Final = frozenset(("issue", "change", "decision", "update", "milestone"))


class SearchHit(NamedTuple):
    """One thing that was said, learned or changed, in the words of the firm.

    ``kind``, ``source`` and ``outcome`` are labels; ``outcome`` is what became of it: the decision
    about a commitment, the state of a fact, the status of a project row; ``settled`` that nothing
    is left to do about it.
    """

    deal_id: str
    sheet: str
    row: int
    row_id: str
    kind: str
    text: str
    who: str
    when: dt.date | None
    source: str
    outcome: str
    title: str
    settled: bool = False

    @property
    def fields(self) -> tuple[tuple[int, str], ...]:
        """The texts in which a search looks, folded, with what a word in each counts."""
        said = fold(f"{self.kind} {self.text}")
        return (3, said), (2, fold(self.who)), (2, fold(self.title)), (1, fold(self.source))

    @property
    def haystack(self) -> str:
        """The words in which a search looks, folded."""
        return fold(f"{self.title} {self.kind} {self.text} {self.who} {self.source}")


def fold(text: str) -> str:
    """Return a text without case and accents, its blanks made single.

    The pages' script does the same with the same Unicode tables: lower, upper and lower again
    makes one of letters that have several forms (final sigma, sharp s).

    >>> fold("Straße  ÉTÉ"), fold("ﬁnal")
    ('strasse ete', 'final')
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).lower().upper().lower()
    bare = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return " ".join(bare.replace("\u03c2", "\u03c3").split())


def terms(query: str) -> list[str]:
    """Return what an entry must hold, each somewhere: words, or "several words" in quotes.

    >>> terms('training "five users" Été')
    ['five users', 'training', 'ete']
    """
    folded = fold(query).replace("\u201c", '"').replace("\u201d", '"')
    pieces = folded.split('"')
    phrases = [" ".join(piece.split()) for piece in pieces[1::2]]
    words = [word for piece in pieces[::2] for word in piece.split()]
    return [phrase for phrase in phrases if phrase] + words


def search(entries: Iterable[SearchHit], query: str) -> list[SearchHit]:
    """Return the entries that hold every term, the best deal first; nothing for an empty query.

    A deal stands where its best entry does, with all its entries behind it. An entry counts 8 for
    the query as one phrase, 4 for every term in one field, and the weight of the best field that
    holds a term; then what is open comes before what is settled, and newer before older.
    """
    wanted = terms(query)
    if not wanted:
        return []
    phrase = " ".join(fold(query).translate(_QUOTES).split())
    found = [entry for entry in entries if all(term in entry.haystack for term in wanted)]
    ranked = sorted(found, key=lambda entry: _rank(entry, wanted, phrase))
    places = {entry.deal_id: at for at, entry in reversed(list(enumerate(ranked)))}
    return sorted(ranked, key=lambda entry: places[entry.deal_id])


def _rank(entry: SearchHit, wanted: list[str], phrase: str) -> tuple[int, bool, int]:
    """Return the sort key of an entry: the best is the smallest."""
    fields = entry.fields
    score = 8 * any(phrase in text for _, text in fields)
    score += 4 * any(all(term in text for term in wanted) for _, text in fields)
    score += max((w for w, text in fields if any(term in text for term in wanted)), default=0)
    return -score, entry.settled, -(entry.when.toordinal() if entry.when else 0)


def entries(rows: DealRows, settings: Settings) -> Iterator[SearchHit]:
    """Yield what can be found about one deal."""
    title = " ".join(filter(None, (rows.id, rows.deal.client, rows.deal.deal_name)))
    deal = rows.deal
    known = " · ".join(
        filter(None, (deal.won_reason, deal.lost_to, deal.return_note, deal.waived_why, deal.note))
    )
    stage = settings.label("stage", deal.stage) if deal.stage else ""
    yield _entry(deal, "", known, (deal.deal_owner, deal.signed_on, ""), stage, title)
    for fact in rows.context:
        if fact.answer or fact.person or fact.note or fact.date is not None:
            yield _fact(fact, settings, title)
    for said in rows.commitments:
        if said.what:
            yield _said(said, settings, title)
    for row in rows.project:
        if row.kind in _KIND_OF_PROJECT and row.title:
            yield _done(row, settings, title)
    for line in rows.fees:
        if line.description or line.note:
            yield _line(line, settings, title)


Origin = tuple[str, dt.date | None, str]
"""Who, when, and where it is written down."""


def _entry(row: Row, kind: str, text: str, origin: Origin, outcome: str, title: str) -> SearchHit:
    deal_id = str(row.get("deal_id"))
    return SearchHit(deal_id, row.sheet, row.row, row.id, kind, text, *origin, outcome, title)


def _fact(row: Context, settings: Settings, title: str) -> SearchHit:
    text = " · ".join(filter(None, (row.answer, row.driver, row.note)))
    when = f"{row.date:%Y-%m-%d} " if row.date else ""
    source = " ".join(
        filter(None, (_label(settings, "source_type", row.source_type), row.source_link))
    )
    who = " / ".join(filter(None, (row.person, row.learned_by)))
    outcome = _label(settings, "state", row.state)
    kind = _label(settings, "kind", row.kind)
    if row.role:
        kind = f"{kind}, {_label(settings, 'role', row.role)}"
    return _entry(row, kind, when + text, (who, row.learned_on, source), outcome, title)


def _said(row: Commitments, settings: Settings, title: str) -> SearchHit:
    text = " · ".join(filter(None, (row.what, row.clause, row.note)))
    source = " ".join(filter(None, (_label(settings, "form", row.form), row.source_link)))
    who = " → ".join(filter(None, (row.said_by, row.said_to)))
    outcome = _label(settings, "disposition", row.disposition)
    kind = _label(settings, "type", row.type)
    over = row.disposition in _OVER or row.progress in {"delivered", "accepted"}
    hit = _entry(row, kind, text, (who, row.said_on, source), outcome, title)
    return hit._replace(settled=over)


def _done(row: Project, settings: Settings, title: str) -> SearchHit:
    text = " · ".join(filter(None, (row.title, row.status_reason, row.acceptance_test, row.note)))
    who = row.requested_by or row.raised_by or row.owner
    when = row.approved_on or row.date_actual or row.date_planned or row.due_on
    outcome = _label(settings, "status", row.status)
    kind = _label(settings, "project_kind", row.kind)
    hit = _entry(row, kind, text, (who, when, ""), outcome, title)
    return hit._replace(settled=row.status in _OVER)


def _line(row: Fees, settings: Settings, title: str) -> SearchHit:
    text = " · ".join(filter(None, (row.description, row.note)))
    when = row.invoiced_on or row.planned_on
    kind = _label(settings, "fee_type", row.fee_type)
    outcome = _label(settings, "pay_status", row.pay_status)
    hit = _entry(row, kind, text, ("", when, row.invoice_no), outcome, title)
    return hit._replace(settled=row.pay_status in _PAID)


def _label(settings: Settings, enum: str, code: str) -> str:
    return settings.label(enum, code) if code else ""
