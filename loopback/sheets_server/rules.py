"""What the server does otherwise than is assumed of Google: a test sees whether it is noticed."""

from dataclasses import dataclass


@dataclass
class Rules:
    """Each a way in which Google might be otherwise than documented, all of them off.

    ``fence_ignored``: an id of a named range that exists is taken, and its range replaced.
    ``pastes_skip_filtered``: rows that a filter hides are not copied; what is below closes up when
    ``pastes_close_up``, else their place stays as it was.
    ``pastes_skip_hidden``: the same of rows that a person hid.
    ``late_versions``: Drive tells the version of so many changes ago.
    ``partial_batches``: requests before the wrong one of a batch stay.
    ``answers_before``: the answer to a batch shows the spreadsheet as it was before.
    ``values_lost``: cells that are written keep their value, silently.
    """

    fence_ignored: bool = False
    pastes_skip_filtered: bool = False
    pastes_skip_hidden: bool = False
    pastes_close_up: bool = False
    late_versions: int = 0
    partial_batches: bool = False
    answers_before: bool = False
    values_lost: bool = False
