"""What was found, as JSON."""

from sheetrecord.app.find import Hit
from sheetrecord.contract.check import HitJson


def hit_json(hit: Hit) -> HitJson:
    """Return one finding."""
    entry = hit.entry
    return {
        "book": hit.address,
        "cell": hit.cell,
        "deal_id": entry.deal_id,
        "sheet": entry.sheet,
        "row_id": entry.row_id,
        "kind": entry.kind,
        "text": entry.text,
        "who": entry.who,
        "when": entry.when.isoformat() if entry.when else None,
        "source": entry.source,
        "outcome": entry.outcome,
    }
