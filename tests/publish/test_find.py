"""Was it ever mentioned: on the command line and on the pages the same things are found."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Ran
from effort import examples
from publish.firm import usual, workbook
from sheetrecord.core.find import PARTS, SearchHit, entries, fold, search, terms
from sheetrecord.schema.record import Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

LETTERS = st.text("aÄàßẞıİIςΣσﬁÉé e\u0301\u00a0\u2003-\"“”'ñЖж字한ｱ", max_size=12)


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(usual()))
    return path


def test_find_says_who_when_where_and_what_became_of_it(
    run: Callable[..., Ran], firm: Path
) -> None:
    done = run("find", "training", firm)
    assert done.code == 0
    assert done.out.splitlines() == [
        "D-0001 Nordlicht Project 1  Commitments!E4",
        "  Training for five users",
        "  Promise, Anna Keller → Petra Vogt, 2026-03-03, Spoken call 3 March -> Undecided",
    ]


@pytest.mark.parametrize(
    ("text", "sheets"),
    [
        ("prototype", ["Context"]),
        ("second LANGUAGE", ["Project"]),
        ('"five users" petra', ["Commitments"]),
        ('"users five"', []),
        ("nordlicht prototype", ["Context"]),
        ("brother", ["Context"]),
        ("zeppelin", []),
    ],
)
def test_find_looks_through_facts_commitments_and_changes(
    run: Callable[..., Ran], firm: Path, text: str, sheets: list[str]
) -> None:
    done = run("find", text, firm, "--format", "json")
    assert [hit["sheet"] for hit in json.loads(done.out)] == sheets
    assert done.code == (0 if sheets else 1)


def test_whatever_is_searched_is_found_with_its_cell(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """A part that is searched and has no cell to lead to would end in a bug, not in a finding."""
    word = {
        "Deal": {"note": "zebra"},
        "Context": {"answer": "zebra"},
        "Commitments": {"what": "zebra"},
        "Project": {"title": "zebra", "kind": "issue"},
        "Fees": {"description": "zebra"},
    }
    rows = usual()
    for sheet in PARTS:
        rows = {**rows, sheet: [{**rows[sheet][0], **word[sheet]}, *rows[sheet][1:]]}
    (tmp_path / "firm.xlsx").write_bytes(workbook(rows))
    found = json.loads(run("find", "zebra", "firm.xlsx", "--format", "json").out)
    assert sorted(hit["sheet"] for hit in found) == sorted(PARTS)
    assert all(hit["cell"].startswith(f"{hit['sheet']}!") for hit in found)


def test_find_can_look_in_one_deal_and_in_several_books(
    run: Callable[..., Ran], firm: Path
) -> None:
    other = firm.with_name("other.xlsx")
    shutil.copy(firm, other)
    assert run("find", "training", firm, "--deal", "D-0002").code == 1
    both = run("find", "training", firm, other)
    assert both.out.count("Training for five users") == 2
    assert f"{other} Commitments!E4" in both.out
    assert run("find", " ", firm).code == 2


def entry(text: str) -> SearchHit:
    return SearchHit("D-1", "Context", 1, "X-1", "", text, "", None, "", "", "")


@given(text=LETTERS, query=LETTERS)
def test_what_is_found_holds_every_term(text: str, query: str) -> None:
    found = search([entry(text)], query)
    assert bool(found) == bool(terms(query) and all(term in fold(text) for term in terms(query)))
    assert fold(fold(text)) == fold(text)


def hit(deal: str, text: str = "", **more: object) -> SearchHit:
    told = {"kind": "", "who": "", "when": None, "source": "", "outcome": "", **more}
    words = (told["kind"], text, told["who"], told["when"], told["source"], told["outcome"])
    return SearchHit(deal, "Context", 1, "X", *words, deal, bool(more.get("settled")))


ORDERS = [
    (
        "the words as one phrase before the words apart",
        "second site",
        [hit("D-1", "site of the second kind"), hit("D-2", "a second site")],
        [1, 0],
    ),
    (
        "all words in one field before words in two",
        "anna training",
        [hit("D-1", "training", who="Anna"), hit("D-2", "training for anna")],
        [1, 0],
    ),
    (
        "what was said before who said it, and that before where it is written",
        "petra",
        [hit("D-1", source="petra's mail"), hit("D-2", who="Petra"), hit("D-3", "Petra left")],
        [2, 1, 0],
    ),
    (
        "what is open before what is settled",
        "export",
        [hit("D-1", "export", settled=True), hit("D-2", "export")],
        [1, 0],
    ),
    (
        "newer before older, without a day last",
        "export",
        [
            hit("D-1", "export"),
            hit("D-2", "export", when=dt.date(2026, 1, 2)),
            hit("D-3", "export", when=dt.date(2026, 2, 1)),
        ],
        [2, 1, 0],
    ),
    (
        "a deal's findings stand together, where the best of them does",
        "export",
        [
            hit("D-1", "export", settled=True),
            hit("D-2", "export", when=dt.date(2026, 1, 2)),
            hit("D-1", "export", when=dt.date(2026, 2, 1)),
        ],
        [2, 0, 1],
    ),
    ("a phrase in quotes", '"five users" petra', [hit("D-1", "five users petra")], [0]),
    ("in the order in which they came", "x", [hit("D-2", "x"), hit("D-1", "x")], [0, 1]),
    ("nothing that lacks a word", "x y", [hit("D-1", "x"), hit("D-2", "y x")], [1]),
]
"""One list of cases for the command and for the pages: entries, and the order they are shown in."""


def told_of(one: SearchHit) -> list[object]:
    """Return an entry as a file of the search holds it."""
    when = one.when.isoformat() if one.when else ""
    words = (one.kind, one.text, one.who, when, one.source, one.outcome)
    return ["", *words, int(one.settled)]


def scripted(cases: list[tuple[str, list[SearchHit]]]) -> list[list[int]]:
    """Return the order in which the pages' script shows entries, by their place in the list."""
    script = resources.files("sheetrecord.publish") / "assets" / "view.js"
    told = [
        [query, [[one.deal_id, "", [told_of(one)]] for one in entries]] for query, entries in cases
    ]
    program = f"""
globalThis.document = {{documentElement: {{dataset: {{}}}}}};
const {{search, read}} = require({json.dumps(str(script))});
console.log(JSON.stringify({json.dumps(told)}.map(([query, shard]) => {{
  const entries = read(shard);
  return search(entries, query).map((entry) => entries.indexOf(entry));
}})));
"""
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    found: list[list[int]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("query", "entries", "wanted"), [one[1:] for one in ORDERS],
                         ids=[one[0] for one in ORDERS])  # fmt: skip
def test_what_fits_best_comes_first(
    query: str, entries: list[SearchHit], wanted: list[int]
) -> None:
    assert [entries.index(one) for one in search(entries, query)] == wanted


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_pages_show_them_in_the_same_order() -> None:
    assert scripted([(query, entries) for _, query, entries, _ in ORDERS]) == [
        wanted for *_, wanted in ORDERS
    ]


WORDS = st.sampled_from(["a", "b", "ab", "b a", "Ä b", "c"])
HITS = st.builds(
    lambda deal, text, who, source, settled, when: hit(
        deal, text, who=who, source=source, settled=settled, when=when
    ),
    st.sampled_from(["D-1", "D-2", "D-3"]), WORDS, WORDS, WORDS, st.booleans(),
    st.sampled_from([None, dt.date(2026, 1, 1), dt.date(2026, 2, 2)]),
)  # fmt: skip


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
@given(cases=st.lists(st.tuples(WORDS, st.lists(HITS, max_size=8)), min_size=20, max_size=40))
@examples(4)
def test_command_and_pages_agree_on_any_order(cases: list[tuple[str, list[SearchHit]]]) -> None:
    numbered = [
        (query, [one._replace(outcome=str(n)) for n, one in enumerate(entries)])
        for query, entries in cases
    ]
    ours = [[int(one.outcome) for one in search(entries, query)] for query, entries in numbered]
    assert scripted(numbered) == ours


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
@given(pairs=st.lists(st.tuples(LETTERS, LETTERS), min_size=30, max_size=60))
@examples(4)
def test_the_pages_script_finds_what_the_engine_finds(pairs: list[tuple[str, str]]) -> None:
    script = resources.files("sheetrecord.publish") / "assets" / "view.js"
    program = f"""
globalThis.document = {{documentElement: {{dataset: {{}}}}}};
const {{fold, terms, search, read, pieces}} = require({json.dumps(str(script))});
const pairs = {json.dumps(pairs)};
const shard = (text) => read([["", "", [["", "", text, "", "", "", "", 0]]]]);
console.log(JSON.stringify(pairs.map(([text, query]) =>
  [fold(text), terms(query), search(shard(text), query).length,
   pieces(text, terms(query)).map(([words]) => words).join("")])));
"""
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    ours = [
        [fold(text), terms(query), len(list(search([entry(text)], query))), text]
        for text, query in pairs
    ]
    assert json.loads(done.stdout) == ours


def test_an_entry_names_the_deal_even_when_only_the_deal_is_known() -> None:
    deal = blank(SHEETS["Deal"], 5, deal_id="D-1", client="Acme", won_reason="Speed")
    record = make_record(Settings(asof=dt.date(2026, 1, 1)), {"Deal": [deal]})
    (found,) = search(entries(record.by_deal["D-1"], record.settings), "speed acme")
    assert (found.title, found.text, found.sheet) == ("D-1 Acme", "Speed", "Deal")
