"""Every derived cell, as the engine and three judges show it: LibreOffice twice, and Gnumeric.

    python scripts/parity.py [SLICE]... [--judge fresh] [--judge forced] [--judge gnumeric]

Slices: ``samples`` (sample firms of 1 and 5 years), ``templates`` (every template in every
language, with a few deals), ``random`` (540 random deals, four languages, one cell in twelve odd);
``samples-1``, ``random-de`` and so on for one firm or language. LibreOffice judges in a profile as
a person's first one (``fresh``) and calculating every formula anew (``forced``). Prints a line for
each workbook and judge, and each cell that differs. Exits 1 when one does.
"""

import argparse
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from sheetrecord.app.create import NewWorkbookRequest, workbook  # noqa: E402
from sheetrecord.formats.template import TEMPLATES, build  # noqa: E402
from sheetrecord.schema.packs import LANGUAGES  # noqa: E402
from template.messyrows import ASOF, messy_rows  # noqa: E402
from template.recalculate import by_gnumeric, recalculated  # noqa: E402
from template.test_agreement import disagreements, made  # noqa: E402

DEALS = 135
"""Random deals of each language."""
JUDGES: dict[str, Callable[[Path, Path], Path]] = {
    "fresh": lambda book, folder: recalculated(book, folder, always=False),
    "forced": lambda book, folder: recalculated(book, folder, always=True),
    "gnumeric": by_gnumeric,
}


def sample(years: int, folder: Path) -> Iterator[Path]:
    """Yield the sample firm of so many years."""
    path = folder / f"sample-{years}.xlsx"
    path.write_bytes(workbook(NewWorkbookRequest(sample=True, years=years), today=ASOF, asof=ASOF))
    yield path


def templates(folder: Path) -> Iterator[Path]:
    """Yield every template in every language, with a few deals in it."""
    for name, spec in TEMPLATES.items():
        for language in LANGUAGES:
            path = folder / f"{name}-{language}.xlsx"
            wanted = spec._replace(language=language, asof=ASOF)
            path.write_bytes(build(wanted, messy_rows(len(name), 3, language)))
            yield path


def random(language: str, folder: Path) -> Iterator[Path]:
    """Yield random deals in a language."""
    book = made(folder, 100 + LANGUAGES.index(language), language, DEALS)
    yield book.rename(folder / f"random-{language}.xlsx")


SLICES: dict[str, Callable[[Path], Iterator[Path]]] = {
    **{f"samples-{one}": lambda folder, one=one: sample(one, folder) for one in (1, 5)},
    "templates": templates,
    **{f"random-{one}": lambda folder, one=one: random(one, folder) for one in LANGUAGES},
}


def main() -> int:
    """Compare what was asked for."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("slices", nargs="*", metavar="SLICE", help=", ".join(SLICES))
    words.add_argument("--judge", action="append", choices=JUDGES, help="default: all three")
    told = words.parse_args()
    wanted = [one for one in SLICES if any(one.startswith(w) for w in told.slices or SLICES)]
    warnings.simplefilter("ignore")
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        for one in wanted:
            for book in SLICES[one](Path(name)):
                for judge in told.judge or JUDGES:
                    start = time.monotonic()
                    found, compared = disagreements(book, JUDGES[judge](book, Path(name)))
                    took = time.monotonic() - start
                    print(
                        f"{book.stem:<26}{judge:<10}{len(found):>4} of {compared:>6}{took:>7.0f} s"
                    )
                    print(*(f"    {each}" for each in found), sep="\n", end="\n" * bool(found))
                    sys.stdout.flush()
                    wrong += len(found) + (not compared)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
