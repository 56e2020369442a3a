"""Build the program with its own Python: `build_program.py OUT`, for the system that this runs on.

A wheel is built, installed with the locked versions into an environment of its own, and made into a
folder by PyInstaller: `OUT/sheetrecord/sheetrecord` and what it needs, with everybody's licences.
One file instead of a folder is never built: it unpacks itself at each start, which is slow and what
scanners take for malware.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from importlib.metadata import distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
EXTRAS = "msg,pdf,serve"
"""What the program can besides: mails of Outlook, contracts as PDF, the page on this machine."""
DAY = "1767225600"
"""The day that files are dated with when nobody says another (SOURCE_DATE_EPOCH): 2026-01-01."""


def ran(*words: object) -> None:
    """Run a command; a failure ends this program."""
    print("$", *words, flush=True)
    subprocess.run([str(word) for word in words], check=True, timeout=1800)


def pinned(lock: str) -> str:
    """Return the versions of a lock file, without hashes: what pip holds a wheel's needs to."""
    return "\n".join(re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==[^\\\n]+", lock, re.MULTILINE)) + "\n"


def environment(folder: Path) -> Path:
    """Make an environment with our wheel, what it needs and PyInstaller; return its Python."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check")
    locked = folder / "constraints.txt"
    locked.write_text(pinned((ROOT / "requirements.lock").read_text("utf-8")), "utf-8")
    wheels = folder / "wheels"
    ran(*pip, "wheel", "--no-deps", "-w", wheels, ROOT)
    [wheel] = wheels.glob("sheetrecord-*.whl")
    ran(*pip, "install", "-c", locked, f"{wheel}[{EXTRAS}]")
    return python


def freeze(python: Path, folder: Path, out: Path) -> Path:
    """Have PyInstaller make the folder; return it."""
    ran(python, "-m", "pip", "-q", "install", "--require-hashes", "-r", HERE / "requirements.lock")
    strip = ["--strip"] if sys.platform == "linux" and shutil.which("strip") else []
    ran(
        *(
            python,
            "-m",
            "PyInstaller",
            "--onedir",
            "--console",
            "--noupx",
            "--noconfirm",
            "--clean",
        ),
        *("--log-level", "WARN", "--name", "sheetrecord", *strip),
        *("--additional-hooks-dir", HERE / "hooks", "--specpath", folder),
        *("--workpath", folder / "work", "--distpath", out, HERE / "launch.py"),
    )
    return out / "sheetrecord"


def licences(python: Path, to: Path) -> None:
    """Keep the licence of everything that goes into the program, before PyInstaller comes along."""
    [site] = {
        Path(path)
        for path in subprocess.check_output(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        ).split("\n")
        if path
    }
    for one in distributions(path=[str(site)]):
        name = one.metadata["Name"]
        if name in {"pip", "setuptools"}:
            continue
        for file in one.files or ():
            if re.search(
                r"licen[cs]e|copying|notice", file.name, re.IGNORECASE
            ) and file.suffix not in {".py", ".pyc"}:
                target = to / name / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(str(one.locate_file(file))), target)
    python_s = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python_s.is_file():
        (to / "CPython").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(python_s, to / "CPython" / "LICENSE.txt")
    shutil.copyfile(ROOT / "LICENSE", to / "LICENSE")


def main() -> int:
    """Build it."""
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("out", type=Path, metavar="OUT", help="the folder that gets `sheetrecord/`")
    out = words.parse_args().out.resolve()
    os.environ.setdefault("SOURCE_DATE_EPOCH", DAY)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        python = environment(folder)
        licences(python, folder / "licenses")
        program = freeze(python, folder, out)
        shutil.copytree(folder / "licenses", program / "licenses")
    print(
        f"{program}: {sum(f.stat().st_size for f in program.rglob('*') if f.is_file()) / 1e6:.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
