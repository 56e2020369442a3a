"""A column is one declaration: what it holds, who fills it, when it is needed, how it is derived.

A sheet is a class whose attributes are columns, written once::

    class Deal(Row, sheet="Deal", prefix="D"):
        client: str = text("The client's name.", Owner.SALES, from_stage="talking")

The annotation is what rules see; the declaration feeds the parser, the template, the
drop-downs, the live formulas, merge ownership, the docs and the tests.
"""

from enum import Enum
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple


class Kind(Enum):
    """What a column holds, and so how its cells are read and written."""

    ID = "id"
    REF = "reference"
    TEXT = "text"
    PROSE = "prose"
    PERSON = "person"
    LINK = "link"
    ENUM = "choice"
    CURRENCY = "currency"
    DATE = "date"
    MONTH = "month"
    MONEY = "money"
    NUMBER = "number"
    PERCENT = "percentage"
    FLAG = "tick"


class ColumnOwner(Enum):
    """Who fills a column; a merge and a promotion respect it."""

    SALES = "sales"
    OPS = "ops"
    FINANCE = "finance"
    ENGINE = "engine"


class Column(NamedTuple):
    """One column of one sheet.

    ``from_stage`` is the stage from which the gate asks for it; ``blocks`` tells whether a gap
    keeps the gate shut (an error) or is only said (a warning); ``only_open`` limits it to deals
    that are still being sold. ``formula`` is written in the notation of `schema.formulas.notation`;
    ``override`` allows a person to type over it. ``front`` columns stay in sight in the
    template, the others fold away. ``group`` names columns that only make sense together: what
    two people changed in them apart is one question. ``binds`` names groups that belong together
    with its own in every row in which the column is filled, such as an invoice's number and its
    amounts.
    A ``helper`` is read by other formulas only: the engine needs none and leaves it blank.
    """

    key: str
    kind: Kind
    owner: ColumnOwner
    help: str
    enum: str = ""
    to_sheet: str = ""
    from_stage: str = ""
    blocks: bool = True
    only_open: bool = False
    formula: str = ""
    override: bool = False
    front: bool = False
    group: str = ""
    binds: tuple[str, ...] = ()
    helper: bool = False
    sheet: str = ""
    position: int = 0

    @property
    def derived(self) -> bool:
        """Whether a formula fills it and nobody may type over it."""
        return bool(self.formula) and not self.override


class Row(tuple[Any, ...]):
    """A typed row: a tuple of its columns' values, read by name, with its place in the sheet.

    Item 0 is the row number in the workbook; the columns follow in their declared order.
    """

    __slots__ = ()
    row: ClassVar[Any] = property(itemgetter(0))
    sheet: ClassVar[str] = ""
    prefix: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    by_key: ClassVar[dict[str, Column]] = {}

    def __init_subclass__(cls, *, sheet: str, prefix: str) -> None:
        """Collect the declared columns and let each name read its item."""
        found = [(k, v) for k, v in vars(cls).items() if isinstance(v, Column)]
        cls.sheet, cls.prefix = sheet, prefix
        cls.columns = tuple(
            column._replace(key=key, sheet=sheet, position=i)
            for i, (key, column) in enumerate(found, start=1)
        )
        cls.by_key = {column.key: column for column in cls.columns}
        for column in cls.columns:
            setattr(cls, column.key, property(itemgetter(column.position), doc=column.help))

    @property
    def id(self) -> str:
        """The row's id (its first column)."""
        return str(self[1])

    def get(self, key: str) -> Any:
        """Return a column's value by key."""
        return self[self.by_key[key].position]


def _declare(kind: Kind, text_: str, owner: ColumnOwner, options: dict[str, Any]) -> Any:
    return Column("", kind, owner, text_, **options)


def identity(text_: str) -> Any:
    """Declare the id column: stamped by the engine, never reused."""
    return _declare(Kind.ID, text_, ColumnOwner.ENGINE, {"front": True})


def ref(
    text_: str, to_sheet: str, owner: ColumnOwner = ColumnOwner.SALES, **options: object
) -> Any:
    """Declare a reference to a row of another sheet by id."""
    return _declare(Kind.REF, text_, owner, {"to_sheet": to_sheet, **options})


def text(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a short text."""
    return _declare(Kind.TEXT, text_, owner, options)


def prose(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a sentence or more."""
    return _declare(Kind.PROSE, text_, owner, options)


def person(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a person's name."""
    return _declare(Kind.PERSON, text_, owner, options)


def link(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a web address, a file path or words that say where to look."""
    return _declare(Kind.LINK, text_, owner, options)


def choice(text_: str, enum: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a choice from a list; rules see the code, people see the firm's label."""
    return _declare(Kind.ENUM, text_, owner, {"enum": enum, **options})


def currency(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare an ISO 4217 code."""
    return _declare(Kind.CURRENCY, text_, owner, options)


def date(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a calendar date."""
    return _declare(Kind.DATE, text_, owner, options)


def month(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a month as ``YYYY-MM``."""
    return _declare(Kind.MONTH, text_, owner, options)


def money(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare an amount; rules see integer minor units of the row's or the deal's currency."""
    return _declare(Kind.MONEY, text_, owner, options)


def number(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a plain number."""
    return _declare(Kind.NUMBER, text_, owner, options)


def percent(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a share; 19 % is held as 0.19."""
    return _declare(Kind.PERCENT, text_, owner, options)


def flag(text_: str, owner: ColumnOwner, **options: object) -> Any:
    """Declare a tick: the firm's word for yes, or blank."""
    return _declare(Kind.FLAG, text_, owner, {"enum": "yes", **options})
