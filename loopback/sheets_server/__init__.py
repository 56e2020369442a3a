"""A loopback server that speaks the protocols of Google Sheets, Drive and its token endpoint.

For tests and demos: real HTTP on 127.0.0.1 below unmodified clients, everything in memory. What
comes in and goes out is held against Google's own description of its API. What Google does beyond
that description is assumed here: that a batch is atomic, say. Only Google itself can show that.
"""

from sheets_server.dialects import DIALECTS, PLAIN, Dialect
from sheets_server.faults import Fault
from sheets_server.rules import Rules
from sheets_server.server import MACHINE, PERSON, SheetsServer
from sheets_server.service import Google

__all__ = [
    "DIALECTS",
    "MACHINE",
    "PERSON",
    "PLAIN",
    "Dialect",
    "Fault",
    "Google",
    "Rules",
    "SheetsServer",
]
