"""How a parameter that names workbooks is declared: by addresses, of any kind that is installed."""

import click

from sheetrecord.workbooks.kinds import plain_address, stands


class BookAddress(click.ParamType[str]):
    """The address of a workbook: a path, ``scheme:KEY`` of an installed kind, or a short name.

    What stands there is looked at when it is opened; ``there``: it is refused at once when nothing
    does.
    """

    name = "book"

    def __init__(self, *, there: bool = False) -> None:
        self.there = there

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the address as it was typed; of a browser's link the spreadsheet's key."""
        address = plain_address(str(value))
        if self.there and not stands(address):
            self.fail(f'there is no "{address}"', param, ctx)
        return address


class BookWords(BookAddress):
    """An argument of several words in which addresses of workbooks are recognised."""

    name = "words"
