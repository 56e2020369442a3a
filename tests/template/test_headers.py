"""How a header is folded before it is compared."""

import re
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from sheetrecord.schema.read.headers import plain

UNCOUNTED = r"[\s\u00a0\u200b-\u200f\u202a-\u202e\u2060\ufe0e\ufe0f\ufeff_*:]+"
LETTERS = st.one_of(
    st.characters(),
    st.sampled_from(" \t\n\x0b\x1c\x1f\x85\u00a0\u1680\u2003\u2028\u3000_*:"),
    st.sampled_from("\u200b\u200f\u2010\u202a\u202e\u202f\u2060\ufe0e\ufe0f\ufeffA\u0308ß"),
)


@given(st.text(LETTERS, max_size=12))
@example(" Real\u00a0 Deadline_*: ")
def test_blanks_and_what_does_not_count_are_one_blank(text: str) -> None:
    assert plain(text) == re.sub(UNCOUNTED, " ", normalize("NFC", text)).strip().casefold()
