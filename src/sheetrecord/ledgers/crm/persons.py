"""People of an export: owners by name, contacts without what stands in brackets behind them."""

import re
from typing import Final

_ID: Final = re.compile(
    r"\d+|zcrm_\d+|00[35][A-Za-z0-9]{12,15}|user_\w+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\s*[(<][^()<>]*[)>]\s*$")
_LAST_FIRST: Final = re.compile(r"([^\s,@][^,@]*), ([^\s,@]+(?: [^\s,@]+)?)")


def is_id(text: str) -> bool:
    """Tell whether a text is a system's number for a person or a firm, and no name.

    >>> is_id("51234"), is_id("0055g000004abcd"), is_id("Alex Morgan")
    (True, True, False)
    """
    return bool(_ID.fullmatch(text.strip()))


def name_of(text: str) -> str:
    """Return a person as people write the name; an e-mail address stays one.

    >>> name_of("Morgan, Alex"), name_of("Rita Ode (rita@delta.example)"), name_of("a@b.example")
    ('Alex Morgan', 'Rita Ode', 'a@b.example')
    """
    name = " ".join(text.split())
    shorter = _BRACKETS.sub("", name)
    name = shorter or name
    turned = _LAST_FIRST.fullmatch(name)
    return f"{turned[2]} {turned[1]}" if turned else name


def people_of(text: str, system: str) -> tuple[str, ...]:
    """Return the contacts of a cell; where commas part them, they may as well part a name.

    >>> people_of("Tim Hale (t@n.example);Eva Hale (e@n.example)", "hubspot")
    ('Tim Hale', 'Eva Hale')
    >>> people_of("Tim Hale, Eva Hale", "attio")
    ('Tim Hale, Eva Hale',)
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    names = [part if _commas(part, system) else name_of(part) for part in parts]
    return tuple(dict.fromkeys(name for name in names if not is_id(name)))


def _commas(part: str, system: str) -> bool:
    return "," in part and system in {"attio", "zoho"}
