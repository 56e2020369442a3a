"""The time of a run: ledger times never go back, whatever this computer's clock does."""

import datetime as dt
from typing import Final

_NOTICED: Final = dt.timedelta(minutes=1)
_TICK: Final = dt.timedelta(microseconds=1)


def moment(now: dt.datetime, last: dt.datetime | None) -> tuple[dt.datetime, str]:
    """Return when a run takes place (UTC), and what to know of the clock, empty for nothing.

    ``last`` is the moment of the ledger's last entry. No two runs have one moment: by it a sync
    of several commits is known as one.

    >>> noon = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
    >>> moment(noon, noon - _NOTICED)[1], moment(noon, noon)[0] > noon
    ('', True)
    """
    if last is None or now > last:
        return now, ""
    words = ""
    if last - now > _NOTICED:
        words = (
            f"This computer's clock says {_said(now)}, but the last sync was on {_said(last)}: one "
            "of the two was wrong. The ledger goes on from the later one; set the clock."
        )
    return last + _TICK, words


def _said(at: dt.datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
