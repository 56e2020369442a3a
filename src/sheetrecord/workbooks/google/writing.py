"""Send what was drawn up, tell what came of it, and take back what hit the wrong rows."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sheetrecord.model.cell_edits import Edit
from sheetrecord.model.errors import CannotWrite, ChangedElsewhere, Locked
from sheetrecord.model.problem import column_letters
from sheetrecord.workbooks.google import messages
from sheetrecord.workbooks.google.batch import (
    LARGEST,
    MOST_CELLS,
    WriteBatch,
    batch_of,
    body_of,
    cells_after,
    next_number,
)
from sheetrecord.workbooks.google.draft import Draft
from sheetrecord.workbooks.google.identity import ids_of
from sheetrecord.workbooks.google.journal import WriteNote, note_of, notes_in
from sheetrecord.workbooks.google.judge import WriteVerdict, image_of, judge
from sheetrecord.workbooks.google.kept_probe import unsafe
from sheetrecord.workbooks.google.model import (
    ASIDE,
    NamedArea,
    Spreadsheet,
    Tab,
    digest_of,
    without_results,
)
from sheetrecord.workbooks.google.naming import CHOICES_FIELDS, offered_in, put_choices
from sheetrecord.workbooks.google.service import GoogleService
from sheetrecord.workbooks.google.values import Json
from sheetrecord.workbooks.google.withdraw import tabs_back, withdrawal

_ROUNDS: Final = 5
"""How often a write that hit the wrong rows is taken back while people go on moving rows."""


class WriteOutcome(NamedTuple):
    """What came of a write: what stands, what it noted, and the verdict on it."""

    stands: Spreadsheet
    note: WriteNote
    verdict: WriteVerdict


class Part(NamedTuple):
    """Of which series of writes one is a part, and whether it is the last."""

    series: str
    ends: bool


class BatchTooLarge(Exception):
    """A batch is larger than Google takes; its edits can be sent in parts."""


class Writer:
    """Writes to one spreadsheet."""

    def __init__(self, service: GoogleService) -> None:
        self._service, self.address = service, service.address

    def write(
        self, start: Spreadsheet, edits: Sequence[Edit], part: Part | None = None
    ) -> WriteOutcome | None:
        """Carry out edits on what was read; None when they change nothing.

        A change that is too large and can be parted raises `BatchTooLarge`. Raises
        ChangedElsewhere, CannotPatch, CannotWrite, Locked and Unreachable.
        """
        draft = Draft(start).apply(edits)
        if not (draft.requests or draft.grown or draft.choices or (part and part.ends)):
            return None
        batch = self._drawn(draft, part=part)
        if len(edits) > 1 and batch.weight > LARGEST:
            raise BatchTooLarge
        if draft.choices:
            batch = self._drawn(draft, self._choices(draft), part=part)
        stands = self._sent(batch, start)
        verdict = judge(batch.note, stands)
        if verdict.unlike or verdict.moved:  # the answer may not be of afterwards
            stands = self._service.read()
            verdict = judge(batch.note, stands)
        if verdict.moved or verdict.unlike:
            self.take_back(batch.note)
            raise self._refused(verdict)
        return WriteOutcome(_after(draft, stands), batch.note, verdict)

    def _refused(self, verdict: WriteVerdict) -> CannotWrite | ChangedElsewhere:
        if verdict.moved:
            return ChangedElsewhere(self.address)
        title, row, column = verdict.unlike[0]
        cell = f"{title}!{column_letters(column)}{row}"
        why = f"{cell} does not say what was written into it."
        do = "Look whether it is protected, has a rule for what may be typed, or a script."
        return CannotWrite(self.address, why, do)

    def _choices(self, draft: Draft) -> list[Json]:
        """Return the requests about drop-downs: what these offer is read only when it is needed."""
        found = offered_in(self._service.ask(CHOICES_FIELDS))
        return [request for edit in draft.choices for request in put_choices(found, edit)]

    def _drawn(
        self,
        draft: Draft,
        more: Sequence[Json] = (),
        withdraws: int = 0,
        part: Part | None = None,
    ) -> WriteBatch:
        start = draft.start
        number = next_number(start)
        note = note_of(draft, number, secrets.token_hex(8), ids_of(start), withdraws)
        if part is not None:
            note.series, note.ends = part
        if not withdraws:  # what takes back puts things right
            self._safe(note, start)
        if cells_after(draft, note) > MOST_CELLS:
            why = "the spreadsheet would have more than ten million cells."
            do = "Delete rows and columns at the ends of its sheets that hold nothing."
            raise CannotWrite(self.address, why, do)
        over = [tab for one in settled(start) for tab in kept_by(one, start)]
        return batch_of(draft, note, over=over, more=more)

    def _safe(self, note: WriteNote, start: Spreadsheet) -> None:
        """Raise CannotWrite where the probe found that what this write rests on does not hold."""
        tabs = [tab for sheet_id in note.tabs if (tab := start.by_id(sheet_id))]
        hidden = any(tab.by_hand for tab in tabs)
        found = unsafe(filtered=any(tab.filter for tab in tabs), hidden=hidden)
        if found:
            why = f"the probe found that here it does not hold that {found}."
            do = "Try that again: sheetrecord doctor gsheet:KEY --probe says what to do without it."
            raise CannotWrite(self.address, why, do)

    def _sent(self, batch: WriteBatch, start: Spreadsheet) -> Spreadsheet:
        """Send a batch until it took effect, once; return what stands then."""
        from sheetrecord.workbooks.google.http import AnswerLost, GoogleRefused, Patience

        patience = Patience(self.address)
        while True:
            try:
                stands = self._service.send(body_of(batch.requests))
            except GoogleRefused as refused:
                return self._decided(batch, start, refused)
            except AnswerLost as lost:
                patience.wait(lost)
                stands = self._service.read()
                if not _stands(batch.note, stands):
                    continue
            return stands if stands is not None else self._service.read()

    def _decided(self, batch: WriteBatch, start: Spreadsheet, refused: Exception) -> Spreadsheet:
        """Return what stands when a batch that was refused had taken effect before."""
        from sheetrecord.workbooks.google.http import GoogleRefused

        if not isinstance(refused, GoogleRefused):
            raise refused
        if refused.refusal.status in {400, 409}:
            found = self._service.read()
            if _stands(batch.note, found):
                return found
            if found.last != start.last or _titles(found) != _titles(start):
                raise ChangedElsewhere(self.address) from refused
            if digest_of(found) != digest_of(start):
                raise ChangedElsewhere(self.address) from refused
        who = self._service.access.who
        raise messages.cannot(self.address, refused.refusal, who, writing=True) from refused

    def take_back(self, note: WriteNote) -> Spreadsheet:
        """Take a write back, and what went wrong with that; return what stands then.

        Raises Locked when people go on moving rows: `Writer.mended` goes on from there.
        """
        return self.mended(self._withdrawn(note, self._service.read()))

    def _put_back(self, note: WriteNote, verdict: WriteVerdict, sheet: Spreadsheet) -> Spreadsheet:
        """Put back what somebody typed over a cell in the instant in which it was taken back."""
        for _ in range(_ROUNDS):
            if not verdict.displaced:
                return sheet
            draft = Draft(sheet)
            for (sheet_id, row, column), value in verdict.displaced.items():
                tab = sheet.by_id(sheet_id)
                place = note.tabs[sheet_id].places().get(row, 0)
                if tab is not None and place:
                    draft.cell(draft.tab(tab.title), (place, column), value)
            draft.flush()
            batch = self._drawn(draft, (), note.number)
            sheet = self._sent(batch, sheet)
            note, verdict = batch.note, judge(batch.note, sheet)
            if verdict.moved:
                return self.take_back(note)
        raise Locked(self.address)

    def mended(self, sheet: Spreadsheet) -> Spreadsheet:
        """Take back every write that hit the wrong rows, the newest first."""
        for _ in range(_ROUNDS + len(notes_in(sheet))):
            wrong = to_take_back(sheet)
            if not wrong:
                return sheet
            sheet = self._withdrawn(wrong[-1], sheet)
        raise Locked(self.address)

    def _withdrawn(self, note: WriteNote, sheet: Spreadsheet) -> Spreadsheet:
        draft = withdrawal(note, sheet)
        batch = self._drawn(draft, list(tabs_back(note, sheet)), note.number)
        sheet = self._sent(batch, sheet)
        verdict = judge(batch.note, sheet)
        return sheet if verdict.moved else self._put_back(batch.note, verdict, sheet)

    def forget(self, numbers: Iterable[int]) -> None:
        """Delete what writes kept aside."""
        wanted = set(numbers)
        sheet = self._service.read()
        tabs = [tab for n in notes_in(sheet) if n.number in wanted for tab in kept_by(n, sheet)]
        self._delete(tabs)

    def tidy(self) -> None:
        """Delete all that writes keep aside."""
        self._delete([tab for tab in self._service.read().aside if tab.title != ASIDE])

    def _delete(self, tabs: Sequence[Tab]) -> None:
        from sheetrecord.workbooks.google.http import GoogleRefused

        if not tabs:
            return
        requests: list[Json] = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in tabs]
        try:
            self._repeatable(requests)
        except GoogleRefused:
            return  # somebody else has done so

    def dress(self, requests: Sequence[Json]) -> None:
        """Send requests that may be sent again without harm. Raises CannotWrite."""
        from sheetrecord.workbooks.google.http import GoogleRefused

        try:
            if requests:
                self._repeatable(requests)
        except GoogleRefused as refused:
            who = self._service.access.who
            raise messages.cannot(self.address, refused.refusal, who, writing=True) from refused

    def _repeatable(self, requests: Sequence[Json]) -> None:
        from sheetrecord.workbooks.google.http import AnswerLost, Patience

        patience = Patience(self.address)
        while True:
            try:
                self._service.send({"requests": list(requests)})
            except AnswerLost as lost:
                patience.wait(lost)
            else:
                return


def _stands(note: WriteNote, sheet: Spreadsheet) -> bool:
    """Tell whether a write took effect: its own note stands there."""
    return any(one.write == note.write for one in notes_in(sheet))


def _titles(sheet: Spreadsheet) -> list[str]:
    return sorted(tab.title for tab in sheet.aside)


def judged(note: WriteNote, sheet: Spreadsheet) -> WriteVerdict:
    """Return the verdict on an older write; one whose rows nobody kept any more is settled."""
    kept = all(image_of(note, sheet_id, sheet) for sheet_id, tab in note.tabs.items() if tab.kept())
    found = judge(note, sheet)
    return found._replace(unlike=[]) if kept else WriteVerdict(False, {}, [])


def to_take_back(sheet: Spreadsheet) -> list[WriteNote]:
    """Return the writes that hit the wrong rows, and parts of a change that was never ended."""
    notes = notes_in(sheet)
    ended = {note.series for note in notes if note.ends}
    moved = {note.number: judged(note, sheet).moved for note in notes}
    back = {note.withdraws for note in notes if not moved[note.number]}
    wrong = (note for note in notes if moved[note.number] or note.series not in ended)
    return [note for note in wrong if note.number not in back]


def unsettled(sheet: Spreadsheet) -> list[WriteNote]:
    """Return the writes to take back, and those that displaced what is not in the record yet."""
    wrong = {note.number for note in to_take_back(sheet)}
    notes = notes_in(sheet)
    back = {note.withdraws for note in notes if note.number not in wrong}
    own = (note for note in notes if note.number not in back and not note.withdraws)
    kept = {note.number for note in own if judged(note, sheet).displaced}
    return [note for note in notes if note.number in wrong | kept]


def settled(sheet: Spreadsheet) -> list[WriteNote]:
    """Return the writes of which nothing needs to be kept any more.

    A series goes as a whole, and what took a write back goes with that.
    """
    waiting = unsettled(sheet)
    numbers = {note.number for note in waiting}
    series = {note.series for note in waiting if note.series}
    notes = notes_in(sheet)
    stay = {note.number for note in notes if note.number in numbers or note.series in series}
    for note in notes:  # one that takes back is younger than what it took back
        if note.withdraws in stay:
            stay.add(note.number)
    return [note for note in notes if note.number not in stay]


def kept_by(note: WriteNote, sheet: Spreadsheet) -> list[Tab]:
    """Return the tabs that a write keeps aside, its note among them."""
    titles = {note.title, *map(note.image_title, {*note.tabs, *note.dropped})}
    return [tab for tab in sheet.aside if tab.title in titles]


def _after(draft: Draft, stands: Spreadsheet) -> Spreadsheet:
    """Return what stands, without what others typed elsewhere meanwhile: the next read sees that.

    When nobody did, it is the answer itself, with the results of its formulas.
    """
    if digest_of(stands) == digest_of(draft.after):
        return replace(stands, ours=True)
    tabs = [_written(draft, tab, stands.by_id(tab.sheet_id)) for tab in draft.after.tabs]
    ids = {name: one.id for name, one in stands.names.items()}
    names = {n: NamedArea(ids.get(n, one.id), one.area) for n, one in draft.after.names.items()}
    return replace(
        draft.after, tabs=tabs, names=names, aside=stands.aside, fences=stands.fences,
        idle=stands.idle,
        weight=stands.weight, ours=True,
    )  # fmt: skip


def _written(draft: Draft, tab: Tab, stands: Tab | None) -> Tab:
    """Return a tab with the cells that were written as they read back."""
    found = without_results(tab)
    touched = draft.touched.get(tab.sheet_id)
    if touched is None or stands is None:
        return found
    for place, row in enumerate(touched.rows, start=1):
        for column in touched.written.get(row, ()):
            found.cells.pop((place, column), None)
            if (value := stands.cells.get((place, column))) is not None:
                found.cells[place, column] = value
    return found
