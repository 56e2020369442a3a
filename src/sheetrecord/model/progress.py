"""How far a long piece of work is, told to whoever shows it; nobody is told by default.

Whoever works says what it does and does not ask who listens: one listener decides whether and how
it is shown. What is told is never part of a result.
"""

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

Item = TypeVar("Item")

Listener = Callable[[str, int, int], None]
"""Is told what is done, how many of it are done, and of how many: 0 where nobody knows."""

_listener: list[Listener] = []


def listen(to: Listener) -> None:
    """Have everything told from now on to one listener, in the place of the one before."""
    _listener[:] = [to]


def forget() -> None:
    """Have nothing told any more: the next run in this process begins without a listener."""
    _listener.clear()


def doing(what: str, done: int = 0, of: int = 0) -> None:
    """Say what is being done, such as ``doing("pages", 3, 9)``."""
    for listener in _listener:
        listener(what, done, of)


def each(items: Iterable[Item], what: str, of: int = 0) -> Iterator[Item]:
    """Yield items and say before each how many are done, of as many as there are if that is known.

    >>> list(each("ab", "letters"))
    ['a', 'b']
    """
    total = of or (len(items) if isinstance(items, Sized) else 0)
    for done, item in enumerate(items):
        doing(what, done, total)
        yield item
