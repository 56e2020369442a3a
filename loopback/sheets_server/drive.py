"""Files of Drive: whose they are, who may see and write them, their versions; and uploads."""

import datetime as dt
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sheets_server.errors import ApiError, storage_full
from sheets_server.state import Spreadsheet
from sheets_server.tokens import Account

SHEET: Final = "application/vnd.google-apps.spreadsheet"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEFAULT: Final = ("kind", "id", "name", "mimeType")
"""The fields that Drive tells when it is not asked for others."""


@dataclass
class File:
    """A file: a spreadsheet or, with ``data``, bytes of another kind.

    ``versions`` are the times of its changes (seconds since 1970), the last one that of now.
    """

    book: Spreadsheet
    owner: str
    mime: str = SHEET
    data: bytes = b""
    versions: list[float] = field(default_factory=list)
    writers: set[str] = field(default_factory=set)
    readers: set[str] = field(default_factory=set)
    trashed: bool = False
    parents: list[str] = field(default_factory=list)

    def role(self, account: Account) -> str:
        """Return what an account may do: ``owner``, ``writer``, ``reader``, or nothing."""
        if account.email == self.owner:
            return "owner"
        if account.email in self.writers or "anyone" in self.writers:
            return "writer"
        return "reader" if account.email in self.readers or "anyone" in self.readers else ""


def shown(file: File, account: Account, *, late: int = 0) -> dict[str, Any]:
    """Return the resource File."""
    count = max(1, len(file.versions) - late)
    times = [
        dt.datetime.fromtimestamp(t, dt.UTC) for t in (file.versions[0], file.versions[count - 1])
    ]
    created, modified = (f"{t:%Y-%m-%dT%H:%M:%S}.{t.microsecond // 1000:03}Z" for t in times)
    role = file.role(account)
    may = role in ("owner", "writer")
    return {
        "kind": "drive#file",
        "id": file.book.id,
        "name": file.book.properties["title"],
        "mimeType": file.mime,
        "version": str(count),
        "createdTime": created,
        "modifiedTime": modified,
        "trashed": file.trashed,
        "ownedByMe": role == "owner",
        "shared": bool(file.writers or file.readers),
        "owners": [{"kind": "drive#user", "emailAddress": file.owner, "displayName": file.owner}],
        "capabilities": {"canEdit": may, "canCopy": True, "canDownload": True, "canShare": may},
        "parents": file.parents or ["root"],
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{file.book.id}/edit",
        "permissions": [permission(*one) for one in permissions(file)],
    }


def permissions(file: File) -> list[tuple[str, str]]:
    """Return who may do what, each an address and a role."""
    return [
        (file.owner, "owner"),
        *((email, "writer") for email in sorted(file.writers)),
        *((email, "reader") for email in sorted(file.readers)),
    ]


def permission(email: str, role: str) -> dict[str, Any]:
    """Return the resource Permission."""
    kind = "anyone" if email == "anyone" else "user"
    told = {"kind": "drive#permission", "id": permission_id(email), "type": kind, "role": role}
    return told if kind == "anyone" else {**told, "emailAddress": email}


def permission_id(email: str) -> str:
    """Return the id that a permission of an address has."""
    return "anyoneWithLink" if email == "anyone" else str(sum(map(ord, email)) + 10**19)


def new_id() -> str:
    """Return an id as files have them."""
    return f"1{secrets.token_urlsafe(32)}"[:44].replace("-", "a")


def may_own(account: Account) -> None:
    """Refuse a service account that would own a file."""
    if account.service:
        raise storage_full()


QUERY: Final = re.compile(
    r"(?P<field>mimeType|name|trashed|'[^']+' in parents)"
    r"(?:\s*(?P<mark>=|!=|contains)\s*(?:'(?P<text>(?:[^'\\]|\\.)*)'|\"(?P<other>[^\"]*)\"|(?P<word>true|false)))?"
)


def fits(one: Mapping[str, Any], query: str) -> bool:
    """Tell whether a file fits a search; raises `ApiError` for one that is not understood."""
    for part in re.split(r"\s+and\s+", query.strip()) if query.strip() else []:
        match = QUERY.fullmatch(part.strip())
        if not match:
            raise ApiError(400, "Invalid Value", "invalid")
        if match["mark"] is None:
            if match["field"].split("'")[1] not in one["parents"]:
                return False
            continue
        text = match["other"] if match["text"] is None else match["text"]
        wanted = text if match["word"] is None else match["word"] == "true"
        held = one[match["field"]]
        if isinstance(wanted, str):
            wanted = re.sub(r"\\(.)", r"\1", wanted)
        same = (
            str(wanted).lower() in str(held).lower()
            if match["mark"] == "contains"
            else wanted == held
        )
        if same == (match["mark"] == "!="):
            return False
    return True
