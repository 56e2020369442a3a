"""`sheetrecord capture`: what was written and said, into a record, by somebody's decision."""

import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial

import click

from sheetrecord.app.capture import (
    PASTED,
    CaptureRequest,
    CaptureResult,
    capture_into,
    later,
)
from sheetrecord.app.handover import open_handover
from sheetrecord.app.settings.places import capture_with
from sheetrecord.cli import options, printing, which
from sheetrecord.cli.address import BookWords
from sheetrecord.cli.ansi import joined
from sheetrecord.cli.change_output import BY, PLAN, remind
from sheetrecord.cli.completion import words as complete
from sheetrecord.cli.deal import capture_output
from sheetrecord.cli.deal.capture_questions import ask
from sheetrecord.cli.deal.capture_texts import CaptureTexts
from sheetrecord.contract.answers.captured import capture_answer
from sheetrecord.core.capture.accepting import counts
from sheetrecord.core.capture.language import LANGUAGES


@click.command("capture")
@click.argument(
    "words", nargs=-1, metavar="BOOK DEAL [FILE...]", type=BookWords(), shell_complete=complete
)
@PLAN
@click.option("--us", metavar="WHO", default="", help="Our domains and names, with commas between.")
@click.option("--since", type=options.Day(), metavar="DATE", help="Nothing older than this day.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), help="The language, where it is told wrongly."
)
@click.option("--show-dropped", is_flag=True, help="Also what is not proposed, and why.")
@click.option("--cues", is_flag=True, help="How often proposals of each cue were accepted.")
@click.option(
    "--model",
    metavar="URL",
    default="",
    help="Ask a language model on this machine as well, such as http://127.0.0.1:8080/v1.",
)
@options.trust
@BY
@options.asof
@options.format_option("text", "json")
def command(
    words: tuple[str, ...],
    *,
    us: str,
    since: dt.date | None,
    lang: str | None,
    show_dropped: bool,
    cues: bool,
    model: str,
    by: str,
    asof: dt.date | None,
    format_: str,
    only_plan: bool,
) -> int:
    """Propose what mails, chats, transcripts and notes say that the record should hold.

    FILE is an .eml, .mbox, .txt, .md, .vtt, .srt, .docx, .pdf, .msg or .ics file, a chat of
    WhatsApp, Slack or Teams, a folder of these, or - for what is pasted. Each proposal has the
    words as they were written, who said them and when. On a terminal they are decided one by one;
    what is not decided waits on the sheet Capture: choose accept or decline there, and the next
    capture carries it out. Nothing is written into the record that nobody accepted.

    \b
    Examples:
      sheetrecord capture firm.xlsx D-0007 mails.mbox --us ours.example
      sheetrecord capture firm.xlsx D-0007 call.vtt --plan
      sheetrecord capture firm.xlsx D-0007

    Exits with 1 when a file could not be read or a decision not be carried out.
    """
    book, deal, files = _told(words)
    found = open_handover(book, today=options.today(), asof=asof, only_plan=only_plan)
    remind(book, found.context.parsed)
    if cues:
        printing.document(joined(capture_output.cue_lines(counts(found.context.events))))
        return 0
    deal_id = which.one_deal(deal, found.context.parsed.record.by_deal, writes=not only_plan)
    usual = capture_with(options.config([book]))
    request = CaptureRequest(
        files,
        (*usual.us, *(one.strip() for one in us.split(",") if one.strip())),
        since,
        lang or "",
        _pasted(files),
        by,
        only_plan,
        model=model or usual.model,
    )
    asked = format_ == "text" and PASTED not in files and _watched()
    texts = CaptureTexts.of(found.context.parsed)
    done = capture_into(found, deal_id, request, partial(ask, texts) if asked else later)
    _tell(done, texts, format_, show_dropped=show_dropped, only_plan=only_plan)
    return int(bool(done.unread or done.wrong))


def _told(words: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    """Return the workbook, the deal and the files: the first book is the workbook, others files."""
    told = options.words(words)
    books = options.books(told.books[:1])
    deal = next((word for word in told.others if word != PASTED), "")
    files = [word for word in words if word not in {deal, *told.books[:1]}]
    return books[0], deal, tuple(files)


def _pasted(files: Sequence[str]) -> bytes:
    return sys.stdin.buffer.read() if PASTED in files else b""


def _watched() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty() and sys.stdout.isatty()


def _tell(
    done: CaptureResult, texts: CaptureTexts, format_: str, *, show_dropped: bool, only_plan: bool
) -> None:
    if format_ == "json":
        printing.document(printing.as_json(capture_answer(done)))
        return
    told = capture_output.lines(done, texts, show_dropped=show_dropped, only_plan=only_plan)
    printing.document(joined(told))
