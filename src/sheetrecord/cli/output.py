"""How an option that names an output is declared; whatever it names goes through `files.output`."""

from pathlib import Path
from typing import Any

import click

from sheetrecord.cli import options


class Reads(click.Path):
    """A path that a command only reads, or a workbook that it changes in place."""

    def __init__(self, **given: Any) -> None:
        super().__init__(path_type=Path, **given)


class Writes(click.Path):
    """A path, or the address of one, at which a command makes something: ``what`` says what.

    It is only a name so far: `files.output.guard` (a file), `publish.folder.put` (a folder) or
    `app.store_copy` (a store) says whether it may be written.
    """

    def __init__(self, what: str, *, kept_as: type = Path) -> None:
        self.what = what
        super().__init__(path_type=kept_as)

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """Return the path; nothing at all is no name."""
        if not str(value).strip():
            self.fail("it is empty", param, ctx)
        return super().convert(value, param, ctx)


FORCE = click.option(
    "--force",
    is_flag=True,
    help="Write over a file that is not sheetrecord's; it is kept in the backups.",
)


def read_by(book: Path, *others: Path) -> list[Path]:
    """Return what a run reads: the workbook, what else was named, and the workbook's settings."""
    settings = options.given([str(book)])[0].settings.path
    return [book, *others, *([settings] if settings else [])]
