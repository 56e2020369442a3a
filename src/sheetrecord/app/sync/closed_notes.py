"""The notes of deals that a sync has closed: written and posted as `promote` does."""

from sheetrecord.app.settings.config import Config
from sheetrecord.app.sync.run import SyncReport
from sheetrecord.core.sync.view import EVERYTHING


def told_of(report: SyncReport, settings: Config) -> list[str]:
    """Write and post the note of each deal that was closed; return what is to be said of it.

    It is made from a copy that holds the whole record, where there is one.
    """
    closed = [step.deal_id for step in report.outcome.closed if step.outcome == "promoted"]
    if not closed:
        return []
    from sheetrecord.app.handover_note import handed_over

    copies = sorted(report.targets.copies, key=lambda copy: copy.view != EVERYTHING)
    addresses = [copy.address for copy in copies]
    today = report.request.today
    told = (handed_over(addresses, deal_id, settings, today, None) for deal_id in closed)
    return [line for lines in told for line in lines]
