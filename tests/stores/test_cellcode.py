"""Cells become JSON and come back as they were."""

import datetime as dt
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import examples
from sheetrecord.model.cell_json import cell_text, from_json, row_json, row_of, stable, to_json
from sheetrecord.model.conflict import GONE
from sheetrecord.model.value import UNKNOWN, CellError, Formula
from stores.cells import CELL, RESULT, TEXT, WANTED


def kinds(value: object) -> object:
    """Return the value with the type of each part, so that 1, 1.0 and True differ."""
    if isinstance(value, tuple):
        return type(value), tuple(kinds(part) for part in value)
    if isinstance(value, float):
        return float, value, math.copysign(1, value)
    return type(value), value


@given(WANTED | RESULT)
@examples(400)
def test_a_cell_comes_back_as_it_was(cell: object) -> None:
    text = cell_text(cell)
    found = from_json(json.loads(text))
    assert kinds(found) == kinds(cell)
    assert cell_text(found) == text


@given(st.dictionaries(TEXT, CELL, max_size=6))
@examples(100)
def test_a_row_comes_back_as_it_was_and_has_one_text(row: dict[str, object]) -> None:
    text = stable(row_json(row))
    found = row_of(json.loads(text))
    assert {key: kinds(cell) for key, cell in found.items()} == {
        key: kinds(cell) for key, cell in row.items()
    }
    assert stable(row_json(dict(reversed(row.items())))) == text
    assert text.isascii()


@given(WANTED | RESULT, WANTED | RESULT)
@examples(200)
def test_different_cells_have_different_texts(one: object, other: object) -> None:
    assert (cell_text(one) == cell_text(other)) == (kinds(one) == kinds(other))


def test_not_a_number_comes_back() -> None:
    assert math.isnan(from_json(json.loads(cell_text(math.nan))))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(None, "null", id="blank"),
        pytest.param("Müller", r'"M\u00fcller"', id="text"),
        pytest.param(True, "true", id="yes"),
        pytest.param(1, "1", id="integer"),
        pytest.param(1.0, "1.0", id="number"),
        pytest.param(-0.0, "-0.0", id="negative zero"),
        pytest.param(math.inf, '{"float":"inf"}', id="infinite"),
        pytest.param(2**53, '{"int":"0x20000000000000"}', id="long integer"),
        pytest.param(dt.date(2026, 1, 31), '{"date":"2026-01-31"}', id="day"),
        pytest.param(
            dt.datetime.fromisoformat("2026-01-31T09:05"),
            '{"datetime":"2026-01-31T09:05:00"}',
            id="moment",
        ),
        pytest.param(dt.time(9, 5), '{"time":"09:05:00"}', id="time"),
        pytest.param(Formula("A1*2"), '{"formula":"A1*2"}', id="never calculated"),
        pytest.param(Formula("A1", None), '{"formula":"A1","shows":null}', id="shows nothing"),
        pytest.param(
            Formula("A1", CellError("#REF!")),
            '{"formula":"A1","shows":{"error":"#REF!"}}',
            id="shows an error",
        ),
        pytest.param(UNKNOWN, '{"unknown":true}', id="unknown"),
        pytest.param(GONE, '{"gone":true,"row":""}', id="row deleted"),
    ],
)
def test_the_texts_do_not_change_between_versions(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_an_integer_longer_than_python_prints_comes_back() -> None:
    assert from_json(json.loads(cell_text(10**5000))) == 10**5000


def test_what_is_no_cell_is_a_bug() -> None:
    with pytest.raises(TypeError, match="complex is not a kind of cell"):
        to_json(1j)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [{"colour": 1}, [1], {"date": "soon"}], ids=["key", "list", "day"]
)
def test_damage_is_a_value_error(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(value)
