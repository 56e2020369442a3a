"""Which day it is, the one thing that a command takes from the clock."""

import datetime as dt


def today() -> dt.date:
    """Return the calendar day where the person is."""
    return dt.datetime.now().astimezone().date()
