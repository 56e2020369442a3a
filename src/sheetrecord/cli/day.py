"""Which day it is, the one thing that a command takes from the clock."""

import datetime as dt


def today() -> dt.date:
    """Return the local date."""
    return dt.datetime.now().astimezone().date()
