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
    export: Mapping[str, "BooksSettings"] = {}
    """The accounts of each bookkeeping system, by its name."""


class BooksSettings(NamedTuple):
    """What the settings say of a bookkeeping system; "" and 0 for what they do not say."""

    accounts: Mapping[str, str] = {}
    banks: Mapping[str, str] = {}
    debtors: Mapping[str, str] = {}
    currency: str = ""
    tax_in_revenue: bool = False
    date_order: str = ""
    tax_rate: str = ""
    consultant: int = 0
    client: int = 0
    year_begins: int = 0
    account_length: int = 0


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
        {name: BooksSettings(**table) for name, table in tables.get("export", {}).items()},
    )
