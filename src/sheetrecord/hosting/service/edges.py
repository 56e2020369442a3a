"""Requests as pydantic models, made from the declarations in `verbs.shapes`: the service's edge.

A body has to pass both these and `verbs.reader`, which were written apart and agree.
"""

import base64
import binascii
import datetime as dt
import types
from collections.abc import Mapping
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from sheetrecord.verbs.shapes import VERBS, Request

_SAFE: Final = 2**53


def _day(text: str) -> str:
    if len(text) != 10 or not text.isascii():
        raise ValueError("no day such as 2026-03-31")
    dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC)
    return text


def _base64(text: str) -> str:
    try:
        base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("no Base64") from error
    return text


def _float(value: object) -> object:
    if type(value) is not float:
        raise ValueError("no number with a point")
    return value


def _text(text: str) -> str:
    text.encode()  # a lone surrogate is a ValueError, and no text
    return text


_TEXT: Final = Annotated[str, AfterValidator(_text)]
_PLAIN: Final[Mapping[Any, Any]] = {
    str: _TEXT,
    bool: bool,
    type(None): None,
    int: Annotated[int, Field(ge=-_SAFE, le=_SAFE)],
    float: Annotated[float, BeforeValidator(_float), Field(allow_inf_nan=False)],
    bytes: Annotated[str, AfterValidator(_base64)],
    dt.date: Annotated[str, AfterValidator(_day)],
}


@cache
def model_of(verb: str) -> type[BaseModel]:
    """Return the model of a verb's request. Raises KeyError for a verb that nobody knows."""
    return _model(Request, {"args": VERBS[verb], "verb": Literal[verb]})


def _model(kind: type[NamedTuple], instead: Mapping[str, Any]) -> type[BaseModel]:
    hints = {**get_type_hints(kind), **instead}
    defaults: Mapping[str, Any] = kind._field_defaults
    fields: dict[str, Any] = {
        name: (_kind(hint), defaults.get(name, ...)) for name, hint in hints.items()
    }
    config = ConfigDict(extra="forbid", strict=True)
    return create_model(kind.__name__, __config__=config, **fields)


def _kind(hint: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if origin is Literal:
        return hint
    if origin is tuple:
        return list[_kind(inner[0])]  # type: ignore[misc]
    if origin in {Union, types.UnionType}:
        return Union[tuple(_kind(one) for one in inner)]  # noqa: UP007 - made at run time
    if origin is not None and issubclass(origin, Mapping):
        return dict[_TEXT, _kind(inner[1])]  # type: ignore[misc,valid-type]
    return _model(hint, {})
