"""The generation stamp of a workbook: two places, and what happens when one of them is lost."""

from typing import Any

import pytest

from messy.firm import edited, workbook
from sheetrecord.formats.patching import patched
from sheetrecord.formats.stamp import (
    GENERATION,
    RECORD,
    SHEET,
    Stamp,
    WorkbookStamps,
    read_marks,
    stamp_edits,
)
from sheetrecord.formats.xlsx import book_of
from sheetrecord.model.cell_edits import in_order
from sheetrecord.xlsx import open_workbook


def marks(data: bytes) -> WorkbookStamps:
    return read_marks(book_of(open_workbook(data), "firm.xlsx"))


def stamped(data: bytes, generation: int, record: str = "abc") -> bytes:
    book = book_of(open_workbook(data), "firm.xlsx")
    return patched(data, in_order(list(stamp_edits(Stamp(record, generation), book)))).data


def test_a_workbook_that_was_never_stamped_has_none() -> None:
    found = marks(workbook())
    assert (found.stamp, found.candidates, found.doubt) == (Stamp(), (), "")


def test_a_stamp_stands_in_both_places_and_the_next_one_replaces_it() -> None:
    data = stamped(stamped(workbook(), 7), 8)
    found = marks(data)
    assert found == WorkbookStamps(Stamp("abc", 8), Stamp("abc", 8))
    assert found.doubt == ""
    sheets = {sheet.name: sheet.state for sheet in open_workbook(data).sheets}
    assert sheets[SHEET] == "hidden"


def test_the_same_stamp_again_changes_no_byte() -> None:
    data = stamped(workbook(), 7)
    assert stamped(data, 7) == data


def drop_properties(book: Any) -> None:
    del book.custom_doc_props[RECORD]
    del book.custom_doc_props[GENERATION]


def drop_sheet(book: Any) -> None:
    del book[SHEET]


@pytest.mark.parametrize(
    ("change", "where"),
    [(drop_properties, "document properties"), (drop_sheet, "hidden sheet")],
    ids=["properties lost", "sheet lost"],
)
def test_a_stamp_that_was_lost_in_one_place_is_told_and_the_other_counts(
    change: Any, where: str
) -> None:
    found = marks(edited(stamped(workbook(), 7), change))
    assert found.stamp == Stamp("abc", 7)
    assert where in found.doubt


def test_two_stamps_that_disagree_are_both_candidates_and_that_is_said() -> None:
    def older(book: Any) -> None:
        book[SHEET]["B2"] = 3

    found = marks(edited(stamped(workbook(), 7), older))
    assert found.candidates == (Stamp("abc", 7), Stamp("abc", 3))
    assert "disagree" in found.doubt


@pytest.mark.parametrize("value", ["seven", -1, 1.5, None, "#REF!"], ids=str)
def test_a_spoilt_generation_is_none(value: Any) -> None:
    def spoil(book: Any) -> None:
        book[SHEET]["B2"] = value
        del book.custom_doc_props[GENERATION]

    assert marks(edited(stamped(workbook(), 7), spoil)).stamp == Stamp("abc", 0)
