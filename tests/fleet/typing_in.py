"""Type into a copy and sync it, again and again: `python typing_in.py ADDRESS BOOK ROW`."""

import sys
from pathlib import Path

from merge.files import put
from messy.firm import edited
from sheetrecord.app.fleet.sync_one import Job, sync_one

ROUNDS = 4


def main() -> None:
    """Type a text that nobody else types into the description of one fee line, and sync."""
    address, name, row = sys.argv[1:]
    path = Path(name)
    for number in range(ROUNDS):
        change = put("Fees", int(row), description=f"{path.stem} {number}")
        path.write_bytes(edited(path.read_bytes(), change))
        done = sync_one(Job(name, path.stem, address))
        assert not done.waits, done


if __name__ == "__main__":
    main()
