"""What identifies a copy's content: of nothing at all there is none."""

from pathlib import Path

import pytest

from sheetrecord.model.errors import CannotRead
from sheetrecord.workbooks.prints import of_file, of_folder


def test_an_empty_file_has_no_content_to_tell_by(tmp_path: Path) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(b"")
    with pytest.raises(CannotRead, match="0 bytes"):
        of_file(path)


def test_neither_has_a_folder_without_tables(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no table", "utf-8")
    with pytest.raises(CannotRead, match="no CSV files"):
        of_folder(tmp_path)


def test_a_folder_is_known_by_all_of_its_tables(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1", "utf-8")
    (tmp_path / "b.csv").write_text("2", "utf-8")
    before = of_folder(tmp_path)
    (tmp_path / "b.csv").write_text("3", "utf-8")
    assert of_folder(tmp_path).digest != before.digest
