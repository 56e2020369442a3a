"""Write the report of a run into a folder: a page, a workbook, exceptions.csv and report.json."""

from pathlib import Path

from sheetrecord.app.reconcile.work import Done
from sheetrecord.files import fingerprint, replace
from sheetrecord.formats.finance.report import Report, exceptions_csv, report, report_json
from sheetrecord.model.errors import CannotWrite


def report_of(done: Done) -> Report:
    """Return the report of a run."""
    desk = done.desk
    return report(
        desk.path.name, desk.as_of.isoformat(), done.result, done.outlook, done.inputs.pending,
        desk.held.months,
    )  # fmt: skip


def write_report(told: Report, folder: Path) -> list[Path]:
    """Write the four files and return their paths. Raises CannotWrite."""
    from sheetrecord.formats.finance.report_html import page
    from sheetrecord.formats.finance.report_xlsx import workbook

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        why = f"the folder cannot be made ({err.strerror})."
        raise CannotWrite(folder, why, "Choose another folder.") from err
    files = {
        "reconciliation.html": page(told),
        "reconciliation.xlsx": workbook(told),
        "exceptions.csv": exceptions_csv(told),
        "report.json": report_json(told),
    }
    for name, data in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            replace(path, data, fingerprint(path) if path.is_file() else None, backup=None)
    return [folder / name for name in files]
