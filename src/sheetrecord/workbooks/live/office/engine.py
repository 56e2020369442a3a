"""Finds the installed program, runs it and reads what it answers; nothing here knows LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 60.0
"""How long a run may take."""

FOLDER = "SHEETRECORD_DESK"
"""The variable that tells the program through which folder it reaches the document."""

OWN = "SHEETRECORD"
"""The variable that names the program where it is found by no other way."""

_LEFT_OUT = (
    *("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("URE_BOOTSTRAP", "UNO_PATH", "UNO_TYPES", "UNO_SERVICES"),
)
"""What LibreOffice sets for its own Python, and what would mislead another one."""

_PAUSE = 0.02
_MOST = 50_000_000  # characters of an answer


class RunAnswer(NamedTuple):
    """What came of a run: ``code`` is "done", or why there is no answer, and ``about`` what it is.

    ``told`` is the answer, ``exit`` the exit code.
    """

    code: str
    told: Any = None
    about: str = ""
    exit: int = 0


def sandbox(environ: Mapping[str, str], info: Path = Path("/.flatpak-info")) -> str:
    """Return what keeps this LibreOffice from the computer's programs: flatpak, snap or nothing."""
    if info.exists():
        return "flatpak"
    return "snap" if environ.get("SNAP") and environ.get("SNAP_NAME") else ""


def find(environ: Mapping[str, str], noted: str = "", home: Path | None = None) -> list[str]:
    """Return the words that run the program; none when it is not found.

    Looked for in this order: the variable ``SHEETRECORD``, the place that somebody noted, PATH,
    where pip puts programs of a user, ``py -m sheetrecord`` on Windows.
    """
    for named in filter(None, (environ.get(OWN, ""), noted)):
        if Path(named).is_file():
            return [named]
    found = shutil.which("sheetrecord", path=environ.get("PATH", os.defpath))
    places = [Path(found)] if found else []
    places += _places(environ, home or Path.home())
    for place in places:
        if place.is_file():
            return [str(place)]
    py = shutil.which("py", path=environ.get("PATH", "")) if os.name == "nt" else None
    return [py, "-m", "sheetrecord"] if py and _has_module(py) else []


def _places(environ: Mapping[str, str], home: Path) -> list[Path]:
    """Return where pip and pipx put programs for one user."""
    found = [home / ".local" / "bin" / "sheetrecord"]
    if sys.platform == "darwin":
        found += sorted((home / "Library" / "Python").glob("*/bin/sheetrecord"), reverse=True)
        found += [Path("/opt/homebrew/bin/sheetrecord"), Path("/usr/local/bin/sheetrecord")]
    for base in filter(None, (environ.get("APPDATA"), environ.get("LOCALAPPDATA"))):
        found += sorted(Path(base).glob("Python/Python3*/Scripts/sheetrecord.exe"), reverse=True)
        programs = Path(base, "Programs", "Python")
        found += sorted(programs.glob("Python3*/Scripts/sheetrecord.exe"), reverse=True)
    return [*found, home / ".local" / "bin" / "sheetrecord.exe"]


def _has_module(py: str) -> bool:
    words = [py, "-c", "import sheetrecord"]
    try:
        return (
            subprocess.run(words, check=False, capture_output=True, timeout=SECONDS).returncode == 0
        )
    except (OSError, subprocess.SubprocessError):
        return False


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what LibreOffice set for itself."""
    return {name: value for name, value in environ.items() if name not in _LEFT_OUT}


def run(  # noqa: PLR0913 - all that a run is
    words: list[str],
    folder: str,
    place: str = "",
    *,
    each: Callable[[float], None] = lambda _: None,
    seconds: float = SECONDS,
    environ: Mapping[str, str] | None = None,
    host: bool = False,
) -> RunAnswer:
    """Run the program and return its answer; with ``host`` from within Flatpak, outside of it.

    It reaches the document through ``folder`` and works in ``place``, the document's own folder.
    ``each`` is called again and again meanwhile with the seconds that have passed. What takes
    longer than ``seconds`` is ended.
    """
    env = {**clean(os.environ if environ is None else environ), FOLDER: folder}
    if host:
        spawn = ["flatpak-spawn", "--host", "--env={}={}".format(FOLDER, folder)]
        words = [*spawn, *(["--directory=" + place] if place else []), *words]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(
                words,
                env=env,
                cwd=place if place and Path(place).is_dir() else None,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            return RunAnswer("broken", about="{}: {}".format(words[0], error.strerror or error))
        if not _ended(process, each, seconds):
            return RunAnswer("late", about=str(int(seconds)))
        answer = _read(_text(out), _text(err), process.returncode)
        return RunAnswer("flatpak") if host and answer.code == "rubbish" else answer


def _ended(process: Any, each: Callable[[float], None], seconds: float) -> bool:
    """Wait for a process; False when it took too long and was ended."""
    begun = time.monotonic()
    try:
        while process.poll() is None:
            passed = time.monotonic() - begun
            if passed > seconds:
                return False
            each(passed)
            time.sleep(_PAUSE)
        return True
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: Any) -> None:
    """End a process and what it began."""
    if os.name == "nt":
        process.kill()
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _text(file: Any) -> str:
    file.seek(0)
    return str(file.read(_MOST).decode("utf-8", "replace"))


def _read(out: str, err: str, code: int) -> RunAnswer:
    """Return what the program printed, if it is an answer of ours."""
    try:
        told = json.loads(out)
    except ValueError:
        said = (out.strip() or err.strip() or "-").splitlines()
        return RunAnswer("rubbish", about=" ".join(said[-1].split())[:200], exit=code)
    if not isinstance(told, dict):
        return RunAnswer("rubbish", about=out.strip()[:200], exit=code)
    if isinstance(told.get("error"), dict):
        error = told["error"]
        about = "{} {}".format(error.get("message", ""), error.get("do", "")).strip()
        return RunAnswer("refused", told, about, code)
    return RunAnswer("done", told, exit=code)
