"""Addresses of workbooks: what people call one, and where it is when it is a file.

Above the adapters a workbook is an address, a text: a path, or ``scheme:KEY`` of any kind that is
installed. Only here does an address become a path: for settings that stand beside a file, for
outputs that must not fall on one, for what is noted of it outside.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from sheetrecord.workbooks.kinds import is_path, plain_address


def name_of(address: str) -> str:
    """Return what people call a workbook: the file's name, or what its address says.

    >>> name_of("clients/firm.xlsx"), name_of("firm")
    ('firm.xlsx', 'firm')
    """
    return (Path(address).name or address) if is_path(address) else address


def suffix_of(address: str) -> str:
    """Return the ending of a file's name, in small letters; empty for what is no file.

    >>> suffix_of("firm.XLSX"), suffix_of("firm")
    ('.xlsx', '')
    """
    return Path(address).suffix.lower() if is_path(address) else ""


def files_of(addresses: Iterable[str]) -> list[Path]:
    """Return where the workbooks are that are files or folders."""
    return [Path(address) for address in addresses if is_path(address)]


def folder_of(address: str) -> Path | None:
    """Return the folder in which a workbook really is, links followed; None for what is no file."""
    return Path(os.path.realpath(address)).parent if is_path(address) else None


def known_as(address: str) -> str:
    """Return what a workbook is known by wherever a command is run, links followed."""
    return os.path.realpath(address) if is_path(address) else plain_address(address)


def whole(address: str) -> str:
    """Return an address as a store knows it: an absolute path, spelled as it is on the disk.

    Of what is open in a program (``live:``) it is where that is saved, if it can be asked now.
    """
    if not is_path(address):
        return _open_now(address) if address.startswith("live:") else plain_address(address)
    from sheetrecord.workbooks.path_spelling import as_it_stands

    return str(as_it_stands(Path(address).expanduser().absolute()))


def saved_at(address: str) -> str:
    """Return where what is open in a program is saved; any other address as it is.

    >>> saved_at("live:lo:/clients/firm.xlsx"), saved_at("firm.xlsx")
    ('/clients/firm.xlsx', 'firm.xlsx')
    """
    for scheme in ("live:lo:", "live:"):
        if address.startswith(scheme):
            return address.removeprefix(scheme)
    return address


def _open_now(address: str) -> str:
    from sheetrecord.model.errors import SheetRecordError
    from sheetrecord.workbooks.opening import open_workbook

    try:
        return open_workbook(address).address
    except SheetRecordError:
        return address


def same_place(one: str, other: str) -> bool:
    """Tell whether two addresses name one place by one name; not by a link to the file."""
    if not (is_path(one) and is_path(other)):
        return one == other
    here, there = Path(one).absolute(), Path(other).absolute()
    same_folder = os.path.realpath(here.parent) == os.path.realpath(there.parent)
    return same_folder and here.name == there.name


def is_blank(address: str) -> bool:
    """Tell whether an empty file stands there, as git gives for one that was added."""
    if not is_path(address):
        return False
    path = Path(address)
    return path.is_file() and path.stat().st_size == 0
