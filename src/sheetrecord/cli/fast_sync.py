"""`sync [BOOK]...` and nothing else, when there is nothing to do: told without loading the sync.

What it prints and returns is what `cli.copies.sync` does then.
"""

from collections.abc import Sequence

from sheetrecord.app.settings.places import store_at
from sheetrecord.app.sync.named_copies import asked_copies
from sheetrecord.app.sync.up_to_date import language_at_rest
from sheetrecord.cli import printing
from sheetrecord.cli.context import BookFinder
from sheetrecord.cli.texts.copies import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.model.errors import SheetRecordError


def run(names: Sequence[str]) -> int | None:
    """Report that a sync has nothing to do and return its exit code; None to run the sync."""
    words = answer(names)
    if words is None:
        return None
    return 0 if printing.heard(words) else 1


def answer(names: Sequence[str]) -> str | None:
    """Return the output of a sync that has nothing to do; None for any other."""
    try:
        settings = BookFinder().together(names)
        if len(settings) != 1:
            return None
        asked = asked_copies(names, settings[0])
        language = language_at_rest(asked, store_at(settings[0]))
        if not language:
            return None
    except (SheetRecordError, OSError):
        return None  # the sync says it in full
    says = Says(language, TEXTS)
    copies = says.count(len(asked.copies), "copy")
    return f"{copies}, {says.say('nothing new')}. {says.say('nothing to do')}"
