"""Watching the disk steps: a hook before and after each, for crash tests and races.

A step's moments are named ``create:before``, ``create:after``, ``exchange:before`` and so on;
``put:after#2`` is the second time.
"""

import os
from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

Disk = TypeVar("Disk")
"""Whatever has the steps of a disk: `sheetrecord.files.disk.Disk`."""
Hook: TypeAlias = Callable[[str], None]

KILLED = 137
"""The exit status of a process ended at a fail-point, as if by SIGKILL."""


class _Watched:
    """A disk that calls the hook around each of its steps."""

    __slots__ = ("_disk", "_hook")

    def __init__(self, disk: object, hook: Hook) -> None:
        self._disk = disk
        self._hook = hook

    def __getattr__(self, step: str) -> Any:
        """Return the step with the hook around it."""
        do, hook = getattr(self._disk, step), self._hook

        def watched_step(*args: object) -> Any:
            hook(f"{step}:before")
            result = do(*args)
            hook(f"{step}:after")
            return result

        return watched_step


def watched(disk: Disk, hook: Hook) -> Disk:
    """Return the same disk with the hook around each step."""
    return cast("Disk", _Watched(disk, hook))  # its steps are those of the wrapped disk


def exit_at(point: str) -> Hook:
    """Return a hook that ends the process at once at the named moment: nothing is cleaned up."""
    name, _, nth = point.partition("#")
    left = int(nth or 1)

    def hook(moment: str) -> None:
        nonlocal left
        if moment == name:
            left -= 1
            if not left:
                os._exit(KILLED)

    return hook
