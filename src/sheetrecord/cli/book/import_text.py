"""What `sheetrecord import` prints: each deal with its verdict, refused cells, open questions."""

from collections.abc import Iterator

from sheetrecord.app.learn.crm_import import ImportDraft
from sheetrecord.cli.ansi import bold, coloured
from sheetrecord.cli.change_output import changed_cells
from sheetrecord.contract.learning import (
    ImportAnswer,
    ImportChangeJson,
    ImportDealJson,
    ImportFileJson,
    ImportsAnswer,
)
from sheetrecord.core.crm.compare import counts
from sheetrecord.core.crm.verdict import CellChange, DealVerdict, counted
from sheetrecord.rules.names import BookNames

SCHEMA = 1
_COLOURS = {"new": "green", "changed": "green", "same": None, "conflict": "red"}
_ANSWERS = {
    "currency": "--currency CODE",
    "date_order": "--date-order dmy|mdy",
    "stage": '--stage "WORD=STAGE"',
    "owner": '--owner "NUMBER=NAME", or --users FILE',
    "column": '--column "HEADING=name"',
    "same": '--same "REF=DEAL", or REF=new',
}


def as_data(made: ImportDraft, *, written: bool) -> ImportAnswer | ImportsAnswer:
    """Return the result as JSON data: of one file on its own, of several as a list."""
    files = [_file(made, number) for number in range(len(made.exports))]
    book, missing = str(made.opened.address), list(made.plan.missing)
    if len(files) == 1:
        return {"schema": SCHEMA, "book": book, **files[0], "missing": missing, "written": written}
    return {"schema": SCHEMA, "book": book, "files": files, "missing": missing, "written": written}


def _file(made: ImportDraft, number: int) -> ImportFileJson:
    export = made.exports[number]
    return {
        "file": export.file,
        "system": export.system,
        "language": export.language,
        "encoding": export.encoding,
        "mapping": dict(export.mapping),
        "deals": [_deal(one) for one in made.plan.verdicts[number]],
        "refused": [{"cell": one.cell, "why": one.why} for one in made.plan.refused[number]],
        "ask": [one.text for one in made.plan.ask[number]],
        "notes": list(export.notes),
    }


def _deal(one: DealVerdict) -> ImportDealJson:
    deal = one.deal
    return {
        "crm_ref": deal.ref,
        "deal_id": one.deal_id,
        "deal_name": deal.deal_name,
        "client": deal.client,
        "stage_type": deal.stage_type,
        "stage": deal.stage,
        "stage_label": deal.stage_label,
        "value_net": None if deal.value_net is None else one.money,
        "currency": deal.currency,
        "expected_close": deal.expected_close.isoformat() if deal.expected_close else None,
        "owner": deal.deal_owner,
        "contacts": list(deal.contacts),
        "verdict": one.word,
        "changes": [_change(change) for change in one.changes],
        "conflicts": [_change(change) for change in one.conflicts],
    }


def _change(change: CellChange) -> ImportChangeJson:
    told: ImportChangeJson = {
        "column": change.column,
        "was": change.was,
        "becomes": change.becomes,
    }
    return {**told, "why": change.why} if change.why else told


def as_text(made: ImportDraft, *, only_plan: bool) -> Iterator[str]:
    """Yield the lines for people, columns called as the workbook calls them."""
    parsed = made.opened.context.parsed
    names = BookNames(parsed.layout, parsed.lexicon)
    for number, export in enumerate(made.exports):
        verdicts = made.plan.verdicts[number]
        deals = _count(len(verdicts), "deal")
        told = counted(counts(verdicts))
        head = f"{export.file}: {export.system}, {export.language}; {deals}"
        yield bold(f"{head}{f': {told}' if told else ''}.")
        for one in verdicts:
            if one.word != "same":
                yield from _deal_lines(one, names)
        for refused in made.plan.refused[number]:
            yield coloured(f"  refused   {refused.cell}: {refused.why}", "yellow")
        for note in export.notes:
            yield f"  Note: {note}"
    if made.plan.missing:
        count = len(made.plan.missing)
        which = ", ".join(made.plan.missing[:5]) + (", ..." if count > 5 else "")
        yield f"Not in the files, and left as they are: {which}."
    if made.ask:
        yield coloured("To be answered first; nothing was written:", "red")
        for question in made.ask:
            yield f"  {question.text}  ({_ANSWERS[question.kind]})"
        return
    if only_plan:
        yield from changed_cells(made.changes)
    yield _summary(made, only_plan=only_plan)


def _deal_lines(one: DealVerdict, names: BookNames) -> Iterator[str]:
    deal = one.deal
    title = ", ".join(part for part in (deal.client, deal.deal_name) if part)
    word = coloured(f"{one.word:<8}", _COLOURS[one.word])
    yield f"  {word}  {one.deal_id}  {deal.ref or '(no number)'}  {title}"
    for change in () if one.new else one.changes:
        head = _header(change.column, names)
        yield f"            {head}: {change.was or '(blank)'} -> {change.becomes}"
    for change in one.conflicts:
        ours, theirs = change.was or "(blank)", change.becomes
        head = _header(change.column, names)
        yield f"            {head}: here {ours}, in the CRM {theirs} ({change.why})"


def _header(key: str, names: BookNames) -> str:
    """Return a column's header; the people of a deal are rows of their own."""
    return "people" if key == "contacts" else names.header("Deal", key)


def _summary(made: ImportDraft, *, only_plan: bool) -> str:
    rows = len({(c.where.sheet, c.where.row) for c in made.changes if c.new_row})
    cells = sum(not change.new_row for change in made.changes)
    what = f"{_count(cells, 'cell')} changed, {_count(rows, 'row')} added"
    conflicts = any(one.conflicts for file in made.plan.verdicts for one in file)
    decide = " Both sides of a conflict stand until --keep ours or --keep crm." if conflicts else ""
    if only_plan:
        return f"This is the plan: {what}. Nothing was written.{decide}"
    if not made.changes:
        return f"Nothing changed in {made.opened.address}.{decide}"
    return f"{what} in {made.opened.address}.{decide}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
