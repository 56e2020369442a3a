"""How the extension finds and runs the program, on any system, without LibreOffice."""

import sys
from pathlib import Path

import pytest

from sheetrecord.workbooks.live.office import engine


def executable(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return path


def test_it_is_looked_for_in_this_order(tmp_path: Path) -> None:
    own = executable(tmp_path / "own" / "sheetrecord")
    noted = executable(tmp_path / "noted" / "sheetrecord")
    on_path = executable(tmp_path / "path" / "sheetrecord")
    local = executable(tmp_path / ".local" / "bin" / "sheetrecord")
    env = {"SHEETRECORD": str(own), "PATH": str(on_path.parent)}
    assert engine.find(env, str(noted), tmp_path) == [str(own)]
    env["SHEETRECORD"] = str(tmp_path / "gone")
    assert engine.find(env, str(noted), tmp_path) == [str(noted)]
    assert engine.find(env, "", tmp_path) == [str(on_path)]
    assert engine.find({"PATH": "/nowhere"}, "", tmp_path) == [str(local)]
    assert engine.find({"PATH": "/nowhere"}, "", tmp_path / "else") == []


def test_where_pip_puts_it_on_windows(tmp_path: Path) -> None:
    place = tmp_path / "Roaming" / "Python" / "Python312" / "Scripts" / "sheetrecord.exe"
    executable(place)
    env = {"PATH": "/nowhere", "APPDATA": str(tmp_path / "Roaming")}
    assert engine.find(env, "", tmp_path / "home") == [str(place)]


def test_what_libreoffice_sets_for_itself_does_not_reach_it(tmp_path: Path) -> None:
    text = "import json, os\nprint(json.dumps(dict(os.environ)))\n"
    program = executable(tmp_path / "sheetrecord", text)
    env = {"PYTHONHOME": "/lo", "LD_LIBRARY_PATH": "/lo", "URE_BOOTSTRAP": "x", "KEPT": "1"}
    answer = engine.run([str(program)], "/exchange", environ=env)
    assert answer.code == "done"
    assert answer.told["KEPT"] == "1"
    assert answer.told["SHEETRECORD_DESK"] == "/exchange"
    assert set(env) & set(answer.told) == {"KEPT"}


def test_a_hanging_program_is_ended_with_all_it_began(tmp_path: Path) -> None:
    child = tmp_path / "child"
    text = (
        "import subprocess, sys, time\n"
        f"p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1000)'])\n"
        f"open({str(child)!r}, 'w').write(str(p.pid))\ntime.sleep(1000)\n"
    )
    program = executable(tmp_path / "sheetrecord", text)
    heard: list[float] = []

    def each(passed: float) -> None:
        heard.append(passed)

    assert engine.run([str(program)], "", each=each, seconds=3).code == "late"
    assert heard == sorted(heard)
    assert len(heard) > 2
    if child.exists() and Path("/proc").exists():
        state = Path("/proc", child.read_text(), "stat")
        assert not state.exists() or ") Z " in state.read_text()


@pytest.mark.parametrize(
    ("text", "code", "about"),
    [
        ("print('nonsense')", "rubbish", "nonsense"),
        ("print('[1]')", "rubbish", "[1]"),
        ("raise SystemExit('no such module')", "rubbish", "no such module"),
        ('print(\'{"error": {"message": "A.", "do": "B."}}\')', "refused", "A. B."),
        ("print('{\"problems\": []}')", "done", ""),
    ],
)
def test_an_answer_is_understood_or_told(text: str, code: str, about: str, tmp_path: Path) -> None:
    answer = engine.run([str(executable(tmp_path / "sheetrecord", text))], "")
    assert (answer.code, answer.about) == (code, about)


def test_what_cannot_be_started_is_told(tmp_path: Path) -> None:
    place = tmp_path / "sheetrecord"
    place.write_text("no program")
    assert engine.run([str(place)], "").code == "broken"


@pytest.mark.parametrize(
    ("environ", "flatpak", "told"),
    [
        ({}, False, ""),
        ({}, True, "flatpak"),
        ({"SNAP": "/snap/libreoffice/1", "SNAP_NAME": "libreoffice"}, False, "snap"),
    ],
)
def test_what_shuts_the_computer_out_is_known(
    environ: dict[str, str], flatpak: bool, told: str, tmp_path: Path
) -> None:
    info = tmp_path / ".flatpak-info"
    if flatpak:
        info.write_text("[Application]\n")
    assert engine.sandbox(environ, info) == told


def test_from_flatpak_the_computer_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import json, sys\nprint(json.dumps({'words': sys.argv[1:]}))\n"
    executable(tmp_path / "flatpak-spawn", text)
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = engine.run(["sheetrecord", "validate"], "/x", str(tmp_path), host=True)
    words = ["--host", "--env=SHEETRECORD_DESK=/x", f"--directory={tmp_path}"]
    assert answer.told == {"words": [*words, "sheetrecord", "validate"]}
    executable(tmp_path / "flatpak-spawn", "raise SystemExit('org.freedesktop.Flatpak unknown')")
    assert engine.run(["sheetrecord"], "/x", host=True).code == "flatpak"
