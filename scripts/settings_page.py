"""The page docs/settings.md and its JSON Schema, written from the models of the settings."""

import json
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sheetrecord.app.settings.models import Account, File

HEAD = Path(__file__).with_name("settings_head.md")
"""What holds for the whole file, above its tables."""


def page(notice: str) -> Iterator[str]:
    """Yield the page: what holds for the file, then every table."""
    yield HEAD.read_text("utf-8").replace("{notice}", notice)
    yield "## Keys above all tables\n"
    yield from _rows(File, {"book": File.model_fields["book"]})
    for name, field in File.model_fields.items():
        if name != "book":
            yield from _table(name, field)


def schema_text() -> str:
    """Return the JSON Schema of the file."""
    from sheetrecord.app.settings.models import json_schema

    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def _table(name: str, field: FieldInfo, above: str = "") -> Iterator[str]:
    model = _model(field.annotation)
    named = field.annotation is not model
    heading = f"{above}{name}"
    if model is None:
        yield f"\n## `[{heading}]`\n\n{field.description}\n"
        yield _example(f"[{heading}]", field)
        return
    inner = {key: one for key, one in model.model_fields.items() if _tables(one)}
    yield f"\n## `[{heading}{'.NAME' if named else ''}]`\n\n{cleandoc(model.__doc__ or '')}\n"
    own = {key: one for key, one in model.model_fields.items() if key not in inner}
    if own:
        yield from _rows(model, own)
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, one in inner.items():
        below = _table(key, one, f"{heading}.")
        title = next(below)
        alike.setdefault(tuple(below), []).append(title)
    for rest, titles in alike.items():
        names = [title.split("\n")[1].removeprefix("## ") for title in titles]
        yield f"\n## {', '.join(names)}\n"
        if len(titles) == 1:
            yield titles[0].split("\n", 3)[3]
        yield from rest


def _rows(model: type[BaseModel], fields: dict[str, FieldInfo]) -> Iterator[str]:
    yield "| Key | Holds | When left out | What for | Such as |\n|---|---|---|---|---|"
    for key, field in fields.items():
        told = model.model_json_schema()["properties"][key]
        such = f"`{_toml(field.examples[0])}`" if field.examples else ""
        default = "it must be there" if field.is_required() else _default(model, field)
        yield f"| `{key}` | {_holds(told)} | {default} | {field.description} | {such} |"


def _default(model: type[BaseModel], field: FieldInfo) -> str:
    if model is Account:
        return "found in the file"
    default = field.get_default(call_default_factory=True)
    return f"`{_toml(default)}`" if default or default is False else "none"


def _holds(told: dict[str, Any]) -> str:
    if len(told.get("enum", ())) > 8:
        return "a code"
    if "enum" in told:
        return ", ".join(f"`{_toml(word)}`" for word in told["enum"])
    if "anyOf" in told:
        return " or ".join(_holds(one) for one in told["anyOf"])
    kinds = {"string": "a text", "integer": "a whole number", "boolean": "`true`, `false`"}
    kinds |= {"array": "a list of texts", "object": "a table", "number": "a number"}
    return kinds[told["type"]]


def _tables(field: FieldInfo) -> bool:
    """Whether a field is a table of tables, which has a heading of its own."""
    return _model(field.annotation) is not None


def _example(heading: str, field: FieldInfo) -> str:
    lines = [f"{_toml_key(k)} = {_toml(v)}" for k, v in (field.examples or [{}])[0].items()]
    return "\n".join(["```toml", heading, *lines, "```"])


def _model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model, get_args(annotation))), None)


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _toml_key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() else json.dumps(key)
