"""The service: the page's files, and POST /verbs/NAME, for one page on one machine."""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sheetrecord.hosting.folder import page_files
from sheetrecord.hosting.service import shared
from sheetrecord.hosting.service.edges import model_of
from sheetrecord.hosting.service.guard import LARGEST, HttpRefusal, ServiceGate
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.verbs.dispatch import answer, as_values, refusal
from sheetrecord.verbs.reader import NotUnderstood
from sheetrecord.verbs.shapes import VERBS

IDLE: Final = 30 * 60
"""Seconds after which a service that nobody asks ends."""

CSP: Final = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CSP,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "png": "image/png",
}


class PageService:
    """What the routes share: the gate, the workbooks, the time of the last request."""

    def __init__(self, gate: ServiceGate, books: Mapping[str, str]) -> None:
        self.gate, self.books = gate, books
        self.files = page_files()
        self.asked_at = time.monotonic()
        self.one_at_a_time = asyncio.Lock()

    def application(self) -> Starlette:
        """Return the application."""
        return Starlette(
            routes=[
                Route("/verbs/{name}", self.verb, methods=["POST"]),
                Route("/{path:path}", self.file, methods=["GET"]),
            ]
        )

    async def file(self, request: Request) -> Response:
        """Give a file of the page."""
        why = self.gate.of_page(request.headers)
        if why:
            return _refused(why)
        name = request.path_params["path"] or "index.html"
        data = self.files.get(name)
        kind = _TYPES.get(name.rpartition(".")[2])
        if data is None or kind is None:
            return _refused(HttpRefusal(404, "There is no such page."))
        self.asked_at = time.monotonic()
        return Response(data, headers={**_HEADERS, "Content-Type": kind})

    async def verb(self, request: Request) -> Response:
        """Answer a verb, when everything about the request is as it must be."""
        why = self.gate.of_verb(request.headers)
        if why:
            return _refused(why)
        name = request.path_params["name"]
        if name not in VERBS and name not in shared.VERBS:
            return _refused(HttpRefusal(404, "There is no such verb."))
        self.asked_at = time.monotonic()
        data = await _body(request)
        if data is None:
            return _refused(HttpRefusal(413, f"The request has more than {LARGEST >> 20} MB."))
        async with self.one_at_a_time:
            told = await run_in_threadpool(self._answer, name, data)
        self.asked_at = time.monotonic()
        return JSONResponse(told, headers=_HEADERS)

    def _answer(self, name: str, data: bytes) -> Any:
        try:
            body = json.loads(data, parse_constant=_no_constant)
            if name in shared.VERBS:
                words = shared.words_of(name, body, self.books)
                return {"schema": 1, "verb": name, "result": shared.run(words)}
            if isinstance(body, dict) and body.get("verb") != name:
                raise NotUnderstood("verb", "the address names another verb.")
            model_of(name).model_validate(body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            return as_values(refusal(name, NotUnderstood(where, f"{first['msg']}.")))
        except (ValueError, RecursionError) as error:
            found = error if isinstance(error, NotUnderstood) else NotUnderstood("", "no JSON.")
            return as_values(refusal(name, found))
        except SheetRecordError as error:
            return as_values(refusal(name, error))
        return as_values(answer(body))


def _no_constant(name: str) -> Any:
    raise ValueError(name)


async def _body(request: Request) -> bytes | None:
    """Return the body; None when more comes than was told."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST:
            return None
    return bytes(found)


def _refused(why: HttpRefusal) -> Response:
    told = {"code": "SERVICE-001", "message": why.why, "do": "", "path": ""}
    return JSONResponse({"schema": 1, "exit": 3, "error": told}, why.status, headers=_HEADERS)
