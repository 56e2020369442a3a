"""A hash that stays the same says that nothing changed; one that differs, what did."""

from sheetrecord.xlsx import fingerprint, quick_sheets
from xlsx.readbook import MAIN, RELS, parts, rels, zipped

TWO = {
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>'
    '<sheet name="Deal" sheetId="1" r:id="rId1"/><sheet name="Fees" sheetId="2" r:id="rId4"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": rels(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId4", "worksheet", "worksheets/sheet2.xml"),
        ("rId3", "sharedStrings", "sharedStrings.xml"),
    ),
    "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
}
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
OTHER = '<row r="1"><c r="A1"><v>2</v></c></row>'


def test_a_files_fingerprint_changes_with_any_byte(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts(ONE)))
    before = fingerprint(path)
    assert fingerprint(path) == before
    path.write_bytes(path.read_bytes() + b"\0")
    assert fingerprint(path) != before


def test_a_changed_cell_changes_its_own_sheets_hash_only():
    before = quick_sheets(zipped(parts(ONE) | TWO))
    after = quick_sheets(zipped(parts(OTHER) | TWO))
    assert list(before) == ["Deal", "Fees"]
    assert before["Deal"] != after["Deal"]
    assert before["Fees"] == after["Fees"]


def test_a_changed_shared_string_changes_every_sheets_hash():
    before = quick_sheets(zipped(parts(ONE, "<si><t>a</t></si>") | TWO))
    after = quick_sheets(zipped(parts(ONE, "<si><t>b</t></si>") | TWO))
    assert all(before[name] != after[name] for name in before)


def test_a_moved_epoch_changes_every_sheets_hash():
    before = quick_sheets(zipped(parts(ONE)))
    after = quick_sheets(zipped(parts(ONE, workbook='<workbookPr date1904="1"/>')))
    assert before != after
