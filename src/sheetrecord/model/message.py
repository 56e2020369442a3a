"""Messages as they were sent or noted: who, when and the words; frozen, and of no kind of file."""

import datetime as dt
from typing import Final, NamedTuple

MAIL: Final = "mail"
NOTE: Final = "note"
CHAT: Final = "chat"
TURN: Final = "turn"
CALENDAR: Final = "calendar"


class Message(NamedTuple):
    """One mail, note, chat line or turn of a talk; every quote is a slice of its ``text``."""

    id: str
    text: str
    by: str = ""
    """The name of whoever wrote or said it; "" when nobody is named."""
    address: str = ""
    sent: dt.datetime | None = None
    subject: str = ""
    to: tuple[str, ...] = ()
    """Addresses and names of whom it went to."""
    form: str = MAIL
    bulk: str = ""
    """Why it is not a person's own mail, such as a newsletter; "" for one that is."""
    at: str = ""
    """When it was said, in a recording."""
    quoted: tuple[tuple[int, int], ...] = ()
    """Where the file itself marks text as quoted."""
    part: int = 0
    """Its place among the messages of its file, which is the order of a talk."""


class SourceFile(NamedTuple):
    """A file that was read, and the messages in it."""

    path: str
    sha256: str
    type: str
    messages: tuple[Message, ...]


class NotRead(NamedTuple):
    """A file, or a part of one, that was not read, and why."""

    path: str
    why: str
