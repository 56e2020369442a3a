"""One page for people: deals and their problems, readable on screen, phone and paper."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape as escape_html

from sheetrecord.app.validate import Checked
from sheetrecord.core.check import DealState
from sheetrecord.core.check_words import check_words, counted
from sheetrecord.model.printable import one_line
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.workbooks.addresses import name_of

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2733;--soft:#5c6b7a;--line:#d9e0e6;--page:#fff;
--error:#a4262c;--warning:#8a5a00;--note:#2f5d8a;--waived:#2e6b3f}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#a9b6c2;--line:#3a4652;
--page:#161c22;--error:#ff9a9e;--warning:#f0c060;--note:#8fbcea;--waived:#8fd3a3}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:70rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin:2rem 0 .4rem}
p.sum{color:var(--soft);margin-top:0}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-top:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}td.at{font-family:ui-monospace,monospace;white-space:nowrap}
.error{color:var(--error)}.warning{color:var(--warning)}.note{color:var(--note)}
.waived{color:var(--waived)}.do{color:var(--soft)}
@media(max-width:40rem){thead{display:none}td{display:block;border:0;padding:.1rem 0}
tr{display:block;border-top:1px solid var(--line);padding:.6rem 0}}
@media print{body{margin:0;max-width:none;font-size:11pt}tr{break-inside:avoid}}
"""


def render(checked: Sequence[Checked], *, notes: bool) -> str:
    """Return a whole page without scripts or outside requests."""
    body = "".join("".join(_book(one, notes=notes)) for one in checked)
    language = checked[0].parsed.layout.language if checked else "en"
    books = ", ".join(name_of(one.address) for one in checked)
    title = escape(check_words(language)["check of"].format(books=books))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html><html lang="' + language + '"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def _book(one: Checked, *, notes: bool) -> Iterator[str]:
    report, language = one.report, one.parsed.layout.language
    told = check_words(language)
    yield f"<main><h1>{escape(name_of(one.address))}</h1>"
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    asof = report.record.settings.asof
    yield f'<p class="sum">{escape(counted(language, errors, warnings, asof))}.</p>'
    shown = [p for p in report.problems if notes or p.severity > Severity.NOTE]
    general = [p for p in shown if not p.deal_id]
    if general:
        yield f"<h2>{escape(told['workbook'])}</h2>" + _table(general, told)
    for deal in report.deals:
        found = [p for p in shown if p.deal_id == deal.deal_id]
        if found:
            yield f"<h2>{_heading(deal, told)}</h2>" + _table(found, told)
    if not shown:
        yield f"<p>{escape(told['none'])}</p>"
    yield "</main>"


def _heading(deal: DealState, told: Mapping[str, str]) -> str:
    mend = deal.to_handover - deal.waived
    state = told["to mend"].format(n=mend) if mend > 0 else told["ready"]
    return escape(f"{deal.deal_id} {deal.client} {deal.name}: {state}")


def _table(problems: Sequence[Problem], told: Mapping[str, str]) -> str:
    rows = "".join(_row(problem, told) for problem in problems)
    heads = "".join(f"<th>{escape(told[key])}</th>" for key in ("where", "rule", "wrong and do"))
    head = f"<thead><tr>{heads}</tr></thead>"
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _row(problem: Problem, told: Mapping[str, str]) -> str:
    word = "waived" if problem.waived else problem.severity.word
    return (
        f'<tr><td class="at">{escape(problem.where.address)}</td>'
        f'<td class="{word}">{problem.code} {escape(told[word])}</td>'
        f'<td>{escape(problem.message)} <span class="do">{escape(problem.do)}</span></td></tr>'
    )


def escape(text: str) -> str:
    """Return a text on one line, escaped."""
    return escape_html(one_line(text))
