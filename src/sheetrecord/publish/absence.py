"""Sentences for what is missing on a deal's page: asked and none, unknown, or never asked."""

from sheetrecord.core.absence.sentences import brackets, sentence
from sheetrecord.core.absence.states import NOT_ASKED
from sheetrecord.core.view.deal import DealView
from sheetrecord.publish.format_values import ValueFormatter


class AbsenceSentences:
    """The sentences of one page; ``whole``: its readers see every row of the record."""

    def __init__(self, view: DealView, marks: ValueFormatter, *, whole: bool) -> None:
        self.view, self.marks, self.whole = view, marks, whole

    def deadline(self) -> str:
        """Return in a few words the answer to the question which date matters."""
        state, words = self.view.when.state, self.marks.words
        if state == NOT_ASKED and not self.whole:
            return words["not_shown"]
        return words["no_day"] if state == "answered" else self.marks.label(state, "state")

    def promises(self) -> str:
        """Return why no commitment is listed."""
        found = self.view.promised
        said = found.said
        who = brackets(said.said_by, self.marks.day(said.said_on)) if said else ""
        return self._say("promises", found.state, said=who)

    def facts(self) -> str:
        """Return why no fact is listed."""
        return self._say("facts", "unknown" if self.view.unknown else NOT_ASKED)

    def questions(self) -> str:
        """Return which questions were never asked, or that all have an answer."""
        unasked = self.view.unasked
        if unasked:
            kinds = (self.marks.label(kind, "kind") for kind in unasked)
            return self._say("questions", NOT_ASKED, what="; ".join(kinds))
        if self.view.unknown:
            return ""
        if not self.view.facts:
            return self._say("facts", NOT_ASKED)
        return self._say("questions", "answered" if self.whole else "shown")

    def who_asks(self) -> str:
        """Return that nobody is named to ask again."""
        return self._say("again", NOT_ASKED)

    def people(self) -> str:
        """Return why no person is listed."""
        return self._say("people", NOT_ASKED)

    def fees(self) -> str:
        """Return why no fee is listed."""
        return self._say("fees", NOT_ASKED)

    def sold(self) -> str:
        """Return that there is no as-sold baseline to compare the deal with."""
        return self._say("sold", NOT_ASKED)

    def issues(self) -> str:
        """Return that no issue is open, or that none was ever recorded."""
        return self.marks.words["none_open" if self.view.settled_issues else "none_noted"]

    def _say(self, subject: str, state: str, **parts: str) -> str:
        language = self.marks.settings.language
        return sentence(language, subject, state, whole=self.whole, **parts)
