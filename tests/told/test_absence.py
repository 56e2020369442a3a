"""Absence is told only where somebody said it: every renderer, language and state of an answer."""

import ast
import datetime as dt
import io
import re
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sheetrecord
from sheetrecord.core.absence.sentences import HEARD
from sheetrecord.core.derive import derive
from sheetrecord.core.view.audiences import OPS, OWNER, Audience
from sheetrecord.core.view.projection import narrow
from sheetrecord.publish.brief.content import brief_of
from sheetrecord.publish.brief.html_page import brief_html
from sheetrecord.publish.brief.markdown import brief_markdown
from sheetrecord.publish.brief.words import BRIEF, day
from sheetrecord.publish.digest.words import DIGEST
from sheetrecord.publish.letter.words import LETTER
from sheetrecord.publish.note.words import NOTE
from sheetrecord.publish.origin import ORIGIN
from sheetrecord.publish.site import Provenance, Site
from sheetrecord.publish.words import words
from sheetrecord.publish.workbook import workbook
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.context import Context
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.prompts import Prompt
from sheetrecord.schema.record import Record, Settings, blank, make_record

DAY = dt.date(2026, 4, 2)
TOKENS = {"none": "none", "?": "unknown", "won't say": "declined", "n/a": "n_a"}
WHO: dict[str, Any] = {"person": "Carla Diaz", "learned_on": DAY, "learned_by": "Ana"}
CHASE: dict[str, Any] = {"chase_on": dt.date(2026, 7, 15), "chase_by": "Ana"}

ANSWERS: dict[str, list[dict[str, Any]]] = {
    "no row": [],
    "not asked": [{}],
    "none": [{"answer": "none", **WHO}],
    "unknown": [{"answer": "?", **CHASE}],
    "declined": [{"answer": "won't say", **WHO}],
    "n/a": [{"answer": "n/a", "note": "A frame contract without an end"}],
    "answered without a day": [{"answer": "Before the fair", **WHO}],
    "answered": [{"answer": "The fair", "date": dt.date(2026, 9, 1), "driver": "Fair", **WHO}],
    "none, and unknown": [{"answer": "none", **WHO}, {"answer": "?", **CHASE}],
    "none, and answered": [{"answer": "none", "date": DAY}, {"answer": "It", "date": DAY}],
}
DEADLINE = {
    "no row": "not_asked",
    "not asked": "not_asked",
    "none": "none",
    "unknown": "unknown",
    "declined": "declined",
    "n/a": "n_a",
    "answered without a day": "answered",
    "answered": "",
    "none, and unknown": "unknown",
    "none, and answered": "",
}
"""The sentence that may stand where the date that matters would; none where there is a day."""

SAID: dict[str, Any] = {"said_by": "Ana", "said_on": DAY}
PROMISES: dict[str, tuple[list[dict[str, Any]], str]] = {
    "no row": ([], "not_asked"),
    "none": ([{"what": "none", **SAID}], "none"),
    "one": ([{"what": "Two days of training", "type": "promise", **SAID}], ""),
    "settled": ([{"what": "A report", "type": "promise", "disposition": "withdrawn"}], "settled"),
    "limits only": ([{"what": "No night work", "type": "exclusion"}], "not_asked"),
    "limits and none": (
        [{"what": "No night work", "type": "exclusion"}, {"what": "none", **SAID}],
        "none",
    ),
}


def record(language: str, answer: str, promise: str, share: str = "") -> Record:
    """Return a firm with one deal of which almost nothing is typed."""
    labels = {
        (enum, code): label
        for enum, held in pack(language).enums.items()
        for code, label in held.items()
    }
    settings = Settings(asof=dt.date(2026, 6, 30), language=language, tokens=TOKENS, labels=labels)
    deal = {"deal_id": "D-0001", "client": "Acme", "stage": "talking", "deal_owner": "Ana"}
    facts = [
        blank(
            Context,
            at,
            deal_id="D-0001",
            ctx_id=f"X-{at}",
            kind="real_deadline",
            share=share,
            **cells,
        )
        for at, cells in enumerate(ANSWERS[answer], 2)
    ]
    said = [
        blank(Commitments, at, deal_id="D-0001", com_id=f"C-{at}", share=share, **cells)
        for at, cells in enumerate(PROMISES[promise][0], 2)
    ]
    rows = {"Deal": [blank(Deal, 2, **deal)], "Context": facts, "Commitments": said}
    return make_record(settings, rows)


def plain(page: str) -> str:
    """Return a page's words, without its marks and the escapes of Markdown."""
    text = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    return " ".join(text.replace("\\", "").split())


def brief_pages(held: Record, *, whole: bool = True) -> Iterator[str]:
    found = derive(held)
    brief = brief_of(found.by_deal["D-0001"], found.settings, None, whole=whole)
    yield plain(brief_html(brief))
    yield plain(brief_markdown(brief))


def site_pages(held: Record, audience: Audience) -> Iterator[str]:
    seen = narrow(held, audience)
    for page in Site(seen, audience, Provenance("", "r", ""), {}).pages():
        if page.path.endswith("D-0001.html"):
            yield plain(page.render().decode())


def stands(language: str, subject: str, text: str) -> set[str]:
    """Return the states of a subject whose sentence stands in a text."""
    found = set()
    for key, sentence in HEARD[language].items():
        if key.startswith(f"{subject}_"):
            pieces = [re.escape(p) for p in re.split(r"\{\w+\}", plain(sentence)) if p]
            if re.search(".{0,200}?".join(pieces), text):
                found.add(key.removeprefix(f"{subject}_"))
    return found


def only(state: str) -> set[str]:
    return {state} if state else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_says_of_each_answer_what_came_of_it(language: str) -> None:
    for answer, promise in product(ANSWERS, PROMISES):
        for text in brief_pages(record(language, answer, promise)):
            assert stands(language, "deadline", text) == only(DEADLINE[answer]), (answer, text)
            assert stands(language, "promises", text) == only(PROMISES[promise][1]), (promise, text)
            who = [plain(one) for one in ("Carla Diaz", "A frame contract without an end")]
            told = {"none": who[0], "declined": who[0], "n/a": who[1]}.get(answer)
            assert told is None or told in text
            assert answer != "unknown" or plain(day(CHASE["chase_on"], language)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_of_each_answer_what_came_of_it(language: str) -> None:
    told = words(language)
    labels = pack(language).enums["state"]
    for answer, promise in zip(list(ANSWERS) * 2, list(PROMISES) * 4, strict=False):
        for text in site_pages(record(language, answer, promise), OWNER):
            expected = PROMISES[promise][1].replace("settled", "")
            assert stands(language, "promises", text) == only(expected), (promise, text)
            figure = text.partition(told["real_deadline"])[2].lstrip()
            state = DEADLINE[answer]
            if state:
                begins = told["no_day"] if state == "answered" else labels[state]
                assert figure.startswith(plain(begins)), (answer, figure[:80])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_see_every_row_is_not_told_that_nobody_asked(language: str) -> None:
    """A row withheld, and none at all, look the same: nothing is claimed and nothing given away."""
    bare = record(language, "no row", "no row")
    withheld = record(language, "none", "none", share="internal")
    pages = [list(site_pages(one, OPS)) for one in (bare, withheld)]
    assert pages[0] == pages[1]
    for text in pages[0]:
        assert stands(language, "promises", text) == {"unseen"}
        assert words(language)["not_shown"] in text
    for text in brief_pages(bare, whole=False):
        assert stands(language, "deadline", text) == {"unseen"}
        assert stands(language, "promises", text) == {"unseen"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_only_a_client_a_stage_and_an_owner_no_sentence_claims_anything(language: str) -> None:
    held = record(language, "no row", "no row")
    for text in (*brief_pages(held), *site_pages(held, OWNER), *site_pages(held, OPS)):
        for subject in ("deadline", "promises", "questions", "facts", "people", "fees"):
            assert stands(language, subject, text) <= {"not_asked", "unseen"}, (subject, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_workbook_leaves_blank_what_nobody_said(language: str) -> None:
    from openpyxl import load_workbook

    seen = narrow(record(language, "no row", "no row"), OWNER)
    book = load_workbook(io.BytesIO(workbook(seen, OWNER, Provenance("", "r", ""), "x")))
    header, deal = book[pack(language).sheets["Deal"]].values
    told = dict(zip(header, deal, strict=True))
    names = pack(language).columns["Deal"]
    for key in ("invoiced", "collected", "outstanding", "unpriced_exposure", "real_deadline"):
        assert told[names[key]] is None, key
    assert told[names["client"]] == "Acme"


@given(st.lists(st.sampled_from(["", "none", "?", "won't say", "n/a", "Said"]), max_size=5))
def test_what_was_asked_is_never_called_unasked(answers: list[str]) -> None:
    kinds = ("why_us", "pressure", "pushback", "why_now", "risk")
    settings = Settings(
        DAY, tokens=TOKENS, prompts=tuple(Prompt(kind, "proposal", True, "X") for kind in kinds)
    )
    facts = [
        blank(Context, at, deal_id="D-1", ctx_id=f"X{at}", kind=kinds[at], answer=answer)
        for at, answer in enumerate(answers)
    ]
    deal = blank(Deal, 2, deal_id="D-1", client="A", stage="talking")
    found = derive(make_record(settings, {"Deal": [deal], "Context": facts}))
    brief = brief_of(found.by_deal["D-1"], settings, None)
    asked = {kind for kind, answer in zip(kinds, answers, strict=False) if answer}
    assert asked.isdisjoint(brief.unasked)
    assert set(kinds) - asked <= set(brief.unasked)
    if asked:
        assert "facts_not_asked" not in {
            f"facts_{state}" for state in stands("en", "facts", next(brief_pages_of(brief)))
        }


def brief_pages_of(brief: Any) -> Iterator[str]:
    yield plain(brief_markdown(brief))


ABSENT = re.compile(
    r"\b(no|none|nothing|nobody|never|not|without|kein\w*|nichts?|niemand\w*|nie|ohne|ning[uú]n\w*"
    r"|nada|nadie|nunca|sin|aucune?|rien|personne|jamais|sans|pas|n'\w+|n’\w+)\b",
    re.IGNORECASE,
)

PREMISES = {
    "heard": {
        # the state in the key is the premise; it is asked for by the laws above
        *(f"deadline_{state}" for state in ("not_asked", "none", "unknown", "declined", "n_a")),
        *("deadline_answered", "deadline_unseen", "promises_not_asked", "promises_none"),
        *("promises_settled", "promises_unseen", "questions_not_asked", "questions_unseen"),
        *("questions_shown", "facts_not_asked", "facts_unknown", "facts_unseen"),
        *("people_not_asked", "people_unseen", "fees_not_asked", "owner_not_asked"),
        *("again_not_asked", "sold_not_asked"),
    },
    "brief": {
        "hard",  # the fact's hardness says so
        "facts",  # a heading
        "unknown",  # a heading
        "not_asked",  # the fact's state
        "exposure",  # hours that the client counts on and no contract pays
        "unsure",  # the deal's identity is in doubt
        "self",  # the row names the same person twice
        "at_risk",  # rows of Project, and no signature in the row of the deal
        "unread",  # cells that hold what nobody can read
    },
    "letter": {
        "excluded",  # the row's decision
        "open",  # the row's decision is open
        "partly",
        "intro",
        "close",
    },
    "publish": {
        "find_none",  # a search of these pages
        *("doubt", "doubt_after", "doubt_no_client", "doubt_no_id"),  # cells that are blank
        "no_deals",  # of this page
        "no_page",  # an id that is missing or used twice
        "nobody",  # "not named yet"
        "due_unknown",
        "not_invoiced",  # a fee line without an invoice
        "no_contract_end",
        "not_shown",
        "no_day",
        "no_status",
        "none_open",  # issues were written down, all are settled
        "none_noted",
        "would_not_say",  # the fact's state
        "not_in_contract",  # the row says no
        "client_not_told",  # "not noted"
        "unknown",  # a heading
        "exposure",
        *("undecided", "undecided_count"),  # the row's decision
        "client_unsure",  # the row says so
        "changes_none",  # compared with an intact baseline, for this page
        "coming_none",
        "squeezed_none",  # of dates that are written down
        "gaps_none",  # "written down"
        "gaps_why",
        "gaps",
        "chg_broken_why",  # the digest does not fit
        "other_currency",
        "to_mend",
        "part_lost",
        "find_failed",
        "read_only",
        "unnamed",
        *("changed_first", "changed_none"),  # of the publications of these pages
        *("collision_none", "collision_one", "collision_many"),  # counted in the grid below
        *("no_deadlines", "clash_none", "in_flight_none", "nothing_passes", "finished_none"),
        *("money_none",),  # "written down"
        *("col_unpriced", "fig_unpriced", "unpriced_title"),  # as `exposure`
        *("no_day_yet", "year_none", "no_status_word", "nobody_leads", "none_group"),  # blank cells
        *("hanging", "nobody_known"),  # no day of acceptance, no name in the row
        "need_script",
        "unread_cells",  # cells that hold what nobody can read
    },
    "note": {
        "somebody",  # "is not named"
        "unpaid",  # the row says so
        "undecided",
        "unknown",
        "limits",  # a heading above rows that say so
        *("failed", "failed_to", "unwritten"),  # of the note itself: it could not be sent or kept
    },
    "origin": {
        "unsaid",  # "wrote"
        "waits",  # the column for it is blank
    },
    "digest": {
        "never",  # nothing was kept of the record as it was
        "needs_none",  # of reminders, which the record itself is asked for
        "near_none",  # "names"
        "promises_none",  # "has written down"
        "money_none",  # of fee lines that are there
        "waits_undated",  # "wrote"
        *("unread", "none_read"),  # cells that hold what nobody can read
        "conflicts",  # open conflicts of the store
        "unpriced",
    },
}
"""Every sentence with a word of absence, by the pack it is of: a new one must say its premise."""


def packs() -> dict[str, dict[str, dict[str, str]]]:
    """Return every pack of sentences: name, language, key."""
    return {
        "heard": {language: dict(HEARD[language]) for language in LANGUAGES},
        "brief": {language: dict(BRIEF[language]) for language in LANGUAGES},
        "letter": {language: dict(LETTER[language]) for language in LANGUAGES},
        "publish": {language: dict(words(language)) for language in LANGUAGES},
        "note": {language: dict(NOTE[language]) for language in LANGUAGES},
        "origin": {language: dict(ORIGIN[language]) for language in LANGUAGES},
        "digest": {language: dict(DIGEST[language]) for language in LANGUAGES},
    }


@pytest.mark.parametrize("name", PREMISES)
def test_every_sentence_of_absence_has_its_premise(name: str) -> None:
    held = packs()[name]
    keys = {key for told in held.values() for key, text in told.items() if ABSENT.search(text)}
    undeclared = {key: held["en"][key] for key in keys - PREMISES[name]}
    assert undeclared == {}
    assert set(PREMISES[name]) <= set(held["en"])
    for language in LANGUAGES:
        assert set(held[language]) == set(held["en"])


def test_no_sentence_of_old_comes_back() -> None:
    """Sentences that were printed of records in which nobody had said so."""
    claims = re.compile(
        r"(?<!Asked: )(?:Nothing was promised|Nobody was promised)|(?<!Asked: )[Nn]o date matters"
        r"|Nothing is open|There are no |No client needs|No deal is close"
    )
    folder = Path(sheetrecord.__file__).parent
    found = [
        (path.name, node.value)
        for path in folder.rglob("*.py")
        if not {"rules", "sample", "xlsx", "settings", "packs"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if claims.search(node.value)
    ]
    assert found == []
