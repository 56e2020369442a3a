"""What each method of the two APIs does; the ids are those of Google's own description."""

import copy
import email
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from sheets_server import batch, drive, errors, masks, rendering, values
from sheets_server.drive import File
from sheets_server.errors import ApiError
from sheets_server.exporting import exported
from sheets_server.importing import imported
from sheets_server.kinds.names import matching
from sheets_server.state import new_sheet, new_spreadsheet

if TYPE_CHECKING:
    from sheets_server.service import Call, Google

disabled = errors.api_disabled


def _file(google: "Google", call: "Call", key: str, *, write: bool = False) -> File:
    """Return a file as far as the account may use it."""
    file = google.files.get(key)
    in_drive = call.method.service == "drive"
    role = file.role(call.account) if file else ""
    if file is None or (in_drive and not role):
        raise ApiError(404, f"File not found: {key}." if in_drive else "")
    if not role:
        raise ApiError(403)
    if write and role == "reader":
        message = "The user does not have sufficient permissions for this file." if in_drive else ""
        raise ApiError(403, message)
    if not in_drive and file.mime != drive.SHEET:
        raise ApiError(
            400, "This operation is not supported for this document", "FAILED_PRECONDITION"
        )
    return file


def _key(call: "Call") -> str:
    return call.path["spreadsheetId"]


def _acting(file: File, call: "Call") -> str:
    """Return the address that protection looks at; the owner may edit everything."""
    return "" if file.owner == call.account.email else call.account.email


# Sheets


def get(google: "Google", call: "Call") -> dict[str, Any]:
    """Return a spreadsheet; a field mask decides on cells, not includeGridData."""
    file = _file(google, call, _key(call))
    grid = _grid(call.mask, "sheets", asked=call.first("includeGridData").lower() == "true")
    return rendering.spreadsheet(file.book, call.query.get("ranges") or [], grid=grid)


def _grid(mask: masks.Mask, *path: str, asked: bool) -> bool:
    return masks.within(mask, *path, "data") is not None if mask else asked


def batch_update(google: "Google", call: "Call") -> dict[str, Any]:
    """Apply a batch."""
    file = _file(google, call, _key(call), write=True)
    asked = bool(call.body.get("responseIncludeGridData"))
    grid = _grid(call.mask, "updatedSpreadsheet", "sheets", asked=asked)
    try:
        new, answer = batch.update(
            file.book, call.body, google.rules, _acting(file, call), grid=grid
        )
    except ApiError as error:
        draft = getattr(error, "draft", None)
        if draft is not None:
            google.keep(_key(call), draft)
        raise
    google.keep(_key(call), new)
    return answer


def create(google: "Google", call: "Call") -> dict[str, Any]:
    """Make a spreadsheet, which the account owns."""
    if call.account.service:
        raise ApiError(403)
    book = new_spreadsheet(drive.new_id(), call.body.get("properties") or {})
    for number, sheet in enumerate(call.body.get("sheets") or [{"properties": {}}]):
        made = sheet.get("properties") or {}
        ids = made.get("sheetId", google.dialect.ids(number))
        book.sheets.append(new_sheet(made, ids, f"Sheet{number + 1}"))
    google.files[book.id] = File(book, call.account.email, versions=[google.clock()])
    return rendering.spreadsheet(book, [], grid=False)


def copy_to(google: "Google", call: "Call") -> dict[str, Any]:
    """Copy a sheet into another spreadsheet."""
    source = _file(google, call, _key(call))
    key = call.body.get("destinationSpreadsheetId") or ""
    target = _file(google, call, key, write=True)
    sheet = source.book.find(int(call.path["sheetId"])).copy()
    draft = target.book.draft()
    title = f"Copy of {sheet.title}"
    sheet.shown |= {"sheetId": draft.free_id(), "title": title}
    sheet.merges = [area._replace(sheet=sheet.id) for area in sheet.merges]
    sheet.filter, sheet.parts = None, {}
    draft.add(sheet)
    google.keep(key, draft)
    return rendering.properties(sheet, len(draft.sheets) - 1)


def search_metadata(google: "Google", call: "Call") -> dict[str, Any]:
    """Return the developer metadata that filters mean."""
    book = _file(google, call, _key(call)).book
    filters = call.body.get("dataFilters") or []
    found = [
        {"developerMetadata": copy.deepcopy(book.metadata[number]), "dataFilters": filters}
        for number in matching(book, filters)
    ]
    return {"matchedDeveloperMetadata": found} if found else {}


def get_metadata(google: "Google", call: "Call") -> dict[str, Any]:
    """Return one piece of developer metadata."""
    held = _file(google, call, _key(call)).book.metadata.get(int(call.path["metadataId"]))
    if held is None:
        raise ApiError(404)
    return copy.deepcopy(held)


def values_get(google: "Google", call: "Call") -> dict[str, Any]:
    """Return the values of a range."""
    return values.got(_file(google, call, _key(call)).book, call.path["range"], call.query)


def values_batch_get(google: "Google", call: "Call") -> dict[str, Any]:
    """Return the values of ranges."""
    book = _file(google, call, _key(call)).book
    found = [values.got(book, text, call.query) for text in call.query.get("ranges") or []]
    return {"spreadsheetId": book.id, "valueRanges": found}


def _written(
    google: "Google", call: "Call", several: list[Mapping[str, Any]], option: str
) -> list[dict[str, Any]]:
    file = _file(google, call, _key(call), write=True)
    new, answers = values.put(file.book, several, option, _acting(file, call), google.rules)
    google.keep(_key(call), new)
    return answers


def values_update(google: "Google", call: "Call") -> dict[str, Any]:
    """Write the values of a range."""
    one = {**call.body, "range": call.path["range"]}
    return _written(google, call, [one], call.first("valueInputOption"))[0]


def values_batch_update(google: "Google", call: "Call") -> dict[str, Any]:
    """Write the values of ranges."""
    option = call.body.get("valueInputOption") or ""
    answers = _written(google, call, call.body.get("data") or [], option)
    totals = {
        f"total{name}": sum(one[name[0].lower() + name[1:]] for one in answers)
        for name in ("UpdatedRows", "UpdatedColumns", "UpdatedCells")
    }
    return {
        "spreadsheetId": _key(call),
        **totals,
        "totalUpdatedSheets": len({one["updatedRange"].rpartition("!")[0] for one in answers}),
        "responses": answers,
    }


def values_append(google: "Google", call: "Call") -> dict[str, Any]:
    """Write rows below what stands there."""
    file = _file(google, call, _key(call), write=True)
    if call.first("valueInputOption") not in ("RAW", "USER_ENTERED"):
        raise ApiError(400, "'valueInputOption' is required but not specified")
    new, answer = values.appended(
        file.book, call.path["range"], call.body, call.query, _acting(file, call), google.rules
    )
    google.keep(_key(call), new)
    return answer


def values_clear(google: "Google", call: "Call") -> dict[str, Any]:
    """Empty a range."""
    file = _file(google, call, _key(call), write=True)
    new, told = values.cleared(file.book, [call.path["range"]], _acting(file, call))
    google.keep(_key(call), new)
    return {"spreadsheetId": _key(call), "clearedRange": told[0]}


def values_batch_clear(google: "Google", call: "Call") -> dict[str, Any]:
    """Empty ranges."""
    file = _file(google, call, _key(call), write=True)
    ranges = call.body.get("ranges") or []
    new, told = values.cleared(file.book, ranges, _acting(file, call))
    google.keep(_key(call), new)
    return {"spreadsheetId": _key(call), "clearedRanges": told}


# Drive


def _shown(google: "Google", file: File, call: "Call") -> dict[str, Any]:
    return drive.shown(file, call.account, late=google.rules.late_versions)


def file_get(google: "Google", call: "Call") -> Any:
    """Return what Drive says of a file, or its bytes."""
    file = _file(google, call, call.path["fileId"])
    if call.first("alt") == "media":
        return _bytes(file.data, file.mime) if file.mime != drive.SHEET else _not_downloadable()
    return _shown(google, file, call)


def _bytes(data: bytes, mime: str) -> Any:
    from sheets_server.service import Answer

    return Answer(200, data, {"Content-Type": mime})


def _not_downloadable() -> Any:
    raise ApiError(
        403,
        "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
        "fileNotDownloadable",
    )


def file_list(google: "Google", call: "Call") -> dict[str, Any]:
    """Return the files that an account sees and a search means."""
    found = [
        _shown(google, file, call)
        for file in google.files.values()
        if file.role(call.account) and not (file.trashed and "trashed" not in call.first("q"))
    ]
    fitting = [one for one in found if drive.fits(one, call.first("q"))]
    size, start = int(call.first("pageSize") or 100), int(call.first("pageToken") or 0)
    answer = {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": fitting[start : start + size],
    }
    if start + size < len(fitting):
        answer["nextPageToken"] = str(start + size)
    return answer


def file_copy(google: "Google", call: "Call") -> dict[str, Any]:
    """Copy a file; the account owns the copy."""
    source = _file(google, call, call.path["fileId"])
    drive.may_own(call.account)
    book = source.book.draft()
    book.id, book.owned, book.touched = drive.new_id(), set(), set()
    book.properties["title"] = call.body.get("name") or f"Copy of {book.properties['title']}"
    made = File(book, call.account.email, source.mime, source.data, [google.clock()])
    google.files[book.id] = made
    return _shown(google, made, call)


def file_create(google: "Google", call: "Call") -> Any:
    """Make a file: of the bytes that are uploaded, as a Google Sheet if that is asked for."""
    about, data, mime = _uploaded(call)
    if call.first("uploadType") == "resumable":
        return _resumable(google, call, about)
    drive.may_own(call.account)
    return _created(google, call, about, data, mime)


def _created(
    google: "Google", call: "Call", about: Mapping[str, Any], data: bytes, mime: str
) -> dict[str, Any]:
    key, title = drive.new_id(), about.get("name") or "Untitled"
    wanted = about.get("mimeType") or mime or "application/octet-stream"
    book = new_spreadsheet(key, {"title": title})
    if wanted == drive.SHEET and data:
        book = imported(data, key, title)
    elif wanted == drive.SHEET:
        book.sheets.append(new_sheet({}, 0, "Sheet1"))
    kept = b"" if wanted == drive.SHEET else data
    made = File(book, call.account.email, wanted, kept, [google.clock()])
    made.parents = list(about.get("parents") or [])
    google.files[key] = made
    return _shown(google, made, call)


def _uploaded(call: "Call") -> tuple[dict[str, Any], bytes, str]:
    """Return what is said of an upload, its bytes, and what kind they are."""
    if not isinstance(call.body, bytes):
        return dict(call.body or {}), b"", ""
    kind = call.content_type
    if call.first("uploadType") == "media":
        return {}, call.body, kind
    if call.first("uploadType") == "resumable":
        return json.loads(call.body or b"{}"), b"", kind
    whole = b"MIME-Version: 1.0\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + call.body
    parts = email.message_from_bytes(whole).get_payload()
    if not isinstance(parts, list) or len(parts) != 2:
        raise ApiError(400, "Malformed multipart body.", "badRequest")
    about, media = parts
    payload = media.get_payload(decode=True)
    return json.loads(about.get_payload(decode=True)), payload, media.get_content_type()  # type: ignore[union-attr,arg-type]


def _resumable(google: "Google", call: "Call", about: dict[str, Any]) -> Any:
    from sheets_server.service import Answer

    drive.may_own(call.account)
    word = drive.new_id()
    google.uploads[word] = about
    query = urlencode({"uploadType": "resumable", "upload_id": word})
    return Answer(200, b"", {"Location": f"/upload/drive/v3/files?{query}"})


def file_update(google: "Google", call: "Call") -> dict[str, Any]:
    """Rename a file, or put it into the bin."""
    file = _file(google, call, call.path["fileId"], write=True)
    about = call.body if isinstance(call.body, dict) else {}
    if about.get("name"):
        file.book.properties["title"] = about["name"]
    if about.get("trashed") is not None:
        file.trashed = about["trashed"]
    return _shown(google, file, call)


def file_delete(google: "Google", call: "Call") -> Any:
    """Delete a file for good; only its owner may."""
    file = _file(google, call, call.path["fileId"])
    if file.owner != call.account.email:
        raise ApiError(403, "The user does not have sufficient permissions for this file.")
    del google.files[call.path["fileId"]]
    return _bytes(b"", "text/plain")._replace(status=204)


def file_export(google: "Google", call: "Call") -> Any:
    """Return a spreadsheet as an .xlsx file."""
    file = _file(google, call, call.path["fileId"])
    if call.first("mimeType") != drive.XLSX:
        raise ApiError(400, "The requested conversion is not supported.", "badRequest")
    return _bytes(exported(file.book), drive.XLSX)


def permission_list(google: "Google", call: "Call") -> dict[str, Any]:
    """Return who may use a file."""
    file = _file(google, call, call.path["fileId"])
    several = [drive.permission(*one) for one in drive.permissions(file)]
    return {"kind": "drive#permissionList", "permissions": several}


def permission_create(google: "Google", call: "Call") -> dict[str, Any]:
    """Share a file."""
    _file(google, call, call.path["fileId"], write=True)
    who = "anyone" if call.body.get("type") == "anyone" else call.body.get("emailAddress", "")
    role = call.body.get("role", "")
    if not who or role not in ("reader", "writer", "commenter"):
        raise ApiError(400, "The specified emailAddress or role is invalid.", "invalid")
    google.share(call.path["fileId"], who, "writer" if role == "writer" else "reader")
    return drive.permission(who, role)


def permission_delete(google: "Google", call: "Call") -> Any:
    """Take a permission away."""
    file = _file(google, call, call.path["fileId"], write=True)
    for who in [*file.writers, *file.readers]:
        if drive.permission_id(who) == call.path["permissionId"]:
            google.share(call.path["fileId"], who, "")
            return _bytes(b"", "text/plain")._replace(status=204)
    raise ApiError(404, f"Permission not found: {call.path['permissionId']}.")


def comment_list(google: "Google", call: "Call") -> dict[str, Any]:
    """Return the comments on a file: there are none here."""
    _file(google, call, call.path["fileId"])
    return {"kind": "drive#commentList", "comments": []}


def about_get(google: "Google", call: "Call") -> dict[str, Any]:
    """Return who asks."""
    if not call.mask:
        raise ApiError(400, "The 'fields' parameter is required for this method.", "required")
    user = {"kind": "drive#user", "emailAddress": call.account.email,
            "displayName": call.account.email, "me": True}  # fmt: skip
    return {"kind": "drive#about", "user": user}


Does = Callable[["Google", "Call"], Any]
METHODS: Final[dict[str, Does]] = {
    "sheets.spreadsheets.get": get,
    "sheets.spreadsheets.batchUpdate": batch_update,
    "sheets.spreadsheets.create": create,
    "sheets.spreadsheets.sheets.copyTo": copy_to,
    "sheets.spreadsheets.developerMetadata.search": search_metadata,
    "sheets.spreadsheets.developerMetadata.get": get_metadata,
    "sheets.spreadsheets.values.get": values_get,
    "sheets.spreadsheets.values.batchGet": values_batch_get,
    "sheets.spreadsheets.values.update": values_update,
    "sheets.spreadsheets.values.batchUpdate": values_batch_update,
    "sheets.spreadsheets.values.append": values_append,
    "sheets.spreadsheets.values.clear": values_clear,
    "sheets.spreadsheets.values.batchClear": values_batch_clear,
    "drive.files.get": file_get,
    "drive.files.list": file_list,
    "drive.files.copy": file_copy,
    "drive.files.create": file_create,
    "drive.files.update": file_update,
    "drive.files.delete": file_delete,
    "drive.files.export": file_export,
    "drive.permissions.list": permission_list,
    "drive.permissions.create": permission_create,
    "drive.permissions.delete": permission_delete,
    "drive.comments.list": comment_list,
    "drive.about.get": about_get,
}
