"""The compiled modules of a check in one file, which is opened once.

Python keeps what it compiled in a file a module. A check needs some hundred and sixty, and to look
for one, open it and read it takes as long as to run it: a tenth of a small book's check. So what a
check has loaded is kept together beside Python's own files, and the next one finds it there.

It holds for a module as long as Python's own file would: until its source has another size or time.
What is not in it, or is stale, is loaded as ever, and joins it. Where Python may write no compiled
file, or has no sources (a frozen program), there is none. Nothing needs it; it may be deleted.
"""

import marshal
import os
import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, ModuleType
from typing import Final, NamedTuple

PACKAGE: Final = "sheetrecord"
_DAMAGE: Final = (OSError, EOFError, ValueError, TypeError)


class PackedModule(NamedTuple):
    """A module's code, and what its source was when it was compiled."""

    path: str
    modified_ns: int
    size: int
    is_package: bool
    code: bytes
    """As `marshal` writes it: what a check does not load is not made a code object either."""


class PackedLoader(SourceFileLoader):
    """Python's own loader of a source file, given its code."""

    def __init__(self, name: str, packed: PackedModule) -> None:
        super().__init__(name, packed.path)
        self._packed = packed

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code that was packed; from the source's own files if it is damaged."""
        with suppress(*_DAMAGE):
            code = marshal.loads(self._packed.code)  # noqa: S302 - as Python does its own files
            if isinstance(code, CodeType):
                return code
        return super().get_code(fullname)


class CodePack:
    """A finder of modules (see `sys.meta_path`) that have been loaded before."""

    def __init__(self, path: str) -> None:
        """Read the pack at a path; it is empty when there is none that can be read."""
        self._path = path
        self._found: dict[str, PackedModule] = {}
        with suppress(*_DAMAGE), open(path, "rb") as file:  # noqa: PTH123 - spares pathlib
            program, modules = marshal.loads(file.read())  # noqa: S302 - as Python does its own
            if program == _program():
                self._found = {name: PackedModule(*packed) for name, packed in modules.items()}

    def find_spec(
        self, fullname: str, _path: object = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module whose source is as it was; None leaves it to the other finders."""
        packed = self._found.get(fullname)
        if packed is None or (packed.modified_ns, packed.size) != _version(packed.path):
            return None
        loader = PackedLoader(fullname, packed)
        spec = ModuleSpec(fullname, loader, origin=packed.path, is_package=packed.is_package)
        spec.has_location = True
        if packed.is_package:
            spec.submodule_search_locations = [os.path.dirname(packed.path)]  # noqa: PTH120 - spares pathlib
        return spec

    def keep(self) -> None:
        """Write the pack anew if modules were loaded that were not in it, or not as they are."""
        new = {} if sys.dont_write_bytecode else self._new()
        if not new:
            return
        modules = {name: tuple(packed) for name, packed in (self._found | new).items()}
        beside = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            try:
                with open(beside, "wb") as file:  # noqa: PTH123 - spares pathlib
                    file.write(marshal.dumps((_program(), modules)))
                os.replace(beside, self._path)  # noqa: PTH105 - spares pathlib
            except OSError:
                os.unlink(beside)  # noqa: PTH108 - spares pathlib

    def _new(self) -> dict[str, PackedModule]:
        """Return the modules of ours that are loaded and not in the pack as they are."""
        found = {}
        for name, module in list(sys.modules.items()):
            spec = getattr(module, "__spec__", None)
            if name.partition(".")[0] != PACKAGE or spec is None:
                continue
            version = _version(spec.origin) if type(spec.loader) is SourceFileLoader else None
            held = self._found.get(name)
            if version is None or (held and (held.modified_ns, held.size) == version):
                continue
            is_package = spec.submodule_search_locations is not None
            code = marshal.dumps(spec.loader.get_code(name))
            found[name] = PackedModule(spec.origin, *version, is_package, code)
        return found


def pack_of_a_check() -> CodePack | None:
    """Have modules looked for in the pack of the installed program first; None without sources."""
    compiled = getattr(__spec__, "cached", None)
    if not isinstance(getattr(__spec__, "loader", None), SourceFileLoader) or not compiled:
        return None
    pack = CodePack(compiled.removesuffix(".pyc") + ".pack")
    sys.meta_path.insert(0, pack)
    return pack


def _program() -> tuple[str, str | None]:
    """Return what tells this program: the interpreter whose code it is, and where it stands."""
    return sys.version, __spec__.origin if __spec__ else None


def _version(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - spares pathlib
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
