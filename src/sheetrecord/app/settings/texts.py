"""What a text of the settings file must be: each function returns it or says what is wrong."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import urlsplit

from sheetrecord.core.sync.view import unknown_names
from sheetrecord.core.view.audiences import AUDIENCES
from sheetrecord.files.posting import is_https
from sheetrecord.ledgers.roles import ROLES
from sheetrecord.model.address import without_passwords
from sheetrecord.model.closest_words import meant, nearest
from sheetrecord.model.money import EXPONENTS
from sheetrecord.rules import load_rules
from sheetrecord.schema.lists import ENUMS
from sheetrecord.schema.sheets import SHEETS

ASKED: Final = {"owner": "owners", "ops": "ops", "stage": "stages", "deal": "deals"}
"""What a copy's deals may be asked by, and the part of a `View` that it fills."""

STORES: Final = ("sqlite", "postgresql", "postgres")
_SHOWN: Final = 60
_DEALS: Final = (
    'Write deals = "owner=Ana", "ops=Jon", "stage=won", "deal=D-0007", or a list of stages.'
)


class Mistake(ValueError):
    """What is wrong with a text, and what to write instead."""

    def __init__(self, why: str, do: str) -> None:
        super().__init__(why)
        self.why, self.do = why, do


def shown(value: object) -> str:
    """Return a value as a message quotes it: on one line, not long, and never with a password.

    >>> shown("postgresql://ana:geheim@db/firm")
    'this value'
    >>> shown("closed")
    '"closed"'
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return "this value" if isinstance(value, dict | list) else str(value)[:_SHOWN]
    if has_secret(value):
        return "this value"
    plain = "".join(char if char.isprintable() else "\ufffd" for char in value)
    return f'"{plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "..."}"'


def has_secret(text: str) -> bool:
    """Return True if a text contains a password, as an address may.

    >>> has_secret("postgresql://ana@db/firm"), has_secret("postgresql://db/x?password=geheim")
    (False, True)
    """
    return without_passwords(text) != text


def filled(text: str) -> str:
    """Return a text that is not blank. Raises Mistake."""
    if not text.strip():
        raise Mistake("it is empty.", "Write something, or take the line out.")
    return text


def path(text: str) -> str:
    """Return a path; a relative one is from the settings file's folder. Raises Mistake."""
    if not text.strip():
        raise Mistake("it is empty.", 'Write a path such as "firm.xlsx".')
    if not text.isprintable():
        raise Mistake(
            f"{shown(text)} is no path.", 'Write one such as "firm.xlsx", with / between folders.'
        )
    return text


def target(text: str) -> str:
    """Return where to publish to: a path, or the address of a Google spreadsheet."""
    return path(text)


def https(text: str) -> str:
    """Return an address of https. Raises Mistake, which does not repeat it: it may be a secret."""
    if not is_https(text):
        raise Mistake("it is no address of https.", "Write one that begins with https:// .")
    return text


def book_url(text: str) -> str:
    """Return a workbook's address on the web, as links to cells need it. Raises Mistake."""
    if (
        not is_https(text)
        or any(sign in text for sign in " #|")
        or not urlsplit(text).path.strip("/")
    ):
        raise Mistake(
            "it is no address of a workbook on the web.",
            "Copy the one that begins with https:// and ends with the workbook's name.",
        )
    return text


def on_loopback(text: str) -> str:
    """Return an address of a server on this machine. Raises Mistake.

    What a name stands for is looked up when it is used, and refused unless it is this machine.
    """
    if not re.fullmatch(r"http://[^\s/@]+(/\S*)?", text):
        raise Mistake(
            "it is no address on this machine.", "Write one such as http://127.0.0.1:8080/v1 ."
        )
    return text


def secret_source(text: str) -> str:
    """Return where a secret is kept. Raises Mistake, which does not repeat what stands there."""
    kind, _, name = text.partition(":")
    if kind not in {"env", "file"} or not name.strip() or not text.isprintable():
        raise Mistake(
            "it does not say where the address is kept.",
            'Write "env:NAME" for a variable of the environment, or "file:PATH".',
        )
    return text


def store_url(text: str) -> str:
    """Return the address of a store. Raises Mistake."""
    scheme, mark, rest = text.partition(":")
    whole = rest.startswith("//") and len(rest) > 2 if scheme in STORES[1:] else bool(rest)
    if mark and scheme in STORES and whole:
        return text
    near = nearest(scheme, STORES, 1) if mark and scheme not in STORES else []
    hint = f"Did you mean {near[0]}: instead of {shown(scheme)}? " if near else ""
    raise Mistake(
        f"{shown(text)} is not where a store can be.",
        f'{hint}Write url = "sqlite:firm.db" or url = "postgresql://user@host/database".',
    )


def rule_code(text: str) -> str:
    """Return a rule's code, built in or of an installed package. Raises Mistake."""
    from sheetrecord.app.plugins import load_plugins

    load_plugins()
    rules = load_rules()
    if text in rules:
        return text
    raise Mistake(
        "no rule has this code.", f"{meant(text, rules)} `sheetrecord explain` lists all."
    )


def alias(text: str) -> str:
    """Return a short name for a copy or workbook. Raises Mistake."""
    if not text.strip() or text != text.strip() or not text.isprintable():
        raise Mistake("it is no name.", "Write a short name, such as office.")
    return text


def book_role(text: str) -> str:
    """Return what an account of the books is for."""
    from sheetrecord.core.reconcile.ledger.postings import ROLES as BOOKED

    return _one_of(text, BOOKED, "nothing is booked on an account of this name.")


def header(text: str) -> str:
    """Return the meaning of a ledger's column."""
    from sheetrecord.ledgers.invoices.generic import WORDS

    return _one_of(text, WORDS, "it names no column we read.")


def role(text: str) -> str:
    """Return the meaning of a bank export's column."""
    return _one_of(text, ROLES, "it names no column we read.")


def currency(text: str) -> str:
    """Return a currency's code."""
    return _one_of(text, EXPONENTS, f"{shown(text)} is not a currency code.")


def pair(text: str) -> str:
    """Return two currencies, from and to."""
    codes = text.upper().split()
    if len(codes) != 2 or codes[0] == codes[1]:
        raise Mistake("it is not two currencies.", 'Write "GBP EUR" = "1.17".')
    for code in codes:
        currency(code)
    return text


def rate(value: object) -> object:
    """Return a rate, as a number or a text of one."""
    try:
        found = Decimal("NaN") if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found <= 0:
        raise Mistake(f"{shown(value)} is not a rate.", 'Write "GBP EUR" = "1.17".')
    return value


def code_page(text: str) -> str:
    """Return the name of an encoding."""
    import codecs

    try:
        codecs.lookup(text)
    except (LookupError, ValueError) as error:
        raise Mistake(f"{shown(text)} is no encoding.", 'Write "utf-8" or "cp1252".') from error
    return text


def place(value: object) -> object:
    """Return a column of an export: the text of its header, or its position from 0."""
    counted = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if counted or (isinstance(value, str) and value.strip()):
        return value
    raise Mistake(f"{shown(value)} is no column.", 'Write its header, such as ["Betrag"], or [2].')


def delimiter(text: str) -> str:
    """Return the character that separates columns. Raises Mistake."""
    if len(text) == 1 and text not in '\r\n"' and text != "\0":
        return text
    raise Mistake(f"{shown(text)} is not one character.", 'Write ";", "," or "\\t".')


def copy_hide(name: str) -> str:
    """Return a sheet or column that a copy may do without."""
    if not unknown_names([name]):
        return name
    why = f"{shown(name)} is no sheet or column that can be left out."
    if name in _all_names():
        raise Mistake(why, "Take it out: ids stay, and so does the sheet of deals.")
    raise Mistake(
        why,
        f'{meant(_key(name), spared())} Columns are named by key ("Deal.value_net"); ids stay.',
    )


def audience_hide(audience: str, name: str) -> str:
    """Return a sheet or column that an audience would see and is not to."""
    known = seen_by(audience)
    if name in known:
        return name
    why = f"{shown(name)} is not a column that this audience sees."
    if name in _all_names():
        raise Mistake(why, f"Take it out: {audience} does not see it anyway.")
    raise Mistake(
        why, f'{meant(_key(name), known)} Columns are named by key, such as "Deal.value_net".'
    )


def spared() -> list[str]:
    """Return every sheet and column that a copy may do without."""
    return [name for name in _all_names() if not unknown_names([name])]


def _all_names() -> list[str]:
    """Return every sheet and every column, as Sheet.key."""
    return [
        name for sheet in SHEETS.values() for name in (
            sheet.sheet, *(f"{sheet.sheet}.{column.key}" for column in sheet.columns)
        )
    ]  # fmt: skip


def seen_by(audience: str) -> list[str]:
    """Return what an audience sees: sheets, and columns as Sheet.key."""
    grants = AUDIENCES[audience].grants
    return [
        name for sheet, grant in grants.items()
        for name in (sheet, *(f"{sheet}.{key}" for key in sorted(grant.columns)))
    ]  # fmt: skip


def _key(name: str) -> str:
    """Return Sheet.key for a column that is named by its header in any language, else the name."""
    from sheetrecord.schema.packs import LANGUAGES, pack

    sheet, _, label = (part.strip() for part in name.rpartition("."))
    for language in LANGUAGES:
        columns = pack(language).columns
        for known in [one for one in columns if one.casefold() == sheet.casefold()] or columns:
            for key, text in columns[known].items():
                if text.casefold() == label.casefold():
                    return f"{known}.{key}"
    return name


def deals(value: object) -> object:
    """Return what a copy's deals must meet: a text or a list of texts."""
    for _ in asked(value):
        pass
    return value


def asked(value: object) -> Iterable[tuple[str, str]]:
    """Yield what a copy's deals must meet: the name of the view's part, and a value."""
    wanted = [value] if isinstance(value, str) else value
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise Mistake("it is not a text or a list of texts.", _DEALS)
    for text in wanted:
        yield from _asked(text)


def _asked(text: str) -> Iterable[tuple[str, str]]:
    """Yield what one text asks for: a stage, or values of a part."""
    key, mark, rest = (part.strip() for part in text.partition("="))
    name, values = (ASKED.get(key, ""), rest.split(",")) if mark else ("stages", [key])
    values = [one.strip() for one in values if one.strip()]
    if not name or not values:
        raise Mistake(f"{shown(text)} is not understood.", _DEALS)
    stages = ENUMS["stage"]
    for one in values:
        if name == "stages" and one not in stages:
            raise Mistake(f"{shown(one)} is no stage.", meant(one, stages))
        yield name, one


def _one_of(text: str, known: Iterable[str], why: str) -> str:
    words = list(known)
    if text in words:
        return text
    raise Mistake(why, meant(text, words))
