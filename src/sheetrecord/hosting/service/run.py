"""Start the service: on this machine alone, with a secret, until nobody asks any more."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sheetrecord.hosting.service.app import IDLE, PageService
from sheetrecord.hosting.service.guard import ServiceGate
from sheetrecord.model.errors import CannotWrite, SystemRefuses


def secret(path: Path) -> str:
    """Return the service's secret, made where there is none: 32 bytes that only its owner reads.

    Raises CannotWrite when the file cannot be made, or others may read it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if os.name != "nt" and path.stat().st_mode & 0o077:
                why, do = "others can read it.", "Remove it; the next start makes a new one."
                raise CannotWrite(path, why, do) from None
            return path.read_text("ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            made = secrets.token_urlsafe(32)
            file.write(made)
            return made
    except OSError as error:
        raise CannotWrite(path, f"{error.strerror}.", "Check the folder.") from error


def serve(
    port: int, token: str, books: Mapping[str, str], tell: Callable[[str], None], idle: float = IDLE
) -> None:
    """Listen on 127.0.0.1 until interrupted, or until nobody has asked for so many seconds.

    ``tell`` gets the address to open, the secret behind its ``#``. Raises SystemRefuses when the
    port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        why = f"the port {port} cannot be listened on ({error.strerror})."
        raise SystemRefuses("serve", why, "Choose another with --port.") from error
    with listener:
        found = listener.getsockname()[1]
        tell(f"http://127.0.0.1:{found}/#token={token}")
        asyncio.run(_until_idle(listener, ServiceGate(found, token), books, idle))


async def _until_idle(
    listener: socket.socket, gate: ServiceGate, books: Mapping[str, str], idle: float
) -> None:
    import uvicorn

    service = PageService(gate, books)
    config = uvicorn.Config(
        service.application(), access_log=False, log_level="error", server_header=False,
        timeout_graceful_shutdown=5,
    )  # fmt: skip
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not running.done():
        await asyncio.wait({running}, timeout=min(idle, 5.0))
        if time.monotonic() - service.asked_at > idle:
            server.should_exit = True
    await running
