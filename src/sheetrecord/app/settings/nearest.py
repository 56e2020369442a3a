"""Where the settings file lies that holds in a folder: its own, else the nearest above it.

Paths are plain texts here: most workbooks have no settings file, and to load pathlib takes longer
than to look for one.
"""

import os
from typing import Final

from sheetrecord.model.errors import CannotRead

FILE: Final = "sheetrecord.toml"


def nearest(folder: str) -> str:
    """Return the path of the settings file that holds in a folder, empty when none does.

    Within the user's home folder none above it is looked at. Raises CannotRead for one of which
    the system does not say whether it is there, or that is a link to nothing.
    """
    home = os.path.expanduser("~")
    while True:
        path = os.path.join(folder, FILE)
        try:
            os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            if os.path.islink(path):
                raise CannotRead(path, "it points to nothing.", "Mend or remove it.") from None
        except OSError as error:
            raise CannotRead(path, f"{error.strerror}.", "Ask for the right to read it.") from error
        else:
            return path
        above = os.path.dirname(folder)
        if folder in {home, above}:
            return ""
        folder = above
