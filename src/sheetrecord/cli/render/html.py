"""One page for people: deals and their problems, readable on screen, phone and paper."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape as escape_html
from typing import NamedTuple

from sheetrecord.app.validate import Checked
from sheetrecord.core.check import DealState
from sheetrecord.core.check_words import check_words, counted
from sheetrecord.model.printable import one_line
from sheetrecord.model.problem import Problem, Severity
from sheetrecord.workbooks.addresses import name_of

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2529;--soft:#59656b;--line:#dfe3e1;--page:#fff;
--tint:#f5f6f4;
--accent:#1f5c66;--error:#a3262a;--error-tint:#fbe9e8;--warning:#7a4d00;--warning-tint:#fbf0da;
--note:#1f5c66;--note-tint:#e3eef0;--waived:#22663b;--waived-tint:#e5f2e8}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e5e9ea;--soft:#a3afb4;--line:#2e383c;
--page:#14191b;--tint:#1c2326;--accent:#86c5cf;--error:#ff9d98;--error-tint:#452122;
--warning:#f0c070;--warning-tint:#3d2f14;--note:#86c5cf;--note-tint:#1d3439;--waived:#8fd3a4;
--waived-tint:#1b3524}}
*{box-sizing:border-box}
body{font:.9375rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;color:var(--ink);
background:var(--page);max-width:66rem;margin:0 auto;padding:1.25rem 1.25rem 3rem;
overflow-wrap:anywhere}
h1{font-size:1.5rem;letter-spacing:-.01em;margin:.4rem 0 .15rem}
p.sum{color:var(--soft);margin:0 0 .8rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem .4rem;margin-bottom:1rem}
nav a{border:1px solid var(--line);border-radius:99px;padding:.1rem .6rem;font-size:.8125rem;
color:inherit;text-decoration:none}nav a:hover{background:var(--tint)}
nav b{color:var(--error);font-weight:650}
section{border:1px solid var(--line);border-radius:10px;margin-top:.9rem;padding:.6rem 1rem .3rem}
h2{font-size:1rem;margin:0 0 .1rem;display:flex;flex-wrap:wrap;gap:.1rem .7rem;
align-items:baseline}h2 span{color:var(--soft);font-weight:400;font-size:.8125rem}
ul{list-style:none;margin:0;padding:0}
li{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.1rem 1rem;padding:.5rem 0;
border-top:1px solid var(--line)}
li p{margin:0}code{font:.8125rem/1.5 ui-monospace,"Cascadia Mono",Consolas,monospace}
.where{display:flex;flex-direction:column;align-items:flex-start;gap:.15rem}
.where code{font-weight:600;user-select:all}.rule{color:var(--soft);font-size:.8125rem}
.chip{display:inline-block;border-radius:99px;font-size:.75rem;line-height:1.4;padding:.05rem .5rem}
.error .chip{background:var(--error-tint);color:var(--error)}
.warning .chip{background:var(--warning-tint);color:var(--warning)}
.note .chip{background:var(--note-tint);color:var(--note)}
.waived .chip{background:var(--waived-tint);color:var(--waived)}
.do{color:var(--soft)}a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
:target{box-shadow:0 0 0 2px var(--accent)}
@media(max-width:40rem){body{padding:.8rem .9rem 2rem}li{grid-template-columns:1fr}
.where{flex-direction:row;gap:.6rem;align-items:baseline}}
@media print{body{max-width:none;padding:0;font-size:9pt}nav{display:none}
section,li{break-inside:avoid}.chip{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
_ORDER = ("error", "warning", "note", "waived")


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
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _book(one: Checked, *, notes: bool) -> Iterator[str]:
    report, language = one.report, one.parsed.layout.language
    told = check_words(language)
    yield f"<h1>{escape(name_of(one.address))}</h1>"
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    asof = report.record.settings.asof
    yield f'<p class="sum">{escape(counted(language, errors, warnings, asof))}.</p>'
    shown = [p for p in report.problems if notes or p.severity > Severity.NOTE]
    groups = _groups(report.deals, shown, told)
    if len(groups) > 1:
        yield f'<nav aria-label="{escape(name_of(one.address))}">'
        for group in groups:
            count = f" <b>{group.errors}</b>" if group.errors else ""
            yield f'<a href="#{group.anchor}">{group.short}{count}</a>'
        yield "</nav>"
    for group in groups:
        items = "".join(_item(problem, told) for problem in sorted(group.found, key=_worst))
        head = f'<h2 id="h-{group.anchor}">{group.title}</h2>'
        yield f'<section id="{group.anchor}" aria-labelledby="h-{group.anchor}">{head}'
        yield f'<ul aria-label="{escape(told["wrong and do"])}">{items}</ul></section>'
    if not shown:
        yield f"<p>{escape(told['none'])}</p>"


class _ProblemGroup(NamedTuple):
    """What is wrong with one deal, or with the workbook itself; texts are escaped."""

    anchor: str
    short: str
    title: str
    found: Sequence[Problem]

    @property
    def errors(self) -> int:
        return sum(_word(problem) == "error" for problem in self.found)


def _groups(
    deals: Sequence[DealState], shown: Sequence[Problem], told: Mapping[str, str]
) -> list[_ProblemGroup]:
    """Return the groups, each deal once: those with errors first, then as the sheet has them."""
    by_deal: dict[str, list[Problem]] = {}
    for problem in shown:
        by_deal.setdefault(problem.deal_id, []).append(problem)
    known = {deal.deal_id: deal for deal in deals}
    found = []
    for number, (deal_id, problems) in enumerate(by_deal.items()):
        deal = known.get(deal_id)
        short = escape(deal_id or told["workbook"])
        title = _heading(deal, told) if deal else short
        found.append(_ProblemGroup(f"d{number}", short, title, problems))
    places = {deal.deal_id: at for at, deal in enumerate(deals)}
    return sorted(
        found,
        key=lambda group: (
            not group.errors,
            bool(group.found[0].deal_id),
            places.get(group.found[0].deal_id, len(places)),
        ),
    )


def _heading(deal: DealState, told: Mapping[str, str]) -> str:
    mend = deal.to_handover - deal.waived
    state = told["to mend"].format(n=mend) if mend > 0 else told["ready"]
    name = escape(f"{deal.client} {deal.name}".strip())
    return f"{name} <span>{escape(deal.deal_id)}</span> <span>{escape(state)}</span>"


def _word(problem: Problem) -> str:
    return "waived" if problem.waived else problem.severity.word


def _worst(problem: Problem) -> int:
    return _ORDER.index(_word(problem))


def _item(problem: Problem, told: Mapping[str, str]) -> str:
    word = _word(problem)
    return (
        f'<li class="{word}"><p class="where"><code>{escape(problem.where.address)}</code> '
        f'<span class="chip">{escape(told[word])}</span></p>'
        f"<div><p>{escape(problem.message)}</p>"
        f'<p class="do">{escape(problem.do)} '
        f'<span class="rule">{problem.code}</span></p></div></li>'
    )


def escape(text: str) -> str:
    """Return a text on one line, escaped."""
    return escape_html(one_line(text))
