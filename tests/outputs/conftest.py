"""A folder with a firm in it, made once and copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from outputs.places import furnish


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sheetrecord.cli import main

    folder = tmp_path_factory.mktemp("furnished")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("SHEETRECORD_STATE", raising=False)
        patch.setenv("XDG_STATE_HOME", str(folder / ".state"))

        def sheetrecord(*words: str) -> None:
            patch.setattr("sys.argv", ["sheetrecord", *words])
            with pytest.raises(SystemExit):
                main()

        furnish(folder, sheetrecord)
    return folder


@pytest.fixture
def office(run: Callable[..., Any], furnished: Path, tmp_path: Path) -> Path:
    """Return the folder in which `run` works, with the firm in it."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    return tmp_path
