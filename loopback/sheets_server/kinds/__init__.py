"""The kinds of requests of a batch, each a function of a spreadsheet and what is asked."""

from collections.abc import Callable, Mapping
from typing import Any

from sheets_server.rules import Rules
from sheets_server.state import Spreadsheet

Kind = Callable[[Spreadsheet, Mapping[str, Any], Rules], dict[str, Any]]
"""Carries out a request, and returns the reply to it without the kind's name."""
