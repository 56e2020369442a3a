"""Every command about a workbook speaks its language: no English of ours, no key, no digest."""

import re
import string
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from conftest import Ran
from publish.firm import usual, workbook
from sheetrecord.cli import texts
from sheetrecord.schema.sheets import SHEETS

Run = Callable[..., Ran]

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("validate", "firm.xlsx", "--notes"),
    ("validate", "firm.xlsx", "--fix", "--plan"),
    ("validate", "firm.xlsx", "--annotate", "--plan"),
    ("explain", "firm.xlsx", "FEE-001"),
    ("promote", "firm.xlsx", "D-0003", "--plan"),
    ("accept", "firm.xlsx", "D-0001", "--plan", "--by", "Ines"),
    ("confirm", "firm.xlsx", "D-0001", "--all", "--plan", "--by", "Ines"),
    ("diff", "firm.xlsx"),
    ("figures", "firm.xlsx"),
    ("find", "firm.xlsx", "xyzzy"),
    ("gaps", "firm.xlsx"),
    ("gaps", "firm.xlsx", "map"),
    ("brief", "firm.xlsx", "D-0001", "--why"),
    ("brief", "firm.xlsx", "D-0001", "--to", "brief.html"),
    ("say-back", "firm.xlsx", "D-0001", "--to", "letter.html"),
    ("open", "firm.xlsx", "D-0001", "--plan"),
    ("sync", "firm.xlsx", "ana.xlsx"),
    ("sync", "firm.xlsx", "ana.xlsx"),
    ("status", "firm.xlsx", "ana.xlsx"),
    ("history", "firm.xlsx", "D-0001"),
    ("runs", "firm.xlsx"),
    ("undo", "firm.xlsx", "--plan"),
    ("merge", "ana.xlsx", "firm.xlsx", "ana.xlsx", "--to", "out.xlsx", "--plan"),
    ("resolve", "firm.xlsx", "--plan"),
)
"""In their order: what one does the next one sees."""

REFUSED = 2
"""From this exit code on the world or a usage error speaks, which is in English."""

KEYS = {column.key for sheet in SHEETS.values() for column in sheet.columns if "_" in column.key}


def english() -> list[str]:
    """Return what stands between the fields of our English texts, where it is several words."""
    found = set()
    for module in iter_modules(texts.__path__):
        table = getattr(import_module(f"{texts.__name__}.{module.name}"), "TEXTS", {})
        for text in table.values():
            others = " ".join(text[1:])
            pieces = (piece for piece, *_ in string.Formatter().parse(text.en))
            found |= {p.strip() for p in pieces if p.strip().count(" ") and p not in others}
    return sorted(found)


ENGLISH = english()


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_no_command_says_anything_in_english(run: Run, tmp_path: Path, language: str) -> None:
    for name in ("firm.xlsx", "ana.xlsx"):
        (tmp_path / name).write_bytes(workbook(usual(), language=language))
    wrong = []
    for words in COMMANDS:
        ran = run(*words)
        assert "Traceback" not in ran.err, ran.err
        said = ran.out + (ran.err if ran.code < REFUSED else "")
        told = re.sub(r"`[^`]*`|sheetrecord \S.*", "", said)
        wrong += [(words[0], one) for one in ENGLISH if one in told]
        wrong += [(words[0], one) for one in KEYS & set(re.findall(r"\w+", told))]
        wrong += [(words[0], one) for one in re.findall(r"\b[0-9a-f]{16,}\b", told)]
    assert not wrong
