"""Commands on the workbook that is open in LibreOffice do what they do on a file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from live.kinds import LIBREOFFICE
from workbooks import test_commands as commands

pytestmark = [
    pytest.mark.slow,
    pytest.mark.libreoffice,
    pytest.mark.uno,
    pytest.mark.usefixtures("desk"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
DONE = (
    commands.test_a_deal_is_promoted_and_accepted,
    commands.test_what_has_one_meaning_is_fixed_and_marked,
    commands.test_copies_are_synced_both_ways_and_their_conflict_decided,
)


@pytest.mark.parametrize("done", DONE, ids=lambda done: done.__name__)
def test_it_is_done_in_the_open_document(
    done: Callable[..., None], run: Callable[..., Ran], tmp_path: Path
) -> None:
    done(LIBREOFFICE, run, tmp_path)
