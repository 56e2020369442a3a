# The types of what `__init__.py` loads when it is asked for.

from sheetrecord.library.frames import from_frames as from_frames
from sheetrecord.library.plan import Plan as Plan
from sheetrecord.library.record import OpenRecord as OpenRecord
from sheetrecord.library.record import open_record as open  # noqa: A004 - sheetrecord.open

__version__: str
__all__ = ["OpenRecord", "Plan", "__version__", "from_frames", "open"]
