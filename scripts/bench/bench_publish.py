"""What publishing costs: a whole site, one changed deal, nothing changed; CPU seconds and files.

    python scripts/bench/bench_publish.py [DEALS...]

The record is made in memory, so reading a workbook is not counted; the disk is a temporary folder.
"""

import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sheetrecord.core.view.audiences import OPS
from sheetrecord.core.view.projection import narrow
from sheetrecord.publish.folder import put
from sheetrecord.publish.site import Provenance, Site
from sheetrecord.schema.record import Record, Settings, blank, make_record
from sheetrecord.schema.sheets import SHEETS

D = dt.date
STAGES = ("won", "won", "lost", "proposal", "parked")


def firm(deals: int, changed: int = -1) -> Record:
    """Return a record with some sixteen rows to a deal; one deal's answer may differ."""
    rows: dict[str, list[Any]] = {sheet: [] for sheet in SHEETS}

    def add(sheet: str, number: int, **cells: Any) -> None:
        key = SHEETS[sheet].columns[0].key
        row_id = f"{SHEETS[sheet].prefix}-{number:05}-{len(rows[sheet]) % 97}"
        told = {key: row_id, "deal_id": f"D-{number:05}", **cells}
        rows[sheet].append(blank(SHEETS[sheet], len(rows[sheet]) + 5, **told))

    for n in range(deals):
        add("Deal", n, deal_id=f"D-{n:05}", client=f"Client {n % 900}", deal_name=f"Project {n}",
            stage=STAGES[n % 5], currency="EUR", value_net=10_000_00, signed_on=D(2026, 3, 1),
            contract_end=D(2026, 9, 1), deal_owner="Anna", ops_owner="Milan")  # fmt: skip
        for kind in ("why_us", "alternative", "pressure", "success_personal", "pushback"):
            said = "Changed" if n == changed else f"What they said of {kind} in {n}"
            add("Context", n, kind=kind, answer=said, person="Petra", learned_on=D(2026, 2, 1))
        add("Context", n, kind="real_deadline", answer="Board", date=D(2026, 8, 1), driver="Board",
            hardness="hard")  # fmt: skip
        for what in ("Training", "A draft", "An export"):
            add("Commitments", n, what=f"{what} for deal {n}", type="promise", said_by="Anna",
                said_on=D(2026, 2, 3), client_believes="yes", disposition="declined")  # fmt: skip
        add("Project", n, kind="summary", title="Work", status="on_track")
        add("Project", n, kind="milestone", title="Beta", date_planned=D(2026, 7, 1))
        add("Project", n, kind="issue", title="No date", status="open", severity="medium")
        for net in (3_000_00, 7_000_00):
            add("Fees", n, origin="contract", net=net, currency="EUR", invoiced_on=D(2026, 4, 1),
                terms_days=30.0, received=net // 2)  # fmt: skip
    return make_record(Settings(asof=D(2026, 6, 30), currency="EUR"), rows)


def measured(do: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return a call's result, its CPU seconds (with the kernel's) and its wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = do()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def publish(record: Record, folder: Path, revision: str) -> Any:
    """Narrow a record and put its site into a folder."""
    site = Site(narrow(record, OPS), OPS, Provenance("firm.xlsx", revision, "Anna"), {})
    return put(folder, list(site.pages()), "ops")


def main() -> None:
    """Print a line for each size and step."""
    print(f"{'deals':>7}  {'what':<17}{'CPU s':>8}{'wall s':>8}{'written':>9}{'kept':>7}  files")
    for deals in [int(word) for word in sys.argv[1:]] or [100, 1_000, 10_000]:
        steps = (("the whole site", -1, "a"), ("nothing changed", -1, "a"),
                 ("one deal changed", deals // 2, "b"))  # fmt: skip
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "site"
            for what, changed, revision in steps:
                record = firm(deals, changed)
                done, cpu, wall = measured(partial(publish, record, folder, revision))
                files = [page.path for page in done.write]
                shown = " ".join(sorted(files)) if len(files) < 8 else ""
                print(f"{deals:>7}  {what:<17}{cpu:>8.2f}{wall:>8.2f}{len(files):>9}"
                      f"{len(done.keep):>7}  {shown}", flush=True)  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
