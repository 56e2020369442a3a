"""XML made to take for ever is refused or read at once: time grows with the size, not its square.

The limit is in steps, not seconds: a part ten times as long may take at most some thirty times as
many, where the square would take a hundred.
"""

import sys
from collections.abc import Callable
from contextlib import suppress

import pytest

from sheetrecord.xlsx import Refused
from sheetrecord.xlsx.dates import format_kind
from sheetrecord.xlsx.formula.grammar import complaint
from sheetrecord.xlsx.formula.names import _items
from sheetrecord.xlsx.formula.tokens import parse
from sheetrecord.xlsx.write.gate import _check_format
from sheetrecord.xlsx.xml import scanner

SMALL, LARGE = 4_000, 40_000


def cost(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a piece of work, the least of three."""
    import time

    found = []
    for _ in range(3):
        start = time.process_time()
        with suppress(Refused):
            work()
        found.append(time.process_time() - start)
    return min(found)


HOSTILE: dict[str, Callable[[int], object]] = {
    "a word in a tag that is no attribute": lambda n: tag(b" " + b"a" * n).attributes(),
    "blanks after an attribute's name": lambda n: tag(b" a" + b" " * n).attributes(),
    "names without values": lambda n: tag(b" a=" * (n // 3)).attributes(),
    "comments that never end": lambda n: scanner.masked(b"<a>" + b"<!--" * (n // 4) + b"</a>"),
    "instructions that never end": lambda n: scanner.masked(b"<a>" + b"<?x " * (n // 4) + b"</a>"),
    "CDATA that never ends": lambda n: scanner.text_of(b"<![CDATA[" * (n // 9)),
    "quotes that begin no sheet's name": lambda n: parse("'" * n),
    "quotes around nothing": lambda n: parse("A1+'x'" * (n // 6)),
    "a number with many points": lambda n: parse("1." * (n // 2)),
    "brackets that never end": lambda n: parse("[" * n),
    "a sheet's name without a cell": lambda n: parse("a!" * (n // 2)),
    "colons": lambda n: parse("A:" * (n // 2)),
    "blanks in a formula": lambda n: parse(" " * n),
    "a table's many columns": lambda n: _items("[a]," * (n // 4)),
    "a formula's open brackets": lambda n: complaint("(" * n),
    "a formula's open lists": lambda n: complaint("{" * n),
    "a format's quotes": lambda n: format_kind('"' * (n - 1)),
    "a format's brackets": lambda n: format_kind("[" * n),
    "a format's letters": lambda n: format_kind("m" * n),
    "a new format's quotes": lambda n: _check_format('"' * (n - 1)),
    "many comments": lambda n: scanner.masked(b"<a>" + b"<!---->" * (n // 7) + b"</a>"),
}


def tag(rest: bytes) -> scanner.Tag:
    return scanner.Tag(0, 0, close=False, prefix=b"", name=b"x", rest_start=0, rest=rest)


@pytest.mark.parametrize("case", HOSTILE)
def test_time_grows_with_the_size_and_not_with_its_square(case: str) -> None:
    work = HOSTILE[case]
    small, large = cost(lambda: work(SMALL)), cost(lambda: work(LARGE))
    assert large < 30 * max(small, 0.005), f"{small:.4f} s became {large:.4f} s"


def test_comments_and_instructions_are_blanked_where_they_stand() -> None:
    part = b"<?xml version='1.0'?><a><!-- <b> --><c/><?x <d> ?><![CDATA[<e>]]></a>"
    blank = scanner.masked(part)
    assert len(blank) == len(part)
    assert [name.name for name in scanner.tags(blank, blank.find(b"<a>"))] == [b"a", b"c", b"a"]


def test_a_text_keeps_its_cdata_and_drops_its_comments() -> None:
    assert scanner.text_of(b"a<!-- x -->b<![CDATA[<&]]>c&amp;") == "ab<&c&"
    assert sys.getrecursionlimit() < len(b"<!---->" * 2000)
    assert scanner.text_of(b"<!---->" * 2000 + b"end") == "end"
