"""A record that went through LibreOffice is the same record."""

from pathlib import Path

import pytest

from messy import firm
from template.recalculate import recalculated

pytestmark = pytest.mark.libreoffice


def test_a_workbook_saved_by_libreoffice_is_the_same_record_without_a_problem(
    tmp_path: Path,
) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(firm.workbook())
    saved = firm.check(recalculated(path, tmp_path))
    assert firm.found(saved) == []
    assert saved.report.record == firm.check(path).report.record
