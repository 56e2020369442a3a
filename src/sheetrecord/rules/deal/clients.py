"""Rules about telling clients and deals apart: one spelling, one CRM number."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from sheetrecord.model.problem import Severity
from sheetrecord.rules.rule import Found, book_rule
from sheetrecord.schema.record import Record

_FORMS = "ag co corp gmbh inc kg limited llc llp ltd mbh plc sa sarl sas sl slu srl the ug und and"
_LEGAL: Final = frozenset(_FORMS.split())


def client_key(client: str) -> str:
    """Return a client's name without case, accents, punctuation and legal form.

    >>> client_key("ACME GmbH & Co. KG"), client_key("Acmé")
    ('acme', 'acme')
    """
    plain = client.casefold()
    if not plain.isascii():
        import unicodedata  # a millisecond of start-up that few records need

        spread = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in spread if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain)
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


@book_rule(
    "DEAL-002",
    Severity.WARNING,
    'The client "{client}" is also spelled "{other}".',
    "Spell it as on the contract everywhere, so that the client's deals are found together.",
)
def client_spelled_twice(record: Record) -> Iterator[Found]:
    """One client under two spellings is two clients to every search and sum.

    A repeat client's people and promises are only found when the name is the same.

    ```bad
    | Deal | deal_id | client    | stage |
    |------|---------|-----------|-------|
    |      | D-0001  | Acme GmbH | won   |
    |      | D-0002  | ACME      | won   |
    ```

    ```good
    | Deal | deal_id | client    | stage |
    |------|---------|-----------|-------|
    |      | D-0001  | Acme GmbH | won   |
    |      | D-0002  | Acme GmbH | won   |
    ```
    """
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for client, count in Counter(deal.client for deal in record.deals if deal.client).items():
        spellings[client_key(client)][client] = count
    other: dict[str, str] = {}
    for known in spellings.values():
        usual = max(known, key=known.__getitem__)
        other |= {client: usual for client in known if client != usual}
    for deal in record.deals:
        if deal.client in other:
            yield Found(deal, "client", {"client": deal.client, "other": other[deal.client]})


@book_rule(
    "DEAL-008",
    Severity.WARNING,
    "Deals {deal} and {other} have the same CRM number {ref}.",
    "Correct one of them: an import would write both into the same row.",
)
def crm_number_twice(record: Record) -> Iterator[Found]:
    """The CRM number is how an import finds its row again.

    Two rows with one number take turns in being overwritten.

    ```bad
    | Deal | deal_id | crm_ref    |
    |------|---------|------------|
    |      | D-0001  | hubspot:12 |
    |      | D-0002  | hubspot:12 |
    ```

    ```good
    | Deal | deal_id | crm_ref    |
    |------|---------|------------|
    |      | D-0001  | hubspot:12 |
    |      | D-0002  | hubspot:13 |
    ```
    """
    first: dict[str, str] = {}
    for deal in record.deals:
        ref = deal.crm_ref.casefold()
        other = first.setdefault(ref, deal.deal_id) if ref else deal.deal_id
        if other != deal.deal_id:
            words = {"deal": deal.deal_id, "other": other, "ref": deal.crm_ref}
            yield Found(deal, "crm_ref", words)
