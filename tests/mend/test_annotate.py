"""Notes and the sheet of problems: put, replaced, taken away, and nobody else's touched."""

import io
from pathlib import Path
from typing import Any

import pytest

from mend import drafts, laden
from messy import firm
from sheetrecord.app.annotate import MARK
from sheetrecord.xlsx import SetNote, open_workbook, patch
from template.recalculate import recalculated

STRUCTURE = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


def broken() -> bytes:
    rows = drafts.rows_with("Deal", value_net="28k", stage="purple")
    return firm.workbook(rows)


def test_each_cell_with_a_problem_gets_a_note_and_each_problem_a_line(tmp_path: Path) -> None:
    draft = drafts.marked(drafts.on_disk(tmp_path, broken()))
    noted = drafts.notes(draft.transaction.image())
    shown = [p for p in draft.checked.report.problems if p.severity > 1]
    assert noted.keys() == {p.where.address for p in shown if p.where.row and p.where.column}
    assert noted["Deal!H4"].startswith('TYPE-001 error: "28k" is text')
    lines = drafts.cells(draft.transaction.image())
    assert {lines[f"Problems!{row}.3"] for row in range(4, 4 + len(shown))} == {
        p.where.address for p in shown
    }


def test_a_line_leads_to_its_cell_and_the_sheet_is_easy_to_read(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    draft = drafts.marked(drafts.on_disk(tmp_path, broken()))
    sheet = load_workbook(io.BytesIO(draft.transaction.image()))["Problems"]
    for row in range(4, sheet.max_row + 1):
        assert sheet.cell(row, 3).hyperlink.location == sheet.cell(row, 3).value
    assert sheet.freeze_panes == "A4"
    assert [sheet.cell(3, column).font.b for column in range(1, 7)] == [True] * 6
    assert sheet["E4"].alignment.wrap_text
    assert sheet.column_dimensions["E"].width > 40


def test_annotating_again_writes_nothing(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())
    path.write_bytes(drafts.marked(path).transaction.image())
    draft = drafts.marked(path)
    assert not draft.changed
    assert draft.transaction.image() == path.read_bytes()


def test_the_next_run_replaces_what_the_last_one_left(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())
    path.write_bytes(drafts.marked(path).transaction.image())
    path.write_bytes(firm.edited(path.read_bytes(), mended))
    draft = drafts.marked(path)
    noted = drafts.notes(draft.transaction.image())
    assert "Deal!H4" not in noted
    assert "Deal!D4" in noted
    titles = [sheet.name for sheet in open_workbook(draft.transaction.image()).sheets]
    assert titles.count("Problems") == 1
    assert not [t for t in titles if t.startswith("Problems (")]


def mended(book: Any) -> None:
    book["Deal"]["H4"] = 28000


@pytest.mark.parametrize("how", ["mend all, annotate again", "clean"])
def test_nothing_of_ours_stays_when_nothing_is_left(how: str, tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())
    path.write_bytes(drafts.marked(path).transaction.image())
    if how == "clean":
        after = drafts.cleaned(path).transaction.image()
        assert drafts.cells(after) == drafts.cells(broken())
    else:
        asked = drafts.ASKED._replace(choice=drafts.ASKED.choice._replace(ignore=("",)))
        after = drafts.marked(path, asked).transaction.image()
    assert not drafts.notes(after)
    workbook = open_workbook(after)
    assert MARK not in {name.name for name in workbook.names}
    assert [s.name for s in workbook.sheets] == [s.name for s in open_workbook(broken()).sheets]


def test_clean_on_a_workbook_without_marks_changes_nothing(tmp_path: Path) -> None:
    assert not drafts.cleaned(drafts.on_disk(tmp_path, broken())).changed


def test_a_persons_note_is_neither_replaced_nor_removed(tmp_path: Path) -> None:
    data = patch(broken(), [SetNote("Deal", "H4", "Carla said so", "Ana")]).data
    path = drafts.on_disk(tmp_path, data)
    draft = drafts.marked(path)
    assert drafts.notes(draft.transaction.image())["Deal!H4"] == "Carla said so"
    assert "Deal!H4" in drafts.cells(draft.transaction.image()).values()
    path.write_bytes(draft.transaction.image())
    assert drafts.notes(drafts.cleaned(path).transaction.image()) == {"Deal!H4": "Carla said so"}


def test_a_note_of_ours_that_somebody_wrote_into_is_theirs(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())
    data = drafts.marked(path).transaction.image()
    answered = drafts.notes(data)["Deal!H4"] + " Ana: will ask on Monday"
    path.write_bytes(patch(data, [SetNote("Deal", "H4", answered, "sheetrecord")]).data)
    assert drafts.notes(drafts.cleaned(path).transaction.image()) == {"Deal!H4": answered}


def test_a_sheet_called_problems_of_the_firms_own_stays(tmp_path: Path) -> None:
    def own(book: Any) -> None:
        book.create_sheet("problems")["A1"] = "with the printer"

    path = drafts.on_disk(tmp_path, firm.edited(broken(), own))
    path.write_bytes(drafts.marked(path).transaction.image())
    titles = [s.name for s in open_workbook(path.read_bytes()).sheets]
    assert titles[-2:] == ["problems", "Problems (2)"]
    assert not drafts.marked(path).changed
    cleaned = drafts.cleaned(path).transaction.image()
    assert [s.name for s in open_workbook(cleaned).sheets] == titles[:-1]
    assert drafts.cells(cleaned)["problems!1.1"] == "with the printer"


def test_our_sheet_is_known_after_somebody_renamed_it(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())

    def rename(book: Any) -> None:
        book["Problems"].title = "To mend"
        book.defined_names[MARK].attr_text = "'To mend'!$A$1"

    path.write_bytes(firm.edited(drafts.marked(path).transaction.image(), rename))
    titles = [s.name for s in open_workbook(drafts.cleaned(path).transaction.image()).sheets]
    assert "To mend" not in titles


def test_our_marks_survive_a_save_by_another_program(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())
    path.write_bytes(firm.edited(drafts.marked(path).transaction.image(), str))
    assert not drafts.marked(path).changed
    assert not drafts.notes(drafts.cleaned(path).transaction.image())


@pytest.mark.libreoffice
def test_our_marks_survive_a_save_in_libreoffice(tmp_path: Path) -> None:
    path = drafts.on_disk(tmp_path, broken())
    path.write_bytes(drafts.marked(path).transaction.image())
    saved = recalculated(path, tmp_path / "saved")
    assert not drafts.marked(saved).changed
    assert not drafts.notes(drafts.cleaned(saved).transaction.image())
    assert not drafts.fixed(saved)[1]


def test_a_note_on_what_somebody_waived_is_not_put(tmp_path: Path) -> None:
    waiver = {
        "waived": "TYPE-001",
        "waived_by": "Ana",
        "waived_why": "known",
        "waived_until": firm.day(12, 31),
    }
    rows = drafts.rows_with("Deal", value_net="28k")
    rows["Deal"][0] |= waiver
    draft = drafts.marked(drafts.on_disk(tmp_path, firm.workbook(rows)))
    assert "Deal!H4" not in drafts.notes(draft.transaction.image())
    assert "waived" in drafts.cells(draft.transaction.image()).values()


# -- what people's workbooks hold ------------------------------------------------------------


def test_annotating_touches_only_notes_and_the_new_sheet(tmp_path: Path) -> None:
    before = laden.workbook()
    path = drafts.on_disk(tmp_path, before, "firm.xlsm")
    draft = drafts.marked(path)
    changed = drafts.touched(before, draft.transaction.image()) - STRUCTURE
    one, two = drafts.parts(before), drafts.parts(draft.transaction.image())
    added = {name for name in changed if name not in one}
    rels = {f"xl/worksheets/_rels/{n.rsplit('/', 1)[1]}.rels" for n in one if "/sheet" in n}
    allowed = {"xl/styles.xml", *rels}
    notes = {n for n in changed if "omments/comment" in n or "comments" in n or n.endswith(".vml")}
    sheets = changed - notes - added - allowed
    for name in sheets:  # a sheet with its first note says where their boxes are drawn
        assert two[name].replace(legacy(two[name]), b"") == one[name]
    assert two["xl/vbaProject.bin"] == laden.MACRO
    assert (
        two["xl/threadedComments/threadedComment1.xml"]
        == (one["xl/threadedComments/threadedComment1.xml"])
    )
    noted = drafts.notes(draft.transaction.image())
    assert noted["Deal!D4"].startswith("[Threaded comment]")
    assert noted["Deal!H4"] == "Carla said so on the phone"
    assert drafts.cells(before).items() <= drafts.cells(draft.transaction.image()).items()


def legacy(sheet: bytes) -> bytes:
    start = sheet.index(b"<legacyDrawing")
    return sheet[start : sheet.index(b"/>", start) + 2]


def test_a_laden_workbook_is_as_before_when_cleaned(tmp_path: Path) -> None:
    before = laden.workbook()
    path = drafts.on_disk(tmp_path, before, "firm.xlsm")
    path.write_bytes(drafts.marked(path).transaction.image())
    after = drafts.cleaned(path).transaction.image()
    assert drafts.cells(after) == drafts.cells(before)
    assert drafts.notes(after) == drafts.notes(before)


def test_mending_a_laden_workbook_touches_only_the_sheets_it_mends(tmp_path: Path) -> None:
    before = laden.workbook()
    draft, changes = drafts.fixed(drafts.on_disk(tmp_path, before, "firm.xlsm"))
    assert {c.where.address for c in changes} >= {"Deal!H4", "Deal!D4", "Fees!A5"}
    changed = drafts.touched(before, draft.transaction.image()) - {
        "xl/workbook.xml",
        "xl/styles.xml",
    }
    assert {name.rpartition("/")[0] for name in changed} == {"xl/worksheets"}
    mended = {(c.where.sheet, c.where.row, c.where.column) for c in changes}
    was, now = (
        drafts.cells(before, cached=False),
        drafts.cells(draft.transaction.image(), cached=False),
    )
    differ = {k for k in was.keys() | now.keys() if was.get(k) != now.get(k)}
    assert differ == {f"{sheet}!{row}.{column}" for sheet, row, column in mended}
    assert "The sheet 'Fees' is protected; it was changed and stays protected." in draft.remarks
    assert "The macros are untouched." in draft.remarks


@pytest.mark.parametrize(
    ("language", "title", "note"),
    [
        ("de", "Probleme", "TYPE-001 Fehler: „28k“ ist Text"),
        ("es", "Problemas", "TYPE-001 error: «28k» es texto"),
        ("fr", "Problèmes", "TYPE-001 erreur: « 28k » est du texte"),
    ],
)
def test_notes_sheet_and_page_speak_the_language_of_the_workbook(
    tmp_path: Path, language: str, title: str, note: str
) -> None:
    from publish.firm import usual, workbook
    from sheetrecord.cli.render import render
    from sheetrecord.core.check_words import CHECK_WORDS
    from sheetrecord.schema.packs import pack

    def broken_in(book: Any) -> None:
        deals = book[pack(language).sheets["Deal"]]
        value = next(c for row in deals.iter_rows() for c in row if c.value == 100_000)
        value.value = "28k"

    path = drafts.on_disk(tmp_path, firm.edited(workbook(usual(), language=language), broken_in))
    draft = drafts.marked(path)
    assert any(text.startswith(note) for text in drafts.notes(draft.transaction.image()).values())
    lines = drafts.cells(draft.transaction.image())
    assert lines[f"{title}!1.1"].startswith(CHECK_WORDS[language]["headline"])
    assert lines[f"{title}!3.5"] == CHECK_WORDS[language]["wrong"]
    page = render("html", [draft.checked], notes=False)
    assert f'<html lang="{language}">' in page
    assert CHECK_WORDS[language]["wrong and do"] in page.replace("&#x27;", "'")
    path.write_bytes(draft.transaction.image())
    cleaned = drafts.cleaned(path).transaction.image()
    assert title not in {one.name for one in open_workbook(cleaned).sheets}


def test_every_language_has_every_word_around_problems() -> None:
    from sheetrecord.core.check_words import CHECK_WORDS

    keys = {language: set(words) for language, words in CHECK_WORDS.items()}
    assert len({frozenset(found) for found in keys.values()}) == 1
