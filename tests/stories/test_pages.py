"""The pages that people read first do what they show."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stories.story import play, steps

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "stories").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_print_what_the_page_shows(page: Path, run: Callable[..., Any]) -> None:
    assert len(list(steps(page))) >= 2
    assert play(page, run)


def test_a_page_that_shows_something_else_fails(tmp_path: Path, run: Callable[..., Any]) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ sheetrecord explain CTX-001\nCTX-001  nothing of the kind\n```\n"
    )
    with pytest.raises(AssertionError, match="CTX-001"):
        play(page, run)


def test_the_readme_is_short_enough_to_read() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150
