"""A settings file's tables, checked once for each content.

What was found right is kept in the state folder by the digest of the content and of this
program's version, so that the next command neither parses nor checks it again. A file there that
is not ours alone, or does not say what it must, is not used.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from sheetrecord import __version__
from sheetrecord.files.state_folder import ours_alone, state_folder, state_path
from sheetrecord.model.errors import SettingsMistake, SheetRecordError, WrongSettings

REVISION: Final = 6
"""Raised with every change of what a settings file may say; a test compares the JSON Schema."""

LARGEST: Final = 1 << 20
"""Bytes of the largest settings file that is read."""

_FOLDER: Final = "settings"
_KEPT: Final = 64
"""Checked contents that are kept; the oldest go first."""


def tables_of(
    path: object, content: bytes, digest: str, *, keep: bool = True
) -> Mapping[str, object]:
    """Return what a settings file says. Raises WrongSettings with everything that is wrong.

    ``digest`` is the content's. With ``keep`` the next call need not check it again.
    """
    name = f"{digest}-{__version__}-{REVISION}.json"
    told = _kept(name)
    if told is None:
        told = _checked(path, content)
        if keep:
            _keep(name, told)
    return told


def _checked(path: object, content: bytes) -> dict[str, object]:
    import tomllib

    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        why = "it is not valid TOML: a character is not UTF-8."
        raise WrongSettings(
            path, [SettingsMistake(line, "", why, "Save the file as UTF-8.")]
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongSettings(path, [_unparsed(error)]) from error
    from sheetrecord.app.settings.wrong import mistakes

    try:
        found = mistakes(text, data)
    except RecursionError:
        found = [
            SettingsMistake(0, "", "it is nested too deeply.", "No setting is a list of lists.")
        ]
    if found:
        raise WrongSettings(path, found)
    return data


def _unparsed(error: Exception) -> SettingsMistake:
    """Return what the parser says, which is where and why without the content of the line."""
    import re

    said = str(error)
    place = re.search(r"line (\d+)", said)
    return SettingsMistake(
        int(place[1]) if place else 0,
        "",
        f"it is not valid TOML: {said}.",
        "Correct that line: texts stand in quotes, tables in brackets.",
    )


def _kept(name: str) -> dict[str, object] | None:
    """Return the tables that were kept, None when there are none that can be trusted."""
    try:
        with open(state_path(_FOLDER, name), "rb") as file:  # noqa: PTH123 - a str, as of state_path
            if not ours_alone(os.fstat(file.fileno())):
                return None
            data = file.read(LARGEST * 8)
    except (OSError, SheetRecordError):
        return None
    import json

    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    fits = isinstance(told, dict) and told.get("checked") == name
    tables = told.get("tables") if fits else None
    return tables if isinstance(tables, dict) else None


def _keep(name: str, tables: Mapping[str, object]) -> None:
    """Keep checked tables; a state folder that cannot be written is no reason to stop."""
    import json
    from tempfile import mkstemp

    with suppress(OSError, SheetRecordError):
        folder = state_folder(_FOLDER)
        _forget_oldest(folder)
        handle, aside = mkstemp(dir=folder, suffix=".tmp")
        os.close(handle)
        try:
            Path(aside).write_text(json.dumps({"checked": name, "tables": tables}), "utf-8")
            Path(aside).replace(Path(folder, name))
        finally:
            Path(aside).unlink(missing_ok=True)


def _forget_oldest(folder: str) -> None:
    with os.scandir(folder) as entries:
        there = sorted(entries, key=lambda entry: entry.stat().st_mtime_ns)
    for entry in there[: max(0, len(there) - _KEPT + 1)]:
        Path(entry.path).unlink()
