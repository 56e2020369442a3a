"""A firm for handover tests: rows of one ready deal, as a workbook, and as a user made it."""

import datetime as dt
import io
import zipfile
from typing import Any

from built import build
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.schema import ids
from sheetrecord.xlsx import SetCell, patch

DAY = dt.date
ASOF = DAY(2026, 3, 4)
SMALL = {"Deal": 2, "Context": 4, "Commitments": 3, "Project": 14, "Fees": 6, "Gaps": 1}

Rows = dict[str, list[dict[str, Any]]]


def ready(deal_id: str = "D-0001", **changes: Any) -> Rows:
    """Return the rows of a deal whose gate is clean; its Context ids are X ids of the deal."""
    deal = {
        "deal_id": deal_id,
        "client": "Acme",
        "deal_name": "Rollout",
        "stage": "verbal",
        "deal_owner": "Ines",
        "value_net": 4_200_000,
        "currency": "EUR",
        "fee_model": "fixed",
        "expected_close": DAY(2026, 3, 20),
        "next_step": "Sign",
        "next_step_on": DAY(2026, 3, 20),
        "proposal_link": "proposal.pdf",
        "contract_link": "contract.pdf",
        "signed_on": DAY(2026, 3, 2),
        "contract_start": DAY(2026, 3, 9),
        "contract_end": DAY(2026, 6, 30),
        "won_reason": "We know their plant",
        "ops_owner": "Tom",
        **changes,
    }
    ute = {"person": "Ute Brandt", "learned_on": DAY(2026, 2, 10), "learned_by": "Ines"}
    facts: list[dict[str, Any]] = [
        {"kind": "why_now", "answer": "The old system ends in July"},
        {
            "kind": "real_deadline",
            "answer": "The board decides on the second plant",
            "date": DAY(2026, 6, 16),
            "driver": "board meeting",
            "hardness": "hard",
            **ute,
        },
        {"kind": "alternative", "answer": "Initech, or waiting a year", **ute},
        {"kind": "why_us"},
        {"kind": "pressure", "answer": "Ute promised the board a result", **ute},
        {"kind": "success_personal", "answer": "Ute wants to run both plants", **ute},
        {"kind": "success_formal", "answer": "Two weeks of orders without paper"},
        {"kind": "pushback", "answer": "Will ask for reports", "person": "Kurt Maier"},
        {
            "kind": "constraints",
            "answer": "?",
            "chase_on": DAY(2026, 3, 20),
            "chase_by": "Ines",
        },
        {"kind": "stakeholder", "person": "Ute Brandt", "role": "sponsor", "stance": "for"},
        {"kind": "stakeholder", "person": "Jan Weiss", "role": "daily_contact"},
    ]
    said = {"said_by": "Ines", "said_to": "Ute Brandt", "said_on": DAY(2026, 2, 20)}
    promises: list[dict[str, Any]] = [
        {
            "what": "The night shift is trained as well",
            "type": "promise",
            "client_believes": "yes",
            "in_contract": "no",
            "disposition": "honour_free",
            "effort_hours": 12,
            "share": "client",
            **said,
        },
        {
            "what": "A report for each machine",
            "type": "discussed",
            "client_believes": "unsure",
            "in_contract": "no",
            "disposition": "undecided",
            "owner": "Tom",
            "due_on": DAY(2026, 4, 1),
            **said,
        },
        {
            "what": "First line live before Easter",
            "type": "date_promise",
            "client_believes": "yes",
            "in_contract": "yes",
            "clause": "4",
            "disposition": "in_contract",
            "due_on": DAY(2026, 4, 2),
            **said,
        },
        {"what": "none", "type": "client_duty"},
        {"what": "none", "type": "assumption"},
        {
            "what": "No work on the old server",
            "type": "exclusion",
            "in_contract": "yes",
            "clause": "3.2",
            "share": "client",
            **said,
        },
    ]
    number = int(deal_id[2:]) * 100
    for i, row in enumerate(facts):
        row |= {"deal_id": deal_id, "ctx_id": ids.make("X", 5000 + number + i)}
    for i, row in enumerate(promises):
        row |= {"deal_id": deal_id, "com_id": ids.make("C", 5000 + number + i)}
    return {"Deal": [deal], "Context": facts, "Commitments": promises, "Project": [], "Fees": []}


def together(*parts: Rows) -> Rows:
    """Return the rows of several deals as one firm's."""
    found: Rows = {}
    for part in parts:
        for sheet, rows in part.items():
            found.setdefault(sheet, []).extend(rows)
    return found


def workbook(rows: Rows, **spec: Any) -> bytes:
    """Return a small workbook with these rows."""
    small = TEMPLATES["consultancy"]._replace(seeded_deals=1, rows=SMALL)
    return build(small._replace(**spec), rows)


VBA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 6
"""Bytes in the place of a macro project: it must come through as it is, whatever it holds."""

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006"
CHART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<c:chartSpace xmlns:c="{_DRAW}/chart" xmlns:a="{_DRAW}/main"><c:chart><c:plotArea>'
    '<c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef>'
    '<c:f>Deal!$F$4:$F$5</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/>'
    '</c:barChart><c:catAx><c:axId val="1"/><c:crossAx val="2"/></c:catAx><c:valAx>'
    '<c:axId val="2"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
)
DRAWING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<xdr:wsDr xmlns:xdr="{_DRAW}/spreadsheetDrawing" xmlns:a="{_DRAW}/main"><xdr:oneCellAnchor>'
    "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row>"
    '<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="3000000" cy="2000000"/>'
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="My chart"/>'
    '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
    f'<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{_DRAW}/chart">'
    f'<c:chart xmlns:c="{_DRAW}/chart" xmlns:r="{_OFFICE}" r:id="rId1"/></a:graphicData>'
    "</a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"
)
THEIRS = ("xl/vbaProject.bin", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml")
"""The parts that a user put into the workbook and that nothing may touch."""


def users_workbook(rows: Rows, **spec: Any) -> bytes:
    """Return a macro workbook with a user's chart on Start and a column of their own in Deal."""
    data = workbook(rows, **spec)
    column = [SetCell("Deal", "BF3", "Favourite colour"), SetCell("Deal", "BF4", "teal")]
    return _with_parts(patch(data, column).data)


def _with_parts(data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == "[Content_Types].xml":
                text = text.replace(_MAIN.encode(), _MACRO.encode())
                text = text.replace(b"</Types>", _TYPES.encode() + b"</Types>")
            elif name == "xl/_rels/workbook.xml.rels":
                vba = _rel(
                    "rId900",
                    "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
                    "vbaProject.bin",
                )
                text = text.replace(b"</Relationships>", vba + b"</Relationships>")
            elif name == "xl/worksheets/sheet1.xml":
                drawing = f'<drawing xmlns:r="{_OFFICE}" r:id="rId901"/></worksheet>'
                text = text.replace(b"</worksheet>", drawing.encode())
            elif name == "xl/worksheets/_rels/sheet1.xml.rels":
                raise AssertionError("the sheet Start has relations: the test must add to them")
            target.writestr(name, text)
        target.writestr("xl/vbaProject.bin", VBA)
        target.writestr("xl/charts/chart1.xml", CHART)
        target.writestr("xl/drawings/drawing1.xml", DRAWING)
        rels = _rels(_rel("rId901", f"{_OFFICE}/drawing", "../drawings/drawing1.xml"))
        target.writestr("xl/worksheets/_rels/sheet1.xml.rels", rels)
        rels = _rels(_rel("rId1", f"{_OFFICE}/chart", "../charts/chart1.xml"))
        target.writestr("xl/drawings/_rels/drawing1.xml.rels", rels)
    return out.getvalue()


_TYPES = (
    '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    '<Override PartName="/xl/drawings/drawing1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.drawing+xml"/>'
    '<Override PartName="/xl/charts/chart1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
)


def _rel(number: str, kind: str, target: str) -> bytes:
    return f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>'.encode()


def _rels(*found: bytes) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}">'
    return head.encode() + b"".join(found) + b"</Relationships>"


def parts(data: bytes) -> dict[str, bytes]:
    """Return a package's parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}
