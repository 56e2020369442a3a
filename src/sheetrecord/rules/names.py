"""What sentences call the things of a workbook: ``{Fees}``, ``{Fees.ready}``, ``{lists.stage}``.

In braces a sentence may have, besides the words of its rule: a sheet (its title), a column (its
header), ``lists`` with a list (all its words) or a word of one, ``answers`` with a state (what is
typed for it). `PackNames` knows them as the template has them, `BookNames` as a workbook does.
"""

from collections.abc import Callable, Mapping

from sheetrecord.model.phrase import Term
from sheetrecord.schema import names
from sheetrecord.schema.packs import pack
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.lexicon import Lexicon

_TITLES = {"state": "list_state_list", "type": "list_type_list"}
"""Lists with a title of another key than the rest."""

_SHOWN = 9
"""Words of a list that a sentence names."""


class PackNames:
    """The words of a language's template."""

    def __init__(self, language: str) -> None:
        self.language = language

    def title(self, sheet: str) -> str:
        """Return a sheet's title."""
        return pack(self.language).sheets[sheet]

    def header(self, sheet: str, key: str) -> str:
        """Return a column's header."""
        return pack(self.language).columns[sheet][key]

    def label(self, enum: str, code: str) -> str:
        """Return the word for a code of a list."""
        return pack(self.language).enums[enum][code]

    def labels(self, enum: str) -> list[str]:
        """Return all words of a list."""
        return list(pack(self.language).enums[enum].values())

    def answer(self, state: str) -> str:
        """Return what is typed when there is none, nobody knows, or it does not apply."""
        return next(text for text, meant in pack(self.language).tokens.items() if meant == state)

    def list_title(self, enum: str) -> str:
        """Return what the sheet Lists calls a list."""
        return pack(self.language).words[_TITLES.get(enum, f"list_{enum}")]

    def setting_title(self, name: str) -> str:
        """Return what the sheet Settings calls a setting."""
        return pack(self.language).words[f"set_{name}"]

    def choices(self, enum: str) -> str:
        """Return the words of a list in quotation marks, the last one after an "or"."""
        before, after, last, rest = self._marks
        quoted = [before + label + after for label in self.labels(enum)]
        if len(quoted) > _SHOWN:
            return rest.format(some=", ".join(quoted[:_SHOWN]), more=len(quoted) - _SHOWN)
        return ", ".join([*quoted[:-2], last.join(quoted[-2:])])

    @property
    def _marks(self) -> tuple[str, str, str, str]:
        """The quotation marks, what stands before the last word, and what after too many."""
        last, rest = " or ", "{some} and {more} more"
        if self.language == "en":
            return '"', '"', last, rest
        from sheetrecord.rules.words import form, phrase  # a check in English does without

        told, language = form(self.language), self.language
        return told["open"], told["close"], phrase(language, last), phrase(language, rest)


class Filled(dict[str, object]):
    """The words of one finding, and behind them the names of the workbook it is about."""

    def __init__(self, words: Mapping[str, object], names: PackNames) -> None:
        super().__init__(words)
        self._names = names

    def __missing__(self, name: str) -> object:
        """Return what a sentence goes on asking: a sheet, the lists, the answers."""
        return _Named(self._names, name)


class _Named:
    """Something of a workbook in a sentence; a dot and a key lead on to what is in it."""

    def __init__(self, names: PackNames, *path: str) -> None:
        self._names, self._path = names, path

    def __getattr__(self, key: str) -> "_Named":
        return _Named(self._names, *self._path, key)

    def __format__(self, _: str) -> str:
        first, *rest = self._path
        if first == "lists":
            return self._names.label(*rest) if len(rest) > 1 else self._names.choices(*rest)
        if first == "answers":
            return self._names.answer(*rest)
        return self._names.header(first, *rest) if rest else self._names.title(first)


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


def in_general(text: str) -> str:
    """Return an English sentence of a rule as it stands in the manual, its fields in braces.

    >>> in_general("Deal {deal}: tick {Fees.ready} on {Fees}.")
    'Deal {deal}: tick Ready to invoice on Fees.'
    """
    from string import Formatter

    plain = {
        name: f"{{{name}}}"
        for _, name, _, _ in Formatter().parse(text)
        if name and name.islower() and "." not in name
    }
    return text.format_map(Filled(plain, PackNames("en")))
