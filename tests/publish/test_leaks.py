"""Nothing that an audience may not see is in anything that is published for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from publish.taint import DEALS, Planted, artefact_texts, fragments, leaked, tainted
from sheetrecord.core.view.audiences import AUDIENCES, LETTER, Grant
from sheetrecord.schema.commitments import Commitments
from sheetrecord.schema.record import blank
from sheetrecord.schema.sheets import SHEETS

AUDIENCE_NAMES = list(AUDIENCES)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Planted]]:
    path = tmp_path_factory.mktemp("taint") / "firm.xlsx"
    data, planted = tainted()
    path.write_bytes(data)
    return path, planted


def may_see(audience: str, planted: Planted) -> bool:
    told = AUDIENCES[audience]
    grant = told.grants.get(planted.sheet)
    if grant is None or planted.key not in grant.columns:
        return False
    if "share" in SHEETS[planted.sheet].by_key and planted.level not in told.levels:
        return False
    if told.outside and planted.deal_id != "D-0001":
        return False
    return _row_is_for(grant, planted)


def _row_is_for(grant: Grant, planted: Planted) -> bool:
    if grant.never and planted.row.get(grant.never[0]) in grant.never[1]:
        return False
    if any(planted.row.get(key) for key in grant.or_filled):
        return True
    if grant.only and grant.only[0] in planted.row:
        return planted.row[grant.only[0]] in grant.only[1]
    if planted.sheet == "Fees" and grant.only:
        return "invoiced_on" in planted.row
    return True


def publish(run: Callable[..., Ran], book: Path, audience: str, to: str) -> None:
    client = ["--client", DEALS["D-0001"]] if AUDIENCES[audience].outside else []
    done = run("publish", book, "--audience", audience, "--to", to, "--by", "A", *client)
    assert done.code == 0, done.err


@pytest.mark.parametrize("audience", AUDIENCE_NAMES)
@pytest.mark.parametrize("to", ["site", "view.xlsx"])
def test_no_fragment_of_what_an_audience_may_not_see_is_published(
    run: Callable[..., Ran],
    tmp_path: Path,
    book: tuple[Path, list[Planted]],
    audience: str,
    to: str,
) -> None:
    path, planted = book
    publish(run, path, audience, to)
    hidden = [p for p in planted if not may_see(audience, p)]
    forbidden = set().union(*(fragments(p.marker) for p in hidden))
    place = tmp_path / to
    files = [place] if place.is_file() else [f for f in place.rglob("*") if f.is_file()]
    found = {
        (where, fragment)
        for file in files
        for where, text in artefact_texts(str(file.relative_to(tmp_path)), file.read_bytes())
        for fragment in leaked(text, forbidden)
    }
    names = [
        (w, p.sheet, p.key, p.level) for w, f in sorted(found) for p in hidden if f in p.marker
    ]
    assert not names


@pytest.mark.parametrize("audience", AUDIENCE_NAMES)
def test_what_an_audience_may_see_does_reach_it(
    run: Callable[..., Ran], tmp_path: Path, book: tuple[Path, list[Planted]], audience: str
) -> None:
    path, planted = book
    publish(run, path, audience, "view.xlsx")
    data = (tmp_path / "view.xlsx").read_bytes()
    text = "".join(text for _, text in artefact_texts("view.xlsx", data))
    seen = [p for p in planted if may_see(audience, p)]
    missing = {(p.sheet, p.key) for p in seen if p.marker not in text}
    assert len(seen) > 20
    assert not missing


@pytest.mark.parametrize("audience", ["ops", "finance", "client"])
def test_the_leak_test_would_notice_a_single_wider_column(
    run: Callable[..., Ran],
    tmp_path: Path,
    book: tuple[Path, list[Planted]],
    audience: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, planted = book
    told = AUDIENCES[audience]
    granted = told.grants["Deal"].columns
    secret = next(p for p in planted if p.sheet == "Deal" and p.key not in granted)
    grant = told.grants[secret.sheet]
    wider = grant._replace(columns=grant.columns | {secret.key})
    grants = {**told.grants, secret.sheet: wider}
    monkeypatch.setitem(AUDIENCES, audience, told._replace(grants=grants))
    publish(run, path, audience, "view.xlsx")
    data = (tmp_path / "view.xlsx").read_bytes()
    found = [
        leaked(text, fragments(secret.marker)) for _, text in artefact_texts("view.xlsx", data)
    ]
    assert any(found)


NEVER = {
    "ops": ["Deal.lost_to", "Deal.crm_ref", "Deal.next_step", "Fees.note", "Gaps"],
    "finance": ["Context.person", "Context.stance", "Gaps", "Commitments.said_to",
                "Project.status_reason", "Deal.won_reason"],
    "client": ["Deal.value_net", "Deal.won_reason", "Deal.ops_owner", "Deal.waived_why",
               "Context.person", "Context.stance", "Context.note", "Commitments.effort_hours",
               "Commitments.owner", "Commitments.note", "Project.status_reason", "Fees.note",
               "Fees.origin", "Gaps"],
}  # fmt: skip


@pytest.mark.parametrize("audience", NEVER)
def test_some_columns_are_never_for_an_audience(audience: str) -> None:
    grants = AUDIENCES[audience].grants
    for word in NEVER[audience]:
        sheet, _, key = word.partition(".")
        assert sheet not in grants or (key and key not in grants[sheet].columns), word


def test_finance_learns_whom_to_bill_and_what_it_may_cost_and_nothing_of_people() -> None:
    grant = AUDIENCES["finance"].grants["Context"]
    assert grant.only == ("kind", frozenset({"invoicing", "client_budget"}))
    assert grant.columns.isdisjoint({"person", "role", "stance", "influence", "driver"})


def test_finance_sees_commitments_by_their_effect() -> None:
    grant = AUDIENCES["finance"].grants["Commitments"]
    assert grant.admits(blank(Commitments, type="promise", amount_net=5_00))
    assert grant.admits(blank(Commitments, type="promise", fee_ref="F-1"))
    assert grant.admits(blank(Commitments, type="commercial_concession"))
    assert not grant.admits(blank(Commitments, type="promise"))


def test_what_a_supplier_allowed_never_reaches_the_client() -> None:
    for audience in (AUDIENCES["client"], LETTER):
        assert not audience.grants["Commitments"].admits(blank(Commitments, type="supplier_term"))


def test_only_declared_columns_are_granted() -> None:
    assert all(
        grant.columns <= set(SHEETS[sheet].by_key)
        for audience in AUDIENCES.values()
        for sheet, grant in audience.grants.items()
    )


@pytest.mark.parametrize("audience", ["ops", "owner"])
@pytest.mark.parametrize("name", ["brief.html", "brief.md"])
def test_a_brief_and_its_reasons_hold_nothing_that_its_reader_may_not_see(
    run: Callable[..., Ran],
    tmp_path: Path,
    book: tuple[Path, list[Planted]],
    audience: str,
    name: str,
) -> None:
    path, planted = book
    done = run("brief", path, "D-0001", "--to", name, "--audience", audience)
    assert done.code == 0, done.err
    hidden = [p for p in planted if not may_see(audience, p) or p.deal_id not in {"", "D-0001"}]
    forbidden = set().union(*(fragments(p.marker) for p in hidden))
    text = (tmp_path / name).read_text("utf-8")
    assert not leaked(text, forbidden)
    seen = [p for p in planted if p.key == "source_link" and may_see(audience, p)]
    assert any(p.marker in text for p in seen)
