"""Which reader a file is for: told by its first bytes, then by its name."""

import hashlib
from collections.abc import Callable, Sequence
from email.errors import MessageError
from importlib import import_module
from typing import Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.model.message import Message, SourceFile

Read = Callable[[bytes, str], "list[Message] | None"]
Reader = tuple[str, Read]
"""What a reader is called, and the function; it returns None for a file that is not its own."""
_READERS: Final = (
    ("docx", "documents", "read_docx"),
    ("pdf", "documents", "read_pdf"),
    ("msg", "documents", "read_msg"),
    ("ics", "documents", "read_ics"),
    ("mbox", "mail", "read_mbox"),
    ("vtt", "talks", "read_subtitles"),
    ("whatsapp", "talks", "read_whatsapp"),
    ("chat", "talks", "read_chat_json"),
    ("eml", "mail", "read_eml"),
    ("pasted_chat", "talks", "read_pasted_chat"),
)
"""What each reads, and where it stands: its module is loaded when a file first needs it."""
_OF_TEXTS: Final = frozenset(("whatsapp", "vtt", "eml", "mbox", "pasted_chat"))
SUFFIXES: Final = frozenset(
    ".eml .mbox .mbx .txt .md .markdown .vtt .srt .docx .ics .json .msg .pdf .text .log".split()
)
"""What is taken from a folder; a file that is named is looked at whatever its name."""
_UNREADABLE: Final = {
    b"\x78\x9f\x3e\x22": (
        "it is a winmail.dat of Outlook.",
        "Ask for the mail as .eml or as text.",
    ),
    b"\x89PNG": ("it is a picture.", "Type what it says into a .txt and name that."),
    b"\xff\xd8\xff": ("it is a picture.", "Type what it says into a .txt and name that."),
    b"Rar!": ("it is an archive.", "Unpack it, and name the files."),
}


def read_source(data: bytes, name: str, others: Sequence[Reader] = ()) -> SourceFile:
    """Return a file's messages. Raises CannotRead for what cannot be read, or not safely.

    ``others`` are readers of installed packages, which are asked before ours.
    """
    digest = hashlib.sha256(data).hexdigest()
    for kind, theirs in others:
        added = theirs(data, name)
        if added is not None:
            return SourceFile(name, digest, kind, tuple(added))
    for start, (why, do) in _UNREADABLE.items():
        if data.startswith(start):
            raise CannotRead(name, why, do, "other")
    as_text = name.lower().endswith((".txt", ".md", ".markdown"))
    for kind, module, read in _READERS:
        if as_text and kind not in _OF_TEXTS:
            continue
        found = _read(module, read, data, name)
        if found is not None:
            return SourceFile(name, digest, _named(kind, name), tuple(found))
    found = _read("documents", "read_note", data, name)
    return SourceFile(name, digest, _named("txt", name), tuple(found or ()))


def _read(module: str, name: str, data: bytes, file: str) -> list[Message] | None:
    """Return what a reader makes of a file; one that it stumbles over is damaged."""
    read: Read = getattr(import_module(f"sheetrecord.sources.{module}"), name)
    try:
        return read(data, file)
    except (ValueError, LookupError, RecursionError, MessageError) as error:
        why, do = "it is damaged.", "Save or export it again, and name that."
        raise CannotRead(file, why, do, "damaged") from error


def _named(kind: str, name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    same = {"vtt": {"srt"}, "txt": {"md", "markdown"}}
    return ending if ending in same.get(kind, ()) else kind
