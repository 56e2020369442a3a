"""The report of a run as files of a folder: a page, a workbook, exceptions.csv and report.json."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from sheetrecord.app.output_kinds import fit_folder
from sheetrecord.app.reconcile.run import ReconcileResult
from sheetrecord.core.reconcile.controls.cash_to_come import cash_to_come
from sheetrecord.files.fingerprints import digest_of_bytes
from sheetrecord.files.generated_marks import is_marked
from sheetrecord.files.output import Output, OutputKind, guard
from sheetrecord.files.permissions import ModeLimits
from sheetrecord.formats.finance.report import (
    ReconcileReport,
    build_report,
    exceptions_csv,
    report_json,
)
from sheetrecord.workbooks.addresses import name_of

_BY: Final = "reconcile"
_LISTING: Final = "report.json"
_NAMES: Final = ("reconciliation.html", "reconciliation.xlsx", "exceptions.csv", _LISTING)


def report_of(done: ReconcileResult) -> ReconcileReport:
    """Return the report of a run."""
    session = done.session
    report = build_report(
        name_of(session.address), session.as_of.isoformat(), done.result, done.outlook,
        done.inputs.pending, session.held.months,
    )  # fmt: skip
    coming = cash_to_come(session.side.by_key, done.outlook.standings, session.as_of)
    return report._replace(coming=coming)


def report_files(
    folder: Path, inputs: Sequence[Path], *, force: bool, limits: ModeLimits
) -> dict[str, Output]:
    """Return the files of a report, by name. Raises CannotWrite when one may not be written.

    report.json vouches for the files beside it: it holds the digest of each as it was written.
    """
    fit_folder(folder, "a report")
    return {
        name: guard(folder / name, _kind(folder, name), inputs, force=force, limits=limits)
        for name in _NAMES
    }


def _kind(folder: Path, name: str) -> OutputKind:
    ours = None if name == _LISTING else partial(_is_listed, folder / _LISTING, name)
    return OutputKind(_BY, "a report", (Path(name).suffix,), ours, folders=True)


def _is_listed(listing: Path, name: str, data: bytes) -> bool:
    try:
        said = listing.read_bytes()
        files = json.loads(said)["files"]
        known = files[name] == digest_of_bytes(data)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return known and is_marked(said, ".json", _BY)


def report_data(report: ReconcileReport) -> Mapping[str, bytes]:
    """Return the content of a report's files by name."""
    from sheetrecord.formats.finance.report_html import page
    from sheetrecord.formats.finance.report_xlsx import workbook

    files = {
        "reconciliation.html": page(report),
        "reconciliation.xlsx": workbook(report),
        "exceptions.csv": exceptions_csv(report),
    }
    digests = {name: digest_of_bytes(data) for name, data in files.items()}
    return {**files, _LISTING: report_json(report, digests)}
