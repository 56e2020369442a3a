"""Three copies of one record as people have them: two workbooks and a folder of CSV files.

Everything here reads and writes with other programs' eyes (openpyxl, LibreOffice, the csv module),
so that a fault of ours in reading cannot hide a fault in writing.
"""

import csv
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl

KEYS: Final = {
    "Description": "description",
    "Order no.": "po_ref",
    "Applies to": "applies_to",
    "Period": "period_text",
    "Note": "note",
}
"""Headers of the fee lines that people type words into, and the keys of their columns."""

TYPED: Final = ("Description", "Order no.", "Note")
WORD: Final = re.compile(r"w\d+")
"""A value that somebody typed: there is only one of each."""

STRANGE: Final = "row "
"""What the name of a line begins with that has no id of its own."""

_REMEMBERED: Final = 12

Table = dict[str, dict[str, str]]
"""Fee lines by id: text by header."""


class Screen:
    """A copy as somebody has it open: its bytes at that moment, to be changed and saved."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files = {file: file.read_bytes() for file in files_of(path)}
        self.rows: list[list[Any]] = []
        self._book: Any = None
        self._csv = ("utf-8", ",", "\n")
        self._read()

    def _read(self) -> None:
        if self.path.is_dir():
            data = self.files[self.path / "Fees.csv"]
            encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
            text = data.decode(encoding)
            first = next(line for line in text.splitlines() if "Fee ID" in line)
            mark = max(",;\t", key=first.count)
            self._csv = encoding, mark, "\r\n" if "\r\n" in text else "\n"
            self.rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        else:
            self._book = openpyxl.load_workbook(io.BytesIO(self.files[self.path]))
            sheet = self._book["Fees"]
            self.rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.top = next(i for i, row in enumerate(self.rows) if "Fee ID" in row)
        self.at = {header: i for i, header in enumerate(self.rows[self.top]) if header}

    def lines(self) -> Iterator[int]:
        """Yield the positions of the rows that hold anything typed."""
        for i in range(self.top + 1, len(self.rows)):
            row = self.rows[i]
            if any(self.text(row, header) for header in ("Description", "Net", "Note")):
                yield i

    def text(self, row: list[Any], header: str) -> str:
        """Return what stands in a cell of a row, empty for nothing."""
        i = self.at.get(header, -1)
        value = row[i] if 0 <= i < len(row) else None
        return "" if value is None else str(value).removeprefix("'")

    def words(self, i: int | None = None) -> set[str]:
        """Return the typed values on the screen, or in one row of it."""
        rows = self.rows[self.top + 1 :] if i is None else [self.rows[i]]
        return {str(cell) for row in rows for cell in row if cell and WORD.fullmatch(str(cell))}

    def put(self, i: int, header: str, value: str | None) -> None:
        """Type into a cell, or clear it."""
        row = self.rows[i]
        row.extend([None] * (self.at[header] + 1 - len(row)))
        row[self.at[header]] = value if value is not None or self._book else ""
        if self._book:
            self._book["Fees"].cell(i + 1, self.at[header] + 1).value = value

    def empty(self, i: int) -> None:
        """Clear a row, its id too."""
        for header in self.at:
            self.put(i, header, None)

    def add(self) -> int:
        """Begin a row below the others; return its position."""
        last = max(self.lines(), default=self.top)
        if last + 1 >= len(self.rows):
            self.rows.append([None if self._book else ""] * len(self.rows[self.top]))
        self.put(last + 1, "Deal ID", "D-0001")
        return last + 1

    def listed(self) -> list[tuple[int, dict[str, str]]]:
        """Return the list of conflicts: each line by its headers, with its row (1-based)."""
        if self._book is None or "Conflicts" not in self._book.sheetnames:
            return []
        rows = list(enumerate(self._book["Conflicts"].iter_rows(values_only=True), start=1))
        start = next((n for n, (_, row) in enumerate(rows) if "Keep" in row), len(rows))
        if start == len(rows):
            return []
        heads = [str(head or "") for head in rows[start][1]]
        return [
            (number, dict(zip(heads, (str(cell or "") for cell in row), strict=True)))
            for number, row in rows[start + 1 :]
        ]

    def keep(self, number: int, word: str) -> None:
        """Write a word into the column Keep of the list of conflicts."""
        sheet = self._book["Conflicts"]
        rows = (list(row) for row in sheet.iter_rows(values_only=True))
        column = next(row.index("Keep") for row in rows if "Keep" in row)
        self._book["Conflicts"].cell(number, column + 1).value = word

    def stands(self) -> bool:
        """Tell whether the files still are as they were when they were opened."""
        return all(file.exists() and file.read_bytes() == d for file, d in self.files.items())

    def save(self) -> None:
        """Save the whole copy as it was opened and changed since."""
        if self._book:
            out = io.BytesIO()
            self._book.save(out)
            self.path.write_bytes(out.getvalue())
            return
        encoding, mark, ending = self._csv
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=mark, lineterminator=ending).writerows(self.rows)
        self.files[self.path / "Fees.csv"] = text.getvalue().encode(encoding)
        for file, data in self.files.items():
            file.write_bytes(data)


def files_of(path: Path) -> list[Path]:
    """Return the files of a copy."""
    return sorted(path.glob("*.csv")) if path.is_dir() else [path]


_READ: OrderedDict[tuple[bytes, ...], Table] = OrderedDict()
"""The tables of the copies that were read last, by their bytes."""


def table(path: Path) -> Table:
    """Return the fee lines of a copy by id; those that share one, or have none, by their rows."""
    data = tuple(file.read_bytes() for file in files_of(path))
    if data not in _READ:
        _READ[data] = _table(path)
        if len(_READ) > _REMEMBERED:
            _READ.popitem(last=False)
    return _READ[data]


def _table(path: Path) -> Table:
    screen = Screen(path)
    found: Table = {}
    for i in screen.lines():
        row = screen.rows[i]
        id_ = screen.text(row, "Fee ID")
        id_ = id_ if id_ and id_ not in found else f"{STRANGE}{i + 1}"
        found[id_] = {key: screen.text(row, key) for key in (*TYPED, "Net") if key in screen.at}
    return found


def whole(path: Path) -> str:
    """Say what is wrong with a file as such; empty when it is whole."""
    try:
        table(path)
        if path.is_dir():
            return ""
        with zipfile.ZipFile(path) as package:
            bad = package.testzip()
    except Exception as error:  # noqa: BLE001 - whatever a reader trips over
        return f"{path.name}: {type(error).__name__}: {error}"
    return f"{path.name}: {bad} is damaged" if bad else ""


def saved_by_libreoffice(path: Path) -> bool:
    """Open a workbook in LibreOffice and save it; tell whether that could be done."""
    program = shutil.which("soffice")
    if program is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        words = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
        words += ["--outdir", f"{folder}/out", str(path)]
        subprocess.run(words, check=False, capture_output=True, timeout=180)
        made = Path(folder, "out", path.name)
        if not made.is_file():
            return False
        path.write_bytes(made.read_bytes())
    return True
