"""A contract beside the record: what it holds, leaves out, says otherwise, and holds besides."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran
from promote.firm import Rows, workbook
from sheetrecord.app.validate import read_record
from sheetrecord.ledgers.papers.clauses import read_clauses
from sheetrecord.model.errors import CannotRead, MissingExtra
from sheetrecord.schema.record import Record
from sow.papers import paragraph, pdf, table, word

Run = Callable[..., Ran]
ASOF = ("--asof", "2026-03-04", "--by", "Kim")


def deal(*said: dict[str, Any], **cells: Any) -> Rows:
    told = {
        "deal_id": "D-0001",
        "client": "Oak",
        "deal_name": "Shop",
        "stage": "verbal",
        "deal_owner": "Ines",
        "currency": "EUR",
        **cells,
    }
    rows = [
        {"com_id": f"C-{i:04d}A", "deal_id": "D-0001", "type": "promise", **one}
        for i, one in enumerate(said)
    ]
    return {"Deal": [told], "Context": [], "Commitments": rows, "Project": [], "Fees": []}


class Desk:
    """A record and a contract."""

    def __init__(self, folder: Path, run: Run, rows: Rows) -> None:
        self.folder, self.run = folder, run
        (folder / "firm.xlsx").write_bytes(workbook(rows))

    def ran(self, text: str | bytes, *words: str, name: str = "sow.md") -> Ran:
        data = text if isinstance(text, bytes) else text.encode()
        (self.folder / name).write_bytes(data)
        return self.run("check-sow", "firm.xlsx", "D-0001", name, *words, *ASOF)

    def told(self, text: str | bytes, *words: str, name: str = "sow.md") -> Any:
        ran = self.ran(text, *words, "--format", "json", name=name)
        assert ran.code in {0, 1}, ran.err
        return json.loads(ran.out)

    @property
    def record(self) -> Record:
        path = str(self.folder / "firm.xlsx")
        return read_record(path, today=dt.date(2026, 3, 4))[1].record


NIGHT = "The night shift is trained as well"
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("held", {"what": NIGHT}, "1.2 Training of the night shift is included.", "included"),
    ("left out", {"what": NIGHT}, "Training of the night shift is not included.", "excluded"),
    ("left out behind", {"what": NIGHT}, "We train all, excluding the night shift.", "excluded"),
    ("travel left out", {"what": NIGHT},
     "The night shift is trained, travel excluded.", "included"),
    ("no later than", {"what": NIGHT}, "The night shift is trained no later than May.", "included"),
    ("not there", {"what": NIGHT}, "We paint the walls.", "not_found"),
    ("half", {"what": NIGHT}, "Support covers the night shift.", "cannot_tell"),
    ("under a heading", {"what": NIGHT},
     "## Out of scope\n- Training of the night shift", "excluded"),
    ("another day", {"what": "First draft", "due_on": dt.date(2026, 4, 2)},
     "The first draft is due on 9 April 2026.", "differs"),
    ("the day", {"what": "First draft", "due_on": dt.date(2026, 4, 9)},
     "The first draft is due on 9 April 2026.", "included"),
    ("either day", {"what": "First draft", "due_on": dt.date(2026, 4, 9)},
     "The first draft is due on 09/04/2026.", "included"),
    ("another amount", {"what": "Travel to the plant", "amount_net": 50_000},
     "Travel to the plant costs EUR 800.00.", "differs"),
    ("the amount", {"what": "Travel to the plant", "amount_net": 80_000},
     "Travel to the plant costs 800,00 EUR.", "included"),
    ("another number", {"what": "Three rounds of changes"}, "Two rounds of changes.", "differs"),
    ("the number", {"what": "Three rounds of changes"}, "Up to 3 rounds of changes.", "included"),
    ("an exclusion held", {"what": "No work on the old server", "type": "exclusion"},
     "Work on the old server is excluded.", "included"),
    ("an exclusion included", {"what": "No work on the old server", "type": "exclusion"},
     "We do the work on the old server.", "differs"),
    ("declined, and included", {"what": NIGHT, "disposition": "declined"},
     "Training of the night shift is included.", "differs"),
    ("declined, and left out", {"what": NIGHT, "disposition": "declined"},
     "Training of the night shift is not included.", "apart"),
    ("free, and not there", {"what": NIGHT, "disposition": "honour_free"}, "Nothing.", "apart"),
    ("an assumption", {"what": "The client gives access to the data", "type": "assumption"},
     "The client gives access to the data by May.", "included"),
    ("in German", {"what": "Die Nachtschicht wird geschult"},
     "Schulung der Nachtschicht ist nicht enthalten.", "excluded"),
    ("in German, held", {"what": "Schulung der Nachtschicht"},
     "Die Nachtschicht wird geschult; Schulung vor Ort.", "included"),
    ("in Spanish", {"what": "Formación del turno de noche"},
     "No incluye la formación del turno de noche.", "excluded"),
    ("in French", {"what": "Formation de l'équipe de nuit"},
     "La formation de l'équipe de nuit n'est pas comprise.", "excluded"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_what_was_said_is_looked_for_in_the_clauses(
    said: dict[str, Any], text: str, wanted: str, tmp_path: Path, run: Run
) -> None:
    told = Desk(tmp_path, run, deal(said)).told(f"# Offer\n\nGeneral words.\n\n{text}\n")
    [row] = [row for row in told["rows"] if row["sheet"] == "Commitments"]
    assert row["verdict"] == wanted
    assert told["agree"] is (wanted in {"included", "apart"})
    if row["clause"]:
        assert row["quote"] in row["clause"]["text"]
    if wanted == "differs":
        assert row["why"]
    if wanted == "cannot_tell":
        assert row["near"]


def test_what_the_client_counts_on_and_the_contract_leaves_out_is_said(
    tmp_path: Path, run: Run
) -> None:
    desk = Desk(tmp_path, run, deal({"what": NIGHT, "client_believes": "yes"}))
    [row] = desk.told("Training of the night shift is not included.")["rows"]
    assert (row["verdict"], row["why"]) == ("excluded", "the client counts on it")


TERMS = [
    ("The fixed price is EUR 42,000.00.", "value_net", "included"),
    ("Die Summe beträgt 42.000 €.", "value_net", "included"),
    ("The total is EUR 40,000.00; EUR 20,000.00 now.", "value_net", "differs"),
    ("No amount.", "value_net", "not_found"),
    ("The work begins on 9 March 2026.", "contract_start", "included"),
    ("The work begins on 16 March 2026.", "contract_start", "differs"),
    ("The work ends on 2026-06-30.", "contract_end", "included"),
    ("Die Arbeit endet am 15.07.2026.", "contract_end", "differs"),
    ("No day.", "contract_end", "not_found"),
]


@pytest.mark.parametrize(("text", "column", "wanted"), TERMS)
def test_amount_and_days_of_the_deal_are_compared(
    text: str, column: str, wanted: str, tmp_path: Path, run: Run
) -> None:
    rows = deal(
        value_net=4_200_000,
        contract_start=dt.date(2026, 3, 9),
        contract_end=dt.date(2026, 6, 30),
    )
    told = Desk(tmp_path, run, rows).told(text)
    [row] = [row for row in told["rows"] if row["column"] == column]
    assert row["verdict"] == wanted


def test_the_date_that_really_matters_is_missed_in_the_contract(tmp_path: Path, run: Run) -> None:
    rows = deal(contract_end=dt.date(2026, 6, 30))
    rows["Context"] = [
        {
            "deal_id": "D-0001",
            "kind": "real_deadline",
            "answer": "The board meets",
            "date": dt.date(2026, 6, 16),
            "driver": "board",
            "hardness": "hard",
        }
    ]
    told = Desk(tmp_path, run, rows).told("The work ends on 30 June 2026.")
    [row] = [row for row in told["rows"] if row["sheet"] == "Context"]
    assert (row["verdict"], row["column"]) == ("not_found", "date")


def test_what_only_the_contract_holds_is_told(tmp_path: Path, run: Run) -> None:
    rows = deal({"what": "A dashboard"}, value_net=100_000)
    told = Desk(tmp_path, run, rows).told(
        "## Deliverables\n\n- A dashboard\n- A manual in three languages\n\n"
        "## Price\n\nEUR 1,000.00 in all, EUR 250.00 on 1 May 2026.\n"
    )
    found = {(one["kind"], one["text"]) for one in told["others"]}
    assert found == {
        ("deliverable", "A manual in three languages"),
        ("amount", "EUR 250.00"),
        ("day", "1 May 2026"),
    }


def test_a_clause_is_written_only_when_somebody_accepts_it(tmp_path: Path, run: Run) -> None:
    text = (
        "# 3. Services\n\n3.2 Training of the night shift is included.\n\n3.3 We paint the walls.\n"
    )
    desk = Desk(tmp_path, run, deal({"what": NIGHT}, {"what": "A report for each machine"}))
    before = (tmp_path / "firm.xlsx").read_bytes()
    desk.ran(text)
    assert desk.told(text, "--accept", "all", "--plan")["changes"]
    assert (tmp_path / "firm.xlsx").read_bytes() == before
    told = desk.told(text, "--accept", "C-0000A")
    assert told["written"]
    first, other = desk.record.commitments[:2]
    assert (first.in_contract, first.clause) == ("yes", "3.2")
    assert other.in_contract == ""  # it is not in the contract, so nothing was taken over
    assert not desk.told(text, "--accept", "all")["written"]
    ran = desk.ran(text, "--accept", "C-9999A")
    assert (ran.code, "no commitment C-9999A" in ran.out) == (1, True)


BODY = (
    paragraph("Services", style="Heading1", level=0),
    paragraph("We roll out the system.", level=1),
    paragraph("Training of the night shift is included.", level=1),
    paragraph("Exclusions", style="berschrift1", level=0),
    paragraph("Work on the old server", level=1, inner="<w:lastRenderedPageBreak/>"),
    table(("Item", "Amount"), ("Fixed price", "EUR 42,000.00")),
    (
        "<w:p><w:del><w:r><w:delText>Free hosting</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Hosting is extra.</w:t></w:r></w:ins></w:p>"
    ),
)


def test_a_word_document_is_read_with_numbers_headings_tables_and_pages() -> None:
    found = read_clauses(word(*BODY), "sow.docx")
    assert [(c.ref, c.heading, c.text, c.page, c.excludes) for c in found] == [
        ("1.1", "Services", "We roll out the system.", 1, False),
        ("1.2", "Services", "Training of the night shift is included.", 1, False),
        ("2.1", "Exclusions", "Work on the old server", 2, True),
        ("2", "Exclusions", "Item | Amount", 2, True),
        ("2", "Exclusions", "Fixed price | EUR 42,000.00", 2, True),
        ("2", "Exclusions", "Hosting is extra.", 2, True),
    ]
    assert found[4].money[0].amount == Decimal(42_000)


def test_word_text_and_markdown_agree(tmp_path: Path, run: Run) -> None:
    desk = Desk(tmp_path, run, deal({"what": NIGHT}, {"what": "Work on the old server"}))
    texts: dict[str, str | bytes] = {
        "sow.docx": word(*BODY[:5]),
        "sow.md": "# 1. Services\n\n1.1 We roll out the system.\n1.2 Training of the night shift"
        " is\n"
        "included.\n\n# 2. Exclusions\n\n2.1 Work on the old server\n",
        "sow.txt": "SERVICES\n\n1.1 We roll out the system.\n1.2 Training of the night shift is "
        "included.\n\nEXCLUSIONS\n\n2.1 Work on the old server\n",
    }
    for name, text in texts.items():
        rows = desk.told(text, name=name)["rows"]
        assert {row["row_id"]: (row["verdict"], row["clause"]["ref"]) for row in rows} == {
            "C-0000A": ("included", "1.2"),
            "C-0001A": ("excluded", "2.1"),
        }, name


def test_a_pdf_is_read_with_its_pages(tmp_path: Path, run: Run) -> None:
    pytest.importorskip("pypdf")
    desk = Desk(tmp_path, run, deal({"what": NIGHT}))
    data = pdf(
        ["1. Services", "1.1 We roll out the new system in all of the plants."],
        ["1.2 Training of the night shift is included, in both of the plants."],
    )
    [row] = desk.told(data, name="sow.pdf")["rows"]
    assert (row["verdict"], row["clause"]["ref"], row["clause"]["page"]) == ("included", "1.2", 2)


def test_a_scanned_pdf_says_so() -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(CannotRead, match="scanned"):
        read_clauses(pdf([], []), "sow.pdf")


def test_a_pdf_without_the_extra_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra, match="pypdf"):
        read_clauses(pdf(["x"]), "sow.pdf")


HOSTILE = {
    "a document type": word(before='<!DOCTYPE w [<!ENTITY x "y">]>'),
    "no document": b"PK\x03\x04" + b"\0" * 30,
    "cut off": word(*BODY)[:-40],
    "nothing in it": word(),
    "nested": word("<w:sdt>" * 400 + "</w:sdt>" * 400),
    "an old document": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "an empty text": b" \n",
    "a binary": b"\x00\x01\x02\x03" * 50,
    "a damaged pdf": b"%PDF-1.4\n" + b"nonsense " * 20,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str) -> None:
    if "pdf" in name:
        pytest.importorskip("pypdf")
    with pytest.raises(CannotRead) as caught:
        read_clauses(HOSTILE[name], "sow.docx")
    assert caught.value.do


def test_what_agrees_ends_with_0_and_is_said(tmp_path: Path, run: Run) -> None:
    desk = Desk(tmp_path, run, deal({"what": NIGHT}))
    ran = desk.ran("Training of the night shift is included.")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "D-0001: record and contract agree.")


@pytest.mark.parametrize("words", [(), ("firm.xlsx",), ("firm.xlsx", "D-0001", "x", "y")])
def test_words_that_are_wrong_end_with_2(words: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    Desk(tmp_path, run, deal())
    assert run("check-sow", *words).code == 2
