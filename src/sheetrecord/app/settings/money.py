"""What sheetrecord.toml says about reconciling: accounts, payers' names, limits, rates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sheetrecord.app.settings.config import Config
from sheetrecord.core.reconcile.input.fee_sheet import Payers
from sheetrecord.core.reconcile.matching.state import MatchSettings
from sheetrecord.ledgers.profile import Profile, from_json


class ParsedSettings(NamedTuple):
    """The settings file's tables, understood."""

    profiles: Mapping[str, Profile] = {}
    payers: Payers = {}  # noqa: RUF012 -- never changed
    settings: MatchSettings = MatchSettings()
    ledger: Mapping[str, str] = {}
    """Header texts of the ledger's columns, by meaning."""


def told(config: Config) -> ParsedSettings:
    """Return what the settings say of accounts, payers, limits, rates and the ledger's columns."""
    tables = config.tables
    limits = dict(tables.get("reconcile", {}))
    rates = {}
    for pair, rate in limits.pop("rates", {}).items():
        source, target = pair.upper().split()
        rates[source, target] = Decimal(str(rate))
    accounts = tables.get("accounts", {})
    return ParsedSettings(
        {name: from_json(table, name) for name, table in accounts.items()},
        {client: tuple(names) for client, names in tables.get("payers", {}).items()},
        MatchSettings(**limits, rates=rates),
        tables.get("ledger", {}).get("columns", {}),
    )
