"""Look after Google spreadsheets: what is wrong, what an import dropped, what Google does."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sheetrecord.app.doctor.check import Sign
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.workbooks.google.care import Care, sign_in
from sheetrecord.workbooks.kinds import kind_of


class GoogleWishes(NamedTuple):
    """What is asked beside the usual look: sign in, compare with a new workbook, put back, probe.

    With ``plan`` nothing is put back: it is said what would be.
    """

    sign_in: bool = False
    compare: bool = False
    repair: bool = False
    probe: bool = False
    plan: bool = False


def is_google(address: str) -> bool:
    """Tell whether an address is that of a Google spreadsheet."""
    try:
        return kind_of(address) == "gsheet"
    except SheetRecordError:
        return False


def examine_google(addresses: Iterable[str], wishes: GoogleWishes) -> Iterator[Sign]:
    """Yield the results for each spreadsheet, after a sign-in when one is asked for."""
    if wishes.sign_in:
        yield from _told(_signed_in())
    for address in addresses:
        yield from _told(_one(Care(address), wishes))


def sorted_out(addresses: Iterable[str], wishes: GoogleWishes) -> tuple[list[Sign], list[str]]:
    """Return what is said of the spreadsheets, and the workbooks that can be looked into."""
    named = list(addresses)
    online = [one for one in named if is_google(one)]
    signs = list(examine_google(online, wishes))
    wrong = any(sign.well is False for sign in signs)
    return signs, [one for one in named if not (wrong and one in online)]


def _told(signs: Iterator[Sign]) -> Iterator[Sign]:
    """Yield results; what refuses is one."""
    try:
        yield from signs
    except SheetRecordError as error:
        yield Sign(_plainly(error.message), well=False, do=error.do)


def _plainly(message: str) -> str:
    return message.removesuffix(" Nothing was changed.").removesuffix(".")


def _signed_in() -> Iterator[Sign]:
    yield Sign(f"signed in to Google; the sign-in is kept as {sign_in()}", well=True)


def _one(care: Care, wishes: GoogleWishes) -> Iterator[Sign]:
    well = True
    for one in care.examined():
        well &= one.well is not False
        yield Sign(_plainly(one.what), one.well, one.do)
    if not well:
        return
    if wishes.probe:
        for one in care.probed():
            yield Sign(f"Google: {one.what}", one.well, one.do)
    if wishes.compare or wishes.repair:
        yield from _compared(care, wishes)


def _compared(care: Care, wishes: GoogleWishes) -> Iterator[Sign]:
    found = care.lost()
    if not found:
        yield Sign(f"{care.address}: has all that a new workbook declares", well=True)
        return
    if wishes.repair and not wishes.plan:
        care.put_back(found)
        left = {one.what for one in care.lost()}
        for one in found:
            gone = one.what not in left
            yield Sign(f"{care.address}: {one.what}{'; put back' if gone else ''}", well=gone)
        return
    for one in found:
        would = "would be put back" if wishes.repair else "`doctor --repair` puts it back"
        do = would if one.mends else "Nothing here puts it back."
        yield Sign(f"{care.address}: {one.what}", well=False, do=f"{do[0].upper()}{do[1:]}."
                   if one.mends else do)  # fmt: skip
