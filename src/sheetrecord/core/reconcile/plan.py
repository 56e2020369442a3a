"""A plan file: the allocations to post, and hashes of the inputs they were computed from."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sheetrecord.core.reconcile.facts import Allocation, AllocationKind
from sheetrecord.model.errors import BadSettings

FORMAT = 1


class PlanOutdated(ValueError):
    """Raised when an input has changed since the plan was made; says which."""

    def __init__(self, what: object) -> None:
        super().__init__(f"{what} has changed since the plan was made. Make the plan again.")


class PlanFile(NamedTuple):
    """Allocations to post, with hashes of their inputs and the options of the run."""

    inputs: Mapping[str, str]
    """SHA-256 by name: the workbook, each bank and ledger file."""
    allocations: tuple[Allocation, ...]
    as_of: str
    options: Mapping[str, str] = {}
    """How the run was asked for, so that it can be run again."""


def sha(data: bytes) -> str:
    """Return the SHA-256 of an input, in hex."""
    return hashlib.sha256(data).hexdigest()


def dump(plan: PlanFile) -> str:
    """Return the plan as JSON with its own hash; the same plan gives the same bytes."""
    body = {
        "format": FORMAT,
        "as_of": plan.as_of,
        "inputs": dict(sorted(plan.inputs.items())),
        "options": dict(sorted(plan.options.items())),
        "allocations": [_row(a) for a in plan.allocations],
    }
    return json.dumps({**body, "hash": _hash(body)}, indent=1, ensure_ascii=False) + "\n"


def load(text: str, name: str = "plan") -> PlanFile:
    """Return a plan. Raises BadSettings for other content, or if it was edited by hand."""
    try:
        body = json.loads(text)
        said = body.pop("hash")
        rows = tuple(_allocation(row) for row in body["allocations"])
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise BadSettings(name, "this is no plan file.", "Make it with --save-plan.") from err
    if body.get("format") != FORMAT or said != _hash(body):
        raise BadSettings(name, "the plan was changed after it was made.", "Make it again.")
    return PlanFile(body["inputs"], rows, body["as_of"], body.get("options", {}))


def check(plan: PlanFile, now: Mapping[str, str]) -> None:
    """Raise PlanOutdated if an input differs from the one that the plan was made from."""
    for name, before in sorted(plan.inputs.items()):
        if now.get(name) != before:
            raise PlanOutdated("the workbook" if name == "book" else name.rpartition(":")[2])


def _hash(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _row(row: Allocation) -> dict[str, object]:
    filled = {k: v for k, v in row._asdict().items() if v not in ("", 0)}
    return {**filled, "kind": row.kind.value, "on": row.on.isoformat(), "amount": row.amount}


def _allocation(row: Mapping[str, Any]) -> Allocation:
    empty = dict.fromkeys(("alloc_id", "bank_id", "invoice_no", "currency"), "")
    on = dt.date.fromisoformat(row["on"])
    return Allocation(**{**empty, **row, "kind": AllocationKind(row["kind"]), "on": on})


def chain(rows: Iterable[Allocation], before: str = "") -> list[str]:
    """Return a chained SHA-256 (hex) for each row: each covers all rows before it."""
    found = []
    for row in rows:
        text = json.dumps(_row(row), sort_keys=True)
        before = hashlib.sha256(f"{before}{text}".encode()).hexdigest()
        found.append(before)
    return found
