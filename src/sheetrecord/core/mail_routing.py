"""Which live deal a mail is about: by the people whom the record knows, or the client's domain."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sheetrecord.core.find import fold
from sheetrecord.model.message import Message, SourceFile
from sheetrecord.schema.record import DealRows

_WORD: Final = re.compile(r"[a-z0-9]+")
_LEGAL: Final = frozenset(
    (
        *("ltd", "limited", "inc", "llc", "plc", "corp", "gmbh", "sarl", "sas", "srl", "group"),
        *("the", "and", "und", "company", "holding", "sociedad", "societe"),
    )
)
"""Words of a client's name that no domain proves."""
_SHORTEST: Final = 3


def routed(sources: Sequence[SourceFile], deals: Sequence[DealRows]) -> dict[str, list[SourceFile]]:
    """Return, by deal id, the sources with the messages that are about it.

    A message goes to the first deal that fits: give the dearest first.
    """
    known = [(rows.id, _people(rows), _domain_words(rows.deal.client)) for rows in deals]
    found: dict[str, list[SourceFile]] = {}
    for source in sources:
        held: dict[str, list[Message]] = {}
        for message in source.messages:
            people, domains = set(_named(message)), list(_domains(message))
            for deal_id, persons, words in known:
                if people & persons or any(_is_of(domain, words) for domain in domains):
                    held.setdefault(deal_id, []).append(message)
                    break
        for deal_id, messages in held.items():
            found.setdefault(deal_id, []).append(source._replace(messages=tuple(messages)))
    return found


def _people(rows: DealRows) -> set[str]:
    names = {fold(row.person) for row in rows.context if row.person}
    return names | {fold(said.said_to) for said in rows.commitments if said.said_to}


def _domain_words(client: str) -> frozenset[str]:
    """Return what a domain of the client may be called: its words, and all of them as one."""
    words = [word for word in _WORD.findall(fold(client)) if word not in _LEGAL]
    return frozenset(word for word in (*words, "".join(words)) if len(word) >= _SHORTEST)


def _named(message: Message) -> Iterator[str]:
    for name in (message.by, *message.to):
        yield fold(name.partition("<")[0].strip(' "'))


def _domains(message: Message) -> Iterator[str]:
    for text in (message.address, *message.to):
        if "@" in text:
            yield fold(text.rpartition("@")[2].strip(" >"))


def _is_of(domain: str, words: frozenset[str]) -> bool:
    """Tell whether a domain is called as the client is; the whole label, not a part of it."""
    labels = domain.split(".")[:-1] or [domain]
    return any(label.replace("-", "") in words for label in labels)
