"""The store, the copies and the outputs that a settings file names: used when somebody vouches."""

from pathlib import Path
from typing import Any, NamedTuple

from sheetrecord.app.settings.config import Config
from sheetrecord.core.sync.view import EVERYTHING, View, view_of
from sheetrecord.model.errors import SettingsMistake, WrongSettings
from sheetrecord.workbooks.kinds import is_path, plain_address


class DeclaredCopy(NamedTuple):
    """A declared copy: its alias, where it is, and what part of the record it holds.

    ``address`` is an absolute path, or another place that a kind of workbook knows.
    """

    alias: str
    address: str
    view: View = EVERYTHING


class StoreAt(NamedTuple):
    """Where the record is kept: the store's URL and the record's id, each empty when not told."""

    url: str = ""
    record: str = ""


class DeclaredOutlet(NamedTuple):
    """An audience's view: where it is kept ("" when not told), and what is withheld from it."""

    to: str = ""
    hide: frozenset[str] = frozenset()
    unmarked: str = "firm"


def store_at(config: Config) -> StoreAt:
    """Return the store that the settings name. Raises Unconfirmed when nobody vouches."""
    table = config.tables.get("store", {})
    if not table:
        return StoreAt()
    url = table.get("url", "")
    scheme, _, rest = url.partition(":")
    if scheme == "sqlite":
        url = f"sqlite:{config.beside(rest.removeprefix('//'))}"
    config.vouch(config, f"a store ({scheme or 'one record of it'})")
    return StoreAt(url, table.get("record", ""))


def copies_of(config: Config) -> tuple[DeclaredCopy, ...]:
    """Return the declared copies in their order. Raises Unconfirmed when nobody vouches."""
    tables = config.tables.get("copies", {})
    found = tuple(
        DeclaredCopy(alias, _address(table["path"], config), _view(table))
        for alias, table in tables.items()
    )
    places = [copy.address for copy in found]
    for copy in found:
        if places.count(copy.address) > 1:
            raise _twice(config, copy)
    if found:
        config.vouch(config, "copies of the record")
    return found


def outlet_of(config: Config, audience: str) -> DeclaredOutlet:
    """Return what the settings say of an audience; where it is kept is not vouched for yet."""
    table = config.tables.get("publish", {}).get(audience, {})
    return DeclaredOutlet(
        table.get("to", ""), frozenset(table.get("hide", ())), table.get("unmarked", "firm")
    )


def book_address(config: Config) -> str:
    """Return where the workbook is found on the web, empty when not told."""
    return str(config.tables.get("publish", {}).get("book", ""))


def kept_at(config: Config, audience: str) -> Path | None:
    """Return where an audience's view is kept, None when not told. Raises Unconfirmed."""
    to = outlet_of(config, audience).to
    if not to:
        return None
    config.vouch(config, f"the place of a view ({to})")
    return config.beside(to) if is_path(to) else Path(plain_address(to))


class HandoverPlaces(NamedTuple):
    """Where notes of handovers are put ("" for the usual place), and where they are posted to.

    ``source`` is where the address is kept when it is not ``post`` itself.
    """

    notes: Path | None = None
    view: str = ""
    post: str = ""
    source: str = ""
    form: str = "json"

    @property
    def posts(self) -> bool:
        """True if notes are posted at all."""
        return bool(self.post or self.source)


def handover_places(config: Config) -> HandoverPlaces:
    """Return what the settings say of handover notes. Raises Unconfirmed when nobody vouches."""
    table = config.tables.get("handover", {})
    if not table:
        return HandoverPlaces()
    notes, post, source = (table.get(key, "") for key in ("notes", "post", "post_from"))
    if notes:
        config.vouch(config, f"the place of handover notes ({notes})")
    if post or source:
        config.vouch(config, "an address that handovers are posted to")
    if source.startswith("file:"):
        source = f"file:{config.beside(source.removeprefix('file:'))}"
    return HandoverPlaces(
        config.beside(notes) if notes else None,
        table.get("view", ""),
        post,
        source,
        table.get("post_as", "json"),
    )


def _address(named: str, config: Config) -> str:
    return str(config.beside(named).absolute()) if is_path(named) else plain_address(named)


def _view(table: Any) -> View:
    if table.keys().isdisjoint({"deals", "hide"}):
        return EVERYTHING
    from sheetrecord.app.settings.texts import asked  # knows every word of a settings file

    parts: dict[str, list[str]] = {}
    for name, value in asked(table.get("deals", [])):
        parts.setdefault(name, []).append(value)
    return view_of(hide=table.get("hide", []), **parts)


def _twice(config: Config, copy: DeclaredCopy) -> WrongSettings:
    from sheetrecord.app.settings.lines import Lines

    try:
        text = config.path.read_text("utf-8-sig") if config.path else ""
    except (OSError, ValueError):  # it was changed or moved since it was read
        text = ""
    line = Lines(text).of(["copies", copy.alias, "path"])
    why = f"{copy.address} is named by more than one copy."
    where = f"[copies.{copy.alias}] path"
    return WrongSettings(config.path, [SettingsMistake(line, where, why, "Name each file once.")])


class CaptureWith(NamedTuple):
    """Who we are, and the address of a model that is asked as well ("" for none)."""

    us: tuple[str, ...] = ()
    model: str = ""


def capture_with(config: Config) -> CaptureWith:
    """Return what the settings say of capture. Raises Unconfirmed when nobody vouches."""
    table = config.tables.get("capture", {})
    model = table.get("model", "")
    if model:
        config.vouch(config, f"a model that reads what is captured ({model})")
    return CaptureWith(tuple(table.get("us", ())), model)
