"""Makes small workbooks part by part, so that a test can say exactly what the file holds."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="4"><numFmt numFmtId="164"
 formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166"
 formatCode="dd/mm/yyyy hh:mm:ss"/><numFmt numFmtId="167" formatCode="0.00 &quot;days&quot;"/>
</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="166"/>
<xf numFmtId="165"/><xf numFmtId="167"/><xf numFmtId="14"/></cellXfs></styleSheet>"""
"""Styles 0 number, 1 date, 2 time, 3 date and time, 4 elapsed, 5 number with a word, 6 date."""


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELS}">{before}<sheetData>{rows}</sheetData>'
        f"{after}</worksheet>"
    )


def rels(*found: tuple[str, str, str]) -> str:
    body = "".join(
        f'<Relationship Id="{key}" Type="{RELS}/{kind}" Target="{target}"/>'
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def parts(
    sheet: str | bytes = "",
    strings: str | bytes | None = None,
    *,
    workbook: str = "",
    names: str = "",
    extra: dict[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """Return the parts of a workbook of one sheet called Deal, whose rows or part are ``sheet``."""
    if isinstance(sheet, str) and "sheetData" not in sheet:
        sheet = worksheet(sheet)
    if isinstance(strings, str) and "<sst" not in strings:
        strings = f'<sst xmlns="{MAIN}">{strings}</sst>'
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml"'
        ' ContentType="application/xml"/></Types>',
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{workbook}<sheets>'
        f'<sheet name="Deal" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings is not None:
        found["xl/sharedStrings.xml"] = strings
    return found | (extra or {})


def zipped(found: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in found.items():
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def book(sheet: str | bytes = "", strings: str | bytes | None = None, **more) -> bytes:
    return zipped(parts(sheet, strings, **more))
