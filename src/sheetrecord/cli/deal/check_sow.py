"""`sheetrecord check-sow`: what the contract leaves out, or says otherwise than the record."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sheetrecord.app.handover import HandoverResult, Opened, open_handover
from sheetrecord.app.learn.check_sow import check, take_over
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import bold, coloured
from sheetrecord.cli.change_output import BY, PLAN, changed_cells, remind, told_in
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.texts.learned import TEXTS
from sheetrecord.cli.texts.learned import told_in as told_sentence
from sheetrecord.cli.texts.text import Says
from sheetrecord.contract.answers.values import plain
from sheetrecord.contract.learning import ClauseJson, ComparedJson, SowAnswer
from sheetrecord.core.sow.compare import SowReport
from sheetrecord.core.sow.facts import Clause, ComparedRow

SCHEMA = 1
_COLOURS = {"included": "green", "apart": None, "cannot_tell": "yellow"}
_ORDER = ("excluded", "differs", "not_found", "cannot_tell", "included", "apart")
_WIDTH = 90


@click.command("check-sow")
@click.argument(
    "words", nargs=-1, metavar="BOOK DEAL FILE", type=BookWords(), shell_complete=complete
)
@click.option(
    "--accept", metavar="ID", multiple=True, help="Write the clause of a commitment; all for each."
)
@BY
@PLAN
@options.asof
@options.format_option("text", "json")
def command(
    words: tuple[str, ...],
    *,
    accept: tuple[str, ...],
    by: str,
    only_plan: bool,
    asof: dt.date | None,
    format_: str,
) -> int:
    """Compare a deal with its contract or statement of work (.docx, .pdf, .txt, .md).

    What was promised, left out, assumed and agreed for a day or an amount is looked for in the
    clauses: included, excluded, differing, not found, or unclear, with the two nearest clauses; and
    the days, amounts and deliverables of the contract that the record does not hold. Nothing is
    written, but for the clauses of what you --accept. A .pdf needs the extra pdf.

    \b
    Examples:
      sheetrecord check-sow firm.xlsx D-0007 contract.docx
      sheetrecord check-sow firm.xlsx D-0007 contract.docx --accept all

    Exits with 1 when the two do not agree on something.
    """
    book, word, path = _apart(words)
    opened = open_handover(book, today=options.today(), asof=asof, only_plan=only_plan)
    remind(book, opened.context.parsed)
    by_deal = opened.context.parsed.record.by_deal
    deal_id = which.one_deal(word, by_deal, writes=bool(accept) and not only_plan)
    found = check(opened, deal_id, path)
    done = take_over(opened, deal_id, found, accept, by, only_plan=only_plan) if accept else None
    if format_ == "json":
        printing.document(printing.as_json(_data(opened, deal_id, path, found, done)))
    else:
        printing.lines(_lines(opened, deal_id, path, found, done))
    refused = done is not None and done.step.outcome == "refused"
    return int(found.open > 0 or refused)


def _apart(words: tuple[str, ...]) -> tuple[str, str, Path]:
    """Return workbook, deal and file: the file is named last, the workbook first if it is."""
    *rest, last = words or ("",)
    if not last:
        raise click.UsageError("Type a workbook, a deal and a file.")
    told = options.words(rest)
    [word] = told.at_most(1, "a workbook, a deal and a file")
    books = options.books(told.books)
    if len(books) != 1:
        raise click.UsageError("Name one workbook.")
    return books[0], word, Path(last)


def _sorted(rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    return sorted(rows, key=lambda row: (_ORDER.index(row.verdict), row.sheet, row.row))


def _lines(
    opened: Opened, deal_id: str, path: Path, found: SowReport, done: HandoverResult | None
) -> Iterator[str]:
    parsed = opened.context.parsed
    deal, says = parsed.record.by_deal[deal_id].deal, Says(parsed.layout.language, TEXTS)
    head = {
        "file": path,
        "clauses": says.count(found.clauses, "clause"),
        "rows": says.count(len(found.rows), "sow row"),
        "deal": f"{deal_id} {deal.client}, {deal.deal_name}",
    }
    yield bold(says.say("sow head", **head))
    for row in _sorted(found.rows):
        yield from _row_lines(row, opened, says)
    if found.others:
        yield says.say("others")
        for one in found.others:
            kind = parsed.record.settings.label("type", one.kind)
            yield f"  {kind:<11}  {_short(one.text)}  ({one.clause.place})"
    yield from _accepted(done, says)
    if found.open:
        yield says.count(found.open, "disagree", deal=deal_id)
    else:
        yield says.say("agree", deal=deal_id)


def _row_lines(row: ComparedRow, opened: Opened, says: Says) -> Iterator[str]:
    layout = opened.context.parsed.layout
    where = layout.where(row.sheet, row.row, row.column, row.row_id).address
    verdict = coloured(f"{says.say(row.verdict):<9}", _COLOURS.get(row.verdict, "red"))
    yield f"{verdict}  {bold(where)}  {row.row_id}  {_short(row.what)}"
    if row.why:
        yield f"           {told_sentence(says.language, row.why)}"
    if row.clause:
        yield f"           {row.clause.place}: {_short(row.quote)}"
    for clause in row.near:
        near = says.say("near", what=f"{clause.place}: {_short(clause.text)}")
        yield f"           {near}"


def _accepted(done: HandoverResult | None, says: Says) -> Iterator[str]:
    if done is None:
        return
    for problem in done.step.refusals:
        yield coloured(f"{problem.message} {problem.do}", "red")
    yield from changed_cells(done.changes, told_in(done.context.parsed))
    for note in done.step.notes:
        yield told_sentence(says.language, note)
    if done.changes:
        yield says.say("written in", book=done.address) if done.written else says.say("plan")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 3] + "..."


def _data(
    opened: Opened, deal_id: str, path: Path, found: SowReport, done: HandoverResult | None
) -> SowAnswer:
    return {
        "schema": SCHEMA,
        "book": opened.address,
        "deal_id": deal_id,
        "file": str(path),
        "clauses": found.clauses,
        "agree": found.open == 0,
        "rows": [_row(opened, row) for row in _sorted(found.rows)],
        "others": [
            {"kind": one.kind, "text": one.text, "clause": _clause(one.clause)}
            for one in found.others
        ],
        "changes": [
            {
                "cell": change.where.address,
                "row_id": change.where.row_id,
                "column": change.where.key,
                "old": plain(change.old),
                "new": plain(change.new),
            }
            for change in (done.changes if done else ())
        ],
        "refusals": [problem.message for problem in (done.step.refusals if done else ())],
        "written": bool(done and done.written),
    }


def _row(opened: Opened, row: ComparedRow) -> ComparedJson:
    where = opened.context.parsed.layout.where(row.sheet, row.row, row.column, row.row_id)
    return {
        "sheet": row.sheet,
        "cell": where.address.rpartition("!")[2],
        "row_id": row.row_id,
        "column": row.column,
        "what": row.what,
        "verdict": row.verdict,
        "why": row.why,
        "clause": None if row.clause is None else _clause(row.clause),
        "quote": row.quote,
        "near": [_clause(clause) for clause in row.near],
    }


def _clause(clause: Clause) -> ClauseJson:
    return {
        "ref": clause.ref,
        "heading": clause.heading,
        "text": clause.text,
        "page": clause.page or None,
    }
