"""`sheetrecord diff`: what changed since a deal was sold, and the proof of the baseline."""

import datetime as dt
from collections.abc import Iterator

import click

from sheetrecord.app.since_sold import BaselineComparison, DiffRequest, SinceSold, compare
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.printing import as_json
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says, written
from sheetrecord.contract.answers.diff import diff_answer
from sheetrecord.core.handover.promote import WAY_BACK
from sheetrecord.core.handover.since_sold import Difference
from sheetrecord.model.money import Money
from sheetrecord.model.suggest import completed
from sheetrecord.rules.names import BookNames
from sheetrecord.rules.words import phrase
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

_LEAST = 16
"""Characters of a digest that are enough to prove that it is the one that was printed."""


@click.command("diff")
@click.argument("words", nargs=-1, metavar="BOOK [DEAL]", type=BookWords(), shell_complete=complete)
@click.option("--since", type=click.Choice(["sold"]), default="sold", show_default=True)
@which.DEAL
@click.option("--version", type=int, default=0, help="An earlier baseline, counted from 1.")
@click.option("--all", "everything", is_flag=True, help="Also what ops and finance filled in.")
@click.option("--hash", "digest", metavar="HEX", default="", help="The digest that -v prints.")
@options.format_option("text", "json")
@options.asof
def command(
    words: tuple[str, ...],
    *,
    since: str,  # noqa: ARG001 - says what is compared with; there is one choice so far
    deal: str,
    version: int,
    everything: bool,
    digest: str,
    format_: str,
    asof: dt.date | None,
) -> int:
    """Show what differs from what was sold. Works on any copy: the baseline travels inside.

    \b
    Examples:
      sheetrecord diff firm.xlsx D-0007
      sheetrecord diff e-mailed-copy.xlsx D-0007 --hash 3954b368451004d3

    Exits with 1 when a baseline is not what was frozen, or was never frozen.
    """
    told = options.words(words)
    deal = deal or told.at_most(1, "a workbook and a deal")[0]
    books = options.books(told.books)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")
    if digest and (not deal or len(digest.strip()) < _LEAST):
        raise click.UsageError(f"--hash proves one deal, by {_LEAST} characters or more of it.")
    wanted = DiffRequest(deal, version, everything, digest.strip().lower())
    found = compare(books[0], wanted, today=options.today(), asof=asof)
    if deal:
        which.one_deal(deal, found.parsed.record.by_deal)
    printing.document(as_json(diff_answer(found)) if format_ == "json" else joined(_text(found)))
    damaged = any(not one.intact for one in found.deals) or not found.log_intact
    return int(damaged or bool(found.never))


def _text(found: BaselineComparison) -> Iterator[str]:
    says = Says(found.parsed.layout.language, TEXTS)
    for one in found.deals:
        yield from _deal(one, found, says)
    for deal_id in found.never:
        yield _way(deal_id, found, says)
    if not found.log_intact:
        yield coloured(says.say("log changed"), "red")
        yield completed(_way_back(says), found.address)
    if not found.deals and not found.never:
        yield says.say("none frozen", book=found.address)


def _way(deal_id: str, found: BaselineComparison, says: Says) -> str:
    """Return what to do about a won deal of which nothing is frozen."""
    gone = deal_id in found.gone
    told = says.say("gone" if gone else "never", deal=deal_id, do=_way_back(says))
    return completed(told, found.address, deal_id)


def _way_back(says: Says) -> str:
    return phrase(says.language, WAY_BACK.template)


def _deal(one: SinceSold, found: BaselineComparison, says: Says) -> Iterator[str]:
    baseline, deal = one.baseline, one.rows.deal
    name = " ".join(filter(None, (baseline.deal_id, deal.client, deal.deal_name)))
    number = f" {says.say('version', n=baseline.version)}" if baseline.version > 1 else ""
    yield bold(f"{says.say('sold', deal=name, day=baseline.sold_on)}{number}")
    if not one.intact:
        yield coloured(f"  {says.say('damaged')}", "red")
        yield completed(f"  {_way_back(says)}", found.address, baseline.deal_id)
    elif printing.HOW.verbose:
        yield f"  {says.say('digest', digest=baseline.digest)}"
    for where, difference in one.found:
        yield f"  {_line(where.address, difference, one, found, says)}"
    if one.found:
        yield f"  {says.count(len(one.found), 'differ')}"
    elif one.intact:  # of what proves nothing, nothing follows
        yield f"  {says.say('differ none')}"


def _line(
    address: str, one: Difference, deal: SinceSold, found: BaselineComparison, says: Says
) -> str:
    names = BookNames(found.parsed.layout, found.parsed.lexicon)
    if one.row_word:
        cells = one.now if one.sold is None else one.sold
        said = cells.get("what") or cells.get("answer") or cells.get("description") or ""
        place = address if one.sold is None else names.title(one.sheet)
        became = says.say(f"row {one.row_word}")
        return f"{place}  {one.row_id} {became}: {_clip(said) or says.say('no text')}"
    label = names.header(one.sheet, one.key)
    old, new = (_shown(one, value, deal, found, says) for value in (one.sold, one.now))
    return f"{address}  {says.say('differs', column=label, old=old, new=new)}"


def _shown(
    one: Difference, value: object, deal: SinceSold, found: BaselineComparison, says: Says
) -> str:
    """Return a canonical value as people read it."""
    if value is None:
        return says.say("blank")
    column = SHEETS[one.sheet].by_key[one.key]
    if column.kind is Kind.ENUM:
        return found.parsed.record.settings.label(column.enum, str(value))
    if column.kind is Kind.MONEY and isinstance(value, int):
        return str(written(says.language, Money(value, deal.rows.deal.currency)))
    return _clip(written(says.language, value))


def _clip(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 70 else text[:67] + "..."
