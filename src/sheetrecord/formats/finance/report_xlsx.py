"""The report as a workbook of its own: the verdict, the exceptions, the controls, the ageing."""

import datetime as dt
import io
from typing import Any

from sheetrecord.core.reconcile.controls.cash_to_come import WHEN
from sheetrecord.core.reconcile.controls.measures import BUCKETS
from sheetrecord.formats.finance.report import ReconcileReport
from sheetrecord.model.money import to_major


def workbook(report: ReconcileReport) -> bytes:
    """Return the report as .xlsx bytes; the same report gives the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
         "strings_to_numbers": False},
    )  # fmt: skip
    day = dt.datetime.combine(dt.date.fromisoformat(report.as_of), dt.time(), dt.UTC)
    book.set_properties({"created": day.replace(tzinfo=None), "title": "Reconciliation"})
    for title, heads, rows in _sheets(report):
        _sheet(book, title, heads, rows, report.verdict)
    book.close()
    return out.getvalue()


def _sheets(report: ReconcileReport) -> list[tuple[str, list[str], list[list[object]]]]:
    def major(minor: int, currency: str) -> float:
        return float(to_major(minor, currency))

    return [
        (
            "Exceptions",
            ["Kind", "Item", "Amount", "Currency", "Days", "In words"],
            [[f.kind, f.what, major(f.amount, f.currency), f.currency, f.days, f.say]
             for f in report.findings],
        ),
        (
            "Controls",
            ["Control", "Of", "Expected", "Found", "Difference", "Currency", "In words"],
            [[c.code, c.scope, *(major(x, c.currency) for x in (c.expected, c.found,
              c.difference)), c.currency, c.what] for c in report.controls],
        ),
        (
            "Ageing",
            ["Client", "Currency", *(name.replace("_", " ") for name in BUCKETS)],
            [[client, currency, *(major(row[name], currency) for name in BUCKETS)]
             for (client, currency), row in report.ageing.items()],
        ),
        (
            "Cash to come",
            ["Currency", *WHEN],
            [[currency, *(major(row[when], currency) for when in WHEN)]
             for currency, row in report.coming.items()],
        ),
        (
            "Days outstanding",
            ["Currency", "Outstanding", "Days over 90 days", "Days counted back"],
            [[c.currency, major(c.receivable, c.currency),
              "" if c.over_90_days is None else float(c.over_90_days),
              "" if c.counted_back is None else c.counted_back] for c in report.collection],
        ),
        (
            "Posted",
            ["Date", "Invoice", "Client", "Amount", "Currency", "Kind", "Rule", "Evidence"],
            [[a.on.isoformat(), a.invoice_no, a.client, major(a.amount, a.currency), a.currency,
              a.kind.value, a.rule, a.evidence] for a in report.posted],
        ),
    ]  # fmt: skip


def _sheet(book: Any, title: str, heads: list[str], rows: list[list[Any]], verdict: str) -> None:
    sheet = book.add_worksheet(title)
    bold, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A4D"})
    sheet.write_string(0, 0, verdict, bold)
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, head)
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value, amount if type(value) is float else None)
    sheet.freeze_panes(3, 0)
    sheet.set_column(0, len(heads) - 2, 18)
    sheet.set_column(len(heads) - 1, len(heads) - 1, 70)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
