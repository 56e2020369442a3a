"""The static folder: whole, small, by hash, and made of pinned files only."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from hosting import in_browser
from sheetrecord.hosting import archives, folder, runtime
from sheetrecord.model.errors import BadSettings, CannotRead, CannotWrite

URL = "https://firm.example/record/"
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def found() -> Mapping[str, bytes]:
    return in_browser.contents(URL)


def names_in(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return set(archive.namelist())


def archive_of(found: Mapping[str, bytes], kind: str) -> bytes:
    [name] = [name for name in found if name.startswith(f"{kind}-") and name.endswith(".zip")]
    return found[name]


def test_a_first_check_and_the_folder_are_small(found: Mapping[str, bytes]) -> None:
    first, whole = folder.wire_sizes(found)
    assert first <= 6_500_000
    assert whole <= 8_000_000


def test_the_engine_brings_its_templates_and_tables(found: Mapping[str, bytes]) -> None:
    held = names_in(archive_of(found, "engine")) | names_in(archive_of(found, "more"))
    package = Path(folder.__file__).parents[1]
    wanted = {
        f"sheetrecord/{path.relative_to(package).as_posix()}"
        for kind in ("*.jinja", "*.toml", "*.css", "*.svg")
        for path in package.rglob(kind)
    }
    left = tuple(f"sheetrecord/{room}" for room in archives.LEFT_OUT)
    assert {name for name in wanted if not name.startswith(left)} <= held
    assert any(name.endswith(".jinja") for name in held)
    assert any(name.endswith(".toml") for name in held)


def test_no_file_comes_twice(found: Mapping[str, bytes]) -> None:
    parts = [archive_of(found, "engine"), archive_of(found, "more"), found[folder.BEGINNING]]
    held = [name for data in parts for name in names_in(data)]
    assert len(held) == len({*held})


def test_the_first_of_pythons_modules_are_all_there(found: Mapping[str, bytes]) -> None:
    assert archives.first_modules() == names_in(found[folder.BEGINNING])


def test_equal_content_makes_equal_files(found: Mapping[str, bytes]) -> None:
    assert folder.contents(in_browser.runtime_files(), URL) == found


def test_archives_are_named_by_what_is_in_them(found: Mapping[str, bytes]) -> None:
    for name, data in found.items():
        if name.startswith(("engine-", "more-")):
            assert hashlib.sha256(data).hexdigest()[:12] in name


def test_what_is_kept_offline_is_every_file_that_is_loaded(found: Mapping[str, bytes]) -> None:
    told = re.search(r"const RELEASE = (\{.*\});", found["sw.js"].decode())
    assert told
    files = json.loads(told[1])["files"]
    assert {*found} - {*files} == {"sw.js", "404.html", "README.txt", "manifest.xml"}
    for name, digest in files.items():
        assert hashlib.sha256(found[name]).hexdigest() == digest


def test_the_page_has_the_policy_and_loads_nothing_from_elsewhere(
    found: Mapping[str, bytes],
) -> None:
    page = found["index.html"].decode()
    assert folder.CSP in page
    assert "unsafe-inline" not in folder.CSP
    assert "'unsafe-eval'" not in folder.CSP
    for name, data in found.items():
        if name.endswith((".html", ".css")):
            assert not re.findall(rb"(?:src|href)=\"?https?:", data), name
            assert b"<script>" not in data, name
            assert not re.search(rb"\son\w+=", data), name


def test_nothing_is_written_where_the_page_keeps_what_people_drop(
    found: Mapping[str, bytes],
) -> None:
    for name, data in found.items():
        if name.endswith((".mjs", ".js")) and not name.startswith("runtime/"):
            assert b"localStorage" not in data, name
            assert b"indexedDB" not in data, name
            assert b"innerHTML" not in data, name


def test_a_runtime_that_is_another_is_not_used(tmp_path: Path) -> None:
    for name, data in in_browser.runtime_files().items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "pyodide.mjs").write_bytes(b"// another")
    with pytest.raises(CannotRead, match=r"pyodide\.mjs: it is not the file of pyodide"):
        runtime.runtime(tmp_path)
    (tmp_path / "pyodide.mjs").unlink()
    with pytest.raises(CannotRead, match="missing"):
        runtime.runtime(tmp_path)


def test_without_npm_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setenv("PATH", "")
    refused = run("web", "page")
    assert refused.code == 3
    assert "--runtime" in refused.err


def test_the_folder_is_written_again_only_where_it_differs(run: Run, tmp_path: Path) -> None:
    in_browser.runtime_files()
    words = ("web", "page", "--runtime", in_browser.KEPT)
    assert run(*words, "--plan").code == 0
    assert not (tmp_path / "page").exists()
    assert run(*words).code == 0
    assert "manifest.xml" not in {path.name for path in (tmp_path / "page").iterdir()}
    again = run(*words)
    assert " 0 files written" in again.out
    with_pane = run(*words, "--url", URL)
    assert with_pane.code == 0
    assert (tmp_path / "page" / "manifest.xml").is_file()


def test_a_folder_with_somebodys_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("mine")
    in_browser.runtime_files()
    with pytest.raises(CannotWrite):
        folder.write_folder(folder.FolderRequest(tmp_path / "page", "", in_browser.KEPT))
    assert (tmp_path / "page" / "index.html").read_text() == "mine"


def test_an_address_that_no_pane_opens_writes_nothing(tmp_path: Path) -> None:
    in_browser.runtime_files()
    ask = folder.FolderRequest(tmp_path / "page", "http://firm.example", in_browser.KEPT)
    with pytest.raises(BadSettings):
        folder.write_folder(ask)
    assert not (tmp_path / "page").exists()
