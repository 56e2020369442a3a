"""Compare an export with the record: which deal is whose, and every cell three ways."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from sheetrecord.core.crm.facts import FIELDS, CrmDeal, CrmExport, ImportQuestion, RefusedCell
from sheetrecord.core.crm.verdict import CellChange, DealVerdict, weigh
from sheetrecord.core.find import fold
from sheetrecord.model.edit import AddRow, At, Edit, SetValue
from sheetrecord.model.money import to_major, to_minor
from sheetrecord.schema.column import Row
from sheetrecord.schema.deal import Deal
from sheetrecord.schema.read.encode import encode
from sheetrecord.schema.record import Record, Settings, blank

NEW: Final = "new"
"""The answer that a deal is none of the record's."""


class ImportPlan(NamedTuple):
    """What the exports come to: verdicts by file, questions, edits, and what is to be remembered.

    ``written`` is by identity; ``contacts`` by deal id: the people who are new to it.
    """

    verdicts: tuple[tuple[DealVerdict, ...], ...]
    refused: tuple[tuple[RefusedCell, ...], ...]
    ask: tuple[tuple[ImportQuestion, ...], ...]
    edits: tuple[Edit, ...]
    written: Mapping[str, tuple[str, Mapping[str, str]]]
    contacts: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]


class Comparer:
    """Weighs exports one after the other, each against what the ones before it made."""

    def __init__(
        self,
        record: Record,
        imported: Mapping[str, Mapping[str, str]],
        new_ids: Iterator[str],
        *,
        lost_reasons: Mapping[str, str],
        keep: str = "",
    ) -> None:
        self._settings: Settings = record.settings
        self._record, self._new_ids, self._keep = record, new_ids, keep
        self._lost_reasons = lost_reasons
        self._rows: dict[str, Row] = {}
        self._by_ref: dict[str, list[str]] = {}
        self._by_name: dict[tuple[str, str], list[str]] = {}
        for deal in record.deals:
            if deal.deal_id:
                self._know(deal)
        self._imported = {identity: dict(cells) for identity, cells in imported.items()}
        self._edits: dict[tuple[str, str], Edit] = {}
        self._written: dict[str, tuple[str, dict[str, str]]] = {}
        self._contacts: dict[str, tuple[str, ...]] = {}
        self._seen: dict[str, set[str]] = {}

    def _know(self, row: Row) -> None:
        """Remember a row as it is by now, under its number and its names."""
        self._rows[row.id] = row
        of_ref = self._by_ref.setdefault(_ref(row), [])
        of_name = self._by_name.setdefault(_named(row), [])
        for ids in (of_ref, of_name):
            if row.id not in ids:
                ids.append(row.id)

    def plan(self, exports: Sequence[CrmExport], same: Sequence[Mapping[str, str]]) -> ImportPlan:
        """Return what all exports come to; ``same`` are, by file, the answers to who is who."""
        verdicts, refused, asked = [], [], []
        for export, told in zip(exports, same, strict=True):
            found: list[DealVerdict] = []
            cells: list[RefusedCell] = list(export.refused)
            ask = list(export.ask)
            for deal in export.deals:
                result = self._deal(deal, export, told)
                if isinstance(result, ImportQuestion):
                    ask.append(result)
                elif isinstance(result, RefusedCell):
                    cells.append(result)
                else:
                    found.append(result)
            if self._moneyless(export, found):
                text = "currency (none in the file)"
                ask.append(ImportQuestion("currency", "", text))
            verdicts.append(tuple(found))
            refused.append(tuple(cells))
            asked.append(tuple(ask))
        edits = tuple(self._edits.values())
        return ImportPlan(
            tuple(verdicts),
            tuple(refused),
            tuple(asked),
            edits,
            self._written,
            self._contacts,
            tuple(self._missing(exports)),
        )

    def _moneyless(self, export: CrmExport, found: Sequence[DealVerdict]) -> bool:
        """Tell whether amounts would come into the record of which nobody knows the currency."""
        if export.currency_named or any(one.kind == "currency" for one in export.ask):
            return False
        return any(
            one.deal.value_net is not None and not one.deal.currency and one.new for one in found
        )

    def _missing(self, exports: Sequence[CrmExport]) -> Iterator[str]:
        """Yield the deals of a file's system that no file names; nothing becomes of them."""
        systems = {export.system for export in exports if export.deals}
        for deal in self._record.deals:
            system, mark, _ = deal.crm_ref.partition(":")
            if mark and system in systems and deal.crm_ref not in self._seen.get(system, set()):
                yield deal.deal_id

    def _deal(
        self, deal: CrmDeal, export: CrmExport, told: Mapping[str, str]
    ) -> DealVerdict | ImportQuestion | RefusedCell:
        self._seen.setdefault(export.system, set()).add(deal.ref)
        found = self._who(deal, export, told)
        if isinstance(found, ImportQuestion | RefusedCell):
            return found
        identity = deal.ref or f"{export.system}:{fold(deal.client or '')}/{fold(deal.deal_name)}"
        return self._weighed(deal, identity, found)

    def _who(
        self, deal: CrmDeal, export: CrmExport, told: Mapping[str, str]
    ) -> Row | ImportQuestion | RefusedCell | None:
        """Return the row that is this deal, None for a new one; what is not certain is asked."""
        bearing = self._by_ref.get(deal.ref, []) if deal.ref else []
        mine = [self._rows[one] for one in bearing if _ref(self._rows[one]) == deal.ref]
        if len(mine) > 1:
            ids = " and ".join(row.id for row in mine)
            return RefusedCell(deal.cell, f"{ids} both bear {deal.ref}")
        if mine and export.system == "csv" and not _alike(mine[0], deal):
            return RefusedCell(
                deal.cell, f"{deal.ref} is {mine[0].id}, another deal, in the record"
            )
        return mine[0] if mine else self._of_name(deal, told)

    def _of_name(self, deal: CrmDeal, told: Mapping[str, str]) -> Row | ImportQuestion | None:
        """Return the row of that client and name: certain only in a table without numbers."""
        named = fold(deal.client or ""), fold(deal.deal_name)
        known = (self._rows[one] for one in self._by_name.get(named, ()))
        found = [row for row in known if _named(row) == named]
        if deal.ref:
            found = [row for row in found if not _ref(row)]
            return self._asked(deal, found, told) if found else None
        if len(found) > 1:
            return self._asked(deal, found, told)
        return found[0] if found else None

    def _asked(
        self, deal: CrmDeal, rows: Sequence[Row], told: Mapping[str, str]
    ) -> Row | ImportQuestion | None:
        subject = deal.ref or f"{deal.client or ''}, {deal.deal_name}"
        said = told.get(subject.casefold(), "")
        known = {row.id: row for row in rows}
        if said in known:
            return known[said]
        if said == NEW:
            return None
        ids = " or ".join(known)
        text = f'deal {subject} ("{deal.deal_name}" of {deal.client or "nobody"}: is it {ids}?)'
        return ImportQuestion("same", subject, text, (*known, NEW))

    def _weighed(self, deal: CrmDeal, identity: str, row: Row | None) -> DealVerdict:
        theirs = self._texts(deal, row)
        before = self._imported.setdefault(identity, {})
        if row is None:
            return self._new(deal, identity, theirs)
        changes: list[CellChange] = []
        conflicts: list[CellChange] = []
        kept: dict[str, str] = {}
        for column, text in theirs.items():
            change = weigh(
                column,
                text,
                self._text(row, column),
                before.get(column),
                sold=str(row.get("handover_state")),
                keep=self._keep,
            )
            if change is None or not change.why:
                kept[column] = text
            if change is not None:
                (conflicts if change.why else changes).append(change)
        for change in changes:
            row = self._put(row, change.column, change.becomes, deal)
        if deal.ref and not _ref(row):
            row = self._put(row, "crm_ref", deal.ref, deal)
        new = self._people(row.id, deal, before)
        changes += [CellChange("contacts", "", "; ".join(new))] if new else []
        self._remember(identity, row.id, before, kept, deal)
        return DealVerdict(
            deal, row.id, tuple(changes), tuple(conflicts), money=theirs.get("value_net", "")
        )

    def _new(self, deal: CrmDeal, identity: str, theirs: Mapping[str, str]) -> DealVerdict:
        deal_id = next(self._new_ids)
        typed: dict[str, object] = {"deal_id": deal_id}
        currency = theirs.get("currency", "")
        typed |= {key: _typed(key, text, currency or self._settings.currency)
                  for key, text in theirs.items()}  # fmt: skip
        if deal.ref:
            typed["crm_ref"] = deal.ref
        row = blank(Deal, 0, **typed)
        cells = {
            key: encode(Deal.by_key[key], value, self._settings, currency)
            for key, value in typed.items()
        }
        why = f"new in {deal.ref.partition(':')[0] or 'the file'}"
        self._edits["Deal", deal_id] = AddRow("Deal", deal_id, cells, why)
        self._know(row)
        new = self._people(deal_id, deal, self._imported[identity])
        self._remember(identity, deal_id, self._imported[identity], theirs, deal)
        changes = [CellChange(key, "", text) for key, text in theirs.items()]
        changes += [CellChange("contacts", "", "; ".join(new))] if new else []
        return DealVerdict(
            deal, deal_id, tuple(changes), new=True, money=theirs.get("value_net", "")
        )

    def _put(self, row: Row, key: str, text: str, deal: CrmDeal) -> Row:
        """Change a cell of a row, one that this import adds included; return the row."""
        currency = str(row.get("currency")) or self._settings.currency
        column = Deal.by_key[key]
        value = _typed(key, text, currency)
        cell = encode(column, value, self._settings, currency)
        added = self._edits.get(("Deal", row.id))
        if isinstance(added, AddRow):
            self._edits["Deal", row.id] = added._replace(cells={**added.cells, key: cell})
        else:
            why = f"as in {deal.ref.partition(':')[0] or 'the file'}"
            at = At("Deal", row.id, key, row.row)
            self._edits[f"Deal.{key}", row.id] = SetValue(at, cell, why)
        cells = list(row)
        cells[column.position] = value
        found: Row = tuple.__new__(Deal, cells)
        self._know(found)
        return found

    def _people(self, deal_id: str, deal: CrmDeal, before: Mapping[str, str]) -> tuple[str, ...]:
        """Return the contacts that neither the record has nor an earlier import brought."""
        rows = self._record.by_deal.get(deal_id)
        known = {fold(row.person) for row in rows.context if row.person} if rows else set()
        known |= set(before.get("contacts", "").split("\n"))
        known |= set(map(fold, self._contacts.get(deal_id, ())))
        new = tuple(name for name in deal.contacts if fold(name) not in known)
        if new:
            self._contacts[deal_id] = (*self._contacts.get(deal_id, ()), *new)
        return new

    def _remember(
        self,
        identity: str,
        deal_id: str,
        before: dict[str, str],
        now: Mapping[str, str],
        deal: CrmDeal,
    ) -> None:
        people = [*filter(None, before.get("contacts", "").split("\n")), *map(fold, deal.contacts)]
        now = {**now, "contacts": "\n".join(dict.fromkeys(people))} if people else dict(now)
        changed = {key: text for key, text in now.items() if before.get(key) != text}
        if changed:
            before.update(changed)
            known = self._written.setdefault(identity, (deal_id, {}))[1]
            known.update(changed)

    def _texts(self, deal: CrmDeal, row: Row | None) -> dict[str, str]:
        """Return what the export says of the record's columns, as texts of typed values."""
        currency = deal.currency or (str(row.get("currency")) if row else "")
        reason = self._lost_reasons.get(deal.lost_reason or "", "")
        said: dict[str, object] = {**deal._asdict(), "lost_reason": reason or None}
        money = deal.value_net
        if money is not None:
            said["value_net"] = _money(money, currency or self._settings.currency)
        order = ("currency", *(key for key in FIELDS if key != "currency"))
        return {key: _text(said[key]) for key in order if said[key] is not None}

    def _text(self, row: Row, key: str) -> str:
        value = row.get(key)
        if key == "value_net" and value is not None:
            currency = str(row.get("currency")) or self._settings.currency
            return _money(to_major(int(value), currency), currency)
        return "" if value is None else _text(value)


def _money(amount: Decimal, currency: str) -> str:
    """Return an amount as the text that stands for it everywhere here."""
    return str(to_major(to_minor(amount, currency)[0], currency))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _typed(key: str, text: str, currency: str) -> object:
    if not text:
        return None if key in {"value_net", "expected_close"} else ""
    if key == "value_net":
        return to_minor(Decimal(text), currency)[0]
    return dt.date.fromisoformat(text) if key == "expected_close" else text


def _ref(row: Row) -> str:
    return str(row.get("crm_ref")).strip()


def _named(row: Row) -> tuple[str, str]:
    return fold(str(row.get("client"))), fold(str(row.get("deal_name")))


def _alike(row: Row, deal: CrmDeal) -> bool:
    """Tell whether client or name is the same: a number alone is no proof in a plain table."""
    client, name = _named(row)
    return fold(deal.client or "") == client or fold(deal.deal_name) == name


def counts(verdicts: Sequence[DealVerdict]) -> Counter[str]:
    """Return how many deals there are of each verdict."""
    return Counter(one.word for one in verdicts)
