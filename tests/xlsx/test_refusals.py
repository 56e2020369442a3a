"""Each refusal says in one line what is wrong and, behind a colon, what would have to change."""

import ast
import re
from pathlib import Path

import pytest

import sheetrecord.xlsx
from sheetrecord.xlsx import Refused, SetCell, open_workbook, patch
from xlsx.readbook import RELS, parts, worksheet, zipped

ROOT = Path(sheetrecord.xlsx.__file__).parent
REMEDY = re.compile(
    r"(: |\. If it is genuine, )"
    r"(?:in Excel, )?(answer|ask|change|check|choose|close|copy|correct|delete|do not|enter|free|"
    r"give|its sheets|insert|it has|leave|move|name|open|remove|rename|restore|save|shorten|split|"
    r"start|stop|use|write|add)"
)


def refusals() -> list[tuple[str, str]]:
    """Return where each `Refused` is made and its sentence, with … for what is put in."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if "Refused(" in source else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                words = [each for each in ast.walk(node.args[1]) if isinstance(each, ast.Constant)]
                text = "".join(str(each.value) for each in words)
                found.append((f"{path.name}:{node.lineno}", text))
    return found


@pytest.mark.parametrize(("where", "text"), refusals(), ids=lambda value: str(value)[:40])
def test_a_refusal_says_what_would_have_to_change(where: str, text: str) -> None:
    assert REMEDY.search(text), f"{where} says no remedy: {text}"
    assert "\n" not in text


def test_all_refusals_were_found() -> None:
    assert len(refusals()) > 60


LISTED = '<sheet name="Other" sheetId="2" r:id="rId9"/></sheets>'


def other(kind: str, target: str, *, held: bool = False) -> bytes:
    """Return a workbook whose second sheet is of this kind, and that may lack its part."""
    found = parts(worksheet("<row r='1'/>"))
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace("</sheets>", LISTED)
    if target:
        one = f'<Relationship Id="rId9" Type="{RELS}/{kind}" Target="{target}"/></Relationships>'
        listed = str(found["xl/_rels/workbook.xml.rels"])
        found["xl/_rels/workbook.xml.rels"] = listed.replace("</Relationships>", one)
    return zipped(found | ({f"xl/{target}": f"<{kind}/>"} if held else {}))


@pytest.mark.parametrize(
    ("data", "reason", "said"),
    [
        (other("worksheet", ""), "missing-part", "the file does not hold it"),
        (other("worksheet", "gone.xml"), "missing-part", "the file does not hold it"),
        (other("chartsheet", "c.xml", held=True), "not-a-grid", "is a chart sheet and has no"),
        (other("chartsheet", "gone.xml"), "not-a-grid", "is a chart sheet and has no"),
        (other("shape", "c.xml", held=True), "not-a-grid", "of a kind that is not known"),
    ],
    ids=["no relationship", "no part", "chart", "chart without its part", "unknown"],
)
def test_a_sheet_without_cells_is_called_what_it_is(data: bytes, reason: str, said: str) -> None:
    edit = SetCell("Other", "A1", 1)
    with open_workbook(data) as book:
        for use in (lambda: book.grid("Other"), lambda: patch(data, [edit])):
            with pytest.raises(Refused, match=said) as refusal:
                use()
            assert refusal.value.reason == reason
