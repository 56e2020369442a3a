"""Post a message to an https address: once, in a bounded time, following nobody elsewhere.

Certificates are checked against those that the system trusts; ``SSL_CERT_FILE`` names others, as
for every program that uses OpenSSL. A proxy is used as the environment names one.
"""

import threading
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Final
from urllib.parse import urlsplit

PATIENCE: Final = 10.0
"""Seconds that the other side may stay silent."""

_IN_ALL: Final = 20.0
"""Seconds for all of it."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: who is sent to another address did not choose it."""

    def redirect_request(self, *_: object) -> None:
        """Return no request."""


def post(address: str, body: bytes) -> str:
    """Post JSON; return nothing when it was taken, else why not, without the address.

    An address holds its own password: it is never part of what is said.
    """
    if not is_https(address):
        return "the address is not one of https."
    told: list[str] = []
    worker = threading.Thread(target=lambda: told.append(_post(address, body)), daemon=True)
    worker.start()
    worker.join(_IN_ALL)
    return told[0] if told else f"no answer within {_IN_ALL:.0f} seconds; it may have arrived."


def is_https(address: str) -> bool:
    """Tell whether a text is an address of https with a host, and names no user.

    >>> is_https("https://hooks.example/a"), is_https("http://hooks.example/a")
    (True, False)
    """
    try:
        parts = urlsplit(address)
        known = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and "@" not in parts.netloc and address.isascii() and address.isprintable()


def host_of(address: str) -> str:
    """Return the host of an address, which may be said aloud; its path may not.

    >>> host_of("https://hooks.example:8443/T0/secret")
    'hooks.example:8443'
    """
    return urlsplit(address).netloc.rpartition("@")[2]


def _post(address: str, body: bytes) -> str:
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "sheetrecord"}
    request = urllib.request.Request(address, body, headers, method="POST")  # noqa: S310 - https, as checked
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return "" if 200 <= answer.status < 300 else f"it answered {answer.status}."
    except urllib.error.HTTPError as error:
        error.close()
        if 300 <= error.code < 400:
            return f"it answered {error.code}, which leads to another address: name that one."
        return f"it answered {error.code}."
    except urllib.error.URLError as error:
        return f"it cannot be reached ({_why(error.reason)})."
    except TimeoutError:
        return f"no answer within {PATIENCE:.0f} seconds; it may have arrived."
    except (OSError, ValueError, HTTPException) as error:
        return f"it cannot be reached ({_why(error)})."


def _why(error: object) -> str:
    """Return an error in words that hold no address."""
    import ssl

    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "no answer"
    if isinstance(error, OSError) and error.strerror:
        return str(error.strerror)
    return type(error).__name__
