"""While it is not certain whose a deal is, nothing of it goes out, and inner views say so."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ASOF, Ran
from publish.firm import Rows, workbook
from publish.test_share import header
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.core.view.uncertain_owner import Doubt, concerning, doubts, for_audience, same_name
from sheetrecord.schema.read.parse import parse
from sheetrecord.workbooks.kinds import book_at

ONE, TWO, THREE = "Client One", "Client Two", "Client Three"


def firm() -> Rows:
    """Return three clients with one deal each, and something for each client to see."""
    deals = [
        {"deal_id": f"D-000{n}", "client": client, "deal_name": f"Portal {n}", "stage": "won",
         "currency": "EUR", "signed_on": dt.date(2026, 3, 1)}
        for n, client in enumerate((ONE, TWO, THREE), start=1)
    ]  # fmt: skip
    said = [
        {"deal_id": deal["deal_id"], "what": f"Promised to {deal['client']}", "type": "promise",
         "disposition": "in_contract", "in_contract": "yes", "share": "client"}
        for deal in deals
    ]  # fmt: skip
    fees = [
        {"deal_id": deal["deal_id"], "description": f"Invoice of {deal['client']}", "net": 100_00,
         "currency": "EUR", "invoiced_on": dt.date(2026, 5, 1), "terms_days": 30.0}
        for deal in deals
    ]  # fmt: skip
    return {"Deal": deals, "Context": [], "Commitments": said, "Project": [], "Fees": fees,
            "Gaps": []}  # fmt: skip


Damage = Callable[[Path], None]


def typed(sheet: str, key: str, row: int, value: Any) -> Damage:
    """Return what types a value into a cell; row 1 is the first below the header."""

    def do(path: Path) -> None:
        book = openpyxl.load_workbook(path)
        top, column = header(book, sheet, key)
        book[sheet].cell(top + row, column).value = value
        book.save(path)

    return do


def second_id_column(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    top, _ = header(book, "Commitments", "deal_id")
    sheet = book["Commitments"]
    column = sheet.max_column + 1
    sheet.cell(top, column).value = "Deal ID"
    sheet.cell(top + 1, column).value = "D-0002"
    book.save(path)


DOUBTS: dict[str, tuple[Damage, str, set[str]]] = {
    "one id on two rows": (typed("Deal", "deal_id", 2, "D-0001"), "D-0001", {ONE, TWO}),
    "one id in two cases": (typed("Deal", "deal_id", 2, "d-0001"), "D-0001", {ONE, TWO}),
    "one id, and a blank behind": (typed("Deal", "deal_id", 2, "D-0001 "), "D-0001", {ONE, TWO}),
    "no client": (typed("Deal", "client", 1, None), "D-0001", set()),
    "a client of blanks": (typed("Deal", "client", 1, " \u00a0"), "D-0001", set()),
    "a client nobody sees": (typed("Deal", "client", 1, "\u200b"), "D-0001", set()),
    "a client in another case": (typed("Deal", "client", 2, "CLIENT ONE"), "D-0001", {ONE}),
    "a client with two blanks": (typed("Deal", "client", 2, "Client  One"), "D-0001", {ONE}),
    "no id": (typed("Deal", "deal_id", 1, None), "", {ONE}),
    "two columns of ids": (second_id_column, "D-0001", {ONE, TWO, THREE}),
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(firm()))
    return path


@pytest.mark.parametrize("name", DOUBTS)
def test_no_client_view_and_no_letter_of_a_deal_in_doubt(
    run: Callable[..., Ran], book: Path, tmp_path: Path, name: str
) -> None:
    damage, deal, clients = DOUBTS[name]
    damage(book)
    for client in clients:
        for to in ("out", "out.xlsx"):
            ran = run("publish", book, "--audience", "client", "--client", client, "--to", to)
            assert (ran.code, (tmp_path / to).exists()) == (3, False), client
            assert "not certain whose" in ran.err or "no deal has this client" in ran.err
    if deal:
        ran = run("publish", book, "--audience", "client", "--deal", deal, "--to", "out")
        assert (ran.code, (tmp_path / "out").exists()) == (3, False)
        ran = run("say-back", book, deal, "--to", tmp_path / "letter.html")
        assert (ran.code, (tmp_path / "letter.html").exists()) == (3, False)
        assert "not certain whose" in ran.err
        assert "Promised" not in run("say-back", book, deal).out
    if THREE not in clients:
        ran = run("publish", book, "--audience", "client", "--client", THREE, "--to", "three")
        assert ran.code == 0, ran.err
        assert "Promised to Client Three" in run("say-back", book, "D-0003").out


@pytest.mark.parametrize(
    ("name", "audience"),
    [*((name, "ops") for name in DOUBTS), ("no client", "finance"), ("no client", "owner")],
)
def test_inner_views_say_it_on_the_page(
    run: Callable[..., Ran], book: Path, tmp_path: Path, name: str, audience: str
) -> None:
    damage, deal, _ = DOUBTS[name]
    damage(book)
    words = ("publish", book, "--audience", audience)
    assert "Not certain whose:" in run(*words, "--to", "out").out
    assert "Not certain whose" in (tmp_path / "out" / "index.html").read_text("utf-8")
    if deal:
        assert "Not certain whose" in (tmp_path / "out/deals" / f"{deal}.html").read_text("utf-8")
    if name != "two columns of ids":
        third = (tmp_path / "out" / "deals" / "D-0003.html").read_text("utf-8")
        assert "Not certain whose" not in third
    assert run(*words, "--to", "out.xlsx").code == 0
    found = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert found.active.title == "About"
    assert any("Not certain whose" in str(cell.value) for cell in found.active["A"])


@pytest.mark.parametrize("client", [" ", "\u00a0", "\u200b", "\t"])
@pytest.mark.parametrize("audience", ["client", "ops"])
def test_a_client_of_blanks_cannot_be_asked_for(
    run: Callable[..., Ran], book: Path, tmp_path: Path, client: str, audience: str
) -> None:
    ran = run("publish", book, "--audience", audience, "--client", client, "--to", "out")
    assert (ran.code, (tmp_path / "out").exists()) == (3, False)
    assert "it is blank" in ran.err


def test_copies_are_not_brought_together_while_rows_could_be_either_clients(
    run: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    sound, out = tmp_path / "sound.xlsx", tmp_path / "out.xlsx"
    shutil.copy(book, sound)
    typed("Deal", "deal_id", 2, "D-0001")(book)
    pasted = run("merge", sound, sound, book, "-o", tmp_path / "pasted.xlsx")
    assert pasted.code in {0, 1}, "rows that were there before are the old deal's"
    typed("Commitments", "deal_id", 2, "D-0001")(book)
    for base, ours in ((sound, sound), (sound, book), (book, book)):
        ran = run("merge", base, ours, book, "-o", out)
        assert (ran.code, out.exists()) == (3, False)
        assert "D-0001 stands for Client One and Client Two" in ran.out + ran.err
    ran = run("merge", sound, sound, book, "-o", out, "--allow", "two-clients")
    assert out.exists()


def test_nothing_is_in_doubt_in_a_sound_record(book: Path, run: Callable[..., Ran]) -> None:
    assert not doubts(parse(book_at(str(book)), ASOF))
    assert run("publish", book, "--to", "out").code == 0
    assert "Not certain" not in (book.parent / "out" / "index.html").read_text("utf-8")


def test_a_fix_does_not_decide_whose_rows_are_whose(run: Callable[..., Ran], book: Path) -> None:
    typed("Deal", "deal_id", 2, "D-0001")(book)
    run("validate", book, "--fix", "--asof", "2026-06-30")
    ran = run("publish", book, "--audience", "client", "--client", ONE, "--to", "out")
    assert (ran.code, (book.parent / "out").exists()) == (3, False)


def test_a_fix_still_tells_copies_of_one_clients_deal_apart(
    run: Callable[..., Ran], book: Path
) -> None:
    typed("Deal", "deal_id", 2, "D-0001")(book)
    typed("Deal", "client", 2, ONE)(book)
    run("validate", book, "--fix", "--asof", "2026-06-30")
    ids = [deal.deal_id for deal in parse(book_at(str(book)), ASOF).record.deals]
    assert len(set(ids)) == 3


NAMES = st.sampled_from(["", " ", "Acme", "ACME", "Acme ", "Ac\u200bme", "Bell", "Bell Ltd"])
IDS = st.sampled_from(["", "D-1", "d-1", "D-1 ", "D-2", "D-3"])


@given(st.lists(st.tuples(IDS, NAMES), max_size=5))
def test_what_is_certain_is_one_clients(deals: list[tuple[str, str]]) -> None:
    """Of a deal without doubt no other row has the id, and no other spelling its client."""
    from sheetrecord.formats.markdown import parse_tables

    lines = "\n".join(f"| | {deal} | {client} | won |" for deal, client in deals)
    parsed = parse(
        parse_tables(f"| Deal | deal_id | client | stage |\n|---|---|---|---|\n{lines}\n"), ASOF
    )
    found = doubts(parsed)
    rows = [(deal.deal_id, deal.client) for deal in parsed.record.deals]
    for deal_id, client in rows:
        if not deal_id or concerning(found, frozenset((deal_id,)), frozenset((client,))):
            continue
        assert same_name(client)
        assert sum(same_name(other) == same_name(deal_id) for other, _ in rows) == 1
        same = {other for _, other in rows if same_name(other) == same_name(client)}
        assert same == {client}
        assert all(other_id for other_id, other in rows if same_name(other) == same_name(client))


def test_names_are_told_to_nobody_who_may_not_see_them() -> None:
    grant = AUDIENCES["ops"].grants["Deal"]
    less = AUDIENCES["ops"]._replace(
        grants={"Deal": grant._replace(columns=grant.columns - {"client"})}
    )
    one = Doubt("twice", frozenset(("D-0001",)), (ONE, TWO), (4, 5))
    assert for_audience([one], less) == [one._replace(clients=())]
    assert for_audience([one], AUDIENCES["client"]) == []
