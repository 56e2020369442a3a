"""What lies in the folder of a page's reader when the page begins."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

SCENES: Final[dict[str, Callable[[Path], None]]] = {}
