"""What a wheel gets besides the package's files: the digest of what makes its pages."""

import runpy
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DesignHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes `sheetrecord/publish/design.txt` into a wheel, never into the checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Work the digest out; an editable install has its files at hand, and needs none."""
        self._folder = Path(tempfile.mkdtemp(prefix="sheetrecord-design-"))
        if version == "editable":
            return
        package = Path(self.root, "src", "sheetrecord")
        design = runpy.run_path(str(package / "publish" / "design.py"))
        told = self._folder / design["FILE"]
        told.write_text(design["digest_of"](package), "ascii")
        build_data["force_include"][str(told)] = f"sheetrecord/publish/{design['FILE']}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was written beside."""
        del version, build_data, artifact_path
        shutil.rmtree(self._folder, ignore_errors=True)
