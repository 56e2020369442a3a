"""The verbs that need more than one workbook in memory: sync, conflicts, history, reconcile.

Each is a command of this program with fixed words, run beside the service; its JSON is the answer.
Only workbooks that the settings file names can be named.
"""

import json
import subprocess
from collections.abc import Mapping
from typing import Any, Final

from sheetrecord.files.abilities import own_words
from sheetrecord.verbs.reader import NotUnderstood

_PATIENCE: Final = 600
VERBS: Final = ("sync", "conflicts", "history", "reconcile")
_FIELDS: Final = {"book", "deal", "by", "plan", "conflict", "keep", "money"}


def words_of(verb: str, body: object, books: Mapping[str, str]) -> list[str]:
    """Return the words of the command that a body asks for. Raises NotUnderstood."""
    if not isinstance(body, dict) or not all(isinstance(key, str) for key in body):
        raise NotUnderstood("", "it must be an object.")
    for key, value in body.items():
        if key not in _FIELDS:
            raise NotUnderstood(key, "nobody knows this field.")
        if key == "plan" and not isinstance(value, bool):
            raise NotUnderstood(key, "it must be true or false.")
        if key != "plan" and not (isinstance(value, str) and not value.startswith("-")):
            raise NotUnderstood(key, "it must be a text that does not begin with a dash.")
    if body.get("book") not in books:
        known = ", ".join(books) or "none"
        raise NotUnderstood("book", f"it must be a workbook of the settings file: {known}.")
    return _words(verb, body, books[body["book"]])


def _words(verb: str, body: Mapping[str, Any], address: str) -> list[str]:
    by = ["--by", body["by"]] if body.get("by") else []
    plan = ["--plan"] if body.get("plan", True) else []
    if verb == "sync":
        return ["sync", address, *by, *plan, "--format", "json"]
    if verb == "history":
        return ["history", *filter(None, [body.get("deal")]), "--book", address, "--format", "json"]
    if verb == "reconcile":
        return ["reconcile", "run", address, *by, *plan, "--format", "json"]
    decided = ["--keep", body["keep"], *by, *plan] if body.get("keep") else []
    which = [body["conflict"]] if body.get("conflict") else []
    return ["conflicts", *which, *decided, "--book", address, "--format", "json"]


def run(words: list[str]) -> Any:
    """Run a command of this program and return its JSON, a refusal too. Raises NotUnderstood."""
    done = subprocess.run(  # noqa: S603 - this program, words that were looked at
        [*own_words(), *words],
        capture_output=True, text=True, check=False, timeout=_PATIENCE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return json.loads(done.stdout)
    except ValueError:
        lines = done.stderr.strip().splitlines()
        raise NotUnderstood("", lines[-1] if lines else "it said nothing.") from None
