"""Waivers: what somebody lets pass at the gate, with who, why and until when."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from sheetrecord.core.handover.deal_draft import DealDraft
from sheetrecord.schema.deal import Deal

UNSIGNED: Final = ("DEAL-004", "DEAL-019")
"""What work that begins before the signature cannot have yet: the date and the contract."""


class Waiver(NamedTuple):
    """Codes that may pass, who says so, why, and the last day it counts."""

    codes: tuple[str, ...]
    by: str
    why: str
    until: dt.date


def codes_of(text: str) -> list[str]:
    """Return the codes of a waiver cell, as `validate` reads them."""
    return [code.strip().upper() for code in text.replace(";", ",").split(",") if code.strip()]


def in_force(deal: Deal, asof: dt.date) -> bool:
    """Tell whether a deal has a waiver that has not ended."""
    return bool(deal.waived) and deal.waived_until is not None and deal.waived_until >= asof


def waive(draft: DealDraft, deal: Deal, new: Waiver, asof: dt.date) -> None:
    """Add a waiver to a deal. One that has ended is replaced; one in force grows.

    A deal has one waiver: with two, the earlier end counts for both, so that none is stretched
    by another.
    """
    codes, by, why, until = new.codes, new.by, new.why, new.until
    if in_force(deal, asof) and set(codes_of(deal.waived)) - set(codes):
        codes = (*codes_of(deal.waived), *codes)
        by = _both(deal.waived_by, by)
        why = _both(deal.waived_why, why)
        until = min(deal.waived_until or until, until)
    _write(draft, deal, Waiver(tuple(dict.fromkeys(codes)), by, why, until))


def end(draft: DealDraft, deal: Deal, codes: Iterable[str]) -> None:
    """Take codes out of a deal's waiver; the last one takes who, why and until along."""
    gone = set(codes)
    left = [code for code in codes_of(deal.waived) if code not in gone]
    if left:
        draft.put(deal, "waived", ", ".join(left), "the waiver of the others ends")
        return
    for key in ("waived", "waived_by", "waived_why", "waived_until"):
        draft.put(deal, key, None if key == "waived_until" else "", "the waiver ends")


def _both(old: str, new: str) -> str:
    parts = [part for part in (*old.split("; "), new) if part]
    return "; ".join(dict.fromkeys(parts))


def _write(draft: DealDraft, deal: Deal, waiver: Waiver) -> None:
    reason = "let pass"
    draft.put(deal, "waived", ", ".join(waiver.codes), reason)
    draft.put(deal, "waived_by", waiver.by, reason)
    draft.put(deal, "waived_why", waiver.why, reason)
    draft.put(deal, "waived_until", waiver.until, reason)
