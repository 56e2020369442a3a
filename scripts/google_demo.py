"""The main job on a spreadsheet in a made-up Google: `python3 scripts/demo.py --google [FOLDER]`.

A server on this machine stands in for Google (`loopback/sheets_server`); the commands are those
that are typed for a real spreadsheet. What only Google itself can show, docs/google.md lists.
"""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "loopback"))

from sheets_server import MACHINE, SheetsServer

KEY: Final = "made-up-firm"
SHEET: Final = f"gsheet:{KEY}"


class Demo:
    """A folder, a server, and the words that are typed."""

    def __init__(self, folder: Path, server: SheetsServer) -> None:
        self.folder, self.server = folder, server
        key = server.service_key(folder / "service-account.json")
        state = {"SHEETRECORD_STATE": str(folder / ".state")}
        credentials = {"SHEETRECORD_GOOGLE_CREDENTIALS": str(key)}
        self.environment = {**os.environ, **server.environment(), **state, **credentials}
        self.failed = False

    def run(self, *words: object, codes: tuple[int, ...] = (0,)) -> None:
        """Say and run a command."""
        texts = [str(word) for word in words]
        print(f"$ sheetrecord {' '.join(texts)}", flush=True)
        before = len(self.server.google.requests)
        ran = subprocess.run(
            [sys.executable, "-m", "sheetrecord", *texts],
            cwd=self.folder,
            env=self.environment,
            text=True,
            capture_output=True,
            check=False,
        )
        print(ran.stdout + ran.stderr, end="")
        asked = [one.name for one in self.server.google.requests[before:] if one.name != "token"]
        if asked:
            print(f"  ({len(asked)} requests to Google)")
        if ran.returncode not in codes:
            self.failed = True
            print(f"  (ended with {ran.returncode})")

    def says(self, text: str) -> None:
        """Print what comes next."""
        print(f"\n{text}", flush=True)

    def upload(self, path: Path) -> None:
        """Let a person upload a workbook, open it as a Google Sheet and share it."""
        self.server.google.add_file(path.read_bytes(), "firm", key=KEY)
        self.server.google.share(KEY, MACHINE)
        print(f"(in the browser: {path.name} is uploaded, saved as Google Sheets and shared)")

    def types(self, title: str, header: str, old: str, text: str) -> None:
        """Let a person type into the first cell of a column that says ``old``."""
        sheet = self.server.google.book(KEY).titled(title)
        if sheet is None:
            raise ValueError(title)
        head, column = next((n, c) for n, c, said in _texts(sheet) if said == header)
        row = next(n for n, c, said in _texts(sheet) if c == column and n > head and said == old)
        start = {"sheetId": sheet.id, "rowIndex": row, "columnIndex": column}
        rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
        update = {"start": start, "rows": rows, "fields": "userEnteredValue"}
        self.server.google.act(KEY, [{"updateCells": update}])
        print(f"(in the browser: {title}, {header}: {old!r} becomes {text!r})")

    def walk(self) -> None:
        """Do the main job."""
        book = self.folder / "firm.xlsx"
        self.says("1. A firm's workbook with a year of deals becomes a Google Sheet")
        self.run("new", "firm.xlsx", "--sample")
        self.upload(book)
        self.says("2. What is missing in it")
        self.run("validate", SHEET, codes=(0, 1))
        deal = self._ready()
        self.says(f"3. {deal} was signed and is complete: it is closed in place, in one batch")
        self.run("promote", SHEET, deal, "--by", "Mara")
        self.run("accept", SHEET, deal, "--by", "Jon")
        self.says("4. A copy in a workbook file, changes in both, brought together")
        copy = self.folder / "jons-copy.xlsx"
        self.run("sync", SHEET, "--by", "Mara")
        _exported(self, copy)
        self.types("Deal", "Next step", self._said("Deal", "Next step"), "Typed in the browser")
        self.run("sync", SHEET, copy.name, "--by", "Jon", codes=(0, 1))
        self.run("sync", SHEET, copy.name, "--by", "Jon", codes=(0, 1))
        self.says("5. The read-only view for ops")
        self.run("publish", SHEET, "--to", "view", "--by", "Mara")
        wrong = self.server.google.violations
        self.says("Where to look:")
        print(f"  {copy}   the copy: what was typed in the browser stands in it")
        print(f"  {self.folder / 'view' / 'index.html'}   what ops sees")
        print(f"  {len(self.server.google.requests)} requests, every answer as Google describes it")
        print(*wrong, sep="\n", end="")

    def _ready(self) -> str:
        """Return the sample's deal that is ticked as ready to close."""
        from sheetrecord.app.validate import validate

        record = validate(
            str(self.folder / "firm.xlsx"), today=dt.datetime.now().astimezone().date()
        ).report.record
        return next(deal.deal_id for deal in record.deals if deal.ready_to_close)

    def _said(self, title: str, header: str) -> str:
        """Return the first text that stands below a header."""
        sheet = self.server.google.book(KEY).titled(title)
        if sheet is None:
            raise ValueError(title)
        head, column = next((n, c) for n, c, said in _texts(sheet) if said == header)
        return next(said for n, c, said in _texts(sheet) if c == column and n > head and said)


def _texts(sheet: Any) -> Iterator[tuple[int, int, str]]:
    for row, column, cell in sheet.areas(sheet.whole):
        yield row, column, str(cell.get("userEnteredValue", {}).get("stringValue", ""))


def _exported(demo: Demo, copy: Path) -> None:
    """Let a person take the workbook file along that the spreadsheet came from."""
    copy.write_bytes((demo.folder / "firm.xlsx").read_bytes())
    print(f"(Jon works in {copy.name}, the workbook file that the spreadsheet was made of)")


def main() -> int:
    """Return 0 when every command ended as it should."""
    words = [word for word in sys.argv[1:] if word != "--google"]
    folder = Path(words[0] if words else "demo-google").absolute()
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty: name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    with SheetsServer() as server:
        demo = Demo(folder, server)
        demo.walk()
    return int(demo.failed or bool(server.google.violations))


if __name__ == "__main__":
    sys.exit(main())
