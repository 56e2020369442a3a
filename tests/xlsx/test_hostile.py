"""Files that are no workbooks, or attack their reader: one clear refusal, soon and cheap."""

import os
import subprocess
import sys

import pytest

from sheetrecord.xlsx import Limits, Refused, open_workbook
from xlsx.hostile import FILES, ONE, bomb
from xlsx.readbook import book


def read(data, limits: Limits | None = None):
    with open_workbook(data, limits) as workbook:
        return workbook.grid(workbook.sheets[0].name)


@pytest.mark.parametrize(("data", "reason"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_sound_workbook_is_refused(data, reason):
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.reason == reason
    message = str(refused.value)
    assert message[0].isupper()
    assert message.endswith(".")
    assert ":" in message or ". If " in message  # what is wrong: what to do


def test_a_path_that_is_missing_or_a_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="check the path") as refused:
        open_workbook(tmp_path / "no.xlsx")
    assert refused.value.reason == "missing"
    with pytest.raises(Refused, match="is a folder") as refused:
        open_workbook(tmp_path)
    assert refused.value.reason == "folder"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "film.xlsx"
    with path.open("wb") as file:
        file.write(b"\x00\x00\x00\x18ftyp")
        file.truncate(8 << 30)  # a hole: it takes no room
    with pytest.raises(Refused, match="choose another") as refused:
        open_workbook(path)
    assert refused.value.reason == "not-a-workbook"
    with path.open("r+b") as file:
        file.write(b"PK")
    with pytest.raises(Refused, match='limit "file"'):
        open_workbook(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    path = tmp_path / "pipe.xlsx"
    os.mkfifo(path)
    with pytest.raises(Refused, match="no ordinary file"):
        open_workbook(path)


GROWING = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A99" si="0">B1+B2+B3+B4</f><v>1</v></c></row>'
) + "".join(
    f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/><v>1</v></c></row>' for row in range(2, 99)
)
LIMITS = {
    "formulas": (Limits(formulas=-25_000), GROWING, None),
    "cells": (Limits(cells=1), ONE + '<row r="2"><c r="A2"><v>1</v></c></row>', None),
    "strings": (Limits(strings=1), ONE, "<si><t>a</t></si><si><t>b</t></si>"),
    "depth": (Limits(depth=3), ONE + '<row r="2"><x><y/></x></row>', None),
    "inflated": (Limits(inflated=300), ONE, None),
    "ratio": (Limits(ratio=2, floor=10), ONE * 3, None),
    "item": (Limits(item=100_000), f'<row r="1">{"<c/>" * 200_000}</row>', None),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_message_names_the_limit_and_what_to_do(limit):
    limits, sheet, strings = LIMITS[limit]
    with pytest.raises(Refused, match=rf'\(limit "{limit}"\). If it is genuine'):
        read(book(sheet, strings), limits)


def test_too_many_defined_names_are_refused_and_many_are_read():
    names = "".join(f'<definedName name="n{i}">Deal!$A${i + 1}</definedName>' for i in range(3000))
    data = book(ONE, names=f"<definedNames>{names}</definedNames>")
    assert len(open_workbook(data).names) == 3000
    with pytest.raises(Refused, match='limit "names"'):
        open_workbook(data, Limits(names=2000))


def many(rows: int, columns: int) -> str:
    from sheetrecord.xlsx.addresses import column_letters

    letters = [column_letters(n) for n in range(1, columns + 1)]
    return "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}" s="1"/>' for c in letters) + "</row>"
        for row in range(1, rows + 1)
    )


HEAVY = {
    "a million empty styled cells": lambda: book(many(1000, 1000)),
    "a million empty styled rows": lambda: book(
        "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(1, 1_000_001))
    ),
    "a million rows of one empty cell": lambda: book(many(1_000_000, 1)),
    "far cells": lambda: book(
        ONE
        + many(1, 100)
        .replace('"1"', '"1048576"')
        .replace('1" s=', '1048576" s=')
        .replace("/><c", "><v>1</v></c><c")
        .replace("/></row", "><v>1</v></c></row")
    ),
    "200,000 defined names": lambda: book(
        ONE,
        names="<definedNames>"
        + "".join(f'<definedName name="n{i}">Deal!$A$1</definedName>' for i in range(200_000))
        + "</definedNames>",
    ),
    "a bomb": lambda: bomb(3_000_000_000),
    "a bomb in the strings": lambda: book(
        ONE + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        "<si><t>" + "a" * 60_000_000 + "</t></si>",
    ),
    "a row without an end": lambda: book(f'<row r="1">{"<c/>" * 10_000_000}'),
    "a comment without an end": lambda: book("<!--" + "-a" * 10_000_000),
    "open elements without an end": lambda: book("<a>" * 5_000_000),
}
WORKER = """
import resource, sys
from sheetrecord.xlsx import Refused, open_workbook
try:
    with open_workbook(sys.argv[1]) as workbook:
        grid = workbook.grid(workbook.sheets[0].name)
        workbook.names
    print("read", end=" ")
except Refused as refused:
    print("refused", end=" ")
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss
try:  # ru_maxrss counts the parent's memory too when it was larger
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
except OSError:
    pass
print(used.ru_utime + used.ru_stime, peak / 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_runs_away_with_neither_time_nor_memory(name, tmp_path):
    path = tmp_path / "heavy.xlsx"
    path.write_bytes(HEAVY[name]())
    run = subprocess.run(
        [sys.executable, "-c", WORKER, path], capture_output=True, text=True, check=True
    )
    outcome, seconds, megabytes = run.stdout.split()
    refused = name.startswith(("a bomb", "a row without", "a comment", "open"))
    assert outcome == ("refused" if refused else "read")
    assert float(seconds) < 10  # some 2 on a slow machine: only a runaway takes as long
    assert float(megabytes) < 300
