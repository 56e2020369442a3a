"""What `sheetrecord import` prints: each deal with its verdict, refused cells, open questions."""

from collections.abc import Iterator

from sheetrecord.app.learn.crm_import import ImportDraft
from sheetrecord.cli.ansi import bold, coloured
from sheetrecord.cli.change_output import changed_cells, told_in
from sheetrecord.cli.texts.learned import TEXTS
from sheetrecord.cli.texts.learned import told_in as told_sentence
from sheetrecord.cli.texts.text import Says
from sheetrecord.contract.learning import (
    ImportAnswer,
    ImportChangeJson,
    ImportDealJson,
    ImportFileJson,
    ImportsAnswer,
)
from sheetrecord.core.crm.compare import counts
from sheetrecord.core.crm.verdict import CellChange, DealVerdict
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
    says = Says(names.language, TEXTS)
    for number in range(len(made.exports)):
        yield from _file_lines(made, number, names, says)
    if made.plan.missing:
        count = len(made.plan.missing)
        which = ", ".join(made.plan.missing[:5]) + (", ..." if count > 5 else "")
        yield says.say("not in files", which=which)
    if made.ask:
        yield coloured(says.say("answer first"), "red")
        for question in made.ask:
            asked = told_sentence(says.language, question.text)
            yield f"  {asked}  ({_ANSWERS[question.kind]})"
        return
    if only_plan:
        yield from changed_cells(made.changes, told_in(parsed))
    yield _summary(made, says, only_plan=only_plan)


def _file_lines(made: ImportDraft, number: int, names: BookNames, says: Says) -> Iterator[str]:
    """Yield what one file holds: each deal with its verdict, refused cells, notes."""
    export, verdicts = made.exports[number], made.plan.verdicts[number]
    head = {"file": export.file, "system": export.system, "language": export.language}
    told = says.say("import head", deals=says.count(len(verdicts), "deal"), **head)
    found = counts(verdicts)
    kinds = [f"{found[one]} {says.say(_KINDS[one])}" for one in _KINDS if found.get(one)]
    yield bold(f"{told}{': ' + ', '.join(kinds) if kinds else ''}.")
    for one in verdicts:
        if one.word != "same":
            yield from _deal_lines(one, names, says)
    for refused in made.plan.refused[number]:
        why = told_sentence(says.language, refused.why)
        yield coloured(f"  {says.say('refused'):<8}  {refused.cell}: {why}", "yellow")
    for note in export.notes:
        yield f"  {says.say('note', note=told_sentence(says.language, note))}"


_KINDS = {"new": "new", "changed": "changed", "same": "same", "conflict": "in conflict"}


def _deal_lines(one: DealVerdict, names: BookNames, says: Says) -> Iterator[str]:
    deal = one.deal
    title = ", ".join(part for part in (deal.client, deal.deal_name) if part)
    word = coloured(f"{says.say(one.word):<8}", _COLOURS[one.word])
    yield f"  {word}  {one.deal_id}  {deal.ref or says.say('no number')}  {title}"
    for change in () if one.new else one.changes:
        head = _header(change.column, names, says)
        yield f"            {head}: {change.was or says.say('blank')} -> {change.becomes}"
    for change in one.conflicts:
        sides = {"ours": change.was or says.say("blank"), "theirs": change.becomes}
        why = told_sentence(says.language, change.why)
        head = _header(change.column, names, says)
        yield f"            {says.say('both', column=head, why=why, **sides)}"


def _header(key: str, names: BookNames, says: Says) -> str:
    """Return a column's header; the people of a deal are rows of their own."""
    return says.say("people") if key == "contacts" else names.header("Deal", key)


def _summary(made: ImportDraft, says: Says, *, only_plan: bool) -> str:
    rows = len({(c.where.sheet, c.where.row) for c in made.changes if c.new_row})
    cells = sum(not change.new_row for change in made.changes)
    what = f"{says.count(cells, 'cell')}, {says.count(rows, 'row')}"
    conflicts = any(one.conflicts for file in made.plan.verdicts for one in file)
    decide = f" {says.say('decide')}" if conflicts else ""
    if only_plan:
        return f"{says.say('planned', what=what)}{decide}"
    if not made.changes:
        return f"{says.say('unchanged', book=made.opened.address)}{decide}"
    return f"{says.say('done in', what=what, book=made.opened.address)}{decide}"
