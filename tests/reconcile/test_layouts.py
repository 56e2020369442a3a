"""Layouts of banks and lists: read as they are meant, or refused with what to do; never misread.

A block of `layouts/` is a file under a title: `->` is a line expected of it (day, amount, payer, a
word of its text), `??` a row left out that may be a payment, `!!` what the refusal says, `!?` the
settings of the account that the file itself cannot prove.
"""

import csv
import io
import re
from pathlib import Path

import pytest

from sheetrecord.ledgers.detect import read_bank
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.table import read_table
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.money import to_major

FOLDER = Path(__file__).parent / "layouts"


def blocks(only="*.txt"):
    for path in sorted(FOLDER.glob(only)):
        for block in re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            title, _, body = block.partition("\n")
            name, _, said = title.partition(" | ")
            marked = re.findall(r"^(->|\?\?|!!|!\?) (.*)$", body, re.MULTILINE)
            text = re.sub(r"^(->|\?\?|!!|!\?) .*\n?", "", body, flags=re.MULTILINE)
            told = " ".join([said, *(value for mark, value in marked if mark == "!?")])
            yield name, text.strip("\n") + "\n", marked, dict(w.split("=") for w in told.split())


LAYOUTS = {name: rest for name, *rest in blocks()}


def profile_of(said):
    return Profile(
        currency=said.get("currency", ""),
        date_order=said.get("order", ""),
        decimal=said.get("decimal", ""),
        sign=int(said.get("sign", "0")),
    )


def of(marked, mark):
    return [value for one, value in marked if one == mark]


def test_no_two_layouts_have_one_name():
    assert len(LAYOUTS) == len(list(blocks())) >= 120


def read(text, said):
    """Return a reading and "", or None and why the file is refused."""
    try:
        return read_bank(text.encode(), "export.csv", profile_of(said)).reading, ""
    except CannotRead as refused:
        return None, f"{refused.do and refused}"


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_layout_is_read_as_meant_or_refused_with_the_remedy(layout):
    text, marked, said = layout
    refusals = of(marked, "!!")
    reading, why = read(text, said)
    if reading is None:
        assert refusals, why
        assert re.search(refusals[0], why, re.DOTALL), why
        return
    codes = {p.code for p in reading.problems}
    if refusals:
        assert refusals[0] in codes, [(x.amount, x.text) for x in reading.lines]
        return
    expected = [[part.strip() for part in value.split("|")] for value in of(marked, "->")]
    found = [[str(x.booked), str(to_major(x.amount, x.currency)), x.payer] for x in reading.lines]
    assert found == [line[:3] for line in expected]
    for line, (*_, word) in zip(reading.lines, expected, strict=True):
        assert word in f"{line.text} {line.structured}"
        assert line.source.proof
    doubtful = [str(out.row) for out in reading.left_out if out.doubtful]
    assert doubtful == of(marked, "??")
    assert "BANK101" not in codes


def test_most_payers_are_found_in_headings_of_many_countries():
    """Of the layouts that name a payer in a column, each is read; they are of many countries."""
    with_payer = {
        name for name, (_, marked, _) in LAYOUTS.items()
        if any(value.split("|")[2].strip() for value in of(marked, "->"))
    }  # fmt: skip
    countries = {name[:2] for name in with_payer if name[:2].isupper()}
    assert len(with_payer) >= 40
    assert len(countries) >= 15


def money_of(reading):
    return sorted(line.amount for line in reading.lines)


def mangled(text):
    """Yield what a bank may do to a file: a heading renamed, rows turned, a total below."""
    table = read_table(text, "export.csv")
    if not table.header:
        return
    out = [list(row.cells) for row in table.rows]
    for at in range(len(table.header)):
        yield table, [*table.header[:at], "Zorgl", *table.header[at + 1 :]], out
    yield table, table.header, out[::-1]
    yield table, table.header, [*out, ["Total", *[""] * (len(table.header) - 1)]]


def written(table, header, rows):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=table.delimiter, lineterminator="\n")
    writer.writerows([*(row.cells for row in table.preamble), header, *rows])
    return out.getvalue()


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.txt")))
def test_what_a_bank_renames_is_read_alike_or_asked_but_never_misread(file):
    for name, text, marked, said in blocks(file):
        meant = None if of(marked, "!!") else money_of(read(text, said)[0])
        for table, header, rows in mangled(text) if meant is not None else ():
            reading, why = read(written(table, header, rows), said)
            asked = reading is None or any(out.doubtful for out in reading.left_out)
            asked = asked or any(p.code == "BANK101" for p in reading.problems)
            assert asked or money_of(reading) == meant, (name, header, why)
