"""What may go wrong between a request and its answer, as a plan that a test writes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from sheets_server import errors
from sheets_server.errors import ApiError

When = Literal["before", "after", "cut before", "cut after", "slow"]
MOMENTS: Final[tuple[When, ...]] = ("before", "after", "cut before", "cut after", "slow")
"""The request has no effect, or has it and the answer is an error; or the connection ends."""

STATUSES: Final = (401, 403, 404, 409, 429, 500, 503)
REFUSALS: Final[dict[str, Callable[[], ApiError]]] = {
    "storage": errors.storage_full,
    "scope": errors.scope_missing,
    "policy": errors.domain_policy,
    "sheets off": lambda: errors.api_disabled("sheets"),
    "drive off": lambda: errors.api_disabled("drive"),
    "user rate": errors.user_rate,
}


class Cut(Exception):
    """The connection ends without an answer."""


@dataclass
class Fault:
    """Something that goes wrong for requests whose name fits, so many ``times`` (-1: always).

    ``name`` is a pattern of what `Server.requests` calls them: ``sheets.spreadsheets.get``,
    ``token``, or for a batch its method with the kinds in it, as in
    ``sheets.spreadsheets.batchUpdate addNamedRange copyPaste``. ``skip`` lets the first ones pass.
    """

    when: When
    status: int = 503
    name: str = ""
    times: int = 1
    skip: int = 0
    retry_after: int | None = None
    refusal: str = ""

    def fits(self, name: str) -> bool:
        """Tell whether this happens to a request, and count it."""
        if not self.times or not re.search(self.name, name):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        return True

    def error(self) -> ApiError:
        """Return what is answered."""
        if self.refusal:
            return REFUSALS[self.refusal]()
        if self.status == 429:
            return errors.too_many(self.retry_after)
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return ApiError(self.status, headers=headers)
