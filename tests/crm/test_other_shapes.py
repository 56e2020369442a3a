"""Exports in unusual shapes: encodings, marks, footers, quoted breaks, other columns."""
# ruff: noqa: E501 - rows as the systems write them

import datetime as dt
from decimal import Decimal

import pytest

from sheetrecord.core.crm.facts import CrmDeal, ImportAnswers
from sheetrecord.ledgers.crm.read import read_export

HUBSPOT = (
    '"Record ID","Deal Name","Deal Stage","Close Date","Deal owner","Amount","Associated Company (Primary)","Associated Contact","Currency"\r\n'
    '"9911","Hall, ""north""\nphase 2","Contract Sent","2026-09-30 14:22","Ann Lee","12,500.00","Nordhaus GmbH","Bob Ray;Eve Doe","EUR"\r\n'
).encode("utf-16")
PIPEDRIVE = (
    "\ufeffNegocio - Título;Negocio - Valor;Negocio - Moneda de Valor;Negocio - Propietario;Negocio - Etapa;Negocio - Organización;"
    "Negocio - Persona de contacto;Negocio - Fecha prevista de cierre;Negocio - ID\r\n"
    "Nave norte;12500,50;EUR;Ana López;Propuesta hecha;Bodegas Ruiz;Luis Gil;2026-09-30;77\r\n"
).encode()
SALESFORCE = (
    "Opportunity-Inhaber;Accountname;Opportunity-Name;Phase;Betrag;Betrag Währung;Schlusstermin;Opportunity-ID\n"
    '"Lee, Ann";Müller & Söhne;Halle Süd;Angebot;12.500,00;EUR;30.09.2026;006A00000012345\n\n'
    'Gesamt;;;;12.500,00;;;\n"Copyright (c) 2000-2026 salesforce.com, inc."\n'
).encode("cp1252")
ZOHO = (
    b"Record Id,Deal Name,Amount,Stage,Closing Date,Account Name,Account Name.id,Deal Owner,Contact Name,Currency\n"
    b'zcrm_1001,Depot,"$ 9,000.00",Negotiation/Review,30/09/2026,Ferris & Co,zcrm_55,Ann Lee,Bob Ray,USD\n'
)
CLOSE = (
    b"id,lead_id,lead_name,status_label,status_type,value,value_currency,value_period,user_name,contact_name,note\n"
    b'oppo_1,lead_9,Ferris & Co,Active,active,1250000,EUR,one_time,Ann Lee,Bob Ray,"a ""quoted""\nnote"\n'
)
ATTIO = (
    "Record ID,Deal name,Deal stage,Deal owner,Deal value,Associated company,Associated people\n"
    '5a0c8f0e-7d1b-4a57-9b1c-2f3e4d5c6b7a,Depot,In Progress,ann@x.example,"€12,500.00",Ferris & Co,"Bob Ray, Eve Doe"\n'
).encode()
DAY = dt.date(2026, 9, 30)
SHAPES = {
    "hubspot": (HUBSPOT, "hubspot:9911", "Nordhaus GmbH", "12500", "EUR", DAY),
    "pipedrive": (PIPEDRIVE, "pipedrive:77", "Bodegas Ruiz", "12500.5", "EUR", DAY),
    "salesforce": (SALESFORCE, "salesforce:006A00000012345", "Müller & Söhne", "12500", "EUR", DAY),
    "zoho": (ZOHO, "zoho:1001", "Ferris & Co", "9000", "USD", DAY),
    "close": (CLOSE, "close:oppo_1", "Ferris & Co", "12500", "EUR", None),
    "attio": (ATTIO, "attio:5a0c8f0e-7d1b-4a57-9b1c-2f3e4d5c6b7a", "Ferris & Co", "12500", "EUR", None),
}  # fmt: skip


def only(data: bytes, system: str) -> CrmDeal:
    found = read_export(data, "deals.csv", system, ImportAnswers(), lambda _: "")
    assert not found.refused
    [deal] = found.deals
    return deal


@pytest.mark.parametrize("system", SHAPES)
def test_an_export_in_another_shape_is_read(system: str) -> None:
    data, ref, client, value, currency, day = SHAPES[system]
    deal = only(data, system)
    assert (deal.ref, deal.client, deal.value_net) == (ref, client, Decimal(value))
    assert (deal.currency, deal.expected_close) == (currency, day)


@pytest.mark.parametrize("system", SHAPES)
def test_the_order_of_the_columns_tells_nothing(system: str) -> None:
    """Turned round, whatever the marks: cells with breaks and marks inside stay whole."""
    import csv
    import io

    data = SHAPES[system][0]
    encoding = {"hubspot": "utf-16", "salesforce": "cp1252"}.get(system, "utf-8-sig")
    text = data.decode(encoding)
    mark = ";" if system in {"pipedrive", "salesforce"} else ","
    width = len(next(csv.reader(io.StringIO(text), delimiter=mark)))
    rows = [
        row
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        if len(row) == width
    ]
    rows = [row for row in rows if "Gesamt" not in row]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(row[::-1] for row in rows)
    turned = only(out.getvalue().encode(), system)
    usual = only(data, system)
    assert turned._replace(cell="", row=0) == usual._replace(cell="", row=0)


def test_of_a_deal_that_is_open_in_close_the_expected_day_is_taken() -> None:
    head = b"id,lead_name,status_label,status_type,value,value_currency,user_name,note,expected_date,date_won\n"
    open_, won = (
        head + b"o1,Ode,Active,active,100,EUR,Al,Hall,2026-09-30,\n",
        head + b"o2,Ode,Won,won,100,EUR,Al,Hall,2026-09-30,2026-08-01\n",
    )
    assert only(open_, "close").expected_close == DAY
    assert only(won, "close").expected_close == dt.date(2026, 8, 1)


def test_the_first_of_several_associations_is_named_in_every_language() -> None:
    text = "ID de registro;Nombre del negocio;Etapa del negocio;Importe;Empresa asociada (Primary)\n1;Web;Cierre ganado;12,50;Oak\n"
    assert only(text.encode(), "hubspot").client == "Oak"


@pytest.mark.parametrize(
    ("cells", "value"), [("1,1", Decimal(1)), (",2", Decimal(2)), ("1,", Decimal(1))]
)
def test_of_two_columns_of_one_heading_the_filled_is_taken(cells: str, value: Decimal) -> None:
    text = f"Deal Name,Amount,Amount,Stage,Client\nHall,{cells},Won,Ode\n"
    assert only(text.encode(), "csv").value_net == value


def test_two_columns_of_one_heading_that_say_two_things_are_refused_by_the_cell() -> None:
    text = b"Deal Name,Amount,Amount,Stage,Client\nHall,1,2,Won,Ode\n"
    found = read_export(text, "deals.csv", "csv", ImportAnswers(), lambda _: "")
    assert [(one.cell, found.deals[0].value_net) for one in found.refused] == [("B2", None)]
