"""Markers planted before every verb that writes: none comes out where its row may not be seen.

A firm is made with a marker in every text of every row, each row with one of several ways to say
(or to fail to say) who may see it. Then the commands are run one after another, as people do, and
after each of them all that is published is searched for markers of rows that may not be in it.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from built import build
from conftest import Ran
from effort import some
from promote.firm import ready, together
from publish.taint import Planted, Taint, artefact_texts, fragments, leaked
from publish.test_share import header
from sheetrecord.core.view.audiences import AUDIENCES, LETTER, Audience
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.schema.column import Kind
from sheetrecord.schema.sheets import SHEETS

ASOF = ("--asof", "2026-03-04")
UNREAD: list[Any] = ["intern only", 1, dt.date(2026, 5, 4), '="Ops"', " ", "Opps", True, "#REF!"]
TEXTS = {Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK}
SPEC = TEMPLATES["consultancy"]._replace(seeded_deals=0, rows=dict.fromkeys(SHEETS, 20))
LEVELS = ("internal", "", "ops", "client")


class Firm:
    """A workbook on its way through the commands, and what was planted in it."""

    def __init__(self, folder: Path, run: Callable[..., Ran], turn: int) -> None:
        self.path, self.folder, self.run = folder / "firm.xlsx", folder, run
        self.taint, self.turn = Taint(), turn
        self.shares: list[tuple[str, str, Any]] = []
        old = ready("D-0002", stage="won", deal_name="Earlier")
        old["Context"][-1]["person"] = "Nadja Weiss"
        rows = together(old, ready("D-0001", prior_deal_id="D-0002"))
        own = {"deal_id": "D-0001"}
        rows["Project"] = [
            {**own, "row_id": f"P-100{n}", "kind": kind, "title": kind, "status": "open",
             "date_planned": dt.date(2026, 5, 1), "note": "n", "status_reason": "s"}
            for n, kind in enumerate(("issue", "milestone", "update", "change"))
        ]  # fmt: skip
        rows["Commitments"] += [
            {**rows["Commitments"][-1], "com_id": f"C-900{n}", "what": f"Limit {n}"}
            for n in range(4)
        ]
        for sheet in ("Context", "Commitments", "Project"):
            for number, row in enumerate(rows[sheet]):
                self._plant(sheet, row, number)
        self.path.write_bytes(build(SPEC, rows))
        self._mark()

    def _plant(self, sheet: str, row: dict[str, Any], number: int) -> None:
        level = LEVELS[(number + self.turn) % 4]
        row["share"] = level
        row.setdefault("note", "noted")
        row.setdefault("source_link", "by phone") if sheet != "Project" else None
        for column in SHEETS[sheet].columns:
            key, old = column.key, row.get(column.key)
            if column.kind in TEXTS and not column.derived and isinstance(old, str) and old != "?":
                told = {"deal": row["deal_id"], "level": level, "row": row}
                row[key] = f"{old} {self.taint.plant(sheet, key, **told)}"
        if level == "internal":
            unread = UNREAD[number // 4 % len(UNREAD)] if (number + self.turn) % 8 else "Internal"
            row_id = row[SHEETS[sheet].columns[0].key]
            self.shares.append((sheet, row_id, unread))

    def _mark(self) -> None:
        """Type what nobody can read into the rows that are to be kept back."""
        with self.editing() as book:
            for sheet, row_id, share in self.shares:
                self.cell(book, sheet, row_id, "share").value = share

    def editing(self, path: Path | None = None) -> Any:
        return _Editing(path or self.path)

    def cell(self, book: openpyxl.Workbook, sheet: str, row_id: str, key: str) -> Any:
        top, first = header(book, sheet, SHEETS[sheet].columns[0].key)
        _, column = header(book, sheet, key)
        rows = range(top + 1, book[sheet].max_row + 1)
        row = next(r for r in rows if book[sheet].cell(r, first).value == row_id)
        return book[sheet].cell(row, column)

    def ids(self, sheet: str, level: str) -> list[str]:
        """Return the ids of the first deal's rows of a level."""
        key = SHEETS[sheet].columns[0].key
        found = [p.row[key] for p in self.taint.planted if p.sheet == sheet and p.level == level]
        return list(dict.fromkeys(i for i in found if "D-0001" in self._deal(sheet, i)))

    def _deal(self, sheet: str, row_id: str) -> set[str]:
        key = SHEETS[sheet].columns[0].key
        return {p.deal_id for p in self.taint.planted if p.row.get(key) == row_id}

    def relevel(self, sheet: str, row_id: str, level: str) -> None:
        """Take note that people have changed who may see a row."""
        key = SHEETS[sheet].columns[0].key
        self.taint.planted = [
            p._replace(level=level) if p.row.get(key) == row_id and p.sheet == sheet else p
            for p in self.taint.planted
        ]

    def do(self, *words: object, codes: tuple[int, ...] = (0,)) -> None:
        ran = self.run(*words)
        assert ran.code in codes, f"{words}\n{ran.out}{ran.err}"

    def leaks(self, *, everything: bool = False, path: Path | None = None) -> list[tuple[str, ...]]:
        """Return what comes out that must not: where, sheet, column and Share."""
        book, out = path or self.path, self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        found = []
        for name in ("ops", "client", *(("finance",) if everything else ())):
            client = ["--client", "Acme"] if name == "client" else []
            for to in ("site", "view.xlsx") if everything else ("site",):
                self.do(
                    "publish", book, "--audience", name, *client, "--to", out / name / to, *ASOF
                )
            found += self._search(AUDIENCES[name], _files(out / name))
        pages = [("brief", book, "D-0001"), ("say-back", book, "D-0001")]
        for words in pages:
            told = self.run(*words, *ASOF)
            html = self.run(*words, "--format", "html", *ASOF)
            audience = LETTER if words[0] == "say-back" else AUDIENCES["ops"]
            found += self._search(audience, [(words[0], told.out), (f"{words[0]}.html", html.out)])
        if everything:
            told = self.run("find", "e", book, "--audience", "ops", "--format", "json", *ASOF)
            assert told.code == 0
            found += self._search(AUDIENCES["ops"], [("find", told.out)])
        return found

    def _search(
        self, audience: Audience, texts: list[tuple[str, str]]
    ) -> Iterator[tuple[str, ...]]:
        hidden = [p for p in self.taint.planted if not may_see(audience, p)]
        forbidden = set().union(*(fragments(p.marker) for p in hidden))
        for where, text in texts:
            for fragment in leaked(text, forbidden):
                at = next(p for p in hidden if fragment in p.marker)
                yield where, at.sheet, at.key, at.level, str(at.row.get("kind") or "")


class _Editing:
    """A workbook that another program changes and saves."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> openpyxl.Workbook:
        self.book = openpyxl.load_workbook(self.path)
        return self.book

    def __exit__(self, *_: object) -> None:
        self.book.save(self.path)


def may_see(audience: Audience, planted: Planted) -> bool:
    """Tell whether a marker may come out: its row by its Share, and for a client its column too.

    What a command copies from a row into the project is the firm's to see, if the row is.
    """
    if planted.level not in audience.levels:
        return False
    if not audience.outside:
        return True
    grant = audience.grants.get(planted.sheet)
    if grant is None or planted.key not in grant.columns:
        return False
    return grant.only is None or planted.row.get(grant.only[0]) in grant.only[1]


def _files(folder: Path) -> list[tuple[str, str]]:
    return [
        told
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for told in artefact_texts(str(file.relative_to(folder)), file.read_bytes())
    ]


@pytest.mark.parametrize("turn", some((1, 0, 3, 2), 2))
def test_no_marker_comes_out_through_the_handover(
    run: Callable[..., Ran], tmp_path: Path, turn: int
) -> None:
    firm = Firm(tmp_path, run, turn)
    own = (firm.path, "--deal", "D-0001", "--by", "Ines", *ASOF)
    steps: list[tuple[object, ...]] = [
        ("validate", firm.path, "--fix", *ASOF),
        ("validate", firm.path, "--annotate", *ASOF),
        ("waive", firm.path, "CTX-002", *own[1:], "--why", "So", "--until", "2026-12-31"),
        ("promote", *own),
        ("return", *own, "--code", "bad_fit", "--note", "No"),
        ("promote", *own),
        ("accept", *own),
        ("confirm", *own, *_wrong(firm), "--note", "Otherwise"),
        ("confirm", *own, "--all", "--kickoff"),
    ]
    for number, words in enumerate(steps):
        firm.do(*words, codes=(0, 1) if words[0] == "validate" else (0,))
        if (number + turn) % 4 == 0:
            assert not firm.leaks(), words
    with firm.editing() as book:
        for sheet, key in (("Commitments", "due_on"), ("Context", "date")):
            for row_id in firm.ids(sheet, "internal"):
                cell = firm.cell(book, sheet, row_id, key)
                cell.value = dt.date(2026, 12, 1) if cell.value else None
    firm.do("promote", *own, "--update", codes=(0, 1))
    firm.do("validate", firm.path, "--clean", *ASOF, codes=(0, 1))
    assert not firm.leaks(everything=True)
    with firm.editing() as book:
        firm.cell(book, "Deal", "D-0001", "stage").value = "Verbal yes"
    firm.do("promote", *own, "--reopen", codes=(0, 1))
    (tmp_path / "copy.md").write_text(run("textconv", firm.path).out, "utf-8")
    if turn == 1:
        assert not firm.leaks(path=tmp_path / "copy.md")


def _wrong(firm: Firm) -> list[str]:
    ids = [row_id for level in LEVELS for row_id in firm.ids("Context", level)[:2]]
    return [word for row_id in ids for word in ("--wrong", row_id)]


def test_no_marker_comes_out_through_copies(run: Callable[..., Ran], tmp_path: Path) -> None:
    firm = Firm(tmp_path, run, 0)
    firm.do("promote", firm.path, "--deal", "D-0001", "--by", "Ines", *ASOF)
    opened, closed = firm.ids("Context", "")[0], firm.ids("Commitments", "ops")[0]
    base, ours, theirs = (tmp_path / f"{name}.xlsx" for name in ("base", "ours", "theirs"))
    for path in (base, ours, theirs):
        shutil.copy(firm.path, path)
    firm.path.unlink()
    for path, share in ((ours, "Client"), (theirs, "Internal")):
        with firm.editing(path) as book:
            firm.cell(book, "Context", opened, "share").value = share
    with firm.editing(theirs) as book:
        firm.cell(book, "Commitments", closed, "share").value = "Internal"
    firm.relevel("Context", opened, "internal")
    firm.relevel("Commitments", closed, "internal")
    firm.do("merge", base, ours, theirs, "-o", firm.path, codes=(0, 1))
    assert not firm.leaks(), "a Share that two people dispute is the stricter one"
    why = run("publish", firm.path, "--why", "D-0001", *ASOF).out
    assert "two people set differently" in why
    firm.do("resolve", firm.path, "--all", "theirs")
    assert not firm.leaks()

    other = tmp_path / "ana.xlsx"
    shutil.copy(firm.path, other)
    tables = [f'[copies.{name}]\npath = "{name}.xlsx"\n' for name in ("firm", "ana")]
    (tmp_path / "sheetrecord.toml").write_text("\n".join(tables), "utf-8")
    firm.do("sync", "--trust", "--by", "Ana", codes=(0, 1))
    late = firm.ids("Context", "ops")[0]
    with firm.editing(other) as book:
        firm.cell(book, "Context", late, "share").value = '="Ops"'
    with firm.editing() as book:
        firm.cell(book, "Context", late, "note").value = "changed"
    firm.do("sync", "--trust", "--by", "Ana", codes=(0, 1))
    assert not firm.leaks(path=firm.path)
    firm.relevel("Context", late, "internal")
    with firm.editing(other) as book:
        firm.cell(book, "Context", late, "share").value = "Internal"
    firm.do("sync", "--trust", "--by", "Ana", codes=(0, 1))
    assert not firm.leaks(everything=True)
    firm.do("undo", "--trust", "--by", "Ana", codes=(0, 1))
    firm.relevel("Context", late, "ops")
    assert not firm.leaks()
    bank = tmp_path / "bank.csv"
    secret = firm.taint.plant("", "", level="internal")
    bank.write_text(
        f"Booking date,Payer,Reference,Amount,Currency\n2026-03-03,{secret},{secret},10.00,EUR\n"
    )
    words = ("--profile", "P", "--currency", "EUR", "--date-order", "ymd", "--apply", *ASOF)
    firm.do("reconcile", firm.path, "--bank", bank, *words, codes=(0, 1))
    assert not firm.leaks(everything=True)
