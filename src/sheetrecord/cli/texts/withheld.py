"""By which rule an audience does not get a row, in the language of the workbook."""

import re
from collections.abc import Mapping
from typing import Final

from sheetrecord.core.edit_reasons import Sentences
from sheetrecord.rules.names import PackNames

RULES: Final[Mapping[str, tuple[str, str, str]]] = {
    "{n} rows: {audience} does not see this sheet": (
        "{n} Zeilen: dieses Blatt sieht {audience} nicht",
        "{n} filas: {audience} no ve esta hoja",
        "{n} lignes : {audience} ne voit pas cette feuille",
    ),
    "Share is {label}": ("Share steht auf {label}", "Share es {label}", "Share est {label}"),
    'Share is {label}, and sheetrecord.toml says unmarked = "internal"': (
        'Share steht auf {label}, und sheetrecord.toml sagt unmarked = "internal"',
        'Share es {label}, y sheetrecord.toml dice unmarked = "internal"',
        'Share est {label}, et sheetrecord.toml dit unmarked = "internal"',
    ),
    "it comes from {source}, whose Share is {label}": (
        "sie kommt aus {source}, wo Share auf {label} steht",
        "viene de {source}, cuyo Share es {label}",
        "elle vient de {source}, dont Share est {label}",
    ),
    "its {column} is not one that {audience} sees": (
        "was unter {column} steht, ist nicht für {audience}",
        "lo que dice {column} no es para {audience}",
        "ce que dit {column} n'est pas pour {audience}",
    ),
    "Share cannot be read: {value}": (
        "Share ist nicht zu lesen: {value}",
        "Share no se puede leer: {value}",
        "Share est illisible : {value}",
    ),
    "the column Share cannot be told: {why}": (
        "die Spalte Share ist nicht sicher zu erkennen: {why}",
        "la columna Share no se reconoce con certeza: {why}",
        "la colonne Share n'est pas sûrement reconnue : {why}",
    ),
    "hide in sheetrecord.toml": (
        "hide in sheetrecord.toml",
        "hide en sheetrecord.toml",
        "hide dans sheetrecord.toml",
    ),
    "not for {audience}": ("nicht für {audience}", "no para {audience}", "pas pour {audience}"),
    "since it was sold: {rule}": (
        "seit dem Verkauf: {rule}",
        "desde la venta: {rule}",
        "depuis la vente : {rule}",
    ),
}
"""By the English; ``Share`` stands for what the workbook calls that column."""

_JUDGED: Final = re.compile(r"(?<=^its )\w+(?= is not one )")
"""The column by whose value a row is seen or not."""

_TOLD: Final = Sentences(RULES)
_SINCE: Final = "since it was sold: "


def rule_in(language: str, rule: str, names: PackNames, sheet: str) -> str:
    """Return a rule by which something of a sheet is kept back, with the workbook's own headers."""
    rule = _JUDGED.sub(lambda found: f'"{names.header(sheet, found[0])}"', rule)
    if rule.startswith(_SINCE):
        rule = _SINCE + rule_in(language, rule.removeprefix(_SINCE), names, sheet)
    return _TOLD.told(language, rule).replace("Share", names.header("Context", "share"))
