"""Which program an address of an open workbook means: ``live:lo`` LibreOffice, else Excel."""

from collections.abc import Mapping

from sheetrecord.workbooks.port import Workbook


def open_live(address: str, settings: Mapping[str, object] | None = None) -> Workbook:
    """Return the open workbook ``live:``, ``live:NAME``, ``live:lo`` or ``live:lo:NAME``.

    Raises CannotRead when none is open, or several are and none is named.
    """
    name = address.removeprefix("live:")
    if name == "lo" or name.startswith("lo:"):
        from sheetrecord.workbooks.live.libreoffice import libreoffice_at

        return libreoffice_at(address, settings)
    from sheetrecord.workbooks.live.excel import excel_at

    return excel_at(address, settings)
