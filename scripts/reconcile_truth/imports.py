"""How imports go: what a bank prints twice counts once, and no real line is ever lost."""

from typing import NamedTuple

from reconcile_truth.payments import Book
from sheetrecord.core.reconcile.facts import BankLine
from sheetrecord.core.reconcile.input.line_ids import merge


class Imported(NamedTuple):
    """What became of a book's lines; ``lost`` and ``doubled`` must be zero, always."""

    repeated: int
    """Rows printed twice with one bank id."""
    caught: int
    lost: int
    """Real lines taken for duplicates, over all ways to import."""
    doubled: int
    """Lines that were added again."""
    asked: int
    """Real lines asked about as possible repeats, in a plain overlap."""


def imported(book: Book) -> Imported:
    """Import a book with bank ids and repeated rows, without ids, and in overlapping halves."""
    count = len(book.lines)
    named = tuple(line._replace(bank_id="") for line in book.lines)
    repeated = [line._replace(bank_id="") for line in book.repeated]
    whole = merge((), (*named, *repeated)).lines
    plain = sorted(
        (line._replace(ref="") for line in named),
        key=lambda x: (x.booked, x.amount, x.payer, x.text),
    )
    bare = merge((), plain).lines
    found = [len(whole), len(bare), *_overlapping(plain)]
    asked = sum(bool(x.suspect) for x in merge(bare, plain).lines)
    return Imported(
        len(repeated),
        len(named) + len(repeated) - len(whole),
        sum(max(0, count - n) for n in found),
        sum(max(0, n - count) for n in found),
        asked,
    )


def _overlapping(lines: list[BankLine]) -> list[int]:
    """Return how many lines two files that share a fortnight come to, in either order."""
    middle = lines[len(lines) // 2].booked
    first = [x for x in lines if (x.booked - middle).days <= 7]
    second = [x for x in lines if (x.booked - middle).days >= -7]
    counts = []
    for one, two in ((first, second), (second, first)):
        stored = merge((), one).lines
        counts.append(len(merge(stored, two).lines))
    return counts
