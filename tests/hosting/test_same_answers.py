"""What the page's engine finds is what the installed one finds, as JSON, to the letter."""

import base64
import io
import json
import zipfile
from typing import Any

import pytest

from conftest import ASOF
from effort import some
from hosting import in_browser
from hosting.firms import LANGUAGES, firm, year
from hosting.told_cells import told
from promote.firm import ready, workbook
from rules.test_cases import CASES, WON
from sheetrecord.formats.markdown import parse_tables
from sheetrecord.verbs.dispatch import answer, as_values
from sheetrecord.workbooks.memory import Memory
from xlsx.hostile import FILES

pytestmark = pytest.mark.slow
FIRMS = 200


def body(verb: str, book: Any = None, **args: Any) -> dict[str, Any]:
    found = {"verb": verb, "today": ASOF.isoformat(), "by": "Mara", "args": args}
    if isinstance(book, bytes):
        book = {"name": "firm.xlsx", "data": base64.b64encode(book).decode()}
    return found | ({"book": book} if book is not None else {})


FIRM = workbook(ready())
DEAL = "D-0001"
MAIL = b"From: Ana <ana@acme.example>\nSubject: Go\n\nWe need it live by 15 May 2026."
HOSTILE = [data for data, _ in FILES.values() if isinstance(data, bytes)]
Bodies = list[dict[str, Any]]
Pair = tuple[dict[str, Any], in_browser.Told]
Asked = dict[str, list[Pair]]


def groups() -> dict[str, Bodies]:
    """Return all that is asked, the checks first: what they load is looked at."""
    given = {"name": "a.eml", "data": base64.b64encode(MAIL).decode()}
    return {
        "languages": [body("check", year(language)) for language in LANGUAGES],
        "cases": [body("check", told(parse_tables(WON + case))) for case in CASES],
        "firms": [body("check", firm(seed)) for seed in some(range(FIRMS), 5)],
        "hostile": [body("check", data) for data in HOSTILE],
        "steps": [
            body("close", FIRM, deal=DEAL),
            body("close", FIRM, deal=DEAL) | {"want": "edits"},
            body("waive", FIRM, deal=DEAL, codes=["CTX-009"], why="x", until="2026-07-09"),
            body("diff", FIRM),
            body("find", FIRM, text="training"),
            body("merge", FIRM, theirs=body("check", FIRM)["book"]),
            body("resolve", FIRM),
            body("explain", code="CTX-001"),
            body("check", FIRM, deal="D-9999"),
            body("check", None),
        ],
        "pages": [
            body("capture", FIRM, deal=DEAL, files=[given]),
            body("brief", FIRM, deal=DEAL),
            body("say_back", FIRM, deal=DEAL),
        ],
        "files": [body("close", FIRM, deal=DEAL) | {"want": "files"}, body("publish", FIRM)],
    }


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Ask one engine everything; it is started once."""
    to = tmp_path_factory.mktemp("site")
    in_browser.site(to)
    wanted = groups()
    found = iter(in_browser.ask(to, [one for bodies in wanted.values() for one in bodies]))
    return {name: [(one, next(found)) for one in bodies] for name, bodies in wanted.items()}


def same(pairs: list[Pair]) -> list[in_browser.Told]:
    """Compare with the installed engine; the first answer that differs is told."""
    for question, one in pairs:
        assert json.loads(json.dumps(as_values(answer(question)))) == one.answer, question["verb"]
    return [one for _, one in pairs]


def test_a_check_needs_nothing_but_what_comes_first(asked: Asked) -> None:
    found = same(asked["languages"])
    assert not any(one.more for group in ("languages", "cases", "firms") for _, one in asked[group])
    assert all(one.answer["check"]["problems"] for one in found)


def test_the_rules_find_the_same_in_every_case(asked: Asked) -> None:
    found = same(asked["cases"])
    assert sum(len(one.answer["check"]["problems"]) for one in found) > len(found)


def test_firms_as_they_come_have_the_same_problems(asked: Asked) -> None:
    found = same(asked["firms"])
    codes = {p["code"] for one in found for p in one.answer["check"]["problems"]}
    assert len(codes) > 20


def test_hostile_files_are_refused_in_the_same_words(asked: Asked) -> None:
    found = same(asked["hostile"])
    assert {one.answer["error"]["code"] for one in found if "error" in one.answer} == {"FILE-001"}


def test_every_step_is_the_same(asked: Asked) -> None:
    same(asked["steps"])


def test_every_page_is_the_same(asked: Asked) -> None:
    same(asked["pages"])


def test_what_is_written_in_a_browser_is_what_is_written_here(asked: Asked) -> None:
    question, one = asked["files"][0]
    [mine] = answer(question)["files"]
    theirs = base64.b64decode(one.answer["files"][0]["data"])
    assert parts(theirs) == parts(mine["data"])
    checks = [answer(body("check", data))["check"]["problems"] for data in (theirs, mine["data"])]
    assert checks[0] == checks[1]


def test_a_view_has_the_same_pages(asked: Asked) -> None:
    question, one = asked["files"][1]
    [mine] = answer(question)["files"]
    assert parts(base64.b64decode(one.answer["files"][0]["data"])) == parts(mine["data"])


def parts(data: bytes) -> dict[str, bytes]:
    """Return what a zip holds; how it is packed differs between compressors."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_told_by_its_cells_has_the_problems_of_its_file(language: str) -> None:
    data = year(language)
    file = answer(body("check", data))
    cells = answer(body("check", told(Memory(data).read().book)))
    assert cells["check"] == file["check"]
