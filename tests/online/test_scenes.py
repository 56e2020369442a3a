"""Scenes at the port hold, and each fault put into the adapter on purpose breaks one of them."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from online.scenes import OTHERWISE, SCENES, Desk
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.workbooks.google import batch, draft, judge, model, writing
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheetrecord.workbooks.port import Revision, WorkbookReading

Patch = pytest.MonkeyPatch


@pytest.mark.parametrize("scene", [*SCENES, *OTHERWISE], ids=lambda scene: scene.__name__)
def test_a_scene_holds(scene: Callable[[Desk], None], tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    scene(desk)
    assert desk.google.violations == []


def no_fence(patch: Patch) -> None:
    """Every write has a number of its own, and none deletes what another one keeps."""
    numbers = itertools.count(1)
    patch.setattr(writing, "settled", lambda sheet: [])
    patch.setattr(writing, "next_number", lambda start: next(numbers))


def no_image(patch: Patch) -> None:
    patch.setattr(batch, "_images", lambda draft, note: iter(()))


def image_of_the_wrong_row(patch: Patch) -> None:
    real = batch.ranges.whole_rows
    patch.setattr(
        batch.ranges, "whole_rows", lambda sheet, top, bottom: real(sheet, top + 1, bottom + 1)
    )


def no_withdrawal(patch: Patch) -> None:
    patch.setattr(writing.Writer, "take_back", lambda self, note: None)


def no_verdict(patch: Patch) -> None:
    """Rows are taken for those that were meant."""
    patch.setattr(judge, "_moved", lambda tab, image: False)


def version_after_the_reading(patch: Patch) -> None:
    def read(self: Any, version: Any) -> WorkbookReading:
        sheet = self._service.read()
        book = model.book_of(sheet)
        revision = (model.digest_of(sheet), self._service.version().number)
        return WorkbookReading(Revision(*revision), book, sheet)

    patch.setattr(GoogleSheet, "_read", read)


def blind_repetition(patch: Patch) -> None:
    """A batch whose answer is lost is sent again as it is, and nothing tells that it was."""
    no_fence(patch)

    def sent(self: Any, one: Any, start: Any) -> Any:
        from sheetrecord.workbooks.google.http import AnswerLost

        try:
            self._service.send(batch.body_of(one.requests))
        except AnswerLost:
            number = one.note.number + 1000
            text = repr(one.requests).replace(f"_{one.note.number}", f"_{number}")
            again = [
                request
                for request in eval(text)
                if not {"addSheet", "copyPaste", "deleteSheet"} & request.keys()
            ]
            self._service.send(batch.body_of(again))
        return self._service.read()

    patch.setattr(writing.Writer, "_sent", sent)


def as_if_typed(patch: Patch) -> None:
    """Texts are entered as a person types them."""
    from sheets_server.typed import entered

    real = draft.entered
    patch.setattr(
        draft,
        "entered",
        lambda value: (
            entered(value).get("userEnteredValue", {}) if isinstance(value, str) else real(value)
        ),
    )


def results_count(patch: Patch) -> None:
    patch.setattr(model, "said", repr)


MUTANTS: Final = (
    no_fence,
    no_image,
    image_of_the_wrong_row,
    no_withdrawal,
    no_verdict,
    version_after_the_reading,
    blind_repetition,
    as_if_typed,
    results_count,
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_fault_of_the_adapter_is_seen(
    mutant: Callable[[Patch], None], tmp_path: Path, monkeypatch: Patch
) -> None:
    mutant(monkeypatch)
    assert any(_breaks(scene, tmp_path) for scene in SCENES), f"no scene sees {mutant.__name__}"


def _breaks(scene: Callable[[Desk], None], folder: Path) -> bool:
    try:
        scene(Desk(folder))
    except (AssertionError, LookupError, SheetRecordError):
        return True
    return False
