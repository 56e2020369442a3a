"""The copies of a record as `sheetrecord.toml` declares them: `[store]` and `[copies.*]`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sheetrecord.core.sync.view import EVERYTHING, View, unknown_names, view_of
from sheetrecord.model.address import shown_address
from sheetrecord.model.errors import BadSettings
from sheetrecord.schema.lists import ENUMS

_COPY_KEYS: Final = ("path", "deals", "hide")
_STORE_KEYS: Final = ("url", "record")
_ASKED: Final = {"owner": "owners", "ops": "ops", "stage": "stages", "deal": "deals"}
_DEALS: Final = (
    'Write deals = "owner=Ana", "ops=Jon", "stage=won", "deal=D-0007", or a list of stages.'
)


class Copy(NamedTuple):
    """A declared copy: its alias, where it is (absolute), and what part of the record it holds."""

    alias: str
    path: Path
    view: View = EVERYTHING


class StoreAt(NamedTuple):
    """Where the record is kept: the store's URL and the record's id, each empty when not told."""

    url: str = ""
    record: str = ""


def read_store(path: Path, told: Mapping[str, Any]) -> StoreAt:
    """Read `[store]` of a settings file. Raises BadSettings."""
    table = _texts(f"{path} [store]", told.get("store", {}), _STORE_KEYS)
    url = table.get("url", "")
    scheme, mark, rest = url.partition(":")
    if url and (not mark or scheme not in {"sqlite", "postgresql", "postgres"} or not rest):
        raise BadSettings(
            f"{path} [store] url",
            f'"{shown_address(url)}" is not where a store can be.',
            'Write url = "sqlite:firm.db" or url = "postgresql://user@host/database".',
        )
    if scheme == "sqlite":
        url = f"sqlite:{path.parent / rest.removeprefix('//')}"
    return StoreAt(url, table.get("record", ""))


def read_copies(path: Path, told: Mapping[str, Any]) -> tuple[Copy, ...]:
    """Read `[copies.*]` of a settings file, in the order they stand. Raises BadSettings."""
    tables = told.get("copies", {})
    if not isinstance(tables, Mapping):
        raise BadSettings(
            f"{path} [copies]", "it is not a table of copies.", "Write a [copies.name] for each."
        )
    found = tuple(_copy(path, alias, table) for alias, table in tables.items())
    places = [copy.path for copy in found]
    for copy in found:
        if places.count(copy.path) > 1:
            raise BadSettings(
                f"{path} [copies.{copy.alias}] path",
                f"{copy.path} is named by more than one copy.",
                "Name each file once.",
            )
    return found


def _copy(path: Path, alias: str, table: Any) -> Copy:
    where = f"{path} [copies.{alias}]"
    if not isinstance(table, Mapping):
        raise BadSettings(where, "it is not a table.", 'Write path = "firm.xlsx" below it.')
    for key in table:
        if key not in _COPY_KEYS:
            raise BadSettings(f"{where} {key}", "it is not known.", f"Use {_or(_COPY_KEYS)}.")
    name = table.get("path")
    if not isinstance(name, str) or not name:
        raise BadSettings(f"{where} path", "it is missing.", 'Write path = "firm.xlsx".')
    place = (path.parent / Path(name).expanduser()).absolute()
    return Copy(alias, place, _view(where, table))


def _view(where: str, table: Mapping[str, Any]) -> View:
    asked: dict[str, list[str]] = {}
    for name, value in _deals(where, table.get("deals", [])):
        asked.setdefault(name, []).append(value)
    hide = table.get("hide", [])
    if not isinstance(hide, Sequence) or isinstance(hide, str) or not all(_is_text(hide)):
        raise BadSettings(f"{where} hide", "it is not a list.", 'Write hide = ["Fees"].')
    if strange := unknown_names(hide):
        raise BadSettings(
            f"{where} hide",
            f'"{strange[0]}" is no sheet or column that can be left out.',
            'Write a sheet ("Fees") or a column by its key ("Deal.value_net"); ids stay.',
        )
    return view_of(hide=hide, **asked)


def _deals(where: str, told: Any) -> Iterator[tuple[str, str]]:
    """Yield what a copy's deals must meet: the name of the view's part, and a value."""
    texts = [told] if isinstance(told, str) else told
    if not isinstance(texts, Sequence) or not all(_is_text(texts)):
        raise BadSettings(f"{where} deals", "it is not a text or a list of texts.", _DEALS)
    stages = ENUMS["stage"]
    for text in texts:
        key, mark, value = (part.strip() for part in text.partition("="))
        name, values = (_ASKED.get(key, ""), value.split(",")) if mark else ("stages", [key])
        values = [one.strip() for one in values if one.strip()]
        if not name or not values:
            raise BadSettings(f"{where} deals", f'"{text}" is not understood.', _DEALS)
        for one in values:
            if name == "stages" and one not in stages:
                raise BadSettings(
                    f"{where} deals", f'"{one}" is no stage.', f"The stages are {_or(stages)}."
                )
            yield name, one


def _texts(where: str, table: Any, known: Sequence[str]) -> Mapping[str, str]:
    if not isinstance(table, Mapping) or not all(_is_text(table.values())):
        raise BadSettings(where, "it is not a table of texts.", 'Write each as name = "text".')
    for key in table:
        if key not in known:
            raise BadSettings(f"{where} {key}", "it is not known.", f"Use {_or(known)}.")
    return table


def _is_text(values: Any) -> Iterator[bool]:
    return (isinstance(value, str) for value in values)


def _or(words: Any) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}"
