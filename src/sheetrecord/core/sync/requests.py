"""The steps that reading and writing copies share: requests to the driver and their answers."""

from collections.abc import Generator, Iterable, Mapping, Sequence

from sheetrecord.core.sync.copies import CopyRun
from sheetrecord.core.sync.effects import Answer, Away, Commit, ReadCopy, SavedMeanwhile, Seen, Step
from sheetrecord.core.sync.session import SyncSession
from sheetrecord.core.sync.store_protocol import CommitChange, CopyState, LedgerEntry, Snapshot

Steps = Generator[Step, Answer, None]


class Asking:
    """The copies of one run, and the requests about them."""

    def __init__(self, session: SyncSession, names: Iterable[str]) -> None:
        self.session = session
        self.entries: list[LedgerEntry] = []
        self._states = session.stored.copies
        self.copies = [CopyRun(name, self._states.get(name)) for name in sorted(set(names))]
        self._set_aside(sorted(set(session.options.asides)))

    def _set_aside(self, names: Iterable[str], *, moved: bool = False) -> None:
        known = {copy.name for copy in self.copies}
        for name in names:
            if name not in known:
                copy = CopyRun(name, self._states.get(name), aside=True)
                copy.moved = moved
                self.copies.append(copy)

    def wanting(self) -> list[CopyRun]:
        """Return the copies that still need to be read or written in this run."""
        return [copy for copy in self.copies if self._wants(copy)]

    def _wants(self, copy: CopyRun) -> bool:
        if copy.note or copy.moved or copy.seen is None:
            return False
        return not copy.known or (not copy.aside and copy.run < self.session.changed)

    def look(self, copy: CopyRun, known: str = "") -> Steps:
        """Read a copy; one that is unavailable is skipped for the rest of the run."""
        answer = yield ReadCopy(copy.name, known)
        if isinstance(answer, Seen):
            copy.look(answer)
        elif isinstance(answer, Away):
            copy.seen, copy.note, copy.moved = None, answer.why, False

    def commit(self, copies: Sequence[CopyState] = ()) -> Steps:
        """Commit the changes of the session and the states of copies, if there are any."""
        change = self.session.changes(copies)
        if change is not None:
            answer = yield Commit(change)
            if isinstance(answer, int):
                self.entries += change.entries
                self.session.committed(change, answer)

    def reserve(self, bases: Mapping[int, Snapshot]) -> Steps:
        """Commit the baselines that must be stored before a file is written, and nothing else."""
        options, last_deal = self.session.options, self.session.record.last_deal
        begun = self.session.begin()
        what = CommitChange(options.at, options.actor, begun, last_deal=last_deal, bases=bases)
        answer = yield Commit(what)
        if isinstance(answer, int):
            self.session.reserved(answer)

    def written(self, copy: CopyRun, answer: Answer, base: Snapshot) -> bool:
        """Record the answer to a write; return True if the file was written."""
        if isinstance(answer, Seen):
            copy.stamped(answer, base)
            self._set_aside(answer.kept, moved=True)
            return True
        if isinstance(answer, SavedMeanwhile):
            copy.moved = True
            self._set_aside(answer.kept, moved=True)
        elif isinstance(answer, Away):
            copy.note = answer.why
        return False

    def finish(self) -> Steps:
        """Commit the state in which each copy was last seen."""
        for copy in self.copies:
            if copy.moved or self._wants(copy):
                copy.note = "it keeps changing; the next run goes on"
        told = [copy.told() for copy in self.copies]
        yield from self.commit([one for one in told if one != self._states.get(one.name)])
