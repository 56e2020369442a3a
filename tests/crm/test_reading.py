"""Exports of sales systems as people bring them: every cell is read for certain, or refused."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
import xlsxwriter

from effort import some
from sheetrecord.core.crm.facts import CrmExport, ImportAnswers
from sheetrecord.ledgers.crm.read import read_export
from sheetrecord.ledgers.crm.users import read_users
from sheetrecord.model.errors import CannotRead

HUBSPOT = """\
Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Deal owner,Associated Company
91,Shop,Closed Won,1200,EUR,2026-04-30 09:00,Kim Vale,Oak Ltd
92,App,Contract Sent,2500.50,EUR,2026-05-31 09:00,Kim Vale,Elm Ltd
"""


def read(text: str | bytes, system: str = "", **told: Any) -> CrmExport:
    data = text if isinstance(text, bytes) else text.encode()
    return read_export(data, "deals.csv", system, ImportAnswers(**told), lambda _: "")


def refused(found: CrmExport) -> dict[str, str]:
    return {one.cell: one.why for one in found.refused}


def asked(found: CrmExport) -> list[str]:
    return [one.text for one in found.ask]


SYSTEMS = {
    "hubspot": (HUBSPOT, "hubspot:91", "won"),
    "hubspot in German": (
        (
            "Datensatz-ID,Deal-Name,Deal-Phase,Betrag,Abschlussdatum,Verknüpftes Unternehmen\n"
            "91,Shop,Vertrag gesendet,1200,2026-04-30,Oak Ltd\n"
        ),
        "hubspot:91",
        "open",
    ),
    "hubspot in Spanish": (
        (
            "ID de registro,Nombre del negocio,Etapa del negocio,Valor,"
            "Fecha de cierre,Empresa asociada\n"
            "91,Shop,Cierre ganado,1200,2026-04-30,Oak Ltd\n"
        ),
        "hubspot:91",
        "won",
    ),
    "hubspot in French": (
        (
            "ID de l'enregistrement,Nom de la transaction,Phase de la transaction,Montant,"
            "Date de fermeture,Entreprise associée\n"
            "91,Shop,Contrat envoyé,1200,2026-04-30,Oak Ltd\n"
        ),
        "hubspot:91",
        "open",
    ),
    "pipedrive": (
        (
            "Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Expected close date,"
            "Deal - Organization\n7,Shop,1200,Lost,2026-04-30,Oak Ltd\n"
        ),
        "pipedrive:7",
        "lost",
    ),
    "pipedrive in German": (
        (
            "Deal - ID,Deal - Titel,Deal - Wert,Deal - Status,Deal - Erwartetes Abschlussdatum,"
            "Deal - Organisation\n7,Shop,1200,Gewonnen,30.04.2026,Oak Ltd\n"
        ),
        "pipedrive:7",
        "won",
    ),
    "salesforce": (
        (
            '"Opportunity ID","Opportunity Name","Account Name","Stage","Amount","Close Date"\n'
            '"006000000000abcAAA","Shop","Oak Ltd","Closed Won","1200.00","4/30/2026"\n\n\n'
            '"Open deals"\n"Copyright (c) 2026"\n'
        ),
        "salesforce:006000000000abc",
        "won",
    ),
    "salesforce in German": (
        (
            "Opportunity-ID;Opportunity-Name;Accountname;Phase;Betrag;Schlusstermin\n"
            "006000000000abc;Shop;Oak Ltd;Geschlossen und gewonnen;1.200,00;30.04.2026\n"
        ),
        "salesforce:006000000000abc",
        "won",
    ),
    "salesforce by its interface": (
        (
            "Id,Name,Account.Name,StageName,Amount,CloseDate,IsClosed,IsWon,IsDeleted\n"
            "006000000000abc,Shop,Oak Ltd,Special,1200,2026-04-30,true,true,false\n"
        ),
        "salesforce:006000000000abc",
        "won",
    ),
    "zoho": (
        (
            "Record Id,Deal Name,Account Name,Stage,Amount,Closing Date,Deal Owner\n"
            "zcrm_77,Shop,Oak Ltd,Negotiation/Review,1200,2026-04-30,Kim Vale\n"
        ),
        "zoho:77",
        "open",
    ),
    "close": (
        (
            "id,lead_name,status_label,status_type,value,value_currency,value_period,date_won,note\n"
            "oppo_1,Oak Ltd,Active,active,120000,EUR,one_time,2026-04-30,Shop\n"
        ),
        "close:oppo_1",
        "open",
    ),
    "attio": (
        (
            "Record ID,Deal name,Deal stage,Deal value,Associated company,Deal owner,Close date\n"
            "0d0c0b0a-0000-4000-8000-000000000001,Shop,Won 🎉,1200,Oak Ltd,Kim Vale,2026-04-30\n"
        ),
        "attio:0d0c0b0a-0000-4000-8000-000000000001",
        "won",
    ),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_each_system_is_known_by_its_headings(name: str) -> None:
    text, ref, type_ = SYSTEMS[name]
    found = read(text)
    assert found.system == name.partition(" ")[0]
    deal = found.deals[0]
    assert (deal.ref, deal.stage_type) == (ref, type_)
    assert (deal.deal_name, deal.client) == ("Shop", "Oak Ltd")
    assert (deal.value_net, deal.expected_close) == (Decimal(1200), dt.date(2026, 4, 30))
    assert not found.refused
    assert not found.ask


def test_the_order_of_columns_and_columns_of_ones_own_change_nothing() -> None:
    rows = [line.split(",") for line in HUBSPOT.splitlines()]
    more = ("Mood", "fine", "so so")
    rows = [[*row, own] for row, own in zip(rows, more, strict=True)]
    wanted = read(HUBSPOT).deals
    for order in some(list(permutations(range(9)))[::4999], 4):
        text = "\n".join(",".join(row[i] for i in order) for row in rows)
        found = [deal._replace(cell="") for deal in read(text).deals]
        assert found == [deal._replace(cell="") for deal in wanted]


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "big endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "windows": lambda text: text.encode("cp1252"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "told to Excel": lambda text: b"sep=;\n" + text.replace(",", ";").encode(),
    "all quoted": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_however_the_text_is_written_it_says_the_same(name: str) -> None:
    text = HUBSPOT.replace("Oak", "Öl & Söhne")
    assert read(ENCODINGS[name](text)).deals == read(text).deals


def test_a_workbook_says_the_same_with_real_dates_and_bare_numbers_of_days() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("About").write(0, 0, "Exported for Kim")
        sheet = book.add_worksheet("Deals")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, head in enumerate(HUBSPOT.splitlines()[0].split(",")):
            sheet.write(2, column, head)
        for row, (number, name, value) in enumerate(
            ((91, "Shop", 1200), (92, "App", "2500.50")), 3
        ):
            for column, cell in enumerate((number, name, "Closed Won", value, "EUR")):
                sheet.write(row, column, cell)
        sheet.write_datetime(3, 5, dt.date(2026, 4, 30), day)
        sheet.write(4, 5, 46173)
    found = read(held.getvalue())
    assert [deal.ref for deal in found.deals] == ["hubspot:91", "hubspot:92"]
    assert [deal.value_net for deal in found.deals] == [Decimal(1200), Decimal("2500.5")]
    assert [deal.expected_close for deal in found.deals] == [
        dt.date(2026, 4, 30),
        dt.date(2026, 5, 31),
    ]
    assert found.deals[1].cell == "A5"


def column(head: str, *cells: str, currency: str = "EUR") -> str:
    """Return a table with one column more, semicolons between its cells."""
    rows = [f"{i};Deal {i};Oak;{currency};{cell}" for i, cell in enumerate(cells, 1)]
    return "\n".join([f"Nr;Deal;Client;Currency;{head}", *rows, ""])


DAYS: list[tuple[tuple[str, ...], list[str | None], list[str], list[str]]] = [
    (("30/06/2026", "03/04/2026"), ["2026-06-30", "2026-04-03"], [], []),
    (("06/30/2026", "03/04/2026"), ["2026-06-30", "2026-03-04"], [], []),
    (("03/04/2026", "05/06/2026"), [None, None], [], ["order of day and month"]),
    (("05/05/2026",), ["2026-05-05"], [], []),
    (("30/06/2026", "06/30/2026", "03/04/2026"), ["2026-06-30", "2026-06-30", None], ["E4"], []),
    (("30.06.2026", "03.04.2026"), ["2026-06-30", "2026-04-03"], [], []),
    (("30 de junio de 2026", "1er juillet 2026"), ["2026-06-30", "2026-07-01"], [], []),
    (("Jun 30, 2026", "3. März 2026"), ["2026-06-30", "2026-03-03"], [], []),
    (("1782777600000", "2026-06-30T22:00:00.000Z"), ["2026-06-30", "2026-06-30"], [], []),
    (("end of June", "31/02/2026", ""), [None, None, None], ["E2", "E3"], []),
    (("6/30/2026 4:00 PM", "7/1/2026, 09:00"), ["2026-06-30", "2026-07-01"], [], []),
]


@pytest.mark.parametrize(("cells", "wanted", "cells_refused", "questions"), DAYS)
def test_a_column_of_days_is_decided_whole(
    cells: tuple[str, ...],
    wanted: list[str | None],
    cells_refused: list[str],
    questions: list[str],
) -> None:
    found = read(column("Close Date", *cells))
    days = [deal.expected_close and deal.expected_close.isoformat() for deal in found.deals]
    assert days == wanted
    assert list(refused(found)) == cells_refused
    assert [any(text.startswith(q) for text in asked(found)) for q in questions] == [True] * len(
        questions
    )
    assert len(found.ask) == len(questions)


def test_another_column_of_days_may_prove_the_order_and_so_may_a_person() -> None:
    text = "Nr;Deal;Client;Close Date;Created\n1;Shop;Oak;03/04/2026;25/01/2026\n"
    assert read(text).deals[0].expected_close == dt.date(2026, 4, 3)
    open_ = column("Close Date", "03/04/2026")
    assert read(open_, date_order="mdy").deals[0].expected_close == dt.date(2026, 3, 4)


AMOUNTS: list[tuple[tuple[str, ...], list[str | None], list[str]]] = [
    (("14.000,00", "1.234"), ["14000.00", "1234"], []),
    (("14,000.00", "1,234"), ["14000.00", "1234"], []),
    (("1.234", "14.000"), [None, None], ["E2", "E3"]),
    (("1,234",), [None], ["E2"]),
    (("1.234.567",), ["1234567"], []),
    (("14 000", "14 000,50 €"), ["14000", "14000.50"], []),
    (("14'000.50",), ["14000.50"], []),
    (("1.234,50", "1,234.50", "1.234"), ["1234.50", "1234.50", None], ["E4"]),
    (("about 5000", "14k", "12.5%"), [None, None, None], ["E2", "E3", "E4"]),
    (("-500", "(500)", "0"), [None, None, "0"], ["E2", "E3"]),
    (("EUR 14.000,00",), ["14000.00"], []),
    (("$14,000.00",), ["14000.00"], []),
    (("US$14,000.00", "£5.50"), [None, None], ["E2", "E3"]),
]


@pytest.mark.parametrize(("cells", "wanted", "cells_refused"), AMOUNTS)
def test_a_column_of_amounts_is_decided_whole(
    cells: tuple[str, ...], wanted: list[str | None], cells_refused: list[str]
) -> None:
    found = read(column("Value", *cells))
    values = [deal.value_net for deal in found.deals]
    assert values == [None if one is None else Decimal(one) for one in wanted]
    assert list(refused(found)) == cells_refused


def test_each_row_may_have_its_own_currency_and_an_unknown_one_is_no_currency() -> None:
    text = """Deal - ID,Deal - Title,Deal - Value,Deal - Currency of value,Deal - Organization
1,A,9000,USD,Oak
2,B,9000,Euro,Oak
3,C,9000,JPY,Oak
4,D,9000,gold,Oak
5,E,9000,,Oak
"""
    found = read(text)
    assert [deal.currency for deal in found.deals] == ["USD", "EUR", "JPY", None, None]
    assert refused(found) == {"D5": "not a currency"}
    assert found.currency_named


@pytest.mark.parametrize(
    ("cell", "currency"),
    [("$14,000.00", None), ("CA$5.00", "CAD"), ("5,00 €", "EUR"), ("CHF 5.00", "CHF")],
)
def test_a_sign_of_several_currencies_is_asked_about(cell: str, currency: str | None) -> None:
    found = read(f"No;Deal;Client;Value\n1;Shop;Oak;{cell}\n")
    assert found.deals[0].currency == currency
    assert bool(found.ask) is (currency is None)


def test_the_heading_of_the_amount_may_name_the_currency() -> None:
    found = read("No;Deal;Client;Amount (CHF)\n1;Shop;Oak;5.00\n")
    assert (found.deals[0].currency, found.deals[0].value_net) == ("CHF", Decimal(5))


def test_what_a_converted_amount_says_is_not_the_amount() -> None:
    text = "Opportunity ID,Opportunity Name,Account Name,Amount (converted),Amount\n"
    found = read(text + "006000000000abc,Shop,Oak,999,1200\n")
    assert found.deals[0].value_net == Decimal(1200)


def test_the_heading_that_says_it_best_counts_wherever_it_stands() -> None:
    text = "Record ID,Associated Company,Deal Name,Associated Company (Primary)\n"
    found = read(text + "9,Elm;Oak,Shop,Oak\n")
    assert found.deals[0].client == "Oak"


def test_several_companies_of_a_deal_are_no_client() -> None:
    found = read("Record ID,Associated Company,Deal Name\n9,Elm;Oak,Shop\n")
    assert found.deals[0].client is None
    assert refused(found) == {"B2": "several companies: which one is the client?"}


def test_a_sign_in_the_heading_names_the_currency() -> None:
    found = read("No;Deal;Client;Amount (€)\n1;Shop;Oak;5.00\n")
    assert found.deals[0].currency == "EUR"


def test_deleted_and_archived_deals_are_refused_by_name() -> None:
    text = """Deal - ID,Deal - Title,Deal - Status,Deal - Organization,Deal - Archive status
1,A,Deleted,Oak,Not archived
2,B,Open,Oak,Archived
3,C,Won,Oak,Not archived
"""
    found = read(text)
    assert [deal.ref for deal in found.deals] == ["pipedrive:3"]
    assert refused(found) == {"C2": "deleted in the CRM", "E3": "archived in the CRM"}


def test_a_deal_that_stands_twice_is_one_if_both_rows_agree_and_none_if_not() -> None:
    text = HUBSPOT.replace("Deal owner,", "Deal owner,Associated Contact,")
    text = text.replace("Kim Vale,Oak", "Kim Vale,Ann Lee (a@o.example),Oak")
    text = text.replace("Kim Vale,Elm", "Kim Vale,Bo Ray,Elm")
    twice = text + text.splitlines()[1].replace("Ann Lee (a@o.example)", "Cy Fox") + "\n"
    found = read(twice)
    assert [deal.contacts for deal in found.deals] == [("Ann Lee", "Cy Fox"), ("Bo Ray",)]
    other = HUBSPOT + HUBSPOT.splitlines()[1].replace("1200", "1300") + "\n"
    found = read(other)
    assert [deal.ref for deal in found.deals] == ["hubspot:92"]
    assert list(refused(found)) == ["A2", "A4"]


def test_rows_without_a_name_or_a_number_are_refused_by_their_cell() -> None:
    text = HUBSPOT + "93,,Closed Won,5,EUR,2026-01-01,Kim,Oak\n,Site,Closed Won,5,EUR,,Kim,Oak\n"
    text += "1.12E+10,Web,Closed Won,5,EUR,,Kim,Oak\n"
    found = read(text)
    assert [deal.ref for deal in found.deals] == ["hubspot:91", "hubspot:92"]
    assert list(refused(found)) == ["B4", "A5", "A6"]


def test_a_title_of_several_lines_is_one_row_of_the_sheet() -> None:
    text = HUBSPOT.replace(",Shop,", ',"Shop\nwith cellar",') + "\n93,Bad,Closed Won,5,EUR,soon,,\n"
    found = read(text)
    assert found.deals[0].deal_name == "Shop with cellar"
    assert refused(found) == {"F5": "not a date"}


def test_a_word_that_no_stage_has_is_asked_once_and_never_guessed() -> None:
    text = HUBSPOT.replace("Contract Sent", "Hot (Sales Pipeline)")
    text += "93,Web,Hot,5,EUR,,,Oak\n"
    found = read(text)
    assert [deal.stage for deal in found.deals] == ["won", None, None]
    assert asked(found) == [
        'stage "Hot (Sales Pipeline)" (which of yours is it?)',
        'stage "Hot" (which of yours is it?)',
    ]
    told = read(text, stages={"hot": "verbal"})
    assert [deal.stage for deal in told.deals] == ["won", "verbal", "verbal"]
    assert not told.ask


def test_a_firm_knows_its_own_stages() -> None:
    text = HUBSPOT.replace("Contract Sent", "Angebot raus")
    own = {"Angebot raus": "proposal"}
    found = read_export(text.encode(), "x.csv", "", ImportAnswers(), lambda word: own.get(word, ""))
    assert [deal.stage for deal in found.deals] == ["won", "proposal"]


def test_owners_are_names_and_a_number_is_asked_about_or_looked_up() -> None:
    text = HUBSPOT.replace("Kim Vale", "51234", 1).replace("Kim Vale", '"Vale, Kim"')
    found = read(text)
    assert [deal.deal_owner for deal in found.deals] == [None, "Kim Vale"]
    assert asked(found) == ["owner 51234 (a number: who is it?)"]
    users = read_users(b"Id,First Name,Last Name\n51234,Sam,Hill\n", "users.csv")
    assert [deal.deal_owner for deal in read(text, owners=users).deals] == ["Sam Hill", "Kim Vale"]
    gone = HUBSPOT.replace("Kim Vale", "No owner", 1).replace("Kim Vale", "")
    assert [deal.deal_owner for deal in read(gone).deals] == [None, None]
    assert not read(gone).ask


def test_close_writes_cents_unless_it_shows_otherwise_and_a_month_is_no_contract() -> None:
    head = "id,lead_name,status_type,value,value_formatted,value_period,value_currency,note\n"
    cents = read(head + 'o1,Oak,won,120000,"€1,200.00",one_time,EUR,Shop\n')
    units = read(head + 'o1,Oak,won,1200,"€1,200.00",one_time,EUR,Shop\n')
    assert cents.deals[0].value_net == units.deals[0].value_net == Decimal(1200)
    monthly = read(head + "o1,Oak,won,120000,,monthly,EUR,\n")
    assert monthly.deals[0].value_net is None
    assert monthly.deals[0].deal_name == "Oak"
    assert refused(monthly) == {"D2": "monthly: no value of a contract"}


def test_people_between_commas_are_kept_as_they_stand() -> None:
    text = SYSTEMS["attio"][0].replace("company,", "company,Associated people,")
    text = text.replace("Oak Ltd,", 'Oak Ltd,"Ann Lee, Bo Ray",')
    assert read(text).deals[0].contacts == ("Ann Lee, Bo Ray",)


def test_headings_of_ones_own_are_asked_for_and_remembered_by_what_was_said() -> None:
    text = "Vorgangsname;Wer;Wieviel\nShop;Oak;5,00\n"
    found = read(text)
    assert asked(found) == ["column of the deal's name (one of: Vorgangsname, Wer, Wieviel)"]
    columns = {"vorgangsname": "deal_name", "wer": "client", "wieviel": "amount"}
    told = read(text, columns=columns)
    assert (told.deals[0].deal_name, told.deals[0].client) == ("Shop", "Oak")
    assert told.deals[0].value_net == Decimal(5)
    assert told.deals[0].ref == ""


def test_totals_and_notes_end_the_table() -> None:
    text = HUBSPOT + "Grand Totals (2 records),,,3700.50,,,,\n,,,,,,,\nExported by Kim,,,,,,,\n"
    found = read(text)
    assert [deal.ref for deal in found.deals] == ["hubspot:91", "hubspot:92"]
    assert not found.refused


def test_lines_above_the_headings_are_passed_over() -> None:
    found = read("My open deals\nAs of 2026-03-01,by Kim\n\n" + HUBSPOT)
    assert [deal.cell for deal in found.deals] == ["A5", "A6"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<!doctype html><p>Log in", b"\x00\x01\x02"])
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(CannotRead):
        read(data)


def test_two_things_that_contradict_are_taken_from_neither() -> None:
    text = "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Organization\n"
    found = read(text + "1,A,Won,Lost,Oak\n", stages={"won": "won"})
    assert found.deals[0].stage is None
    assert refused(found) == {"C2": 'says two things: "Won" and lost'}
