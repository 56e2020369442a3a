"""Deals whose client is uncertain: nothing of them is published outside the firm.

One id on two rows, a row without a client or without an id, one client written in two ways, a
column that could be another: each lets one client's rows stand under another's name.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from sheetrecord.core.view.audiences import Audience
from sheetrecord.core.view.sanitise import clean
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.read.layout import RecordLayout
from sheetrecord.schema.read.parse import Parsed

_UNCERTAIN: Final = frozenset(("HEAD-004", "HEAD-007", "HEAD-011"))
"""What is noticed about a column that stands twice or may be another."""

_SAY_WHOSE: Final = frozenset(("deal_id", "client"))


class Doubt(NamedTuple):
    """A reason why the client of some deals is uncertain.

    ``what`` is ``twice`` (one id on several rows), ``no_client``, ``no_id``, ``spelled`` (one
    client in several spellings) or ``column``. ``rows`` are rows of the sheet Deal; ``place`` is
    the column's header cell.
    """

    what: str
    deals: frozenset[str]
    clients: tuple[str, ...]
    rows: tuple[int, ...] = ()
    place: str = ""


def same_name(name: str) -> str:
    r"""Return a name as people take it for the same: no case, no needless or invisible letters.

    >>> same_name(" ACME\u00a0 GmbH\u200b") == same_name("Acme GmbH")
    True
    """
    return " ".join(clean(unicodedata.normalize("NFKC", name)).casefold().split())


def doubts(parsed: Parsed) -> list[Doubt]:
    """Return every reason to doubt whose a deal is, the first rows first."""
    deals = [deal for deal in parsed.record.deals if deal.deal_id or _names_something(deal)]
    return [*_columns(parsed.layout, deals), *_ids(deals), *_clients(deals)]


def _names_something(deal: Deal) -> bool:
    return bool(deal.client or deal.deal_name or deal.stage or deal.deal_owner)


def _ids(deals: Sequence[Deal]) -> Iterator[Doubt]:
    for same, found in _grouped(deals, lambda deal: deal.deal_id):
        if not same:
            yield from (_doubt("no_id", [deal]) for deal in found)
        elif len(found) > 1:
            yield _doubt("twice", found)


def _clients(deals: Sequence[Deal]) -> Iterator[Doubt]:
    for same, found in _grouped(deals, lambda deal: deal.client):
        if not same:
            yield from (_doubt("no_client", [deal]) for deal in found)
        elif len({deal.client for deal in found}) > 1:
            yield _doubt("spelled", found)


def _columns(layout: RecordLayout, deals: Sequence[Deal]) -> Iterator[Doubt]:
    for finding in layout.findings:
        if finding.code in _UNCERTAIN and finding.where.key in _SAY_WHOSE:
            yield _doubt("column", deals)._replace(rows=(), place=finding.where.address)


def _grouped(deals: Sequence[Deal], key: Callable[[Deal], str]) -> Iterator[tuple[str, list[Deal]]]:
    found: dict[str, list[Deal]] = {}
    for deal in deals:
        found.setdefault(same_name(key(deal)), []).append(deal)
    yield from found.items()


def _doubt(what: str, found: Sequence[Deal]) -> Doubt:
    return Doubt(
        what,
        frozenset(deal.deal_id for deal in found if deal.deal_id),
        tuple(dict.fromkeys(deal.client for deal in found if deal.client)),
        tuple(deal.row for deal in found),
    )


def concerning(
    found: Sequence[Doubt], deals: frozenset[str], clients: frozenset[str]
) -> list[Doubt]:
    """Return the doubts about any of these deals, or about a client of one of these names."""
    names = {same_name(client) for client in clients} - {""}
    return [
        one
        for one in found
        if one.deals & deals or names.intersection(same_name(client) for client in one.clients)
    ]


def for_audience(found: Sequence[Doubt], audience: Audience) -> list[Doubt]:
    """Return doubts without the names that an audience does not see; none for one outside."""
    if audience.outside or "Deal" not in audience.grants:
        return []
    seen = "client" in audience.grants["Deal"].columns
    names = (tuple(map(clean, one.clients)) if seen else () for one in found)
    return [one._replace(clients=clients) for one, clients in zip(found, names, strict=True)]
