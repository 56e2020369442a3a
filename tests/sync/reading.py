"""Books of the simulated office, parsed once for each content: most copies say the same."""

from collections import OrderedDict
from collections.abc import Callable

from sheetrecord.core.merge.side import Side
from sheetrecord.core.sync.snapshot import SnapshotSides
from sheetrecord.core.sync.store_protocol import Snapshot

_REMEMBERED = 400
_KNOWN: OrderedDict[str, Side] = OrderedDict()


def once(said: str, read: Callable[[], Side]) -> Side:
    """Return what a book says, read when no book has said just that lately."""
    side = _KNOWN.get(said)
    if side is None:
        side = _KNOWN[said] = read()
        if len(_KNOWN) > _REMEMBERED:
            _KNOWN.popitem(last=False)
    else:
        _KNOWN.move_to_end(said)
    return side


class Readings(SnapshotSides):
    """Snapshots as sides, known by what they hold rather than by which object they are."""

    def _side(self, snapshot: Snapshot, *, whole: bool) -> Side:
        said = snapshot.rows, snapshot.hidden, snapshot.workbook_config, snapshot.last_deal, whole
        return once(repr(said), lambda: super(Readings, self)._side(snapshot, whole=whole))
