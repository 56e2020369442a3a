"""Read the mailbox of somebody who leaves for what the record does not hold of their deals."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sheetrecord.app.capture import CaptureRequest, capturing, read_files
from sheetrecord.app.handover import open_handover
from sheetrecord.core.capture.accepting import declined_before
from sheetrecord.core.capture.find import capture
from sheetrecord.core.capture.propose import KNOWN, CaptureProposal, proposals
from sheetrecord.core.mail_routing import routed
from sheetrecord.model.message import NotRead


class LeaverMail(NamedTuple):
    """What the mailbox says and the record does not, by deal, and what could not be read."""

    by_deal: dict[str, tuple[CaptureProposal, ...]]
    unread: tuple[NotRead, ...]
    messages: int


def in_mail(
    address: str,
    deals: Sequence[str],
    files: tuple[str, ...],
    name: str,
    *,
    today: dt.date,
    asof: dt.date | None = None,
) -> LeaverMail:
    """Read mails for some deals, the dearest first; nothing is written. Raises CannotRead."""
    opened = open_handover(address, today=today, asof=asof, only_plan=True)
    request = CaptureRequest(files, us=(name,), by=name, only_plan=True)
    sources, unread = read_files(request)
    context = opened.context
    rows = [context.parsed.record.by_deal[deal_id] for deal_id in deals]
    found: dict[str, tuple[CaptureProposal, ...]] = {}
    for deal_id, mine in routed(sources, rows).items():
        how = capturing(opened, deal_id, request, mine)
        told = proposals(
            capture(mine, how).findings,
            [one.path for one in mine],
            context.parsed.record.by_deal[deal_id],
            declined_before(context.events, deal_id),
        )
        fresh = tuple(one for one in told if one.verdict != KNOWN)
        if fresh:
            found[deal_id] = fresh
    return LeaverMail(found, tuple(unread), sum(len(one.messages) for one in sources))
