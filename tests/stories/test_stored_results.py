"""Whatever a command writes, no formula keeps a stored result that is not true any more.

A workbook as LibreOffice saved it, so that every formula has its result, goes through the
commands one after the other; at the end LibreOffice calculates every stage of it anew.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from finance.books import bank_csv
from promote.firm import ASOF, DAY, ready, together, workbook
from sheetrecord.app.validate import read_record
from sheetrecord.formats.xlsx import read
from sheetrecord.model.edit import At, SetValue
from sheetrecord.model.value import Formula, Unknown
from sheetrecord.workbooks.transaction import begin, placed
from template.recalculate import recalculated

OLD = Path(__file__).parents[1] / "old/v1/lived-in-de-libreoffice.xlsx"
ONE, TWO = ("--deal", "D-0001"), ("--deal", "D-0002")
DATED = ("--by", "Ines", "--asof", "2026-03-04")
LET_PASS = ("--why", "Sole bidder", "--until", "2026-04-30")
FIRM, ANA, OUT, LATE = "firm.xlsx", "ana.xlsx", "out.xlsx", "old.xlsx"


class Typed(NamedTuple):
    """What a person types into a copy before a command."""

    name: str
    sheet: str
    row: int
    cells: dict[str, Any]


class Verb(NamedTuple):
    """A command that writes: its words, the workbook it writes, and what is typed before."""

    words: tuple[str, ...]
    book: str = FIRM
    before: tuple[Typed, ...] = ()


INVOICE = {"invoice_no": "INV-0101", "invoiced_on": DAY(2026, 3, 4), "terms_days": 14}
VERBS = {
    "waive": Verb(("waive", FIRM, "CTX-002", *TWO, *LET_PASS, *DATED)),
    "promote": Verb(("promote", FIRM, *ONE, *DATED)),
    "accept": Verb(("accept", FIRM, *ONE, *DATED)),
    "confirm": Verb(("confirm", FIRM, *ONE, "--all", *DATED)),
    "promote a second deal": Verb(("promote", FIRM, *TWO, *DATED)),
    "return": Verb(("return", FIRM, *TWO, "--code", "scope_unclear", "--note", "Which?", *DATED)),
    "fix": Verb(
        ("validate", FIRM, "--fix"), before=(Typed(FIRM, "Commitments", 5, {"due_on": "5.4.2026"}),)
    ),
    "sync": Verb(
        ("sync", FIRM, ANA, "--by", "Ana"),
        before=(Typed(ANA, "Deal", 4, {"value_net": 43_000}),),
    ),
    "undo": Verb(("undo", FIRM, "--by", "Ana")),
    "merge": Verb(
        ("merge", "base.xlsx", FIRM, ANA, "-o", OUT),
        OUT,
        (
            Typed(FIRM, "Deal", 4, {"client": "Acme Works", "fee_model": "Retainer"}),
            Typed(ANA, "Deal", 4, {"client": "Acme AG", "value_net": 44_000}),
        ),
    ),
    "resolve": Verb(("resolve", OUT, "--all", "theirs"), OUT),
    "reconcile": Verb(
        ("reconcile", FIRM, "--bank", "march.csv", "--apply", "--by", "Ana"),
        before=(Typed(FIRM, "Fees", 4, INVOICE),),
    ),
    "migrate": Verb(("migrate", LATE), LATE),
    "new": Verb(("new", "new.xlsx"), "new.xlsx"),
}


def typed(path: Path, what: Typed) -> None:
    book, parsed = read_record(str(path), today=ASOF)
    edits = tuple(SetValue(At(what.sheet, "", key, what.row), v) for key, v in what.cells.items())
    begin(str(path)).with_edits(placed(edits, book, parsed.layout)).write()


def stored(path: Path) -> dict[tuple[str, int, int], Any]:
    """Return the formulas' stored results by sheet, row and column; only those that have one."""
    return {
        (title, row, number): value.cached
        for title, sheet in read(path).sheets.items()
        for number, cells in sheet.columns.items()
        for row, value in zip(cells.rows, cells.values, strict=True)
        if isinstance(value, Formula) and not isinstance(value.cached, Unknown)
    }


def stale(before: Any, now: Any) -> bool:
    if isinstance(before, int | float) and isinstance(now, int | float):
        return abs(before - now) > 1e-6
    return bool((before or "") != (now or ""))


def at_once(books: list[Path], folder: Path) -> dict[Path, Path]:
    """Return each workbook as LibreOffice saves it after calculating every formula anew."""
    out = folder / "out-always"  # beside the profile that the first book made
    office = [
        str(shutil.which("soffice")),
        f"-env:UserInstallation={(folder / 'profile-always').as_uri()}",
    ]
    words = [*office, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(out)]
    subprocess.run([*words, *map(str, books)], check=True, capture_output=True, timeout=400)
    return {book: out / book.name for book in books}


def played(folder: Path, run: Callable[..., Any]) -> Iterator[tuple[str, Path]]:
    """Run the commands in order; yield what each of them wrote."""
    for name, verb in VERBS.items():
        if name in {"sync", "merge"}:
            shutil.copyfile(folder / FIRM, folder / ANA)
            shutil.copyfile(folder / FIRM, folder / "base.xlsx")
        if name == "sync":
            assert run("sync", FIRM, ANA, "--by", "Ana").code == 0
        for what in verb.before:
            typed(folder / what.name, what)
        data = (folder / verb.book).read_bytes() if (folder / verb.book).exists() else b""
        ran = run(*verb.words)
        assert (folder / verb.book).read_bytes() != data, f"{name}: {ran.out}{ran.err}"
        kept = folder / "after" / f"{name.replace(' ', '-')}.xlsx"
        yield name, Path(shutil.copyfile(folder / verb.book, kept))


@pytest.mark.slow
@pytest.mark.libreoffice
def test_no_command_leaves_a_result_that_is_not_true(
    tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = ready("D-0002", deal_name="Support")
    for row in second["Context"]:
        row["answer"] = "" if row["kind"] == "alternative" else row.get("answer", "")
    begin = tmp_path / "begin" / FIRM
    begin.parent.mkdir()
    begin.write_bytes(workbook(together(ready(), second), asof=ASOF))
    (tmp_path / FIRM).write_bytes(recalculated(begin, tmp_path / "lo").read_bytes())
    (tmp_path / "march.csv").write_bytes(bank_csv(("2026-03-20", "ACME", "INV-0101", "12600.00")))
    shutil.copyfile(OLD, tmp_path / LATE)
    (tmp_path / "after").mkdir()
    assert len(stored(tmp_path / FIRM)) > 500
    books = dict(played(tmp_path, run))
    judged = at_once(list(books.values()), tmp_path / "lo")
    wrong = {}
    for name, book in books.items():
        true = stored(judged[book])
        wrong[name] = [
            f"{title} row {row} column {number}: {value!r} is {true.get((title, row, number))!r}"
            for (title, row, number), value in stored(book).items()
            if stale(value, true.get((title, row, number)))
        ]
    assert not any(wrong.values()), "\n".join(
        f"{name}: {line}" for name, lines in wrong.items() for line in lines[:10]
    )
