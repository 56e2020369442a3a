"""The service's edge and the page's reader accept and refuse the same bodies."""

import copy
import random
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from effort import examples
from sheetrecord.hosting.service.edges import model_of
from sheetrecord.verbs.reader import NotUnderstood, read_request
from sheetrecord.verbs.shapes import VERBS
from verbs.test_protocol import examples as of_the_page

JUNK: Final = (
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 2**53, 2**53 + 1, -(2**60), "", "x", "won", "ops"),
    *("plan", "files", "2026-02-28", "2026-02-30", "2026-2-3", "20260228", "２０２６-02-28"),
    *("UEs=", "UEs", "U E=", "é", "\ud800", [], [1], ["x"], [None], {}, {"x": "y"}, {"x": 1}),
    *({"name": "a", "data": "UEs="}, {"address": "firm"}, {"name": "a", "sheets": [], "names": {}}),
    {
        "name": "a",
        "names": {},
        "sheets": [{"name": "s", "cells": [{"row": 1, "column": 1, "value": 1.5}]}],
    },
)  # fmt: skip


def reader_takes(body: Any) -> bool:
    try:
        read_request(body)
    except NotUnderstood:
        return False
    return True


def edge_takes(body: Any) -> bool:
    verb = body.get("verb") if isinstance(body, dict) else None
    if not isinstance(verb, str) or verb not in VERBS:
        return False
    try:
        model_of(verb).model_validate(body)
    except ValidationError:
        return False
    return True


def places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return every container of a body with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            places(value[key], found)
    return found


def mutated(body: Any, dice: random.Random) -> Any:
    body = copy.deepcopy(body)
    for _ in range(dice.randint(1, 2)):
        where, key = dice.choice(places(body, []))
        how = dice.randrange(4)
        if how == 0:
            del where[key]
        elif how == 1 and isinstance(where, dict):
            where[dice.choice(["more", "deal", "data", "want", "x"])] = dice.choice(JUNK)
        else:
            where[key] = copy.deepcopy(dice.choice(JUNK))
        if not body:
            break
    return body


@given(st.integers(0, 2**32))
@examples(1500)
def test_both_take_and_refuse_the_same(seed: int) -> None:
    dice = random.Random(seed)
    body = mutated(dice.choice(of_the_page()), dice)
    assert edge_takes(body) == reader_takes(body), body


def test_both_take_every_example() -> None:
    for body in of_the_page():
        assert edge_takes(body)
        assert reader_takes(body)
