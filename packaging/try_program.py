"""Try a built program: `try_program.py FOLDER`; every command does what the wheel's does, or this ends with 1.

The wheel is installed into an environment of its own; both run the same words, one after the other, each in a
folder that began alike. Compared are exit codes, what is printed, and every file that was written.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import build_program  # noqa: E402 - found by the line above

BANK: Final = """Booking date,Payer,Reference,Amount,Currency
2026-06-24,Rookery Wines,Invoice 2026-027,6485.50,EUR
"""
MAIL: Final = """From: Noor Okafor <noor@yarrow.example>
To: Ines Duarte <ines@fenwick.example>
Date: Mon, 29 Jun 2026 09:00:00 +0000
Subject: The draft

We need the draft by 16 October 2026, because the old contract ends that day.
"""
DEALS: Final = (
    "Deal ID,Deal Name,Company,Amount,Currency,Stage\n1,Payroll,Heron,1000,EUR,Proposal\n"
)
FILES: Final = {
    "june.csv": BANK,
    "mail.eml": MAIL,
    "deals.csv": DEALS,
    "sow.txt": "Scope: payroll.",
}

TRIED: Final = (
    *(
        ("new", "firm.xlsx", "--sample", "--asof", "2026-06-30"),
        ("validate", "firm.xlsx", "--notes"),
    ),
    *(("init", "set", "--name", "Fenwick", "--publish", "-"), ("demo", "demo", "--by", "Mara")),
    ("import", "firm.xlsx", "deals.csv", "--from", "hubspot", "--plan"),
    *(("migrate", "firm.xlsx", "--plan"), ("explain", "CTX-001"), ("help", "sync")),
    (
        "waive",
        "firm.xlsx",
        "D-0047",
        "CTX-001",
        "--why",
        "away",
        "--until",
        "2026-07-10",
        "--by",
        "I",
    ),
    ("promote", "firm.xlsx", "D-0045", "--by", "Mara"),
    (
        "return",
        "firm.xlsx",
        "D-0045",
        "--code",
        "scope_unclear",
        "--note",
        "which?",
        "--plan",
        "--by",
        "J",
    ),
    ("accept", "firm.xlsx", "D-0045", "--by", "Jon"),
    ("confirm", "firm.xlsx", "D-0045", "--all", "--kickoff", "--by", "Jon"),
    (
        "capture",
        "firm.xlsx",
        "D-0047",
        "mail.eml",
        "--plan",
        "--us",
        "fenwick.example",
        "--by",
        "I",
    ),
    *(
        ("brief", "firm.xlsx", "D-0045"),
        ("note", "firm.xlsx", "D-0045"),
        ("say-back", "firm.xlsx", "D-0045"),
    ),
    *(("diff", "firm.xlsx", "D-0045"), ("figures", "firm.xlsx"), ("gaps", "firm.xlsx")),
    *(("check-sow", "firm.xlsx", "D-0045", "sow.txt"), ("leaver", "firm.xlsx", "Mara Lindt")),
    *(
        ("find", "firm.xlsx", "training"),
        ("open", "firm.xlsx", "D-0045"),
        ("textconv", "firm.xlsx"),
    ),
    ("asof", "firm.xlsx", "2026-06-30", "--to", "then.xlsx"),
    *(("sync", "firm.xlsx", "--by", "Mara"), ("status", "firm.xlsx"), ("conflicts", "firm.xlsx")),
    *(("resolve", "firm.xlsx"), ("runs", "firm.xlsx"), ("history", "firm.xlsx", "D-0045")),
    *(("undo", "firm.xlsx", "--plan"), ("copy-store", "sqlite:a.db", "sqlite:b.db")),
    ("merge", "firm.xlsx", "firm.xlsx", "firm.xlsx", "--to", "merged.xlsx"),
    ("reconcile", "firm.xlsx", "--bank", "june.csv", "--apply", "--by", "Fay"),
    *(
        ("publish", "firm.xlsx", "--to", "view", "--by", "Mara"),
        ("digest", "firm.xlsx", "--for", "owner"),
    ),
    ("publish", "firm.xlsx", "--audience", "finance", "--to", "finance.xlsx", "--by", "Mara"),
    *(
        ("web", "page", "--runtime", "no-such-folder"),
        ("serve", "--help"),
        ("addin", "libreoffice", "--to", "a.oxt"),
    ),
    ("addin", "excel", "--url", "https://firm.example/record/", "--to", "manifest.xml"),
    ("schedule", "sync", "firm.xlsx", "--every", "15", "--for", "cron"),
    *(("fleet", "set"), ("doctor", "firm.xlsx"), ("schema", "deal"), ("completion", "bash")),
    *(("--version",), ("--help",), ("new", "f.xlsx", "--template", "agency", "--lang", "de")),
)
"""The words of each command, in an order in which one finds what another has left."""

VOLATILE: Final = (
    (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?(\.\d+)?", "TIME"),
    (r"\b[0-9a-f]{12,64}\b", "DIGEST"),
    (r"Python 3[.\d]+\.?", "PYTHON"),
    (r"\b\d+(\.\d+)? ?(ms|s|kB|MB)\b", "SIZE"),
)
"""What differs between any two runs: times, ids that are drawn, sizes."""


def told(words: tuple[str, ...], program: list[str], folder: Path) -> tuple[int, str]:
    """Run one command in a folder; return its exit code and what it printed, less what is volatile."""
    given = {
        **os.environ,
        "SHEETRECORD_STATE": str(folder / ".state"),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        [*program, *words], cwd=folder, env=given, capture_output=True, stdin=subprocess.DEVNULL,
        text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    text = f"{done.stdout}\n{done.stderr}".replace(str(folder), "FOLDER")
    for one in (" ".join(program), *(f'"{word}"' for word in program), program[0]):
        text = text.replace(one, "PROGRAM")
    for pattern, word in VOLATILE:
        text = re.sub(pattern, word, text)
    return done.returncode, text


def files(folder: Path) -> dict[str, str]:
    """Return every file of a folder with what tells two apart: texts whole, archives by their members."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and ".state" not in p.parts):
        name = path.relative_to(folder).as_posix()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                text = "\n".join(sorted(archive.namelist()))
        else:
            text = path.read_bytes().decode("utf-8", "replace").replace(str(folder), "FOLDER")
        for pattern, word in VOLATILE:
            text = re.sub(pattern, word, text)
        found[name] = text
    return found


def main() -> int:
    """Compare them; say each command that differs."""
    built = Path(sys.argv[1]).resolve() / ("sheetrecord.exe" if os.name == "nt" else "sheetrecord")
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        root = Path(name)
        python = build_program.environment(root)
        wheel = [str(python.with_name("sheetrecord" + built.suffix))]
        pair = [("program", [str(built)]), ("wheel", wheel)]
        for kind, _ in pair:
            for file, text in FILES.items():
                (root / kind).mkdir(exist_ok=True)
                (root / kind / file).write_text(text, "utf-8")
        for words in TRIED:
            found = [told(words, program, root / kind) for kind, program in pair]
            for path in (root / "program", root / "wheel"):
                shutil.rmtree(path / "kept", ignore_errors=True)
            same = found[0] == found[1] and found[0][0] != 70
            wrong += not same
            print("ok" if same else "!!", *words, flush=True)
            if not same:
                print(f"  program: {found[0]}\n  wheel:   {found[1]}")
        ours, theirs = files(root / "program"), files(root / "wheel")
        for path in sorted(ours.keys() | theirs.keys()):
            if ours.get(path) != theirs.get(path):
                wrong += 1
                print(f"!! {path} differs")
    print(f"{len(TRIED)} commands, {wrong} differ.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
