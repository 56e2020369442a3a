"""Kill processes that commit to a store, at random instants, and look at what they left.

    python scripts/kill_store.py --kills 500
    python scripts/kill_store.py --kills 500 --address postgresql://user@host/database

Without an address a SQLite file and a PostgreSQL server of its own, both waiting for the disk,
get this many kills each. After each kill every run that was reported durable must be there, whole,
or the one run more that was on its way; the ledger must hold together; the lock must be free.
Prints counts; exits with 1 on any failure.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from stores.cluster import cluster, programs
from stores.killing import faults, kill_once

FRESH = 25
"""Kills after which a new record begins, so that looking at it stays quick."""


def loop(address: str, kills: int) -> bool:
    """Kill and look; print what was found and return whether all was well."""
    failures, reported, began = [], 0, time.monotonic()
    for number in range(kills):
        if number % FRESH == 0:
            record, before = f"K-{random.getrandbits(60):x}", 0
        last = kill_once(address, record, longest=0.03)
        reported += last - before
        before = last
        failures += [f"kill {number}: {what}" for what in faults(address, record, last)]
    print(address.rsplit("@", maxsplit=1)[-1])
    print(f"{kills:8} kills in {time.monotonic() - began:.0f} s")
    print(f"{reported:8} runs reported durable")
    print(f"{len(failures):8} failures", *failures[:20], sep="\n         ")
    return not failures


def main() -> int:
    """Parse the words and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--address", help="an existing database instead of new ones")
    parser.add_argument("--seed", type=int, default=None)
    words = parser.parse_args()
    random.seed(words.seed)
    if words.address:
        return int(not loop(words.address, words.kills))
    with tempfile.TemporaryDirectory() as folder:
        well = loop(f"sqlite:{folder}/record.db", words.kills)
    if programs() is None:
        print("PostgreSQL's server is not on this machine.")
        return 1
    with cluster(durable=True) as address:
        well &= loop(address, words.kills)
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
