"""What may be asked: each verb with its words, declared once as plain types.

The page's worker reads them with `reader`, the service checks them with pydantic besides; both take
the declarations from here (`VERBS`). A body is a JSON object with the fields of `Request`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

Language: TypeAlias = Literal["", "en", "de", "es", "fr"]
Gate: TypeAlias = Literal["", "talking", "proposal", "verbal", "won"]
Wanted: TypeAlias = Literal["plan", "files", "edits"]
"""What a verb that changes a workbook gives back: only what would change, the changed workbook
too, or the changes as edits of cells for a program that has the workbook open."""


class GivenFile(NamedTuple):
    """A file that is handed over: its name, for messages, and its bytes (in JSON as Base64)."""

    name: str
    data: bytes


class GivenCell(NamedTuple):
    """A cell of a workbook that cannot be handed over as a file: its place, value and format.

    Rows and columns count from 1. A formula is a text that begins with ``=``; ``shows`` is then its
    result. A day is a number whose ``form`` is a format of days.
    """

    row: int
    column: int
    value: str | int | float | bool
    shows: str | int | float | bool | None = None
    form: str = ""


class GivenSheet(NamedTuple):
    """A worksheet read cell by cell: its name, its filled cells, its state, its merged ranges."""

    name: str
    cells: tuple[GivenCell, ...]
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    merged: tuple[str, ...] = ()


class GivenSheets(NamedTuple):
    """A workbook read cell by cell.

    ``names`` are the workbook's defined names with what they refer to, as they are written;
    ``properties`` its custom properties.
    """

    name: str
    sheets: tuple[GivenSheet, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str] = {}
    date1904: bool = False


class NamedBook(NamedTuple):
    """A workbook that the service knows: a name of the settings file. The page has none."""

    address: str


class CheckArgs(NamedTuple):
    """``check``: every problem, or a deal's; ``gate`` judges as if deals had come that far."""

    deal: str = ""
    gate: Gate = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class ExplainArgs(NamedTuple):
    """``explain``: why a rule exists."""

    code: str


class CloseArgs(NamedTuple):
    """``close``: close a deal and begin its project.

    ``fees`` names a fee template; ``at_risk_why`` and ``at_risk_until`` begin before the signature.
    """

    deal: str
    fees: str = ""
    refit: bool = False
    update: bool = False
    at_risk_why: str = ""
    at_risk_until: dt.date | None = None


class AcceptArgs(NamedTuple):
    """``accept``: ops takes a deal over."""

    deal: str
    note: str = ""


class ReturnArgs(NamedTuple):
    """``return``: ops sends a deal back, with one of the codes and what is missing in words."""

    deal: str
    code: str
    note: str


class WaiveArgs(NamedTuple):
    """``waive``: let items of the gate pass until a day; ``end`` ends that."""

    deal: str
    codes: tuple[str, ...]
    why: str = ""
    until: dt.date | None = None
    end: bool = False


class ConfirmArgs(NamedTuple):
    """``confirm``: ops confirms facts (ids of Context), all of them, or that the kickoff was."""

    deal: str
    facts: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    everything: bool = False
    kickoff: bool = False
    note: str = ""


class BriefArgs(NamedTuple):
    """``brief``: the handover brief of a deal, as a page."""

    deal: str
    audience: Literal["ops", "owner"] = "ops"


class SayBackArgs(NamedTuple):
    """``say_back``: the letter to the client, as a page; ``signed`` by the rep if empty."""

    deal: str
    signed: str = ""


class DiffArgs(NamedTuple):
    """``diff``: what changed since deals were sold; version 0 is the latest that was frozen."""

    deal: str = ""
    version: int = 0
    everything: bool = False
    digest: str = ""


class MergeArgs(NamedTuple):
    """``merge``: bring the changes of another copy into this one; ``base`` is their common past.

    ``allow`` names guards that somebody has confirmed.
    """

    theirs: GivenFile
    base: GivenFile | None = None
    allow: tuple[str, ...] = ()


class ResolveArgs(NamedTuple):
    """``resolve``: carry out what the sheet Conflicts says, or take one side for all of it."""

    keep: Literal["", "ours", "theirs"] = ""


class PublishArgs(NamedTuple):
    """``publish``: the view for an audience, as one zip of pages or as a workbook."""

    audience: Literal["ops", "owner", "client"] = "ops"
    client: str = ""
    deals: tuple[str, ...] = ()
    kind: Literal["pages", "workbook"] = "pages"


class DecidedProposal(NamedTuple):
    """What somebody decided of a proposal; ``edits``: cells by column, a day as YYYY-MM-DD."""

    id: str
    accept: bool
    kind: str = ""
    edits: Mapping[str, str | None] = {}


class CaptureArgs(NamedTuple):
    """``capture``: propose what mails, chats and notes say, and carry out what was decided.

    ``us`` are our domains and names. What is not decided is listed on the sheet Capture unless
    ``list_rest`` is off.
    """

    deal: str
    files: tuple[GivenFile, ...] = ()
    us: tuple[str, ...] = ()
    since: dt.date | None = None
    language: Language = ""
    decisions: tuple[DecidedProposal, ...] = ()
    list_rest: bool = True


class FindArgs(NamedTuple):
    """``find``: what was ever said that holds every word of a text."""

    text: str
    deal: str = ""


class NewArgs(NamedTuple):
    """``new``: an empty workbook, or with a made-up firm in it to look at."""

    language: Language = "en"
    template: str = "consultancy"
    currency: str = ""
    sample: bool = False


Args: TypeAlias = (
    CheckArgs
    | ExplainArgs
    | CloseArgs
    | AcceptArgs
    | ReturnArgs
    | WaiveArgs
    | ConfirmArgs
    | BriefArgs
    | SayBackArgs
    | DiffArgs
    | MergeArgs
    | ResolveArgs
    | PublishArgs
    | CaptureArgs
    | FindArgs
    | NewArgs
)
GivenBook: TypeAlias = GivenFile | GivenSheets | NamedBook


class Request(NamedTuple):
    """One request. ``today`` is the day on the asker's calendar, ``asof`` one to judge by instead.

    ``by`` is whose decision it is. ``want`` is asked of verbs that change a workbook; ``planned``
    is the digest of the plan that somebody was shown: if it is another one by now, nothing is done.
    """

    verb: str
    args: Args
    today: dt.date
    book: GivenBook | None = None
    by: str = ""
    asof: dt.date | None = None
    want: Wanted = "plan"
    planned: str = ""


VERBS: Final[Mapping[str, type[Args]]] = {
    "accept": AcceptArgs,
    "brief": BriefArgs,
    "capture": CaptureArgs,
    "check": CheckArgs,
    "close": CloseArgs,
    "confirm": ConfirmArgs,
    "diff": DiffArgs,
    "explain": ExplainArgs,
    "find": FindArgs,
    "merge": MergeArgs,
    "new": NewArgs,
    "publish": PublishArgs,
    "resolve": ResolveArgs,
    "return": ReturnArgs,
    "say_back": SayBackArgs,
    "waive": WaiveArgs,
}
"""The words of each verb that a workbook in memory is enough for."""
