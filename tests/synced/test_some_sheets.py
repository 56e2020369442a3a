"""A copy with only some of the sheets is a view that somebody said it is, or nothing is done."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from messy.firm import ASOF, edited
from sheetrecord.app.handover import open_handover
from sheetrecord.app.merge import MergeRequest, merge_files
from sheetrecord.app.sync.status import status
from sheetrecord.app.validate import validate
from sheetrecord.cli.copies import sync as told
from sheetrecord.cli.copies.merge import _refused
from sheetrecord.cli.copies.speaker import Speaker
from sheetrecord.core.handover.promote import PromoteRequest, plan_promote
from sheetrecord.core.handover.response import Confirmation, plan_accept, plan_confirm
from sheetrecord.core.sync.view import view_of
from sheetrecord.model.errors import CannotRead
from sheetrecord.schema.sheets import SHEETS
from synced.office import FEES, Office, line
from synced.test_people import exported

TABLE = {
    # the copy has lost        one sentence names                 ops may accept there
    "Context": (["Context"], "the sheet Context is", False),
    "Commitments": (["Commitments"], "the sheet Commitments is", False),
    "Project": (["Project"], "the sheet Project is", False),
    "Fees": (["Fees"], "the sheet Fees is", True),
    "all but Deal and Context": (
        ["Commitments", "Project", "Fees"],
        "the sheets Commitments, Project and Fees are",
        False,
    ),
    "all but Deal": (
        ["Context", "Commitments", "Project", "Fees"],
        "the sheets Context, Commitments, Project and Fees are",
        False,
    ),
}
CASES = pytest.mark.parametrize(("gone", "sentence", "accepts"), TABLE.values(), ids=TABLE)
KINDS = pytest.mark.parametrize("kind", ["xlsx", "csv"])


def lose(sheets: Iterable[str]) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        for sheet in sheets:
            del book[sheet]

    return change


def partly(office: Office, kind: str, gone: Iterable[str]) -> Path:
    """Return a synced copy, from which somebody then deletes sheets."""
    path = office.ana
    if kind == "csv":
        path = office.folder / "csv"
        exported(office, path)
        office.paths = [office.office, path]
        office.sync()
        for sheet in gone:
            (path / f"{sheet}.csv").unlink()
    else:
        office.change(path, lose(gone))
    return path


def counts(office: Office, path: Path | None = None) -> dict[str, int]:
    return {sheet: len(office.rows(sheet, path)) for sheet in SHEETS}


def content(path: Path) -> list[bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [file.read_bytes() for file in files]


@KINDS
@CASES
def test_every_verb_refuses_a_copy_that_lost_sheets_and_writes_nothing(
    office: Office, kind: str, gone: list[str], sentence: str, accepts: bool
) -> None:
    before = counts(office)
    path = partly(office, kind, gone)
    stood = content(path)

    report = office.sync()
    assert sentence in report.away[str(path)]
    assert told.exit_code(report) == 1
    assert counts(office) == counts(office, office.office) == before
    assert office.conflicts() == {}

    [at] = [one for one in status(office.targets(), ASOF).copies if one.name == str(path)]
    assert sentence in at.why
    assert at.state != "in step"

    out = office.folder / "out.xlsx"
    merged = merge_files(
        MergeRequest(str(office.office), str(office.office), str(path), str(out)), today=ASOF
    )
    [first, *_] = _refused(merged, Speaker(merged.language))
    assert sentence in first
    assert not out.exists()

    context = open_handover(str(path), today=ASOF, only_plan=True).context
    step = plan_promote(context, PromoteRequest("D-0001", "Mara"))
    assert step.outcome == "refused"
    said = [problem.message for problem in step.refusals if "cannot be found" in problem.message]
    named = sentence[0].upper() + sentence[1:].rsplit(" ", 1)[0]
    assert said == [f"{named} cannot be found in this copy."]
    assert (plan_accept(context, "D-0001", "Ben Okafor").outcome != "refused") is accepts
    if "Context" in gone:
        sure = Confirmation(everything=True, kickoff=True)
        assert plan_confirm(context, "D-0001", "Ben Okafor", sure).outcome == "refused"

    found = validate(str(path), today=ASOF)
    assert {p.where.sheet for p in found.report.problems if p.code == "HEAD-001"} == {*gone}
    assert content(path) == stood


@KINDS
def test_without_its_deals_a_copy_is_never_taken_not_even_when_allowed(
    office: Office, kind: str
) -> None:
    before, path = counts(office), partly(office, kind, ["Deal"])
    report = office.sync(allow=["sheet-missing"])
    assert "the sheet Deal is missing" in report.away[str(path)]
    assert counts(office) == before
    copy, out = str(office.office), str(office.folder / "out.xlsx")
    request = MergeRequest(copy, copy, str(path), out)
    merged = merge_files(request._replace(allow=frozenset({"sheet-missing"})), today=ASOF)
    assert not merged.written
    assert "--allow" not in " ".join(_refused(merged, Speaker(merged.language)))
    with pytest.raises(CannotRead, match="the sheet Deal cannot be found"):
        open_handover(str(path), today=ASOF, only_plan=True)


@KINDS
@pytest.mark.parametrize("said_by", ["settings", "the person"])
def test_a_copy_that_is_said_to_be_a_view_is_synced_in_the_sheets_it_has(
    office: Office, kind: str, said_by: str
) -> None:
    before, path = counts(office), partly(office, kind, ["Fees", "Project"])
    office.change(office.office, lambda book: book["Deal"].cell(5, 3).__setattr__("value", "Yard"))
    office.type(office.office, 4, note="typed in the whole one")
    allow = ["sheet-missing"] if said_by == "the person" else []
    if said_by == "settings":
        office.views = {path: view_of(hide=["Fees", "Project"])}
    report = office.sync(allow=allow)
    assert report.away == {}
    assert report.conflicts == ()
    assert counts(office) == counts(office, office.office) == before
    assert office.fees()[line(0)].note == "typed in the whole one"
    assert len(office.fees(office.office)) == FEES
    office.settled()


def test_a_copy_that_joins_with_some_sheets_waits_until_somebody_says_that_it_is_a_view(
    office: Office,
) -> None:
    joined = office.folder / "joined.xlsx"
    joined.write_bytes(edited(office.ana.read_bytes(), lose(["Fees"])))
    office.paths = [office.office, joined]
    before = counts(office)
    assert "the sheet Fees is missing" in office.sync().away[str(joined)]
    assert counts(office) == before
