"""The patcher's page names every reason to refuse."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITE = ROOT / "src" / "sheetrecord" / "xlsx" / "write"


def test_every_reason_in_the_code_is_on_the_page():
    import re

    page = (ROOT / "docs" / "xlsx.md").read_text("utf-8")
    for module in (
        "set_cells",
        "protected_cells",
        "cell_xml",
        "rows",
        "related_parts",
        "sheets",
        "notes",
    ):
        code = (WRITE / f"{module}.py").read_text("utf-8")
        for reason in re.findall(r'Refused\(\s*"([a-z0-9-]+)"', code):
            assert f"`{reason}`" in page, reason
