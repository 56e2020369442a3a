"""Feed damaged workbooks to the reader and the patcher: success or a `Refused`, nothing else.

Mutates zips and the XML inside them, of generated workbooks and of those in a folder if given;
reads each, and does every operation on it, whether it could be read or not.
Each case runs in a worker process with 10 s and 500 MB; a crash, a hang, too much memory or any
other exception is a finding, saved with its seed.

    python scripts/fuzz_xlsx.py --minutes 5 --seed 1 [--folder books] [--findings folder]
"""

import argparse
import datetime as dt
import io
import json
import random
import re
import selectors
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Final

import xlsxwriter

SECONDS: Final = 10
MEGABYTES: Final = 500
WORKER: Final = """
import json, resource, sys, traceback
limit = int(sys.argv[1]) << 20
resource.setrlimit(resource.RLIMIT_AS, (limit + (300 << 20), limit + (300 << 20)))
from sheetrecord.model.value import Formula
from sheetrecord.xlsx import (
    AddSheet, AppendRows, ClearCell, DeleteRows, InsertRows, Refused, RemoveNote, RemoveSheet,
    SetCell, SetColumn, SetName, SetNote, SetProperty, open_workbook, patch)
import sheetrecord.xlsx.write.patcher

def read(data):
    with open_workbook(data) as workbook:
        workbook.names, workbook.properties
        for sheet in workbook.sheets:
            if sheet.kind == "worksheet":
                grid = workbook.grid(sheet.name)
                grid.tables, grid.notes, grid.raw("A1"), grid.row(1)
        return workbook.sheets[0].name

def change(data, name):
    done = 0
    for edit in every(name):
        try:
            out = patch(data, [edit]).data
            done += 1
            read(out)
        except Refused as refused:
            told(refused)
            continue
        if edit == FIRST(name):
            with open_workbook(out) as workbook:
                assert workbook.grid(name).cell("B2") == "new", "the patched cell is not there"
    return done

def FIRST(name):
    return SetCell(name, "B2", "new")

def every(name):
    return [
        FIRST(name), SetCell(name, "D3", Formula("SUM(A1:A3)")), ClearCell(name, "A2"),
        AppendRows(name, [{1: "x", 2: 3}]), InsertRows(name, 2, 3), InsertRows(name, 900),
        DeleteRows(name, 2), DeleteRows(name, 1, 1000), SetNote(name, "C3", "a", "b"),
        RemoveNote(name, "A1"), SetColumn(name, "C", hidden=True), SetProperty("id", "D-2"),
        SetName("rate", f"'{name}'!$B$2"), SetName("fresh", f"'{name}'!$C$1"),
        RemoveSheet(name), AddSheet("Extra", [["a", 1]]),
    ]

def told(refused):
    message = str(refused)
    if not message.endswith(".") or "\\n" in message:
        raise AssertionError("a message that is no sentence: " + message)

for line in sys.stdin:
    outcome = ["read"]
    try:
        with open(line.strip(), "rb") as file:
            data = file.read()
        try:
            name = read(data)
        except Refused as refused:
            told(refused)
            name = "S0"
            outcome = ["refused " + refused.reason]
        if change(data, name):
            outcome.append(outcome[0] + ", some operation done")
    except BaseException:
        outcome = ["finding", traceback.format_exc()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    if peak > limit >> 20 and outcome[0] != "finding":
        outcome = ["finding", f"memory {peak} MB"]
    print(json.dumps(outcome), flush=True)
"""
WORDS: Final = [
    b"<", b">", b"/", b'"', b"'", b"&", b"&amp;", b"&#0;", b"&x;", b"]]>", b"<!--", b"-->",
    b"<![CDATA[", b"<?x ", b"?>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"\x00", b"\xff",
    b"\xef\xbf\xbe",
    b"xmlns='urn:x'", b"1e999", b"NaN", b"-1", b"99999999999", b"0", b"", b" ", b"\n", b"\r",
    b'r="A1"', b'r="XFD1048576"', b'r="XFE1"', b't="s"', b't="shared" si="0"',
    b't="array" ref="A1:XFD1048576"',
    b'ref="A1:XFD1048576"', b'min="1" max="99999"', b"<row>", b"</row>", b"<c>", b"</c>", b"<v>",
    b"<f>", b"<f t='shared' si='9'/>", b"<is><t>", b"_x0000_", b"<x:y/>", b'count="9999999999"',
    b"../../../", b"xl/worksheets/sheet1.xml", b"Id", b"rId1", b'Target="/"', b'localSheetId="99"',
    "\u0663".encode(), "\ud55c".encode(), b"true", b"a" * 5000, b"<a>" * 200,
]  # fmt: skip
TOKEN: Final = re.compile(rb"<[^>]*>|[^<]+")


def sample(draw: random.Random) -> bytes:
    """Return a generated workbook with something of everything."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    for number in range(draw.randint(1, 3)):
        sheet = book.add_worksheet(f"S{number}")
        for row in range(draw.choice([3, 20, 600])):
            sheet.write_string(row, 0, f"id {row} & <more>")
            sheet.write_datetime(row, 1, dt.datetime(2024, 1, 1), day)  # noqa: DTZ001 - as sheets
            sheet.write_number(row, 2, row / 3)
            sheet.write_formula(row, 3, f"=C{row + 1}*2", None, row)
            sheet.write_boolean(row, 4, row % 2 == 0)
        sheet.write_rich_string("G1", "a", bold, "b", "c")
        sheet.write_array_formula("H1:H3", "{=C1:C3*2}", None, 1)
        sheet.write_comment("A1", "a note")
        sheet.merge_range("J1:K2", "merged")
        sheet.add_table("M1:N4", {"columns": [{"header": "a"}, {"header": "b"}]})
        sheet.data_validation("A1:A9", {"validate": "list", "source": ["x", "y"]})
        sheet.conditional_format("C1:C9", {"type": "cell", "criteria": ">", "value": 5})
    book.define_name("rate", "=S0!$A$1")
    book.set_custom_property("id", "D-1")
    book.close()
    return out.getvalue()


def mutate_xml(draw: random.Random, body: bytes) -> bytes:
    """Damage one part."""
    for _ in range(draw.choice([1, 1, 2, 5])):
        at = draw.randrange(len(body) + 1)
        kind = draw.randrange(7)
        if kind == 0:
            body = body[:at] + draw.choice(WORDS) + body[at:]
        elif kind == 1:
            body = body[:at] + body[at + draw.choice([1, 2, 10, 100]) :]
        elif kind == 2:
            body = body[:at] + draw.randbytes(1) + body[at + 1 :]
        elif kind == 3:
            body = body[:at]
        else:
            body = mutate_tokens(draw, body)
    return draw.choice(ENCODINGS)(body) if draw.random() < 0.05 else body


def mutate_tokens(draw: random.Random, body: bytes) -> bytes:
    """Swap, repeat, drop or change whole tags, texts and attribute values."""
    tokens = TOKEN.findall(body)
    if not tokens:
        return body
    at, other = draw.randrange(len(tokens)), draw.randrange(len(tokens))
    kind = draw.randrange(6)
    if kind == 0:
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif kind == 1:
        tokens[at:at] = tokens[min(at, other) : min(at, other) + draw.randrange(1, 12)]
    elif kind == 2:
        del tokens[at]
    elif kind == 3:
        tokens[at] = draw.choice(WORDS)
    else:
        word = draw.choice(WORDS)
        tokens[at] = re.sub(rb'"[^"]*"', lambda _: b'"' + word + b'"', tokens[at], count=1)
    return b"".join(tokens)


ENCODINGS: Final = [
    lambda body: body.decode("utf-8", "replace").encode("utf-16"),
    lambda body: b"\xef\xbb\xbf" + body,
    lambda body: body.decode("utf-8", "replace").encode("utf-16-be"),
    lambda body: body.replace(b"UTF-8", b"UTF-7"),
]


def mutate_zip(draw: random.Random, data: bytes) -> bytes:
    """Damage the container itself."""
    body = bytearray(data)
    for _ in range(draw.choice([1, 3, 10])):
        near_end = draw.random() < 0.5
        at = draw.randrange(max(0, len(body) - 2000) if near_end else 0, len(body))
        kind = draw.randrange(4)
        if kind == 0:
            body[at] = draw.randrange(256)
        elif kind == 1:
            body[at : at + 4] = draw.choice([b"\xff" * 4, b"\x00" * 4, draw.randbytes(4)])
        elif kind == 2:
            del body[at : at + draw.randrange(1, 50)]
        else:
            body[at:at] = draw.randbytes(draw.randrange(1, 20))
        if len(body) < 100:
            break
    return bytes(body)


def mutated(draw: random.Random, books: list[bytes]) -> bytes:
    """Return one damaged workbook."""
    data = draw.choice(books) if draw.random() < 0.5 else sample(draw)
    if draw.random() < 0.15:
        return mutate_zip(draw, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    likely = [name for name in names if "sheet" in name or "hared" in name or "workbook" in name]
    for _ in range(draw.choice([1, 1, 2])):
        name = draw.choice(likely if likely and draw.random() < 0.7 else names)
        if name in parts:
            parts[name] = mutate_xml(draw, parts[name])
        if draw.random() < 0.05:
            parts.pop(draw.choice(names), None)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


class Worker:
    """A process that reads and patches one file after the other."""

    def __init__(self) -> None:
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", WORKER, str(MEGABYTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(self, path: Path) -> list[str]:
        """Return what became of one file."""
        process = self._process
        process.stdin.write(f"{path}\n")
        process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            answered = selector.select(SECONDS)
        line = process.stdout.readline() if answered else ""
        if line:
            return json.loads(line)
        self.stop()
        self._process = self._start()
        return ["finding", "it crashed" if answered else f"it took more than {SECONDS} s"]

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()


def main() -> None:
    """Run for the asked time; exit with 1 when there are findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="workbooks to damage too")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    said = parser.parse_args()
    files = sorted(said.folder.rglob("*.xls[xm]")) if said.folder else []
    books = [path.read_bytes() for path in files] or [sample(random.Random(0))]
    outcomes: Counter[str] = Counter()
    seen: set[str] = set()
    worker = Worker()
    end = time.monotonic() + said.minutes * 60
    seed = said.seed
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "case.xlsx"
        while time.monotonic() < end:
            path.write_bytes(mutated(random.Random(seed), books))
            outcome = worker.run(path)
            outcomes[outcome[-1].splitlines()[-1][:70]] += 1
            place = re.sub(r"0x[0-9a-f]+|\d+", "", outcome[-1][-400:])
            if outcome[0] == "finding" and place not in seen:
                seen.add(place)
                said.findings.mkdir(exist_ok=True)
                (said.findings / f"{seed}.xlsx").write_bytes(path.read_bytes())
                (said.findings / f"{seed}.txt").write_text(outcome[-1])
                print(f"seed {seed}: {outcome[-1].splitlines()[-1]}", flush=True)
            seed += 1
    worker.stop()
    for outcome, count in outcomes.most_common():
        print(f"{count:8} {outcome}")
    sys.exit(1 if seen else 0)


if __name__ == "__main__":
    main()
