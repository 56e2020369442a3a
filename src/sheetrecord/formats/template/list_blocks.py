"""The contents of the sheet Lists: one block of rows a list, what a firm edits most first."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sheetrecord.formats.template.spec import Spec
from sheetrecord.model.money import EXPONENTS
from sheetrecord.schema.lists import ENUMS, STAGE_RANK, STAGE_TYPE
from sheetrecord.schema.packs import Pack
from sheetrecord.schema.prompts import PROMPTS

SPARE: Final = 12
"""Blank rows that a firm may fill in each list it may extend."""

FIRST_LIST_ROW: Final = 4
_GAP: Final = 3
_QUESTIONS: Final = 6
_FIRST: Final = ("stage", "kind", "token")


class ListBlock(NamedTuple):
    """One list: ``parts`` are its columns from A on, ``rows`` their cells, then blank spare rows.

    A cell of text that starts with ``=`` is a formula with ``{row}`` for its own row number.
    """

    name: str
    top: int
    parts: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    spare: int

    @property
    def bottom(self) -> int:
        """The last row, spare ones included."""
        return self.top + len(self.rows) + self.spare - 1

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, top to bottom."""
        at = self.parts.index("code")
        return tuple(str(row[at]) for row in self.rows)

    def column(self, part: str) -> int:
        """Return the 1-based column of a part; questions stand below each other, in wide cells."""
        return _QUESTIONS if part == "prompt" else self.parts.index(part) + 1


def blocks(spec: Spec, words: Pack) -> Iterator[ListBlock]:
    """Yield every list with its place; two rows above each hold its title and headings."""
    top = FIRST_LIST_ROW + 2
    for name, parts, rows, spare in _contents(spec, words):
        block = ListBlock(name, top, parts, rows, spare)
        yield block
        top = block.bottom + 1 + _GAP


_Contents = tuple[str, tuple[str, ...], tuple[tuple[str | float | None, ...], ...], int]


def _contents(spec: Spec, words: Pack) -> Iterator[_Contents]:
    yield _stages(words)
    yield _kinds(spec, words)
    for name in ENUMS:
        if name not in _FIRST:
            labels = words.enums[name]
            if name == "type":
                yield _types(words)
                continue
            yield name, ("label", "code"), tuple((labels[c], c) for c in ENUMS[name]), 0
    yield _tokens(words)
    codes = dict.fromkeys((*spec.favourites, *sorted(EXPONENTS)))
    yield "currency", ("code",), tuple((code,) for code in codes), 0


def _stages(words: Pack) -> _Contents:
    rows = tuple(
        (words.enums["stage"][code], code, STAGE_TYPE[code], STAGE_RANK[code])
        for code in ENUMS["stage"]
    )
    return "stage", ("label", "code", "type", "rank"), rows, SPARE


def _types(words: Pack) -> _Contents:
    """Return the types of commitment, with the question of each that has a ready row."""
    labels, asks = words.enums["type"], words.type_prompts
    rows = tuple((labels[code], code, asks.get(code)) for code in ENUMS["type"])
    return "type", ("label", "code", "prompt"), rows, 0


def _kinds(spec: Spec, words: Pack) -> _Contents:
    """Return the kinds in the order in which the template asks them, then those it does not ask."""
    asked = {prompt.kind: prompt for prompt in spec.prompts}
    known = [prompt.kind for prompt in PROMPTS if prompt.kind not in asked]
    others = [kind for kind in ENUMS["kind"] if kind not in asked and kind not in known]
    rows = []
    for code in (*asked, *known, *others):
        prompt = asked.get(code)
        stage = prompt.from_stage if prompt else None
        level = ("error" if prompt.blocks else "warning") if prompt else None
        level = "off" if code in known else level
        label, text = words.enums["kind"][code], words.prompts[code]
        rows.append((label, code, stage, level, None, text))
    return "kind", ("label", "code", "from", "level", "rank", "prompt"), tuple(rows), SPARE


def _tokens(words: Pack) -> _Contents:
    states: Mapping[str, int] = {code: i for i, code in enumerate(ENUMS["state"], start=1)}
    rows = [(text, states[state]) for text, state in words.tokens.items() if state != "not_asked"]
    rows += [(text, 1) for text, state in words.tokens.items() if state == "not_asked"]
    rows += [(text, 1) for text in sorted(words.junk)]
    return "token", ("text", "state"), tuple(rows), SPARE
