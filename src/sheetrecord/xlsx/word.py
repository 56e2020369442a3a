"""A Word document's parts, walked under the limits that hold for a workbook's."""

from collections.abc import Mapping
from typing import Final

from sheetrecord.model.errors import CannotRead
from sheetrecord.xlsx.archive.members import Container
from sheetrecord.xlsx.errors import Refused
from sheetrecord.xlsx.limits import Limits
from sheetrecord.xlsx.xml.tree import Handler, PartRoot, walk

BODY: Final = "word/document.xml"
COMMENTS: Final = "word/comments.xml"

_NAMES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
}
_DEPTH: Final = 256
"""Tables in tables in text boxes nest deeper than a sheet does."""
_LIMITS: Final = Limits(inflated=200 << 20, depth=_DEPTH)
_DO: Final = {
    "encrypted": ("it is protected by a password.", "Save a copy without one."),
    "dtd": ("it declares a document type, as attacks do.", "Do not open it; ask the sender."),
    "bomb": ("it unpacks to more than a document holds.", "Do not open it; ask the sender."),
}
_DAMAGED: Final = ("it is damaged, or no Word document.", "Save it anew in Word, and give that.")


def walk_document(data: bytes, name: str, handlers: Mapping[str, Handler]) -> None:
    """Run the parts of a .docx through their handlers, in the handlers' order.

    A part that is not there is passed over, but for the body. Raises CannotRead for what is no Word
    document, is protected, damaged or made to harm; ``name`` is what people call the file.
    """
    try:
        parts = Container(data, _LIMITS)
        if parts.find(BODY) is None:
            why, do = "it is no Word document.", "Save it as .docx in Word, or its text as .txt."
            raise CannotRead(name, why, do, "kind")
        for part, handler in handlers.items():
            if parts.find(part) is not None:
                root = part.rpartition("/")[2].removesuffix(".xml")
                walk(parts.stream(part), PartRoot(part, root), handler, _DEPTH, _NAMES)
    except Refused as refused:
        why, do = _DO.get(refused.reason, _DAMAGED)
        raise CannotRead(name, why, do, refused.reason) from refused


def local(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes by their names without a namespace, as Word's always have one."""
    return {key.rpartition("\x0c")[2]: value for key, value in attributes.items()}
