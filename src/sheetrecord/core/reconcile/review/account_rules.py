"""Account rules: what a person said is no fee, remembered for the payer's next lines.

A rule only ever sets a line aside that no other rule has anything to say of: one whose payer is
like no client, that quotes no invoice, and whose amount no open invoice has. It posts nothing, so
that a wrong one costs a question not asked, and taking it away asks that question.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.matching.proposal import Proposal
from sheetrecord.core.reconcile.text.normalise import fold, name_of

_WORD: Final = re.compile(r"\b[A-Z]{3,}\b")
_MARK: Final = re.compile(r" \[(N-[0-9a-f]{8})\]$")
_MONTH_NAMES: Final = """
    JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC MAI OKT DEZ ENE ABR AGO DIC
    JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER
    JANUAR FEBRUAR MARZ MAERZ JUNI JULI OKTOBER DEZEMBER
    ENERO FEBRERO MARZO ABRIL MAYO JUNIO JULIO AGOSTO SEPTIEMBRE OCTUBRE NOVIEMBRE DICIEMBRE
"""
_MONTHS: Final = frozenset(_MONTH_NAMES.split())
_TEACHING: Final = frozenset({"R36-amount-only", "R53-not-ours", "R60-unmatched"})
"""Rules of lines that may teach: nothing but, perhaps, an amount pointed to an invoice."""
_SILENT: Final = frozenset({"R53-not-ours", "R60-unmatched"})


class AccountRule(NamedTuple):
    """What lines of one payer on one account are, because a person said so of one of them."""

    rule_id: str
    account: str
    payer: str
    words: str
    """Words that a line's text must have, besides its numbers and months; sorted."""
    category: str
    since: str
    """Day of the decision (ISO 8601); earlier lines that are still asked are set aside too."""
    by: str
    bank_id: str
    """The line that somebody decided."""


def learned(line: BankLine, category: str, by: str, since: str) -> AccountRule | None:
    """Return the rule that follows from a line that is no fee; None for one that names nothing."""
    payer, words = name_of(line.payer).compact, _words(line.text)
    if line.amount <= 0 or not (payer or words):
        return None
    parts = (line.account, payer, *words)
    key = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:8]
    named = line.payer.strip()
    return AccountRule(
        f"N-{key}", line.account, named, " ".join(words), category, since, by, line.bank_id
    )


def teaches(proposal: Proposal) -> bool:
    """Return True if a decision on a proposal may become a rule: its payer is like no client."""
    return proposal.rule in _TEACHING and (
        not proposal.client or proposal.rule == "R36-amount-only"
    )


def silent(proposal: Proposal) -> bool:
    """Return True if nothing at all is known of a line: only then may a rule set it aside."""
    nothing = not (proposal.shares or proposal.options or proposal.client)
    return proposal.rule in _SILENT and nothing


class AccountRules:
    """The rules of a workbook, found by account and payer."""

    def __init__(self, rules: Iterable[AccountRule]) -> None:
        self._by: dict[tuple[str, str], list[AccountRule]] = {}
        for rule in rules:
            self._by.setdefault((rule.account, name_of(rule.payer).compact), []).append(rule)

    def of(self, line: BankLine) -> AccountRule | None:
        """Return the rule that a line falls under: the one that asks for the most words."""
        if line.amount <= 0:
            return None
        found = self._by.get((line.account, name_of(line.payer).compact), ())
        words = set(_words(line.text)) if found else set[str]()
        fits = [rule for rule in found if _says(rule, words)]
        return max(fits, key=lambda rule: (len(rule.words.split()), rule.rule_id), default=None)


def marked(rule: AccountRule) -> str:
    """Return what stands beside a line that a rule set aside: ``tax refund [N-1a2b3c4d]``."""
    return f"{rule.category} [{rule.rule_id}]"


def rule_of(category: str) -> str:
    """Return the id of the rule that set a line aside; "" for what a person said of it."""
    found = _MARK.search(category)
    return found[1] if found else ""


def reopened(lines: Iterable[BankLine], rules: Mapping[str, AccountRule]) -> list[str]:
    """Return the lines whose rule somebody took away: they are asked about again."""
    ids = ((line.bank_id, rule_of(line.category)) for line in lines if line.category)
    return [bank_id for bank_id, rule_id in ids if rule_id and rule_id not in rules]


def _says(rule: AccountRule, words: set[str]) -> bool:
    wanted = set(rule.words.split())
    return wanted <= words if wanted else not words


def _words(text: str) -> tuple[str, ...]:
    found = set(_WORD.findall(fold(text))) - _MONTHS
    return tuple(sorted(found))
