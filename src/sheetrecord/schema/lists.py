"""The closed lists: canonical codes in their order, and what a code means to the engine."""

from typing import Final

ENUMS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(codes.split())
    for name, codes in {
        "stage": "talking proposal verbal won lost parked",
        "fee_model": "fixed time_materials retainer mixed success",
        "paper": "contract order letter_of_intent email_acceptance nothing",
        "lost_reason": "price no_budget no_decision competitor timing scope relationship other",
        "source": "referral repeat website event outbound partner tender other",
        "handover_state": "not_ready ready offered accepted returned confirmed",
        "return_code": "missing_context deadline_unclear promise_not_logged scope_unclear"
        " numbers_disagree stakeholder_missing contract_missing unrealistic_plan bad_fit",
        "kind": "why_now success_formal real_deadline alternative why_us pressure success_personal"
        " pushback decision_process budget_sensitivity landmine constraints risk"
        " comms_preference client_budget our_people site as_is rounds hand_back invoicing"
        " stakeholder",
        "state": "not_asked answered none unknown declined n_a",
        "role": "sponsor economic_buyer decision_maker champion user_lead technical procurement"
        " legal daily_contact influencer other",
        "stance": "for neutral against unknown",
        "influence": "high medium low",
        "hardness": "hard soft",
        "source_type": "call meeting email chat document site_visit other",
        "confidence": "said inferred guess",
        "share": "internal ops client",
        "type": "promise scope_item discussed assumption exclusion client_duty date_promise"
        " commercial_concession change_request supplier_term",
        "form": "verbal email_chat proposal contract change_order",
        "client_believes": "yes no unsure not_asked",
        "in_contract": "yes no partly",
        "disposition": "undecided in_contract honour_free change_order declined next_phase"
        " withdrawn superseded",
        "progress": "not_started in_progress delivered accepted missed n_a",
        "project_kind": "summary milestone issue change decision update",
        "status": "on_track at_risk off_track on_hold done cancelled open waiting_client"
        " waiting_us resolved wont_fix draft sent approved rejected withdrawn invoiced",
        "severity": "low medium high",
        "origin": "contract change_order reimbursable",
        "fee_type": "deposit milestone progress retainer time_materials reimbursable fixed_date"
        " change_order discount credit retention_release success",
        "trigger": "on_signature on_date on_milestone on_acceptance monthly quarterly as_incurred",
        "pay_status": "planned ready invoiced part_paid overdue part_paid_overdue paid overpaid"
        " disputed credited retained written_off cancelled",
        "ageing": "not_due d1_30 d31_60 d61_90 d90_plus",
        "ledger_check": "agrees amount_differs not_in_ledger",
        "match_tier": "certain likely chosen manual",
        "where_it_was": "head email call chat crm_note proposal contract nowhere",
        "why_not": "no_field not_asked not_filled filled_not_read changed_later",
        "yes": "yes",
    }.items()
}
"""Codes of each list. A firm may relabel a code and add stage labels, never remove a code."""

LATER_CODES: Final[dict[str, tuple[str, ...]]] = {
    "kind": (
        *("client_budget", "our_people", "site", "as_is", "rounds", "hand_back"),
        "invoicing",
    ),
    "type": ("supplier_term",),
    "fee_model": ("success",),
    "fee_type": ("success",),
}
"""Codes that came to a list with a step of `schema.steps`: an older workbook has none of them."""

STAGE_TYPE: Final = {
    "talking": "open",
    "proposal": "open",
    "verbal": "open",
    "won": "won",
    "lost": "lost",
    "parked": "hold",
}
"""What a stage means, whatever the firm calls it."""

STAGE_RANK: Final = {"talking": 1, "proposal": 2, "verbal": 3, "won": 4, "lost": 0, "parked": 0}
"""How far a sale has come; the gate asks for what is needed from this rank or an earlier one."""

HANDOVER_RANK: Final = STAGE_RANK["won"]
"""The rank at which the whole gate counts."""

PROJECT_STATUS: Final = ("on_track", "at_risk", "off_track", "on_hold", "done", "cancelled")
ISSUE_STATUS: Final = ("open", "waiting_client", "waiting_us", "resolved", "wont_fix")
CHANGE_STATUS: Final = ("draft", "sent", "approved", "rejected", "withdrawn", "invoiced")
"""Which words of the one status list fit which kind of Project row."""

DECISION_ROLES: Final = ("sponsor", "economic_buyer", "decision_maker")
"""One person with one of these roles must be known at won."""

FENCED_MODELS: Final = ("fixed", "mixed")
"""Fee models by which the price is set before the work, so that its limits must be known."""

HANDED_OVER: Final = ("offered", "accepted", "confirmed")
"""States of a handover after which nobody asks for what the price holds: ops has the deal."""

ANSWERS: Final = {
    **dict.fromkeys(("promise", "discussed", "date_promise"), 1),
    **dict.fromkeys(("commercial_concession", "change_request"), 1),
    "exclusion": 2,
    "client_duty": 3,
    "assumption": 4,
    "supplier_term": 5,
}
"""Which question of a handover a type of commitment answers, by number: what was promised, what
the price leaves out, what the client must do, what the price rests on, what a supplier said."""

PROMISED: Final = ANSWERS["promise"]
FENCES: Final = ("exclusion", "client_duty", "assumption")
"""The question that every handover asks, and the types of those of a price set before the work."""

DECIDERS: Final = ("economic_buyer", "decision_maker")
"""Those of them whose word ends a discussion; a sponsor wants it, and may have to ask."""

SIDE_PROMISES: Final = ("promise", "discussed")
"""Commitment types whose client belief must be asked before handover."""

NEEDS_DISPOSITION: Final = (
    "promise",
    "discussed",
    "date_promise",
    "commercial_concession",
    "change_request",
)
"""Commitment types for which a blank disposition is the same as undecided."""
