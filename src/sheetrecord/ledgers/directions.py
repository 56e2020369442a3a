"""Determine the direction of every amount in a table; without proof the file is refused."""

from collections.abc import Iterable, Mapping, Sequence
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
    found = _by_words(dialect, moving, minors, table, (name, profile.sign))
    if found is not None:
        return found
    dialect = dialect._replace(columns=dialect.columns.without_flag(), flag=-1)
    if profile.sign:
        return dialect._replace(sign=profile.sign, proof="the account's profile")
    signed = any(minor < 0 for minor in minors)
    for turn in (1, -1):
        turned = dialect._replace(sign=turn)
        if follows_all(turned.moves(moving)):
            if turn < 0 and not signed:
                why = "the running balances take amounts off that bear no minus."
                raise refuse(name, why, _POSITIVE, "sign")
            return turned._replace(proof="the running balances")
    if "iban" not in dialect.columns.at and _is_card(table):
        why = "it is a card's, and nothing shows whether a positive amount is spent or paid in."
        raise refuse(name, why, _POSITIVE, "sign")
    proof = "the amounts bear their signs" if signed else "no amount of the file bears a minus"
    return dialect._replace(sign=1, proof=proof)


def _by_words(
    dialect: Dialect, moving: Sequence[DelimitedRow], minors: Sequence[int],
    table: DelimitedTable, said_of: tuple[str, int],
) -> Dialect | None:  # fmt: skip
    """Return the dialect by a column of words, None when none says the direction.

    ``said_of`` is the file's name, and what the account's profile says of its signs.
    """
    name, sign = said_of
    signed = any(minor < 0 for minor in minors)
    columns = dialect.columns
    named = columns.at.get("flag", -1)
    if named >= 0:
        said = _words(dialect, moving, named)
        if said.total and moving:
            return _agreed(dialect, said, minors, table, name)
        if not signed and any(said.words):
            raise _unknown(said, table, name)
        return None
    free = [_words(dialect, moving, at) for at in columns.open]
    total = [said for said in free if said.total and -1 in said.ways]
    if total and signed:
        fits = (_fit(said, minors) for said in total)
        turn = next((one for one in fits if one), 0)
        return dialect._replace(sign=turn, proof=_proof(total[0], table)) if turn else None
    if total:
        if len({tuple(said.ways) for said in total}) > 1:
            heads = " and ".join(repr(_head(table, said.column)) for said in total)
            why = f"the columns {heads} contradict each other about which way money goes."
            raise refuse(name, why, _by_hand(total[0]), "sign")
        flag = total[0].column
        columns = columns.without_text(flag)
        return dialect._replace(columns=columns, flag=flag, proof=_proof(total[0], table))
    doubtful = [said for said in free if -1 in said.ways or any(map(_spends, said.words))]
    if doubtful and not signed and not sign:
        raise _unknown(doubtful[0], table, name)
    return None


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


def _agreed(
    dialect: Dialect, said: _Words, minors: Sequence[int], table: DelimitedTable, name: str
) -> Dialect:
    """Return the dialect by its column of directions, unless its signs contradict it."""
    signed = any(minor < 0 for minor in minors)
    one_sided = all(minor <= 0 for minor in minors)
    if signed and not one_sided and not _fit(said, minors):
        head = _head(table, said.column)
        why = f"the signs of the amounts and the words of {head!r} contradict each other."
        raise refuse(name, why, _by_hand(said), "sign")
    return dialect._replace(flag=said.column, sign=1, proof=_proof(said, table))


def _unknown(said: _Words, table: DelimitedTable, name: str) -> Exception:
    shown = ", ".join(repr(word) if word else "an empty cell" for word in said.unknown[:_SHOWN])
    head = _head(table, said.column)
    why = f"no amount bears a minus, and the column {head!r} says the direction in words that are "
    why += f"not all known: {shown}."
    return refuse(name, why, _by_hand(said), "sign")


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
