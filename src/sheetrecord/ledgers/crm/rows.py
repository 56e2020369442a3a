"""One row of an export as a deal: each cell by its meaning, refused by itself where it is wrong."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from sheetrecord.core.crm.facts import CrmDeal, ImportAnswers, ImportQuestion, RefusedCell
from sheetrecord.ledgers.crm import amounts, days
from sheetrecord.ledgers.crm.cells import address, cell
from sheetrecord.ledgers.crm.columns import CrmColumns
from sheetrecord.ledgers.crm.persons import is_id, name_of, people_of
from sheetrecord.ledgers.crm.stages import StageOf, standing_of
from sheetrecord.ledgers.crm.vocabulary import folded, vocabulary
from sheetrecord.ledgers.table import DelimitedRow
from sheetrecord.schema.lists import ENUMS, STAGE_TYPE

_ROUNDED: Final = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_CENTS: Final = frozenset({"close"})
"""Systems that write amounts in the smallest unit."""


def _alike(heads: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Return for each column those that bear its heading."""
    texts = list(map(folded, heads))
    return {
        column: tuple(other for other, head in enumerate(texts) if head == text)
        for column, text in enumerate(texts)
        if text
    }


class RowReader:
    """Reads the rows of one table; what it refuses and must ask is gathered."""

    def __init__(
        self,
        columns: CrmColumns,
        rows: Sequence[DelimitedRow],
        answers: ImportAnswers,
        firm: StageOf,
    ) -> None:
        self._columns, self._answers, self._firm = columns, answers, firm
        self.refused: list[RefusedCell] = []
        self._unknown_stages: dict[str, str] = {}
        self._unknown_owners: dict[str, str] = {}
        self._unsure_money = ""
        self._same = _alike(columns.heads)
        values = self._cells(rows, "amount")
        self._mark = answers.decimal or amounts.column_mark(values)
        self._cents = columns.system in _CENTS and self._in_cents(rows)
        closes = self._cells(rows, "close") + self._cells(rows, "close_planned")
        self._days = days.order_of(closes, self._beside(rows), answers.date_order)
        coins = [amounts.named_currency(one) for one in self._cells(rows, "currency")]
        self.currency_named = (
            bool(columns.coin) or any(coins) or any(amounts.currency_of(one) for one in values)
        )

    def _told(self, row: DelimitedRow, meaning: str, column: int) -> str:
        """Return the cell of a meaning; a second column of the same heading may fill it.

        Where both are filled and say two things, the cell is refused.
        """
        texts = [cell(row, one) for one in self._same.get(column, (column,))]
        told = list(dict.fromkeys(text for text in texts if text))
        if len(told) > 1:
            self._refuse(row, meaning, f'two columns of this heading say "{told[0]}", "{told[1]}"')
            return ""
        return told[0] if told else ""

    def _cells(self, rows: Sequence[DelimitedRow], meaning: str) -> list[str]:
        """Return the filled cells of a column."""
        column = self._columns.at.get(meaning, -1)
        return [text for row in rows if (text := cell(row, column))]

    def _beside(self, rows: Sequence[DelimitedRow]) -> list[list[str]]:
        """Return the other columns of the file that hold days and nothing else."""
        taken = set(self._columns.at.values())
        found = []
        for column in range(len(self._columns.heads)):
            texts = [text for row in rows if (text := cell(row, column))]
            if column not in taken and texts and all(map(days.readings, texts)):
                found.append(texts)
        return found

    def _in_cents(self, rows: Sequence[DelimitedRow]) -> bool:
        """Tell whether amounts are cents: unless the file shows them, beside, as they are."""
        at = self._columns.at
        for row in rows:
            shown, raw = cell(row, at.get("amount_shown", -1)), cell(row, at.get("amount", -1))
            digits = re.sub(r"[^\d.,]", "", shown)
            value, whole = amounts.value_of(digits, ".", ""), amounts.value_of(raw, ".", "")
            if value and whole:
                return whole == value * 100
        return True

    def deal(self, row: DelimitedRow) -> CrmDeal | None:
        """Return the deal of a row, None for one that is refused."""
        at = self._columns.at
        cells = {meaning: self._told(row, meaning, column) for meaning, column in at.items()}
        ref = self._ref(row, cells)
        name = cells.get("deal_name", "") or (
            cells.get("client", "") if self._columns.system == "close" else ""
        )
        name = " ".join(name.split())
        if ref is None or self._gone(row, cells):
            return None
        if not name:
            self._refuse(row, "deal_name", "no name")
            return None
        standing = standing_of(cells, self._columns.system, self._answers.stages, self._firm)
        label = cells.get("stage") or cells.get("status") or None
        if standing.clash:
            self._refuse(row, "stage", f"says two things: {standing.clash}")
        if standing.unknown and label:
            self._unknown_stages.setdefault(folded(label), label)
        money, currency = self._money(row, cells)
        return CrmDeal(
            ref,
            row.line,
            address(row.line, at.get("id", at.get("deal_name", at.get("client", 0)))),
            name,
            self._client(row, cells),
            standing.stage,
            standing.type,
            label,
            money,
            currency,
            self._day(row, cells.get("close") or cells.get("close_planned", "")),
            self._owner(cells),
            people_of(cells.get("contacts", ""), self._columns.system),
            cells.get("next_step") or None,
            cells.get("lost_reason") or None,
        )

    def _refuse(self, row: DelimitedRow, meaning: str, why: str) -> None:
        column = self._columns.at.get(meaning, self._columns.at.get("client", 0))
        self.refused.append(RefusedCell(address(row.line, column), why))

    def _ref(self, row: DelimitedRow, cells: dict[str, str]) -> str | None:
        """Return a row's identity, "" in a table without ids, None where it is refused."""
        if "id" not in cells:
            return ""
        number = cells["id"].strip()
        if not number:
            self._refuse(row, "id", "no id")
            return None
        if _ROUNDED.fullmatch(number):
            self._refuse(row, "id", "a spreadsheet program rounded this number")
            return None
        number = number.removeprefix("zcrm_")
        if self._columns.system == "salesforce" and re.fullmatch(r"[A-Za-z0-9]{18}", number):
            number = number[:15]  # the last three only repeat which letters are capitals
        return f"{self._columns.system}:{number}"

    def _gone(self, row: DelimitedRow, cells: dict[str, str]) -> bool:
        """Refuse what the system has deleted or put away; tell whether it was."""
        words = vocabulary()
        for meaning in ("deleted", "archived"):
            if words.says("yes", cells.get(meaning, "")):
                self._refuse(row, meaning, f"{meaning} in the CRM")
                return True
        if words.says("deleted", cells.get("status", "")):
            self._refuse(row, "status", "deleted in the CRM")
            return True
        return False

    def _client(self, row: DelimitedRow, cells: dict[str, str]) -> str | None:
        name = " ".join(cells.get("client", "").split())
        if ";" in name and self._columns.system == "hubspot":
            self._refuse(row, "client", "several companies: which one is the client?")
            return None
        if name:
            return name
        if cells.get("client_id"):
            self._refuse(row, "client_id", "a number, and no name of a client beside it")
        return None

    def _money(self, row: DelimitedRow, cells: dict[str, str]) -> tuple[Decimal | None, str | None]:
        """Return amount and currency; what contradicts itself is refused."""
        text, coin = cells.get("amount", ""), cells.get("currency", "")
        named = amounts.named_currency(coin) if coin else ""
        if named is None:
            self._refuse(row, "currency", "not a currency")
            return None, None
        own = amounts.currency_of(text) if text else ""
        if own and named and own != named:
            self._refuse(row, "amount", f"in {own}, and {named} beside it")
            return None, None
        currency = named or own or self._columns.coin or self._answers.currency or ""
        if text and own is None and not currency:
            self._unsure_money = self._unsure_money or text
        return self._amount(row, text, cells, currency), currency or None

    def _amount(
        self, row: DelimitedRow, text: str, cells: dict[str, str], currency: str
    ) -> Decimal | None:
        if not text:
            return None
        if vocabulary().says("monthly", cells.get("period", "")):
            self._refuse(row, "amount", f"{cells['period']}: no value of a contract")
            return None
        value = amounts.value_of(text, self._mark, currency)
        if value is None:
            either = amounts.own_mark(text) is None and not self._mark
            why = "may be thousands or decimals: nothing in the column tells" if either else ""
            self._refuse(row, "amount", why or "not an amount")
            return None
        if value < 0:
            self._refuse(row, "amount", "a deal is worth no less than nothing")
            return None
        return value / 100 if self._cents else value

    def _day(self, row: DelimitedRow, text: str) -> dt.date | None:
        if not text or text == self._days.open:
            return None
        found = days.day_of(text, self._days)
        if found is None and not (self._days.open and days.readings(text)):
            two = bool(days.readings(text)) and self._days.mixed
            why = "day or month first? The column holds both" if two else "not a date"
            self._refuse(row, "close", why)
        return found

    def _owner(self, cells: dict[str, str]) -> str | None:
        text = cells.get("owner", "") or cells.get("owner_id", "")
        if not text or vocabulary().says("nobody", text):
            return None
        if is_id(text):
            known = self._answers.owners.get(folded(text))
            if known is None:
                self._unknown_owners.setdefault(folded(text), text)
            return known
        return self._answers.owners.get(folded(text)) or name_of(text)

    def questions(self, deals: Sequence[CrmDeal]) -> Iterator[ImportQuestion]:
        """Yield what must be asked of the file itself, each thing once."""
        head = self._head("close")
        if self._days.open:
            text = f'order of day and month in "{head}" ({self._days.open} may be either)'
            yield ImportQuestion("date_order", head, text, ("dmy", "mdy"))
        used = {folded(deal.stage_label or "") for deal in deals}
        for word, label in self._unknown_stages.items():
            if word in used:
                stages = tuple(stage for stage in ENUMS["stage"] if stage in STAGE_TYPE)
                yield ImportQuestion(
                    "stage", label, f'stage "{label}" (which of yours is it?)', stages
                )
        for number in self._unknown_owners.values():
            yield ImportQuestion("owner", number, f"owner {number} (a number: who is it?)")
        if self._unsure_money:
            text = f'currency ("{self._unsure_money}" may be several)'
            yield ImportQuestion("currency", self._unsure_money, text)

    def _head(self, meaning: str) -> str:
        return self._columns.heads[self._columns.at[meaning]] if meaning in self._columns.at else ""
