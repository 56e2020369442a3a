"""Determine the direction of every amount in a table; without proof the file is refused."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from sheetrecord.ledgers.dialect import Dialect
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.heading_words import meanings
from sheetrecord.ledgers.profile import Profile
from sheetrecord.ledgers.roles import plain
from sheetrecord.ledgers.signs import follows_all
from sheetrecord.ledgers.table import DelimitedRow, DelimitedTable

_SHOWN: Final = 5
_FEW: Final = 3
_POSITIVE: Final = (
    "Say once what a positive amount is: --positive in or --positive out (--profile NAME keeps it)."
)


_BOTH: Final = "Export it with a sign, or with a column for money in and one for money out."


class _Words(NamedTuple):
    """A column that may say which way money goes: the word of each row that moves money."""

    column: int
    words: list[str]
    ways: list[int]

    @property
    def total(self) -> bool:
        return all(self.ways)

    @property
    def unknown(self) -> list[str]:
        return list(dict.fromkeys(w for w, s in zip(self.words, self.ways, strict=True) if not s))


class _MovingRows(NamedTuple):
    """What is known of the rows that move money, and of the file that they stand in."""

    name: str
    table: DelimitedTable
    moving: Sequence[DelimitedRow]
    minors: Sequence[int]
    """The amount of each of them as it is written."""
    sign: int
    """What the account's profile says of a positive amount; 0 when it says nothing."""

    @property
    def signed(self) -> bool:
        return any(minor < 0 for minor in self.minors)


def settled(
    dialect: Dialect, rows: Sequence[DelimitedRow], table: DelimitedTable, profile: Profile,
    name: str,
) -> Dialect:  # fmt: skip
    """Return the dialect with the direction of every row proven, and the proof.

    Raises CannotRead when a direction column has an unknown word, when words and signs contradict
    each other, or when nothing shows which sign of a card's file is money out.
    """
    if "amount" not in dialect.columns.at:
        return dialect._replace(sign=profile.sign or 1)
    plain_signs = dialect._replace(sign=1, flag=-1)
    moving = [row for row in rows if isinstance(plain_signs.amount(row), int)]
    minors = [int(plain_signs.amount(row) or 0) for row in moving]
    file = _MovingRows(name, table, moving, minors, profile.sign)
    found = _by_words(dialect, file)
    if found is not None:
        return found
    dialect = dialect._replace(columns=dialect.columns.without_flag(), flag=-1)
    if file.sign:
        return dialect._replace(sign=file.sign, proof="the account's profile")
    found = _by_balances(dialect, file)
    return _as_written(dialect, file) if found is None else found


def _by_balances(dialect: Dialect, file: _MovingRows) -> Dialect | None:
    """Return the dialect by the running balances, None when they follow neither sign."""
    for turn in (1, -1):
        turned = dialect._replace(sign=turn)
        if not follows_all(turned.moves(file.moving)):
            continue
        if turn < 0 and not file.signed:
            why = "the running balances take amounts off that bear no minus."
            raise refuse(file.name, why, _POSITIVE, "sign")
        return turned._replace(proof="the running balances")
    return None


def _as_written(dialect: Dialect, file: _MovingRows) -> Dialect:
    """Return the dialect that takes the signs as they are; a card's are no proof."""
    if "iban" not in dialect.columns.at and _is_card(file.table):
        why = "it is a card's, and nothing shows whether a positive amount is spent or paid in."
        raise refuse(file.name, why, _POSITIVE, "sign")
    if not file.signed and (both := _both_ways(dialect, file)):
        why = f"{both} show money going both ways, and no amount bears a sign."
        raise refuse(file.name, why, _BOTH, "sign")
    bare = "no amount of the file bears a minus"
    return dialect._replace(sign=1, proof="the amounts bear their signs" if file.signed else bare)


def _both_ways(dialect: Dialect, file: _MovingRows) -> str:
    """Return the two columns between which our own account moves, "" when there are none.

    From which account to which money went is told then, and nothing else says which way.
    """
    columns = sorted({*dialect.columns.unread, *dialect.columns.open})
    for one, other in combinations(columns, 2):
        pairs = [_pair(row, one, other) for row in file.moving]
        ours = set(pairs[0]).intersection(*pairs[1:]) if pairs and all(map(all, pairs)) else set()
        if len(ours) == 1 and len({pair.index(next(iter(ours))) for pair in pairs}) > 1:
            return f"the columns {_head(file.table, one)!r} and {_head(file.table, other)!r}"
    return ""


def _pair(row: DelimitedRow, one: int, other: int) -> tuple[str, str]:
    cells = row.cells
    return (cells[one] if one < len(cells) else "", cells[other] if other < len(cells) else "")


def _by_words(dialect: Dialect, file: _MovingRows) -> Dialect | None:
    """Return the dialect by a column of words, None when none says the direction."""
    named = dialect.columns.at.get("flag", -1)
    if named >= 0:
        return _by_named(dialect, file, _words(dialect, file.moving, named))
    free = [_words(dialect, file.moving, at) for at in dialect.columns.open]
    total = [said for said in free if said.total and -1 in said.ways]
    if total:
        return _by_free(dialect, file, total)
    doubtful = [said for said in free if -1 in said.ways or any(map(_spends, said.words))]
    if doubtful and not file.signed and not file.sign:
        raise _unknown(doubtful[0], file)
    return None


def _by_named(dialect: Dialect, file: _MovingRows, said: _Words) -> Dialect | None:
    """Return the dialect by the column whose heading names the direction, None if it is none."""
    if said.total and file.moving:
        return _agreed(dialect, said, file)
    if not file.signed and any(said.words):
        raise _unknown(said, file)
    return None


def _by_free(dialect: Dialect, file: _MovingRows, total: Sequence[_Words]) -> Dialect | None:
    """Return the dialect by columns without a role that say the direction of every row."""
    said = total[0]
    proof = _proof(said, file.table)
    if file.signed:
        turn = next(filter(None, (_fit(one, file.minors) for one in total)), 0)
        return dialect._replace(sign=turn, proof=proof) if turn else None
    if len({tuple(one.ways) for one in total}) > 1:
        heads = " and ".join(repr(_head(file.table, one.column)) for one in total)
        why = f"the columns {heads} contradict each other about which way money goes."
        raise refuse(file.name, why, _by_hand(said), "sign")
    columns = dialect.columns.without_text(said.column)
    return dialect._replace(columns=columns, flag=said.column, proof=proof)


def _spends(word: str) -> bool:
    """Whether a short cell by itself speaks of money out, such as *SEPA direct debit*."""
    said = plain(word)
    means = meanings(said) if len(said.split()) <= _FEW else frozenset[str]()
    return "out" in means and "in" not in means


def _words(dialect: Dialect, rows: Iterable[DelimitedRow], column: int) -> _Words:
    words = [row.cells[column] if column < len(row.cells) else "" for row in rows]
    return _Words(column, words, [dialect.way(word) for word in words])


def _fit(said: _Words, minors: Sequence[int]) -> int:
    """Return 1 when words and signs say the same in every row, -1 the opposite, else 0."""
    turns = {way * (1 if minor > 0 else -1) for way, minor in zip(said.ways, minors, strict=True)
             if minor}  # fmt: skip
    return turns.pop() if len(turns) == 1 else 0


def _agreed(dialect: Dialect, said: _Words, file: _MovingRows) -> Dialect:
    """Return the dialect by its column of directions, unless its signs contradict it."""
    one_sided = all(minor <= 0 for minor in file.minors)
    if file.signed and not one_sided and not _fit(said, file.minors):
        head = _head(file.table, said.column)
        why = f"the signs of the amounts and the words of {head!r} contradict each other."
        raise refuse(file.name, why, _by_hand(said), "sign")
    return dialect._replace(flag=said.column, sign=1, proof=_proof(said, file.table))


def _unknown(said: _Words, file: _MovingRows) -> Exception:
    shown = ", ".join(repr(word) if word else "an empty cell" for word in said.unknown[:_SHOWN])
    head = _head(file.table, said.column)
    why = f"no amount bears a minus, and the column {head!r} says the direction in words that are "
    why += f"not all known: {shown}."
    return refuse(file.name, why, _by_hand(said), "sign")


def _by_hand(said: _Words) -> str:
    word = next(iter(said.unknown), "") or "WORD"
    return (
        f"Say what they mean under [accounts.NAME] in sheetrecord.toml: "
        f'words_in = ["{word}"] or words_out = ["{word}"].'
    )


def _head(table: DelimitedTable, column: int) -> str:
    return table.header[column] if column < len(table.header) else f"column {column + 1}"


def _proof(said: _Words, table: DelimitedTable) -> str:
    return f"the column {_head(table, said.column)!r}"


def _is_card(table: DelimitedTable) -> bool:
    """Whether the headings, or the lines above them, say that the account is a card's.

    A table with accounts of payers is none.
    """
    above = [cell for row in table.preamble for cell in row.cells]
    said = (meanings(plain(cell)) for cell in (*table.header, *above))
    return any("card" in one and "account" not in one for one in said)


def by_word(profile: Profile) -> Mapping[str, int]:
    """Return what the account's own words of direction mean, by their plain form."""
    said = {plain(word): 1 for word in profile.words_in}
    return said | {plain(word): -1 for word in profile.words_out}
