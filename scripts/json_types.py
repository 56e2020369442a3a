"""The published JSON as pydantic models: strict, and nothing beside what is declared."""

import types
from collections.abc import Mapping
from functools import cache
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from pydantic import ConfigDict, Field, TypeAdapter, create_model

_STRICT = ConfigDict(extra="forbid", strict=True)


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what checks a value of a declared type, and tells its JSON Schema."""
    return TypeAdapter(modelled(kind))


@cache
def modelled(kind: Any) -> Any:
    """Return a declared type with every TypedDict in it as a model.

    pydantic takes no TypedDict of `typing` before Python 3.12, and `typing_extensions` would be
    one more import on the way to an answer.
    """
    if is_typeddict(kind):
        hints = get_type_hints(kind, include_extras=True)
        fields: Mapping[str, Any] = {
            f"field_{name}": (modelled(_bare(hint)), Field(**_default(hint), alias=name))
            for name, hint in hints.items()
        }
        return create_model(kind.__name__, __config__=_STRICT, __doc__=kind.__doc__, **fields)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return Union[tuple(map(modelled, inner))]  # noqa: UP007 - made of what is known only now
    if origin in {list, dict}:
        return origin[tuple(map(modelled, inner))]
    if origin is Literal or not inner:
        return kind
    raise TypeError(f"{kind} is no type that JSON has")


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is NotRequired else hint


def _default(hint: Any) -> dict[str, Any]:
    return {"default": None} if get_origin(hint) is NotRequired else {}
