"""The Excel side of the pane, over a fake Excel; and its types, against those of Office."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from hosting import in_browser

HERE = Path(__file__).parent / "excel"
WEB = in_browser.ROOT / "src" / "sheetrecord" / "web"
NAMES = re.findall(r'(?m)^  "(.+)": async \(\) => \{$', (HERE / "cases.mjs").read_text("utf-8"))
PACKAGES = ("typescript@5.9.3", "@types/office-js@1.0.612")


@pytest.fixture(scope="module")
def results() -> Mapping[str, str]:
    """Run every case in one node; return what went wrong with each."""
    if shutil.which("node") is None:
        in_browser.missing("node is not installed")
    words = ["node", str(HERE / "cases.mjs"), str(WEB)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    return {one["name"]: one["wrong"] for one in found}


@pytest.mark.parametrize("name", NAMES)
def test_of_excel(results: Mapping[str, str], name: str) -> None:
    assert results[name] == ""


def test_every_case_is_run(results: Mapping[str, str]) -> None:
    assert set(results) == set(NAMES)
    assert len(NAMES) > 25


@pytest.fixture(scope="module")
def compiler() -> Path:
    """Return a folder with TypeScript and Office's types, fetched by npm once."""
    kept = in_browser.ROOT / "build" / "typescript"
    if (kept / "node_modules" / "typescript").is_dir():
        return kept
    npm = shutil.which("npm")
    if npm is None:
        in_browser.missing("npm is not installed")
    kept.mkdir(parents=True, exist_ok=True)
    words = [str(npm), "install", "--prefix", str(kept), "--ignore-scripts", "--no-audit"]
    done = subprocess.run(
        [*words, "--no-fund", "--silent", *PACKAGES],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if done.returncode:
        in_browser.missing(f"npm fetches no TypeScript: {done.stderr[-300:]}")
    return kept


def types(compiler: Path, to: Path) -> str:
    """Return what the strict compiler says of a copy of the host's modules."""
    settings = {
        "checkJs": True, "allowJs": True, "strict": True, "noEmit": True, "target": "ES2022",
        "module": "ES2022", "moduleResolution": "bundler", "types": ["office-js"],
        "lib": ["ES2023", "DOM", "DOM.Iterable"],
        "typeRoots": [str(compiler / "node_modules" / "@types")],
    }  # fmt: skip
    told = {"compilerOptions": settings, "include": [str(to / "host.mjs"), str(to / "excel")]}
    (to / "tsconfig.json").write_text(json.dumps(told))
    words = ["node", str(compiler / "node_modules" / "typescript" / "bin" / "tsc"), "-p", str(to)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    return done.stdout


def copied(to: Path) -> Path:
    (to / "web").mkdir()
    shutil.copy(WEB / "host.mjs", to / "web")
    shutil.copytree(WEB / "excel", to / "web" / "excel")
    return to / "web"


def test_the_types_are_those_of_office(compiler: Path, tmp_path: Path) -> None:
    assert types(compiler, copied(tmp_path)) == ""


def test_a_misspelling_is_found(compiler: Path, tmp_path: Path) -> None:
    web = copied(tmp_path)
    path = web / "excel" / "writing.mjs"
    text = path.read_text("utf-8")
    assert "worksheets.getItemOrNullObject" in text
    path.write_text(text.replace("getItemOrNullObject", "getItemOrNulObject"))
    assert "getItemOrNulObject" in types(compiler, web)
