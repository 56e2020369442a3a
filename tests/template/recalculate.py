"""Spreadsheet programs as judges: each calculates a workbook by itself and saves it."""

import shutil
import subprocess
from pathlib import Path

_PATIENCE = 3_600
"""Seconds: Gnumeric takes many minutes for a long book, and a busy machine as many times more."""

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Calculation">
<prop oor:name="UseThreadedCalculationForFormulaGroups" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""


def recalculated(book: Path, folder: Path, kind: str = "xlsx", *, always: bool = True) -> Path:
    """Return the workbook as LibreOffice saves it.

    ``always`` calculates every formula anew, one after the other: LibreOffice 7.4, which calculates
    groups of them in several threads, was seen to show an older result in some. Without it the
    profile is as a person's first one, in which only formulas without a stored result are
    calculated.
    """
    name = "always" if always else "fresh"
    profile, out = folder / f"profile-{name}", folder / f"out-{name}"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    if always:
        (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS)
    office = shutil.which("soffice")
    assert office is not None
    subprocess.run(
        [
            *(office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"),
            *("--convert-to", kind, "--outdir", str(out), str(book)),
        ],
        check=True,
        capture_output=True,
        timeout=_PATIENCE,
    )
    made: Path = out / f"{book.stem}.{kind}"
    assert made.exists()
    return made


def by_gnumeric(book: Path, folder: Path) -> Path:
    """Return the workbook as Gnumeric saves it after calculating every formula anew."""
    convert = shutil.which("ssconvert")
    assert convert is not None
    made = folder / f"gnumeric-{book.name}"
    words = [convert, "--recalc", str(book), str(made)]
    subprocess.run(words, check=True, capture_output=True, timeout=_PATIENCE)
    return made
