"""The brief as Markdown, with boxes to tick."""

import re
from collections.abc import Iterator

from sheetrecord.core.view.sanitise import flat
from sheetrecord.publish.brief.content import Brief
from sheetrecord.publish.brief.text import BriefWords
from sheetrecord.schema.context import Context

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def md(text: str) -> str:
    r"""Return a text on one line, with Markdown's special characters escaped.

    >>> md("a|b *c*")
    'a\\|b \\*c\\*'
    """
    return _SPECIAL.sub(r"\\\1", flat(text))


def brief_markdown(brief: Brief) -> str:
    """Return the brief as Markdown; unlike the HTML page it shortens nothing."""
    return "\n".join(_lines(BriefWords(brief))) + "\n"


def _lines(words: BriefWords) -> Iterator[str]:
    deal = words.brief.rows.deal
    yield f"# {md(deal.client)}: {md(deal.deal_name)} ({md(deal.deal_id)})"
    yield ""
    head = " \u00b7 ".join(md(text) for text in words.head() if text)
    asof = words("as_of", day=words.day(words.brief.asof))
    yield f"{md(words('brief'))}, {md(asof)} \u00b7 {head}"
    for name, text in words.terms():
        yield from ("", f"**{md(name)}**: {md(text)}")
    if words.brief.unsure:
        yield from ("", f"**{md(words('unsure'))}**")
    if lacks := words.lacks():
        yield from ("", f"**{md(lacks)}**")
    for part in (_deadline, _facts, _people, _promises, _limits, _unknown, _numbers, _end, _why):
        yield from part(words)


def _box(row: Context) -> str:
    """Return the box before a line: ticked when somebody confirmed it."""
    return "[x]" if row.confirmed_on else "[ ]"


def _deadline(words: BriefWords) -> Iterator[str]:
    last = words.brief.deadline
    yield from ("", f"## {md(words('matters'))}", "")
    if last is None:
        yield md(words.no_deadline())
    else:
        hard = words("hard" if last.hard else "soft")
        when = words.day(last.day, weekday=True)
        told = f"**{md(when)}**: {md(last.driver)} ({md(hard)}). {md(words.gap())}"
        yield f"- {_box(last.fact)} {told}"
    deal = words.brief.rows.deal
    if deal.contract_end is not None:
        clock = f"{words.day(deal.contract_end)}, {words.left(deal.contract_end)}"
        yield f"- {md(words('contract_clock'))}: {md(clock)}"
    if last is not None:
        yield f"- {md(words('real_clock'))}: {md(words.day(last.day))}, {md(words.left(last.day))}"
    for row in words.brief.milestones:
        late = last is not None and last.hard and row.date_planned and row.date_planned > last.day
        mark = f" **{md(words('late'))}**" if late else ""
        yield f"- {md(words.day(row.date_planned))}: {md(row.title)}{mark}"


def _facts(words: BriefWords) -> Iterator[str]:
    yield from ("", f"## {md(words('facts'))}", "")
    for row in words.brief.facts:
        kind = words.label("kind", row.kind)
        yield f"- {_box(row)} **{md(kind)}**: {md(words.fact(row))} `{row.ctx_id}`"
    if not words.brief.facts:
        yield md(words.no_facts())


def _people(words: BriefWords) -> Iterator[str]:
    yield from ("", f"## {md(words('people'))}", "")
    for row in words.brief.people:
        known = ", ".join(words.person(row))
        again = f" **{md(words.again(row))}**" if words.again(row) else ""
        told = f"**{md(row.person)}**, {md(known)} {md(row.answer)}{again}"
        yield f"- {_box(row)} {told} `{row.ctx_id}`"
    if not words.brief.people:
        yield md(words.heard("people"))


def _promises(words: BriefWords) -> Iterator[str]:
    yield from ("", f"## {md(words('promises'))}", "")
    if not words.brief.promises:
        yield md(words.no_promises())
        return
    names = ("promises", "client_thinks", "decision", "owner")
    yield "| " + " | ".join(md(words(name)) for name in names) + " |"
    yield "|---|---|---|---|"
    for row in words.brief.promises:
        what, *others = words.promise(row)
        yield f"| \u2610 {md(what)} `{row.com_id}` | " + " | ".join(map(md, others)) + " |"


def _limits(words: BriefWords) -> Iterator[str]:
    if words.brief.limits:
        yield from ("", f"## {md(words('fences'))}", "")
    for row in words.brief.limits:
        yield f"- {md(row.what)} ({md(words.limit(row))}) `{row.com_id}`"


def _unknown(words: BriefWords) -> Iterator[str]:
    yield from ("", f"## {md(words('unknown'))}", "")
    for row in words.brief.unknown:
        what, chase = words.unknown(row)
        yield f"- {md(what)}: {md(chase)}"
    if questions := words.questions():
        yield from ("", md(questions)) if words.brief.unknown else (md(questions),)


def _numbers(words: BriefWords) -> Iterator[str]:
    yield from ("", f"## {md(words('numbers'))}", "")
    for row in words.brief.fees:
        what, when, amount = words.fee(row)
        yield f"- {md(what)}, {md(when)}: {md(amount)}"
    if not words.brief.rows.fees:
        yield md(words.heard("fees"))
    exposure = words.brief.rows.deal.unpriced_exposure
    if exposure:
        yield f"- **{md(words('exposure'))}: {md(words.money(exposure))}**"


def _end(words: BriefWords) -> Iterator[str]:
    if words.brief.waived:
        yield from ("", f"**{md(words('waived'))}** {md(words.waiver())}")
    sold = words.brief.sold
    digest = f"{md(words('sold'))}: sha256 `{sold.digest}`" if sold else md(words.heard("sold"))
    yield from ("", f"{md(words('tick'))} {md(words('confirmed_by'))}: ______", "", digest)


def _why(words: BriefWords) -> Iterator[str]:
    """Yield why each line is believed, by the id that stands behind it."""
    brief = words.brief
    first = [brief.deadline.fact] if brief.deadline else []
    rows = (*first, *brief.facts, *brief.people, *brief.promises, *brief.limits, *brief.unknown)
    if brief.locate is None or not rows:
        return
    yield from ("", f"## {md(words.reason())}", "")
    for row in rows:
        yield f"- `{row.id}`: {'; '.join(map(md, words.why(row)))}"
