"""`sheetrecord leaver`: what only one person knows or owes, as questions for a conversation."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sheetrecord.app.learn.leaver import Leaving, leaving
from sheetrecord.app.learn.leaver_mail import LeaverMail, in_mail
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import bold, dim
from sheetrecord.cli.output_option import Reads
from sheetrecord.cli.texts.learned import TEXTS, told_in
from sheetrecord.cli.texts.text import Says, quoted, written
from sheetrecord.contract.learning import LeaverAnswer, LeaverDealJson, MailedJson
from sheetrecord.core.capture.propose import CaptureProposal
from sheetrecord.core.leaver import MINUTES, LeaverDeal, who_is
from sheetrecord.model.closest_words import meant
from sheetrecord.schema.record import Settings

SCHEMA = 1
_SHOWN = 5


@click.command("leaver")
@click.argument("words", nargs=-1, metavar="BOOK PERSON", type=BookWords(), required=True)
@click.option(
    "--mail", multiple=True, type=Reads(), metavar="PATH", help="Their mailbox: a folder or files."
)
@options.asof
@options.format_option("text", "json")
def command(
    words: tuple[str, ...], *, mail: tuple[Path, ...], asof: dt.date | None, format_: str
) -> int:
    """List everything that only one person knows or owes, deal by deal, before they leave.

    One question a line, with the client's name, why it is asked, and the cell for the answer: what
    nobody asked or knew, guesses, facts that nobody else heard, promises that stand nowhere, people
    whom only they have met, and what they look after. The deals with most at stake come first. With
    --mail their mailbox is read as well, by the people and domains of these deals: what it says and
    the record does not hold. Nothing is written; `capture` takes it over.

    \b
    Examples:
      sheetrecord leaver firm.xlsx "Kim Vale"
      sheetrecord leaver firm.xlsx kim --mail kim.mbox --format json
    """
    told = options.words(words)
    [word] = told.at_most(1, "a workbook and a person")
    books = options.books(told.books)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")
    found = leaving(books[0], today=options.today(), asof=asof)
    name = _one(word, found.people)
    deals = found.of(name)
    box = None
    if mail:
        live = found.live(deal.deal_id for deal in deals)
        files = tuple(str(path) for path in mail)
        box = in_mail(books[0], live, files, name, today=options.today(), asof=asof)
    if format_ == "json":
        printing.document(printing.as_json(_data(found, name, deals, box)))
    else:
        language = found.record.settings.language
        printing.lines(_lines(found, name, deals, language))
        if box is not None:
            printing.lines(_mail_lines(found, box, mail, language))
    return 0


def _one(word: str, people: dict[str, str]) -> str:
    """Return the person whom a word means. Raises UsageError for none and for several."""
    if not word.strip():
        raise click.UsageError("Name a person.")
    found = who_is(word, people)
    if len(found) == 1:
        return found[0]
    if found:
        some = "; ".join(found[:_SHOWN])
        raise click.UsageError(f'"{word}" may be several: {some}. Type the whole name.')
    names = sorted(people.values())
    near = meant(word, names) or f"There is {'; '.join(names[:_SHOWN])}."
    raise click.UsageError(f'The record names nobody of you called "{word}". {near}')


def _lines(found: Leaving, name: str, deals: Sequence[LeaverDeal], language: str) -> Iterator[str]:
    says = Says(language, TEXTS)
    total = sum(len(deal.items) for deal in deals)
    if not total:
        yield says.say("leaves nothing", name=name)
        return
    questions, held = says.count(total, "question"), says.count(len(deals), "live")
    yield bold(says.say("leaves", name=name, questions=questions, deals=held))
    number = 0
    for deal in deals:
        amount = f"{written(language, deal.at_stake)} {deal.currency}"
        stake = [says.say("at stake", amount=amount)]
        if deal.deadline:
            stake.append(says.say("deadline", day=deal.deadline))
        head = dim(f"({', '.join(stake)})")
        yield f"{bold(deal.deal_id)}  {deal.client}, {deal.deal_name}  {head}"
        for item in deal.items:
            number += 1
            why = [told_in(language, item.why)]
            if item.due:
                why.append(says.say("due", day=item.due))
            where = dim(f"({', '.join(why)})  {found.address_of(item)}")
            yield f"  {number:>3}  {told_in(language, item.question)}  {where}"
            if number == MINUTES and total > MINUTES:
                yield dim(f"  {says.say('second talk', n=MINUTES)}")


def _mail_lines(
    found: Leaving, box: LeaverMail, files: Sequence[Path], language: str
) -> Iterator[str]:
    """Yield what the mailbox says and the record does not, by deal."""
    says = Says(language, TEXTS)
    things = says.count(sum(map(len, box.by_deal.values())), "thing")
    messages = says.count(box.messages, "message")
    yield bold(says.say("mailed", messages=messages, things=things))
    settings = found.record.settings
    for deal_id, proposals in box.by_deal.items():
        deal = found.record.by_deal[deal_id].deal
        yield f"{bold(deal_id)}  {deal.client}, {deal.deal_name}"
        for one in proposals:
            said = one.finding
            when = f", {written(language, said.said_on)}" if said.said_on else ""
            by = dim(f"({said.said_by or said.side}{when})")
            yield f"  {_kind(one.kind, settings)}: {quoted(language, said.quote)}  {by}"
        paths = " ".join(map(str, files))
        command = f"sheetrecord capture {found.address} {deal_id} {paths}"
        yield f"  {says.say('take over', command=command)}"
    for missed in box.unread:
        yield says.say("not read", path=missed.path, why=missed.why)


def _kind(code: str, settings: Settings) -> str:
    """Return what the workbook calls a kind of thing that was said."""
    names = (settings.label(enum, code) for enum in ("kind", "type"))
    return next((name for name in names if name != code), code)


def _mail(proposals: Sequence[CaptureProposal]) -> list[MailedJson]:
    return [
        {
            "kind": one.kind,
            "quote": one.finding.quote,
            "said_by": one.finding.said_by,
            "side": one.finding.side,
            "said_on": one.finding.said_on.isoformat() if one.finding.said_on else None,
            "verdict": one.verdict,
        }
        for one in proposals
    ]


def _data(
    found: Leaving, name: str, deals: Sequence[LeaverDeal], box: LeaverMail | None
) -> LeaverAnswer:
    mailed = box.by_deal if box else {}
    unread = box.unread if box else ()
    return {
        "schema": SCHEMA,
        "book": found.address,
        "asof": found.asof.isoformat(),
        "person": name,
        "questions": sum(len(deal.items) for deal in deals),
        "deals": [_deal(found, deal) for deal in deals],
        "mail": [{"deal_id": key, "says": _mail(told)} for key, told in mailed.items()],
        "unread": [{"path": one.path, "why": one.why} for one in unread],
    }


def _deal(found: Leaving, deal: LeaverDeal) -> LeaverDealJson:
    return {
        "deal_id": deal.deal_id,
        "client": deal.client,
        "deal_name": deal.deal_name,
        "stage": deal.stage,
        "owner": deal.owner,
        "at_stake": str(deal.at_stake),
        "currency": deal.currency,
        "real_deadline": deal.deadline.isoformat() if deal.deadline else None,
        "items": [
            {
                "kind": item.kind,
                "question": item.question,
                "why": item.why,
                "sheet": item.sheet,
                "cell": found.address_of(item).rpartition("!")[2],
                "row_id": item.row_id,
                "column": item.column,
                "due": item.due.isoformat() if item.due else None,
            }
            for item in deal.items
        ],
    }
