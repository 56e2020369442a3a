"""A workbook with a marker in every place a text can stand, and who may see which."""

import datetime as dt
import io
import random
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from built import build
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.schema.column import Kind
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.sheets import SHEETS

LENGTH, FRAGMENT = 12, 6
LEVELS = ("", "internal", "ops", "client")
DEALS = {"D-0001": "Nordlicht", "D-0002": "Harborview"}
ASOF = dt.date(2026, 6, 30)
_TEXTS = {Kind.TEXT, Kind.PROSE, Kind.PERSON, Kind.LINK}


class Planted(NamedTuple):
    """One marker and where it stands; ``sheet`` is empty for places outside the record."""

    marker: str
    sheet: str
    key: str
    deal_id: str
    level: str
    row: dict[str, Any]


class Taint:
    """Makes markers of which no two share a fragment, and remembers where each was planted."""

    def __init__(self) -> None:
        self._random = random.Random(1)
        self._used: set[str] = set()
        self.planted: list[Planted] = []

    def marker(self) -> str:
        while True:
            made = "".join(self._random.choices("BCDFGHJKLMNPQRSTVWXZ", k=LENGTH))
            if self._used.isdisjoint(fragments(made)):
                self._used |= fragments(made)
                return made

    def plant(self, sheet: str = "", key: str = "", **told: Any) -> str:
        made = self.marker()
        row = told.get("row", {})
        self.planted.append(
            Planted(made, sheet, key, told.get("deal", ""), told.get("level", ""), row)
        )
        return made

    def row(self, sheet: str, deal: str, level: str, **cells: Any) -> dict[str, Any]:
        """Return a row with a marker in each text column that is not given."""
        row: dict[str, Any] = {"deal_id": deal, **cells}
        if "share" in SHEETS[sheet].by_key:
            row["share"] = level
        for column in SHEETS[sheet].columns:
            if column.key in row or column.derived or column.formula:
                continue
            if column.kind in _TEXTS or column.kind is Kind.REF:
                row[column.key] = self.plant(sheet, column.key, deal=deal, level=level, row=row)
        return row


def fragments(text: str) -> set[str]:
    return {text[i : i + FRAGMENT] for i in range(len(text) - FRAGMENT + 1)}


def tainted() -> tuple[bytes, list[Planted]]:
    """Return a workbook and what was planted in it."""
    taint = Taint()
    day = dt.date(2026, 5, 4)
    rows: dict[str, list[dict[str, Any]]] = {sheet: [] for sheet in SHEETS}
    for deal, client in DEALS.items():
        rows["Deal"].append(
            taint.row(
                "Deal", deal, "", client=client, stage="won", currency="EUR", value_net=100_00,
                signed_on=day, contract_end=dt.date(2026, 9, 30), handover_state="returned",
                handover_on=day, return_code="bad_fit", waived_until=dt.date(2027, 1, 1),
            )
        )  # fmt: skip
        for level in LEVELS:
            rows["Context"] += [
                taint.row("Context", deal, level, kind=kind, learned_on=day, chase_on=day,
                          date=day if kind == "real_deadline" else None, hardness="hard",
                          role="sponsor" if kind == "stakeholder" else "")
                for kind in ENUMS["kind"]
            ]  # fmt: skip
            rows["Context"].append(taint.row("Context", deal, level, kind="risk", answer="?"))
            rows["Commitments"] += [
                taint.row("Commitments", deal, level, type=type_, said_on=day, due_on=day,
                          client_believes="yes", disposition="undecided", effort_hours=3.0)
                for type_ in ENUMS["type"]
            ]  # fmt: skip
            rows["Project"] += [
                taint.row("Project", deal, level, kind=kind, status=status, date_planned=day,
                          date_baseline=ASOF, severity="high", amount_net=5_00)
                for kind in ENUMS["project_kind"] for status in ("open", "approved")
            ]  # fmt: skip
        rows["Fees"] += [
            taint.row("Fees", deal, "", origin="contract", fee_type="deposit", net=50_00,
                      currency="EUR", invoiced_on=day, terms_days=terms)
            for terms in (10.0, 200.0)
        ]  # fmt: skip
        rows["Fees"].append(
            taint.row("Fees", deal, "", origin="contract", net=1_00, currency="EUR")
        )
        rows["Gaps"].append(
            taint.row("Gaps", deal, "", where_it_was="head", why_not_transferred="not_asked")
        )
    spec = TEMPLATES["consultancy"]._replace(asof=ASOF)
    return _beside_the_record(build(spec, rows), taint), taint.planted


def _beside_the_record(data: bytes, taint: Taint) -> bytes:
    """Plant markers everywhere else that a workbook can hold a text."""
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets[:6]:
        cell = sheet.cell(5, sheet.max_column + 2, taint.plant())
        cell.comment = Comment(taint.plant(), taint.plant())
        sheet.cell(6, sheet.max_column, f'="{taint.plant()}"')
        header = sheet.cell(4, sheet.max_column + 1, taint.plant())
        for row in range(header.row + 1, header.row + 4):
            sheet.cell(row, header.column, taint.plant())
        sheet["A5"].comment = Comment(taint.plant(), taint.plant())
        sheet.oddHeader.center.text = taint.plant()
        check = DataValidation("list", f'"{taint.plant()},{taint.plant()}"', promptTitle="x")
        check.prompt = taint.plant()
        check.add(f"A{sheet.max_row + 5}")
        sheet.add_data_validation(check)
        sheet.conditional_formatting.add("A900:A901", FormulaRule([f'"{taint.plant()}"="x"']))
        sheet.row_dimensions[7].hidden = True
    for state in ("hidden", "veryHidden"):
        hidden = book.create_sheet(taint.plant())
        hidden.sheet_state = state
        hidden["A1"] = taint.plant()
    book.create_sheet(taint.plant())["B2"] = taint.plant()
    book.defined_names["secret"] = DefinedName("secret", attr_text=f'"{taint.plant()}"')
    name = taint.plant()
    book.defined_names[name] = DefinedName(name, attr_text="Deal!$A$1")
    for field in ("title", "subject", "creator", "keywords", "description", "category",
                  "lastModifiedBy", "contentStatus", "identifier", "version"):  # fmt: skip
        setattr(book.properties, field, taint.plant())
    for row in book["Lists"].iter_rows():
        for cell in row:
            if cell.value == "Competitor":
                cell.value = taint.plant()
    book["Settings"]["H40"] = taint.plant()
    out = io.BytesIO()
    book.save(out)
    return _custom_xml(out.getvalue(), taint)


def _custom_xml(data: bytes, taint: Taint) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "[Content_Types].xml":
                new = b'<Override PartName="/customXml/item1.xml" ContentType="application/xml"/>'
                part = part.replace(b"</Types>", new + b"</Types>")
            if name == "xl/_rels/workbook.xml.rels":
                kind = (
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
                )
                new = (
                    b'<Relationship Id="rIdX" Type="'
                    + kind
                    + b'" Target="../customXml/item1.xml"/>'
                )
                part = part.replace(b"</Relationships>", new + b"</Relationships>")
            target.writestr(name, part)
        target.writestr("customXml/item1.xml", f"<a b='{taint.plant()}'>{taint.plant()}</a>")
    return out.getvalue()


def artefact_texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text of a published file: its name, itself, or each part of a workbook."""
    yield name, name
    if not name.endswith(".xlsx"):
        yield name, data.decode("utf-8")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not package.comment
        for part in package.infolist():
            yield f"{name}/{part.filename}", part.filename
            yield f"{name}/{part.filename}", package.read(part).decode("utf-8")


def leaked(text: str, forbidden: set[str]) -> set[str]:
    """Return the forbidden fragments that a text holds, whatever their case."""
    folded = re.sub(r"\s+", " ", text).upper()
    return {folded[i : i + FRAGMENT] for i in range(len(folded))} & forbidden
