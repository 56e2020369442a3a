"""Write a made-up firm to a folder: its workbook, its bank in every dialect, ledgers, the truth.

python -m reconcile_truth.dataset --profile hard --seed 7 --size 300 FOLDER

The same profile, seed and size give the same bytes.
"""

import argparse
import hashlib
import json
from pathlib import Path

from reconcile_truth.__main__ import make
from reconcile_truth.dialects import DIALECTS, LEDGERS
from reconcile_truth.metrics import outstanding, state, truth_answers
from reconcile_truth.payments import Book
from reconcile_truth.profiles import PROFILES
from reconcile_truth.workbook import firm_of


def main() -> None:
    """Write the files that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profile", default="brief", choices=sorted(PROFILES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=300)
    args = parser.parse_args()
    book = make(args.profile, args.seed, args.size)
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, data in files_of(book, args.profile, args.seed, args.size).items():
        (args.folder / name).write_bytes(data)
        print(args.folder / name)


def files_of(book: Book, profile: str, seed: int, size: int) -> dict[str, bytes]:
    """Return every file by its name; the manifest has the hashes of the others."""
    lines = sorted(book.lines, key=lambda x: (x.booked, x.bank_id))
    open_ = _open(book)
    paid = {i.number: i.gross for i in book.invoices if open_[i.number] == 0}
    invoices = [i for i in book.invoices if i.gross > 0]
    files = {"firm.xlsx": firm_of(book.invoices)}
    files |= {f"bank-{name}": write(lines) for name, write in DIALECTS.items()}
    files |= {f"ledger-{name}.csv": write(invoices, paid) for name, write in LEDGERS.items()}
    files["truth.json"] = _json(_truth(book))
    manifest = {
        "profile": profile,
        "seed": seed,
        "size": size,
        "rates": PROFILES[profile]._asdict(),
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    return {**files, "manifest.json": _json(manifest)}


def _open(book: Book) -> dict[str, int]:
    return outstanding(book, truth_answers(book))


def _truth(book: Book) -> dict[str, object]:
    """Return what each line settles by the bank's reference, and where each invoice stands."""
    open_ = _open(book)
    receipts = {
        line.ref: {
            "kind": book.truth[line.bank_id].kind,
            "settles": [[n, a, k.value] for n, a, k in book.truth[line.bank_id].settles],
            "held": [[n, a, k.value] for n, a, k in book.truth[line.bank_id].held],
        }
        for line in book.lines
    }
    invoices = {
        i.number: {"open": open_[i.number], "state": state(i, open_[i.number])}
        for i in book.invoices
    }
    return {"receipts": receipts, "invoices": invoices}


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


if __name__ == "__main__":
    main()
