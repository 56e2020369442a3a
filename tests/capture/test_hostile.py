"""Files that were damaged or made to hurt: refused in a sentence or read, never a bug."""

import random
from contextlib import suppress

import pytest

from capture.mails import US, captured, mail
from capture.test_sources import KINDS
from sheetrecord.core.capture.find import capture
from sheetrecord.model.errors import CannotRead
from sheetrecord.sources.reading import read_source

FILES = {"a.eml": mail("The opening is on 3 June.\n"), **{k: v[0] for k, v in KINDS.items()}}


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    chance = random.Random(name)
    for _ in range(60):
        data = bytearray(FILES[name])
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randint(0, 6)] = chance.randbytes(chance.randint(0, 6))
        with suppress(CannotRead):
            file = read_source(bytes(data), name)
            assert all(one.message in file.messages for one in capture([file], US).findings)


@pytest.mark.parametrize("unit", ["we will provide the ", "the board ", "i think that we "])
def test_a_sentence_without_an_end_is_none(unit: str) -> None:
    assert captured(mail(f"{unit * 2_000}by 3 June\n")).findings == ()


def test_a_thread_of_thousands_of_lines_is_read() -> None:
    text = "> yes\n" * 2_000 + "Somebody wrote:\n" * 1_000 + "Thanks\n" * 1_000
    [one] = captured(mail(f"The opening is on 3 June.\n\n{text}")).findings
    assert one.kind == "real_deadline"
