"""`--plan` writes nothing: no file, no mode, no name, and nothing in the state folder."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hosting.in_browser import KEPT
from merge.files import put
from messy.firm import edited
from outputs.places import held
from outputs.test_declared import parameters

Run = Callable[..., Any]
D = ("firm.xlsx", "--deal", "D-0001")

PLANS: dict[str, tuple[tuple[str, ...], ...]] = {
    "validate": (("firm.xlsx", "--fix"), ("firm.xlsx", "--annotate"), ("firm.xlsx", "--clean")),
    "promote": (D, ("firm.xlsx", "--deal", "D-0002")),
    "accept": (D,),
    "return": ((*D, "--code", "other", "--note", "x"),),
    "confirm": ((*D, "--kickoff"), D),
    "waive": (
        ("firm.xlsx", "DEAL-001", "--deal", "D-0001", "--why", "x", "--until", "2999-01-01"),
    ),
    "sync": (("firm.xlsx",), ("firm.xlsx", "theirs.xlsx")),
    "conflicts": (("--book", "firm.xlsx"), ("F-1", "--keep", "record", "--book", "firm.xlsx")),
    "undo": (("1", "--book", "firm.xlsx"),),
    "check-sow": (
        ("firm.xlsx", "D-0001", "deals.csv"),
        ("firm.xlsx", "D-0001", "deals.csv", "--accept", "all"),
    ),
    "gaps": (
        ("firm.xlsx", "map"),
        ("firm.xlsx", "map", "D-0001", "--missing", "x"),
        ("firm.xlsx", "apply", "1"),
    ),
    "import": (("firm.xlsx", "deals.csv"),),
    "init": (("acme",), ("share",)),
    "merge": (
        ("base.xlsx", "firm.xlsx", "theirs.xlsx", "-o", "out.xlsx"),
        ("base.xlsx", "firm.xlsx", "theirs.xlsx", "-o", "firm.xlsx"),
    ),
    "resolve": (
        ("firm.xlsx",),
        ("firm.xlsx", "--all", "ours"),
        ("firm.xlsx", "F-1", "--keep", "record"),
    ),
    "publish": (
        ("firm.xlsx",),
        ("firm.xlsx", "--to", "out.xlsx"),
        ("firm.xlsx", "--to", "share", "--force"),
    ),
    "digest": (("firm.xlsx", "--to", "out.html"),),
    "doctor": (("--repair",),),
    "addin libreoffice": (("--to", "out.oxt"),),
    "web": (("page", "--runtime", str(KEPT)), ("share", "--runtime", str(KEPT))),
    "reconcile run": (("firm.xlsx",),),
    "reconcile export": (
        ("firm.xlsx", "2026-05", "--for", "datev", "--to", "out.csv"),
        ("firm.xlsx", "2026-05", "--for", "xero", "--to", "out.csv", "--invoices"),
    ),
    "migrate": (("firm.xlsx",), ("--all", ".")),
    "capture": (("firm.xlsx", "D-0001", "share"),),
    "open": (("firm.xlsx",), ("firm.xlsx", "D-0001")),
}
"""What is planned, for each command that has --plan."""


def test_every_command_that_plans_is_tried() -> None:
    assert {command for command, one in parameters() if "--plan" in one.opts} == PLANS.keys()


@pytest.mark.parametrize("state", ["as it was", "none yet"])
@pytest.mark.parametrize("command", PLANS)
def test_a_plan_writes_nothing(run: Run, office: Path, command: str, state: str) -> None:
    (office / "sheetrecord.toml").write_text('book = "firm.xlsx"\n[severity]\nDEAL-001 = "note"\n')
    (office / "share").mkdir()
    (office / "deals.csv").write_text("No;Client;Deal;Value;Currency\n1;Oak;Shop;5;EUR\n")
    (office / "share" / "theirs.txt").write_bytes(b"theirs")
    changes = put("Fees", 4, net=12_345, note="as on the phone")
    (office / "theirs.xlsx").write_bytes(edited((office / "theirs.xlsx").read_bytes(), changes))
    if state == "none yet":
        shutil.rmtree(office / ".state")
    before = held(office, state=True)
    for words in PLANS[command]:
        for tried in (words, tuple(word.replace("firm", "missing") for word in words)):
            ran = run(*command.removesuffix(" run").split(), *tried, "--plan")
            assert ran.code in (0, 1, 2, 3), ran.err
            assert "Traceback" not in ran.err
            assert held(office, state=True) == before, tried
