"""Errors of the environment: each says what happened and the one thing to do.

    SheetRecordError
    ├── CannotRead         the file is not a workbook we can trust
    ├── NotARecord         a workbook, but without the sheets of a record
    ├── TooNew             written by a newer sheetrecord
    ├── CannotWrite        the file, folder or disk refuses
    ├── SystemRefuses      the operating system refuses a file, for a reason nobody foresaw
    ├── CannotPatch        the workbook holds something that cannot be changed safely
    ├── Locked             somebody else has the file open, or another run works on it
    ├── ChangedElsewhere   the file was saved by someone after we read it
    ├── PlanChanged        the file is no longer what a plan was made for
    ├── Unreachable        a server or service does not answer
    ├── NotAllowed         a planned change that the record's gate or rules refuse
    ├── NotCertain         whose a deal is cannot be told, so nothing goes out of the firm
    ├── MissingExtra       an optional package is not installed
    ├── Unconfirmed        a settings file names where to write, and nobody said it may
    └── BadSettings        a word or a setting that cannot be understood
        └── WrongSettings  what in a sheetrecord.toml is wrong, all at once; exits with 2

A wrong *content* is never an error: it is a `Problem`, collected and shown with all others.
"""

from collections.abc import Sequence
from typing import NamedTuple


class SheetRecordError(Exception):
    """The world refuses. Caught once, in the command line, which prints it and exits with 3.

    No password of an address is kept in its words.
    """

    exit_code = 3
    code = "FILE-000"
    """What programs know the refusal by; one for each class, never given to another."""

    path: object = ""
    """The file or address that it is about, where there is one."""

    def __init__(self, message: str, do: str) -> None:
        from sheetrecord.model.address import without_passwords

        self.message = without_passwords(message)
        self.do = without_passwords(do)
        super().__init__(self.message)

    @property
    def lines(self) -> tuple[str, ...]:
        """The message, one line for each mistake."""
        return (str(self),)

    def __str__(self) -> str:
        """Return the message followed by the advice."""
        return f"{self.message} {self.do}".strip()


class CannotRead(SheetRecordError):
    """A file that is missing, encrypted, corrupt, hostile or of another kind."""

    code = "FILE-001"

    def __init__(self, path: object, why: str, do: str, reason: str = "unreadable") -> None:
        super().__init__(f"{path}: {why}", do)
        self.path = path
        self.reason = reason


class NotARecord(SheetRecordError):
    """A readable workbook that holds none of the record's sheets."""

    code = "FILE-002"

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"{path}: {why}",
            "Make a record with `sheetrecord new BOOK`, or check that this is the right file.",
        )
        self.path = path


class TooNew(SheetRecordError):
    """A workbook whose schema is newer than this program."""

    code = "FILE-003"

    def __init__(self, path: object, theirs: int, ours: int) -> None:
        super().__init__(
            f"{path}: the record has version {theirs}; this program knows version {ours}.",
            "Update sheetrecord: pip install --upgrade sheetrecord.",
        )


class OtherMoney(SheetRecordError):
    """A workbook whose older formulas show other money than this program computes."""

    code = "FILE-004"

    def __init__(self, path: object, where: str, shown: str, ours: str) -> None:
        super().__init__(
            f"{path}: an older version made it, and its formulas show other money than the present "
            f"ones ({where}: {shown} there, {ours} by now).",
            f"Bring it to the present version first: sheetrecord migrate {path}",
        )
        self.path = path


class CannotWrite(SheetRecordError):
    """The file, its folder or the disk refuses to be written; nothing was changed."""

    code = "FILE-005"

    def __init__(self, path: object, why: str, do: str) -> None:
        super().__init__(f"{path}: {why} Nothing was changed.", do)
        self.path = path


class SystemRefuses(SheetRecordError):
    """The operating system refuses a file or folder."""

    code = "FILE-006"

    def __init__(self, path: object, why: str, do: str) -> None:
        super().__init__(f"{path}: {why}", do)
        self.path = path


class CannotPatch(SheetRecordError):
    """The workbook holds something that cannot be changed safely; nothing was changed."""

    code = "FILE-007"

    def __init__(self, path: object, why: str, do: str = "Make the change by hand.") -> None:
        super().__init__(f"{path}: {why} Nothing was changed.", do)
        self.path = path


class Locked(SheetRecordError):
    """Somebody has the file open, or another run of sheetrecord works on it."""

    code = "FILE-008"

    def __init__(self, path: object, owner: str | None = None) -> None:
        who = f"open by {owner}" if owner else "in use by another program"
        super().__init__(
            f"{path}: waiting for {owner or 'another program'}: the file is {who}.",
            "Save and close it there, then run this again.",
        )
        self.path = path
        self.owner = owner


class ChangedElsewhere(SheetRecordError):
    """The file was saved, moved or deleted by someone after it was read; what they did stands.

    ``kept`` is the path of an older one of two racing saves, when there was one.
    """

    code = "FILE-009"

    def __init__(self, path: object, kept: object | None = None) -> None:
        also = f" An earlier save of somebody is kept as {kept}." if kept else ""
        super().__init__(
            f"{path}: somebody saved it while we were working; their version stands.{also}",
            "Run the command again.",
        )
        self.path = path
        self.kept = kept


class PlanChanged(SheetRecordError):
    """What would be written is another plan than the one that somebody was shown."""

    code = "FILE-010"

    def __init__(self, path: object) -> None:
        super().__init__(
            f"{path}: it was changed since the plan was shown; nothing was written.",
            "Look at the plan again.",
        )
        self.path = path


class Unreachable(SheetRecordError):
    """A server, service or network share does not answer."""

    code = "STORE-001"

    def __init__(self, what: object, why: str) -> None:
        super().__init__(f"{what}: {why}", "Check the connection and run this again.")


class NotAllowed(SheetRecordError):
    """A program applies a plan that is refused: the gate is shut, or the step is out of turn."""

    code = "GATE-001"


class NotCertain(SheetRecordError):
    """Whose a deal is cannot be told for certain: nothing of it is given to a client."""

    code = "VIEW-001"

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            f"{path}: it is not certain whose this is, so nothing goes to a client. {why}",
            "Give each deal an id of its own and its rows the right one, each client one spelling, "
            "and run this again.",
        )
        self.path = path


class MissingExtra(SheetRecordError):
    """An optional package is needed for this."""

    code = "SETUP-001"

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"This needs the package {package}, which is not installed.",
            f'Install it with: pip install "sheetrecord[{extra}]".',
        )


class BadSettings(SheetRecordError):
    """A setting that cannot be parsed; names its location."""

    code = "SETUP-002"

    def __init__(self, where: object, why: str, do: str) -> None:
        super().__init__(f"{where}: {why}", do)


class SettingsMistake(NamedTuple):
    """One thing that is wrong in a settings file: its line (0 if not known), the key, the words."""

    line: int
    where: str
    why: str
    do: str


class WrongSettings(BadSettings):
    """Everything that is wrong in a settings file; nothing of the file was used."""

    code = "SETUP-003"
    exit_code = 2

    def __init__(self, path: object, found: Sequence[SettingsMistake]) -> None:
        super().__init__(_place(path, found[0]), found[0].why, found[0].do)
        self.path = path
        self.found = tuple(found)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every mistake, from top to bottom of the file."""
        places = ((_place(self.path, one), one) for one in self.found)
        return tuple(f"{place}: {one.why} {one.do}".rstrip() for place, one in places)

    def __str__(self) -> str:
        """Return every mistake."""
        return " ".join(self.lines)


def _place(path: object, one: SettingsMistake) -> str:
    file = f"{path}:{one.line}" if one.line else str(path)
    return f"{file}: {one.where}" if one.where else file


class Unconfirmed(SheetRecordError):
    """A settings file names a store, an output or a copy, and nobody has said that it may.

    ``why`` says what keeps it from being trusted: that it is new, was changed, or is not ours.
    """

    code = "SETUP-004"

    def __init__(self, path: object, why: str, names: Sequence[str]) -> None:
        super().__init__(
            f"{path}: {why}, and it names {', '.join(names)}. Nothing was done.",
            "Read it; if it is yours, run this once with --trust.",
        )
        self.path = path
