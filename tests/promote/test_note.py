"""The handover note: written when a deal is closed, posted once where the firm says so."""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from built import build
from conftest import Ran
from promote.firm import ready
from promote.tls_server import Hook, hook
from publish.taint import fragments, leaked, tainted
from publish.test_leaks import may_see
from sheetrecord.files.kept_notes import keep_note, read_note
from sheetrecord.files.posting import is_https, post
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.publish.note.bodies import KINDS, body
from sheetrecord.publish.note.content import NoteLine, NoteSection, NoteText

Run = Callable[..., Ran]
ASOF = ("--asof", "2026-03-04")
VARIABLE = "SHEETRECORD_TEST_POST"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    folder = tmp_path / ".tls"
    folder.mkdir()
    with hook(folder) as found:
        monkeypatch.setenv("SSL_CERT_FILE", str(found.authority))
        monkeypatch.setenv(VARIABLE, found.address)
        yield found


def firm(folder: Path, language: str = "en", **changes: Any) -> Path:
    spec = TEMPLATES["consultancy"]._replace(seeded_deals=0, language=language)
    path = folder / "firm.xlsx"
    path.write_bytes(build(spec, ready(**changes)))
    return path


def settings(folder: Path, text: str) -> None:
    (folder / "sheetrecord.toml").write_text(f"[handover]\n{text}\n", "utf-8")


def promote(run: Run, path: Path, *words: object) -> Ran:
    ran = run("promote", path, "D-0001", "--fees", "fixed_50_50", "--trust", *ASOF, *words)
    assert ran.code == 0, ran.out + ran.err
    return ran


def test_a_closed_deal_is_handed_over_with_a_note(run: Run, tmp_path: Path) -> None:
    ran = promote(run, firm(tmp_path))
    page, text = tmp_path / "handovers/D-0001.html", tmp_path / "handovers/D-0001.txt"
    assert "D-0001.html: the handover note of D-0001." in ran.err
    told = text.read_text("utf-8")
    assert told.startswith("Handover: Acme, Rollout (D-0001)\nInes hands this deal over to Tom.\n")
    for words in (
        "Contract: 9 Mar 2026",
        "16 Jun 2026: board meeting",
        "Will ask for reports",
        "The night shift is trained as well",
        "the client counts on it, the contract does not hold it",
        "Said by Ines to Ute Brandt, on 20 Feb 2026",
        "In the workbook: Commitments!",
        "sheetrecord accept firm.xlsx D-0001",
        "Not confirmed yet",
    ):
        assert words in told, words
        assert words.replace("'", "&#x27;") in page.read_text("utf-8").replace(
            "\u00a0", " "
        ).replace("\u00a0", " ")
    assert "sceptical" not in told
    mode = (tmp_path / "firm.xlsx").stat().st_mode
    assert os.name != "posix" or page.stat().st_mode & 0o777 <= mode & 0o777


def test_a_note_is_no_message_and_quiet_leaves_it_out_of_nothing_but_the_screen(
    run: Run, tmp_path: Path
) -> None:
    assert promote(run, firm(tmp_path), "--quiet").err == ""
    assert (tmp_path / "handovers/D-0001.html").is_file()


def test_a_plan_and_a_second_run_write_no_note(run: Run, tmp_path: Path) -> None:
    path = firm(tmp_path)
    promote(run, path, "--plan")
    assert not (tmp_path / "handovers").exists()
    promote(run, path)
    (tmp_path / "handovers/D-0001.txt").unlink()
    assert "note" not in promote(run, path).err
    assert not (tmp_path / "handovers/D-0001.txt").exists()


def test_a_note_that_somebody_wrote_on_stays_and_the_deal_is_closed(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "handovers").mkdir()
    (tmp_path / "handovers/D-0001.html").write_text("mine", "utf-8")
    ran = run("promote", firm(tmp_path), "D-0001", "--fees", "fixed_50_50", *ASOF)
    assert ran.code == 0
    assert "The deal D-0001 is closed, but its note is not written" in ran.err
    assert "sheetrecord note firm.xlsx D-0001 --to note.html" in ran.err.replace(
        str(tmp_path) + "/", ""
    )
    assert (tmp_path / "handovers/D-0001.html").read_text("utf-8") == "mine"


def test_a_deal_that_a_sync_closes_has_its_note_too(run: Run, tmp_path: Path) -> None:
    path = firm(tmp_path, stage="won")
    ran = run("sync", path)
    assert "D-0001: promoted" in ran.out, ran.out + ran.err
    assert (tmp_path / "handovers/D-0001.html").is_file()
    assert "the handover note of D-0001" in ran.err
    before = (tmp_path / "handovers/D-0001.html").stat().st_mtime_ns
    assert "handover note" not in run("sync", path).err
    assert (tmp_path / "handovers/D-0001.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("form", KINDS)
def test_it_is_posted_once(run: Run, tmp_path: Path, service: Hook, form: str) -> None:
    settings(
        tmp_path, f'post_from = "env:{VARIABLE}"\npost_as = "{form}"\nview = "https://x.example/v/"'
    )
    path = firm(tmp_path)
    ran = promote(run, path)
    assert len(service.bodies) == 1, ran.err
    assert service.kinds == ["application/json; charset=utf-8"]
    told = service.bodies[0].decode()
    for words in ("Acme, Rollout (D-0001)", "board meeting", "Will ask for reports"):
        assert words in told
    assert "https://x.example/v/deals/D-0001.html" in told
    assert "Posted to 127.0.0.1:" in ran.err
    promote(run, path)
    assert len(service.bodies) == 1
    for words in (ran.out, ran.err, *kept(tmp_path)):
        assert "geheim" not in words
    again = run("note", path, "D-0001", "--post", "--trust")
    assert (again.code, len(service.bodies)) == (0, 2)


def kept(folder: Path) -> list[str]:
    """Return all that stands in the state folder and in notes."""
    files = [*(folder / ".state").rglob("*"), *(folder / "handovers").rglob("*")]
    return [file.read_bytes().decode("latin-1") for file in files if file.is_file()]


FAILURES = {
    "refused": ((500, ""), "it answered 500."),
    "not found": ((404, ""), "it answered 404."),
    "to http": ((302, "http://127.0.0.1:1/"), "leads to another address"),
    "kept method": ((307, "http://127.0.0.1:1/"), "leads to another address"),
    "elsewhere": ((308, "https://other.example/"), "leads to another address"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_failing_service_never_fails_the_promotion(
    run: Run, tmp_path: Path, service: Hook, case: str
) -> None:
    service.answer, why = FAILURES[case]
    settings(tmp_path, f'post_from = "env:{VARIABLE}"')
    path = firm(tmp_path)
    ran = promote(run, path)
    assert why in ran.err
    assert "To send it once more: sheetrecord note" in ran.err
    promote(run, path)
    assert len(service.bodies) == 1, "nothing is sent again unasked"
    service.answer = (200, "")
    again = run("note", path, "D-0001", "--post", "--trust")
    assert (again.code, len(service.bodies)) == (0, 2)
    assert "geheim" not in ran.err + ran.out + again.out


def test_a_certificate_that_nobody_vouches_for_is_not_talked_to(
    run: Run, tmp_path: Path, service: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    settings(tmp_path, f'post_from = "env:{VARIABLE}"')
    assert "its certificate is not trusted" in promote(run, firm(tmp_path)).err
    assert service.bodies == []


def test_a_run_that_died_on_the_way_sends_nothing_again(
    run: Run, tmp_path: Path, service: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(tmp_path, f'post_from = "env:{VARIABLE}"')
    path = firm(tmp_path)

    def die(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("sheetrecord.app.handover_note.post", die)
        assert run("promote", path, "D-0001", "--fees", "fixed_50_50", "--trust", *ASOF).code != 0
    from sheetrecord.app.brief import Reader
    from sheetrecord.app.handover_note import Note, make_note, post_note
    from sheetrecord.app.settings.config import settings_of

    config = settings_of(str(path), lambda *_: None)
    note = make_note(str(path), "D-0001", Reader(dt.date(2026, 3, 4), settings=config))
    assert isinstance(note, Note)
    found = post_note(str(path), note, config, dt.date(2026, 3, 4))
    assert (found.state, service.bodies) == ("sending", [])
    assert "It was on its way to 127.0.0.1" in found.words()
    found = post_note(str(path), note, config, dt.date(2026, 3, 4), again=True)
    assert (found.state, len(service.bodies)) == ("sent", 1)


def test_an_address_may_be_kept_in_a_file(run: Run, tmp_path: Path, service: Hook) -> None:
    (tmp_path / "post.txt").write_text(service.address + "\n", "utf-8")
    settings(tmp_path, 'post_from = "file:post.txt"')
    promote(run, firm(tmp_path))
    assert len(service.bodies) == 1


@pytest.mark.parametrize("there", ["", "http://127.0.0.1/x/geheim", "ftp://geheim", "geheim"])
def test_an_address_that_is_none_is_said_and_not_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    monkeypatch.setenv(VARIABLE, there)
    settings(tmp_path, f'post_from = "env:{VARIABLE}"')
    ran = promote(run, firm(tmp_path))
    assert "it holds no address of https" in ran.err
    assert "geheim" not in ran.err


@pytest.mark.parametrize(
    "line",
    ['post = "http://hooks.example/geheim"', 'post = "https://a:geheim@hooks.example/"',
     'post_from = "geheim"', 'post_from = "env:"', 'post_as = "sms"', 'view = "file:///geheim"'],
)  # fmt: skip
def test_a_wrong_setting_is_refused_before_anything_is_written(
    run: Run, tmp_path: Path, line: str
) -> None:
    settings(tmp_path, line)
    path = firm(tmp_path)
    before = path.read_bytes()
    ran = run("promote", path, "D-0001", "--fees", "fixed_50_50", *ASOF)
    assert ran.code == 2
    assert "sheetrecord.toml:2" in ran.err
    assert path.read_bytes() == before


def test_settings_that_nobody_confirmed_post_nothing(
    run: Run, tmp_path: Path, service: Hook
) -> None:
    settings(tmp_path, f'post_from = "env:{VARIABLE}"')
    path = firm(tmp_path)
    before = path.read_bytes()
    ran = run("promote", path, "D-0001", "--fees", "fixed_50_50", *ASOF)
    assert ran.code != 0
    assert (path.read_bytes(), service.bodies) == (before, [])


LANGUAGES = {
    "en": ("Who pushes back", "In the workbook:"),
    "de": ("Wer dagegenhält", "In der Arbeitsmappe:"),
    "es": ("Quién se opone", "En el libro:"),
    "fr": ("Qui résiste", "Dans le classeur :"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_workbook(run: Run, tmp_path: Path, language: str) -> None:
    told = run("note", firm(tmp_path, language), "D-0001", *ASOF).out
    assert all(words in told for words in LANGUAGES[language])
    assert "{" not in told


def test_no_fragment_of_what_ops_may_not_see_is_in_note_or_message(
    run: Run, tmp_path: Path, service: Hook
) -> None:
    data, planted = tainted()
    path = tmp_path / "firm.xlsx"
    path.write_bytes(data)
    hidden = [one for one in planted if not may_see("ops", one)]
    forbidden = set().union(*(fragments(one.marker) for one in hidden))
    told = run("note", path, "D-0001").out
    for suffix in ("html", "txt"):
        assert run("note", path, "D-0001", "--to", f"n.{suffix}").code == 0
        told += (tmp_path / f"n.{suffix}").read_text("utf-8")
    for form in KINDS:
        settings(tmp_path, f'post_from = "env:{VARIABLE}"\npost_as = "{form}"')
        assert run("note", path, "D-0001", "--post", "--trust").code == 0
    told += "".join(one.decode() for one in service.bodies)
    assert len(service.bodies) == len(KINDS)
    assert leaked(told, forbidden) == set()
    assert sum(one.marker in told for one in planted if may_see("ops", one)) > 10


def test_what_a_cell_holds_calls_nobody_in_a_message() -> None:
    evil = "<!channel> <@U1> <https://evil.example|click> *b* [x](http://evil.example)"
    line = NoteSection("promised", evil, (NoteLine(evil),))
    text = NoteText("en", evil, evil, evil, (line,), evil)
    slack = json.loads(body(text, "slack"))["text"]
    assert "<" not in slack
    assert "[x](" in slack  # Slack knows no such links
    card = json.loads(body(text, "teams"))["attachments"][0]["content"]
    kinds = {block["type"] for block in card["body"]}
    assert kinds == {"RichTextBlock"}  # texts of a TextBlock are Markdown
    assert json.loads(body(text, "json"))["sections"][0]["lines"] == [evil]


def test_only_https_is_an_address() -> None:
    for good in ("https://hooks.example/a", "https://127.0.0.1:8443/x?y=1"):
        assert is_https(good)
    for bad in ("", "http://a/", "https://", "https:///x", "https://u:p@h/", "https://h:99999/",
                "https://h\u00e4/", "https://h/ x\n", "file:///etc/passwd", "//h/x"):  # fmt: skip
        assert not is_https(bad), bad
    assert post("http://127.0.0.1:1/", b"{}") == "the address is not one of https."


def test_nobody_is_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch, service: Hook) -> None:
    assert post("https://127.0.0.1:1/geheim", b"{}").startswith("it cannot be reached")
    monkeypatch.setattr("sheetrecord.files.posting._IN_ALL", 0.0)
    said = post(service.address, b"{}")
    assert said in {"", "no answer within 0 seconds; it may have arrived."}


def test_a_note_of_the_state_folder_is_ours_or_none(tmp_path: Path) -> None:
    assert read_note("x", "a", "b") is None
    assert keep_note({"a": ["ü", 1]}, "x", "a", "b")
    assert read_note("x", "a", "b") == {"a": ["ü", 1]}
    assert read_note("x", "ab") is None
    [file] = (tmp_path / ".state/x").iterdir()
    file.write_bytes(b"{broken")
    assert read_note("x", "a", "b") is None
    if os.name == "posix":
        assert keep_note([1], "x", "a", "b")
        file.chmod(0o666)
        assert read_note("x", "a", "b") is None
