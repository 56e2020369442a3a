"""The matcher's proposals for bank lines: each by a named rule, with a tier and no percentage."""

from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import AllocationKind, Tier


class Share(NamedTuple):
    """An amount of one invoice, in its currency; ``bank_amount`` is that of the bank line."""

    invoice_no: str
    amount: int
    kind: AllocationKind = AllocationKind.CASH
    bank_amount: int = 0


class Option(NamedTuple):
    """One way to match a bank line, with its arithmetic and the texts as evidence."""

    shares: tuple[Share, ...]
    rule: str
    evidence: str


class Proposal(NamedTuple):
    """The proposed match of a bank line; ``options`` are the alternatives.

    ``ask`` is the kind of question when a person must decide, ``short`` what stays open (minor
    units) of the invoices named (of ``short_on``), ``rate`` the exchange rate of a payment in
    another currency.
    """

    bank_id: str
    rule: str
    tier: Tier
    shares: tuple[Share, ...]
    evidence: str
    ask: str = ""
    short: int = 0
    short_on: str = ""
    options: tuple[Option, ...] = ()
    interchangeable: bool = False
    rate: str = ""
    searched: bool = True
    """False when a bound cut the search off: not searched is not the same as none."""
    client: str = ""

    @property
    def invoices(self) -> frozenset[str]:
        """The invoices that the proposal allocates to."""
        return frozenset(share.invoice_no for share in self.shares)


RULES: Final = {
    "R10-own-list": "the payer's own list of invoices adds up to the line",
    "R11-quoted-exact": "quoted number(s), and their open amounts add up to the line",
    "R12-quoted-stranger": "quoted number and exact amount, payer's name unknown",
    "R13-quoted-subset": "quoted number(s) and other open items of the client add up to the line",
    "R14-quoted-short": "quoted number, short by no more than a bank fee",
    "R15-quoted-terms": "quoted number, less what the contract lets the client keep",
    "R16-original": "quoted number, exact in the invoice's currency at the bank's own rate",
    "R17-subset-short": "quoted number(s) and other open items, short by no more than a bank fee",
    "R18-quoted-charges": "quoted number, exact before the charges that the bank itself states",
    "R20-near-number": "name and exact amount, the number one slip off",
    "R21-order-number": "the client's order number and the exact amount of one open invoice",
    "R22-name-amount": "name and exact amount, one candidate",
    "R23-interchangeable": "name and exact amount, oldest of several equal invoices",
    "R24-quoted-part": "quoted number, part of it",
    "R25-name-terms": "name, less what the contract lets the client keep",
    "R26-instalments": "several receipts of the client add up to one invoice",
    "R27-name-subset": "name, and open items that add up in one way only",
    "R30-other-number": "name and exact amount, but the text quotes another number",
    "R31-name-subsets": "name, and open items that add up in more than one way",
    "R32-name-short": "name, short by no more than a bank fee",
    "R33-quoted-over": "quoted number, more than it",
    "R34-name-part": "name, perhaps part of an invoice",
    "R35-early": "name and exact amount, before the invoice's date",
    "R36-amount-only": "an amount no other invoice has, payer unknown",
    "R37-weak-name": "a name a little alike and the exact amount",
    "R38-contradiction": "quoted number and exact amount, but the payer is another client",
    "R39-currency": "another currency without a rate",
    "R40-duplicate": "the quoted invoice is already settled by the same amount",
    "R41-duplicate-maybe": "the same payer paid the same amount shortly before",
    "R42-suspect-import": "the line may repeat one already imported",
    "R50-bounced": "takes an earlier receipt back",
    "R51-refund": "money back to a client",
    "R52-outgoing": "money out to nobody we invoice",
    "R53-not-ours": "reads like money that is no fee",
    "R60-unmatched": "no open item fits",
    "R61-category": "a person said what it is",
}
"""Every rule by its code; the code and this text go into the audit trail."""

VERSION: Final = "1"
