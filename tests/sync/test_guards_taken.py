"""Guards against loss, taken away one by one: the case of each does not hold without it.

`scripts/mutate_guards.py` takes away every guard there is.
"""

from collections.abc import Callable

import pytest

from mutating import Guard, take_away
from sync import test_guards as cases

FIRST = "not copy.aside and (not alarms(found, copy.side, allow, self._meant(copy)))"
TAKING = "core/sync/ingest.py"

TAKEN: dict[Callable[[], None], tuple[Guard, str]] = {
    cases.test_a_copy_that_is_held_back_decides_nothing: (
        Guard(TAKING, "Taking._decide_first", FIRST),
        "not copy.aside",
    ),
    cases.test_a_file_that_was_set_aside_decides_nothing: (
        Guard(TAKING, "Taking._decide_first", FIRST),
        "not alarms(found, copy.side, allow, self._meant(copy))",
    ),
    cases.test_who_types_over_a_side_takes_only_their_own_away: (
        Guard(
            "core/sync/open_conflicts.py",
            "Disputes.retire",
            "(s.origin, s.value) != (origin, value)",
        ),
        "s.value != value",
    ),
    cases.test_a_row_emptied_but_for_what_cannot_be_read_stays: (
        Guard(
            "core/merge/planner.py",
            "_Planner._row",
            "base and similarity.hollowed(merger.sheet, base.cells, theirs.cells, hidden)",
        ),
        "False",
    ),
    lambda: cases.test_a_copy_that_reads_short_just_after_a_write_deletes_nothing(
        "a conflict of its own"
    ): (Guard(TAKING, "Taking.take", "copy.known and unreadable(copy)"), "False"),
    lambda: cases.test_a_sync_that_carries_on_another_may_die_as_well(2): (
        Guard(TAKING, "Taking._write", "old in session.bases"),
        "False",
    ),
}


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: case.__name__.removeprefix("test_"))
def test_without_its_guard_a_case_does_not_hold(
    case: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    case()
    take_away(*TAKEN[case], monkeypatch)
    with pytest.raises((AssertionError, LookupError)):
        case()
