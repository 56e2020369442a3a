"""Read CAMT.052, .053 and .054 of any version: ISO 20022 statements, reports, notifications."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine, LineSource, Original, PaymentPart
from sheetrecord.ledgers.accounted import with_left_out
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.reading import Reading, Statement, control, problem
from sheetrecord.ledgers.safe_xml import Node, kid, kids, parse_xml, tag, value
from sheetrecord.model.money import to_minor
from sheetrecord.model.problem import Problem, Severity

_BODIES: Final = {
    "BkToCstmrAcctRpt": ("camt.052", "Rpt"),
    "BkToCstmrStmt": ("camt.053", "Stmt"),
    "BkToCstmrDbtCdtNtfctn": ("camt.054", "Ntfctn"),
}
_WAYS: Final = frozenset({"CRDT", "DBIT"})
_NO_REF: Final = frozenset({"NOTPROVIDED", "NONREF", "NOREF", "NONE"})


def read_camt(data: bytes, name: str, sha: str = "") -> Reading:
    """Return the statements. Raises CannotRead for hostile, cut or other XML."""
    root = parse_xml(data, name)
    body = next((n for n in (root, *root) if tag(n) in _BODIES), None)
    if body is None:
        why = f"this XML is a <{tag(root)}>, not a CAMT.052, .053 or .054 message."
        raise refuse(name, why, "Download the account statement (CAMT.053).", "kind")
    kind, each = _BODIES[tag(body)]
    problems: list[Problem] = []
    statements = []
    rows = 0
    for node in kids(body, each):
        statement = _Reader(name, sha, problems, rows).statement(node)
        rows += sum(tag(one) == "Ntry" for one in node)
        statements.append(statement)
        if kind == "camt.053":
            problems += control(statement, name)
    if not any(kid(node, "Ntry") is not None for node in kids(body, each)):
        note = "The message holds no entry."
        problems.append(problem("BANK107", note, name, severity=Severity.NOTE))
    return with_left_out(Reading(kind, tuple(statements), tuple(problems)), rows)


class _Party(NamedTuple):
    name: str
    iban: str


class _Reader:
    """Reads one statement; problems are collected in the list given."""

    def __init__(self, name: str, sha: str, problems: list[Problem], before: int) -> None:
        self.name, self.sha, self.problems, self.before = name, sha, problems, before
        self.account = self.currency = self.number = ""

    def statement(self, node: Node) -> Statement:
        where = kid(node, "Acct", "Id")
        self.account = value(where, "IBAN") or value(where, "Othr", "Id")
        amounts = [*kids(node, "Bal", "Amt"), *kids(node, "Ntry", "Amt")]
        self.currency = value(node, "Acct", "Ccy") or (amounts[0].get("Ccy", "") if amounts else "")
        self.number = value(node, "ElctrncSeqNb") or value(node, "LglSeqNb") or value(node, "Id")
        lines: list[BankLine] = []
        pending: list[BankLine] = []
        for at, entry in enumerate(kids(node, "Ntry"), self.before + 1):
            status = value(entry, "Sts", "Cd") or value(entry, "Sts")
            put = pending if status in ("PDNG", "INFO", "FUTR") else lines
            put.extend(self.entry(entry, at))
        balance = {value(b, "Tp", "CdOrPrtry", "Cd"): b for b in kids(node, "Bal")}
        opening = balance.get("OPBD", balance.get("PRCD"))
        closing = balance.get("CLBD", balance.get("ITBD"))  # a page ends with an interim balance
        return Statement(
            self.account,
            self.currency,
            tuple(lines),
            self.signed(opening) if opening is not None else None,
            self.signed(closing) if closing is not None else None,
            tuple(pending),
            self.number,
            _day(value(node, "FrToDt", "FrDtTm")) or _day(value(opening, "Dt", "Dt")),
            _day(value(node, "FrToDt", "ToDtTm")) or _day(value(closing, "Dt", "Dt")),
        )

    def minor(self, node: Node | None, at: int = 0) -> int | None:
        if node is None or not (node.text or "").strip():
            return None
        currency = node.get("Ccy", self.currency)
        try:
            minor, whole = to_minor(Decimal((node.text or "").strip()), currency)
        except (ValueError, InvalidOperation):
            minor, whole = 0, False
        if not whole:
            say = f"Entry {at}: {node.text} is not a whole amount in {currency}."
            self.problems.append(problem("BANK102", say, self.name, at))
            return None
        return minor

    def signed(self, node: Node, at: int = 0) -> int | None:
        minor = self.minor(kid(node, "Amt"), at)
        if minor is None:
            return None
        return -minor if value(node, "CdtDbtInd") == "DBIT" else minor

    def entry(self, entry: Node, at: int) -> list[BankLine]:
        """Return an entry's line, or one line a detail when the details add up to it."""
        amount = self.signed(entry, at)
        booked = _when(entry, "BookgDt") or _when(entry, "ValDt")
        if amount is None or booked is None:
            say, code = f"Entry {at} has no amount.", "BANK102"
            if booked is None:
                say, code = f"Entry {at} has no booking date.", "BANK103"
            if not any(p.where.row == at for p in self.problems):
                self.problems.append(problem(code, say, self.name, at))
            return []
        way = value(entry, "CdtDbtInd")
        if way not in _WAYS:
            say = f"Entry {at} does not say whether it is a credit or a debit ({way or 'nothing'})."
            self.problems.append(problem("BANK117", say, self.name, at))
            return []
        node = kid(entry, "Amt")
        currency = node.get("Ccy", self.currency) if node is not None else self.currency
        if currency != self.currency:
            say = f"Entry {at} is in {currency}, the account in {self.currency}."
            self.problems.append(problem("BANK110", say, self.name, at))
            return []
        line = BankLine(
            account=self.account,
            booked=booked,
            amount=amount,
            currency=currency,
            valued=_when(entry, "ValDt"),
            ref=_real(value(entry, "AcctSvcrRef")),
            returned=value(entry, "RvslInd") == "true",
            statement=self.number,
            source=LineSource(self.name, at, self.sha, f"CdtDbtInd is {way}"),
        )
        details = list(kids(entry, "NtryDtls", "TxDtls"))
        return self.split(line, entry, details, at)

    def split(self, line: BankLine, entry: Node, details: list[Node], at: int) -> list[BankLine]:
        extra = value(entry, "AddtlNtryInf")
        if len(details) <= 1:
            detail = details[0] if details else None
            return [self.fill(line, entry, [detail] if detail is not None else [], extra)]
        amounts = [self.detail_amount(d, line) for d in details]
        known = [amount for amount in amounts if amount is not None]
        if sum(known) != line.amount:  # then the bank took its charges off each payment
            charges = map(self.charges, details)
            known = [amount - charge for amount, charge in zip(known, charges, strict=False)]
        if len(known) == len(details) and sum(known) == line.amount:
            filled = []
            for n, (detail, amount) in enumerate(zip(details, known, strict=True), 1):
                ref = f"{line.ref}/{n}" if line.ref else ""
                own = line._replace(amount=amount, ref=ref, batch=n)
                filled.append(self.fill(own, entry, [detail], ""))
            return filled
        say = (
            f"Entry {at} holds {len(details)} payments that do not add up to it: "
            "kept as one line with all their texts."
        )
        self.problems.append(problem("BANK104", say, self.name, at, Severity.WARNING))
        return [self.fill(line._replace(batch=len(details)), entry, details, extra)]

    def detail_amount(self, detail: Node, line: BankLine) -> int | None:
        for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
            node = kid(detail, *path)
            if node is not None and node.get("Ccy", line.currency) == line.currency:
                minor = self.minor(node)
                way = value(detail, "CdtDbtInd")
                out = way == "DBIT" if way else line.amount < 0
                return None if minor is None else -minor if out else minor
        return None

    def fill(self, line: BankLine, entry: Node, details: list[Node], extra: str) -> BankLine:
        """Add texts, payer and references of the details to a line."""
        texts = [t for d in details for t in _texts(d)] + ([extra] if extra else [])
        parties = [_party(d, line.amount) for d in details]
        names = list(dict.fromkeys(p.name for p in parties if p.name))
        first = details[0] if details else None
        back = first is not None and kid(first, "RtrInf") is not None
        return line._replace(
            payer=" / ".join(names),
            payer_iban=parties[0].iban if len(parties) == 1 else "",
            text=" ".join(dict.fromkeys(texts)),
            structured=" ".join(_refs(details)),
            end_to_end=_real(value(first, "Refs", "EndToEndId")),
            original=self.original(entry, first, line),
            charges=sum(map(self.charges, details)),
            parts=tuple(p for d in details for p in self.parts(d)),
            returned=line.returned or back,
        )

    def charges(self, detail: Node) -> int:
        """Return what the bank charged for a payment (minor units)."""
        return sum(self.minor(n) or 0 for n in kids(detail, "Chrgs", "Rcrd", "Amt"))

    def parts(self, detail: Node) -> list[PaymentPart]:
        """Return the payer's own list of invoices: only entries with a number and an amount."""
        found = []
        for item in kids(detail, "RmtInf", "Strd"):
            number = value(item, "RfrdDocInf", "Nb")
            amount = self.minor(kid(item, "RfrdDocAmt", "RmtdAmt"))
            if number and amount:
                credit = value(item, "RfrdDocInf", "Tp", "CdOrPrtry", "Cd") == "CREN"
                found.append(PaymentPart(number, -amount if credit else amount))
        return found

    def original(self, entry: Node, detail: Node | None, line: BankLine) -> Original | None:
        for holder in (detail, entry):
            for way in ("InstdAmt", "TxAmt"):
                node = kid(holder, "AmtDtls", way)
                amount = kid(node, "Amt")
                if amount is not None and amount.get("Ccy", line.currency) != line.currency:
                    minor = self.minor(amount)
                    rate = value(node, "CcyXchg", "XchgRate")
                    return Original(minor, amount.get("Ccy", ""), rate) if minor else None
        return None


def _real(ref: str) -> str:
    return "" if ref.upper() in _NO_REF else ref


def _texts(detail: Node) -> list[str]:
    texts = [(n.text or "").strip() for n in kids(detail, "RmtInf", "Ustrd")]
    texts += [value(n, "RfrdDocInf", "Nb") for n in kids(detail, "RmtInf", "Strd")]
    texts += [(n.text or "").strip() for n in kids(detail, "RmtInf", "Strd", "AddtlRmtInf")]
    return [text for text in [*texts, value(detail, "AddtlTxInf")] if text]


def _refs(details: list[Node]) -> list[str]:
    refs = [value(n, "Ref") for d in details for n in kids(d, "RmtInf", "Strd", "CdtrRefInf")]
    return [ref for ref in refs if ref]


def _party(detail: Node, amount: int) -> _Party:
    """Return who paid us (or whom we paid): the ultimate party where the bank names one."""
    roles = ("UltmtDbtr", "Dbtr") if amount > 0 else ("UltmtCdtr", "Cdtr")
    name = ""
    for role in roles:
        node = kid(detail, "RltdPties", role)
        name = name or value(node, "Nm") or value(node, "Pty", "Nm")
    holder = kid(detail, "RltdPties", f"{roles[1]}Acct", "Id")
    return _Party(name, value(holder, "IBAN") or value(holder, "Othr", "Id"))


def _when(entry: Node, name: str) -> dt.date | None:
    return _day(value(entry, name, "Dt") or value(entry, name, "DtTm"))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
