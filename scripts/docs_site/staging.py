"""The pages of `docs/` as the site has them: a page a family of rules, a list of what is where.

The pages themselves stay plain Markdown, which any host shows. What the site needs besides is made
here: `index.md` is a list of links by section, and that list is the site's navigation too.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

FAMILIES: Final = {
    "HEAD": "Sheets and headers",
    "GUARD": "The gate's basis",
    "MIG": "Versions",
    "TYPE": "What a cell holds",
    "ROW": "Rows and ids",
    "LINK": "Links between sheets",
    "DEAL": "Deal",
    "CTX": "Context",
    "COM": "Commitments",
    "PRJ": "Project",
    "FEE": "Fees",
    "OWN": "Your own columns",
}
"""What a rule's code begins with, and what its page is called."""

BESIDE: Final = {"json/README.md": (), "decisions/README.md": ("decisions/[0-9]*",)}
"""Pages that stand for a folder, and which pages stand below each."""

_LINK = re.compile(r"(!?\[[^\]]*\])\(([^)\s]+)\)")
_FENCE = re.compile(r"^(```.*?^```)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^```(bad|good)\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_WORDS = {"bad": "Found", "good": "Not found"}


def staged(docs: Path, project: str, page: bool) -> dict[str, str]:
    """Return every Markdown page of the site by its path.

    `project` is the address of the project's files, for links that lead out of `docs`; with `page`
    the folder of the browser's page stands beside the site.
    """
    found = {
        path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")
    }
    rules = dict(_rules(found.pop("rules.md")))
    found |= rules
    if page:
        found["try-it.md"] = _DEMO
    index = found["index.md"]
    found["index.md"] = index + "".join(_trees(index))
    found["rules.md"] += _tree("", (name for name in rules if name != "rules.md"))
    for name, below in BESIDE.items():
        found[name] += _tree("", (f"/{one}" for one in below), glob=True) if below else ""
    return {name: _outward(name, text, docs, project) for name, text in found.items()}


def _tree(caption: str, pages: Iterator[str], *, glob: bool = False) -> str:
    """Return a hidden list of pages: the site's navigation."""
    options = [
        ":hidden:",
        *([":glob:"] if glob else []),
        *([f":caption: {caption}"] if caption else []),
    ]
    return "\n".join(["", "", "```{toctree}", *options, "", *pages, "```", ""])


def _trees(index: str) -> Iterator[str]:
    """Yield the navigation that the sections of the first page make: their links, in order."""
    _, *parts = _SECTION.split(index)
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        pages = [target.partition("#")[0] for _, target in _LINK.findall(text)]
        ours = [one for one in dict.fromkeys(pages) if one.endswith(".md") and "://" not in one]
        if ours:
            yield _tree(title, (one.removesuffix(".md") for one in ours))


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Yield the page that lists all rules, and one for each family."""
    head, *each = re.split(r"^(?=## [A-Z]+-\d)", text, flags=re.MULTILINE)
    by_family: dict[str, list[str]] = {}
    for one in each:
        by_family.setdefault(one[3:].partition("-")[0], []).append(one)
    if missing := by_family.keys() - FAMILIES:
        raise SystemExit(f"scripts/docs_site/staging.py: no title for rules of {sorted(missing)}")
    yield "rules.md", _to_family(head, "rules/")
    for family, found in by_family.items():
        page = _EXAMPLE.sub(_example, "".join(found))
        title = f"# {family}: {FAMILIES[family]}\n\n{len(found)} of the [rules](../rules.md).\n\n"
        yield f"rules/{family.lower()}.md", title + _to_family(page, "")


def _to_family(text: str, folder: str) -> str:
    """Let links to a rule lead to its family's page."""
    return re.sub(r"\]\(#(([a-z]+)-\d+)\)", rf"]({folder}\2.md#\1)", text)


def _example(found: re.Match[str]) -> str:
    """Return an example with a word above that says which kind it is."""
    return f"**{_WORDS[found[1]]}**\n\n```text\n{found[2]}```\n"


def _outward(name: str, text: str, docs: Path, project: str) -> str:
    """Let links to files outside `docs` lead to the project's address."""
    base = (docs / name).parent

    def led(link: re.Match[str]) -> str:
        target, mark, anchor = link[2].partition("#")
        if not target or "://" in target or target.startswith("mailto:"):
            return link[0]
        path = (base / target).resolve()
        if path.is_relative_to(docs):
            return link[0]
        return f"{link[1]}({project}/{path.relative_to(docs.parent).as_posix()}{mark}{anchor})"

    return "".join(
        part if part.startswith("```") else _LINK.sub(led, part) for part in _FENCE.split(text)
    )


_DEMO: Final = """# Try it

This is the page itself, with the engine inside: drop a workbook of yours on it, or first
make one with the sample firm. It is read on this machine and goes nowhere.
<a href="page/index.html">Open it alone</a>.

<iframe class="live-demo" src="page/index.html" title="The page: drop a workbook here"
loading="lazy"></iframe>

Opened as a file (`file://`) it does not run, because browsers let no such page start a worker.
"""


def write(folder: Path, pages: Mapping[str, str]) -> None:
    """Write pages that differ and take away what is none any more; the rest is not built again."""
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    for path in folder.rglob("*.md"):
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
