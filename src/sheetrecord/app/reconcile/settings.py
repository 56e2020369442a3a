"""What sheetrecord.toml says about reconciling: accounts, payers' names, limits, rates."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from sheetrecord.core.reconcile.feesheet import Payers
from sheetrecord.core.reconcile.state import Settings
from sheetrecord.ledgers.ledgertable import WORDS
from sheetrecord.ledgers.profile import Profile, from_json
from sheetrecord.model.errors import BadSettings

_LIMITS = ("fee_floor", "fee_cap", "fee_percent", "likely_open_items")


class Told(NamedTuple):
    """The settings file's tables, understood."""

    profiles: Mapping[str, Profile] = {}
    payers: Payers = {}  # noqa: RUF012 -- never changed
    settings: Settings = Settings()
    ledger: Mapping[str, str] = {}
    """Header texts of the ledger's columns, by meaning."""


def told(path: Path | None) -> Told:
    """Return what the settings file says. Raises BadSettings for what is not understood.

    ``[reconcile]`` holds limits, ``[reconcile.rates]`` such as ``"GBP EUR" = "1.17"``,
    ``[accounts.NAME]`` how an account's export reads, ``[payers]`` a client's other names,
    ``[ledger.columns]`` what the columns of the ledger's export are called.
    """
    if path is None:
        return Told()
    import tomllib

    data = tomllib.loads(path.read_text("utf-8"))
    own = _table(path, data, "reconcile")
    limits = {key: value for key, value in own.items() if key in _LIMITS}
    for key, value in limits.items():
        if not isinstance(value, int) or value < 0:
            raise BadSettings(f"{path} [reconcile] {key}", "it is not a whole number.", "Use 5.")
    settings = Settings(**limits, rates=_rates(path, own.get("rates", {})))
    accounts = _table(path, data, "accounts")
    profiles = {name: from_json(v, f"{path} [accounts.{name}]") for name, v in accounts.items()}
    payers = {c: tuple(map(str, names)) for c, names in _table(path, data, "payers").items()}
    return Told(profiles, payers, settings, _columns(path, _table(path, data, "ledger")))


def _table(path: Path, data: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise BadSettings(f"{path} {name}", "it is not a table.", f"Write it as [{name}].")
    return table


def _columns(path: Path, ledger: Mapping[str, Any]) -> dict[str, str]:
    columns = _table(path, ledger, "columns")
    for what, header in columns.items():
        if what not in WORDS or not isinstance(header, str):
            where = f"{path} [ledger.columns] {what}"
            raise BadSettings(where, "it names no column we read.", f"Use {', '.join(WORDS)}.")
    return columns


def _rates(path: Path, table: Mapping[str, Any]) -> dict[tuple[str, str], Decimal]:
    found = {}
    for pair, rate in table.items():
        codes = pair.upper().split()
        try:
            found[codes[0], codes[1]] = Decimal(str(rate))
        except (IndexError, InvalidOperation) as err:
            where = f"{path} [reconcile.rates] {pair}"
            raise BadSettings(where, "it is not a rate.", 'Write "GBP EUR" = "1.17".') from err
    return found
