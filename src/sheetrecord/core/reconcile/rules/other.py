"""Lines that are no plain receipt: the payer's own list, duplicates, money out, the unexplained."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sheetrecord.core.reconcile.facts import AllocationKind, BankLine, PaymentPart, Tier
from sheetrecord.core.reconcile.matching.options import choose
from sheetrecord.core.reconcile.matching.proposal import Option, Proposal, Share
from sheetrecord.core.reconcile.matching.quoting import settled_items
from sheetrecord.core.reconcile.matching.state import MatchRun, strong
from sheetrecord.core.reconcile.text.normalise import fold
from sheetrecord.core.reconcile.text.not_ours import REFUND, reads_as, says_refund
from sheetrecord.model.money import split

_BACK: Final = re.compile(
    r"RETURN|UNPAID|BOUNCE|REVERS|RECALL|CHARGEBACK|DISHONOU?R|RUCKLAST|RUECKLAST|RETOURE|REJET"
    r"|STORNO|IMPAYE|REFER TO DRAWER"
)

_REFUND: Final = re.compile(
    r"\bREFUND|ERSTATTUNG|RUECKZAHLUNG|RUCKZAHLUNG|REMBOURSEMENT|REEMBOLSO|RIMBORSO|TERUGBETALING"
)


def _parts(run: MatchRun, line: BankLine) -> tuple[list[Share], str]:
    """Return the shares of the listed invoices that are open, and the first that is not."""
    shares: list[Share] = []
    unknown = ""
    for part in line.parts:
        at = _listed(run, line, part) if part.gross else None
        if at is None:
            unknown = unknown or (f"{part.number} {part.text}".strip() if part.gross else "")
            continue
        kind = AllocationKind.REFUND if part.gross < 0 else AllocationKind.CASH
        shares.append(run.cash(at, part.gross - part.fee, kind))
        if part.fee:
            shares.append(run.cash(at, part.fee, AllocationKind.BANK_FEE)._replace(bank_amount=0))
    return _less_fee(shares, sum(p.fee for p in line.parts if not p.gross)), unknown


def own_list(run: MatchRun, line: BankLine) -> Proposal | None:
    """R10: the file itself lists the invoices inside the payment, and the list adds up."""
    if not line.parts or sum(p.gross - p.fee for p in line.parts) != line.amount:
        return None
    shares, unknown = _parts(run, line)
    count = len(line.parts)
    items = "its one item is" if count == 1 else f"its {count} items add up to"
    why = f"the payment's own list: {items} {run.say(line)}"
    if not shares or _over(run, shares):
        return None
    if unknown:
        why += f"; no open invoice for {unknown!r}"
    rest = line.amount - sum(s.bank_amount for s in shares)
    if rest * line.amount < 0:  # what is not known was paid back: the known is more than came
        shares = []
    tier = (Tier.LIKELY if shares else Tier.CHOOSE) if unknown else Tier.CERTAIN
    ask = "choose" if unknown else ""
    return Proposal(line.bank_id, "R10-own-list", tier, tuple(shares), why, ask)


def _listed(run: MatchRun, line: BankLine, part: PaymentPart) -> int | None:
    """Return the one invoice of an item: by its number, else by a number in its words."""
    for text in (part.number, part.text):
        mentions = run.numbers.find(text) if text else []
        sure = mentions if text is part.number else strong(mentions)
        room = {
            at
            for mention in sure
            for at in mention.invoices
            if run.invoices[at].currency == line.currency
            and (part.gross < 0 or 0 < part.gross <= run.open[at])
        }
        if room:
            return room.pop() if len(room) == 1 else None
    return None


def _less_fee(shares: list[Share], fee: int) -> list[Share]:
    """Take a processor's own fee, which belongs to no item, from the cash of all items."""
    cash = [i for i, s in enumerate(shares) if s.kind is AllocationKind.CASH]
    if fee <= 0 or fee >= sum(shares[i].amount for i in cash):
        return shares
    found = list(shares)
    for i, part in zip(cash, split(fee, [shares[i].amount for i in cash]), strict=True):
        left = shares[i].amount - part
        found[i] = shares[i]._replace(amount=left, bank_amount=left)
        found.append(Share(shares[i].invoice_no, part, AllocationKind.BANK_FEE))
    return [s for s in found if s.amount]


def _over(run: MatchRun, shares: list[Share]) -> bool:
    total: dict[str, int] = {}
    for share in shares:
        total[share.invoice_no] = total.get(share.invoice_no, 0) + share.amount
    return any(amount > run.open[run.at_of[key]] for key, amount in total.items() if amount > 0)


def suspect(run: MatchRun, line: BankLine) -> Proposal | None:
    """R42: the line looks like one already imported, printed anew: a person must say."""
    if not line.suspect or line.suspect in run.replaced:
        return None
    why = f"may repeat {line.suspect}, imported before: same day, and the same amount or text"
    return Proposal(line.bank_id, "R42-suspect-import", Tier.CHOOSE, (), why, "duplicate-import")


def refund_in(run: MatchRun, line: BankLine) -> Proposal | None:
    """R53: somebody we do not invoice pays money back; what it quotes is a number of its own."""
    back = line.amount > 0 and not line.parts and says_refund(f"{line.payer} {line.text}")
    if not back or reads_as(line) != REFUND or run.clients_of(line):
        return None
    items = [at for m in run.quoted(line).mentions for at in m.invoices if run.open[at] > 0]
    options = [run.option([at], "R53-not-ours", "quoted") for at in dict.fromkeys(items)]
    return _not_ours(line, REFUND, options)


def _not_ours(line: BankLine, kind: str, options: Sequence[Option]) -> Proposal:
    who = f"payer {line.payer!r}" if line.payer else "the line"
    why = f"{who} is like no client, and the words read like: {kind}"
    return Proposal(
        line.bank_id, "R53-not-ours", Tier.CHOOSE, (), why, "not-a-fee", options=tuple(options[:3])
    )


def duplicate(run: MatchRun, line: BankLine) -> Proposal | None:
    """R40: every invoice the line quotes is settled, by the amount the line has."""
    items = settled_items(run, line)
    if not items or line.amount <= 0:
        return None
    total = sum(run.invoices[at].gross for at in items)
    before = [old for at in items for old in run.paid_by.get(at, ()) if old.amount == line.amount]
    if total != line.amount and not before:
        return None
    keys = ", ".join(run.keys[at] for at in items)
    why = f"{keys} quoted, already settled by the same amount"
    if before:
        why += f" on {before[0].booked}"
    client = run.invoices[items[0]].client
    others = [
        run.option([at], "R23-interchangeable", "open, same amount, same client")
        for at in run.of_client[client]
        if run.open[at] == line.amount and run.invoices[at].issued <= line.booked
    ]
    held = Option(
        (run.cash(items[-1], line.amount, AllocationKind.OVERPAYMENT_HELD),), "R40-duplicate", why
    )
    return Proposal(
        line.bank_id, "R40-duplicate", Tier.CHOOSE, (), why, "duplicate-payment",
        options=(held, *others[:2]), client=client,
    )  # fmt: skip


def duplicate_maybe(run: MatchRun, line: BankLine, days: int = 45) -> Proposal | None:
    """R41: the same client paid the same amount shortly before, and nothing open fits."""
    for client in run.sure_clients(line):
        for at in run.of_client.get(client, ()):
            for old in run.paid_by.get(at, ()):
                after = (line.booked - old.booked).days
                same = old.amount == line.amount and old.bank_id != line.bank_id
                if same and 0 <= after <= days:
                    why = (
                        f"{client} paid the same {run.say(line)} on {old.booked}; nothing open fits"
                    )
                    held = run.cash(at, line.amount, AllocationKind.OVERPAYMENT_HELD)
                    option = Option((held,), "R41-duplicate-maybe", why)
                    return Proposal(
                        line.bank_id, "R41-duplicate-maybe", Tier.CHOOSE, (), why,
                        "duplicate-payment", options=(option,), client=client,
                    )  # fmt: skip
    return None


def bounced(
    run: MatchRun, line: BankLine, posted: Mapping[str, tuple[Share, ...]]
) -> Proposal | None:
    """R50: money out that takes an earlier receipt back: its shares are turned round."""
    words = fold(f"{line.text} {line.payer}")
    if line.amount >= 0 or not (line.returned or _BACK.search(words)):
        return None
    earlier = [
        old
        for old in run.of_money(line.account, -line.amount)
        if old.booked <= line.booked and (line.booked - old.booked).days <= 90
    ]
    named = [old for old in earlier if _same_payment(run, line, old)]
    if not earlier:
        return None
    old = (named or earlier)[-1]
    shares = posted.get(old.bank_id)
    if shares is None and old.bank_id in run.proposals:
        shares = run.proposals[old.bank_id].shares
    turned = tuple(s._replace(amount=-s.amount, bank_amount=-s.bank_amount) for s in shares or ())
    why = f"takes back the receipt of {old.booked} ({old.payer or old.text})"
    tier = Tier.LIKELY if len(named) == 1 and turned else Tier.CHOOSE
    return Proposal(line.bank_id, "R50-bounced", tier, turned, why, "bounced")


def _same_payment(run: MatchRun, line: BankLine, old: BankLine) -> bool:
    """Whether a return and a receipt share an id, a quoted number or a payer."""
    if line.end_to_end and line.end_to_end == old.end_to_end:
        return True
    mine = {at for m in run.quoted(line).mentions for at in m.invoices}
    theirs = {at for m in run.quoted(old).mentions for at in m.invoices}
    if mine and theirs:
        return bool(mine & theirs)
    return bool(set(run.sure_clients(line)) & set(run.sure_clients(old)))


def money_out(run: MatchRun, line: BankLine) -> Proposal | None:
    """R51, R52: a refund that an open credit or overpayment explains, or any other payment."""
    if line.amount >= 0:
        return None
    clients = run.sure_clients(line)
    for client in clients:
        fits = [at for at in run.of_client.get(client, ()) if run.owes(at, line)]
        if fits:
            why = f"money back to {client}; {run.sums(fits[:1])} is open"
            share = run.cash(fits[0], line.amount, AllocationKind.REFUND)
            tier = Tier.LIKELY if len(fits) == 1 else Tier.CHOOSE
            return Proposal(
                line.bank_id, "R51-refund", tier, (share,), why, "refund-out", client=client
            )
    owed = [
        Option(
            (run.cash(at, line.amount, AllocationKind.REFUND),),
            "R51-refund",
            f"{run.sums([at])} owed back",
        )
        for at in run.owed_back(line)
    ]
    if owed:
        return choose(run, line, "R51-refund", owed[:4], ask="refund-out")
    if clients or run.quoted(line).mentions or _REFUND.search(fold(f"{line.text} {line.payer}")):
        why = "money out to a client; no open credit or overpayment of this amount"
        client = clients[0] if clients else ""
        return Proposal(
            line.bank_id, "R51-refund", Tier.CHOOSE, (), why, "refund-out", client=client
        )
    return Proposal(line.bank_id, "R52-outgoing", Tier.CHOOSE, (), "money out to no client")


def _of_amount(run: MatchRun, at: int, line: BankLine) -> str:
    """Say that an open invoice has a line's amount, and when it is of a later day."""
    invoice = run.invoices[at]
    later = f", issued {invoice.issued}" if invoice.issued > line.booked else ""
    return f"open, of this amount, of {invoice.client}{later}"


def unmatched(run: MatchRun, line: BankLine) -> Proposal:
    """R60, R53: nothing fits; shown are open invoices of the amount and the likest clients'."""
    found = run.clients_of(line)
    best = sorted(found, key=lambda key: (-found[key], key))[:3]
    same = [at for at in run.of_amount.get((line.currency, line.amount), ()) if run.open[at] > 0]
    same.sort(key=lambda at: (abs((run.invoices[at].due - line.booked).days), at))
    options = [run.option([at], "R60-unmatched", _of_amount(run, at, line)) for at in same[:3]]
    for client in best:
        items = run.open_items(client, line, credits_too=False)
        items.sort(key=lambda at: (abs(run.open[at] - line.amount), at))
        items = [at for at in items if at not in same][:2]
        options += [run.option([at], "R60-unmatched", f"open item of {client}") for at in items]
    quoted = [m.text for m in run.quoted(line).mentions]
    plain = line.amount <= 0 or best or strong(run.quoted(line).mentions)
    if not plain and (kind := reads_as(line)):
        return _not_ours(line, kind, options)
    who = f"payer {line.payer!r}" if line.payer else "the payer, of whom nothing is named,"
    why = f"{who} {'is like ' + ', '.join(best) if best else 'is unknown'}"
    if quoted:
        why += f"; quotes {', '.join(quoted)}"
    return Proposal(
        line.bank_id, "R60-unmatched", Tier.CHOOSE, (), why, "unmatched-receipt",
        options=tuple(options[:3]), client=best[0] if best else "",
    )  # fmt: skip
