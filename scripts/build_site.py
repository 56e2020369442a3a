"""Build the docs site: `build_site.py OUT [--page FOLDER]`, without a network.

OUT opens from a folder as it does from a host. --page is the folder that `sheetrecord web` has
written; it goes along as the live demo. What was read before is kept in `build/site`, so that a
second build reads only pages that changed; a warning of Sphinx is an error.
"""

import argparse
import shutil
import sys
import tomllib
from pathlib import Path

from sphinx.cmd.build import build_main

from docs_site import staging

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
KEPT = ROOT / "build" / "site"
OURS = "searchindex.js"
"""A file that every built site has: a folder without it is somebody else's."""


def build(out: Path, page: Path | None = None) -> int:
    """Build the site into a folder, in place of an earlier one; return Sphinx' exit code."""
    if out.is_dir() and any(out.iterdir()) and not (out / OURS).is_file():
        print(f"{out} holds something else: name an empty folder.")
        return 3
    shutil.rmtree(out, ignore_errors=True)  # pages that did not change have the old navigation
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    files = f"{about['project']['urls']['Source']}/blob/main"
    source = KEPT / "pages"
    staging.write(source, staging.staged(DOCS, files, page is not None))
    for path in DOCS.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            to = source / path.relative_to(DOCS)
            to.parent.mkdir(parents=True, exist_ok=True)
            if not to.is_file() or to.read_bytes() != path.read_bytes():
                shutil.copyfile(path, to)
    told = build_main([
        *("-W", "--keep-going", "-q", "-b", "html", "-c", str(ROOT / "scripts" / "docs_site")),
        *("-d", str(KEPT / "doctrees"), str(source), str(out)),
    ])  # fmt: skip
    for path in out.rglob("*.html"):
        _mend(path)
    if told == 0 and page is not None:
        shutil.copytree(page, out / "page", dirs_exist_ok=True)
    return told


MENDED = (
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="All pages">'),
    ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="On this page">'),
    ('<h2 class="search-title">Search</h2>', '<h1 class="search-title">Search</h1>'),
)
"""What the theme leaves unsaid to whoever has the page read aloud."""


def _mend(path: Path) -> None:
    text = mended = path.read_text("utf-8")
    for theirs, ours in MENDED:
        mended = mended.replace(theirs, ours)
    if path.name == "search.html" and "<h1" not in mended:
        mended = mended.replace(
            '<div id="search-results">', '<h1>Search</h1><div id="search-results">'
        )
    if mended != text:
        path.write_text(mended, "utf-8")


def main() -> int:
    """Build it as the command line says."""
    words = argparse.ArgumentParser(description="Build the docs site.")
    words.add_argument("out", type=Path, metavar="OUT")
    words.add_argument("--page", type=Path, help="what `sheetrecord web` wrote: the live demo")
    given = words.parse_args()
    return build(given.out.resolve(), given.page)


if __name__ == "__main__":
    sys.exit(main())
