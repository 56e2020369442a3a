"""VerbAnswer a request: find the verb, do it, and turn whatever refuses into an answer."""

import base64
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from sheetrecord.contract.verbs import VerbAnswer
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.verbs.reader import NotUnderstood, read_request
from sheetrecord.verbs.shapes import Request

SCHEMA: Final = 1
"""Raised when a field of an answer changes its meaning or goes away."""

WORDS: Final = "WORDS-001"
"""The code of a request that is not understood, as of words on the command line."""

_WHERE: Final[Mapping[str, str]] = {
    "accept": "stepping:accept",
    "brief": "paging:brief",
    "capture": "capturing:capture",
    "check": "checking:check",
    "close": "stepping:close",
    "confirm": "stepping:confirm",
    "diff": "checking:diff",
    "explain": "checking:explain",
    "find": "checking:find",
    "merge": "copies:merge",
    "new": "paging:new",
    "publish": "paging:publish",
    "resolve": "copies:resolve",
    "return": "stepping:send_back",
    "say_back": "paging:say_back",
    "waive": "stepping:waive",
}
"""The module and function of each verb; loaded when it is first asked for."""


def answer(body: object) -> VerbAnswer:
    """Return the answer to a body of JSON values; what refuses is an answer too.

    Anything else that is raised is a bug.
    """
    verb = body.get("verb") if isinstance(body, dict) else ""
    try:
        return answered(read_request(body))
    except (NotUnderstood, SheetRecordError) as error:
        return refusal(verb if isinstance(verb, str) else "", error)


def answered(request: Request) -> VerbAnswer:
    """Return the answer to a request. Raises NotUnderstood and SheetRecordError."""
    module, _, name = _WHERE[request.verb].partition(":")
    found: Callable[[Request, Any], VerbAnswer] = getattr(
        import_module(f"sheetrecord.verbs.{module}"), name
    )
    return found(request, request.args)


def refusal(verb: str, error: NotUnderstood | SheetRecordError) -> VerbAnswer:
    """Return what a refusal says: ``exit`` and code are those of the command line."""
    if isinstance(error, NotUnderstood):
        told = {"code": WORDS, "message": str(error), "do": "", "path": error.where}
        return {"schema": SCHEMA, "verb": verb, "exit": 2, "error": told}  # type: ignore[typeddict-item]
    return {
        "schema": SCHEMA,
        "verb": verb,
        "exit": error.exit_code,
        "error": {
            "code": error.code,
            "message": error.message,
            "do": error.do,
            "path": str(error.path),
        },
    }


def as_values(told: Any) -> Any:
    """Return an answer as JSON carries it: bytes as Base64."""
    if isinstance(told, bytes):
        return base64.b64encode(told).decode("ascii")
    if isinstance(told, dict):
        return {key: as_values(value) for key, value in told.items()}
    return [as_values(one) for one in told] if isinstance(told, list) else told
