"""Norma 43 statements are read with their texts, signs and totals."""

import pytest

from mutants import Mutant, mutated, survives
from sheetrecord.ledgers.banks import norma43
from sheetrecord.ledgers.banks.norma43 import read_norma43
from sheetrecord.ledgers.detect import kind_of, read_bank
from sheetrecord.model.errors import CannotRead
from sheetrecord.model.problem import Severity

ACCOUNT = "00491500051234567892"[:18]


def head(opening="00000000100000", currency="978", key="2"):
    return f"11{ACCOUNT}260501260531{key}{opening}{currency}3{'EMPRESA EJEMPLO SL':<26}   "


def move(day, key, amount, reference="", own=""):
    begin = f"22    0005{day}{day}02043{key}{amount:014}"
    return f"{begin}{'0' * 10}{reference:<12}{own:<16}"


def more(first, second=""):
    return f"2301{first:<38}{second:<38}"


def tail(debits=(1, 4995), credits_=(2, 775000), closing=870005, key="2"):
    sums = f"{debits[0]:05}{debits[1]:014}{credits_[0]:05}{credits_[1]:014}"
    return f"33{ACCOUNT}{sums}{key}{closing:014}978    "


MOVES = [
    move("260504", "2", 720000, "INV-0142"),
    more("TRANSFERENCIA DE ACME SL", "PAGO INV-0142"),
    move("260505", "2", 55000),
    more("ABONO BOLT SA"),
    move("260506", "1", 4995, own="RECIBO LUZ"),
]


def statement(moves=MOVES, first=None, last=None, count=None, end=True):
    records = [first or head(), *moves, last or tail()]
    said = len(records) if count is None else count
    records += [f"88{'9' * 18}{said:06}{' ' * 54}"] if end else []
    return ("\r\n".join(records) + "\r\n").encode("cp1252")


def test_lines_have_signs_texts_and_days():
    reading = read_norma43(statement(), "mayo.n43")
    assert [p.name for p in reading.problems] == []
    assert (reading.rows, reading.apart) == (3, 0)
    assert [(str(x.booked), x.amount, x.text) for x in reading.lines] == [
        ("2026-05-04", 720000, "INV-0142 TRANSFERENCIA DE ACME SL PAGO INV-0142"),
        ("2026-05-05", 55000, "ABONO BOLT SA"),
        ("2026-05-06", -4995, "RECIBO LUZ"),
    ]
    (found,) = reading.statements
    assert (found.account, found.currency, found.opening, found.closing) == (
        ACCOUNT, "EUR", 100000, 870005,
    )  # fmt: skip


def test_it_is_told_by_its_content_and_read_as_any_bank_file():
    assert kind_of(statement(), "x.txt") == "n43"
    assert len(read_bank(statement(), "x.txt").reading.lines) == 3


def test_a_balance_below_nought_is_one():
    data = statement(first=head("00000000100000", key="1"), last=tail(closing=670005))
    (found,) = read_norma43(data, "x").statements
    assert (found.opening, found.closing) == (-100000, 670005)


FAULTS = [
    ("a movement is missing", statement([*MOVES[:2], *MOVES[4:]]), "credits"),
    ("a debit became a credit", statement([*MOVES[:4], move("260506", "2", 4995)]), "debits"),
    ("another closing balance", statement(last=tail(closing=870006)), "-0.01 EUR"),
    ("another sum", statement(last=tail(credits_=(2, 775001))), "7,750.01"),
    ("another count", statement(last=tail(debits=(2, 4995))), "counts 2 debits"),
]


@pytest.mark.parametrize(("data", "says"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_total_that_differs_is_a_failing_control(data, says):
    found = read_norma43(data, "x").problems
    assert {p.name for p in found} == {"control-total-fails"}
    assert any(says in p.message for p in found)


REFUSED = [
    ("cut off", statement(end=False), "breaks off"),
    ("records are missing", statement(count=12), "counts 12 records"),
    ("an unknown currency", statement(first=head(currency="000")), "currency cannot be read"),
    ("a record of another kind", statement([*MOVES, "55 what"]), "no record of Norma 43"),
    ("two accounts in one", statement([*MOVES, head()]), "before the one above is closed"),
    ("sums that are no numbers", statement(last=tail().replace("775000", "77500X")), "sums"),
]


@pytest.mark.parametrize(("data", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_file_that_cannot_be_relied_on_is_refused(data, why):
    with pytest.raises(CannotRead, match=why):
        read_norma43(data, "x")


def test_a_movement_that_cannot_be_read_is_left_out_and_said():
    bad = [*MOVES[:2], move("260505", "3", 55000), *MOVES[4:]]
    reading = read_bank(statement(bad), "x").reading
    assert [(one.row, one.doubtful) for one in reading.left_out] == [(4, True)]
    assert {p.name for p in reading.problems} == {"bad-money-cell", "control-total-fails"}


def test_a_line_of_zero_is_a_note():
    moves = [*MOVES, move("260507", "2", 0)]
    reading = read_norma43(statement(moves, last=tail()), "x")
    (zero,) = reading.problems
    assert (zero.name, zero.severity) == ("zero-line", Severity.NOTE)


def refusal(m, data):
    """Return why a module refuses a file, "" if it reads it."""
    try:
        m.read_norma43(data, "x")
    except CannotRead as error:
        return str(error)
    return ""


def wrong(m):
    """Return what is wrong with what a module made of the examples; [] for a sound one."""
    good = m.read_norma43(statement(), "x")
    below = m.read_norma43(
        statement(first=head("00000000100000", key="1"), last=tail(closing=670005)), "x"
    )
    found = [
        [x.amount for x in good.lines] == [720000, 55000, -4995],
        [str(x.valued) for x in good.lines] == ["2026-05-04", "2026-05-05", "2026-05-06"],
        good.problems == (),
        (below.statements[0].opening, below.problems) == (-100000, ()),
        good.lines[0].text == "INV-0142 TRANSFERENCIA DE ACME SL PAGO INV-0142",
    ]
    for _, data, _ in FAULTS:
        found.append(
            {p.name for p in m.read_norma43(data, "x").problems} == {"control-total-fails"}
        )
    found += [why in refusal(m, data) for _, data, why in REFUSED]
    return [n for n, good_ in enumerate(found) if not good_]


MUTANTS: dict[str, Mutant] = {
    "debit and credit are turned": ('{"1": -1, "2": 1}', '{"1": 1, "2": -1}'),
    "a debit is money in": ('{"1": -1, "2": 1}', '{"1": 1, "2": 1}'),
    "the key stands elsewhere": ("_amount(record[27:28]", "_amount(record[26:27]"),
    "an amount ends a digit sooner": ("record[28:42])", "record[28:41])"),
    "the opening balance has no sign": (
        "_amount(record[32:33], record[33:47])", '_amount("2", record[33:47])',
    ),
    "the closing balance has no sign": (
        "_amount(record[58:59], record[59:73])", '_amount("1", record[59:73])',
    ),
    "sums are not compared": ("if (len(mine), sum(mine)) != (count, total):", "if False:"),
    "counts are not compared": (
        "if (len(mine), sum(mine)) != (count, total):", "if sum(mine) != total:",
    ),
    "only counts are compared": (
        "if (len(mine), sum(mine)) != (count, total):", "if len(mine) != count:",
    ),
    "the balances are not compared": ("self.problems += control(done, self.name)", "pass"),
    "the last record is not asked for": ("self.open is not None or self.said < 0", "False"),
    "records are not counted": ("if self.said not in (records - 1, records):", "if False:"),
    "texts of the movement are lost": ('f"{last.text} {words}".strip()', "words"),
    "added texts are lost": ('if record[:2] == "23" and self.lines:', "if False:"),
}  # fmt: skip


@pytest.mark.parametrize("fault", MUTANTS)
def test_each_fault_changes_the_table(fault):
    assert not survives(norma43.__name__, MUTANTS[fault], wrong)


def test_a_module_made_anew_without_a_fault_passes():
    assert wrong(mutated(norma43, ("class _File:", "class _File:"))) == []
