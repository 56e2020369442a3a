"""Open problems besides conflicts, kept in the store and reported until they are gone."""

from collections.abc import Callable, Iterable, Sequence

from sheetrecord.core.handover.context import HandoverStep
from sheetrecord.core.sync.engine import RunReport
from sheetrecord.model.problem import Problem

_MARK = ": "
"""What parts the name of a problem, by which it is known again, from its words."""


def waiting(
    before: Sequence[str],
    outcome: RunReport,
    together: Iterable[Problem],
    now: Callable[[], Iterable[Problem]],
) -> tuple[str, ...]:
    """Return what waits after a sync, given what waited before.

    ``together`` are the problems that copies only now make together, ``now`` all of the record:
    an older one stays as long as the record has it. It is asked for when there is an older one.
    """
    old = {_name(text): text for text in before}
    deals = {name for name in old if name.endswith(_REFUSED)}
    stays = {} if outcome.judged else {name: old[name] for name in deals}
    others = old.keys() - deals
    has = {_name(problem_words(problem)) for problem in now()} if others else set()
    stays |= {name: old[name] for name in old if name in others & has}
    last = {step.deal_id: step for step in outcome.closed}
    stays |= {_name(text): text for text in map(refused_words, last.values()) if text}
    stays |= {_name(text): text for text in map(problem_words, together)}
    return tuple(stays.values())


_REFUSED = " cannot be closed"


def refused_words(step: HandoverStep) -> str:
    """Return why a due deal cannot be closed; "" for one that was closed or needed nothing."""
    if step.outcome != "refused":
        return ""
    first = step.refusals[0].message if step.refusals else ""
    more = f" (and {len(step.refusals) - 1} more)" if len(step.refusals) > 1 else ""
    return f"{step.deal_id}{_REFUSED}{_MARK}{first}{more}"


def problem_words(problem: Problem) -> str:
    """Return a message about a problem that copies cause together."""
    where = problem.where
    place = " ".join(filter(None, (problem.code, where.sheet, where.row_id, where.key)))
    return f"{place}{_MARK}{problem.message}"


def _name(text: str) -> str:
    return text.partition(_MARK)[0]
