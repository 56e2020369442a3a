"""The accounts whose exports a workbook, or the settings file, knows how to read."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from sheetrecord.app.reconcile.closing import QUIET
from sheetrecord.app.reconcile.inputs import Inputs
from sheetrecord.app.reconcile.run import ReconcileResult, save, work
from sheetrecord.app.reconcile.session import ReconcileSession
from sheetrecord.app.settings.money import ParsedSettings
from sheetrecord.ledgers.profile import Profile, from_json
from sheetrecord.workbooks.addresses import name_of


class Saved(NamedTuple):
    """A profile and where it is stored; the settings file overrides the workbook."""

    name: str
    profile: Profile
    where: str


def profile_of(name: str, kept: Mapping[str, str], said: ParsedSettings) -> Profile:
    """Return the profile of an account; an empty one for an unknown name.

    The settings file wins; the account's number is kept in the workbook where it names none.
    """
    found = from_json(json.loads(kept[name]), "the saved profile") if name in kept else Profile()
    told = said.profiles.get(name)
    if told is None:
        return found
    return told if told.account else told._replace(account=found.account)


def saved(session: ReconcileSession, said: ParsedSettings) -> list[Saved]:
    """Return every profile by name."""
    names = sorted({*session.profiles, *said.profiles})
    return [
        Saved(
            name,
            profile_of(name, session.profiles, said),
            "sheetrecord.toml" if name in said.profiles else name_of(session.address),
        )
        for name in names
    ]


def drop_rule(session: ReconcileSession, rule_id: str) -> ReconcileResult:
    """Remove an account rule; what it set aside is asked about again.

    Raises KeyError for an unknown one.
    """
    kept = tuple(rule for rule in session.held.rules if rule.rule_id != rule_id)
    if len(kept) == len(session.held.rules):
        raise KeyError(rule_id)
    return save(
        work(session._replace(held=session.held._replace(rules=kept)), Inputs(), QUIET), QUIET
    )


def forget(session: ReconcileSession, name: str) -> ReconcileResult:
    """Remove a profile from the workbook. Raises KeyError for an unknown one."""
    if name not in session.profiles:
        raise KeyError(name)
    request = QUIET._replace(forget=name)
    return save(work(session, Inputs(), request), request)
