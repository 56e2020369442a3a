"""The brief and the letter: what stands on them, what must not, and that they fit the paper."""

import datetime as dt
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from promote.firm import ASOF, DAY, Rows, ready
from promote.memory import Memory
from sheetrecord.app.brief import pdf
from sheetrecord.core.derive import derive
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.publish.brief.content import Brief, brief_of
from sheetrecord.publish.brief.html_page import brief_html
from sheetrecord.publish.brief.markdown import brief_markdown
from sheetrecord.publish.brief.words import BRIEF
from sheetrecord.publish.letter.content import Letter, letter_html, letter_markdown, letter_of
from sheetrecord.publish.letter.words import LETTER
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS


def brief(rows: Rows, *, promote: bool = True, language: str = "en") -> Brief:
    memory = Memory(rows)
    if promote:
        memory.apply(plan_promote(memory.context(ASOF), PromoteRequest("D-0001", "Ines")))
    context = memory.context(ASOF)
    record = derive(context.parsed.record)
    settings_ = record.settings._replace(language=language)
    sold = context.baselines.get("D-0001", [None])[-1]
    return brief_of(record.by_deal["D-0001"], settings_, sold)


def letter(rows: Rows, language: str = "en") -> Letter:
    record = derive(Memory(rows).context(ASOF).parsed.record)
    found = record.settings._replace(language=language)
    return letter_of(record.by_deal["D-0001"], found, "Ines")


def text(html: str) -> str:
    body = html.partition("<body")[2].partition(">")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body)))


@pytest.mark.parametrize(
    "said",
    [
        "Tue 16 Jun 2026",
        "board meeting",
        "14 days before the contract ends",
        "What the contract says: 30 Jun 2026, 118 days left",
        "We know their plant",
        "Ute promised the board a result (Ute Brandt)",
        "Jan Weiss Daily contact",
        "A report for each machine (Ines, 20 Feb 2026)",
        "Undecided",
        "No work on the old server",
        "ask by 20 Mar 2026, Ines",
        "12,600 EUR",
        "42,000 EUR",
        "Ines hands over, Tom receives",
        "As sold: sha256 ",
    ],
)
def test_the_brief_says_what_ops_needs_on_day_one(said: str) -> None:
    found = brief(ready())
    assert said in text(brief_html(found))


@pytest.mark.parametrize(("language", "amount"), [("de", "42.000 EUR"), ("en", "42,000 EUR")])
def test_amounts_stand_as_the_language_writes_them(language: str, amount: str) -> None:
    assert amount in text(brief_html(brief(ready(), language=language)))


def test_what_was_confirmed_is_ticked() -> None:
    rows = ready()
    row = next(row for row in rows["Context"] if row["kind"] == "why_us")
    before = brief_html(brief(rows)).count('class="box done"')
    row |= {"confirmed_on": dt.date(2026, 3, 9), "confirmed_by": "Tom"}
    after = brief_html(brief(rows))
    assert after.count('class="box done"') == before + 1
    assert "Tom 9" in after


def test_nothing_is_left_out_while_the_page_has_room() -> None:
    rows = ready()
    rows["Commitments"] += [
        {"deal_id": "D-0001", "what": f"Small thing {n}", "type": "promise", "said_by": "Ines",
         "client_believes": "no", "disposition": "declined"}
        for n in range(12)
    ]  # fmt: skip
    told = text(brief_html(brief(rows, promote=False)))
    assert all(f"Small thing {n}" in told for n in range(12))


def test_the_brief_in_markdown_says_the_same_with_boxes() -> None:
    found = brief_markdown(brief(ready()))
    plain = re.sub(r"\s", " ", found.replace("\\", ""))
    for said in ("Tue 16 Jun 2026", "We know their plant", "A report for each machine", "- [ ] "):
        assert said in plain


def test_undecided_and_unpaid_promises_come_first() -> None:
    assert brief(ready()).promises[0].what == "A report for each machine"


def test_a_brief_before_the_close_says_that_nothing_is_frozen() -> None:
    assert "Nothing is frozen" in text(brief_html(brief(ready(), promote=False)))


def test_a_deal_without_facts_or_dates_still_has_a_brief() -> None:
    bare: Rows = {"Deal": [{"deal_id": "D-0001", "client": "A", "stage": "talking"}]}
    found = brief(bare, promote=False)
    assert "Not asked yet: which date matters" in text(brief_html(found))
    assert brief_markdown(found)


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_every_language_has_every_word(language: str) -> None:
    assert BRIEF[language].keys() == BRIEF["en"].keys()
    assert LETTER[language].keys() == LETTER["en"].keys()
    for table in (BRIEF, LETTER):
        for key, words in table["en"].items():
            assert sorted(re.findall(r"{\w+}", table[language][key])) == sorted(
                re.findall(r"{\w+}", words)
            ), key
    assert brief_html(brief(ready(), language=language))
    assert letter_html(letter(ready(), language=language))


NASTY = "<script>alert(1)</script>\"'&<img src=x onerror=y>"


@pytest.mark.parametrize("sheet", ["Deal", "Context", "Commitments"])
def test_no_text_of_the_record_becomes_markup(sheet: str) -> None:
    rows = ready()
    for row in rows[sheet]:
        for key, value in row.items():
            column = SHEETS[sheet].by_key[key]
            if isinstance(value, str) and column.kind in {Kind.TEXT, Kind.PROSE, Kind.PERSON}:
                row[key] = f"{value} {NASTY}"
        if sheet == "Commitments":
            row["share"] = "client"
    for html in (brief_html(brief(rows, promote=False)), letter_html(letter(rows))):
        assert "<script" not in html
        assert "<img" not in html


def full() -> Rows:
    """Return a deal with more of everything than a page can hold."""
    rows = ready()
    words = "We walked the plant with the shift leads for two days, and nobody else had come; "
    for row in rows["Context"]:
        if row.get("answer") not in {None, "?", ""}:
            row["answer"] = (f"{row['answer']}. {words * 3}")[:220]
    for i in range(8):
        rows["Context"].append(
            {"deal_id": "D-0001", "kind": "risk", "answer": "?", "ctx_id": f"X-R{i}"}
            | {"chase_on": DAY(2026, 4, 1), "chase_by": "Ines"}
        )
        person = {"person": f"Person Number {i}", "role": "influencer", "stance": "neutral"}
        rows["Context"].append(
            {"deal_id": "D-0001", "kind": "stakeholder", "ctx_id": f"X-P{i}", **person}
        )
    for i in range(14):
        promise = {"type": "promise", "client_believes": "yes", "disposition": "in_contract"}
        said = {"said_by": "Ines", "said_on": ASOF, "owner": "Tom", "due_on": DAY(2026, 5, 4)}
        rows["Commitments"].append(
            {"deal_id": "D-0001", "com_id": f"C-P{i}", "what": f"{i} {words}"} | promise | said
        )
        limit = {"type": "assumption", "in_contract": "yes", "clause": f"{i}.1"}
        rows["Commitments"].append(
            {"deal_id": "D-0001", "com_id": f"C-L{i}", "what": f"{i} {words}"} | limit | said
        )
    rows["Deal"][0] |= {"waived": "CTX-009", "waived_by": "Ines", "waived_why": words}
    rows["Deal"][0] |= {"waived_until": DAY(2026, 4, 1), "fee_model": "retainer"}
    return rows


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
@pytest.mark.parametrize("rows", [ready(), full()], ids=["a usual deal", "a very full one"])
def test_the_brief_is_one_page_on_paper(rows: Rows, tmp_path: Path) -> None:
    printed = pdf(brief_html(brief(rows)), tmp_path / "brief.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_letter_has_what_is_included_what_is_not_and_what_costs_extra() -> None:
    rows = ready()
    extra = {"what": "A second export", "type": "promise", "disposition": "change_order"}
    rows["Commitments"].append(
        {"deal_id": "D-0001", "com_id": "C-X", "effort_hours": 4, "share": "client"} | extra
    )
    found = letter(rows)
    assert found.sections == [
        ("This is included", ["The night shift is trained as well"]),
        ("This is not included", ["No work on the old server (clause 3.2)"]),
        ("This costs extra", ["A second export (about 4 h)"]),
    ]
    assert found.held_back == 2
    assert "Kind regards" in letter_markdown(found)


@examples(50)
@given(st.data())
def test_the_letter_holds_nothing_that_is_not_shared_with_the_client(data: st.DataObject) -> None:
    rows = ready()
    secret: list[str] = []
    for sheet in ("Context", "Commitments"):
        for row in rows[sheet]:
            row["share"] = data.draw(st.sampled_from(["", "internal", "ops", "client"]))
            shown = {"what", "clause"} if row["share"] == "client" else set()
            if row["share"] == "client" and row.get("kind") == "real_deadline":
                shown = {"driver", "answer"}
            _mark(sheet, row, shown, secret)
    _mark("Deal", rows["Deal"][0], {"client", "deal_name", "deal_owner"}, secret)
    found = letter(rows)
    for page in (letter_html(found), letter_markdown(found)):
        assert not [word for word in secret if word in page]


def _mark(sheet: str, row: dict[str, Any], shown: set[str], secret: list[str]) -> None:
    """Put a word of its own into every text that the client must not see."""
    for column in SHEETS[sheet].columns:
        free = column.kind in {Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK}
        if free and not column.derived and column.key not in shown:
            word = f"SECRET{len(secret):04}"
            secret.append(word)
            row[column.key] = word
