"""Field masks: which fields of an answer are asked for (``a,b(c,d/e)``), and which are written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sheets_server import discovery
from sheets_server.errors import ApiError

Mask = dict[str, Any]
"""Fields by name, each with the mask of what is in it; an empty one is all of it."""

TOKEN: Final = re.compile(r"\s*([(),]|[^(),\s]+)")


def parsed(text: str) -> Mask:
    """Return the mask that a text says; raises `ApiError` for one that says none."""
    tokens = TOKEN.findall(text)
    mask, rest = _several(tokens)
    if rest or not mask:
        raise ApiError(400, f"Invalid field selection {text}", "invalidParameter")
    return mask


def _several(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while tokens and tokens[0] != ")":
        word, *tokens = tokens
        if word in ("(", ","):
            raise ApiError(400, f"Invalid field selection {word}", "invalidParameter")
        inner: Mask = {}
        if tokens and tokens[0] == "(":
            inner, tokens = _several(tokens[1:])
            if not tokens:
                raise ApiError(400, f"Invalid field selection {word}", "invalidParameter")
            tokens = tokens[1:]
        _put(mask, re.split(r"[/.]", word), inner)
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
            if not tokens:
                raise ApiError(400, "Invalid field selection ,", "invalidParameter")
    return mask, tokens


def _put(mask: Mask, path: list[str], inner: Mask) -> None:
    first, *rest = path
    whole = first in mask and not mask[first]
    if rest:
        below = mask.setdefault(first, {})
        if not whole:
            _put(below, rest, inner)
    elif whole or not inner:
        mask[first] = {}
    else:
        below = mask.setdefault(first, {})
        for name, one in inner.items():
            _put(below, [name], one)


def unknown(service: str, name: str, mask: Mask, where: str = "") -> Iterator[str]:
    """Yield the fields of a mask that a message does not have."""
    properties = discovery.schema(service, name).get("properties", {})
    for field, inner in mask.items():
        place = f"{where}.{field}" if where else field
        if field == "*":
            continue
        kind = properties.get(field)
        if kind is None:
            yield place
            continue
        kind = kind.get("items", kind)
        if inner and "$ref" in kind:
            yield from unknown(service, kind["$ref"], inner, place)


def checked(service: str, name: str, text: str) -> Mask:
    """Return a mask for a message; raises `ApiError` when it names what the message has not."""
    mask = parsed(text)
    for place in unknown(service, name, mask):
        raise ApiError(
            400,
            f"Invalid field selection {place}"
            if service == "drive"
            else f"Request contains an invalid argument. Error expanding 'fields' parameter. "
            f"Cannot find matching fields for path '{place}'.",
            "invalidParameter",
        )
    return mask


def within(mask: Mask, *path: str) -> Mask | None:
    """Return the mask of a field that lies deeper; None when it is not asked for."""
    for name in path:
        if not mask or "*" in mask:
            return {}
        if name not in mask:
            return None
        mask = mask[name]
    return mask


def only(value: Any, mask: Mask) -> Any:
    """Return what a mask lets through of a value."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [only(item, mask) for item in value]
    if isinstance(value, Mapping):
        return {key: only(item, mask[key]) for key, item in value.items() if key in mask}
    return value


def put(old: Mapping[str, Any], new: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    """Return an object with the fields of a mask as the new one has them, or without them."""
    if "*" in mask:
        return dict(new)
    result = dict(old)
    for name, inner in mask.items():
        if inner and isinstance(old.get(name, {}), Mapping):
            below = put(old.get(name, {}), new.get(name, {}), inner)
            result[name] = below
            if not below:
                del result[name]
        elif new.get(name) is not None:
            result[name] = new[name]
        else:
            result.pop(name, None)
    return result
