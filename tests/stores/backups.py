"""Databases that can be put back: where they are, and how a backup of each is made and used."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from stores.cluster import programs


class Kind(NamedTuple):
    """A kind of database: where it is, how a backup is made, and how one is put back."""

    url: str
    back_up: Callable[[Path], object]
    put_back: Callable[[Path], object]


def sqlite(folder: Path) -> Kind:
    """A database in a file; its backup is the file."""
    path = folder / "record.db"

    def put_back(backup: Path) -> None:
        for left in folder.glob("record.db*"):
            left.unlink()
        shutil.copyfile(backup, path)

    return Kind(f"sqlite:{path}", lambda backup: shutil.copyfile(path, backup), put_back)


def postgres(server: str, name: str = "put_back") -> Kind:
    """A new database on a server; its backup is made by pg_dump and put back by pg_restore."""
    import psycopg

    folder = programs()
    assert folder is not None
    url = server.removesuffix("/postgres") + f"/{name}"

    def anew() -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")

    def run(program: str, *words: object) -> None:
        told = [str(folder / program), *map(str, words)]
        subprocess.run(told, check=True, capture_output=True)

    def put_back(backup: Path) -> None:
        anew()
        run("pg_restore", "--no-owner", "-d", url, backup)

    anew()
    return Kind(url, lambda backup: run("pg_dump", "-Fc", "-f", backup, url), put_back)
