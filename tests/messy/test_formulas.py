"""A formula of another making is found in every spelling, and ours in every spelling is ours."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messy import firm
from sheetrecord.app.validate import read_record
from sheetrecord.schema.formulas.equality import at, canonical, pattern_of


def shared(data: bytes, text: str | None = None) -> bytes:
    """Return the workbook as Excel writes it: one text for a column, the others point at it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(out, "w") as new:
        for name in file.namelist():
            part = file.read(name)
            if name.endswith("/sheet2.xml"):
                part = _shared(part, text)
            new.writestr(name, part)
    return out.getvalue()


def _shared(part: bytes, text: str | None) -> bytes:
    column = re.findall(rb'<c r="([A-Z]+)\d+"[^>]*><f>', part)[0]
    cells = list(re.finditer(rb'(<c r="%b(\d+)"[^>]*>)<f>([^<]*)</f>' % column, part))
    assert len(cells) > 1
    first = int(cells[0][2])
    area = b"%b%d:%b%b" % (column, first, column, cells[-1][2])

    def put(match: re.Match[bytes]) -> bytes:
        if int(match[2]) > first:
            return match[1] + b'<f t="shared" si="7"/>'
        own = match[3] if text is None else text.encode()
        return match[1] + b'<f t="shared" ref="%b" si="7">%b</f>' % (area, own)

    return re.sub(rb'(<c r="%b(\d+)"[^>]*>)<f>([^<]*)</f>' % column, put, part)


@pytest.mark.parametrize("results_only", [True, False])
@pytest.mark.parametrize(("text", "codes"), [(None, []), ("LEN($B4)", ["ROW-011"])])
def test_a_formula_that_a_column_shares_is_compared_like_any_other(
    text: str | None, codes: list[str], tmp_path: Path, *, results_only: bool
) -> None:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(shared(firm.workbook(), text))
    _, parsed = read_record(str(path), today=firm.ASOF, results_only=results_only)
    assert [f.code for f in parsed.findings if f.code.startswith("ROW-01")] == codes


SAME = [
    ('IF($A4=0,Lists!$A$7,"x y")', "= if( A4=0 , 'Lists'!A7,\"x y\" )"),
    ("COUNTIFS(Context!$B:$B,$A4)", "COUNTIFS(Context!$B$1:$B$1048576,$A4)"),
    ("COUNTIFS('My deals'!$B:$B,$A4)", "countifs('My deals'!B:B;$A$4)"),
    ("IFERROR(1,2)", "_xlfn.IFERROR(1.0,2)"),
    ("MOD($A4,1E4)+1e+12", "MOD($A4,10000)+1000000000000"),
    ("AND(TRUE,Lists!$A$7)", "AND(TRUE(),Lists!$A$7:$A$7)"),
]
OTHER = [
    ("$A4+1", "$A4+10"),
    ('"a b"', '"ab"'),
    ('"Won"', '"won"'),
    ("$A4*1.5", "$A4*15"),
    ("$A4*1E4", "$A4*1E5"),
    ("$A4*1E4", "$A4*A1E4"),
    ("Context!$B:$B", "Context!$C:$C"),
    ("$A4-($B4-1)", "$A4-$B4-1"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_formula_in_two_spellings(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_formulas_that_look_alike(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


REFERENCES = st.from_regex(r"\$?[A-Z]{1,2}(4|14|41|444)", fullmatch=True)


@given(st.lists(REFERENCES, min_size=1), st.integers(1, 1_048_576))
def test_a_pattern_gives_each_row_its_own_formula(references: list[str], row: int) -> None:
    pattern = pattern_of("+".join(references), 4)
    assert at(pattern, 4) == "+".join(references)
    moved = [re.sub(r"(?<=[A-Z])4$", str(row), one) for one in references]
    assert at(pattern, row) == "+".join(moved)
