"""The extension's file: the same bytes each time, nothing but what runs in LibreOffice."""

import ast
import io
import xml.etree.ElementTree as ET
from zipfile import ZipFile

import pytest

from sheetrecord import __version__
from sheetrecord.app.addins.libreoffice import extension
from sheetrecord.workbooks.live.office.words import _TEXTS, LANGUAGES, say

ARCHIVE = ZipFile(io.BytesIO(extension()))
PYTHON = [name for name in ARCHIVE.namelist() if name.endswith(".py")]


def test_it_is_the_same_bytes_each_time() -> None:
    assert extension() == extension()
    assert {one.date_time[0] for one in ARCHIVE.infolist()} == {1980}


def test_its_manifest_names_what_is_in_it() -> None:
    manifest = ET.fromstring(ARCHIVE.read("META-INF/manifest.xml"))
    space = "{http://openoffice.org/2001/manifest}"
    named = {one.get(f"{space}full-path") for one in manifest}
    assert named <= set(ARCHIVE.namelist())
    assert {name for name in ARCHIVE.namelist() if name.endswith(".xcu")} < named
    assert __version__ in ARCHIVE.read("description.xml").decode()
    for name in ARCHIVE.namelist():
        if name.endswith((".xcu", ".xml")):
            ET.fromstring(ARCHIVE.read(name))


@pytest.mark.parametrize("name", PYTHON)
def test_it_needs_no_package_and_no_newer_python(name: str) -> None:
    tree = ast.parse(ARCHIVE.read(name), feature_version=(3, 8))
    allowed = {"uno", "unohelper", "com", "sheetrecord_office"}
    import sys

    for node in ast.walk(tree):
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        for one in names:
            assert one.partition(".")[0] in allowed | sys.stdlib_module_names
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"removeprefix", "removesuffix"}  # of Python 3.9


@pytest.mark.parametrize("text", _TEXTS)
def test_every_text_is_in_every_language_with_the_same_parts(text: str) -> None:
    told = _TEXTS[text]
    assert len(told) == len(LANGUAGES)
    parts = {frozenset(word for word in _PARTS if "{" + word + "}" in one) for one in told}
    assert len(parts) == 1
    assert say("de-AT", text) == told[1]
    assert say("xx", text) == told[0]


_PARTS = {
    *("line", "about", "errors", "warnings", "deal", "cells", "rows", "conflicts", "time"),
}
