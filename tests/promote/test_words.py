"""The steps of a handover speak the workbook's language: why not, what to do, and their remarks."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran
from publish.firm import usual, workbook

Run = Callable[..., Ran]

REFUSED = {
    "de": {
        "accept": "D-0002 wurde der Projektleitung nicht angeboten.",
        "confirm": "D-0001 ist noch nicht angenommen.",
        "promote": "D-0004 steht auf „Verloren“: Es gibt nichts abzuschließen.",
        "waive": "Ein Erlass bis zum 01.06.2026 ist schon vorbei.",
    },
    "es": {
        "accept": "D-0002 no se ofreció al equipo de proyecto.",
        "confirm": "D-0001 aún no está aceptada.",
        "promote": "D-0004 está en «Perdida»: no hay nada que cerrar.",
        "waive": "Una dispensa hasta el 01/06/2026 ya ha terminado.",
    },
    "fr": {
        "accept": "D-0002 n'a pas été proposée à l'équipe projet.",
        "confirm": "D-0001 n'est pas encore acceptée.",
        "promote": "D-0004 est à l'étape « Perdue » : il n'y a rien à conclure.",
        "waive": "Une dispense jusqu'au 01/06/2026 est déjà finie.",
    },
}
WORDS = {
    "accept": ("D-0002",),
    "confirm": ("D-0001", "--all"),
    "promote": ("D-0004",),
    "waive": ("D-0001", "CTX-002", "--why", "x", "--until", "2026-06-01"),
}


@pytest.fixture(params=REFUSED)
def firm(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path]:
    path = tmp_path / "firm.xlsx"
    path.write_bytes(workbook(usual(), language=request.param))
    return request.param, path


@pytest.mark.parametrize("verb", WORDS)
def test_a_refusal_is_in_the_language_of_the_workbook(
    run: Run, firm: tuple[str, Path], verb: str
) -> None:
    language, book = firm
    deal, *more = WORDS[verb]
    ran = run(verb, book, deal, *more, "--format", "json")
    told = json.loads(ran.out)
    assert ran.code == 1
    assert REFUSED[language][verb] in [one["message"] for one in told["refusals"]]
    assert all("{" not in one["do"] for one in told["refusals"])


def test_a_shut_gate_tells_the_rules_sentences(run: Run, firm: tuple[str, Path]) -> None:
    language, book = firm
    told = json.loads(run("promote", book, "D-0003", "--format", "json").out)
    said = {one["code"]: one["message"] for one in told["refusals"]}
    signed = {
        "de": "Auftrag D-0003 ist gewonnen und hat kein Datum der Unterschrift.",
        "es": "La venta D-0003 está ganada y no tiene fecha de firma.",
        "fr": "L'affaire D-0003 est gagnée et n'a pas de date de signature.",
    }
    assert said["DEAL-004"] == signed[language]
