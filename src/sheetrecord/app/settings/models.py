"""The tables and keys of `sheetrecord.toml`: what each holds, what it is for, what is refused.

From these models come the check, the page docs/settings.md and the JSON Schema that editors use.
They are loaded only to check a file whose content was not checked before (`settings.checked`).
"""

from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
)

from sheetrecord.app.settings import texts
from sheetrecord.core.reconcile.ledger.postings import ROLES as BOOK_ROLES
from sheetrecord.core.view.audiences import AUDIENCES, Audience
from sheetrecord.ledgers.invoices.generic import WORDS as HEADERS
from sheetrecord.ledgers.roles import ROLES
from sheetrecord.model.money import EXPONENTS
from sheetrecord.rules import load_rules
from sheetrecord.schema.lists import ENUMS

_DEALS = r"^(\s*(owner|ops|stage|deal)\s*=.*\S.*|\s*(" + "|".join(ENUMS["stage"]) + r")\s*)$"


def _offered(names: Iterable[str]) -> WithJsonSchema:
    """Let editors offer the names."""
    return WithJsonSchema({"type": "string", "enum": list(names)})


def _like(pattern: str) -> WithJsonSchema:
    """Let editors mark what is not written so."""
    return WithJsonSchema({"type": "string", "pattern": pattern})


def _either(*kinds: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": list(kinds)})


_FILLED = _like(r"\S")
PathText = Annotated[str, AfterValidator(texts.path), _FILLED]
Target = Annotated[str, AfterValidator(texts.target), _FILLED]
Filled = Annotated[str, AfterValidator(texts.filled), _FILLED]
HttpsText = Annotated[str, AfterValidator(texts.https), _like(r"^https://[^\s/@]+(/\S*)?$")]
BookUrl = Annotated[str, AfterValidator(texts.book_url), _like(r"^https://[^\s/@#|]+/[^\s#|]+$")]
LoopbackText = Annotated[str, AfterValidator(texts.on_loopback), _like(r"^http://[^\s/@]+(/\S*)?$")]
SecretSource = Annotated[str, AfterValidator(texts.secret_source), _like(r"^(env|file):.*\S")]
Alias = Annotated[str, AfterValidator(texts.alias)]
Code = Annotated[str, AfterValidator(texts.rule_code)]
StoreUrl = Annotated[
    str,
    AfterValidator(texts.store_url),
    _like(r"^(sqlite:[^?]+|postgres(ql)?://(?![^/?#]*:[^/?#@]*@)[^?\s]+(\?(?!.*password=).*)?)$"),
]
Currency = Annotated[str, AfterValidator(texts.currency), _offered(EXPONENTS)]
CodePage = Annotated[str, AfterValidator(texts.code_page), _FILLED]
Delimiter = Annotated[str, AfterValidator(texts.delimiter), _like(r"^.$")]
Pair = Annotated[str, AfterValidator(texts.pair)]
Header = Annotated[str, AfterValidator(texts.header)]
Role = Annotated[str, AfterValidator(texts.role)]
BookRole = Annotated[str, AfterValidator(texts.book_role)]
Rate = Annotated[
    Any,
    BeforeValidator(texts.rate),
    _either(
        {"type": "string", "pattern": r"^\s*\+?[0-9.eE+-]+\s*$"},
        {"type": "number", "exclusiveMinimum": 0},
    ),
]
Deals = Annotated[
    Any,
    BeforeValidator(texts.deals),
    _either(
        {"type": "string", "pattern": _DEALS},
        {"type": "array", "items": {"type": "string", "pattern": _DEALS}},
    ),
]
Place = Annotated[
    Any,
    BeforeValidator(texts.place),
    _either({"type": "string", "pattern": r"\S"}, {"type": "integer", "minimum": 0}),
]
Severity = Literal["note", "warning", "error"]
Whole = Annotated[int, Field(ge=0)]
Percent = Annotated[int, Field(ge=0, le=100)]
CopyName = Annotated[str, AfterValidator(texts.copy_hide), _offered(texts.spared())]


class Table(BaseModel):
    """A table: nothing in it that is not declared, and no value taken for another kind."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Store(Table):
    """Where a record that is synced is kept; without it, one SQLite file in your state folder."""

    url: StoreUrl = Field(
        default="",
        description="`sqlite:PATH`, a file beside the settings, or "
        "`postgresql://USER@HOST/DATABASE`. A password never: it belongs into `~/.pgpass`.",
        examples=["sqlite:firm.db", "postgresql://sync@db.firm.example/records"],
    )
    record: Filled = Field(
        default="",
        description="The record's id, where a store holds several and no copy says which is its.",
        examples=["0c5e2b1f9d3a4e67"],
    )


class Copy(Table):
    """A copy of the record that `sheetrecord sync` keeps in step; a table for each, by its name."""

    path: PathText = Field(
        description="The workbook (.xlsx, .xlsm) or the folder of CSV files.",
        examples=["ana.xlsx"],
    )
    deals: Deals = Field(
        default_factory=list,
        description="Which deals belong into it: `owner=Ana`, `ops=Jon`, `stage=won`, "
        "`deal=D-0007`, a stage, or a list of these. Several values of one kind: any of them. "
        "Default: all.",
        examples=["owner=Ana"],
    )
    hide: list[CopyName] = Field(
        default_factory=list,
        description="Sheets and columns (by key) that the copy does without.",
        examples=[["Fees", "Deal.value_net"]],
    )


class Outlet(Table):
    """An audience's view: where it is put, and what the firm withholds beyond the allow-list."""

    to: Target = Field(
        default="",
        description="The folder, file.xlsx or `gsheet:KEY` that `publish` writes without `--to`. "
        "`promote` writes that of ops anew too.",
        examples=["view"],
    )
    unmarked: Literal["firm", "internal"] = Field(
        default="firm",
        description="What a blank Share cell means: `firm` reaches everybody in the firm, "
        "`internal` stays with the owner. A client never sees an unmarked row.",
        examples=["internal"],
    )


def _hide() -> Any:
    return Field(
        default_factory=list,
        description="Sheets and columns (by key) that this audience would see and is not to.",
        examples=[["Fees"]],
    )


def _outlet(audience: Audience) -> type[Outlet]:
    """Return the table of an audience, which knows what this one would see."""
    seen = texts.seen_by(audience.name)
    known = AfterValidator(partial(texts.audience_hide, audience.name))
    named = Annotated[str, known, _offered(seen)]
    about = f"The view for {audience.name}: {audience.about[:1].lower()}{audience.about[1:]}"
    fields: Any = {"hide": (list[named], _hide())}
    return create_model(audience.name.title(), __base__=Outlet, __doc__=about, **fields)


def _outlets() -> Any:
    """Return a field for each audience that is declared."""
    tables = ((one, _outlet(one)) for one in AUDIENCES.values())
    return {
        one.name: (table, Field(default_factory=table, description=one.about))
        for one, table in tables
    }


_Outlets: Any = create_model("Outlets", __base__=Table, **_outlets())


class Publish(_Outlets):  # type: ignore[misc]  # its fields are the audiences that are declared
    """A table for each audience: it can take away what the audience would see, never add."""

    book: BookUrl = Field(
        default="",
        description="The https address of the workbook in SharePoint or OneDrive: the views for "
        "ops and the owner link to its cells.",
        examples=["https://firm.sharepoint.example/sites/ops/firm.xlsx"],
    )


class Handover(Table):
    """The note that a closed deal is handed over with, and where it is posted to."""

    notes: PathText = Field(
        default="",
        description="The folder for notes; without it `handovers` beside the workbook.",
        examples=["handovers"],
    )
    view: HttpsText = Field(
        default="",
        description="Where the view for ops is found on the web: a note links to its deal's page.",
        examples=["https://share.firm.example/view/"],
    )
    post: HttpsText = Field(
        default="",
        description="The https address of an incoming webhook, if it holds no secret.",
        examples=["https://hooks.firm.example/handovers"],
    )
    post_from: SecretSource = Field(
        default="",
        description="Where that address is kept if it is a secret, as with Slack and Teams: "
        "`env:NAME`, a variable of the environment, or `file:PATH`, a file that only you read.",
        examples=["env:SHEETRECORD_POST", "file:post.txt"],
    )
    post_as: Literal["json", "slack", "teams"] = Field(
        default="json", description="The form of the message.", examples=["slack"]
    )


class Capture(Table):
    """How what was written and said is captured."""

    us: list[Filled] = Field(
        default_factory=list,
        description="Our domains, addresses and names, so that `--us` need not be given.",
        examples=[["ours.example", "Ann Lee"]],
    )
    model: LoopbackText = Field(
        default="",
        description="The address of a language model on this machine that is asked as well, as "
        "with `--model`; any server with an OpenAI-compatible chat. Off unless given.",
        examples=["http://127.0.0.1:8080/v1"],
    )


def _found_otherwise(schema: dict[str, Any]) -> None:
    """Say no defaults where what is left out is found in the file."""
    for told in schema["properties"].values():
        told.pop("default", None)


class Account(Table):
    """How the export of an account reads; what is left out is found in the file, or asked for."""

    model_config = ConfigDict(json_schema_extra=_found_otherwise)

    account: Filled = Field(
        default="", description="The account's number; a file of another is refused."
    )
    currency: Currency = Field(default="", description="The account's currency.", examples=["EUR"])
    code_page: CodePage = Field(default="", description="The file's encoding.", examples=["cp1252"])
    delimiter: Delimiter = Field(
        default="", description="What parts the columns: one character.", examples=[";"]
    )
    skip: Whole = Field(
        default=0, description="How many lines stand before the header.", examples=[3]
    )
    date_order: Literal["dmy", "mdy", "ymd"] = Field(
        default="dmy", description="How dates are to be read.", examples=["dmy"]
    )
    decimal: Literal[".", ","] = Field(default=".", description="The decimal mark.", examples=[","])
    sign: Literal[1, -1] = Field(
        default=1, description="-1 for a bank that prints money in as negative.", examples=[-1]
    )
    fee_on_top: bool = Field(
        default=False, description="A fee stands beside the amount and is not in it."
    )
    words_in: list[Filled] = Field(
        default_factory=list,
        description="What the bank's column of directions says for money in, if in its own words.",
        examples=[["Zugang"]],
    )
    words_out: list[Filled] = Field(
        default_factory=list,
        description="What that column says for money out.",
        examples=[["Abgang"]],
    )
    headers: Filled = Field(
        default="", description="The mark of the header row, as `reconcile profiles` prints it."
    )
    no_header: bool = Field(default=False, description="The file begins with its first row.")
    columns: dict[Role, list[Place]] = Field(
        default_factory=dict,
        description="For each meaning the header texts, or positions from 0.",
        examples=[{"booked": ["Buchungstag"], "amount": ["Betrag"]}],
    )


class Reconcile(Table):
    """Limits for what is proposed when receipts are matched; amounts in whole units."""

    fee_floor: Whole = Field(
        default=5, description="A bank's fee up to this is always taken for one."
    )
    fee_cap: Whole = Field(default=30, description="A bank's fee is never more than this.")
    fee_percent: Percent = Field(default=3, description="Nor more than this much of the invoice.")
    likely_open_items: Whole = Field(
        default=8, description="How many open invoices of a client are tried together."
    )
    rates: dict[Pair, Rate] = Field(
        default_factory=dict,
        description="What one unit of a currency is worth in another, for proposals.",
        examples=[{"GBP EUR": "1.17"}],
    )


class Ledger(Table):
    """How the export of the bookkeeping system reads."""

    columns: dict[Header, Filled] = Field(
        default_factory=dict,
        description="For each meaning the header of its column, where it is one we do not know.",
        examples=[{"number": "Wat", "total": "Hoeveel"}],
    )


class Books(Table):
    """The accounts of a bookkeeping system, for `reconcile export`; none is ever guessed."""

    accounts: dict[BookRole, Filled] = Field(
        default_factory=dict,
        description="The account for each thing that is booked: its number, or in QuickBooks its "
        "name. Those that an export needs and are not here are asked for.",
        examples=[{"bank": "1200", "receivable": "1400", "bank_fee": "4970"}],
    )
    banks: dict[Filled, Filled] = Field(
        default_factory=dict,
        description="The accounts of bank accounts, by their name in the Bank sheet, where they "
        "are not that of `accounts`.",
        examples=[{"DE02120300000000202051": "1210"}],
    )
    debtors: dict[Filled, Filled] = Field(
        default_factory=dict,
        description="The accounts of clients, by name, where they are not that of `accounts`.",
        examples=[{"Acme Works": "10001"}],
    )
    currency: Currency = Field(
        default="",
        description="The currency of the books, if not the record's; nothing else is booked.",
        examples=["EUR"],
    )
    tax_in_revenue: bool = Field(
        default=False,
        description="The revenue account takes the tax out of the gross itself, so none is booked "
        "apart.",
    )


class Journal(Books):
    """A system that imports journals; dates are written as its import reads them."""

    date_order: Literal["", "dmy", "mdy", "ymd"] = Field(
        default="", description="How the import reads dates; asked for.", examples=["dmy"]
    )


class Xero(Journal):
    """Xero, which imports manual journals: neither its bank nor its debtors' control accounts."""

    tax_rate: Filled = Field(
        default="",
        description="The name of the tax rate of journal rows; asked for.",
        examples=["Tax Exempt"],
    )


class Datev(Books):
    """DATEV, which imports booking batches; accounts are numbers."""

    consultant: Annotated[int, Field(ge=1001, le=9999999)] = Field(
        default=0, description="The consultant's number; asked for.", examples=[1001]
    )
    client: Annotated[int, Field(ge=1, le=99999)] = Field(
        default=0, description="The number of the consultant's client; asked for.", examples=[1]
    )
    year_begins: Annotated[int, Field(ge=1, le=12)] = Field(
        default=0, description="The month that a fiscal year begins in; asked for.", examples=[1]
    )
    account_length: Annotated[int, Field(ge=4, le=8)] = Field(
        default=0,
        description="How many digits a general account has; a debtor's has one more. Asked for.",
        examples=[4],
    )


class Export(Table):
    """A table for each bookkeeping system that `reconcile export` writes for."""

    xero: Xero = Field(default_factory=Xero, description="Xero.")
    quickbooks: Journal = Field(default_factory=Journal, description="QuickBooks Online.")
    datev: Datev = Field(default_factory=Datev, description="DATEV.")


class File(Table):
    """The settings of a folder of records. Everything may be left out."""

    book: PathText = Field(
        default="",
        description="The workbook that a command works on when none is named.",
        examples=["firm.xlsx"],
    )
    books: dict[Alias, PathText] = Field(
        default_factory=dict,
        description="Short names for workbooks.",
        examples=[{"ours": "firm.xlsx"}],
    )
    severity: dict[Code, Severity] = Field(
        default_factory=dict,
        description="How grave a rule is, by its code; it may be made milder here, and only here.",
        examples=[{"CTX-009": "note"}],
    )
    store: Store = Field(default_factory=Store, description="Where the record is kept.")
    copies: dict[Alias, Copy] = Field(
        default_factory=dict, description="The copies that are kept in step, by name."
    )
    publish: Publish = Field(default_factory=Publish, description="The views, by audience.")
    handover: Handover = Field(
        default_factory=Handover, description="The note of a closed deal, and who is told."
    )
    capture: Capture = Field(
        default_factory=Capture, description="Who we are, and whether a model reads as well."
    )
    accounts: dict[Filled, Account] = Field(
        default_factory=dict, description="How each account's export reads, by its name."
    )
    payers: dict[Filled, list[Filled]] = Field(
        default_factory=dict,
        description="Other names, and accounts, that a client pays under.",
        examples=[{"Acme Works": ["ACME HOLDING AG"]}],
    )
    reconcile: Reconcile = Field(
        default_factory=Reconcile, description="Limits for matching receipts."
    )
    ledger: Ledger = Field(
        default_factory=Ledger, description="How the bookkeeping system's export reads."
    )
    export: Export = Field(
        default_factory=Export, description="The accounts of the books, for `reconcile export`."
    )


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a settings file, as editors use it."""
    told = File.model_json_schema()
    tables = told["$defs"]
    for table, key, names in (
        (told, "severity", load_rules()),
        (tables["Account"], "columns", ROLES),
        (tables["Ledger"], "columns", HEADERS),
        (tables["Xero"], "accounts", BOOK_ROLES),
        (tables["Journal"], "accounts", BOOK_ROLES),
        (tables["Datev"], "accounts", BOOK_ROLES),
    ):
        table["properties"][key]["propertyNames"] = {"enum": list(names)}
    codes = "|".join(EXPONENTS)
    pairs = {"pattern": rf"^\s*({codes})\s+({codes})\s*$"}
    tables["Reconcile"]["properties"]["rates"]["propertyNames"] = pairs
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **told,
        "title": "sheetrecord.toml",
    }
