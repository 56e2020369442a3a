"""Which words of what the schema declares a language lacks, all of them at once."""

from collections.abc import Iterator
from typing import Any

from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.packs import LANGUAGES, MissingWord, pack
from sheetrecord.schema.sheets import SHEETS


def missing_words() -> Iterator[MissingWord]:
    """Yield each title, header, help and label that a language lacks; `str` says where to add it.

    Those who build templates and docs ask first, so that nothing is made of half a language.
    """
    for language in LANGUAGES:
        words = pack(language)
        wanted = [
            *((words.sheets, (sheet,)) for sheet in SHEETS),
            *((told, (one.sheet, column.key))
              for one in SHEETS.values() for column in one.columns
              for told in (words.columns, words.help)),
            *((words.enums, (name, code)) for name, codes in ENUMS.items() for code in codes),
        ]  # fmt: skip
        for told, keys in wanted:
            try:
                found: Any = told
                for key in keys:
                    found = found[key]
            except MissingWord as error:
                yield error
