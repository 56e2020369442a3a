"""Commands on every kind while others save, and while the process dies: all is done, or nothing."""

import gc
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from conftest import ASOF, Ran
from effort import some
from finance.books import MAY, bank_csv
from finance.books import firm as fees
from messy import firm
from old.small import small
from promote.firm import ready
from promote.firm import workbook as promotable
from sheetrecord.model.value import Unknown
from sheetrecord.workbooks.google.sheet import GoogleSheet
from sheetrecord.workbooks.opening import open_workbook
from sheetrecord.workbooks.port import Workbook
from workbooks import online
from workbooks.kinds import KINDS, Kind
from workbooks.laws import Content, Dead, at, die, said
from workbooks.placing import placed, typed

Run = Callable[..., Ran]
DAY = ("--asof", ASOF.isoformat())

pytestmark = [
    pytest.mark.usefixtures("strangers"),
    # openpyxl drops what it has open without closing it; a death leaves a file open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Change(NamedTuple):
    """A command that changes a workbook: what the workbook is of, what is done before, the words.

    ``exits`` is the exit code when it is done, ``refused`` when somebody saved meanwhile.
    """

    make: Callable[[], bytes]
    words: tuple[str, ...]
    before: Callable[[Kind, Workbook], None] = lambda kind, book: None
    exits: int = 0
    refused: int = 3


def _broken(kind: Kind, book: Workbook) -> None:
    typed(book, "Deal", "D-0001", "value_net", "28.000,00")


def _copies(kind: Kind, book: Workbook) -> None:
    """Two copies beside it: one as all were, one in which somebody else worked."""
    folder = _folder(book)
    placed(kind, folder, "base", firm.workbook())
    theirs = placed(kind, folder, "theirs", firm.workbook())
    typed(theirs, "Deal", "D-0001", "next_step", "Write to them")
    typed(theirs, "Fees", "F-KSAA9", "note", "as on the phone")


def _bank(kind: Kind, book: Workbook) -> None:
    (_folder(book) / "may.csv").write_bytes(bank_csv(*MAY))


def _folder(book: Workbook) -> Path:
    return Path(book.address).parents[1] if Path(book.address).is_absolute() else Path.cwd()


CHANGES = {
    "promote": Change(
        lambda: promotable(ready()), ("promote", "BOOK", "D-0001", "--by", "Mara", *DAY)
    ),
    "fix": Change(firm.workbook, ("validate", "BOOK", "--fix", *DAY), _broken),
    "merge": Change(
        firm.workbook, ("merge", "BASE", "BOOK", "THEIRS", "-o", "BOOK", *DAY), _copies
    ),
    "reconcile": Change(
        fees,
        ("reconcile", "BOOK", "--bank", "may.csv", "--apply", "--by", "ana", *DAY),
        _bank,
        exits=1,
        refused=5,
    ),
    "migrate": Change(small, ("migrate", "BOOK")),
}
kinds = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
changes = pytest.mark.parametrize("name", CHANGES)


def words(change: Change, book: Workbook) -> list[str]:
    """Return what is typed, with the addresses of the copies."""
    named = {"BOOK": book.address}
    for copy in ("base", "theirs"):
        named[copy.upper()] = book.address.replace("firm", copy, 1)
        if Path(book.address).is_absolute():
            place = Path(book.address)
            named[copy.upper()] = str(place.parents[1] / copy / place.name)
    return [named.get(word, word) for word in change.words]


def made(kind: Kind, change: Change, folder: Path) -> Workbook:
    book = placed(kind, folder, "firm", change.make())
    change.before(kind, book)
    return book


@kinds
@changes
def test_what_somebody_saved_meanwhile_stands_and_nothing_is_written(
    name: str, kind: Kind, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = CHANGES[name]
    book = made(kind, change, tmp_path)
    before = said(book)
    write = type(book).write

    def saved_first(self: Any, *args: Any, **options: Any) -> Any:
        monkeypatch.setattr(type(book), "write", write)
        kind.other(book, "Deal", (2, 3), "typed by another")
        return write(self, *args, **options)

    monkeypatch.setattr(type(book), "write", saved_first)
    ran = run(*words(change, book))
    assert (ran.code, "somebody saved it" in ran.err) == (change.refused, True), ran.out + ran.err
    assert said(open_workbook(book.address)) == before | {("Deal", 2, 3): "typed by another"}
    ran = run(*words(change, book))
    assert ran.code == change.exits, ran.err
    after = said(open_workbook(book.address))
    assert after["Deal", 2, 3] == "typed by another"
    assert len({key for key in after if after[key] != before.get(key)}) > 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.durable], ids=lambda kind: kind.name
)
@changes
def test_a_command_that_dies_is_done_or_not_done_and_the_next_completes_it(
    name: str, kind: Kind, run: Run, tmp_path: Path
) -> None:
    change = CHANGES[name]
    book = made(kind, change, tmp_path)
    typed_words = words(change, book)
    image = _image(book, tmp_path)
    steps: list[str] = []
    before = said(book)
    with kind.during(steps.append):
        assert run(*typed_words).code == change.exits
    after = said(open_workbook(book.address))
    assert after != before
    stops = range(len(steps) // 4, len(steps))
    turn = [*CHANGES].index(name) * len(KINDS) + KINDS.index(kind)
    for number in some(stops, len(stops), 7 * turn):
        _put_back(book, image, tmp_path)
        with suppress(Dead), kind.during(at(number, die, ever_after=True)):
            run(*typed_words)
        gc.collect()  # a file that was open when it died is closed by nobody
        _done_or_not(book, (before, after), steps[number])
        ran = run(*typed_words)
        assert ran.code == change.exits, ran.out + ran.err
        assert _alike(said(open_workbook(book.address)), after), steps[number]


def _done_or_not(book: Workbook, whole: tuple[Content, Content], step: str) -> None:
    """The workbook is healed by whatever looks at it next, and is the old one or the new one."""
    found = open_workbook(book.address) if Path(book.address).exists() else book
    found.recover()
    assert any(_alike(said(found), one) for one in whole), step


def _alike(one: Content, other: Content) -> bool:
    """Tell whether two say the same; what a spreadsheet has yet to calculate says nothing."""
    return all(
        one.get(at) == other.get(at)
        or isinstance(one.get(at), Unknown)
        or isinstance(other.get(at), Unknown)
        for at in {*one, *other}
    )


def _image(book: Workbook, folder: Path) -> Any:
    if isinstance(book, GoogleSheet):
        return online.image(book)
    place = Path(book.address)
    kept = folder / "kept"
    shutil.copytree(place, kept) if place.is_dir() else shutil.copy(place, kept)
    return kept


def _put_back(book: Workbook, image: Any, folder: Path) -> None:
    """Let all be as before the first run, what is noted of it included."""
    shutil.rmtree(folder / ".state", ignore_errors=True)
    if isinstance(book, GoogleSheet):
        online.put_back(book, image)
        return
    place = Path(book.address)
    for left in place.parent.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    shutil.copytree(image, place) if image.is_dir() else shutil.copy(image, place)
