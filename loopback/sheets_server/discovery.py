"""Google's own description of its API: which methods there are, and what fits their messages.

The documents are those that google-api-python-client ships. Everything that comes in and goes out
is held against them, so that the server invents no field and no method.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

SERVICES: Final = {"sheets": "sheets.v4.json", "drive": "drive.v3.json"}
JSON_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


class Method(NamedTuple):
    """One method of an API: its id, how it is called, what goes in and comes out."""

    service: str
    id: str
    http: str
    pattern: re.Pattern[str]
    parameters: Mapping[str, Any]
    request: str
    response: str
    scopes: frozenset[str]


@cache
def document(service: str) -> dict[str, Any]:
    """Return the description of a service."""
    folder = resources.files("googleapiclient") / "discovery_cache" / "documents"
    found: dict[str, Any] = json.loads((folder / SERVICES[service]).read_text("utf-8"))
    return found


def schema(service: str, name: str) -> dict[str, Any]:
    """Return the description of a message."""
    found: dict[str, Any] = document(service)["schemas"][name]
    return found


@cache
def methods() -> tuple[Method, ...]:
    """Return the methods of all services."""
    return tuple(
        one for service in SERVICES for one in _methods(service, document(service)["resources"])
    )


def _methods(service: str, found: Mapping[str, Any]) -> Iterator[Method]:
    general = document(service)["parameters"]
    base = document(service)["servicePath"]
    for resource in found.values():
        for method in resource.get("methods", {}).values():
            paths = [base + method.get("flatPath", method["path"])]
            upload = method.get("mediaUpload", {}).get("protocols", {})
            paths += [way["path"].lstrip("/") for way in upload.values()]
            for path in dict.fromkeys(paths):
                yield Method(
                    service,
                    method["id"],
                    method["httpMethod"],
                    _pattern(path),
                    {**general, **method.get("parameters", {})},
                    method.get("request", {}).get("$ref", ""),
                    method.get("response", {}).get("$ref", ""),
                    frozenset(method.get("scopes", ())),
                )
        yield from _methods(service, resource.get("resources", {}))


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    texts = [
        re.escape(one) if number % 2 == 0 else f"(?P<{one}>[^/:]+?|[^/]+)"
        for number, one in enumerate(parts)
    ]
    return re.compile("/" + "".join(texts))


def find(http: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """Return the method that a request means, and the parameters in its path.

    The longest pattern counts: ``ID:batchUpdate`` is a method, not a spreadsheet of that id.
    """
    best: tuple[int, Method, dict[str, str]] | None = None
    for method in methods():
        match = method.pattern.fullmatch(path) if method.http == http else None
        if match and (best is None or len(method.pattern.pattern) > best[0]):
            values = {name: unquote(value) for name, value in match.groupdict().items()}
            best = (len(method.pattern.pattern), method, values)
    return best[1:] if best else None


def wrong(service: str, name: str, value: Any, where: str = "") -> Iterator[str]:
    """Yield what in a value does not fit a message, in the words of Google's parser."""
    yield from _wrong(service, {"$ref": name}, value, where)


def _wrong(service: str, kind: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
    if value is None:  # null is as if absent
        return
    kind = schema(service, kind["$ref"]) if "$ref" in kind else kind
    name = kind.get("type", "object")
    if name == "any":
        return
    if not _fits(kind, name, value):
        yield f"Invalid value at '{where}' ({kind.get('format', name)}), {json.dumps(value)}"
    elif name == "array":
        for number, item in enumerate(value):
            yield from _wrong(service, kind["items"], item, f"{where}[{number}]")
    elif name == "object":
        yield from _wrong_object(service, kind, value, where)


def _wrong_object(
    service: str, kind: Mapping[str, Any], value: Mapping[str, Any], where: str
) -> Iterator[str]:
    properties = kind.get("properties", {})
    others = kind.get("additionalProperties")
    for key, item in value.items():
        place = f"{where}.{key}" if where else key
        if key in properties:
            yield from _wrong(service, properties[key], item, place)
        elif others is not None:
            yield from _wrong(service, others, item, place)
        else:
            yield f"Unknown name \"{key}\" at '{where}': Cannot find field."


def _fits(kind: Mapping[str, Any], name: str, value: Any) -> bool:
    if name == "string" and kind.get("format") in ("int64", "uint64"):
        return isinstance(value, str | int) and bool(re.fullmatch(r"-?\d+", str(value)))
    if isinstance(value, bool) and name != "boolean":
        return False
    if not isinstance(value, JSON_TYPES[name]):
        return False
    return "enum" not in kind or value in kind["enum"]


def wrong_query(method: Method, query: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield which parameters of a request the method does not know, or not with this value."""
    for key, values in query.items():
        kind = method.parameters.get(key)
        if kind is None:
            yield f'Unknown name "{key}": Cannot bind query parameter.'
        elif kind.get("enum") and any(value not in kind["enum"] for value in values):
            yield f"Invalid value at '{key}', {values}"
        elif kind["type"] == "boolean" and any(v.lower() not in ("true", "false") for v in values):
            yield f"Invalid value at '{key}' (TYPE_BOOL), {values}"
        elif len(values) > 1 and not kind.get("repeated"):
            yield f"Invalid value at '{key}': it is given more than once."
