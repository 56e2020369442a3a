"""A rule is one function with its code, severity, words, reason, examples and fix.

A rule is given rows whose derived columns are filled (`core.derive`), so it may read an answer's
state, an invoice's outstanding or a deal's gap as a person reads them in the sheet. Its docstring
says why it matters, in a sentence that stands alone, and shows a bad and a good record as
Markdown tables of canonical keys; both are run as tests.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from sheetrecord.model.edit import Edit
from sheetrecord.model.problem import Severity
from sheetrecord.schema.column import Row
from sheetrecord.schema.record import DealRows, Record, Settings


class Found(NamedTuple):
    """One place where a rule is broken.

    ``words`` fill the rule's message; ``gate`` tells whether it keeps the deal's gate shut now;
    ``handover`` whether it would keep it shut at closing. A deal has exactly as many gate findings
    as the sheet counts in its gate columns.
    """

    row: Row
    key: str = ""
    words: Mapping[str, Any] = {}
    gate: bool = False
    handover: bool = False
    fix: tuple[Edit, ...] = ()
    severity: Severity | None = None


Needs: TypeAlias = Literal["", "going_on", "context", "commitments", "spoken", "project", "fees"]
"""Without which a rule finds nothing in a deal: rows of a sheet, something said, or that the deal
is being sold or delivered. Most deals of a firm are lost, and have none of them."""

DealCheck: TypeAlias = Callable[[DealRows, Settings], Iterator[Found]]
BookCheck: TypeAlias = Callable[[Record], Iterator[Found]]


class Rule(NamedTuple):
    """A declared rule. ``check`` is absent for a rule that is found while reading.

    One that ``reminds`` speaks up because a day has come, and names it as ``day`` if it has one.
    """

    code: str
    name: str
    severity: Severity
    message: str
    do: str
    doc: str
    deal_check: DealCheck | None = None
    book_check: BookCheck | None = None
    needs: Needs = ""
    reminds: bool = False


RULES: Final[dict[str, Rule]] = {}
"""Every declared rule by code, filled as the rule modules are imported, in their order."""

_CODES: Final[dict[str, str]] = {}
"""Their codes by name."""


def rule(
    code: str,
    severity: Severity,
    message: str,
    do: str,
    *,
    needs: Needs = "",
    reminds: bool = False,
) -> Callable[[DealCheck], DealCheck]:
    """Declare a rule about one deal; the function's name is the fault's name.

    With ``needs`` it is not asked about deals in which it would find nothing; one that ``reminds``
    stands in `status` and on the first page of the view too (`core.reminders`).
    """

    def declare(check: DealCheck) -> DealCheck:
        doc = check.__doc__ or ""
        _add(Rule(code, _name(check), severity, message, do, doc, check, None, needs, reminds))
        return check

    return declare


def book_rule(
    code: str, severity: Severity, message: str, do: str
) -> Callable[[BookCheck], BookCheck]:
    """Declare a rule about the whole workbook."""

    def declare(check: BookCheck) -> BookCheck:
        _add(Rule(code, _name(check), severity, message, do, check.__doc__ or "", None, check))
        return check

    return declare


def reading_rule(code: str, name: str, severity: Severity, message: str, do: str, doc: str) -> Rule:
    """Declare a rule that is found while the workbook is read."""
    return _add(Rule(code, name, severity, message, do, doc))


def _name(check: Callable[..., object]) -> str:
    return check.__name__.replace("_", "-")


def _add(new: Rule) -> Rule:
    """Register a rule. Raises ValueError when its code or name is taken."""
    if new.code in RULES or _CODES.get(new.name) in RULES:
        raise ValueError(f"rule {new.code} {new.name} is declared twice")
    RULES[new.code] = new
    _CODES[new.name] = new.code
    return new
