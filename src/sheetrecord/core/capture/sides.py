"""Whose side somebody is on: ours by domain or name, the client's, or not told."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from sheetrecord.core.capture.folding import key
from sheetrecord.model.message import CALENDAR, NOTE, Message

US, CLIENT, UNKNOWN = "us", "client", "unknown"
_FREE_MAIL: Final = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com gmx.de gmx.net web.de"
    " t-online.de icloud.com me.com proton.me protonmail.com orange.fr wanadoo.fr free.fr laposte.net"
    " aol.com mail.com hotmail.es hotmail.fr yahoo.es yahoo.fr".split()
)


class Us(NamedTuple):
    """Who we are: domains, whole addresses, and names folded."""

    domains: frozenset[str]
    names: frozenset[str]

    def side_of(self, by: str, address: str) -> str:
        """Return whose side a person is on; unknown when nothing is known of them."""
        domain = address.rpartition("@")[2]
        if address and (
            address in self.domains or any(_within(domain, one) for one in self.domains)
        ):
            return US
        name = key(by)
        if name and any(_same(name, ours) for ours in self.names):
            return US
        if not by and not address:
            return UNKNOWN
        return CLIENT


def us_of(told: Iterable[str]) -> Us:
    """Return who we are of domains, addresses and names.

    >>> us_of(["ours.example", "Ann Lee"]).side_of("Ann Lee", "")
    'us'
    """
    domains, names = set(), set()
    for one in told:
        word = one.strip().lower().removeprefix("@")
        is_domain = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", word) and word not in _FREE_MAIL
        if is_domain or "@" in word:
            domains.add(word)
        elif word:
            names.add(key(one))
    return Us(frozenset(domains), frozenset(names))


def side(message: Message, us: Us) -> str:
    """Return whose side a message is of; a note is ours, and tells of both."""
    if message.form in {NOTE, CALENDAR}:
        return UNKNOWN
    found = us.side_of(message.by, message.address)
    if (
        found == US
        and message.to
        and all(us.side_of("", to) == US for to in message.to if "@" in to)
    ):
        return UNKNOWN if any("@" in to for to in message.to) else found
    return found


def _within(domain: str, ours: str) -> bool:
    return bool(domain) and (domain == ours or domain.endswith(f".{ours}"))


def _same(name: str, ours: str) -> bool:
    """Return True if two names are one person's: equal, or one is the other's first part."""
    if name == ours:
        return True
    one, two = name.split(), ours.split()
    return (len(one) == 1 or len(two) == 1) and one[0] == two[0] and len(one[0]) > 1
