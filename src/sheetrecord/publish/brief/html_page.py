"""The brief as one printable HTML page: no script, no outside file, every text escaped."""

import re
from collections.abc import Iterator
from typing import Final

from sheetrecord.core.view.sanitise import flat_html as escape
from sheetrecord.publish.brief.clocks import clocks
from sheetrecord.publish.brief.content import Brief
from sheetrecord.publish.brief.style import STYLE
from sheetrecord.publish.brief.text import BriefWords, clip
from sheetrecord.schema.column import Row
from sheetrecord.schema.context import Context

MOST: Final = {
    "milestones": 6,
    "facts": 9,
    "people": 6,
    "promises": 8,
    "limits": 6,
    "unknown": 5,
    "fees": 8,
}
"""What one page of paper holds of each, where it is full."""

_ROOM: Final = 3_600
_ROWS: Final = 42
"""Characters and rows of a brief that still has room on its page: nothing of it is left out."""

DENSITY: Final = {"roomy": 2_200, "full": 4_300, "brim": 10**9}
"""How tightly the page is set, by the most characters it holds so: it stays one page."""

_WHY: Final = re.compile(r'<details class="why">.*?</details>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
BOX: Final = '<i class="box"></i>'


class _Sheet(BriefWords):
    """The words of one brief, and how much of each part its page holds."""

    def __init__(self, brief: Brief) -> None:
        super().__init__(brief)
        self.most = dict.fromkeys(MOST, 1_000) if _has_room(brief) else MOST


def _has_room(brief: Brief) -> bool:
    """Tell whether everything fits on the page."""
    texts = [
        *(f"{row.answer} {row.driver} {row.person}" for row in (*brief.facts, *brief.people)),
        *(row.what for row in (*brief.promises, *brief.limits)),
        *(row.note for row in brief.unknown),
        *(row.title for row in brief.milestones),
        *(row.description for row in brief.fees),
    ]
    return len(texts) <= _ROWS and sum(40 + min(len(text), 240) for text in texts) <= _ROOM


def brief_html(brief: Brief) -> str:
    """Return the brief as a self-contained HTML page."""
    words = _Sheet(brief)
    deal = brief.rows.deal
    title = " \u00b7 ".join(part for part in (deal.client, deal.deal_name, deal.deal_id) if part)
    parts = (_head, _deadline, _middle, _promises, _foot)
    body = "\n".join(part(words) for part in parts)
    length = len(_TAG.sub("", _WHY.sub("", body)))
    density = next(name for name, most in DENSITY.items() if length <= most)
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f'<body class="{density}"><main>\n{body}\n</main></body></html>\n'
    )


def _head(words: _Sheet) -> str:
    deal = words.brief.rows.deal
    facts = "".join(f"<span>{escape(text)}</span>" for text in words.head() if text)
    terms = "".join(
        f"<span>{escape(name)}: {escape(clip(text, 160))}</span>" for name, text in words.terms()
    )
    terms = f'<p class="facts">{terms}</p>' if terms else ""
    flags = "".join(f'<span class="flag">{escape(text)}</span>' for text in _flags(words))
    day = escape(words("as_of", day=words.day(words.brief.asof)))
    kind = escape(words("brief"))
    lacks = words.lacks()
    terms += f'<p class="waived">{escape(lacks)}</p>' if lacks else ""
    return (
        f'<header><p class="kind">{kind} <b>{escape(deal.deal_id)}</b><span>{day}</span></p>'
        f"<h1>{escape(deal.client)} <small>{escape(deal.deal_name)}</small></h1>"
        f'<p class="facts">{facts}{flags}</p>{terms}</header>'
    )


def _flags(words: _Sheet) -> Iterator[str]:
    brief = words.brief
    if brief.unsure:
        yield words("unsure")
    if brief.to_oneself:
        yield words("self")
    deal = brief.rows.deal
    if brief.rows.stage_type == "open" and brief.rows.project and deal.signed_on is None:
        yield words("at_risk")


def _deadline(words: _Sheet) -> str:
    """Return the band with the date that matters and the two clocks."""
    brief = words.brief
    last = brief.deadline
    if last is None:
        lead = f'<p class="big calm">{escape(words.no_deadline())}</p>'
    else:
        hard = words("hard" if last.hard else "soft")
        driver = escape(clip(last.driver, 110))
        gap = words.gap()
        lead = (
            f'<p class="label">{_tick(words, last.fact)}{escape(words("matters"))}</p>'
            f'<p class="big">{escape(words.day(last.day, weekday=True))}</p>'
            f'<div class="driver">{driver} <span>{escape(hard)}</span>'
            f"{_why(words, last.fact)}</div>" + (f'<p class="gap">{escape(gap)}</p>' if gap else "")
        )
    return f'<section class="band"><div>{lead}</div>{clocks(words)}</section>'


def _middle(words: _Sheet) -> str:
    brief = words.brief
    rest = words.rest(brief.facts[: words.most["facts"]], brief.facts, "Context")
    facts = "".join(_fact(words, row) for row in brief.facts[: words.most["facts"]])
    facts = f"<dl>{facts}</dl>" if facts else _calm(words.no_facts())
    left = f"<h2>{escape(words('facts'))}</h2>{facts}{_more(rest)}"
    people = "".join(_person(words, row) for row in brief.people[: words.most["people"]])
    rest = words.rest(brief.people[: words.most["people"]], brief.people, "Context")
    people = f"<ul>{people}</ul>" if people else _calm(words.heard("people"))
    right = f"<h2>{escape(words('people'))}</h2>{people}{_more(rest)}"
    right += _unknown(words) + _numbers(words)
    return f'<section class="two"><div>{left}</div><div>{right}</div></section>'


def _fact(words: _Sheet, row: Context) -> str:
    first = ' class="first"' if row.kind == "why_us" else ""
    return (
        f"<div{first}><dt>{_tick(words, row)}{escape(words.label('kind', row.kind))}</dt>"
        f"<dd>{escape(words.fact(row))}{_id(row.ctx_id)}{_why(words, row)}</dd></div>"
    )


def _person(words: _Sheet, row: Context) -> str:
    known = ", ".join(words.person(row))
    again = words.again(row)
    mark = f' <span class="flag">{escape(again)}</span>' if again else ""
    stance = f' class="{escape(row.stance)}"' if row.stance in {"for", "against"} else ""
    more = f" {escape(clip(row.answer, 90))}" if row.answer else ""
    return (
        f"<li{stance}>{_tick(words, row)}<b>{escape(row.person)}</b> {escape(known)}{more}{mark}"
        f"{_id(row.ctx_id)}{_why(words, row)}</li>"
    )


def _unknown(words: _Sheet) -> str:
    rows = words.brief.unknown
    shown = rows[: words.most["unknown"]]
    head = f"<h2>{escape(words('unknown'))}</h2>"
    questions = words.questions()
    if not rows:
        return head + _calm(questions)
    items = []
    for row in shown:
        what, chase = words.unknown(row)
        told = f"{escape(clip(what, 90))} <em>{escape(chase)}</em>"
        items.append(f"<li>{told}{_why(words, row)}</li>")
    rest = words.rest(shown, rows, "Context")
    told = _calm(questions) if questions else ""
    return f'{head}<ul class="plain">{"".join(items)}</ul>{_more(rest)}{told}'


def _promises(words: _Sheet) -> str:
    rows = words.brief.promises
    shown = rows[: words.most["promises"]]
    head = f"<h2>{escape(words('promises'))}</h2>"
    if not rows:
        return f"<section>{head}{_calm(words.no_promises())}</section>"
    headings = ("promises", "client_thinks", "decision", "owner")
    cells = "".join(f"<th>{escape(words(name))}</th>" for name in headings)
    lines = []
    for row in shown:
        what, thinks, decision, due = words.promise(row)
        open_ = ' class="open"' if row.disposition in {"", "undecided"} else ""
        lines.append(
            f"<tr{open_}><td>{BOX}{escape(what)}{_id(row.com_id)}{_why(words, row)}</td>"
            f"<td>{escape(thinks)}</td><td>{escape(decision)}</td><td>{escape(due)}</td></tr>"
        )
    rest = _more(words.rest(shown, rows, "Commitments"))
    table = f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    return f"<section>{head}{table}{rest}</section>"


def _foot(words: _Sheet) -> str:
    left, right = _limits(words), _milestones(words)
    return f'<section class="two"><div>{left}</div><div>{right}</div></section>{_end(words)}'


def _limits(words: _Sheet) -> str:
    rows = words.brief.limits
    shown = rows[: words.most["limits"]]
    items = "".join(
        f"<li>{escape(clip(row.what, 110))} <em>{escape(words.limit(row))}</em>"
        f"{_why(words, row)}</li>"
        for row in shown
    )
    head = f"<h2>{escape(words('fences'))}</h2>" if rows else ""
    rest = _more(words.rest(shown, rows, "Commitments"))
    return f'{head}<ul class="plain">{items}</ul>{rest}' if rows else ""


def _milestones(words: _Sheet) -> str:
    brief = words.brief
    shown = brief.milestones[: words.most["milestones"]]
    if not shown:
        return ""
    last = brief.deadline
    lines = ""
    for row in shown:
        late = last is not None and last.hard and row.date_planned and row.date_planned > last.day
        mark = f' <span class="flag">{escape(words("late"))}</span>' if late else ""
        lines += (
            f"<tr><td>{escape(clip(row.title, 70))}{mark}</td>"
            f'<td class="sum">{escape(words.day(row.date_planned))}</td></tr>'
        )
    rest = _more(words.rest(shown, brief.milestones, "Project"))
    head = f"<h2>{escape(words('milestones'))}</h2>"
    return f"{head}<table><tbody>{lines}</tbody></table>{rest}"


def _numbers(words: _Sheet) -> str:
    brief = words.brief
    shown = brief.fees[: words.most["fees"]]
    lines = "".join(
        f"<tr><td>{escape(what)}</td><td>{escape(when)}</td>"
        f'<td class="sum">{escape(amount)}</td></tr>'
        for what, when, amount in map(words.fee, shown)
    )
    exposure = brief.rows.deal.unpriced_exposure
    if exposure:
        lines += (
            f'<tr class="open"><td colspan="2">{escape(words("exposure"))}</td>'
            f'<td class="sum">{escape(words.money(exposure))}</td></tr>'
        )
    rest = _more(words.rest(shown, brief.fees, "Fees"))
    table = f"<table><tbody>{lines}</tbody></table>" if lines else ""
    told = "" if brief.rows.fees else _calm(words.heard("fees"))
    return f"<h2>{escape(words('numbers'))}</h2>{told}{table}{rest}"


def _end(words: _Sheet) -> str:
    brief = words.brief
    waived = ""
    if brief.waived:
        waived = f'<p class="waived"><b>{escape(words("waived"))}</b> {escape(words.waiver())}</p>'
    sold = brief.sold
    digest = f"{words('sold')}: sha256 {sold.digest}" if sold else words.heard("sold")
    return (
        f"{waived}<footer><p>{BOX}{escape(words('tick'))} <span>{escape(words('confirmed_by'))}"
        " ____________________  ____________</span></p>"
        f'<p class="hash">{escape(digest)}</p></footer>'
    )


def _tick(words: BriefWords, row: Context) -> str:
    """Return the box before a row: ticked when somebody confirmed it."""
    if row.confirmed_on is None:
        return BOX
    who = " ".join(filter(None, (row.confirmed_by, words.day(row.confirmed_on))))
    told = escape(f"{words('confirmed_by')} {who}")
    return f'<i class="box done" role="img" aria-label="{told}" title="{told}">\u2713</i>'


def _why(words: BriefWords, row: Row) -> str:
    """Return why a line is believed, folded away; it is not printed."""
    if words.brief.locate is None:
        return ""
    lines = "<br>".join(escape(clip(line, 400)) for line in words.why(row))
    title = f"{words.reason()}: {row.id}"
    return (
        f'<details class="why"><summary aria-label="{escape(title)}">?</summary>'
        f"<p>{lines}</p></details>"
    )


def _id(row_id: str) -> str:
    return f" <code>{escape(row_id)}</code>" if row_id else ""


def _calm(text: str) -> str:
    return f'<p class="calm">{escape(text)}</p>'


def _more(text: str) -> str:
    return f'<p class="more">{escape(text)}</p>' if text else ""
