"""Which reader a file is for: told by its first bytes, then by its name."""

import hashlib
from collections.abc import Callable
from typing import Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.model.message import Message, SourceFile
from sheetrecord.sources import documents, mail, talks

Read = Callable[[bytes, str], "list[Message] | None"]
_READERS: Final[tuple[tuple[str, Read], ...]] = (
    ("docx", documents.read_docx),
    ("msg", documents.read_msg),
    ("ics", documents.read_ics),
    ("mbox", mail.read_mbox),
    ("vtt", talks.read_subtitles),
    ("whatsapp", talks.read_whatsapp),
    ("chat", talks.read_chat_json),
    ("eml", mail.read_eml),
    ("pasted_chat", talks.read_pasted_chat),
)
SUFFIXES: Final = frozenset(
    ".eml .mbox .mbx .txt .md .markdown .vtt .srt .docx .ics .json .msg .text .log".split()
)
"""What is taken from a folder; a file that is named is looked at whatever its name."""
_UNREADABLE: Final = {
    b"%PDF": ("it is a PDF, which is not read here.", "Copy its text into a .txt and name that."),
    b"\x78\x9f\x3e\x22": (
        "it is a winmail.dat of Outlook.",
        "Ask for the mail as .eml or as text.",
    ),
    b"\x89PNG": ("it is a picture.", "Type what it says into a .txt and name that."),
    b"\xff\xd8\xff": ("it is a picture.", "Type what it says into a .txt and name that."),
    b"Rar!": ("it is an archive.", "Unpack it, and name the files."),
}


def read_source(data: bytes, name: str) -> SourceFile:
    """Return a file's messages. Raises CannotRead for what cannot be read, or not safely."""
    for start, (why, do) in _UNREADABLE.items():
        if data.startswith(start):
            raise CannotRead(name, why, do, "other")
    digest = hashlib.sha256(data).hexdigest()
    if name.lower().endswith((".txt", ".md", ".markdown")):
        readers = [
            one for one in _READERS if one[0] in {"whatsapp", "vtt", "eml", "mbox", "pasted_chat"}
        ]
    else:
        readers = list(_READERS)
    for kind, read in readers:
        found = read(data, name)
        if found is not None:
            return SourceFile(name, digest, _named(kind, name), tuple(found))
    return SourceFile(
        name, digest, _named("txt", name), tuple(documents.read_note(data, name) or ())
    )


def _named(kind: str, name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    same = {"vtt": {"srt"}, "txt": {"md", "markdown"}}
    return ending if ending in same.get(kind, ()) else kind
