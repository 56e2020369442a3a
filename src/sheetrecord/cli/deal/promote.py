"""`sheetrecord promote`: close a deal and begin its project inside the same record."""

import datetime as dt
from pathlib import Path

import click

from sheetrecord.app.handover import HandoverResult, Opened, promote_deal, take_step
from sheetrecord.app.settings.config import Config
from sheetrecord.cli import options, printing
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.change_output import changing, opened, tell, told_in
from sheetrecord.cli.completion import words as complete
from sheetrecord.core.handover.context import refused
from sheetrecord.core.handover.promote import PromoteRequest
from sheetrecord.core.handover.refreeze import plan_refreeze
from sheetrecord.core.handover.reopen import plan_reopen
from sheetrecord.core.handover.waiver import Waiver
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.model.problem import Problem, Severity


@click.command("promote")
@click.argument("words", nargs=-1, metavar="BOOK DEAL", type=BookWords(), shell_complete=complete)
@changing
@options.trust
@click.option("--fees", metavar="NAME", default="", help="The fee template, if there are no lines.")
@click.option("--refit-fees", is_flag=True, help="Spread a changed amount over the open lines.")
@click.option("--update", is_flag=True, help="Take over what changed since the handover.")
@click.option(
    "--at-risk", is_flag=True, help="Begin before the signature; needs --why and --until."
)
@click.option("--why", metavar="TEXT", default="", help="Why: with --at-risk and --refreeze.")
@click.option("--until", type=options.Day(), metavar="DATE", help="By when it must be signed.")
@click.option(
    "--allow",
    type=click.Choice(["sorted-apart"]),
    help="Confirm that a column is meant to hold other rows' values since the last sync.",
)
@click.option("--refreeze", is_flag=True, help="Freeze a sold deal anew after damage; needs --why.")
@click.option("--reopen", is_flag=True, help="Mark a sold deal whose stage went back as reopened.")
def command(
    words: tuple[str, ...],
    *,
    deal: str,
    fees: str,
    why: str,
    until: dt.date | None,
    by: str,
    format_: str,
    asof: dt.date | None,
    only_plan: bool,
    refit_fees: bool,
    update: bool,
    at_risk: bool,
    allow: str | None,
    refreeze: bool,
    reopen: bool,
) -> int:
    """Close a deal in place: check the gate, freeze what was sold, open the project.

    \b
    Examples:
      sheetrecord promote firm.xlsx D-0007 --plan
      sheetrecord promote firm.xlsx D-0007 --fees fixed_50_50
      sheetrecord promote firm.xlsx D-0007 --at-risk --why "Board meets" --until 2026-04-15

    Exits with 1 when the gate is shut: every reason is listed, and nothing is written. So it does
    when a column was sorted or shifted without its rows since the last sync on this computer. A
    second run adds nothing. The view for ops is published again where sheetrecord.toml says where
    it is ([publish.ops] to = "view").
    """
    found, deal_id = opened(options.words(words), deal, asof, only_plan=only_plan)
    if refreeze:
        if not why.strip():
            raise click.UsageError("--refreeze needs --why: who asks later wants to know.")
        done = take_step(
            found,
            lambda context: plan_refreeze(context, deal_id, by, why.strip()),
            only_plan=only_plan,
        )
        return tell(done, format_, only_plan=only_plan)
    if reopen:
        done = take_step(
            found, lambda context: plan_reopen(context, deal_id, by), only_plan=only_plan
        )
        return tell(done, format_, only_plan=only_plan)
    apart = [] if allow else _moved(found)
    if apart:
        done = take_step(found, lambda _: refused(deal_id, *apart), only_plan=True)
        return tell(done, format_, only_plan=only_plan)
    start = _start(at_risk=at_risk, by=by, why=why, until=until)
    if start is not None and start.until < found.context.asof:
        raise click.UsageError(f"--until {start.until} is over already.")
    from sheetrecord.app.settings.places import handover_places
    from sheetrecord.cli.view.publish import kept_view, ops_levels

    settings = options.config([found.address])
    view = None if only_plan else kept_view(settings)
    if not only_plan:
        handover_places(settings)  # asked for before the book is changed, not after
    reach = ops_levels(settings)
    ask = PromoteRequest(
        deal_id, by, fees, refit=refit_fees, start=start, update=update, reach=reach
    )
    done = promote_deal(found, ask, only_plan=only_plan)
    code = tell(done, format_, only_plan=only_plan)
    return (_closed(done, settings, view, by, asof) or code) if done.written else code


def _closed(
    done: HandoverResult,
    settings: Config,
    view: tuple[Path, Config] | None,
    by: str,
    asof: dt.date | None,
) -> int:
    """Hand a closed deal over with its note, and publish the view for ops again; return 1 if not.

    The deal is closed whatever becomes of these.
    """
    from sheetrecord.cli.deal.note import hand_over
    from sheetrecord.cli.view.publish import refresh

    if done.step.outcome in {"promoted", "at_risk"}:
        hand_over([done.address], done.step.deal_id, settings, asof)
    try:
        if view:
            refresh(done.address, view, by, asof)
    except SheetRecordError as error:
        printing.error(told_in(done.context.parsed).say("view stale", why=error))
        return 1
    return 0


def _moved(found: Opened) -> list[Problem]:
    """Return what to say of columns that moved against their rows since the last sync."""
    from sheetrecord.app.moved_columns import moved_now
    from sheetrecord.cli.texts.reasons import in_language
    from sheetrecord.core.merge.guards import moved_words

    book, parsed = found.context.book, found.context.parsed
    settings = options.config([found.address])
    do = told_in(parsed).say("undo first")
    return [
        Problem(
            "",
            "",
            Severity.ERROR,
            where,
            f"{in_language(parsed.layout.language, moved_words(one))}.",
            do,
            handover=True,
        )
        for one in moved_now(found.address, book, parsed, settings, options.today())
        for where in [parsed.layout.where(one.sheet, 0, one.key)]
    ]


def _start(*, at_risk: bool, by: str, why: str, until: dt.date | None) -> Waiver | None:
    """Return who begins before the signature, why and until when."""
    if not at_risk:
        if why or until:
            raise click.UsageError("--why and --until belong to --at-risk.")
        return None
    if not why or until is None:
        raise click.UsageError("--at-risk needs --why and --until: who asks later wants to know.")
    return Waiver((), by, why, until)
