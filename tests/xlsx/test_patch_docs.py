"""The patcher's page names every reason to refuse."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITE = ROOT / "src" / "sheetrecord" / "xlsx" / "write"


def test_every_reason_in_the_code_is_on_the_page():
    page = (ROOT / "docs" / "xlsx.md").read_text("utf-8")
    reasons = {
        reason
        for path in WRITE.rglob("*.py")
        for reason in re.findall(r'Refused\(\s*"([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert len(reasons) > 20
    assert {reason for reason in reasons if f"`{reason}`" not in page} == set()
