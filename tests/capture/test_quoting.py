"""What is quoted is told from what is new, however a mail program marks it."""

import pytest

from sheetrecord.core.capture.strip import NEW, passages
from sheetrecord.model.message import Message

HEADS = {
    "gmail": "On Mon, 11 May 2026 at 09:00, Rita Ode <rita@ode.example> wrote:\n> OLD",
    "gmail over two lines": "On Mon, 11 May 2026 at 09:00, Rita Ode\n<rita@ode.example> wrote:\n\n> OLD",
    "gmail de": "Am Mo., 11. Mai 2026 um 09:00 Uhr schrieb Rita Ode <rita@ode.example>:\n\n> OLD",
    "gmail es": "El lun, 11 may 2026 a las 09:00, Rita Ode (<rita@ode.example>) escribió:\n\n> OLD",
    "gmail fr": "Le lun. 11 mai 2026 à 09:00, Rita Ode <rita@ode.example> a écrit :\n\n> OLD",
    "without marks": "On Mon, 11 May 2026 at 09:00, Rita Ode <rita@ode.example> wrote:\n\nOLD",
    "outlook": "From: Rita Ode <rita@ode.example>\nSent: Monday, 11 May 2026 09:00\nTo: Tom\nSubject: x\n\nOLD",
    "outlook bold": "*From:* Rita Ode <rita@ode.example>\n*Sent:* Monday, 11 May 2026 09:00\n*To:* Tom\n\nOLD",
    "outlook de": "Von: Rita Ode <rita@ode.example>\nGesendet: Montag, 11. Mai 2026 09:00\nAn: Tom\nBetreff: x\n\nOLD",
    "outlook es": "De: Rita Ode <rita@ode.example>\nEnviado el: lunes, 11 de mayo de 2026 9:00\nPara: Tom\nAsunto: x\n\nOLD",
    "outlook fr": "De\u00a0: Rita Ode <rita@ode.example>\nEnvoyé\u00a0: lundi 11 mai 2026 09:00\nÀ\u00a0: Tom\nObjet\u00a0: x\n\nOLD",
    "other order": "Date: 2026-05-11\nSubject: x\nFrom: Rita Ode <rita@ode.example>\n\nOLD",
    "original": "-----Original Message-----\nFrom: Rita Ode <rita@ode.example>\nSent: 11 May 2026 09:00\nTo: Tom\n\nOLD",
    "forwarded": "---------- Forwarded message ---------\nFrom: Rita Ode <rita@ode.example>\nDate: 11 May 2026\n\nOLD",
}


@pytest.mark.parametrize("name", HEADS)
def test_a_head_begins_what_is_quoted_and_says_whose_it_is(name: str) -> None:
    found = passages(Message("1", f"Hello.\n\n{HEADS[name]} is here.\n"))
    assert [(one.role, one.text.strip()) for one in found] == [
        (NEW, "Hello."),
        ("quoted", "OLD is here."),
    ]
    assert found[1].head is not None
    assert "Rita Ode" in found[1].head.by
    assert "11" in found[1].head.when or "2026-05-11" in found[1].head.when


def test_answers_between_quoted_lines_are_new() -> None:
    text = "On 11 May 2026, Rita Ode <r@ode.example> wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n"
    found = [(one.role, one.text.strip()) for one in passages(Message("1", text))]
    assert found == [("quoted", "One?"), (NEW, "Yes."), ("quoted", "Two?"), (NEW, "No.")]


@pytest.mark.parametrize(
    "text", ["Card: 4111 1111", "To: do the roof", "Note: from here on it is easy."]
)
def test_a_line_with_a_colon_is_no_head(text: str) -> None:
    assert [one.role for one in passages(Message("1", f"Hi.\n{text}\nMore.\n"))] == [NEW]


def test_a_passage_knows_where_it_stands() -> None:
    text = "New one.\n\nOn 11 May 2026, Rita Ode <r@ode.example> wrote:\n> Old\n> > Older\n"
    for one in passages(Message("1", text)):
        for line in one.text.split("\n"):
            if line:
                at = one.text.index(line)
                start, end = one.place(at, at + len(line))
                assert text[start:end] == line


DAYS = {
    "On {} {} wrote:": ("20 April", "20 April 2026", "Mon, 20 Apr", "April 20", "Monday 20 April", "20/04", "May 3rd"),
    "Am {} schrieb {}:": ("20. April", "20. April 2026", "Mo., 20. Apr.", "Montag, 20. April", "20.04."),
    "El {} {} escribió:": ("20 de abril", "20 de abril de 2026", "lun, 20 abr", "lunes 20 de abril"),
    "Le {} {} a écrit :": ("20 avril", "20 avril 2026", "lun. 20 avr.", "lundi 20 avril"),
}  # fmt: skip
ATTRIBUTIONS = [line.format(day, "{}") for line, days in DAYS.items() for day in days]
PEOPLE = ("Ana Ruiz", "Ana", "Zoë de la Cruz", "J. P. O'Neill", "Mara Lindt-Weber", "May Chen")


@pytest.mark.parametrize("line", ATTRIBUTIONS)
@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("mark", ["", ","])
def test_a_day_is_no_part_of_who_wrote(line: str, name: str, mark: str) -> None:
    said = line.format(name)
    said = said.replace(f" {name}", f"{mark} {name}") if "schrieb" not in said else said
    found = passages(Message("1", f"Yes.\n\n> {said}\n> OLD\n"))
    heads = [one.head.by for one in found if one.head is not None]
    assert heads == [name]
