"""The list of conflicts speaks the book's language, and understands everybody's."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from built import build
from by_hand import typed_into
from messy.firm import ASOF, READY
from sheetrecord.core.merge.conflict_words import FIELDS, is_vague, near_side, side_of, words
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.schema.packs import LANGUAGES, pack
from synced.office import Office, line

ROWS: dict[str, list[dict[str, Any]]] = {
    "Deal": [
        {"deal_id": "D-0001", "client": "Acme", "deal_name": "Hall", "stage": "talking"},
        {"deal_id": "D-0002", "client": "Birch", "deal_name": "Site", "stage": "talking"},
    ],
    "Fees": [
        {"fee_id": line(n), "deal_id": "D-0001", "description": f"Line {n}", "net": 100_000}
        for n in range(3)
    ],
}
AT = {field: number for number, field in enumerate(FIELDS, start=1)}


def firm(language: str) -> bytes:
    spec = TEMPLATES["consultancy"]._replace(asof=ASOF, rows=READY, language=language)
    return build(spec, ROWS)


def change(path: Path, act: Callable[[Any], object]) -> None:
    book = load_workbook(io.BytesIO(path.read_bytes()))
    act(book)
    book.save(path)


def put(sheet: str, row: int, **cells: Any) -> Callable[[Any], None]:
    """Return what types into cells of a row, wherever the columns stand."""

    def act(book: Any) -> None:
        for key, value in cells.items():
            title, place = book.defined_names[f"sr_{sheet}_{key}"].attr_text.split("!")
            number = column_index_from_string(place.split("$")[1])
            book[title.strip("'")].cell(row, number).value = value

    return act


class Books(Office):
    """An office whose two copies speak languages of their own."""

    def start(self, one: str, other: str) -> None:
        self.office.write_bytes(firm(one))
        self.sync(self.office)
        if one == other:
            shutil.copyfile(self.office, self.ana)
        else:
            self.ana.write_bytes(firm(other))
        self.sync(allow=["stranger"])

    def dispute(self, **cells: tuple[Any, Any]) -> None:
        for path, side in ((self.office, 0), (self.ana, 1)):
            typed = {key: both[side] for key, both in cells.items()}
            path.write_bytes(typed_into(path.read_bytes(), "Fees", 4, **typed))
        self.sync()

    def lines(self, path: Path, language: str) -> list[dict[str, Any]]:
        sheet = load_workbook(path)[words(language)["title"]]
        rows = sheet.iter_rows(min_row=4, values_only=True)
        return [dict(zip(FIELDS, row, strict=False)) for row in rows if any(row)]

    def keep(self, path: Path, language: str, decision: Any) -> None:
        title = words(language)["title"]
        change(path, lambda book: setattr(book[title].cell(4, AT["keep"]), "value", decision))


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Books:
    monkeypatch.setenv("SHEETRECORD_STATE", str(tmp_path / ".state"))
    return Books(tmp_path)


@pytest.fixture(scope="module")
def kept() -> dict[str, tuple[Path, Path]]:
    """Return where the office of each language is, and a copy of it as it began."""
    return {}


@pytest.fixture
def disputed(
    kept: dict[str, tuple[Path, Path]],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], Books]:
    """Return what gives an office of a language whose copies say two amounts.

    It is made once and put back for each test, where it was: a record knows where its copies are.
    """

    def office(language: str) -> Books:
        place = kept[language][0] if language in kept else tmp_path_factory.mktemp("disputed")
        monkeypatch.setenv("SHEETRECORD_STATE", str(place / ".state"))
        if language in kept:
            shutil.rmtree(place)
            shutil.copytree(kept[language][1], place)
            return Books(place)
        books = Books(place)
        books.start(language, language)
        books.dispute(net=(111, 222))
        began = tmp_path_factory.mktemp("began") / "office"
        kept[language] = place, Path(shutil.copytree(place, began))
        return books

    return office


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_in_the_books_language_and_says_whom_it_is_about(
    disputed: Callable[[str], Books], language: str
) -> None:
    books = disputed(language)
    told = words(language)
    sheet = load_workbook(books.ana)[told["title"]]
    assert [cell.value for cell in sheet[3]] == [told[field] for field in FIELDS]
    assert sheet["A1"].value == told["headline"]
    [found] = books.lines(books.ana, language)
    assert (found["client"], found["deal"]) == ("Acme", "D-0001 Hall")
    assert found["column"] == pack(language).columns["Fees"]["net"]
    assert found["sheet"] == pack(language).sheets["Fees"]
    assert found["why"] == told["both changed what belongs together"]
    books.settled()


@pytest.mark.parametrize(("typed", "wanted"), [
    ("ours", 222), ("Unsere", 222), ("nuestro", 222), ("le nôtre", 222), ("notre ", 222),
    ("theirs", 111), ("IHRE!", 111), ("suyo", 111), ("leur", 111),
])  # fmt: skip
@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_word_of_any_language_decides_in_every_book(
    disputed: Callable[[str], Books], language: str, typed: str, wanted: int
) -> None:
    books = disputed(language)
    books.keep(books.ana, language, typed)
    assert books.sync().conflicts == ()
    assert {books.raw(line(0), "net", path) for path in (None, books.office, books.ana)} == {wanted}


@pytest.mark.parametrize("typed", ["unsre", "thiers", "ok", "beide", "x"])
def test_a_word_that_nobody_can_tell_decides_nothing_and_is_said_with_the_choices(
    disputed: Callable[[str], Books], typed: str
) -> None:
    books = disputed("de")
    books.keep(books.ana, "de", typed)
    report = books.sync()
    assert len(report.conflicts) == 1
    [(_, _, why)] = report.outcome.left
    assert typed in why
    assert "unsere" in why or "ihre" in why
    assert books.raw(line(0), "net", books.ana) == 222
    assert books.lines(books.ana, "de")[0]["keep"] == typed


def test_each_copy_has_its_list_in_its_own_language_and_its_own_labels(books: Books) -> None:
    books.start("en", "fr")
    labels = [pack(language).enums["origin"] for language in ("en", "fr")]
    books.dispute(origin=(labels[0]["change_order"], labels[1]["reimbursable"]))
    [english], [french] = books.lines(books.office, "en"), books.lines(books.ana, "fr")
    assert (english["ours"], english["theirs"]) == (
        labels[0]["change_order"],
        labels[0]["reimbursable"],
    )
    assert (french["ours"], french["theirs"]) == (
        labels[1]["reimbursable"],
        labels[1]["change_order"],
    )
    books.settled()
    books.keep(books.ana, "fr", "leur")
    assert books.sync().conflicts == ()
    assert books.raw(line(0), "origin", books.ana) == labels[1]["change_order"]
    assert books.raw(line(0), "origin", books.office) == labels[0]["change_order"]


def test_a_list_of_the_old_order_is_read_by_its_headers(disputed: Callable[[str], Books]) -> None:
    books = disputed("en")

    def as_it_was(book: Any) -> None:
        sheet = book["Conflicts"]
        sheet.delete_cols(1, 2)
        sheet.move_range("F1:F9", cols=20)

    change(books.ana, as_it_was)
    change(books.ana, lambda book: setattr(book["Conflicts"].cell(4, 26), "value", "theirs"))
    assert books.sync().conflicts == ()
    assert books.raw(line(0), "net", books.ana) == 111


def test_a_row_that_came_back_says_whom_it_is_about(books: Books) -> None:
    books.start("en", "en")
    change(books.office, put("Fees", 4, net=111))
    change(books.ana, lambda book: book["Fees"].delete_rows(4))
    books.sync()
    for path in (books.office, books.ana):
        [found] = books.lines(path, "en")
        assert (found["client"], found["deal"]) == ("Acme", "D-0001 Hall")


def test_no_word_means_two_sides_and_every_language_has_its_own() -> None:
    for language in LANGUAGES:
        told = words(language)
        assert told.keys() == words("en").keys()
        assert side_of(told["keep_ours"]) == "ours"
        assert side_of(told["keep_theirs"].upper()) == "theirs"
        assert near_side(told["keep_theirs"], language) == told["keep_theirs"]
        assert not is_vague(told["keep_ours"])
        assert told["keep_ours"] in told["about"]
        assert told["keep_theirs"] in told["about"]
