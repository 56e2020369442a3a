"""What is wrong in a settings file, in the user's words: every mistake, with its line."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sheetrecord.app.settings.lines import Keys, Lines, texts
from sheetrecord.app.settings.models import File
from sheetrecord.app.settings.texts import Mistake, has_secret, shown
from sheetrecord.model.closest_words import either, meant, nearest
from sheetrecord.model.errors import SettingsMistake

_KINDS: Final = {
    "string_type": ("a text", 'Write it in quotes: "...".'),
    "int_type": ("a whole number", "Write it without quotes and without a point, such as 5."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
    "list_type": ("a list", 'Write it as ["...", "..."].'),
    "dict_type": ("a table", "Write its lines below a heading in brackets."),
    "model_type": ("a table", "Write its lines below a heading in brackets."),
}
"""What pydantic calls a value of another kind, what it should have been, and how to write it."""

_LIMITS: Final = {"greater_than_equal": "large", "less_than_equal": "small"}
"""What pydantic calls a number beyond a limit, and what it is not enough."""

_SECRETS: Final = ("password", "passwd", "secret", "token", "api_key", "key")
_NO_SECRETS: Final = (
    "Take it out: the file is copied and mailed. A server's password belongs into ~/.pgpass "
    "(or PGPASSWORD), and may need to be changed now."
)


_SHOWN: Final = 40
"""Mistakes that are told at once."""


def mistakes(text: str, data: Mapping[str, object]) -> list[SettingsMistake]:
    """Return every mistake in a document, from top to bottom."""
    found = dict(_secrets(data))
    try:
        File.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            keys = tuple(key for key in one["loc"] if key != "[key]")
            found.setdefault(keys, _said(keys, one))
    lines = Lines(text)
    wrong = sorted(
        SettingsMistake(lines.of(keys, _at(data, keys)), where(keys, data), *said)
        for keys, said in list(found.items())[:_SHOWN]
    )
    more = len(found) - len(wrong)
    return [
        *wrong,
        *([SettingsMistake(0, "", f"{more} more mistakes.", "Mend these first.")] if more else []),
    ]


def where(keys: Keys, data: Mapping[str, object]) -> str:
    """Return a place as the file writes it: the table in brackets, then the key."""
    names = [key for key in keys if isinstance(key, str)]
    tables: list[str] = []
    here: object = data
    for name in names:
        here = here.get(name) if isinstance(here, Mapping) else None
        if not isinstance(here, Mapping):
            break
        tables.append(name)
    heading = f"[{'.'.join(map(_quoted, tables))}]" if tables else ""
    return " ".join(filter(None, (heading, *names[len(tables) :])))


def _secrets(data: Mapping[str, object]) -> Iterator[tuple[Keys, tuple[str, str]]]:
    for keys, text in texts(data):
        if has_secret(text):
            yield keys, ("a password stands here.", _NO_SECRETS)


def _said(keys: Keys, error: ErrorDetails) -> tuple[str, str]:
    """Return why a value cannot be, and what to do."""
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    told = context.get("error")
    if isinstance(told, Mistake):
        return told.why, told.do
    if kind == "extra_forbidden":
        return _unknown(keys)
    if kind == "missing":
        return "it is missing.", f'Write {keys[-1]} = "firm.xlsx".'
    return f"{shown(given)} is not {_wanted(kind)}.", _instead(kind, keys, given, context)


def _wanted(kind: str) -> str:
    if kind in _LIMITS:
        return f"{_LIMITS[kind]} enough"
    return "one of its words" if kind == "literal_error" else _KINDS.get(kind, ("right",))[0]


def _instead(kind: str, keys: Keys, given: object, context: Mapping[str, object]) -> str:
    if kind == "literal_error":
        return meant(str(given), _choices(keys))
    if kind in _LIMITS:
        least = "more" if _LIMITS[kind] == "large" else "less"
        return f"Write {next(iter(context.values()))} or {least}."
    return _KINDS.get(kind, ("", "Write another value."))[-1]


def _unknown(keys: Keys) -> tuple[str, str]:
    """Return what to say of a key that is not declared, with the ones that are."""
    *above, name = map(str, keys)
    model = _model(keys[:-1])
    known = list(model.model_fields) if model else []
    if name.lower() in _SECRETS:
        return "secrets do not belong into this file.", _NO_SECRETS
    if model and not nearest(name, known):
        elsewhere = list(_elsewhere(name, model, ".".join(above)))
        if elsewhere:
            return "it does not stand here.", f"Write it below {either(elsewhere)}."
    here = " here" if above else ""
    return f"no setting is called this{here}.", meant(name, known)


def _elsewhere(name: str, model: type[BaseModel], above: str) -> Iterator[str]:
    """Yield the headings of the tables below a model's that have a key of this name."""
    for key, field in model.model_fields.items():
        below = _model_of(field.annotation)
        if below is not None:
            heading = ".".join(filter(None, (above, key)))
            heading += "" if isinstance(field.annotation, type) else ".NAME"
            if name in below.model_fields:
                yield f"[{heading}]"
            yield from _elsewhere(name, below, heading)


def _choices(keys: Keys) -> list[str]:
    """Return the words that a key may hold."""
    from typing import get_args

    *above, last = [key for key in keys if isinstance(key, str)]
    model = _model(tuple(above))
    if model is not None and last in model.model_fields:
        return [str(word) for word in get_args(model.model_fields[last].annotation)]
    return ["note", "warning", "error"]


def _model(keys: Keys) -> type[BaseModel] | None:
    """Return the model of the table that keys lead to."""
    model: type[BaseModel] | None = File
    named = False
    for key in keys:
        if named:
            named = False  # a name that the user chose, as in [copies.ana]
            continue
        if model is None or not isinstance(key, str) or key not in model.model_fields:
            return None
        annotation = model.model_fields[key].annotation
        named = not isinstance(annotation, type)
        model = _model_of(annotation)
    return model


def _model_of(annotation: object) -> type[BaseModel] | None:
    """Return the model in an annotation: its own, or that of a table's values."""
    from typing import get_args

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_of, get_args(annotation))), None)


def _at(data: Any, keys: Keys) -> Any:
    for key in keys:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _quoted(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() else f'"{name}"'
