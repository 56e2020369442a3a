"""How hard the tests try: few cases for somebody who waits, a fair part, or all there are.

`scripts/test.py` sets TEST_EFFORT: ``fast`` with --fast, ``long`` with --long, else ``normal``.
What is left out is always the same, so that a failure comes again. No law is left out: each test
runs at every effort, on fewer cases.
"""

import os
from collections.abc import Sequence
from typing import Final, TypeVar

from hypothesis import settings

T = TypeVar("T")

EFFORT: Final = os.environ.get("TEST_EFFORT", "normal")
_TIMES: Final = {"fast": 0.1, "normal": 1.0, "long": 20.0}
_EACH: Final = {"fast": 10, "normal": 1, "long": 0}
_LEAST: Final = 5
"""Examples that Hypothesis tries whoever waits."""


def examples(normal: int) -> settings:
    """Return Hypothesis' settings for a law on so many examples; more or fewer by the effort."""
    return settings(max_examples=max(_LEAST, round(normal * _TIMES[EFFORT])), deadline=None)


def some(cases: Sequence[T], each: int, first: int = 0) -> Sequence[T]:
    """Return each so-many-th case: all of them in a long run.

    ``first`` says with which to begin, so that tests with few cases each do not all take the same.
    """
    step = max(1, each * _EACH[EFFORT])
    return cases[first % min(step, len(cases) or 1) :: step]
