"""How `sheetrecord reconcile read` tells what was understood of each file."""

from collections.abc import Iterator, Sequence

from sheetrecord.app.reconcile.understood import UnderstoodFile
from sheetrecord.cli.ansi import bold, coloured, joined
from sheetrecord.cli.printing import as_json
from sheetrecord.contract.money import ReadAnswer, ReadLineJson
from sheetrecord.core.reconcile.facts import BankLine, RowsRead
from sheetrecord.model.money import Money, to_major

SCHEMA = 1


def shown(found: Sequence[UnderstoodFile], format_: str) -> str:
    """Return the lines of all files, the rows left out and the files refused."""
    if format_ == "json":
        return as_json(_data(found)) + "\n"
    return joined(_text(found)) + "\n"


def _data(found: Sequence[UnderstoodFile]) -> ReadAnswer:
    read = [(str(one.path), one.rows) for one in found if one.rows]
    return {
        "schema": SCHEMA,
        "files": [{"file": file, "rows": rows.rows} for file, rows in read],
        "lines": [_line(str(one.path), line) for one in found for line in one.lines],
        "left_out": [
            {"file": file, "row": out.row, "why": out.why}
            for file, rows in read for out in rows.left_out
        ],
        "refused": [{"file": str(one.path), "why": one.refused} for one in found if one.refused],
    }  # fmt: skip


def _line(file: str, line: BankLine) -> ReadLineJson:
    return {
        "file": file,
        "row": line.source.row,
        "date": line.booked.isoformat(),
        "amount": str(to_major(line.amount, line.currency)),
        "currency": line.currency,
        "payer": line.payer,
        "text": line.text,
        "ref": line.ref or line.structured or line.end_to_end,
        "sign_proof": line.source.proof or "the reader of this format",
    }


def _text(found: Sequence[UnderstoodFile]) -> Iterator[str]:
    for one in found:
        if one.rows is None:
            yield coloured(one.refused, "red")
            continue
        rows = one.rows
        count = RowsRead(rows.rows, rows.read, len(rows.left_out), rows.apart)
        yield bold(f"{one.path}: {count.text()}")
        for line in one.lines:
            words = " ".join(filter(None, (line.payer, line.text)))
            money = Money(line.amount, line.currency)
            yield f"  {line.source.row:>5}  {line.booked}  {money}  {words}"
        for proof in dict.fromkeys(line.source.proof for line in one.lines):
            yield f"  signs: {proof}"
        for out in rows.left_out:
            say = f"  {out.row:>5}  left out: {out.why}"
            yield coloured(say, "yellow") if out.doubtful else say
