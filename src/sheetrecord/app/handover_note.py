"""The note of a closed deal: written for who receives it, and posted once where the firm says so.

What was posted is kept in the user's state folder: a note is on its way before it is sent, so that
a run that dies sends nothing twice. What failed is kept as well, until a person sends it again.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from sheetrecord.app.audience import audience_of
from sheetrecord.app.brief import NoSuchDeal, Reader, brief
from sheetrecord.app.output_kinds import NOTE, page_limits
from sheetrecord.app.read_for_audience import read_to_show
from sheetrecord.app.settings.config import Config
from sheetrecord.app.settings.places import HandoverPlaces, handover_places
from sheetrecord.core.view.row_origin import locator
from sheetrecord.core.view.sanitise import flat
from sheetrecord.files.kept_notes import keep_note, read_note
from sheetrecord.files.output import guard
from sheetrecord.files.posting import host_of, is_https, post
from sheetrecord.model.errors import CannotRead, SheetRecordError
from sheetrecord.model.suggest import word
from sheetrecord.publish.file_names import page_names
from sheetrecord.publish.note.bodies import body
from sheetrecord.publish.note.content import NotePlaces, NoteText, note_text
from sheetrecord.publish.note.files import note_page, note_plain
from sheetrecord.publish.note.words import NOTE as NOTE_WORDS
from sheetrecord.schema.read.parse import Parsed
from sheetrecord.workbooks.addresses import files_of, folder_of, known_as, name_of

FOLDER: Final = "handovers"
"""The folder for notes, beside the workbook."""

_KEPT: Final = "posted"
_LARGEST: Final = 4096
"""Characters of a file that holds an address."""

AUDIENCE: Final = "ops"


class Note(NamedTuple):
    """A deal's note, and what tells this handover from an earlier one of the same deal."""

    text: NoteText
    mark: str


class Posted(NamedTuple):
    """What came of posting: ``state`` is ``sent``, ``failed``, ``sending`` or ``off``.

    ``why`` says why not; ``host`` is where to, without what is secret; ``on`` is the day.
    """

    state: str
    why: str = ""
    host: str = ""
    on: str = ""

    def words(self, language: str = "en") -> str:
        """Return what came of the message; nothing where none is to be posted."""
        if self.state == "off":
            return ""
        failed = "failed_to" if self.host else "failed"
        name = {"sent": "posted", "failed": failed}.get(self.state, "sending")
        return NOTE_WORDS[language][name].format(host=self.host, day=self.on, why=self.why)


def make_note(address: str, deal: str, reader: Reader) -> Note | NoSuchDeal:
    """Read a workbook and return the note of a deal, of what ops may see."""
    reader = reader._replace(audience=AUDIENCE)
    found = brief(address, deal, reader)
    if isinstance(found, NoSuchDeal):
        return found
    _, parsed = read_to_show(address, today=reader.today, asof=reader.asof)
    audience = audience_of(AUDIENCE, reader.settings)
    deal_id, language = found.rows.id, found.settings.language
    steps = ("accept {book} {deal}", "return {book} {deal} --code ... --note ...")
    spelled = {"book": word(name_of(address)), "deal": word(flat(deal_id))}
    places = NotePlaces(
        name_of(address),
        locator(parsed),
        tuple(f"sheetrecord {step.format_map(spelled)}" for step in steps),
        _page(handover_places(reader.settings).view, parsed, deal_id),
    )
    row = parsed.record.by_deal[deal_id].deal
    mark = f"{row.handover_on or ''} {row.handover_state} {row.return_code}".strip()
    return Note(note_text(found, places, audience.called_in(language)), mark)


def write_note(address: str, note: Note, settings: Config) -> list[Path]:
    """Write a note as page and text where the firm keeps them; return the files.

    Raises CannotWrite, and what else a file of that name may refuse.
    """
    folder = note_folder(address, settings)
    if folder is None:
        return []
    name = page_names([note.text.deal_id])[note.text.deal_id].rpartition("/")[2]
    stem = name.removesuffix(".html")
    sources = [*files_of([address]), *filter(None, [settings.path])]
    kind = NOTE._replace(folders=True)
    contents = {f"{stem}.html": note_page(note.text), f"{stem}.txt": note_plain(note.text)}
    written = []
    for file, data in contents.items():
        limits = page_limits(folder / file, files_of([address]))
        out = guard(folder / file, kind, sources, limits=limits)
        out.write(data)
        written.append(out.path)
    return written


def note_folder(address: str, settings: Config) -> Path | None:
    """Return where notes are put; None for a workbook that is in no folder, and no settings."""
    if told := handover_places(settings).notes:
        return told
    beside = folder_of(address)
    return beside / FOLDER if beside else None


def handed_over(
    addresses: Sequence[str], deal_id: str, settings: Config, today: dt.date, asof: dt.date | None
) -> list[str]:
    """Write and post the note of a deal that was just closed, and return what is to be said.

    The first of these workbooks that holds the deal is read. The deal is closed whatever becomes
    of its note: what fails is said, and how to do it again.
    """
    return list(_handing_over(addresses, deal_id, Reader(today, asof, AUDIENCE, settings)))


def _handing_over(addresses: Sequence[str], deal_id: str, reader: Reader) -> Iterator[str]:
    again = f"sheetrecord note {word(addresses[0])} {word(deal_id)}"
    try:
        for address in addresses:
            found = make_note(address, deal_id, reader)
            if isinstance(found, Note):
                again = f"sheetrecord note {word(address)} {word(deal_id)}"
                yield from _done(address, found, reader.settings, reader.today, again)
                return
    except SheetRecordError as error:
        words = NOTE_WORDS["en"]
        yield words["unwritten"].format(deal=deal_id, why=error)
        yield words["write"].format(command=f"{again} --to note.html")


def _done(address: str, note: Note, settings: Config, today: dt.date, again: str) -> Iterator[str]:
    language = note.text.language
    words = NOTE_WORDS[language]
    for path in write_note(address, note, settings):
        yield words["made"].format(path=path, deal=note.text.deal_id)
    posted = post_note(address, note, settings, today)
    if said := posted.words(language):
        yield said
    if posted.state in {"failed", "sending"}:
        yield words["again"].format(command=f"{again} --post")


def post_note(
    address: str, note: Note, settings: Config, today: dt.date, *, again: bool = False
) -> Posted:
    """Post a note if the firm says where to, once; ``again``: a person asks for it once more.

    Never raises for what the other side does: the deal is closed whatever becomes of the message.
    """
    places = handover_places(settings)
    if not places.posts:
        return Posted("off")
    names = (known_as(address), note.text.deal_id)
    before = _known(names, note.mark)
    if before is not None and not again:
        return before
    try:
        to = _address(places)
    except SheetRecordError as error:
        return _keep(names, note.mark, Posted("failed", str(error), "", today.isoformat()))
    sending = Posted("sending", "it may have arrived.", host_of(to), today.isoformat())
    if not keep_note(_told(note.mark, sending), _KEPT, *names):
        why = "nothing can be kept of it in the state folder, and it must not be sent twice."
        return sending._replace(state="failed", why=why)
    why = post(to, body(note.text, places.form))
    state = "failed" if why else "sent"
    return _keep(names, note.mark, sending._replace(state=state, why=why))


def _keep(names: tuple[str, str], mark: str, posted: Posted) -> Posted:
    keep_note(_told(mark, posted), _KEPT, *names)
    return posted


def _told(mark: str, posted: Posted) -> dict[str, str]:
    return {"mark": mark, **posted._asdict()}


def _known(names: tuple[str, str], mark: str) -> Posted | None:
    """Return what became of this handover's message; None if it was never tried."""
    found = read_note(_KEPT, *names)
    if not isinstance(found, dict) or found.get("mark") != mark:
        return None
    return Posted(*(str(found.get(key, "")) for key in Posted._fields))


def _address(places: HandoverPlaces) -> str:
    """Return the address to post to. Raises CannotRead, which does not say what it is."""
    if places.post:
        return places.post
    kind, _, name = places.source.partition(":")
    if kind == "env":
        import os

        found = os.environ.get(name, "").strip()
    else:
        found = ""
        with suppress(OSError, ValueError), Path(name).open(encoding="utf-8") as file:
            found = file.read(_LARGEST).strip()
    if not is_https(found):
        do = "Put the https address of the webhook there, alone."
        raise CannotRead(places.source, "it holds no address of https.", do)
    return found


def _page(view: str, parsed: Parsed, deal_id: str) -> str:
    """Return the address of a deal's page, nothing where the firm does not say where it is."""
    if not view:
        return ""
    return f"{view.rstrip('/')}/{page_names(parsed.record.by_deal)[deal_id]}"
