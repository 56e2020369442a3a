"""Answer what was asked for from a menu in a copy (`core.menu_requests`), before it is synced."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from sheetrecord.app.handover import HandoverResult, open_handover, promote_deal, take_step
from sheetrecord.app.validate import validate
from sheetrecord.core.handover.promote import PromoteRequest
from sheetrecord.core.handover.response import plan_accept
from sheetrecord.core.menu_requests import VERBS, MenuRequest, answered, waiting
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.model.problem import Severity
from sheetrecord.workbooks.kinds import book_at
from sheetrecord.workbooks.transaction import begin

_SHOWN: Final = 5
"""Problems that an answer names; the rest is counted."""

_TEXTS: Final = {
    "synced": {
        "en": "The record and this workbook are brought together now.",
        "de": "Record und Mappe werden jetzt abgeglichen.",
        "es": "El registro y este libro se sincronizan ahora.",
        "fr": "Le registre et ce classeur sont synchronisés à présent.",
    },
    "clean": {
        "en": "Nothing is missing.",
        "de": "Es fehlt nichts.",
        "es": "No falta nada.",
        "fr": "Il ne manque rien.",
    },
    "counts": {
        "en": "{errors} to mend, {warnings} to look at.",
        "de": "{errors} zu beheben, {warnings} anzusehen.",
        "es": "{errors} por corregir, {warnings} por revisar.",
        "fr": "{errors} à corriger, {warnings} à regarder.",
    },
    "done": {
        "en": "Done: {cells} cells written.",
        "de": "Erledigt: {cells} Zellen geschrieben.",
        "es": "Hecho: {cells} celdas escritas.",
        "fr": "Fait : {cells} cellules écrites.",
    },
    "nothing": {
        "en": "There was nothing to do.",
        "de": "Es war nichts zu tun.",
        "es": "No había nada que hacer.",
        "fr": "Il n'y avait rien à faire.",
    },
    "unknown": {
        "en": 'Nobody knows "{verb}"; known are check, close, accept and sync.',
        "de": "„{verb}“ kennt niemand; bekannt sind check, close, accept und sync.",
        "es": "Nadie conoce «{verb}»; se conocen check, close, accept y sync.",
        "fr": "« {verb} » est inconnu ; on connaît check, close, accept et sync.",
    },
}


class MenuAnswer(NamedTuple):
    """A request of a copy, and what was answered: the state that its row shows, and the text."""

    address: str
    request: MenuRequest
    state: str
    text: str


def answer_menus(addresses: Iterable[str], today: dt.date) -> list[MenuAnswer]:
    """Carry out what is asked for in each workbook, and write the answers into its rows.

    A workbook that cannot be read or written now is left for the next time.
    """
    found: list[MenuAnswer] = []
    for address in addresses:
        try:
            asked = list(waiting(book_at(address)))
            found.extend(_answered(address, request, today) for request in asked)
        except SheetRecordError:
            continue  # the sync itself tells why
    return found


def _answered(address: str, request: MenuRequest, today: dt.date) -> MenuAnswer:
    try:
        state, text = _carried_out(address, request, today)
    except SheetRecordError as error:
        state, text = "refused", str(error)
    change = begin(address)
    change.with_edits(answered(change.book, request, state, text)).write()
    return MenuAnswer(address, request, state, text)


def _carried_out(address: str, request: MenuRequest, today: dt.date) -> tuple[str, str]:
    """Return the state and the text of an answer. Raises a SheetRecordError."""
    if request.verb == "check":
        return _checked(address, request, today)
    opened = open_handover(address, today=today)
    language = opened.context.parsed.record.settings.language
    if request.verb == "sync":
        return "done", _say(language, "synced")
    if request.verb not in VERBS:
        return "refused", _say(language, "unknown", verb=request.verb)
    if request.verb == "close":
        done = promote_deal(opened, PromoteRequest(request.deal_id, request.by))
    else:
        done = take_step(
            opened, lambda context: plan_accept(context, request.deal_id, request.by, "")
        )
    return _stepped(done, language)


def _stepped(done: HandoverResult, language: str) -> tuple[str, str]:
    step = done.step
    if step.outcome == "refused":
        return "refused", "\n".join(_line(one.message, one.do) for one in step.refusals)
    first = _say(language, "done", cells=len(done.changes)) if done.written else ""
    return "done", "\n".join([first or _say(language, "nothing"), *step.notes])


def _checked(address: str, request: MenuRequest, today: dt.date) -> tuple[str, str]:
    report = validate(address, today=today).report
    language = report.record.settings.language
    found = [
        one for one in report.problems if not one.waived and request.deal_id in {"", one.deal_id}
    ]
    if not found:
        return "done", _say(language, "clean")
    errors = sum(one.severity is Severity.ERROR for one in found)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    lines = [f"{one.where.address}: {_line(one.message, one.do)}" for one in found[:_SHOWN]]
    more = ["…"] if len(found) > _SHOWN else []
    return "done", "\n".join(
        [_say(language, "counts", errors=errors, warnings=warnings), *lines, *more]
    )


def _line(message: str, do: str) -> str:
    return f"{message} {do}".strip()


def _say(language: str, text: str, **parts: object) -> str:
    told = _TEXTS[text]
    return told.get(language, told["en"]).format(**parts)
