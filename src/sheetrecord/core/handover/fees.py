"""The money of a handover: the fee lines of a deal that has none, and changed amounts."""

from collections.abc import Sequence

from sheetrecord.core.handover.context import HandoverContext
from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.core.handover.fee_templates import Clock, choose, lines_of, refit
from sheetrecord.core.handover.identity import row_id
from sheetrecord.core.handover.schedule import target_end
from sheetrecord.model.phrase import Numeral, Phrase, Term
from sheetrecord.model.problem import Problem
from sheetrecord.schema.fee_templates import FeeTemplate
from sheetrecord.schema.record import DealRows
from sheetrecord.schema.settings import setting

Choice = tuple[FeeTemplate | None, Sequence[Problem]]


def template_for(context: HandoverContext, rows: DealRows, named: str) -> Choice:
    """Return the fee template of a deal, None if it needs or has none, and the reason."""
    deal = rows.deal
    if any(row.origin == "contract" and not row.void for row in rows.fees):
        return None, ()
    if not named and not deal.fee_model:
        return None, ()  # the gate asks for the fee model already
    template = choose(context.templates, named, deal.fee_model)
    why_not = _unfit(context, rows, template, named)
    if why_not:
        return None, (context.refusal(deal, "fee_model", *why_not),)
    return template, ()


_FEES, _SETTINGS = Term("sheet", "Fees"), Term("sheet", "Settings")


def _unfit(
    context: HandoverContext, rows: DealRows, template: FeeTemplate | None, named: str
) -> tuple[str, str] | None:
    """Return why a template does not fit a deal and what to do; None if it fits."""
    names = ", ".join(template.name for template in context.templates) or Phrase("none")
    known = Phrase("The templates in {settings} are: {names}.", settings=_SETTINGS, names=names)
    label = context.parsed.record.settings.label("fee_model", rows.deal.fee_model)
    if template is None and named:
        return Phrase('There is no fee template "{name}".', name=named), known
    if template is None:
        message = Phrase(
            "{deal} has no fee lines, and no fee template serves {model}.",
            deal=rows.id,
            model=label,
        )
        do = Phrase(
            "Type the lines into {fees}, or name a template with --fees. {known}",
            fees=_FEES,
            known=known,
        )
        return message, do
    if not template.sums_up:
        percent = f"{(template.total * 100).normalize():f} %"
        shares = Phrase(
            'The shares of the fee template "{name}" add up to {percent}.',
            name=template.name,
            percent=Numeral(percent),
        )
        return shares, known
    if template.open_ended and rows.deal.fee_model not in {"time_materials", "success"}:
        message = Phrase(
            'The fee template "{name}" has no amounts; {deal} is {model}.',
            name=template.name,
            deal=rows.id,
            model=label,
        )
        return message, Phrase("Name another with --fees.")
    return None


def plan_fees(
    context: HandoverContext, draft: DealDraft, deal_id: str, template: FeeTemplate | None
) -> None:
    """Add the lines of a template to a draft; their nets add up to the agreed amount exactly."""
    rows = draft.deal(deal_id)
    if template is None or rows.deal.value_net is None:
        return
    rate = setting(context.book, "tax_rate")
    tax = {"tax_rate": float(rate)} if isinstance(rate, int | float) and rate else {}
    why = f"from the fee template {template.name}"
    for number, (_, cells) in enumerate(
        lines_of(template, rows.deal.value_net, clock_of(context, rows)), start=1
    ):
        found = row_id("F", draft.known("Fees"), deal_id, "fee", str(number))
        draft.add("Fees", found, {"deal_id": deal_id, **cells, **tax}, why)


def clock_of(context: HandoverContext, rows: DealRows) -> Clock:
    """Return the days from which a deal's fee lines are planned."""
    deal = rows.deal
    signed = deal.signed_on or context.asof
    start = deal.contract_start or signed
    contract_end = max(deal.contract_end or start, start)
    return Clock(signed, start, target_end(rows) or contract_end, contract_end)


def refit_fees(draft: DealDraft, deal_id: str) -> None:
    """Spread a changed amount over the lines that are not invoiced yet."""
    rows = draft.deal(deal_id)
    if rows.deal.value_net is None:
        return
    for fee, net in refit(rows.fees, rows.deal.value_net):
        draft.put(fee, "net", net, "the agreed amount changed")
