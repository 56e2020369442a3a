"""What Google's refusals mean, in a person's words, and what to click.

Google says why in ``error.status`` and in ``error.details`` or ``error.errors`` (google.rpc.Status,
google.rpc.ErrorInfo; Drive's older form), which are read here and nowhere else.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from sheetrecord.model.errors import CannotRead, CannotWrite, Locked, SheetRecordError, Unreachable

QUOTA: Final = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED",
     "quotaExceeded"}
)  # fmt: skip
"""Reasons of a 403 that only ask to wait."""

_OFF: Final = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})
_SCOPE: Final = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})
_DOMAIN: Final = frozenset({"domainPolicy", "DOMAIN_POLICY"})
_STORAGE: Final = frozenset({"storageQuotaExceeded", "STORAGE_QUOTA_EXCEEDED"})


class Refusal(NamedTuple):
    """An answer that refuses: its HTTP status, the reasons that it names, and its message."""

    status: int
    reasons: frozenset[str]
    message: str

    @property
    def waits(self) -> bool:
        """Whether the answer may be another one in a while."""
        busy = self.status in {408, 429, 500, 502, 503, 504}
        return busy or (self.status == 403 and bool(QUOTA & self.reasons))


def refusal_of(status: int, answer: object) -> Refusal:
    """Return what an answer says about itself; of one that is no JSON only the status."""
    if isinstance(answer, list) and len(answer) == 1:  # so are streamed answers refused
        [answer] = answer
    error = answer.get("error") if isinstance(answer, Mapping) else None
    if not isinstance(error, Mapping):
        return Refusal(status, frozenset(), str(error or ""))
    reasons = {str(reason) for reason in _reasons(error) if reason}
    return Refusal(status, frozenset(reasons), str(error.get("message", "")))


def _reasons(error: Mapping[str, Any]) -> Iterator[object]:
    yield error.get("status")
    for name in ("details", "errors"):
        for one in error.get(name) or ():
            if isinstance(one, Mapping):
                yield one.get("reason")


def cannot(address: str, refused: Refusal, who: str, *, writing: bool = False) -> SheetRecordError:
    """Return the error for a refusal that waiting does not mend. ``who`` is who asks."""
    why, do, reason = explained(refused, who, writing=writing)
    if writing:
        return CannotWrite(address, why, do)
    return CannotRead(address, why, do, reason)


def explained(refused: Refusal, who: str, *, writing: bool = False) -> tuple[str, str, str]:
    """Return what is wrong, what to do about it, and a word for programs."""
    if refused.status == 401:
        return _SIGN_IN
    if refused.status == 404:
        return (
            f"Google knows no such spreadsheet, or does not show it to {who}.",
            f"Check the link; in the spreadsheet click Share and add {who} as an editor.",
            "missing",
        )
    if refused.status == 403:
        return _forbidden(refused, who)
    if "not supported for this document" in refused.message:
        return (
            "This file in Drive is still an Excel workbook.",
            "Open it, click File, Save as Google Sheets, and use the link of what that makes.",
            "office",
        )
    said = f" ({refused.message})" if refused.message else ""
    what = "write" if writing else "request"
    return (
        f"Google refuses this {what}{said}.",
        f"Run `sheetrecord doctor gsheet:KEY`, which says what it is (answer {refused.status}).",
        "refused",
    )


_SIGN_IN: Final = (
    "Google no longer accepts the sign-in.",
    (
        "Sign in again: sheetrecord doctor gsheet:KEY --sign-in. While the app is in Testing on "
        "the OAuth consent screen, a sign-in ends after 7 days: click Publish app there. Of a "
        "service account make a new key."
    ),
    "sign-in",
)


def _forbidden(refused: Refusal, who: str) -> tuple[str, str, str]:
    if refused.reasons & _OFF:
        return (
            "The Google Sheets or Drive API is switched off for this app.",
            (
                "In console.cloud.google.com open APIs & Services, Library, and enable Google "
                "Sheets API and Google Drive API for its project; it takes some minutes."
            ),
            "api-off",
        )
    if refused.reasons & _SCOPE or "insufficient authentication scopes" in refused.message:
        return (
            "The sign-in does not cover spreadsheets.",
            "Sign in again and tick every box: sheetrecord doctor gsheet:KEY --sign-in.",
            "scope",
        )
    if refused.reasons & _DOMAIN:
        return (
            "The domain of the spreadsheet's owner does not let it be used from outside.",
            (
                "Ask its administrator: Admin console, Apps, Google Workspace, Drive and Docs, "
                "Sharing settings; or use an account of that domain."
            ),
            "domain",
        )
    if refused.reasons & _STORAGE:
        return (
            "The account has no room in Drive; a service account cannot own files at all.",
            "Make the spreadsheet yourself and share it with the service account.",
            "storage",
        )
    if "protected" in refused.message.lower():
        return (
            f"Cells are protected from {who}.",
            "In the spreadsheet open Data, Protect sheets and ranges, and allow it to edit them.",
            "protected",
        )
    return (
        f"The spreadsheet is not shared with {who}, or only to be looked at.",
        f"In the spreadsheet click Share, add {who} and choose Editor.",
        "not-shared",
    )


def no_sign_in(address: str, where: str) -> SheetRecordError:
    """Return the error for a machine that has neither a key nor a sign-in."""
    return CannotRead(
        address,
        "nobody is signed in to Google here.",
        (
            "Name the key file of a service account in SHEETRECORD_GOOGLE_CREDENTIALS, or put it "
            f"at {where}; or sign in as a person: sheetrecord doctor gsheet:KEY --sign-in "
            "(docs/google.md shows what to click)."
        ),
        "sign-in",
    )


def sign_in_again(address: str) -> SheetRecordError:
    """Return the error for a sign-in that has ended."""
    why, do, reason = _SIGN_IN
    return CannotRead(address, why, do, reason)


def asks_to_wait(address: str) -> Locked:
    """Return the error for Google having asked to wait for as long as we do."""
    error = Locked(address, "Google, which asks to wait; run this again in a few minutes")
    error.message = f"{address}: Google asks to wait: too many requests, or it has trouble."
    error.do = "Nothing is half done. Run this again in a few minutes."
    return error


def no_answer(address: str, why: str) -> Unreachable:
    """Return the error for Google not being reached."""
    return Unreachable(address, f"Google does not answer ({why}).")


def too_large(address: str, what: str, megabytes: int) -> CannotRead:
    """Return the error for more than is read; ``what`` is the spreadsheet or one of its tabs."""
    why = f"{what} holds more than {megabytes} MB, which is more than is read."
    do = (
        "Delete rows below and columns beside what is used, and move tabs that are not the "
        "record's into a spreadsheet of their own."
    )
    return CannotRead(address, why, do, "too-large")


def no_version(address: str) -> CannotRead:
    """Return the error for a spreadsheet read in parts of which Drive tells no version."""
    why = (
        "it is too large to be read in one go, and Drive does not tell whether anybody changes it "
        "meanwhile."
    )
    do = "Enable the Google Drive API: `sheetrecord doctor gsheet:KEY` says how."
    return CannotRead(address, why, do, "api-off")
