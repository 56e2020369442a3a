"""Addresses of stores as people may see them: without passwords, in one place for all.

Sources: RFC 3986, 3.2.1 (userinfo); PostgreSQL 17, 32.1.1 (connection strings) and 32.15
(environment variables).
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final
from urllib.parse import unquote

HIDDEN: Final = "***"

_SECRETS: Final = (
    *("password", "passwd", "passphrase", "secret", "token", "credentials", "credential"),
    *("apikey", "api_key", "access_key", "secret_key", "client_key", "server_key"),
    *("pwd", "pass", "sslkey"),
)
"""Names whose value is never shown, whatever stands before them (``PGPASSWORD``)."""

_SCHEME: Final = r"(?:[a-z][a-z0-9+.\-]*:/{1,3}|(?:jdbc:)?(?:postgres|mysql|mariadb)[a-z0-9+]*:)"
_QUOTED: Final = rf"""(?P<quote>["'])(?P<head>{_SCHEME}[^\s/:@?#"']*):[^\n"']*@"""
_BARE: Final = rf"""(?P<head>\b{_SCHEME}[^\s/:@?#"']*):[^\s"]*@"""
_VALUE: Final = (
    r"""(?:'(?:[^'\\\n]|\\.|'')*'|"(?:[^"\\\n]|\\.)*"|"""
    r"""(?:[^\s&"\\]|\\.|"(?![\s:,.)}\]]|$))+)"""
)
_HOST: Final = r"(?:\[[0-9a-f:.%]*\]|[\w.\-%]*)(?::[0-9]*)?"
_PLAIN: Final = (
    r"(?P<scheme>[a-z][a-z0-9+.\-]*)://(?:(?P<user>[^:@/\s]*)(?::[^@/\s]*)?@)?"
    rf"(?P<host>{_HOST}(?:,{_HOST})*)(?:/(?P<name>[^@/?#\s]*))?(?:\?(?P<query>\S*))?"
)
_PAIR: Final = r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)(?:\s+|$)"
_PLACE: Final = r"[\w.\-\[\]:,%]*(?:/[\w.\-%]*)*"
_TOLD: Final = ("host", "hostaddr", "port", "dbname", "user", "service")


def well_formed(url: str) -> bool:
    """Tell whether no part of an address can be taken for another one.

    >>> well_formed("postgresql://mara:a%40b@db/record"), well_formed("postgresql://mara:a@b@db")
    (True, False)
    """
    return re.fullmatch(_PLAIN, url, re.IGNORECASE) is not None


def shown_address(url: str) -> str:
    """Return a store's address without its password and options; a file's as it is.

    What cannot be read as an address loses everything that could be a password.

    >>> shown_address("postgresql://mara:s3cret@db.firm/record?sslmode=require")
    'postgresql://mara@db.firm/record'
    >>> shown_address("postgres://mara:p/a@ss@db/record"), shown_address("host=db password='a b'")
    ('postgres://db/record', 'host=db')
    """
    if url.startswith("sqlite:"):
        return without_passwords(url)
    plain = re.fullmatch(_PLAIN, url, re.IGNORECASE)
    if plain:
        told = _told(pair.partition("=")[::2] for pair in (plain["query"] or "").split("&"))
        user = plain["user"] or told.get("user", "")
        host = plain["host"] or ":".join(filter(None, (told.get("host"), told.get("port"))))
        name = plain["name"] or told.get("dbname", "")
        return f"{plain['scheme']}://{user}{'@' if user else ''}{host}/{name}"
    scheme = re.match(_SCHEME, url, re.IGNORECASE)
    if scheme is None and re.fullmatch(rf"(?:{_PAIR})+", url.strip()):
        pairs = _told((name, value.strip("'")) for name, value in re.findall(_PAIR, url))
        return " ".join(f"{name}={value}" for name, value in pairs.items())
    rest = url[scheme.end() :] if scheme else url
    place = rest.rpartition("@")[2].partition("?")[0]
    safe = place if re.fullmatch(_PLACE, place) else HIDDEN
    return f"{scheme.group() if scheme else ''}{safe}"


def without_passwords(text: str) -> str:
    """Return any text, such as an error's words, without the passwords of addresses in it.

    >>> without_passwords("cannot reach postgresql://mara:s3cret@db/record: timeout")
    'cannot reach postgresql://mara:***@db/record: timeout'
    >>> without_passwords("host=db password='a b' user=mara; ?pass%77ord=x&sslmode=require")
    'host=db password=*** user=mara; ?pass%77ord=***&sslmode=require'
    """
    if "@" in text:
        text = re.sub(_QUOTED, rf"\g<quote>\g<head>:{HIDDEN}@", text, flags=re.IGNORECASE)
        text = re.sub(_BARE, rf"\g<head>:{HIDDEN}@", text, flags=re.IGNORECASE)
    if "=" in text or ":" in text:
        text = _secret().sub(rf"\g<name>{HIDDEN}", text)
    return text


@cache
def _secret() -> re.Pattern[str]:
    """Return what finds a secret's name, any letter of it percent-encoded, and its value."""
    names = "|".join(map(_spelled, _SECRETS))
    return re.compile(rf"""(?P<name>(?:{names})(?:["']\s*:|["']?\s*=)\s*){_VALUE}""", re.IGNORECASE)


def _spelled(name: str) -> str:
    each = (f"(?:{c}|%{ord(c):02x}|%{ord(c.upper()):02x})" for c in name)
    return "".join(each).replace("(?:_|", "(?:[_-]|%2d|")


def _told(pairs: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return those parts of an address that are no secret, decoded."""
    found = {unquote(name): unquote(value) for name, value in pairs}
    return {
        name: found[name] for name in _TOLD if found.get(name) and re.fullmatch(_PLACE, found[name])
    }
