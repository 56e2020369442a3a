"""What a run did besides its result, told to whoever asked for it; nobody listens by default."""

import time
from collections.abc import Callable

Listener = Callable[[str], None]

_listeners: list[tuple[Listener, bool]] = []
_began = time.monotonic()


def listen(to: Listener, *, timed: bool = False) -> None:
    """Have everything told that `tell` says from now on; ``timed``: with the seconds so far."""
    _listeners.append((to, timed))


def tell(what: str, detail: object) -> None:
    """Say what was used, read, kept or written, such as ``tell("kept", path)``."""
    for listener, timed in _listeners:
        after = f"{time.monotonic() - _began:7.3f} s  " if timed else ""
        listener(f"{after}{what}: {detail}")


def forget() -> None:
    """Have nothing told any more: the next run in this process begins without listeners."""
    _listeners.clear()
