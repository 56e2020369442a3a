"""Messages about a store or a copy that was restored to an earlier state."""

from collections.abc import Iterator

from sheetrecord.app.sync.driver import NO_NUMBER
from sheetrecord.core.sync.engine import RunReport
from sheetrecord.core.sync.ingest import UnknownCopy
from sheetrecord.core.sync.store_protocol import RecordStore

_ASKED = "What differs is listed as conflicts; nothing of it was taken over or deleted unasked"


def times(outcome: RunReport, store: RecordStore) -> Iterator[tuple[str, str]]:
    """Yield (name, message) for each copy that is from another time than the store."""
    for one in dict.fromkeys(outcome.unknown):
        yield one.name, f"{_unknown(one, store)}. {_ASKED}"
    for one in dict.fromkeys(outcome.older):
        yield one.name, _older(one)


def _older(one: UnknownCopy) -> str:
    if one.moved:
        return (
            f"it went back in time: every copy that was synced before is later than generation "
            f"{one.generation}, which this one is (a backup, in another place). It was brought up "
            "to date, and what was typed in it since counts"
        )
    return (
        f"it went back in time: generation {one.generation} of it was saved over a later one (a "
        "backup, or it was open since). It was brought up to date, and what was typed in it since "
        "counts"
    )


def _unknown(one: UnknownCopy, store: RecordStore) -> str:
    if one.mark == NO_NUMBER:
        return "the number in its stamp cannot be read, so nobody knows what it started from"
    if not one.mark:
        return (
            f"its stamp is of an older version of this program (a number alone, {one.generation}), "
            "and was saved since: nobody can tell what it started from. That is asked once"
        )
    if store.knows(one.mark):
        return (
            f"it went back in time: it is generation {one.generation}, of which this store keeps "
            "no account any more"
        )
    return (
        f"the store went back in time, as after a backup was put back, or it is another one: it "
        f"knows nothing of the sync that stamped this copy (generation {one.generation})"
    )
