"""What a text in a column of links names: a page of the web, a file, a share, or only words."""

import re
from typing import Final

from sheetrecord.core.view.sanitise import clean, safe_link

WEB, FILE, SHARE, WORDS = "web", "file", "share", "words"

_SHARE: Final = re.compile(r"(?:\\\\|//|file://)[^\\/\s][^\n]*", re.IGNORECASE)
_DRIVE: Final = re.compile(r"[A-Za-z]:[\\/][^\n]*")
_ROOTED: Final = re.compile(r"(?:~?/|\.{1,2}[\\/])[^\n]+")
_DOCUMENTS: Final = (
    *("pdf", "doc", "docx", "docm", "odt", "rtf", "txt", "md", "eml", "msg", "csv", "zip"),
    *("xls", "xlsx", "xlsm", "ods", "ppt", "pptx", "odp", "htm", "html"),
    *("png", "jpg", "jpeg", "tif", "tiff", "heic", "mp3", "m4a", "wav", "mp4", "vtt"),
)
_NAMED: Final = re.compile(rf"[^\n:]+\.(?:{'|'.join(_DOCUMENTS)})", re.IGNORECASE)


def link_kind(text: str) -> str:
    r"""Return ``WEB``, ``FILE``, ``SHARE`` (a file on another machine) or ``WORDS``.

    >>> link_kind("https://f.example/a.pdf"), link_kind("email acceptance, 3 March")
    ('web', 'words')
    >>> link_kind("P:\\deals\\a.pdf"), link_kind("\\\\nas\\deals\\a.pdf"), link_kind("sow/a.pdf")
    ('file', 'share', 'file')
    """
    text = clean(text).strip()
    if not text or safe_link(text):
        return WEB if text else WORDS
    if _SHARE.fullmatch(text) and not text.casefold().startswith("file:///"):
        return SHARE
    if text.casefold().startswith("file:"):
        return FILE
    return FILE if any(one.fullmatch(text) for one in (_DRIVE, _ROOTED, _NAMED)) else WORDS


def is_place(text: str) -> bool:
    """Tell whether a text names a file that a page may show and never links to."""
    return link_kind(text) in {FILE, SHARE}
