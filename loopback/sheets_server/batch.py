"""A batch of requests: applied to a copy in their order, which then takes the place of the old."""

from collections.abc import Mapping
from typing import Any, Final

from sheets_server import calculation, rendering
from sheets_server.errors import ApiError
from sheets_server.kinds import Kind, cells, dimensions, names, ordering, parts, tabs
from sheets_server.rules import Rules
from sheets_server.state import Spreadsheet

KINDS: Final[dict[str, Kind]] = {
    **cells.KINDS,
    **dimensions.KINDS,
    **names.KINDS,
    **ordering.KINDS,
    **parts.KINDS,
    **tabs.KINDS,
}
MOST_REQUESTS: Final = 100_000


def applied(
    book: Spreadsheet, requests: list[Mapping[str, Any]], rules: Rules, email: str = ""
) -> tuple[Spreadsheet, list[dict[str, Any]]]:
    """Return what a spreadsheet becomes by a batch, and the replies; raises `ApiError`.

    With ``partial_batches`` the error has the draft so far as ``draft``.
    """
    if not requests:
        raise ApiError(400, "Must specify at least one request.")
    if len(requests) > MOST_REQUESTS:
        raise ApiError(400, "There are too many requests in this batch.")
    draft = book.draft(email)
    replies = []
    for number, request in enumerate(requests):
        try:
            replies.append(_one(draft, request, rules))
        except ApiError as error:
            kind = next(iter(request), "")
            error.message = f"Invalid requests[{number}].{kind}: {error.message}"
            if rules.partial_batches and number:
                draft.email = ""
                error.draft = calculation.settled(book, draft)  # type: ignore[attr-defined]
            raise
    draft.email = ""
    return calculation.settled(book, draft), replies


def _one(draft: Spreadsheet, request: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    names_ = [name for name, body in request.items() if body is not None]
    if len(names_) != 1:
        raise ApiError(400, "Invalid requests: each holds one kind, exactly.")
    kind = names_[0]
    if kind not in KINDS:
        raise ApiError(501, f"{kind} is not done by this server.")
    reply = KINDS[kind](draft, request[kind], rules)
    return {kind: reply} if reply else {}


def update(
    book: Spreadsheet, body: Mapping[str, Any], rules: Rules, email: str, *, grid: bool
) -> tuple[Spreadsheet, dict[str, Any]]:
    """Return the new spreadsheet and the answer to ``spreadsheets.batchUpdate``."""
    requests = body.get("requests") or []
    new, replies = applied(book, requests, rules, email)
    answer: dict[str, Any] = {"spreadsheetId": book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        shown = book if rules.answers_before else new
        ranges = body.get("responseRanges") or []
        answer["updatedSpreadsheet"] = rendering.spreadsheet(shown, ranges, grid=grid)
    return new, answer
