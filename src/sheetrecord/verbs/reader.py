"""Read what is asked from JSON values, by the declared types alone: no package is needed for it.

Every field is checked, and none is guessed: a text is no number, 1 is not true, and a field nobody
declared is refused. Texts hold no lone surrogates. Bytes come as Base64, or as bytes where the
transport carries them.
"""

import base64
import binascii
import datetime as dt
import math
import re
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import (
    Any,
    Final,
    Literal,
    NoReturn,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from sheetrecord.verbs.shapes import VERBS, Request

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SAFE: Final = 2**53
"""Integers beyond it are not exact in a browser."""


class NotUnderstood(ValueError):
    """A body that is no request: where, and what should stand there."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where or 'the request'}: {why}")


_Read: TypeAlias = Callable[[Any, str], Any]


def read_request(body: object) -> Request:
    """Return the request that a body of JSON values is. Raises NotUnderstood."""
    if not isinstance(body, dict):
        _fail("", "it must be an object with a verb, a day and args.")
    verb = body.get("verb")
    if not isinstance(verb, str) or verb not in VERBS:
        _fail("verb", f"it must be one of {', '.join(VERBS)}.")
    found: Request = _fields(Request, {"args": VERBS[verb]})(body, "")
    return found


def _fail(where: str, why: str) -> NoReturn:
    raise NotUnderstood(where, why)


@cache
def _reading(kind: Any) -> _Read:
    """Return what reads values of a declared type."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin is Literal:
        return _one_of(inner)
    if origin is tuple:
        return _list_of(_reading(inner[0]))
    if origin in {Union, types.UnionType}:
        return _first_of(inner)
    if origin is not None and issubclass(origin, Mapping):
        return _named(_reading(inner[1]))
    return _fields(kind, {})


def _fields(kind: Any, instead: Mapping[str, Any]) -> _Read:
    """Return what reads an object; ``instead`` are types of fields in place of the declared."""
    kinds = {**get_type_hints(kind), **instead}
    readers = {name: _reading(one) for name, one in kinds.items()}
    needed = [name for name in readers if name not in kind._field_defaults]

    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            _fail(where, "it must be an object.")
        for name in value:
            if name not in readers:
                _fail(_below(where, name), "nobody knows this field.")
        for name in needed:
            if name not in value:
                _fail(_below(where, name), "it is missing.")
        return kind(
            **{name: readers[name](one, _below(where, name)) for name, one in value.items()}
        )

    return read


def _first_of(kinds: tuple[Any, ...]) -> _Read:
    """Return what reads a value of one of several types; of objects the fields tell which."""
    readers = [_reading(kind) for kind in kinds]
    objects = [set(kind._fields) for kind in kinds if hasattr(kind, "_fields")]

    def read(value: Any, where: str) -> Any:
        problems = []
        for reader in readers:
            try:
                return reader(value, where)
            except NotUnderstood as problem:
                problems.append(problem)
        if isinstance(value, dict) and objects:
            # of several kinds of objects the one that shares most fields was meant
            meant = [
                one for kind, one in zip(kinds, problems, strict=True) if hasattr(kind, "_fields")
            ]
            raise max(zip(objects, meant, strict=True), key=lambda o: len(o[0] & {*value}))[1]
        raise problems[0]

    return read


def _list_of(item: _Read) -> _Read:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, list):
            _fail(where, "it must be a list.")
        return tuple(item(one, f"{where}[{number}]") for number, one in enumerate(value))

    return read


def _named(item: _Read) -> _Read:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, dict):
            _fail(where, "it must be an object.")
        return {_text(key, where): item(one, _below(where, key)) for key, one in value.items()}

    return read


def _one_of(words: tuple[Any, ...]) -> _Read:
    def read(value: Any, where: str) -> Any:
        if not isinstance(value, str) or value not in words:
            _fail(
                where, f"it must be one of {', '.join(word or 'an empty text' for word in words)}."
            )
        return value

    return read


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or any("\ud800" <= one <= "\udfff" for one in value):
        _fail(where, "it must be a text.")
    return value


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        _fail(where, "it must be true or false.")
    return value


def _whole(value: Any, where: str) -> int:
    if type(value) is not int or abs(value) > _SAFE:
        _fail(where, "it must be a whole number.")
    return value


def _number(value: Any, where: str) -> float:
    if type(value) is not float or not math.isfinite(value):
        _fail(where, "it must be a number.")
    return value


def _nothing(value: Any, where: str) -> None:
    if value is not None:
        _fail(where, "it must be null.")


def _day(value: Any, where: str) -> dt.date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass  # such as the 30th of February
    _fail(where, "it must be a day such as 2026-03-31.")


def _bytes(value: Any, where: str) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if isinstance(value, str):
        try:
            return base64.b64decode(value.encode("ascii"), validate=True)
        except (UnicodeEncodeError, binascii.Error):
            pass
    _fail(where, "it must be bytes as Base64.")


def _below(where: str, name: object) -> str:
    return f"{where}.{name}" if where else str(name)


_PLAIN: Final[Mapping[Any, _Read]] = {
    str: _text,
    bool: _flag,
    int: _whole,
    float: _number,
    bytes: _bytes,
    dt.date: _day,
    type(None): _nothing,
}
