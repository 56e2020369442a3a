"""Normalise names and remittance texts: capitals, no accents, Latin letters, no legal suffix."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
        "Đ": "D", "þ": "th", "Þ": "TH", "ð": "d", "Ð": "D", "œ": "oe", "Œ": "OE",
        "\u0131": "i", "\u2019": "'",
    }
)  # fmt: skip
_CYRILLIC: Final = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐ",
        [
            "A",
            "B",
            "V",
            "G",
            "D",
            "E",
            "E",
            "ZH",
            "Z",
            "I",
            "I",
            "K",
            "L",
            "M",
            "N",
            "O",
            "P",
            "R",
            "S",
            "T",
            "U",
            "F",
            "KH",
            "TS",
            "CH",
            "SH",
            "SHCH",
            "",
            "Y",
            "",
            "E",
            "YU",
            "YA",
            "I",
            "I",
            "E",
            "G",
        ],
        strict=True,
    )
)
_GREEK: Final = dict(
    zip(
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        [
            "A",
            "V",
            "G",
            "D",
            "E",
            "Z",
            "I",
            "TH",
            "I",
            "K",
            "L",
            "M",
            "N",
            "X",
            "O",
            "P",
            "R",
            "S",
            "T",
            "Y",
            "F",
            "CH",
            "PS",
            "O",
        ],
        strict=True,
    )
)
_SCRIPTS: Final = str.maketrans({**_CYRILLIC, **_GREEK})

_SUFFIXES: Final = {
    word: canonical
    for canonical, words in {
        "LTD": "LTD LIMITED LTDA",
        "LLC": "LLC",
        "INC": "INC INCORPORATED",
        "CORP": "CORP CORPORATION",
        "PLC": "PLC",
        "LLP": "LLP",
        "LP": "LP",
        "GMBH": "GMBH MBH",
        "UG": "UG",
        "AG": "AG",
        "KG": "KG",
        "OHG": "OHG",
        "GBR": "GBR",
        "EK": "EK",
        "SE": "SE",
        "SA": "SA",
        "SAS": "SAS SASU",
        "SARL": "SARL EURL",
        "SRL": "SRL SRLS",
        "SPA": "SPA",
        "SL": "SL SLU",
        "BV": "BV",
        "NV": "NV",
        "VOF": "VOF",
        "OY": "OY OYJ",
        "AB": "AB",
        "AS": "AS ASA",
        "APS": "APS",
        "SRO": "SRO",
        "SPZOO": "SPZOO ZOO",
        "KFT": "KFT",
        "OU": "OU",
        "PTY": "PTY",
        "PTE": "PTE",
        "CO": "CO COMPANY CIE",
    }.items()
    for word in words.split()
}
_TOKEN: Final = re.compile(r"[^\W_]+")
_DIGRAPHS: Final = re.compile(r"([AOU])E")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text in capitals without accents, Cyrillic and Greek in Latin letters.

    >>> fold("Müller & Søn, Łódź, Straße, Газпром")
    'MULLER & SON, LODZ, STRASSE, GAZPROM'
    """
    if text.isascii():
        return text.upper()
    flat = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(c for c in flat if not unicodedata.combining(c)).upper()
    return bare.translate(_SCRIPTS)


class Name(NamedTuple):
    """A name split into what tells companies apart and the legal suffix that rarely does."""

    tokens: tuple[str, ...]
    suffix: str
    compact: str


@lru_cache(maxsize=65536)
def name_of(text: str) -> Name:
    """Return a name's tokens without legal suffix; ``UE`` and ``Ü`` become the same.

    >>> name_of("Mueller & Söhne GmbH & Co. KG")
    Name(tokens=('MULLER', 'SOHNE'), suffix='GMBH KG', compact='MULLERSOHNE')
    >>> name_of("A.B.C. S.à r.l.").tokens
    ('ABC',)
    """
    raw = _merge_letters(_TOKEN.findall(fold(text.replace("'", ""))))
    suffixes = [_SUFFIXES[token] for token in raw if token in _SUFFIXES]
    core = [token for token in raw if token not in _SUFFIXES and token not in _JOINS]
    core = core or [token for token in raw if token not in _JOINS]
    tokens = tuple(_DIGRAPHS.sub(r"\1", token) for token in core)
    kept = [s for s in dict.fromkeys(suffixes) if s != "CO" or len(suffixes) == 1]
    return Name(tokens, " ".join(kept), "".join(tokens))


_JOINS: Final = frozenset({"AND", "UND", "ET", "Y", "THE", "DE", "VON", "OF", "EN"})


def _merge_letters(tokens: list[str]) -> list[str]:
    """Join letters written with points: ``S A R L`` and ``SP Z O O`` are one word."""
    merged: list[str] = []
    run = ""
    for token in [*tokens, ""]:
        if len(token) == 1 and token.isalpha():
            run += token
            continue
        if run:
            before = merged[-1] if merged else ""
            if before + run in _SUFFIXES and before:
                merged[-1] = before + run
            else:
                merged += _split_suffix(run)
            run = ""
        if token:
            merged.append(token)
    if len(merged) > 1 and merged[-2] + merged[-1] in _SUFFIXES and len(merged[-1]) <= 2:
        merged[-2:] = [merged[-2] + merged[-1]]
    return merged


def _split_suffix(letters: str) -> list[str]:
    """Split ``ABCSARL`` (A.B.C. S.A.R.L.) before its longest legal suffix."""
    for at in range(1, len(letters) - 1):
        if letters[at:] in _SUFFIXES:
            return [letters[:at], letters[at:]]
    return [letters]
