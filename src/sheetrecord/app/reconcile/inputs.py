"""Read bank and ledger files; each kind is detected by content, never guessed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.plugins import BANKS, LEDGERS, first_reading
from sheetrecord.core.reconcile.controls.identities import Balance, Total
from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.input.payouts import Payout
from sheetrecord.core.reconcile.plan import sha
from sheetrecord.core.reconcile.session import ImportedStatement
from sheetrecord.ledgers import reading
from sheetrecord.ledgers.accounted import read_rows_of
from sheetrecord.ledgers.accounts import settle
from sheetrecord.ledgers.detect import kind_of, read_bank, read_ledger
from sheetrecord.ledgers.errors import MAX_BYTES, refuse
from sheetrecord.ledgers.profile import Profile
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.model.progress import each

_PAYOUTS: Final = frozenset({"stripe", "payouts"})
"""Kinds of files that tell what is inside a bank's lines, and hold none themselves."""


class FileRows(NamedTuple):
    """Row counts of a file: read + left out + headings and totals (``apart``) = rows."""

    file: str
    rows: int
    read: int
    left_out: tuple[reading.LeftOut, ...]
    apart: int


class Inputs(NamedTuple):
    """The content of the files; ``hashes`` by role and name as typed (``bank:may.csv``)."""

    files: tuple[tuple[BankLine, ...], ...] = ()
    statements: tuple[ImportedStatement, ...] = ()
    payouts: tuple[Payout, ...] = ()
    ledger: tuple[Total, ...] = ()
    pending: tuple[BankLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    hashes: dict[str, str] = {}  # noqa: RUF012 -- replaced, never changed
    profile: Profile | None = None
    rows: tuple[FileRows, ...] = ()


def rows_of(file: str, read: reading.Reading) -> FileRows:
    """Return a file's row counts; a reader without counts has only the lines it read."""
    lines = read_rows_of(read)
    total = read.rows or lines + len(read.left_out) + read.apart
    return FileRows(file, total, lines, read.left_out, read.apart)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises CannotRead when it is missing, denied or far too large."""
    try:
        if path.is_dir():
            raise refuse(str(path), "this is a folder.", "Name the files in it.", "folder")
        if path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size // (1024 * 1024)
            why = f"{size} MB is too large for a statement."
            raise refuse(str(path), why, "Export fewer months.", "huge")
        return path.read_bytes()
    except FileNotFoundError as err:
        why = "there is no such file."
        raise CannotRead(path, why, "Check the name and the folder.", "missing") from err
    except OSError as err:
        why = f"the file cannot be opened ({err.strerror})."
        raise CannotRead(path, why, "Check that you may read it.", "denied") from err


def read_inputs(
    bank: Sequence[Path],
    ledger: Sequence[Path],
    profile: Profile,
    currency: str,
    columns: Mapping[str, str] | None = None,
) -> Inputs:
    """Read all files, or none: the first that cannot be trusted raises CannotRead.

    ``currency`` is the firm's: a ledger's export that names none is in it. ``columns`` names
    those of a ledger's table (meaning → header text).
    """
    found = Inputs()
    for path in each(bank, "files of the bank read"):
        found = _bank(found, path, profile)
        if found.profile is not None:  # the next file must be of the account just learned
            profile = profile._replace(account=found.profile.account)
    totals: dict[str, Total] = {}
    for path in each(ledger, "files of the ledger read"):
        data = read_bytes(path)
        read = first_reading(LEDGERS, data, path.name) or read_ledger(
            data, path.name, currency, profile.date_order, columns
        )
        for one in read.invoices:
            totals[one.number] = Total(one.number, one.total, one.currency, one.paid, one.open)
        found = found._replace(
            problems=(*found.problems, *read.problems),
            hashes={**found.hashes, f"ledger:{path}": sha(data)},
        )
    return found._replace(ledger=tuple(totals[key] for key in sorted(totals)))


def _bank(found: Inputs, path: Path, profile: Profile) -> Inputs:
    data = read_bytes(path)
    digest = sha(data)
    added: reading.Reading | None = first_reading(BANKS, data, path.name)
    if added is not None:
        read, dialect = settle(added, profile, path.name)
    elif (kind := kind_of(data, path.name)) in _PAYOUTS:
        return _payouts(found, path, data, kind)
    else:
        read, dialect = read_bank(data, path.name, profile, digest)
    return found._replace(
        files=(*found.files, read.lines),
        statements=(*found.statements, *_statements(read.statements, digest)),
        pending=(*found.pending, *(line for s in read.statements for line in s.pending)),
        problems=(*found.problems, *read.problems),
        hashes={**found.hashes, f"bank:{path}": digest},
        profile=dialect,
        rows=(*found.rows, rows_of(path.name, read)),
    )


def _payouts(found: Inputs, path: Path, data: bytes, kind: str) -> Inputs:
    from sheetrecord.ledgers.banks.payout_reports import read_payouts
    from sheetrecord.ledgers.banks.stripe import read_stripe

    read = read_stripe if kind == "stripe" else read_payouts
    payouts, problems, counted = read(data, path.name)
    return found._replace(
        payouts=(*found.payouts, *payouts),
        problems=(*found.problems, *problems),
        hashes={**found.hashes, f"bank:{path}": sha(data)},
        rows=(*found.rows, _inside(path.name, counted)),
    )


def _inside(file: str, counted: reading.Reading) -> FileRows:
    """Return the count of a payout report: its rows are read into bank lines, none is one."""
    read = counted.rows - counted.apart - len(counted.left_out)
    return FileRows(file, counted.rows, read, counted.left_out, counted.apart)


def _statements(found: Sequence[reading.Statement], digest: str) -> list[ImportedStatement]:
    """Return the statements that print their totals."""
    kept = []
    for s in found:
        days = sorted(line.booked for line in s.lines)
        begins, ends = s.begins or min(days, default=None), s.ends or max(days, default=None)
        if s.opening is None or s.closing is None or begins is None or ends is None:
            continue
        total = sum(line.amount for line in s.lines)
        balance = Balance(s.account, s.currency, s.opening, s.closing, total, s.number)
        kept.append(ImportedStatement(balance, begins, ends, digest))
    return kept


def blocking(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems that show a file to be incomplete; nothing may be posted from it."""
    return [p for p in problems if p.code == "BANK101" and p.severity is Severity.ERROR]
