"""Determine a file's account: its own number, the profile's, or the name the user gave it."""

import re
from typing import Final

from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.reading import Reading, Statement

_LONG: Final = 6
"""A number of so many characters may be part of another: a local one of an IBAN."""


def settle(reading: Reading, profile: Profile, name: str) -> tuple[Reading, Profile]:
    """Return the reading under the profile's account, and the profile with the account found.

    A number in another spelling, or none, is the same account, so that nothing is counted twice
    when formats change. Raises CannotRead for another account or currency than the profile's.
    """
    for statement in reading.statements:
        _check(statement, profile, name)
    if profile.account:
        return _under(reading, profile.account), profile
    found = sorted({s.account for s in reading.statements if s.account})
    if not profile.label:
        return reading, profile
    account = found[0] if len(found) == 1 else "" if found else profile.label
    return (reading if found else _under(reading, account)), profile._replace(account=account)


def _check(statement: Statement, profile: Profile, name: str) -> None:
    numbered = profile.account != profile.label
    if numbered and not _same(profile.account, statement.account):
        why = f"the file is of account {statement.account}; the profile is of {profile.account}."
        raise refuse(name, why, "Give the file of this account.", "account")
    if profile.currency and statement.currency != profile.currency:
        why = f"the file is in {statement.currency}; the account is in {profile.currency}."
        raise refuse(name, why, "Give the file of this account.", "currency")


def _same(mine: str, theirs: str) -> bool:
    """Whether two spellings are one account; one that is not told may be any."""
    one, other = sorted((_bare(mine), _bare(theirs)), key=len)
    return not one or one == other or (len(one) >= _LONG and one in other)


def _bare(account: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", account.upper())


def _under(reading: Reading, account: str) -> Reading:
    if all(s.account == account for s in reading.statements):
        return reading
    return reading._replace(
        statements=tuple(
            s._replace(
                account=account,
                lines=tuple(line._replace(account=account) for line in s.lines),
                pending=tuple(line._replace(account=account) for line in s.pending),
            )
            for s in reading.statements
        )
    )
