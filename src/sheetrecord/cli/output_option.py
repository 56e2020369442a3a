"""How an option that names an output is declared; whatever it names goes through `files.output`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sheetrecord.cli import options
from sheetrecord.workbooks.addresses import files_of

F = TypeVar("F", bound=Callable[..., object])


class Reads(click.Path):
    """A path that a command only reads; never a workbook, which is an `address.BookAddress`."""

    def __init__(self, **given: Any) -> None:
        super().__init__(path_type=Path, **given)


class Renamed(click.Option):
    """An option of which the help shows the first name alone; the others are earlier ones."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the help's line with the first name."""
        record = super().get_help_record(ctx)
        return (f"{self.opts[0]} {self.make_metavar(ctx)}", record[1]) if record else None


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


def TO(what: str, *, kept_as: type = Path) -> Callable[[F], F]:  # noqa: N802 - used as FORCE is
    """Return the option that names where a command makes something, with its earlier names."""
    return click.option(
        "--to",
        "-o",
        "--out",
        "out",
        metavar="OUT",
        required=True,
        type=Writes(what, kept_as=kept_as),
        help="The result.",
        cls=Renamed,
    )


FORCE = click.option(
    "--force",
    is_flag=True,
    help="Write over a file that is not sheetrecord's; it is kept in the backups.",
)


def read_by(book: str, *others: Path) -> list[Path]:
    """Return the files a run reads: the workbook, what else was named, the workbook's settings."""
    settings = options.given([book])[0].settings.path
    return [*files_of([book]), *others, *([settings] if settings else [])]
