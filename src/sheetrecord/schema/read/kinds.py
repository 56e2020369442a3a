"""How each kind of column reads one cell: to a typed value, or to a `Wrong` with the reason."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sheetrecord.model.money import EXPONENTS, exponent, to_minor
from sheetrecord.model.phrase import Numeral, Phrase, Term
from sheetrecord.model.value import Cell
from sheetrecord.schema.column import Column, Kind
from sheetrecord.schema.read.lexicon import Lexicon

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
"""Dates outside are typing mistakes; the sheet's own formulas use the same bounds."""

LONGEST: Final = 32_767
"""Characters a cell can hold in Excel; a text this long was probably cut off."""

_TEXT_OR_BLANK: Final = {str, type(None)}
_INVISIBLE = r"[\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f]"
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class Wrong(NamedTuple):
    """A cell that does not fit its column: the reading rule, words, and what it must mean."""

    code: str
    words: Mapping[str, Any] = {}
    value: Any = None
    fix: Cell = None


class ReadContext(NamedTuple):
    """What reading a cell depends on besides the cell: its column, the firm's words, day zero."""

    column: Column
    lexicon: Lexicon
    epoch: dt.date = dt.date(1899, 12, 30)


ReadCell = Callable[[Cell], Any]


def reader_for(column: Column, lexicon: Lexicon, epoch: dt.date) -> ReadCell:
    """Return the function that reads one non-blank cell of a column."""
    return _READERS[column.kind](ReadContext(column, lexicon, epoch))


def _text(context: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        text = _as_text(cell)
        if cell.__class__ is not str and (made := _made(context.column, cell)):
            return Wrong(made, {"value": text, "count": 1, "more": ""}, text)
        if text.isprintable():
            text = text.strip()
            return Wrong("TYPE-011", {"length": len(text)}, text) if len(text) >= LONGEST else text
        if (mended := _visible(text)) != text:
            mended = mended.strip()
            return Wrong("TYPE-010", {"value": _short(mended)}, mended or None, mended)
        text = text.strip()
        return Wrong("TYPE-011", {"length": len(text)}, text) if len(text) >= LONGEST else text

    return one


CODES: Final = frozenset({"invoice_no", "po_ref", "clause", "crm_ref"})
"""Columns whose texts often look like numbers and are none: ``00123``, ``4.10``, ``1E5``."""


def _made(column: Column, cell: Cell) -> str:
    """Return the rule that tells what a spreadsheet program made of a text, or nothing.

    A clause ``2-4`` becomes a date, an order number ``1E5`` a hundred thousand.
    """
    if isinstance(cell, dt.date | dt.time):
        return "TYPE-017"
    if isinstance(cell, bool) or not isinstance(cell, int | float) or column.kind is Kind.PROSE:
        return ""
    whole = float(cell).is_integer()
    return "TYPE-018" if column.key in CODES or not whole or abs(cell) >= _LONG else ""


_LONG: Final = 1_000_000
"""A number so large in a text column was a telephone number or another code."""


def _visible(text: str) -> str:
    """Return a text without invisible characters; non-breaking spaces become spaces.

    Joiners and direction marks stay where scripts and pictures need them: they can be seen.
    """
    if text.isascii():
        return re.sub(_INVISIBLE, "", text)
    needed = r"(?<=[^\x00-\u02ff])[\u200c-\u200f](?=[^\x00-\u02ff])"
    kept = {match.start() for match in re.finditer(needed, text)}

    def put(match: re.Match[str]) -> str:
        if match.start() in kept:
            return match[0]
        return " " if match[0] == "\u00a0" else ""

    return re.sub(_INVISIBLE, put, text)


def _identity(_: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        text = _as_text(cell)
        return (text if text.isprintable() else re.sub(_INVISIBLE, "", text)).strip()

    return one


def texts(cells: Sequence[Cell]) -> list[Any] | None:
    """Return a column as `_text` and `_identity` read it, None when it is not all common text."""
    if not set(map(type, cells)) <= _TEXT_OR_BLANK:
        return None
    held: list[Any] = list(filter(None, cells))
    if not "".join(held).isprintable() or max(map(len, held), default=0) >= LONGEST:
        return None
    return [cell.strip() if cell else "" for cell in cells]  # type: ignore[union-attr]  # texts


def dates(cells: Sequence[Cell]) -> list[Any] | None:
    """Return a column as `_date` reads it, None when it is not all days of our time."""
    held: set[Any] = set(cells)
    held.discard(None)
    if set(map(type, held)) <= {dt.date} and all(EARLIEST <= day <= LATEST for day in held):
        return list(cells)
    return None


def _as_text(cell: Cell) -> str:
    if cell.__class__ is str:
        return cell  # asked by class: cheaper than isinstance, and nearly every cell is text
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _choice(context: ReadContext) -> ReadCell:
    enum = context.column.enum
    accept = _heard(context.lexicon.accept[enum])
    # A state that nobody understands is no answer, as in the sheet; a blank one is derived.
    instead = "not_asked" if context.column.override else None

    def one(cell: Cell) -> Any:
        text = _as_text(cell)
        code = accept.get(text.lower())
        if code is not None:
            return code
        text = text.strip()
        if not text:
            return instead or ""
        code = context.lexicon.loose(enum, text)
        label = context.lexicon.labels.get((enum, code)) if code else None
        words = {"value": _short(text), "maybe": _maybe(text, label)}
        words["choices"] = Term("choices", enum)
        return Wrong("TYPE-003", words, instead, label)

    return one


def _maybe(text: str, label: str | None) -> str:
    """Return what to say of a word that must mean a label: never that it should be what it is."""
    if not label:
        return ""
    if _short(text).casefold() == label.casefold():
        return Phrase(
            ' It differs from "{label}" by a blank or by a character that cannot be seen.',
            label=label,
        )
    return Phrase(' Did you mean "{label}"?', label=label)


def _heard(accept: Mapping[str, str]) -> dict[str, str]:
    """Return labels as the sheet's own formulas hear them: without case, but with every blank."""
    return {label.lower(): code for label, code in accept.items()}


def _flag(context: ReadContext) -> ReadCell:
    accept = _heard(context.lexicon.accept["yes"])
    label = context.lexicon.labels["yes", "yes"]

    def one(cell: Cell) -> Any:
        if cell is False:
            return False
        text = _as_text(cell)
        if text.lower() in accept:
            return True
        text = text.strip()
        if not text:
            return False
        words = {"value": _short(text), "yes": label}
        if context.lexicon.loose("yes", text):
            return Wrong("TYPE-016", {**words, "meant": Phrase("a tick")}, value=True, fix=label)
        if text.casefold() in _NO:
            return Wrong("TYPE-016", {**words, "meant": Phrase("no tick")})
        return Wrong("TYPE-014", words)

    return one


_NO_WORDS = "no n false 0 off nein falsch non faux falso - \N{EN DASH} \N{EM DASH} \N{BALLOT BOX}"
_NO: Final = frozenset(_NO_WORDS.split())
"""How people write that there is no tick, where a blank would do."""


def _currency(_: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        text = _as_text(cell)
        if text in EXPONENTS:
            return text
        heard = text.upper() if text.upper() in EXPONENTS else None
        fix = heard or (text.strip().upper() if text.strip().upper() in EXPONENTS else None)
        return Wrong("TYPE-009", {"value": _short(text)}, heard, fix)

    return one


def _number(_: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return float(cell)
        return _not_a_number(cell)

    return one


def _not_a_number(cell: Cell, currency: str = "") -> Wrong:
    from sheetrecord.schema.read import (
        amounts,  # most workbooks hold nothing that has to be guessed
    )

    meant = amounts.amount(cell, currency) if isinstance(cell, str) else None
    maybe = Phrase(" Did you mean {meant}?", meant=meant) if meant else ""
    words = {"value": _short(_as_text(cell)), "maybe": maybe}
    return Wrong("TYPE-001", words, None, None if meant is None else _cell(meant))


def _cell(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _percent(_: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if 1 < cell <= 100:  # 1.5 may be 1.5 % as well as 150 %: a person knows
                return Wrong(
                    "TYPE-013", {"value": Numeral(f"{cell:g}"), "meant": Numeral(f"{cell:g} %")}
                )
            return float(cell)
        if isinstance(cell, str) and cell.strip().endswith("%"):
            from sheetrecord.schema.read import amounts

            meant = amounts.amount(cell.strip()[:-1])
            if meant is not None:
                return Wrong("TYPE-001", {"value": cell, "maybe": ""}, None, float(meant / 100))
        return _not_a_number(cell)

    return one


def _date(context: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        if isinstance(cell, dt.datetime):
            cell = cell.date()
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if not 32_874 <= cell < 73_416:
                return Wrong("TYPE-008", {"value": Numeral(f"{cell:g}")})
            cell = context.epoch + dt.timedelta(days=int(cell))
        if isinstance(cell, dt.date):
            if EARLIEST <= cell <= LATEST:
                return cell
            return Wrong("TYPE-008", {"value": cell})
        from sheetrecord.schema.read import amounts

        text = _as_text(cell)
        meant = amounts.day(text)
        if meant is not None and not EARLIEST <= meant <= LATEST:
            meant = None
        maybe = Phrase(" Did you mean {meant}?", meant=meant) if meant else ""
        words = {"value": _short(text), "maybe": maybe}
        return Wrong("TYPE-002", words, None, meant)

    return one


def _month(_: ReadContext) -> ReadCell:
    def one(cell: Cell) -> Any:
        if isinstance(cell, dt.date):
            meant = f"{cell:%Y-%m}"
            first = meant if cell.day == 1 else None  # else a whole day was meant, or another month
            return Wrong("TYPE-015", {"value": cell.isoformat()[:10]}, meant, first)
        text = _as_text(cell).strip()
        return text if re.match(_MONTH, text) else Wrong("TYPE-015", {"value": _short(text)})

    return one


def _money(_: ReadContext) -> ReadCell:
    """Amounts are read by `read_amount`, which is told each row's currency."""
    return lambda cell: cell


def read_amount(cell: Cell, currency: str) -> Any:
    """Return an amount in minor units of a currency."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return _not_a_number(cell, currency)
    try:
        minor, whole = to_minor(cell, currency)
    except ValueError:
        return Wrong("TYPE-007", {"value": Numeral(f"{cell:g}")})
    if whole:
        return minor
    words = {"value": Numeral(repr(cell)), "places": exponent(currency), "currency": currency}
    return Wrong("TYPE-006", words, minor)


def _short(text: str) -> str:
    """Cut a text for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:37] + "..."


AT_ONCE: Final[dict[Kind, Callable[[Sequence[Cell]], list[Any] | None]]] = {
    **dict.fromkeys([Kind.ID, Kind.REF, Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK], texts),
    Kind.DATE: dates,
}
"""What reads a whole column at once when nothing in it is out of the common."""

_READERS: Final[dict[Kind, Callable[[ReadContext], ReadCell]]] = {
    Kind.ID: _identity,
    Kind.REF: _identity,
    Kind.TEXT: _text,
    Kind.PROSE: _text,
    Kind.PERSON: _text,
    Kind.LINK: _text,
    Kind.ENUM: _choice,
    Kind.FLAG: _flag,
    Kind.CURRENCY: _currency,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
}
