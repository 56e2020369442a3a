"""What a workbook was made from: its template, the schema's version and its first language."""

import re
from typing import Final, NamedTuple

_ORIGIN: Final = r'=?"?([a-z_]+)/(\d{1,6})/([a-z]{2})"?'


class Origin(NamedTuple):
    """The template of a workbook, and what the schema's version was when it was made."""

    template: str
    version: int
    language: str

    @property
    def text(self) -> str:
        """Its text as stored in the workbook.

        >>> Origin("agency", 2, "de").text
        'agency/2/de'
        """
        return f"{self.template}/{self.version}/{self.language}"


def origin(text: str) -> Origin | None:
    """Read an origin as programs store it, quoted or not; None for anything else.

    >>> origin('"agency/2/de"')
    Origin(template='agency', version=2, language='de')
    >>> origin("Settings!$B$4") is None
    True
    """
    found = re.fullmatch(_ORIGIN, text.strip())
    return Origin(found[1], int(found[2]), found[3]) if found else None
