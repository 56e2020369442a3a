"""What one workbook calls its sheets, columns, choices and answers."""

from collections.abc import Callable, Mapping

from sheetrecord.model.phrase import Term
from sheetrecord.rules.words.names import Filled, PackNames
from sheetrecord.schema import names
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.lexicon import Lexicon


class BookNames(PackNames):
    """The words of one workbook; where it lacks one, those of its language's template."""

    def __init__(self, layout: RecordLayout, lexicon: Lexicon) -> None:
        super().__init__(layout.language)
        self.layout, self.lexicon = layout, lexicon

    def behind(self, words: Mapping[str, object]) -> Mapping[str, object]:
        """Return the words of a finding, and behind them what the workbook has words for."""
        return Filled(words, self)

    def term(self, one: Term) -> str:
        """Return the word for what a term means."""
        kind, *keys = one.what
        return _TERMS[kind](self, *keys)

    def title(self, sheet: str) -> str:
        """Return a sheet's title as it stands."""
        place = self.layout.sheets.get(sheet)
        if place is not None:
            return place.title
        kept = _KEPT.get(sheet)
        area = self.layout.names.get(kept) if kept else None
        return area.sheet if area is not None else super().title(sheet)

    def header(self, sheet: str, key: str) -> str:
        """Return a column's header as it stands; the usual one where it is blank or gone."""
        place = self.layout.sheets.get(sheet)
        return (place.heads.get(key, "") if place else "") or super().header(sheet, key)

    def label(self, enum: str, code: str) -> str:
        """Return the firm's word for a code, the code itself where it has none."""
        return self.lexicon.labels.get((enum, code), code)

    def labels(self, enum: str) -> list[str]:
        """Return the firm's words of a list, in its order."""
        found = [label for (one, _), label in self.lexicon.labels.items() if one == enum]
        return found or super().labels(enum)

    def answer(self, state: str) -> str:
        """Return what the firm's list of answers has for a state."""
        found = (text for text, meant in self.lexicon.tokens.items() if meant == state)
        return next(found, "") or super().answer(state)


_KEPT: Mapping[str, str] = {
    "Lists": names.list_name("stage", "code"),
    "Settings": names.setting_name("asof"),
}
"""A name that points into each sheet that holds no rows of the record."""

_TERMS: Mapping[str, Callable[..., str]] = {
    "sheet": BookNames.title,
    "usual": PackNames.title,
    "column": BookNames.header,
    "usual column": PackNames.header,
    "label": BookNames.label,
    "choices": BookNames.choices,
    "list": BookNames.list_title,
    "setting": BookNames.setting_title,
}
