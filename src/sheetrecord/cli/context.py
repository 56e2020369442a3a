"""What every command is given: the books that were named, the settings that hold."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sheetrecord.app.settings.config import (
    Config,
    Vouch,
    find_config,
    only_confirmed,
    settings_of,
)
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.workbooks.addresses import known_as
from sheetrecord.workbooks.kinds import stands


class Given(NamedTuple):
    """A workbook and its settings."""

    address: str
    settings: Config


class BookFinder(NamedTuple):
    """Finds books and their settings: ``vouch`` as in `Config`, ``keep`` as in `checked`."""

    vouch: Vouch = only_confirmed
    keep: bool = True

    def here(self) -> Config:
        """Return the settings of the working folder. Raises CannotRead if that is gone."""
        try:
            here = Path.cwd()
        except OSError as error:
            why, do = "it is not there any more.", "Go to another folder and run this again."
            raise CannotRead("the current folder", why, do) from error
        return find_config(here, self.vouch, keep=self.keep)

    def given(self, named: Iterable[str]) -> list[Given]:
        """Return the named books, each with the settings of its own folder; else the one of here.

        A name that is no file may be a short name of the settings here, which then hold for it.
        """
        found = [self._given(name) for name in named]
        if found:
            return found
        here = self.here()
        if not here.book:
            from click import UsageError  # nothing else here needs click, which takes long to load

            raise UsageError(
                "Name a workbook, or run this where a sheetrecord.toml names one (book = ...)."
            )
        return [Given(here.book, here)]

    def together(self, named: Iterable[str]) -> list[Config]:
        """Return the settings that hold for the named books; with none named, those of here.

        Several: books of folders with settings of their own. Where no book's folder has any, those
        of here hold if they declare one of the books as a copy.
        """
        names = list(named)
        found = {one.settings.path: one.settings for one in self.given(names)} if names else {}
        if not found:
            return [self.here()]
        files = [config for path, config in found.items() if path is not None]
        return files or [self._declaring(names) or next(iter(found.values()))]

    def _declaring(self, named: Iterable[str]) -> Config | None:
        """Return the settings of here if they declare one of the books as a copy."""
        try:
            here = self.here()
        except SheetRecordError:
            return None  # they are not about these books
        copies = here.tables.get("copies", {}).values()
        declared = {known_as(here.at(copy["path"])) for copy in copies}
        return here if declared & set(map(known_as, named)) else None

    def _given(self, name: str) -> Given:
        if not stands(name):
            here = self.here()
            if name in here.books:
                return Given(here.books[name], here)
        return Given(name, settings_of(name, self.vouch, keep=self.keep))
