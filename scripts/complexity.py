"""Tell which functions are harder to follow than they may be; exit code 1 if one is.

    python scripts/complexity.py           # what must be made simpler, or is now simple enough
    python scripts/complexity.py --lower   # write what became simpler into the list

Cognitive complexity (G. Ann Campbell, SonarSource 2018; counted by complexipy) adds up breaks of
the straight line, each the dearer the deeper it is nested. `scripts/complexity.txt` names the
functions that are still above the limit and their figures. The list only shrinks: a figure that
rose or a function that is not named is an error, and so is one that became simpler and is still
named with the old figure. `--lower` never adds a name or raises a figure, and `MOST` falls with
the length of the list.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from complexipy import file_complexity

ROOT: Final = Path(__file__).resolve().parents[1]
LIST: Final = Path(__file__).with_name("complexity.txt")
LIMIT: Final = 15
"""Above this a function is hard to follow (the default of SonarQube's rule, too)."""

FOLDERS: Final = ("src", "scripts")
"""What is measured; a test is a straight line or wrong for other reasons."""

MOST: Final = 101
"""Names on the list at most; falls with it."""

Figures = Mapping[tuple[str, str], int]
"""Complexity by file and function; of two functions with one name in a file, the higher."""


def measured() -> Figures:
    """Return every function above the limit."""
    found: dict[tuple[str, str], int] = {}
    for path in sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for function in file_complexity(str(path)).functions:
            if function.complexity > LIMIT:
                key = (name, function.name.replace("::", "."))
                found[key] = max(found.get(key, 0), function.complexity)
    return found


def read(text: str) -> Figures:
    """Return the list's functions; raises ValueError for a line that is none."""
    found: dict[tuple[str, str], int] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, function, figure = line.split()
            found[name, function] = int(figure)
    return found


def wrong(listed: Figures, found: Figures) -> Iterator[str]:
    """Yield a sentence for each function that the list does not describe."""
    for key in sorted(listed.keys() | found.keys()):
        was, now = listed.get(key, LIMIT), found.get(key, LIMIT)
        where = ": ".join(key)
        if now > was:
            yield f"{where} has {now}, may have {was}: take a part of it out and name it"
        elif now < was:
            yield f"{where} has {now} instead of {was}: scripts/complexity.py --lower"


def grown(listed: Figures) -> Iterator[str]:
    """Yield a sentence if the list is not as long as it was last said to be."""
    if len(listed) != MOST:
        said = "a name was added" if len(listed) > MOST else "set MOST to that"
        yield f"{LIST.name} has {len(listed)} names, MOST is {MOST}: {said}"


def lowered(text: str, found: Figures) -> str:
    """Return the list without what is simple enough, and with the lower figures."""
    lines: list[str] = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, function, figure = line.split()
            now = min(int(figure), found.get((name, function), LIMIT))
            if now > LIMIT:
                lines.append(f"{name} {function} {now}")
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Check or lower the list; returns 1 if it does not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lower", action="store_true", help="take out what became simpler")
    found = measured()
    if parser.parse_args().lower:
        LIST.write_text(lowered(LIST.read_text("utf-8"), found), "utf-8")
    listed = read(LIST.read_text("utf-8"))
    sentences = [*wrong(listed, found), *grown(listed)]
    print(*sentences, sep="\n", end="\n" if sentences else "")
    return int(bool(sentences))


if __name__ == "__main__":
    sys.exit(main())
