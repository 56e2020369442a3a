"""Any cell at all, for laws about what is kept."""

import datetime as dt

from hypothesis import strategies as st

from sheetrecord.model.conflict import Whole
from sheetrecord.model.value import UNKNOWN, CellError, Formula

TEXT = st.text(st.characters(exclude_categories=()))
"""Any text at all, NUL and lone surrogates included."""

PLAIN = (
    TEXT
    | st.booleans()
    | st.integers()
    | st.integers(min_value=2**52, max_value=2**54)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(dt.UTC))
    | st.times()
)
RESULT = PLAIN | st.builds(CellError, TEXT) | st.just(UNKNOWN) | st.none()
CELL = PLAIN | st.builds(CellError, TEXT) | st.builds(Formula, TEXT, RESULT) | st.none()
WANTED = CELL | st.builds(Whole, st.booleans(), TEXT)
