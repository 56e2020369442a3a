"""The manifest of the Excel pane: made for one address, and every rule that is known of it."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sheetrecord.hosting.manifest import add_in_id, faults, manifest, pane_address, version_of_four
from sheetrecord.model.errors import BadSettings

URL = "https://firm.example/record/"
Run = Callable[..., Any]


def test_a_manifest_breaks_no_rule() -> None:
    assert list(faults(manifest(URL))) == []


def test_one_address_has_one_id_and_another_has_another() -> None:
    assert add_in_id(URL) == add_in_id(pane_address("https://FIRM.example/record"))
    assert add_in_id(URL) != add_in_id("https://firm.example/other/")


def test_the_pane_is_the_page_with_its_host_named() -> None:
    root = ET.fromstring(manifest(URL))
    panes = {
        one.get("DefaultValue")
        for one in root.iter()
        if one.tag.endswith(("SourceLocation", "Url"))
    }
    assert f"{URL}index.html?host=office" in panes


BREAKS = {
    "order": (r"(<Version>.*?</Version>)\s*(<ProviderName>.*?</ProviderName>)", r"\2\1", "order"),
    "an unknown part": ("<Hosts>", "<Guests/><Hosts>", "Guests"),
    "a missing part": (r"<Permissions>.*?</Permissions>", "", "Permissions"),
    "http": (f"{URL}icon-32.png", "http://firm.example/icon-32.png", "not https"),
    "another origin": (
        "<AppDomain>https://firm.example", "<AppDomain>https://else.example", "AppDomains",
    ),
    "a resid of nothing": ('String id="Open.Tip"', 'String id="Open.Tap"', "Open.Tip"),
    "an id twice": ('id="Group.Label" DefaultValue', 'id="Open.Label" DefaultValue', "twice"),
    "no icon": ("icon-80.png", "icon-64.png", "80 pixels"),
    "three numbers": (r"<Version>[\d.]+</Version>", "<Version>1.2.3</Version>", "four parts"),
    "no id": (r"<Id>.*?</Id>", "<Id>sheetrecord</Id>", "UUID"),
    "a long name": ('DisplayName DefaultValue="', 'DisplayName DefaultValue="' + "x" * 126, "125"),
    "no end": ("</OfficeApp>", "", "no XML"),
}  # fmt: skip


@pytest.mark.parametrize("breaks", BREAKS.values(), ids=BREAKS)
def test_each_rule_is_looked_at(breaks: tuple[str, str, str]) -> None:
    old, new, said = breaks
    text = manifest(URL)
    broken = re.sub(old, new, text, flags=re.DOTALL) if old not in text else text.replace(old, new)
    assert broken != text
    assert any(said in one for one in faults(broken)), list(faults(broken))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://firm.example/", "no https"),
        ("https://localhost/record/", "certificate"),
        ("https://127.0.0.1:3000/", "certificate"),
        ("https://[::1]/", "certificate"),
        ("firm.example", "no https"),
        ("https://me:secret@firm.example/", "more than"),
        ("https://firm.example/?a=1", "more than"),
        ('https://firm.example/"><x/>', "odd"),
        ("", "no https"),
        ("https://[firm.example/", "no address"),
        ("https://firm<.example/", "odd"),
    ],
)
def test_an_address_that_no_pane_opens_is_refused_with_why(url: str, why: str) -> None:
    with pytest.raises(BadSettings, match=why) as refused:
        pane_address(url)
    assert "secret" not in str(refused.value)


def test_versions_have_four_parts() -> None:
    assert version_of_four("1.2.3.dev4") == "1.2.3.0"


def test_the_command_writes_it_and_does_not_write_over_anothers(run: Run, tmp_path: Path) -> None:
    words = ("addin", "excel", "--url", "https://firm.example/record", "--to", "manifest.xml")
    assert run(*words).code == 0
    assert list(faults((tmp_path / "manifest.xml").read_text("utf-8"))) == []
    assert run(*words).code == 0
    (tmp_path / "manifest.xml").write_text("<OfficeApp/>")
    assert run(*words).code == 3
    refused = run("addin", "excel", "--url", "https://localhost/", "--to", "m.xml")
    assert (refused.code, "certificate" in refused.err) == (3, True)
    assert not (tmp_path / "m.xml").exists()
