"""Who hears what the extension says."""

from threading import Event
from typing import Any

import unohelper
from com.sun.star.frame import XStatusListener


class Listener(unohelper.Base, XStatusListener):
    """Waits for a sentence."""

    def __init__(self, heard: Event) -> None:
        self.heard, self.said = heard, ""

    def statusChanged(self, event: Any) -> None:  # noqa: N802 - UNO's name
        if isinstance(event.State, str) and event.State:
            self.said = event.State
            self.heard.set()

    def disposing(self, event: Any) -> None:
        pass
