"""The rows and columns that an audience does not get and why, for the publisher only."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from sheetrecord.core.view.audiences import AUDIENCES, Audience, Grant
from sheetrecord.core.view.projection import level, levels_of, sources
from sheetrecord.model.problem import Where
from sheetrecord.schema.column import Row
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.schema.share import UNREAD, UNTOLD
from sheetrecord.schema.sheets import SHEETS


class Withheld(NamedTuple):
    """A row that is withheld: the cell that says so, and the rule in words.

    ``unread`` tells that it is kept back because its Share cannot be read.
    """

    where: Where
    deal_id: str
    rule: str
    unread: bool = False


def withheld(
    parsed: Parsed, audience: Audience, deals: Collection[str] | None = None
) -> Iterator[Withheld]:
    """Yield every row that an audience does not get, sheet by sheet; of a whole sheet, one line.

    Of these deals only, if some are named; rows that belong to no deal are in no view.
    """
    known = parsed.record.by_deal if deals is None else deals
    reasons = _Reasons(parsed, audience)
    for sheet in SHEETS:
        rows = [row for row in parsed.record.rows(sheet) if row.get("deal_id") in known]
        grant = audience.grants.get(sheet)
        if grant is not None:
            yield from filter(None, (reasons.of(sheet, row, grant) for row in rows))
        elif rows:
            rule = f"{len(rows)} rows: {audience.name} does not see this sheet"
            yield Withheld(parsed.layout.where(sheet), "", rule)


class _Reasons:
    """Says why an audience does not get a row."""

    def __init__(self, parsed: Parsed, audience: Audience) -> None:
        self.parsed, self.audience = parsed, audience
        self.unreadable, self.levels = _unreadable(parsed), levels_of(parsed.record)

    def of(self, sheet: str, row: Row, grant: Grant) -> Withheld | None:
        """Return what is said of a row; None when the audience gets it."""
        share = _share(self.parsed, row, self.audience, self.levels)
        unread = self._unread(sheet, row) if share else ""
        why = unread or share or _kind(row, grant, self.audience)
        if not why:
            return None
        key = "share" if "share" in SHEETS[sheet].by_key else ""
        where = self.parsed.layout.where(sheet, row.row, key, row.id)
        return Withheld(where, str(row.get("deal_id")), why, bool(unread))

    def _unread(self, sheet: str, row: Row) -> str:
        """Say why the Share of a row, or of its whole sheet, cannot be read."""
        found = self.unreadable
        return found.get((sheet, row.row)) or found.get((sheet, 0), "")


def columns_withheld(audience: Audience) -> Iterator[tuple[str, str, list[str]]]:
    """Yield sheet, rule and keys of the columns that an audience does not see."""
    usual = AUDIENCES[audience.name].grants
    for sheet, declared in SHEETS.items():
        grant = audience.grants.get(sheet)
        if grant is None:
            continue
        gone = [column.key for column in declared.columns if column.key not in grant.columns]
        taken = [key for key in gone if key in usual[sheet].columns]
        if taken:
            yield sheet, "hide in sheetrecord.toml", taken
        if never := [key for key in gone if key not in taken]:
            yield sheet, f"not for {audience.name}", never


def _share(parsed: Parsed, row: Row, audience: Audience, levels: Mapping[str, str]) -> str:
    """Say why a row's level does not reach the audience, nothing when it does."""
    if "share" not in row.by_key:
        return ""
    found, own = level(row, levels), str(row.get("share"))
    if found in audience.levels:
        return ""
    label = parsed.record.settings.label("share", found) if found else "blank"
    if found == own:
        more = (
            "" if found or audience.outside else ', and sheetrecord.toml says unmarked = "internal"'
        )
        return f"Share is {label}{more}"
    source = next(ref for ref in sources(row) if levels.get(ref) == found)
    return f"it comes from {source}, whose Share is {label}"


def _kind(row: Row, grant: Grant, audience: Audience) -> str:
    if grant.admits(row):
        return ""
    judged = grant.only or grant.never
    return f"its {judged[0]} is not one that {audience.name} sees" if judged else ""


def _unreadable(parsed: Parsed) -> Mapping[tuple[str, int], str]:
    """Return (sheet, row) -> why its Share cannot be read; row 0 stands for all of a sheet."""
    keys = {place.title: key for key, place in parsed.layout.sheets.items()}
    found = {}
    for finding in parsed.findings:
        at, words = finding.where, finding.words
        if finding.code == UNREAD:
            found[keys[at.sheet], at.row] = f"Share cannot be read: {words['value']}"
        elif finding.code == UNTOLD:
            found[keys[at.sheet], 0] = f"the column Share cannot be told: {words['why']}"
    return found
