"""Links from a view into the workbook: the book in Excel, a cell in Excel for the web or in a file.

An address of the book is what the firm's settings name, or the book's name where it lies beside the
view; a place on somebody's machine is never made into a link.
"""

from typing import Final, NamedTuple
from urllib.parse import quote

LONGEST_APP_LINK: Final = 216
"""Characters of a link that Office's own scheme takes, the scheme included."""

_APP: Final = "ms-excel:ofe|u|"


class BookPlace(NamedTuple):
    """Where the workbook is found from its view.

    ``url`` is its https address; ``beside`` its path from the view, ``../firm.xlsx``, where it
    lies beside it. Both may be empty.
    """

    url: str = ""
    beside: str = ""


NOWHERE: Final = BookPlace()


def web_link(url: str, address: str) -> str:
    """Return the link that opens a cell in Excel for the web; empty without an address of the book.

    >>> web_link("https://f.example/firm.xlsx", "'Fee lines'!B2")
    'https://f.example/firm.xlsx?web=1&activeCell=%27Fee%20lines%27!B2'
    >>> web_link("https://f.example/r/firm.xlsx?d=w1&web=1", "Deal!L41")
    'https://f.example/r/firm.xlsx?d=w1&web=1&activeCell=Deal!L41'
    """
    if not url or not address:
        return ""
    path, _, query = url.partition("?")
    parts = [one for one in query.split("&") if one and not one.startswith("activeCell=")]
    parts += [] if "web=1" in parts else ["web=1"]
    return f"{path}?{'&'.join(parts)}&activeCell={quote(address, safe='!')}"


def app_link(url: str) -> str:
    """Return the link that opens the book in Excel itself; empty where Office would refuse it.

    The scheme opens a book, not a cell.

    >>> app_link("https://f.example/firm.xlsx")
    'ms-excel:ofe|u|https://f.example/firm.xlsx'
    >>> app_link("https://f.example/" + "x" * 200)
    ''
    """
    link = f"{_APP}{url.partition('?')[0]}"
    return link if url and len(link) <= LONGEST_APP_LINK else ""


def file_link(place: BookPlace, address: str) -> str:
    """Return the link from a workbook to a cell of the book, as spreadsheet programs follow it.

    >>> file_link(BookPlace(beside="firm.xlsx"), "Deal!L41")
    "external:firm.xlsx#'Deal'!L41"
    >>> file_link(BookPlace("https://f.example/firm.xlsx?d=1"), "'Fee lines'!B2")
    "https://f.example/firm.xlsx#'Fee lines'!B2"
    """
    sheet, mark, cell = address.rpartition("!")
    if not mark:
        return ""
    quoted = sheet if sheet.startswith("'") else f"'{sheet}'"
    if place.url:
        return f"{place.url.partition('?')[0]}#{quoted}!{cell}"
    if place.beside and "#" not in place.beside:
        return f"external:{place.beside}#{quoted}!{cell}"
    return ""
