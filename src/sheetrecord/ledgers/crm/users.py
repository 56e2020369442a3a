"""A sales system's list of its users: who the numbers in an export are."""

from collections.abc import Mapping
from typing import Final

from sheetrecord.ledgers.crm.cells import cell, tables
from sheetrecord.ledgers.crm.vocabulary import folded
from sheetrecord.ledgers.errors import refuse
from sheetrecord.ledgers.table import DelimitedRow

_IDS: Final = ("id", "user id", "record id", "owner id", "benutzer id", "id de usuario",
               "id d utilisateur", "hubspot owner id")  # fmt: skip
_NAMES: Final = ("full name", "name", "user name", "vollstandiger name", "nombre completo",
                 "nom complet", "nom", "nombre", "owner name")  # fmt: skip
_FIRST: Final = ("first name", "firstname", "vorname", "prenom")
_LAST: Final = ("last name", "lastname", "nachname", "apellidos", "apellido", "nom de famille")
_MAIL: Final = ("email", "e mail", "email address", "e mail adresse", "correo electronico")


def read_users(data: bytes, name: str) -> dict[str, str]:
    """Return who each number is, by the number folded. Raises CannotRead for another table."""
    for table in tables(data, name):
        heads = [folded(one) for one in table.rows[0].cells]
        at = {kind: _first(heads, words) for kind, words in _KINDS.items()}
        if at["id"] >= 0 and max(at["name"], at["last"], at["mail"]) >= 0:
            return _users(table.rows[1:], at)
    why = "no heading of it means a user's number and name."
    raise refuse(name, why, "Give the list of users with Id and Name.", "kind")


_KINDS: Final = {"id": _IDS, "name": _NAMES, "first": _FIRST, "last": _LAST, "mail": _MAIL}


def _users(rows: list[DelimitedRow], at: Mapping[str, int]) -> dict[str, str]:
    told = (_user(row, at) for row in rows)
    return {number: person for number, person in told if number and person}


def _user(row: DelimitedRow, at: Mapping[str, int]) -> tuple[str, str]:
    texts = {kind: cell(row, column) for kind, column in at.items()}
    both = f"{texts['first']} {texts['last']}".strip()
    return folded(texts["id"]), texts["name"] or both or texts["mail"]


def _first(heads: list[str], words: tuple[str, ...]) -> int:
    return next((heads.index(word) for word in words if word in heads), -1)
