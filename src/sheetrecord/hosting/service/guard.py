"""Who may ask the service: everything is refused before any work, and says no more than it must.

A page of somebody else's that is open in the same browser can send requests here, and names can be
made to lead here (DNS rebinding). So the name asked for, the page that asks, a secret that only our
page knows and the form of the request are all looked at, in this order.
"""

import hmac
from collections.abc import Mapping
from typing import Final, NamedTuple

LARGEST: Final = 64 << 20
"""Bytes of the largest body."""


class HttpRefusal(NamedTuple):
    """A status of HTTP (RFC 9110) and why, in words that hold nothing of the request."""

    status: int
    why: str


class ServiceGate(NamedTuple):
    """What is looked at: the port the service listens on, and its secret."""

    port: int
    token: str

    def hosts(self) -> frozenset[str]:
        """Return the names by which the service may be asked."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    def of_page(self, headers: Mapping[str, str]) -> HttpRefusal | None:
        """Return why not even the page is given, which holds nothing of anybody's."""
        if headers.get("host", "").lower() not in self.hosts():
            return HttpRefusal(421, "This service has another name.")
        return None

    def of_verb(self, headers: Mapping[str, str]) -> HttpRefusal | None:
        """Return why a verb is not answered."""
        return (
            self.of_page(headers)
            or self._of_origin(headers)
            or self._of_token(headers)
            or _of_form(headers)
        )

    def _of_origin(self, headers: Mapping[str, str]) -> HttpRefusal | None:
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return HttpRefusal(403, "Only the service's own page may ask.")
        if headers.get("origin", "") != f"http://{headers['host'].lower()}":
            return HttpRefusal(403, "Only the service's own page may ask.")
        return None

    def _of_token(self, headers: Mapping[str, str]) -> HttpRefusal | None:
        given = headers.get("authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, f"Bearer {self.token}".encode()):
            return HttpRefusal(
                401, "The page must be opened by the address that the service printed."
            )
        return None


def _of_form(headers: Mapping[str, str]) -> HttpRefusal | None:
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return HttpRefusal(415, "Only JSON is understood.")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return HttpRefusal(411, "The length of the request must be told.")
    if int(length) > LARGEST:
        return HttpRefusal(413, f"The request has more than {LARGEST >> 20} MB.")
    return None
