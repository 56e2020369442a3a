"""The page in Chromium with the real engine: from a dropped workbook to a deal that is handed over.

One browser and one start of the engine serve all of it; what is shown is looked over for
accessibility and width in every state.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import Ran
from sheetrecord import xlsx
from web.desk import Desk
from web.firm import DEAL, MAIL, moved, with_gaps
from web.page_browser import PageBrowser
from web.served import Site

pytestmark = [pytest.mark.chromium, pytest.mark.node, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quiet(desk: Desk) -> Iterator[None]:
    """After whatever was done, nothing was asked of anybody else."""
    yield
    desk.silent()


def to_deal(page: PageBrowser, deal: str, tab: str) -> None:
    page.click(f"deal-{deal}")
    page.click(f"tab-{tab}")


def test_the_frame_says_what_it_is_before_any_script_runs(desk: Desk) -> None:
    page = desk.browser
    page.without("app.mjs")
    try:
        page.open(f"{desk.site.origin}/")
        assert "Nothing leaves this machine" in page.ask("document.body.innerText")
        late = "getComputedStyle(document.getElementById('late')).visibility"
        assert page.ask(late) == "hidden"
        page.ask("document.getElementById('late').getAnimations().forEach((one) => one.finish())")
        assert page.ask(late) == "visible"
        assert page.ask("document.querySelector('#late a').getAttribute('href')") == ""
    finally:
        page.without()
    desk.open()


def test_a_dropped_workbook_is_listed_its_deal_closed_and_the_download_is_clean(
    desk: Desk, firm: bytes, run: Callable[..., Ran], tmp_path: Path
) -> None:
    page = desk.begin()
    desk.look()
    page.opened({"firm.xlsx": firm})
    (tmp_path / "firm.xlsx").write_bytes(firm)
    native = json.loads(run("validate", "firm.xlsx", "--format", "json").out)
    counts = page.ask(
        "[...document.querySelectorAll('.filter .count')]"
        ".slice(0, 3).map((one) => Number(one.textContent))"
    )
    assert counts == [native["summary"][name] for name in ("errors", "warnings", "notes")]
    assert page.ask("document.querySelector('.gap').className").startswith("gap error")
    assert page.ask(
        "[...document.querySelectorAll('.gap')]"
        ".every((one) => one.querySelector('.gap-what').textContent)"
    )
    desk.look()

    page.click("f-severity-error")
    assert page.ask("document.querySelectorAll('.gap').length") == native["summary"]["errors"]
    cell = page.ask("document.querySelector('.cell span').textContent")
    assert cell in {f"{one['sheet']}!{one['cell']}" for one in native["problems"]}
    page.ask("document.querySelector('.cell').click()")
    page.until(f"document.querySelector('.toast')?.innerText.includes({json.dumps(cell)})")
    desk.look()

    to_deal(page, DEAL, "handover")
    page.shown(".preview")
    planned = json.loads(
        run("promote", "firm.xlsx", DEAL, "--by", "Mara", "--plan", "--format", "json").out
    )
    confirm = page.ask("document.querySelector('[data-key=confirm]').textContent")
    assert confirm == f"Write {len(planned['changes'])} cells"
    desk.look()
    page.type_into("by", "")  # another test may have told its name to the same page
    page.click("confirm")
    assert page.ask("document.querySelector('.done') === null"), "a name is asked for first"
    page.type_into("by", "Mara")
    page.click("confirm")
    page.shown(".done")
    desk.look()
    page.click("done-save")
    (tmp_path / "closed.xlsx").write_bytes(page.downloaded("firm.xlsx"))
    checked = run("validate", "closed.xlsx", DEAL, "--format", "json")
    assert checked.code == 0, checked.out
    assert json.loads(checked.out)["summary"]["errors"] == 0
    assert run("promote", "firm.xlsx", DEAL, "--by", "Mara").code == 0
    same = run("validate", "firm.xlsx", "--format", "json").out
    assert (
        json.loads(same)["problems"]
        == json.loads(
            run("validate", "closed.xlsx", "--format", "json").out.replace(
                "closed.xlsx", "firm.xlsx"
            )
        )["problems"]
    )


def test_what_was_done_is_taken_back_whole(desk: Desk, firm: bytes) -> None:
    page = desk.begin()
    page.opened({"firm.xlsx": firm})
    to_deal(page, DEAL, "handover")
    page.type_into("by", "Mara")
    page.click("confirm")
    page.click("done-undo")
    page.shown(".preview")
    assert "Won" not in page.ask("document.querySelector('.head').innerText")
    page.click("confirm")
    page.shown(".done")
    page.click("tab-missing")
    to_deal(page, DEAL, "handover")
    page.click("step-return")
    page.type_into("code", "scope_unclear")
    page.type_into("field-note", "Training: for how many?")
    page.click("show")
    page.shown(".preview")
    desk.look()
    page.click("confirm")
    page.shown(".done")
    assert "returned to sales" in page.ask("document.querySelector('.head').innerText")
    page.click("undo")
    page.click("undo")
    page.until("!document.querySelector('[data-key=undo]')")
    assert page.ask("!document.querySelector('.chip.due')"), "it is as it was opened"


def test_a_mail_becomes_part_of_the_record_and_the_gate_opens(
    desk: Desk, firm: bytes, run: Callable[..., Ran], tmp_path: Path
) -> None:
    page = desk.begin()
    page.drop({"firm.xlsx": with_gaps(firm, tmp_path), "thread.eml": MAIL})
    page.shown(".ask-which")
    assert "Heron Yachts" in page.ask("document.querySelector('.ask-which .chosen').textContent")
    desk.look()
    page.click(f"which-{DEAL}")
    page.shown(".card")
    assert page.ask("document.querySelector('.meter .gate').className") != "gate open"
    quotes = page.ask(
        "[...document.querySelectorAll('.card blockquote')].map((one) => one.innerText)"
    )
    assert all(quote.encode() in MAIL for quote in quotes), quotes
    desk.look()
    page.type_into("by", "Ines Duarte")
    first = page.ask("document.querySelector('.card').dataset.key").removeprefix("card-")
    page.type_into(f"hardness-{first}", "hard")
    page.ask("document.querySelector('.card').focus()")
    page.press("a")
    page.shown(".card.accepted")
    for _ in quotes[1:]:
        key = page.ask("document.querySelector('.card:not(.settled)')?.dataset.key || ''")
        if "promised" in page.ask(
            "document.querySelector('.card:not(.settled) blockquote').innerText"
        ):
            page.click(key.replace("card-", "decline-"))
        else:
            page.click(key.replace("card-", "accept-"))
    page.shown(".meter .gate.open")
    desk.look()
    page.click("hand-over")
    page.click("confirm")
    page.shown(".done")
    page.click("done-save")
    (tmp_path / "handed.xlsx").write_bytes(page.downloaded("firm.xlsx"))
    assert run("validate", "handed.xlsx", DEAL).code == 0
    assert "We chose you because" in run("find", "handed.xlsx", "chose you").out


def test_brief_letter_and_what_changed_are_shown_and_given_as_files(
    desk: Desk, firm: bytes
) -> None:
    page = desk.begin()
    page.opened({"firm.xlsx": firm})
    to_deal(page, DEAL, "handover")
    page.type_into("by", "Mara")
    page.click("confirm")
    page.click("done-brief")
    page.until(
        "document.querySelector('.paper')?.shadowRoot.querySelector('h1')"
        "?.textContent.includes('Heron Yachts')"
    )
    desk.look()
    name = page.ask("document.querySelector('[data-key=letter-save]').title")
    page.click("letter-save")
    assert b"Heron Yachts" in page.downloaded(name)
    page.click("letter-letter")
    page.until("!document.querySelector('.working') && !!document.querySelector('.paper, .empty')")
    page.click("letter-brief")
    page.click("tab-changed")
    page.until("document.querySelector('.proof')?.className === 'proof good'")
    desk.look()


def test_the_view_for_ops_is_one_zip(desk: Desk, firm: bytes) -> None:
    page = desk.begin()
    page.opened({"firm.xlsx": firm})
    page.click("tab-view")
    page.type_into("by", "Mara")
    page.click("view-make")
    page.shown(".done")
    desk.look()
    page.click("view-save")
    with zipfile.ZipFile(io.BytesIO(page.downloaded("firm-ops.zip"))) as archive:
        assert any(name.endswith("index.html") for name in archive.namelist())


def test_two_copies_are_merged_with_their_base(desk: Desk, firm: bytes, tmp_path: Path) -> None:
    page = desk.begin()
    ours = moved(firm, tmp_path, "C48", "Payroll move, ours")
    theirs = moved(firm, tmp_path, "C47", "Theirs alone")
    page.drop({"firm.xlsx": ours, "base.xlsx": firm, "back.xlsx": theirs})
    page.shown("[data-key=merge-run]")
    desk.look()
    page.click("merge-run")
    page.shown(".merged")
    desk.look()
    page.click("merge-save")
    (tmp_path / "merged.xlsx").write_bytes(page.downloaded("firm.xlsx"))
    sheet = xlsx.open(tmp_path / "merged.xlsx")["Deal"]
    assert [sheet[48, 3].value, sheet[47, 3].value] == ["Payroll move, ours", "Theirs alone"]
    page.click("merge-open")
    page.until("!document.querySelector('.merged')")
    page.until("document.body.textContent.includes('Theirs alone')")


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
BAD = {
    "protected with a password": ("firm.xlsx", OLE),
    "old kind .xls": ("firm.xls", OLE),
    "but is none": ("firm.xlsx", b"hello"),
    "This file is empty": ("firm.xlsx", b""),
    "LibreOffice": ("firm.ods", b"PK\3\4"),
    "neither a workbook nor a mail": ("photo.jpg", b"\xff\xd8\xff"),
    "They go beside a workbook": ("mail.eml", MAIL),
    "its end is missing": ("firm.xlsx", b"PK\3\4" + bytes(300)),
}


@pytest.mark.parametrize("said", BAD)
def test_a_file_that_cannot_be_taken_is_said_plainly_and_the_page_lives(
    desk: Desk, said: str
) -> None:
    page = desk.begin()
    name, data = BAD[said]
    page.drop({name: data})
    page.until(
        f"document.querySelector('.refusal')?.innerText.includes({json.dumps(said)}) ?? false"
    )
    assert page.ask("document.querySelectorAll('.refusal p').length") == len(("why", "what to do"))
    assert page.ask("!!document.querySelector('[data-key=choose]')")


def test_a_huge_file_is_not_even_read(desk: Desk) -> None:
    page = desk.begin()
    page.drop_made("held.items.add(new File([new Uint8Array((64 << 20) + 1)], 'firm.xlsx'));")
    page.until("document.querySelector('.refusal')?.innerText.includes('64 MB')")
    desk.look()


def test_an_engine_that_dies_is_started_again_and_the_workbook_is_as_it_was(
    desk: Desk, firm: bytes
) -> None:
    page = desk.begin()
    page.opened({"firm.xlsx": firm})
    to_deal(page, DEAL, "missing")
    page.kill_engine()
    page.click("tab-handover")
    page.shown(".refusal")
    assert "Your workbook is as it was" in page.text()
    desk.look()
    page.click("try-again")
    page.shown(".preview")


def test_the_keyboard_alone_closes_a_deal(desk: Desk, firm: bytes) -> None:
    page = desk.begin()
    page.opened({"firm.xlsx": firm})
    page.ask("document.activeElement.blur()")
    page.tab_to(f"deal-{DEAL}")
    page.press("Enter")
    page.tab_to("tab-missing")
    page.press("ArrowRight")
    page.shown(".preview")
    page.tab_to("by")
    for letter in ("a", "d", "a"):
        page.press(letter)
    page.press("Enter")
    page.shown(".done")
    page.tab_to("done-undo")
    page.press("Enter")
    page.shown(".preview")


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Alle 52 Deals"), ("es", "Los 52 tratos"), ("fr", "Les 52 affaires")],
)
def test_the_page_speaks_the_reader_s_language_and_the_sample_is_in_it(
    desk: Desk, language: str, words: str
) -> None:
    page = desk.begin()
    page.type_into("language", language)
    page.click("sample")
    page.shown(".gap")
    assert words in page.ask("document.querySelector('.rail').textContent")
    assert page.ask("document.documentElement.lang") == language
    desk.look()
    page.type_into("language", "en")


def test_without_a_network_after_one_visit_it_is_all_the_same(
    desk: Desk, firm: bytes, run: Callable[..., Ran], tmp_path: Path
) -> None:
    page = desk.browser
    away = Desk(Site(tmp_path / "site"), page)
    away.open()
    page.until("navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')")
    away.site.stop()
    away.open()
    page.opened({"firm.xlsx": firm})
    to_deal(page, DEAL, "handover")
    page.type_into("by", "Mara")
    page.click("confirm")
    page.shown(".done")
    page.click("done-save")
    (tmp_path / "closed.xlsx").write_bytes(page.downloaded("firm.xlsx"))
    assert run("validate", "closed.xlsx", DEAL).code == 0
    away.silent()
    desk.open()


def test_nothing_is_stored_but_the_page_s_own_files(desk: Desk, firm: bytes) -> None:
    page = desk.begin()
    page.opened({"firm.xlsx": firm})
    page.until("navigator.serviceWorker.ready.then((one) => one.active?.state === 'activated')")
    assert len(page.requests) > len(["index.html"])
    assert page.ask("localStorage.length + sessionStorage.length") == 0
    assert page.ask("indexedDB.databases().then((found) => found.length)") == 0
    kept = page.ask(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)"
        ".then((one) => one.keys())))).then((all) => all.flat().map((one) => one.url))"
    )
    assert f"{desk.site.origin}/index.html" in kept
    assert [one for one in kept if not one.startswith(f"{desk.site.origin}/")] == []
    assert [one for one in kept if "xlsx" in one] == []
