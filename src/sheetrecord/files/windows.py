"""The disk steps on Windows, over the kernel32 calls that are passed in."""

import os
from typing import Any, BinaryIO, Protocol

from sheetrecord.files.abilities import has_kernel32
from sheetrecord.files.fingerprints import digest_of

SHARING = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_FILE_NOT_FOUND, _PATH_NOT_FOUND, _ACCESS_DENIED = 2, 3, 5
_NOT_HERE = (1, 50, 87)  # ERROR_INVALID_FUNCTION, NOT_SUPPORTED, INVALID_PARAMETER: some shares
_IGNORE_MERGE_ERRORS = 2  # REPLACEFILE_IGNORE_MERGE_ERRORS: an attribute may stay behind
_READ, _DELETE = 0x80000000, 0x00010000  # GENERIC_READ, DELETE
_SHARE_READ, _SHARE_WRITE, _SHARE_DELETE = 1, 2, 4
_OPEN_EXISTING = 3
_NO_HANDLE = -1
_QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_NO_SUCH_PROCESS = 87  # ERROR_INVALID_PARAMETER, as OpenProcess answers
_STILL_ACTIVE = 259


class Kernel32(Protocol):
    """The three calls, answering True or a handle on success, and the error of the last."""

    def replace_file(self, target: str, mine: str, aside: str, flags: int) -> bool:
        """ReplaceFileW."""

    def create_file(self, path: str, access: int, share: int, disposition: int) -> int:
        """CreateFileW; -1 when it fails."""

    def close_handle(self, handle: int) -> None:
        """CloseHandle."""

    def last_error(self) -> int:
        """GetLastError of the call before."""

    def exit_code(self, pid: int) -> int:
        """OpenProcess and GetExitCodeProcess; -1 when the process cannot be opened."""


class KernelError(OSError):
    """What kernel32 refused, with its own error number in ``winerror``."""

    winerror: int

    def __init__(self, code: int, path: str) -> None:
        super().__init__(0, f"Windows error {code}", path)
        self.winerror = code


def process_runs(kernel: Kernel32, pid: int) -> bool:
    """Say whether a process with this id runs; when in doubt, yes."""
    code = kernel.exit_code(pid)
    if code == _NO_HANDLE:
        return kernel.last_error() != _NO_SUCH_PROCESS
    return code == _STILL_ACTIVE


class WindowsDisk:
    """Steps by ReplaceFileW, which keeps the old file under a name of ours, and by rename."""

    __slots__ = ("_kernel",)

    def __init__(self, kernel: Kernel32) -> None:
        self._kernel = kernel

    def create(self, path: str, mode: int) -> BinaryIO:
        """Open a new file; the folder's access list holds."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.fdopen(os.open(path, flags, mode), "w+b")

    def like(self, file: BinaryIO, target: str) -> None:
        """Do nothing: ReplaceFileW keeps attributes, access list and streams."""

    def sync(self, file: BinaryIO) -> None:
        """Flush; the handle was opened for writing, as FlushFileBuffers wants it."""
        file.flush()
        os.fsync(file.fileno())

    def digest(self, path: str) -> str:
        """Hash what the file holds now."""
        with open(path, "rb") as file:
            return digest_of(file)

    def busy(self, path: str) -> bool:
        """Open it denying writers: a sharing violation means there is one."""
        return self._shut_out(path, _READ, _SHARE_READ | _SHARE_DELETE)

    def held(self, path: str) -> bool:
        """Say whether a program has it open and does not let others delete it."""
        return self._shut_out(path, _DELETE, _SHARE_READ | _SHARE_WRITE | _SHARE_DELETE)

    def exchange(self, mine: str, target: str) -> bool:  # noqa: ARG002 - the protocol's names
        """There is no such call here."""
        return False

    def replace_aside(self, mine: str, target: str, aside: str) -> bool:
        """ReplaceFileW with a backup name.

        When it stops half-way (ERROR_UNABLE_TO_MOVE_REPLACEMENT_2), the old file has that name.
        """
        if self._kernel.replace_file(target, mine, aside, _IGNORE_MERGE_ERRORS):
            return True
        code = self._kernel.last_error()
        if code in _NOT_HERE:
            return False
        if code in (_FILE_NOT_FOUND, _PATH_NOT_FOUND):
            raise FileNotFoundError(2, f"Windows error {code}", target)
        if code == _ACCESS_DENIED:
            raise PermissionError(13, f"Windows error {code}", target)
        raise KernelError(code, target)

    def take(self, path: str, aside: str) -> None:
        """Rename; the private name is known to be free."""
        os.rename(path, aside)

    def put(self, mine: str, target: str) -> None:
        """Rename; on Windows this never replaces."""
        os.rename(mine, target)

    def remove(self, mine: str) -> None:
        """Delete."""
        os.unlink(mine)

    def sync_folder(self, folder: str) -> None:
        """Do nothing: NTFS journals names and has no call for it."""

    def _shut_out(self, path: str, access: int, share: int) -> bool:
        handle = self._kernel.create_file(path, access, share, _OPEN_EXISTING)
        if handle == _NO_HANDLE:
            return self._kernel.last_error() in SHARING
        self._kernel.close_handle(handle)
        return False


class _RealKernel32:  # pragma: no cover - needs Windows
    """The calls through ctypes."""

    __slots__ = ("_ctypes", "_dll")

    def __init__(self, ctypes: Any) -> None:
        self._ctypes = ctypes
        self._dll = ctypes.WinDLL("kernel32", use_last_error=True)
        self._dll.CreateFileW.restype = ctypes.c_void_p
        self._dll.OpenProcess.restype = ctypes.c_void_p
        self._dll.GetExitCodeProcess.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._dll.CloseHandle.argtypes = [ctypes.c_void_p]

    def replace_file(self, target: str, mine: str, aside: str, flags: int) -> bool:
        return bool(self._dll.ReplaceFileW(target, mine, aside, flags, None, None))

    def create_file(self, path: str, access: int, share: int, disposition: int) -> int:
        handle = self._dll.CreateFileW(path, access, share, None, disposition, 0, None)
        return _NO_HANDLE if handle in (None, self._ctypes.c_void_p(-1).value) else int(handle)

    def close_handle(self, handle: int) -> None:
        self._dll.CloseHandle(handle)

    def exit_code(self, pid: int) -> int:
        handle = self._dll.OpenProcess(_QUERY, False, pid)
        if not handle:
            return _NO_HANDLE
        code = self._ctypes.c_ulong()
        self._dll.GetExitCodeProcess(handle, self._ctypes.byref(code))
        self.close_handle(handle)
        return int(code.value)

    def last_error(self) -> int:
        return int(self._ctypes.get_last_error())


def kernel32() -> Kernel32:
    """Return the calls of this Windows; `OSError` elsewhere."""
    if has_kernel32():
        import ctypes

        return _RealKernel32(ctypes)
    raise OSError("kernel32 exists only on Windows")
