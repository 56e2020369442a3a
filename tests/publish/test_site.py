"""A site in its folder: the same bytes each time, only what changed, the old or the new one."""

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from publish.firm import HOSTILE, Rows, usual, workbook
from sheetrecord.app.publish import Published, PublishRequest, publish
from sheetrecord.app.settings.config import Config, read_config
from sheetrecord.core.view.audiences import OPS, OWNER
from sheetrecord.core.view.projection import narrow
from sheetrecord.model.errors import BadSettings, CannotWrite, Locked, WrongSettings
from sheetrecord.publish import folder as folders
from sheetrecord.publish.file_names import page_names
from sheetrecord.publish.site import Provenance, Site
from sheetrecord.schema.record import Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

TODAY = dt.date(2026, 7, 1)


def make(tmp_path: Path, rows: Rows | None = None, name: str = "firm.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(workbook(rows or usual()))
    return path


def put(book: Path, to: Path, audience: str = "ops", **request: Any) -> Published:
    settings = request.pop("settings", None)
    return publish(
        str(book), PublishRequest(audience, to, "A", **request), today=TODAY, settings=settings
    )


def content(site: Path) -> dict[str, bytes]:
    return {str(p.relative_to(site)): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    book = make(tmp_path)
    for target in ("one", "two"):
        put(book, tmp_path / target, "owner")
    assert content(tmp_path / "one") == content(tmp_path / "two")


@pytest.mark.parametrize("to", ["site", "view.xlsx"])
def test_the_order_of_hashes_changes_nothing(tmp_path: Path, to: str) -> None:
    book = make(tmp_path)
    found = []
    for seed in ("1", "77"):
        target = tmp_path / seed / to
        words = ["publish", book, "--to", target, "--audience", "owner", "--by", "A"]
        env = {**os.environ, "PYTHONHASHSEED": seed, "XDG_STATE_HOME": str(tmp_path / "state")}
        subprocess.run([sys.executable, "-m", "sheetrecord", *words], check=True, env=env)
        found.append(target.read_bytes() if target.is_file() else content(target))
    assert found[0] == found[1]


def test_publishing_again_touches_nothing(tmp_path: Path) -> None:
    book, site = make(tmp_path), tmp_path / "site"
    put(book, site)
    before = {p: (p.stat().st_ino, p.stat().st_ctime_ns) for p in site.rglob("*")}
    done = put(book, site)
    assert (done.written, done.removed) == ([], [])
    assert {p: (p.stat().st_ino, p.stat().st_ctime_ns) for p in site.rglob("*")} == before


def test_one_changed_deal_rewrites_its_page_and_the_index(tmp_path: Path) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    inodes = {p.name: p.stat().st_ino for p in (site / "deals").iterdir()}
    rows["Context"][1]["answer"] = "The price"
    done = put(make(tmp_path, rows), site)
    assert sorted(done.written) == [
        "data/asof.js", "data/find-0.js", "data/list.js", "deals/D-0001.html", "index.html",
    ]  # fmt: skip
    now = {p.name: p.stat().st_ino for p in (site / "deals").iterdir()}
    assert [name for name in now if now[name] != inodes[name]] == ["D-0001.html"]
    assert "The price" in (site / "deals" / "D-0001.html").read_text("utf-8")


def test_pages_published_step_by_step_are_those_published_at_once(tmp_path: Path) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site, "owner")
    rows["Deal"][3]["deal_name"] = "Renamed"
    del rows["Fees"][1]
    book = make(tmp_path, rows)
    put(book, site, "owner")
    put(book, tmp_path / "fresh", "owner")
    assert without_memory(content(site)) == without_memory(content(tmp_path / "fresh"))


def test_a_deal_that_is_gone_loses_its_page(tmp_path: Path) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    rows["Deal"].pop()
    done = put(make(tmp_path, rows), site)
    assert done.removed == ["deals/D-0006.html"]
    assert not (site / "deals" / "D-0006.html").exists()


def test_a_page_that_somebody_deleted_comes_back(tmp_path: Path) -> None:
    book, site = make(tmp_path), tmp_path / "site"
    put(book, site)
    (site / "deals" / "D-0002.html").unlink()
    assert put(book, site).written == ["deals/D-0002.html"]


def test_what_others_put_into_the_folder_stays(tmp_path: Path) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    (site / "CNAME").write_text("view.example")
    (site / "own").mkdir()
    (site / "own" / "logo.txt").write_text("logo")
    (site / "link").symlink_to("own")
    rows["Deal"][0]["deal_name"] = "Renamed"
    put(make(tmp_path, rows), site)
    assert (site / "CNAME").read_text() == "view.example"
    assert (site / "link" / "logo.txt").read_text() == "logo"
    assert (site / "link").is_symlink()


def test_a_brief_is_linked_where_there_is_one(tmp_path: Path) -> None:
    book, site = make(tmp_path), tmp_path / "site"
    (site / "briefs").mkdir(parents=True)
    (site / "briefs" / "D-0001.html").write_text("brief")
    put(book, site)
    assert 'href="../briefs/D-0001.html"' in (site / "deals" / "D-0001.html").read_text("utf-8")
    assert "briefs/" not in (site / "deals" / "D-0002.html").read_text("utf-8")
    (site / "briefs" / "D-0002.pdf").write_text("brief")
    assert put(book, site).written[:1] == ["deals/D-0002.html"]


def test_a_digest_is_linked_where_there_is_one_for_its_readers(tmp_path: Path) -> None:
    book, site = make(tmp_path), tmp_path / "site"
    (site / "digests").mkdir(parents=True)
    for name in ("ops", "owner", "lead-milan", "lead-nobody"):
        (site / "digests" / f"{name}.html").write_text("digest")
    put(book, site)
    page = (site / "index.html").read_text("utf-8")
    assert '<a href="digests/ops.html">ops</a>' in page
    assert '<a href="digests/lead-milan.html">Milan</a>' in page
    assert "owner.html" not in page
    assert "lead-nobody" not in page
    assert (site / "digests" / "ops.html").read_text() == "digest"


@pytest.mark.parametrize("there", ["notes.txt", "index.html", "sub/x"])
def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, there: str) -> None:
    site = tmp_path / "site"
    (site / there).parent.mkdir(parents=True)
    (site / there).write_text("mine")
    with pytest.raises(CannotWrite, match="did not make"):
        put(make(tmp_path), site)
    assert (site / there).read_text() == "mine"


def test_one_audience_is_never_published_over_another(tmp_path: Path) -> None:
    book, site = make(tmp_path), tmp_path / "site"
    put(book, site, "owner")
    with pytest.raises(CannotWrite, match="somebody else"):
        put(book, site, "ops")
    put(book, tmp_path / "a", "client", client="Nordlicht")
    with pytest.raises(CannotWrite, match="somebody else"):
        put(book, tmp_path / "a", "client", client="B")


def test_a_client_sees_one_client_and_not_where_it_comes_from(tmp_path: Path) -> None:
    book = make(tmp_path, name="our-secret-name.xlsx")
    put(book, tmp_path / "a", "client", client=" nordLICHT ")
    assert sorted(p.name for p in (tmp_path / "a" / "deals").iterdir()) == ["D-0001.html"]
    assert not any(b"secret-name" in data for data in content(tmp_path / "a").values())
    for request in (
        {},
        {"client": "Nobody"},
        {"deals": ("D-77",)},
        {"deals": ("D-0001", "D-0002")},
    ):
        with pytest.raises(BadSettings):
            put(book, tmp_path / "b", "client", **request)
    assert not (tmp_path / "b").exists()


def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    done = put(make(tmp_path), tmp_path / "site", plan=True)
    assert "index.html" in done.written
    assert not (tmp_path / "site").exists()


def test_settings_can_withhold_and_never_add(tmp_path: Path) -> None:
    book = make(tmp_path)
    hide = {"ops": {"hide": ["Deal.value_net", "Commitments"], "unmarked": "internal"}}
    put(book, tmp_path / "site", settings=Config(tables={"publish": hide}))
    text = (tmp_path / "site" / "deals" / "D-0001.html").read_text("utf-8")
    assert "Training for five users" not in text
    assert "The prototype" not in text
    lines = ('hide = ["Deal.lost"]', 'hide = "Deal"', 'unmarked = "client"')
    for wrong in (*(f"[publish.ops]\n{line}" for line in lines), 'publish.ops = "x"'):
        (tmp_path / "sheetrecord.toml").write_text(wrong, "utf-8")
        with pytest.raises(WrongSettings):
            read_config(tmp_path / "sheetrecord.toml", keep=False)


def killed_at(step: str, book: Path, site: Path, state: Path) -> None:
    """Publish in a process that kills itself at a step of the build."""
    script = f"""
import os, signal, sys, datetime as dt
from pathlib import Path
from sheetrecord.publish import folder
from sheetrecord.app.publish import PublishRequest, publish
done = folder.{step}
def die(*words, **named):
    result = done(*words, **named) if {step!r} == "_carry" else None
    os.kill(os.getpid(), signal.SIGKILL)
folder.{step} = die
publish(sys.argv[1], PublishRequest("ops", Path(sys.argv[2]), "A"), today=dt.date(2026, 7, 1))
"""
    env = {**os.environ, "XDG_STATE_HOME": str(state)}
    words = [sys.executable, "-c", script, str(book), str(site)]
    done = subprocess.run(words, env=env, check=False)
    assert done.returncode == -signal.SIGKILL


MEMORY = ("index.html", "data/list.js", "data/was.json", "manifest.json")
"""Files that tell of earlier publications, or list the others."""


def without_memory(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files without what a site and an event of its calendar know of their past."""
    lines = rb"(?m)^(DTSTAMP|LAST-MODIFIED|SEQUENCE):.*\r\n"
    found = {name: re.sub(lines, b"", data) for name, data in files.items()}
    return {name: data for name, data in found.items() if name not in MEMORY}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("step", ["_build", "_write", "_carry", "_swap"])
def test_a_killed_publication_leaves_the_old_site(tmp_path: Path, step: str) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    old = content(site)
    rows["Deal"][0]["deal_name"] = "Renamed"
    book = make(tmp_path, rows)
    killed_at(step, book, site, tmp_path / "state")
    assert content(site) == old
    put(book, site)
    put(book, tmp_path / "fresh")
    assert without_memory(content(site)) == without_memory(content(tmp_path / "fresh"))
    assert [p.name for p in tmp_path.iterdir() if "sheetrecord-" in p.name] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.slow
def test_a_publication_killed_at_any_moment_leaves_the_old_or_the_new_site(tmp_path: Path) -> None:
    rows, site = usual(), tmp_path / "site"
    old_book = make(tmp_path, rows, "old.xlsx")
    rows["Deal"][0]["deal_name"] = "Renamed"
    new_book = make(tmp_path, rows, "new.xlsx")
    put(old_book, tmp_path / "wanted-old")
    put(old_book, tmp_path / "wanted-new")
    put(new_book, tmp_path / "wanted-new")
    wanted = [content(tmp_path / name) for name in ("wanted-old", "wanted-new")]
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    for delay in (0.15, 0.25, 0.3, 0.35, 0.4, 0.5):
        shutil.rmtree(site, ignore_errors=True)
        put(old_book, site)
        words = ["publish", str(new_book), "--to", str(site), "--by", "A"]
        process = subprocess.Popen(
            [sys.executable, "-m", "sheetrecord", *words], env=env, stdout=subprocess.DEVNULL
        )
        time.sleep(delay)
        process.kill()
        process.wait()
        assert content(site) in wanted


def test_without_an_exchange_of_names_the_old_site_is_moved_away_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders.kernel_calls, "exchange", lambda *_: False)
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    old = content(site)
    rows["Deal"][0]["deal_name"] = "Renamed"
    book = make(tmp_path, rows)
    put(book, site)
    assert b"Renamed" in (site / "index.html").read_bytes()
    site.rename(tmp_path / ".site.sheetrecord-old-")
    folders._heal(site)
    assert content(site) != old
    assert put(book, site).written == []


def test_two_runs_do_not_publish_to_one_folder_at_once(tmp_path: Path) -> None:
    import threading

    book, site = make(tmp_path), tmp_path / "site"
    inside, go = threading.Event(), threading.Event()

    def hold() -> None:
        with folders.locked(str(site.resolve()), 0.0):
            inside.set()
            go.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait(10)
    with pytest.raises(Locked):
        put(book, site)
    go.set()
    thread.join()
    put(book, site)


def test_a_disk_that_refuses_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    old = content(site)
    rows["Deal"][0]["deal_name"] = "Renamed"
    book = make(tmp_path, rows)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write", full)
    with pytest.raises(CannotWrite, match="No space left"):
        put(book, site)
    assert content(site) == old
    assert [p.name for p in tmp_path.iterdir() if "sheetrecord-" in p.name] == []


NAMES = ["D-0001", "d-0001", "../../etc/passwd", "CON", "nul", "a/b\\c", "x" * 400, "Ä ö.", "..",
         " ", "com1", "D:1", "a%2fb", "<script>", "\U0001f600"]  # fmt: skip


def test_no_page_leaves_its_folder_or_has_a_name_that_a_system_refuses() -> None:
    found = page_names(NAMES)
    assert len({name.casefold() for name in found.values()}) == len(NAMES)
    for name in found.values():
        folder, _, file = name.partition("/")
        assert folder == "deals"
        assert file.endswith(".html")
        stem = file.removesuffix(".html")
        assert stem.isascii()
        assert stem.replace("-", "").replace("_", "").isalnum()
        assert stem.lower() not in {"con", "nul", "com1"}
        assert len(file) < 60


def texts(text: str) -> dict[str, Any]:
    deal = blank(SHEETS["Deal"], 5, deal_id="D-0001", client=text, deal_name=text, stage="won")
    fact = blank(SHEETS["Context"], 5, ctx_id="X-1", deal_id="D-0001", kind="why_us", answer=text)
    return {"Deal": [deal], "Context": [fact]}


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "a\x00b\x1b[31m", "y" * 40_000], ids=[*HOSTILE, "nul", "40,000"]
)
def test_every_text_is_whole_and_harmless_on_a_page(text: str) -> None:
    from html.parser import HTMLParser

    record = make_record(Settings(asof=dt.date(2026, 6, 30)), texts(text))
    site = Site(narrow(record, OPS), OPS, Provenance("f.xlsx", "r", "A"), {})
    page = next(page for page in site.pages() if page.path.startswith("deals/")).render()
    assert not any(mark in page for mark in (b"\x00", b"\x1b", "\u202e".encode(), b"\r"))
    seen: set[str] = set()

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add(tag)
            assert not any(name.startswith("on") or name == "style" for name, _ in attrs)

    Parser().feed(page.decode())
    assert not seen & {"img", "iframe", "object", "embed", "style", "base"}
    if len(text) > 30_000:
        assert text.split(" ", maxsplit=1)[0].encode() in page


def test_the_owner_of_a_firm_without_deals_sees_an_empty_index() -> None:
    record = make_record(Settings(asof=dt.date(2026, 6, 30)), {})
    site = Site(narrow(record, OWNER), OWNER, Provenance("", "r", ""), {})
    pages = {page.path: page.render() for page in site.pages()}
    assert b"No deal is on this page yet." in pages["index.html"]
    assert b"No gap has been written down" in pages["owner.html"]


def test_a_clients_page_claims_nothing_about_what_it_may_not_show(tmp_path: Path) -> None:
    book = make(tmp_path)
    put(book, tmp_path / "a", "client", client="Nordlicht")
    text = (tmp_path / "a" / "deals" / "D-0001.html").read_text("utf-8")
    assert "2026-1" in text
    for words in ("nothing late", "Nothing has changed", "What we know", "In delivery", "Promises"):
        assert words not in text
    assert "In delivery" not in (tmp_path / "a" / "index.html").read_text("utf-8")


def test_finance_sees_a_deal_as_closed_when_ops_does(tmp_path: Path) -> None:
    book = make(tmp_path)
    for audience in ("ops", "finance"):
        put(book, tmp_path / audience, audience)
        finished = (tmp_path / audience / "finished.html").read_text("utf-8")
        assert "deals/D-0002.html" in finished
        assert "deals/D-0002.html" not in (tmp_path / audience / "index.html").read_text("utf-8")


def test_a_live_deal_that_changes_in_every_way_rewrites_five_files(tmp_path: Path) -> None:
    rows, site = usual(), tmp_path / "site"
    put(make(tmp_path, rows), site)
    rows["Deal"][0] |= {"deal_name": "Renamed", "ops_owner": "Ute"}
    rows["Context"][0] |= {"date": dt.date(2026, 8, 1), "driver": "Fair"}
    rows["Fees"][0]["received"] = 0
    rows["Project"][0]["status"] = "off_track"
    done = put(make(tmp_path, rows), site)
    assert [path for path in sorted(done.written) if not path.endswith(".ics")] == [
        "data/asof.js", "data/find-0.js", "data/list.js", "deals/D-0001.html", "index.html",
    ]  # fmt: skip


@pytest.mark.parametrize("audience", ["ops", "finance", "owner"])
def test_a_day_that_passes_rewrites_what_says_the_day(tmp_path: Path, audience: str) -> None:
    book, site = make(tmp_path), tmp_path / "site"
    put(book, site, audience)
    before = content(site)
    for days in (1, 2, 30, 75, 400):
        request = PublishRequest(audience, site, "A")
        day = dt.date(2026, 6, 30) + dt.timedelta(days=days)
        done = publish(str(book), request, today=TODAY, asof=day)
        assert set(done.written) <= {"data/asof.js", "index.html", "owner.html"}
    after = content(site)
    assert {name for name in after if after[name] != before[name]} <= {
        "data/asof.js", "index.html", "owner.html", "manifest.json",
    }  # fmt: skip
