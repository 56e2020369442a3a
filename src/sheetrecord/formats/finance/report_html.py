"""The report as one self-contained page: no scripts, nothing loaded, made to be printed."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from sheetrecord.core.reconcile.controls.cash_to_come import WHEN
from sheetrecord.core.reconcile.controls.measures import BUCKETS
from sheetrecord.core.view.sanitise import flat_html as escape
from sheetrecord.formats.finance.report import ReconcileReport, money
from sheetrecord.formats.finance.report_pictures import ReportBar, bars

_SHORT: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?.{0,12}|[A-Z]{3}|[CR]\d{1,2}( \S{1,16})?")
"""Days, currencies and codes: never broken over two lines."""
_AGED: Final = {
    "not_due": "calm", "1-30": "warn", "31-60": "warn", "61-90": "late", "90+": "late",
    "disputed": "warn", "retained": "calm",
}  # fmt: skip
"""The buckets that are drawn, and how bad each is."""
_STYLE: Final = """
:root{color-scheme:light}
body{font:15px/1.5 system-ui,sans-serif;color:#1f2933;background:#fff;margin:2.5rem auto;
max-width:68rem;padding:0 1.25rem}
h1{font-size:1.5rem;margin:0}
h2{font-size:1.05rem;margin:2.25rem 0 .5rem}
.as-of{color:#59636e;margin:.1rem 0 1.25rem}
.verdict{font-size:1.15rem;border-left:4px solid #1f3a4d;padding:.6rem 1rem;background:#f3f6f8}
.verdict.red{border-color:#9c0006;background:#fdf3f3}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600;color:#59636e;border-bottom:1px solid #b8c2cc;
padding:.3rem .6rem .3rem 0}
td{border-bottom:1px solid #e4e9ed;padding:.35rem .6rem .35rem 0;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.d{white-space:nowrap}
.scroll:focus-visible{outline:3px solid #1f3a4d;outline-offset:2px}
.red td{color:#9c0006}
.small{color:#59636e}
figure{margin:1rem 0 0}
figcaption{color:#59636e;font-size:.9rem}
svg{max-width:100%;height:auto}
svg text{font:13px system-ui,sans-serif;fill:#1f2933}
@media print{body{margin:0;max-width:none;font-size:10pt}tr{break-inside:avoid}
thead{display:table-header-group}.scroll{overflow:visible}}
"""


def page(report: ReconcileReport) -> bytes:
    """Return the report as a self-contained HTML page in UTF-8."""
    red = any(c.difference for c in report.controls)
    body = [
        f"<h1>Reconciliation of {escape(report.book)}</h1>",
        f'<p class="as-of">As of {report.as_of}</p>',
        f'<p class="verdict{" red" if red else ""}">{escape(report.verdict)}</p>',
        _exceptions(report),
        _controls(report),
        _ageing(report),
        _coming(report),
        _collection(report),
        _posted(report),
        _months(report),
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Reconciliation of {escape(report.book)}, {report.as_of}</title>"
        f"<style>{_STYLE}</style></head><body><main>\n"
        + "\n".join(filter(None, body))
        + "\n</main></body></html>\n"
    ).encode()


def _table(
    label: str, heads: Sequence[str], rows: Iterable[tuple[Sequence[str], bool]], right: set[int]
) -> str:
    """Return a table under its heading, which a keyboard can reach to scroll.

    ``rows`` are cells and whether the row is red, ``right`` number columns.
    """

    def cell(tag: str, i: int, text: str) -> str:
        kind = "n" if i in right else "d" if _SHORT.fullmatch(text) else ""
        mark = f' class="{kind}"' if kind else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{mark}>{escape(text)}</{tag}>"

    head = "".join(cell("th", i, text) for i, text in enumerate(heads))
    body = "\n".join(
        f"<tr{' class=red' if red else ''}>"
        + "".join(cell("td", i, text) for i, text in enumerate(cells))
        + "</tr>"
        for cells, red in rows
    )
    region = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">'
    return (
        f"<h2>{escape(label)}</h2>{region}<table><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def _exceptions(report: ReconcileReport) -> str:
    if not report.findings:
        return "<h2>What needs you</h2><p>Nothing.</p>"
    rows = (
        ((f.say, f.kind.replace("-", " "), money(f.amount, f.currency), f.currency, str(f.days)),
         False)
        for f in report.findings
    )  # fmt: skip
    heads = ("What", "Kind", "Amount", "Currency", "Days")
    return _table("What needs you, dearest and oldest first", heads, rows, {2, 4})


def _controls(report: ReconcileReport) -> str:
    rows = (
        (
            (
                f"{c.code} {c.scope}", c.what, money(c.expected, c.currency),
                money(c.found, c.currency), money(c.difference, c.currency), c.currency,
            ),
            bool(c.difference),
        )
        for c in report.controls
    )  # fmt: skip
    heads = ("Control", "Says", "Expected", "Found", "Difference", "Currency")
    return _table("Control totals", heads, rows, {2, 3, 4})


def _ageing(report: ReconcileReport) -> str:
    if not report.ageing:
        return ""
    rows = (
        ((client, currency, *(money(row[name], currency) for name in BUCKETS)), False)
        for (client, currency), row in report.ageing.items()
    )
    heads = ("Client", "Currency", *(name.replace("_", " ") for name in BUCKETS))
    table = _table("Outstanding, by days past due", heads, rows, set(range(2, 10)))
    return table + "".join(map(partial(_aged, report), sorted({c for _, c in report.ageing})))


def _aged(report: ReconcileReport, currency: str) -> str:
    """Return the ageing of one currency as bars."""
    rows = [row for (_, code), row in report.ageing.items() if code == currency]
    sums = {name: sum(row[name] for row in rows) for name in _AGED}
    drawn = [
        ReportBar(name.replace("_", " "), sums[name], money(sums[name], currency), colour)
        for name, colour in _AGED.items()
    ]
    return bars(f"Outstanding in {currency}, by days past due", drawn)


def _coming(report: ReconcileReport) -> str:
    """Return what is to come, by when it is due: a table, and bars for each currency."""
    if not report.coming:
        return ""
    rows = (
        ((currency, *(money(row[when], currency) for when in WHEN)), False)
        for currency, row in report.coming.items()
    )
    table = _table("Cash to come, by when it is due", ("Currency", *WHEN), rows, set(range(1, 7)))
    return table + "".join(map(partial(_drawn, report), report.coming))


def _drawn(report: ReconcileReport, currency: str) -> str:
    """Return what is to come in one currency as bars."""
    row = report.coming[currency]
    drawn = [ReportBar(when, row[when], money(row[when], currency)) for when in WHEN]
    late = drawn[0]._replace(colour="late")
    return bars(f"Cash to come in {currency}, by when it is due", [late, *drawn[1:]])


def _collection(report: ReconcileReport) -> str:
    rows = (
        (
            (
                c.currency,
                money(c.receivable, c.currency),
                "" if c.over_90_days is None else str(c.over_90_days),
                "" if c.counted_back is None else str(c.counted_back),
            ),
            False,
        )
        for c in report.collection
        if c.receivable > 0
    )
    heads = ("Currency", "Outstanding", "Over 90 days", "Counted back")
    table = _table("Days sales outstanding", heads, rows, {1, 2, 3})
    return table if any(c.receivable > 0 for c in report.collection) else ""


def _posted(report: ReconcileReport) -> str:
    if not report.posted:
        return ""
    rows = (
        ((a.on.isoformat(), a.invoice_no, a.client, money(a.amount, a.currency), a.currency,
          a.kind.value, a.evidence), False)
        for a in report.posted
    )  # fmt: skip
    heads = ("Date", "Invoice", "Client", "Amount", "Currency", "Kind", "Evidence")
    return _table("Posted in this run", heads, rows, {3})


def _months(report: ReconcileReport) -> str:
    if not report.months:
        return ""
    rows = (((m.month, m.state, m.by, m.at, m.reason), False) for m in report.months)
    return _table("Months", ("Month", "State", "By", "When", "Why"), rows, set())
