"""The patcher's page names every reason to refuse."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_reason_in_the_code_is_on_the_page():
    import re

    page = (ROOT / "docs" / "xlsx.md").read_text("utf-8")
    for module in ("setcells", "guards", "cellxml", "rows", "companions", "sheets", "notes"):
        code = (ROOT / "src" / "sheetrecord" / "xlsx" / f"{module}.py").read_text("utf-8")
        for reason in re.findall(r'Refused\(\s*"([a-z0-9-]+)"', code):
            assert f"`{reason}`" in page, reason
