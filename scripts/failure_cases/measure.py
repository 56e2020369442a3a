"""Put one failure to the program: is it asked, is there a place, who sees it, who is reminded."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from failure_cases import deal
from failure_cases.cases import Failure, Meaning
from failure_cases.questions import Questions
from failure_cases.reminders import Needed, reminder
from failure_cases.template import DEAL, SALE, Template, Typed, template
from failure_cases.trial import Trial

YES, PARTLY, NO, NOTHING = "yes", "partly", "no", "-"
NOTE: Final = "Deal.note"
"""Where a rep puts what has no place at all."""


class Verdict(NamedTuple):
    """What the program does with one failure's fact, each with what was seen.

    ``finance`` is `NOTHING` for a fact without money in it.
    """

    failure: Failure
    place: tuple[str, str]
    asked: tuple[str, str]
    page_one: tuple[str, str]
    followed_up: tuple[str, str]
    finance: tuple[str, str]


def measure(failure: Failure, meaning: Meaning) -> Verdict:
    """Enter a deal without the fact and with it, and look at what the program says."""
    with TemporaryDirectory() as folder:
        return _Trial(failure, meaning, Path(folder)).verdict()


class _Trial:
    """One failure's workbooks: without the fact, with it, and after the handover."""

    def __init__(self, failure: Failure, meaning: Meaning, folder: Path) -> None:
        self.failure, self.meaning, self.folder = failure, meaning, folder
        self.form: Template = template(failure.trade)
        self.place = next(self._places(), NOTE)
        self.cells, self.row = deal.typed(self.form, self.place, failure.fact)

    def verdict(self) -> Verdict:
        """Return all five verdicts."""
        told = self._trial("with", self.cells)
        known = [problem for _, problem in _judged(told)]
        asked = self._asked(known)
        place = self._placed(known)
        closed = self._close(told)
        page = told.text("brief", DEAL, *_at(SALE))
        finance = (NOTHING, "")
        if self.failure.has_money:
            finance = self._sees(told.page("finance", "deals/*", *_at(SALE)), closed)
        return Verdict(
            self.failure,
            place,
            asked,
            (YES, "brief") if self._found(page) else (NO, closed),
            reminder(told, self._needed()),
            finance,
        )

    def _needed(self) -> Needed:
        """Return when somebody should have been reminded, and by what the fact is known."""
        sheet, fact = self._at[0], self.failure.fact
        on_deal = frozenset(key for name, _, key in self.cells if name == sheet == "Deal")
        row_id = "" if on_deal else self.form.ids.get(self._at, "")
        return Needed(self.failure.remind_on, fact.date is not None, row_id, on_deal, self._found)

    @property
    def _at(self) -> tuple[str, int]:
        return self.place.partition(".")[0], self.row

    def _places(self) -> Iterator[str]:
        for place in (*self.meaning.made_for, *self.meaning.otherwise):
            if self.form.has(place):
                yield place

    def _trial(self, name: str, cells: Typed) -> Trial:
        trial = Trial(self.folder / name)
        trial.book.write_bytes(_typed(self.form.trade, tuple(cells.items())))
        return trial

    def _placed(self, known: list[dict[str, Any]]) -> tuple[str, str]:
        """Tell whether a place is made for the fact, and takes it as it was typed."""
        row_id = self.form.ids.get(self._at, "?")
        unread = [p for p in known if p["row_id"] == row_id and p["code"][:4] in {"TYPE", "LINK"}]
        if unread:
            return NO, f"{self.place}: {unread[0]['message']}"
        if self.place in self.meaning.made_for:
            return YES, self.place
        return (NO if self.place == NOTE else PARTLY), self.place

    def _asked(self, known: list[dict[str, Any]]) -> tuple[str, str]:
        """Tell whether the gate asks for the fact while it is not there, and not once it is."""
        asked, near = self.meaning.asked or self.meaning.made_for, self.meaning.near
        empty = deal.without(self.form, {*asked, *near, self.place})
        if self.place.startswith("Fees"):  # the line is there, but not what makes it due
            empty = {at: value for at, value in self.cells.items() if at[2] != "description"}
        trial, questions = self._trial("without", empty), Questions(self.form, self.row)
        answered = {(p["code"], p["message"]) for p in known}
        best = (NO, "")
        for gate, problem in _judged(trial):
            if (problem["code"], problem["message"]) in answered:
                continue
            seen = f"{gate}: {problem['code']} {problem['message']}"
            named = any(questions.name(problem, one) for one in asked)
            if named and problem["severity"] != "note":
                return YES, seen
            beside = any(questions.name(problem, one) for one in near)
            if named or (beside and best[0] == NO):
                best = (PARTLY, seen)
        if best[0] == NO and any(one.startswith("Commitments") for one in (*asked, *near)):
            return self._asked_of_all()
        return best

    def _asked_of_all(self) -> tuple[str, str]:
        """Tell whether an empty sheet of commitments is noticed: any one row stills that."""
        bare = self._trial("bare", deal.without(self.form, {"Commitments.*"}))
        for problem in bare.problems(*_at(SALE, "won")):
            if problem["code"] == "COM-010":
                return PARTLY, f"only an empty sheet: {problem['message']}"
        return NO, ""

    def _close(self, trial: Trial) -> str:
        """Close the deal and have ops accept it; return why not, if it cannot be closed."""
        ran = trial.run("promote", DEAL, "--by", deal.REP, *_at(SALE))
        told = " ".join((ran.out + ran.err).split())
        if ran.code == 1:
            return f"not closed: {told[:300]}"
        if ran.code == 0:
            ran = trial.run("accept", DEAL, "--by", deal.OPS, *_at(SALE + dt.timedelta(days=1)))
        if ran.code != 0:
            raise RuntimeError(told + ran.err)
        return ""

    def _found(self, text: str) -> bool:
        """Tell whether a text holds the fact: its words, or what its cell of the deal says."""
        seen = fold(text)
        return any(fold(one) in seen for one in self._spellings())

    def _spellings(self) -> Iterator[str]:
        typed = self.cells.get((*self._at, self.place.partition(".")[2]))
        if self.place.startswith("Deal") and isinstance(typed, dt.date):
            yield from (f"{typed.day} {typed:%b %Y}", f"{typed.day} {typed:%B %Y}", f"{typed}")
        elif self.place.startswith("Deal") and typed is not None:
            yield str(typed)
        else:
            yield self.failure.fact.words

    def _sees(self, page: str, closed: str) -> tuple[str, str]:
        if self._found(page):
            return YES, "finance's page"
        amount = f"{self.failure.fact.amount or 0:.0f}"
        alone = re.sub(r"(?<=\d)[\s,.'\u2019](?=\d{3})", "", page)
        if re.search(rf"(?<!\d){amount}(?!\d)", alone):
            return PARTLY, "the amount, without what it is for"
        return NO, closed


def fold(text: str) -> str:
    """Return a text without case, marks of Markdown, quotes and kinds of blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\\", "")
    return " ".join(re.sub(r"[\"'\u2019\u201c\u201d`*]", "", plain).split())


def _judged(trial: Trial) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what `validate` says when the deal is judged as a proposal, and then as won."""
    for gate in ("proposal", "won"):
        for problem in trial.problems(*_at(SALE, gate)):
            yield gate, problem


@cache
def _typed(trade: str, cells: tuple[tuple[tuple[str, int, str], object], ...]) -> bytes:
    """Return the trade's complete deal with cells typed over it; many failures share one."""
    form = template(trade)
    base, _ = deal.complete(form)
    return form.typed(dict(cells), base) if cells else base


def _at(day: dt.date, gate: str = "") -> tuple[object, ...]:
    return ("--asof", day, *(("--gate", gate) if gate else ()))
