"""How `publish --why` and `brief --why` tell what is kept back, as text or as JSON."""

from collections.abc import Iterator

from sheetrecord.app.withheld import Why
from sheetrecord.cli import printing
from sheetrecord.cli.ansi import joined
from sheetrecord.cli.texts.deals import TEXTS
from sheetrecord.cli.texts.text import Says
from sheetrecord.cli.texts.withheld import rule_in
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.rules.names import BookNames


def text(found: Why) -> str:
    """Return one line for each row, and one for each sheet's columns."""
    return joined(_lines(found))


def _lines(found: Why) -> Iterator[str]:
    language = found.parsed.layout.language
    says, names = Says(language, TEXTS), BookNames(found.parsed.layout, found.parsed.lexicon)
    keys_of = {place.title: sheet for sheet, place in found.parsed.layout.sheets.items()}
    whom = AUDIENCES[found.audience].called_in(language)
    yield says.count(len(found.rows), "kept rows", whom=whom)
    width = max((len(row.where.address) for row in found.rows), default=0)
    for row in found.rows:
        named = "  ".join(filter(None, (row.deal_id, row.where.row_id)))
        rule = rule_in(language, row.rule, names, keys_of[row.where.sheet])
        yield f"{row.where.address:<{width}}  {named + '  ' if named else ''}{rule}."
    if found.columns:
        yield says.say("kept columns", whom=whom)
    for sheet, rule, keys in found.columns:
        heads = ", ".join(names.header(sheet, key) for key in keys)
        yield f"{names.title(sheet)}: {heads} ({rule_in(language, rule, names, sheet)})"


def as_json(found: Why) -> str:
    """Return the same as JSON."""
    told = {
        "schema": 1,
        "audience": found.audience,
        "rows": [
            {
                "sheet": row.where.sheet,
                "cell": row.where.address.rpartition("!")[2] if row.where.row else "",
                "row_id": row.where.row_id,
                "deal_id": row.deal_id,
                "rule": row.rule,
                "unread": row.unread,
            }
            for row in found.rows
        ],
        "columns": [
            {"sheet": sheet, "rule": rule, "columns": keys} for sheet, rule, keys in found.columns
        ],
    }
    return printing.as_json(told)
