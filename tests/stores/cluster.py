"""A PostgreSQL server of the tests' own: in a temporary folder, on loopback, ended by its pid."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=on", "max_connections=40")
_DURABLE = ("fsync=on", "synchronous_commit=on", "max_connections=40")


def programs() -> Path | None:
    """Return the folder of `initdb` and `postgres`, the newest one, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
    )
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        folders.insert(0, Path(told.stdout.strip()))
    found = [f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()]
    return found[-1] if found else None


def server() -> Iterator[str]:
    """Yield the address of a server for a session of tests; skips them where there is none."""
    import pytest

    pytest.importorskip("psycopg")
    if programs() is None:
        pytest.skip("PostgreSQL's server (initdb, postgres) is not installed")
    with cluster() as url:
        yield url


def other_user() -> tuple[int, int] | None:
    """Return user and group for the server, which refuses to be root; None for no need."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return user.pw_uid, user.pw_gid
    return None


def prefix(user: tuple[int, int] | None) -> list[str]:
    """Return the words that run a command as that user, and end it when the tests are killed."""
    if shutil.which("setpriv") is None:
        return []
    who = [f"--reuid={user[0]}", f"--regid={user[1]}", "--clear-groups"] if user else []
    return ["setpriv", "--pdeathsig=INT", *who]


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Run a server and yield its address; ``durable`` waits for the disk as real ones do."""
    found = programs()
    assert found is not None
    top = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        with _server(found, top, _DURABLE if durable else _FAST) as url:
            yield url
    finally:
        shutil.rmtree(top, ignore_errors=True)


@contextmanager
def _server(found: Path, top: Path, settings: tuple[str, ...]) -> Iterator[str]:
    data = top / "data"
    data.mkdir(mode=0o700)
    user = other_user()
    other = prefix(user)
    if user:
        for folder in (top, data):
            os.chown(folder, *user)
    make = [found / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*other, *make, "--locale=C", "--no-sync"], check=True, **quiet)
    port = _free_port()
    words = [f"-c{setting}" for setting in (*settings, "listen_addresses=127.0.0.1")]
    serve = [found / "postgres", "-D", data, "-k", top, "-p", str(port), *words]
    server = subprocess.Popen([*other, *serve], **quiet)
    try:
        url = f"postgresql://tests@127.0.0.1:{port}/postgres"
        _wait_until_ready(url, server)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # "fast shutdown" of postgres(1)
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
