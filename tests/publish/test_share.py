"""Who may see a row is never guessed open: what stands under Share, and what that lets out.

The same words as cells of one column of one workbook: each row holds a text of its own, and the
view for ops holds exactly the texts whose Share is certain to let them out.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.cell import range_boundaries

from conftest import ASOF, Ran
from publish.firm import workbook
from sheetrecord.schema.names import column_name
from sheetrecord.schema.read.parse import Parsed, parse
from sheetrecord.schema.share import LEVELS, fold, strictest
from sheetrecord.workbooks.kinds import book_at
from xlsx.makebooks import members, rebuilt

RESTRICTED: list[Any] = [
    *("internal", "INTERNAL", " Internal ", "\u00a0Internal\u00a0", "Intern", "interno", "Interne"),
    *("Private", "Interna\u0301l", "internal only", "internl", "Internal!", "nur intern", "geheim"),
    *("confidential", "secret", "no", "none", "n/a", "?", "-", "x", "all", "everyone", "public"),
    *("ops only", "Opps", "Op", "O p s", "0ps", "Ops.", "ops?", "Ops, Client", "Ops/Finance"),
    *("not client", "Clients", "Cliient", "Cli\u200bent", "\u0421lient", "C\u0338lient"),
    *("Customer", "Kunden", "Klient", "mein kunde"),
    *("\uff23\uff4c\uff49\uff45\uff4e\uff54", "client ok?", "TRUE", "1", " "),
    *("\u00a0", "\u200b", "\u0438\u043d\u0442\u0435\u0440\u043d", "\u793e\u5916\u79d8", 1, 0, 2.5),
    *(True, False, dt.date(2026, 5, 4), dt.time(9, 30)),
    *('="Ops"', '=""', "=A1", "=NA()", "#REF!", "#N/A"),
]  # fmt: skip
"""Not certainly an open word: only the owner sees the row."""

IN_THE_FIRM: list[Any] = [None, "Ops", "ops", " OPS ", "Ops\u00a0", "Projekt", "proyecto"]
OUT: list[Any] = [
    "Client",
    "client",
    "CLIENT\u00a0",
    "  client ",
    "Kunde",
    "Cliente",
    "Clie\u0301nt",
]


def texts(told: list[Any]) -> list[str]:
    return [f"MARKER{number:03}END" for number, _ in enumerate(told)]


def firm(shares: list[Any], **spec: Any) -> bytes:
    """Return a firm with one row for each Share, on each sheet that has the column."""
    words = texts(shares)
    deal = {"deal_id": "D-0001", "client": "Acme", "deal_name": "Portal", "stage": "won",
            "currency": "EUR", "signed_on": dt.date(2026, 3, 1)}  # fmt: skip
    own = {"deal_id": "D-0001"}
    rows = {
        "Deal": [deal],
        "Context": [{**own, "kind": "constraints", "answer": f"C{word} marker"} for word in words],
        "Commitments": [{**own, "what": f"P{word}", "type": "promise"} for word in words],
        "Project": [{**own, "kind": "issue", "title": f"I{word}"} for word in words],
        "Fees": [],
        "Gaps": [],
    }
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows, **spec)))
    for sheet in ("Context", "Commitments", "Project"):
        row, column = header(book, sheet, "share")
        for number, share in enumerate(shares, start=1):
            cell = book[sheet].cell(row + number, column)
            cell.value = share
            if isinstance(share, str) and not share.startswith(("=", "#")):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def header(book: openpyxl.Workbook, sheet: str, key: str) -> tuple[int, int]:
    """Return the row and the column of a header, by its name."""
    area = book.defined_names[column_name(sheet, key)].attr_text.rpartition("!")[2]
    left, top, _, _ = range_boundaries(area.replace("$", ""))
    return int(top), int(left)


def published(run: Callable[..., Ran], path: Path, audience: str) -> str:
    """Return all that is made for an audience: pages, workbook, brief, letter, as one text."""
    client = ["--client", "Acme"] if audience == "client" else []
    done = run("publish", path, "--audience", audience, "--to", audience, *client)
    assert done.code == 0, done.err
    files = [file for file in (path.parent / audience).rglob("*") if file.is_file()]
    whole = [file.read_text("utf-8") for file in files]
    if audience == "ops":
        brief = run("brief", path, "D-0001", "--audience", "ops")
        found = run("find", "marker", path, "--audience", "ops", "--format", "json")
        whole += [brief.out, found.out] if found.code == 0 else [brief.out]
    if audience == "client":
        whole.append(run("say-back", path, "D-0001").out)
    done = run("publish", path, "--audience", audience, "--to", f"{audience}.xlsx", *client)
    assert done.code == 0, done.err
    with zipfile.ZipFile(path.parent / f"{audience}.xlsx") as package:
        whole += [package.read(part).decode() for part in package.namelist()]
    return "".join(whole)


def judged(data: bytes, tmp_path: Path) -> Parsed:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(data)
    return parse(book_at(str(path)), ASOF)


def test_every_word_lets_out_what_it_certainly_says_and_nothing_else(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    told = [*RESTRICTED, *IN_THE_FIRM, *OUT]
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm(told))
    reach = {"ops": [*IN_THE_FIRM, *OUT], "client": OUT, "owner": told}
    for audience, shares in reach.items():
        whole = published(run, path, audience)
        for share, word in zip(told, texts(told), strict=True):
            may = any(share is one for one in shares)
            found = {letter for letter in "CPI" if f"{letter}{word}" in whole}
            assert found == (set("CPI") if may else set()), f"{share!r} for {audience}"


def test_each_unreadable_cell_is_a_problem_of_its_own(tmp_path: Path) -> None:
    parsed = judged(firm(RESTRICTED), tmp_path)
    known = {fold(w) for w in ("internal", "intern", "interno", "interne", "private")}
    wanted = [n for n, s in enumerate(RESTRICTED) if not (isinstance(s, str) and fold(s) in known)]
    first = parsed.layout.sheets["Context"].header_row + 1
    for sheet in ("Context", "Commitments", "Project"):
        rows = [
            f.where.row
            for f in parsed.findings
            if f.code == "TYPE-020" and f.where.sheet == sheet and f.where.key == "share"
        ]
        assert rows == [first + number for number in wanted]
        assert {row.share for row in parsed.record.rows(sheet)} == {"internal"}


def test_blanks_that_a_file_does_not_keep_open_nothing(tmp_path: Path) -> None:
    """Programs write a text of blanks without saying that they are to stay; it shows nothing."""
    kept = b' xml:space="preserve"> </t>'

    def lost(name: str, content: bytes) -> tuple[str, bytes]:
        return name, content.replace(kept, b"> </t>")

    data = rebuilt(firm(["Ops", " "]), lost)
    assert not any(kept in part for part in members(data).values())
    parsed = judged(data, tmp_path)
    assert [row.share for row in parsed.record.rows("Context")] == ["ops", "internal"]


@given(st.text(max_size=12))
def test_no_word_but_a_known_one_opens_a_row(word: str) -> None:
    from sheetrecord.model.book import Book
    from sheetrecord.schema.share import Vocabulary

    open_words = {"ops", "client", "projekt", "proyecto", "projet", "kunde", "cliente"}
    levels = Vocabulary(Book("", {}), "en").levels(word)
    assert levels <= {"internal"} or fold(word) in open_words


@given(st.lists(st.sampled_from(LEVELS)), st.sampled_from(LEVELS))
def test_the_strictest_is_one_of_them_and_a_blank_row_is_none(levels: list[str], more: str) -> None:
    found = strictest([*levels, more])
    assert found in [*levels, more]
    assert all(LEVELS.index(found) <= LEVELS.index(level) for level in [*levels, more])
    assert strictest([*levels, "no such word"]) == "internal"


def lists_say(book: openpyxl.Workbook, label: str, code: str) -> None:
    """Let the firm's Lists read a label as a code."""
    area = book.defined_names["sr_list_share_label"].attr_text.rpartition("!")[2]
    left, top, _, _ = range_boundaries(area.replace("$", ""))
    book["Lists"].cell(int(top), int(left)).value = label
    area = book.defined_names["sr_list_share_code"].attr_text.rpartition("!")[2]
    left, top, _, _ = range_boundaries(area.replace("$", ""))
    book["Lists"].cell(int(top), int(left)).value = code


@pytest.mark.parametrize(
    ("label", "code", "share", "level"),
    [
        ("Board only", "internal", "board ONLY", "internal"),
        ("Everybody", "client", "Everybody", "client"),
        ("Internal", "client", "Internal", "internal"),
        ("Intern", "ops", "Intern", "internal"),
        ("Client", "ops", "Client", "internal"),
        ("Everybody", "everybody", "Everybody", "internal"),
        ("Ops", "oops", "Ops", "internal"),
    ],
)
def test_lists_may_add_a_word_and_never_loosen_one_that_ships(
    tmp_path: Path, label: str, code: str, share: str, level: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(firm([share])))
    lists_say(book, label, code)
    out = io.BytesIO()
    book.save(out)
    parsed = judged(out.getvalue(), tmp_path)
    assert parsed.record.context[0].share == level


def merged(book: openpyxl.Workbook) -> None:
    row, column = header(book, "Context", "share")
    book["Context"].merge_cells(
        start_row=row + 1, end_row=row + 2, start_column=column, end_column=column
    )


def blank_header(book: openpyxl.Workbook) -> None:
    book["Context"].cell(*header(book, "Context", "share")).value = None


def named_nowhere(book: openpyxl.Workbook) -> None:
    del book.defined_names[column_name("Context", "share")]


def gone(book: openpyxl.Workbook) -> None:
    named_nowhere(book)
    row, column = 3, next(c.column for c in book["Context"][3] if c.value == "Share")
    for number in range(row, row + 7):
        book["Context"].cell(number, column).value = None


def twice(book: openpyxl.Workbook) -> None:
    sheet = book["Context"]
    sheet.cell(3, sheet.max_column + 1).value = "Share"


def elsewhere(book: openpyxl.Workbook) -> None:
    row, column = header(book, "Context", "share")
    book["Context"].cell(row, column).value = "Mood"
    sheet = book["Context"]
    sheet.cell(row, sheet.max_column + 1).value = "Share"


def many_gone(book: openpyxl.Workbook) -> None:
    """Lose so many columns at once that they are said in one sentence."""
    for key in ("share", "role", "stance", "influence", "driver", "hardness", "chase_on", "note"):
        row, column = header(book, "Context", key)
        del book.defined_names[column_name("Context", key)]
        book["Context"].cell(row, column).value = None


def many_blank(book: openpyxl.Workbook) -> None:
    for cell in book["Context"][header(book, "Context", "share")[0]]:
        cell.value = None


def many_named_nowhere(book: openpyxl.Workbook) -> None:
    for key in ("share", "role", "stance", "influence", "driver", "hardness", "chase_on", "note"):
        del book.defined_names[column_name("Context", key)]


def header_row_gone(book: openpyxl.Workbook) -> None:
    book["Context"].delete_rows(header(book, "Context", "share")[0])


def only_beside(book: openpyxl.Workbook) -> None:
    named_nowhere(book)
    sheet, (row, column) = book["Context"], header(book, "Commitments", "share")
    del column
    own = next(c.column for c in sheet[row] if c.value == "Share")
    sheet.cell(row, own).value = None
    sheet.cell(row, sheet.max_column + 3).value = "Share"


def another(book: openpyxl.Workbook) -> None:
    book["Context"].cell(*header(book, "Context", "share")).value = "Note"


@pytest.mark.parametrize(
    "damage",
    [merged, blank_header, named_nowhere, gone, twice, elsewhere, another, many_gone, many_blank,
     many_named_nowhere, header_row_gone, only_beside],
)  # fmt: skip
def test_a_column_that_is_not_certainly_share_opens_nothing(
    run: Callable[..., Ran], tmp_path: Path, damage: Callable[..., None]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(firm([None, "Client", "Ops"])))
    damage(book)
    path = tmp_path / "firm.xlsx"
    book.save(path)
    whole = published(run, path, "ops")
    if damage is merged:
        assert [f"CMARKER{n:03}END" in whole for n in range(3)] == [False, False, True]
    else:
        assert "CMARKER" not in whole
    parsed = parse(book_at(str(path)), ASOF)
    assert {row.share for row in parsed.record.context if row.answer} <= {"internal", "ops"}
    said = run("validate", path, "--format", "json", "--asof", "2026-06-30").out
    assert '"TYPE-020"' in said or '"HEAD-020"' in said


@pytest.mark.parametrize("damage", [blank_header, named_nowhere])
@pytest.mark.parametrize(("shares", "seen"), [(["Ops", None], 0), (["Ops", "Internal"], 1)])
def test_a_fix_opens_no_row_on_which_nobody_said_who_may_see_it(
    run: Callable[..., Ran], tmp_path: Path, damage: Callable[..., None], shares: list[Any],
    seen: int,
) -> None:  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(firm(shares)))
    damage(book)
    path = tmp_path / "firm.xlsx"
    book.save(path)
    run("validate", path, "--fix", "--asof", "2026-06-30")
    whole = published(run, path, "ops")
    assert [f"CMARKER{n:03}END" in whole for n in range(2)] == [bool(seen), False]


def test_a_renamed_or_translated_header_with_its_name_is_still_share(tmp_path: Path) -> None:
    for header_text in ("Who sees it", "Sichtbar für", " SHARE: "):
        book = openpyxl.load_workbook(io.BytesIO(firm([None, "Ops", "Internal"])))
        book["Context"].cell(*header(book, "Context", "share")).value = header_text
        out = io.BytesIO()
        book.save(out)
        rows = judged(out.getvalue(), tmp_path).record.context
        assert [row.share for row in rows] == ["", "ops", "internal"]


@pytest.mark.parametrize("with_column", [True, False])
def test_tables_without_the_column_open_nothing(
    run: Callable[..., Ran], tmp_path: Path, *, with_column: bool
) -> None:
    head, rule, cell = ("share |", "---|", "  |") if with_column else ("", "", "")
    path = tmp_path / "firm.md"
    path.write_text(
        "| Deal | deal_id | client | stage | currency |\n|---|---|---|---|---|\n"
        "|  | D-0001 | Acme | won | EUR |\n\n"
        f"| Context | ctx_id | deal_id | kind | answer |{head}\n|---|---|---|---|---|{rule}\n"
        f"|  | X-1 | D-0001 | constraints | CMARKER000END |{cell}\n"
    )
    assert ("CMARKER000END" in published(run, path, "ops")) is with_column


def test_publish_says_which_cells_it_could_not_read(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm(["Internal", "intern only", "Ops", 1]))
    done = run("publish", path, "--to", "view")
    assert "6 rows are withheld" in done.out
    assert "Context!" in done.out
    assert "Commitments!" in done.out


def test_a_copy_as_tables_lets_out_no_more_than_its_workbook(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    told = [*RESTRICTED, *IN_THE_FIRM, *OUT]
    path, copy = tmp_path / "firm.xlsx", tmp_path / "firm.md"
    path.write_bytes(firm(told))
    copy.write_text(run("textconv", path).out, "utf-8")
    for audience in ("ops", "client"):
        whole, original = published(run, copy, audience), published(run, path, audience)
        for word in texts(told):
            for letter in "CPI":
                found = f"{letter}{word}"
                assert (found in whole) == (found in original), (word, audience)


def test_another_copy_does_not_make_an_unreadable_share_readable(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    """A formula under Share, blanks, a word: after a merge they open nothing in the other copy."""
    shares = [*RESTRICTED, None]
    base, theirs, out = (tmp_path / f"{name}.xlsx" for name in ("base", "theirs", "out"))
    base.write_bytes(firm(["Internal"] * len(shares)))
    book = openpyxl.load_workbook(base)
    for sheet in ("Context", "Commitments", "Project"):
        row, column = header(book, sheet, "share")
        for number, share in enumerate(shares[:-1], start=1):
            book[sheet].cell(row + number, column).value = share
    book.save(theirs)
    done = run("merge", base, base, theirs, "-o", out, "--allow", "all-changed")
    assert out.exists(), done.out + done.err
    assert "MARKER" not in published(run, out, "ops")


@pytest.mark.parametrize("how", ["cells", "no column", "its name is gone"])
def test_a_new_row_of_a_copy_that_cannot_tell_comes_as_internal(
    run: Callable[..., Ran], tmp_path: Path, how: str
) -> None:
    base, theirs, out = (tmp_path / f"{name}.xlsx" for name in ("base", "theirs", "out"))
    base.write_bytes(firm(["Ops"]))
    book = openpyxl.load_workbook(io.BytesIO(firm(["Ops", '="Ops"', " ", 1, "Ops", None])))
    if how == "no column":
        gone(book)
    elif how == "its name is gone":
        named_nowhere(book)
    book.save(theirs)
    assert run("merge", base, base, theirs, "-o", out).code in {0, 1}
    whole = published(run, out, "ops")
    seen = [f"CMARKER{n:03}END" in whole for n in range(6)]
    assert seen == [True, False, False, False, how == "cells", how == "cells"]


def test_blank_rows_that_stay_with_the_owner_do_reach_the_owner() -> None:
    from sheetrecord.core.view.audiences import AUDIENCES, Tightening, tighten

    less = Tightening(unmarked_stays=True)
    assert "" in tighten(AUDIENCES["owner"], less).levels
    assert "" not in tighten(AUDIENCES["ops"], less).levels


@pytest.mark.parametrize("ref", ["X-SECRET", " x-secret ", "X-OPEN, X-SECRET", "X-OPEN"])
def test_a_row_made_from_an_internal_one_stays_with_the_owner(
    run: Callable[..., Ran], tmp_path: Path, ref: str
) -> None:
    path = tmp_path / "firm.md"
    path.write_text(
        "| Deal | deal_id | client | stage | currency |\n|---|---|---|---|---|\n"
        "|  | D-0001 | Acme | won | EUR |\n\n"
        "| Context | ctx_id | deal_id | kind | answer | share |\n|---|---|---|---|---|---|\n"
        "|  | X-SECRET | D-0001 | risk | Secret | Internal |\n"
        "|  | X-OPEN | D-0001 | risk | Open |  |\n\n"
        "| Project | row_id | deal_id | kind | title | ctx_ref | share |\n"
        "|---|---|---|---|---|---|---|\n"
        f"|  | P-1 | D-0001 | issue | MADEFROMIT | {ref} | Ops |\n"
    )
    assert ("MADEFROMIT" in published(run, path, "ops")) is (ref == "X-OPEN")
    assert ("it comes from X-SECRET" in run("publish", path, "--why").out) is (ref != "X-OPEN")
