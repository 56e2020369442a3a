"""For programs: the public, versioned JSON of a check. See docs/json/README.md."""

from collections.abc import Sequence

from sheetrecord.app.validate import Checked
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.answers.check import check_answer


def render(checked: Sequence[Checked], *, notes: bool) -> str:  # noqa: ARG001 - one signature
    """Return one object for one book, a list of objects for several; notes are always there."""
    told = [check_answer(one) for one in checked]
    return as_json(told[0] if len(told) == 1 else told)
