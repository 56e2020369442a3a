"""Parse structured remittance texts: German ?20 and SVWZ+ fields, Dutch /REMI/ words."""

import re
from typing import Final, NamedTuple

_FIELD: Final = re.compile(r"\?(\d{2})")
_WORD: Final = re.compile(
    r"/(REMI|NAME|IBAN|EREF|ORDP|BENM|CNTP|ADDR|MARF|CSID|TRTP|BIC|PURP|ISDT)/"
)


class Details(NamedTuple):
    """The fields found in a structured remittance text."""

    text: str
    payer: str = ""
    iban: str = ""
    end_to_end: str = ""


def read_details(text: str) -> Details:
    """Parse MT940's field 86 by its style; a text wrapped at 65 characters is joined first."""
    joined = text.replace("\n", "")
    fields = _FIELD.split(joined)
    if len(fields) > 3 and fields[0][:3].isdigit():
        pairs = list(zip(fields[1::2], fields[2::2], strict=False))
        words = "".join(v for k, v in pairs if k in _REMITTANCE)
        by = {key: value.strip() for key, value in reversed(pairs)}
        payer = (by.get("32", "") + by.get("33", "")).strip()
        return _sepa(words)._replace(payer=payer, iban=by.get("38", by.get("31", "")))
    codes = _WORD.split(joined)
    if len(codes) > 1:
        by = {k: str(v).strip("/ ") for k, v in zip(codes[1::2], codes[2::2], strict=False)}
        remit = re.sub(r"^(USTD|STRD)//", "", by.get("REMI", ""))
        name = by.get("NAME", "") or re.sub(r".*/", "", by.get("ORDP", ""))
        return Details(remit, name, by.get("IBAN", ""), real_ref(by.get("EREF", "")))
    return Details(" ".join(text.split()))


_REMITTANCE: Final = frozenset([*(str(n) for n in range(20, 30)), *(str(n) for n in range(60, 64))])


def _sepa(words: str) -> Details:
    """Return the remittance text and end-to-end id of ``EREF+...SVWZ+...`` details."""
    marks = re.split(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|IBAN|BIC)\+", words)
    if len(marks) == 1:
        return Details(words.strip())
    by = dict(zip(marks[1::2], marks[2::2], strict=False))
    text = by.get("SVWZ", marks[0]).strip()
    return Details(text, end_to_end=real_ref(by.get("EREF", "")))


def unpacked(text: str) -> Details:
    """Parse a CSV's text column: some banks print field 86 there unchanged."""
    if text.startswith("/TRTP/"):
        found = read_details(text)
    elif "SVWZ+" in text:
        found = _sepa(text)
    else:
        return Details(text)
    return found if found.text else found._replace(text=text)


def real_ref(ref: str) -> str:
    """Return a reference; "" for words that stand for none, such as NONREF."""
    ref = ref.strip()
    return "" if ref.upper() in ("", "NONREF", "NOREF", "NOTPROVIDED") else ref
