"""The allow-list: which columns of which rows each audience may see. Nothing else gets out.

A column is named here or nobody but its owner's workbook shows it; the firm's own columns,
comments, hidden sheets and properties are not part of a record and cannot be named at all.
A row's ``share`` cell says how far the row may travel: ``internal`` keeps it with sales and
the owner, ``client`` lets it out of the firm, and a row that says nothing stays in the firm.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sheetrecord.core.view.money_words import names_money
from sheetrecord.schema.column import Row
from sheetrecord.schema.packs import MissingWord

UNMARKED: Final = ""
"""The share level of a row on which nobody has said who may see it."""

IN_THE_FIRM: Final = frozenset((UNMARKED, "ops", "client"))
EVERY_LEVEL: Final = IN_THE_FIRM | {"internal"}
OUTSIDE: Final = frozenset(("client",))


class Grant(NamedTuple):
    """What one audience may see of one sheet.

    ``columns`` are column keys; ``only`` are, for one column, the codes a row must have to be
    seen at all, unless one of the columns ``or_filled`` is filled or the text ``or_money`` speaks
    of money; ``never`` are codes of a column that keep a row back.
    """

    columns: frozenset[str]
    only: tuple[str, frozenset[str]] | None = None
    or_filled: tuple[str, ...] = ()
    never: tuple[str, frozenset[str]] | None = None
    or_money: str = ""

    def admits(self, row: Row) -> bool:
        """Tell whether an audience may see a row at all."""
        if self.never is not None and row.get(self.never[0]) in self.never[1]:
            return False
        if self.only is None or row.get(self.only[0]) in self.only[1]:
            return True
        if any(row.get(key) not in {None, ""} for key in self.or_filled):
            return True
        return bool(self.or_money) and names_money(str(row.get(self.or_money)))


class Audience(NamedTuple):
    """Who looks: the share levels that reach them and what they may see, by sheet key.

    ``outside`` audiences are not of the firm: each sees the closed deals of one client alone, and
    neither the record's file name nor who published. ``pages`` are what a site has besides the
    index and the deals: the page of the ``owner``, and what is ``due`` on the first page.
    ``about`` says in one sentence who it is, ``called`` what a page made for them calls them, by
    language.

    This is all there is to declare: words of commands, settings, pages and docs come from it.
    """

    name: str
    levels: frozenset[str]
    grants: Mapping[str, Grant]
    outside: bool = False
    pages: frozenset[str] = frozenset()
    about: str = ""
    called: Mapping[str, str] = {}

    def called_in(self, language: str) -> str:
        """Return what a page calls them. Raises MissingWord when nobody translated it."""
        if language not in self.called:
            place = f"`called` of {self.name.upper()} in core/view/audiences.py"
            raise MissingWord(language, f"what the audience {self.name} is called", place)
        return self.called[language]


def _these(keys: str, only: tuple[str, str] | None = None) -> Grant:
    chosen = None if only is None else (only[0], frozenset(only[1].split()))
    return Grant(frozenset(keys.split()), chosen)


_DEAL_OPS = """
deal_id client deal_name stage deal_owner value_net currency fee_model hours_sold proposal_link
contract_link paper notice_by note signed_on contract_start contract_end won_reason ops_owner
handover_state handover_on return_code return_note prior_deal_id waived waived_by waived_why
waived_until stage_type real_deadline date_gap_days invoiced collected outstanding
oldest_overdue_days unpriced_exposure
"""
_CONTEXT = """
ctx_id deal_id kind prompt answer person role stance influence date driver hardness source_type
source_link state chase_on chase_by learned_on learned_by confidence confirmed_on confirmed_by note
"""
_COMMITMENTS = """
com_id deal_id what type form said_by said_to said_on source_link client_believes in_contract clause
due_on disposition effort_hours amount_net owner decided_by decided_on told_client_on progress
done_on evidence fee_ref project_ref note unpriced_hours unpriced_amount
"""
_PROJECT = """
row_id deal_id phase kind title owner status status_reason pct_done date_planned date_baseline
date_actual acceptance_test accepted_by accepted_on severity waiting_on raised_by due_on amount_net
days_impact requested_by approved_by approved_on commitment_ref ctx_ref note
"""
_FEES_OPS = """
fee_id deal_id phase origin fee_type trigger period description currency net gross planned_on ready
void invoice_no invoiced_on disputed credited received settled_otherwise due_on retained outstanding
days_overdue pay_status ageing
"""
_FEES_MORE = """
commitment_ref milestone_ref tax_rate tax retention_pct retention_release_on wht_pct po_ref
terms_days applies_to kept last_receipt_on match_tier ledger_check closed_month note
"""
_GAPS = """
gap_id deal_id what_was_missing prompt_or_field where_it_was why_not_transferred found_on found_how
hours_lost money_lost note
"""

OPS: Final = Audience(
    "ops",
    IN_THE_FIRM,
    {
        "Deal": _these(_DEAL_OPS),
        "Context": _these(_CONTEXT),
        "Commitments": _these(_COMMITMENTS),
        "Project": _these(_PROJECT),
        "Fees": _these(_FEES_OPS),
    },
    pages=frozenset(("due",)),
    about="Who delivers.",
    called={"en": "ops", "de": "die Umsetzung", "es": "operaciones", "fr": "les opérations"},
)
"""Who delivers: all that was learned and promised, and where the project and its money stand."""

FINANCE: Final = Audience(
    "finance",
    IN_THE_FIRM,
    {
        "Deal": _these(
            """
            deal_id client deal_name stage deal_owner value_net currency fee_model hours_sold
            contract_link paper notice_by signed_on contract_start contract_end ops_owner
            stage_type fee_gap invoiced collected outstanding oldest_overdue_days
            """
        ),
        "Context": _these(
            "ctx_id deal_id kind prompt answer date state note",
            ("kind", "invoicing client_budget"),
        )._replace(or_money="answer", never=("kind", frozenset(("stakeholder", "landmine")))),
        "Commitments": _these(
            """
            com_id deal_id what type said_by said_on in_contract clause due_on disposition
            amount_net decided_by decided_on fee_ref
            """,
            ("type", "commercial_concession"),
        )._replace(or_filled=("amount_net", "fee_ref")),
        "Project": _these(
            """
            row_id deal_id phase kind title status date_planned date_actual acceptance_test
            accepted_by accepted_on amount_net requested_by approved_by approved_on commitment_ref
            """,
            ("kind", "summary milestone change"),
        ),
        "Fees": _these(_FEES_OPS + _FEES_MORE),
    },
    about="Who invoices.",
    called={"en": "finance", "de": "die Buchhaltung", "es": "finanzas", "fr": "la comptabilité"},
)
"""Who invoices: every fee line, whom to bill, and whatever was said about money, wherever it was
typed; no people."""

OWNER: Final = Audience(
    "owner",
    EVERY_LEVEL,
    {
        "Deal": _these(
            _DEAL_OPS
            + """
            expected_close next_step next_step_on lost_reason lost_to ready_to_close crm_ref source
            gate_open to_handover answered fee_gap
            """
        ),
        "Context": _these(_CONTEXT + " share"),
        "Commitments": _these(_COMMITMENTS + " share"),
        "Project": _these(_PROJECT + " share"),
        "Fees": _these(_FEES_OPS + _FEES_MORE),
        "Gaps": _these(_GAPS),
    },
    pages=frozenset(("owner", "due")),
    about="Who runs the firm.",
    called={
        "en": "the owner",
        "de": "die Geschäftsleitung",
        "es": "la dirección",
        "fr": "la direction",
    },
)
"""Who runs the firm: everything people typed, without the engine's own counters."""

CLIENT: Final = Audience(
    "client",
    OUTSIDE,
    {
        "Deal": _these(
            "deal_id client deal_name currency contract_start contract_end signed_on stage_type",
            ("stage_type", "won"),
        ),
        "Context": _these(
            "ctx_id deal_id kind answer date driver state",
            ("kind", "success_formal real_deadline constraints comms_preference"),
        ),
        "Commitments": _these(
            "com_id deal_id what type said_on clause due_on disposition progress done_on"
        )._replace(never=("type", frozenset(("supplier_term",)))),
        "Project": _these(
            """
            row_id deal_id phase kind title status pct_done date_planned date_actual
            acceptance_test accepted_by accepted_on waiting_on due_on amount_net days_impact
            """
        ),
        "Fees": _these(
            """
            fee_id deal_id description currency net gross invoice_no invoiced_on due_on received
            outstanding pay_status
            """,
            (
                "pay_status",
                "invoiced part_paid overdue part_paid_overdue paid overpaid credited retained",
            ),
        ),
    },
    outside=True,
    about="One client.",
    called={"en": "the client", "de": "den Kunden", "es": "el cliente", "fr": "le client"},
)
"""One client: what was marked for them, and their invoices."""

LETTER: Final = CLIENT._replace(
    grants={
        "Deal": _these("deal_id client deal_name deal_owner stage currency"),
        "Context": _these(
            "ctx_id deal_id kind answer date driver share", ("kind", "real_deadline")
        ),
        "Commitments": _these(
            "com_id deal_id what type in_contract clause due_on disposition effort_hours share"
        )._replace(never=("type", frozenset(("supplier_term",)))),
    }
)
"""The client before the signature: what was understood, of what was marked for them."""

AUDIENCES: Final = {audience.name: audience for audience in (OPS, FINANCE, OWNER, CLIENT)}


class Tightening(NamedTuple):
    """What a firm takes away from an audience: columns as ``Sheet.key``, sheets, share levels."""

    hide: frozenset[str] = frozenset()
    unmarked_stays: bool = False


def tighten(audience: Audience, less: Tightening) -> Audience:
    """Return the audience without what a firm withholds; there is no way to add.

    Raises KeyError, with the word, for a sheet or column that the audience does not see anyway.
    """
    grants = dict(audience.grants)
    for word in sorted(less.hide):
        sheet, _, key = word.partition(".")
        grant = grants.get(sheet)
        if grant is None or (key and key not in grant.columns):
            raise KeyError(word)
        if key:
            grants[sheet] = grant._replace(columns=grant.columns - {key})
        else:
            del grants[sheet]
    stays = less.unmarked_stays and "internal" not in audience.levels  # with the owner, that is
    levels = audience.levels - {UNMARKED} if stays else audience.levels
    return audience._replace(grants=grants, levels=levels)
