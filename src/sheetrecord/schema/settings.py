"""The firm's settings as its workbook holds them, read once into `Settings`."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from sheetrecord.model.book import Book
from sheetrecord.model.money import EXPONENTS
from sheetrecord.model.phrase import Phrase, Term
from sheetrecord.model.problem import Where
from sheetrecord.model.value import UNKNOWN, Cell, CellError, Formula, Result, shown
from sheetrecord.schema import names
from sheetrecord.schema.column import Kind
from sheetrecord.schema.fee_templates import read_templates
from sheetrecord.schema.lists import STAGE_RANK, STAGE_TYPE
from sheetrecord.schema.origin import origin
from sheetrecord.schema.packs import LANGUAGES, pack
from sheetrecord.schema.prompts import PROMPTS, READY_TYPES, TRADE_TYPES, USUAL, Prompt
from sheetrecord.schema.read import headers
from sheetrecord.schema.read.finding import Finding
from sheetrecord.schema.read.lexicon import Lexicon, list_rows, own_code
from sheetrecord.schema.record import OwnColumn, Required, Settings
from sheetrecord.schema.sheets import SHEETS

_YES = {"yes", "y", "true", "1", "x", "ja", "sí", "si", "oui", "error", "block", "blocks"}
_SEVERITIES = {"note", "warning", "error"}


def language_of(book: Book) -> str:
    """Return the workbook's language: its setting, or English."""
    found = setting(book, "language")
    return found if isinstance(found, str) and found in LANGUAGES else "en"


def setting(book: Book, name: str) -> Result:
    """Return what a setting's cell shows, None when there is none."""
    area = book.names.get(names.setting_name(name))
    if area is None or area.sheet not in book.sheets:
        return None
    cells = book.sheets[area.sheet].column(area.left).between(area.top, area.top)
    return shown(cells.values[0]) if cells.values else None


def read_settings(
    book: Book, lexicon: Lexicon, today: dt.date, asof: dt.date | None
) -> tuple[Settings, list[Finding]]:
    """Read the settings; ``asof`` overrides the workbook's own, ``today`` is its default."""
    findings: list[Finding] = []
    rate = setting(book, "hourly_rate")
    currency = setting(book, "currency")
    settings = Settings(
        asof=asof or _asof(book, today),
        currency=currency if isinstance(currency, str) else "",
        hourly_rate=float(rate) if isinstance(rate, int | float) else 0.0,
        language=lexicon.language,
        labels=lexicon.labels,
        prompts=tuple(_prompts(book, lexicon, findings)),
        prompt_texts=_prompt_texts(book, "kind", pack(lexicon.language).prompts),
        type_prompts=_prompt_texts(book, "type", pack(lexicon.language).type_prompts),
        ready_types=(*READY_TYPES, *TRADE_TYPES.get(template_of(book), ())),
        required=tuple(_required(book, lexicon, findings)),
        own_columns=tuple(_own_columns(book, lexicon, findings)),
        severities=dict(_severities(book, findings)),
        schema_version=version_of(book),
        fee_models=_fee_models(book, lexicon),
        tokens=lexicon.tokens,
    )
    if book.live:
        findings += list_facts(book)
        findings += _unfit(book)
    return settings, findings


def _number(value: Result) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


_WANTED: Mapping[str, tuple[Callable[[Result], bool], Phrase]] = {
    "asof": (lambda value: isinstance(value, dt.date), Phrase("Type a day, or =TODAY().")),
    "currency": (
        lambda value: isinstance(value, str) and value.strip().upper() in EXPONENTS,
        Phrase("Type three letters, such as EUR."),
    ),
    "hourly_rate": (_number, Phrase("Type a number alone.")),
    "terms_days": (_number, Phrase("Type a number of days alone.")),
    "language": (lambda value: value in LANGUAGES, Phrase("Type en, de, es or fr.")),
    "tax_rate": (
        lambda value: _number(value) and value < 1,  # type: ignore[operator]
        Phrase("Type a share, such as 19%."),
    ),
}
"""What a setting of one cell must be, and what to do where it is not."""


def _unfit(book: Book) -> Iterator[Finding]:
    """Yield the settings of one cell that cannot be what they say; the usual is taken instead."""
    for name, (fits, wanted) in _WANTED.items():
        value = setting(book, name)
        area = book.names.get(names.setting_name(name))
        if area is None or value in (None, "") or value is UNKNOWN or fits(value):
            continue
        text = value.code if isinstance(value, CellError) else str(value)
        where = Where(area.sheet, area.top, area.left)
        words = {"label": Term("setting", name), "text": text, "wanted": wanted}
        yield Finding("GUARD-006", where, words)


def _fee_models(book: Book, lexicon: Lexicon) -> frozenset[str] | None:
    """Return the fee models that a template serves; None where there is no list of templates."""
    if book.names.get(names.setting_name("fee_templates")) is None:
        return None
    return frozenset(one.model for one in read_templates(book, lexicon) if one.sums_up)


def template_of(book: Book) -> str:
    """Return the template a workbook was made from, by its hidden name or its Settings, or ""."""
    made, said = origin(book.origin), setting(book, "template")
    return made.template if made else said if isinstance(said, str) else ""


def version_of(book: Book) -> int:
    """Return the version of the schema a workbook was made by: the newest that it names, or 1.

    Settings and the defined name both say it; either may be gone.
    """
    set_there = setting(book, "schema_version")
    made = origin(book.origin)
    known = [int(set_there)] if isinstance(set_there, int | float) else []
    return max([*known, *([made.version] if made else [])], default=1)


def _asof(book: Book, today: dt.date) -> dt.date:
    """Return the day a person fixed; the live formula =TODAY() means today."""
    area = book.names.get(names.setting_name("asof"))
    if area is None or area.sheet not in book.sheets:
        return today
    cells = book.sheets[area.sheet].column(area.left)
    raw = dict(zip(cells.rows, cells.values, strict=False)).get(area.top)
    if isinstance(raw, dt.datetime):
        return raw.date()
    return raw if isinstance(raw, dt.date) else today


def _prompts(book: Book, lexicon: Lexicon, findings: list[Finding]) -> Iterator[Prompt]:
    """Yield our prompts as the firm tightened them, then its own."""
    ours = {prompt.kind: prompt for prompt in PROMPTS}
    seen = set()
    for row, (label, code, stage, level) in list_rows(
        book, "kind", ("label", "code", "from", "level")
    ):
        kind, from_stage = own_code(label, code), _stage(stage, lexicon)
        if not kind or kind == "stakeholder" or kind in seen:
            continue
        seen.add(kind)
        word = str(level or "").strip().lower()
        blocks = word == "error"
        known = ours.get(kind)
        if known is not None and _turned_off(known, from_stage, word):
            continue
        if known is not None:
            held = known.blocks and not known.listed
            if from_stage and held and not _tighter(known, from_stage, blocks=blocks):
                stage_word = Term("label", "stage", known.from_stage)
                words = {"kind": str(label), "stage": stage_word}
                findings.append(Finding("GUARD-001", Where("Lists", row), words))
                yield known
                continue
            stage_now = from_stage or known.from_stage
            yield known._replace(from_stage=stage_now, blocks=blocks or held)
        elif from_stage:
            yield Prompt(kind, from_stage, blocks, "CTX-009")
    yield from (prompt for prompt in USUAL if prompt.kind not in seen)


def list_facts(book: Book) -> Iterator[Finding]:
    """Yield, once, that Lists counts a stage or a question otherwise than the record does.

    The live gate goes by the numbers in Lists; the engine knows its own.
    """
    wrong: list[tuple[int, Cell]] = []
    live = _formula_rows(book, "stage", "rank") | _formula_rows(book, "kind", "rank")
    for row, (label, code, kind, rank) in list_rows(book, "stage", _STAGE):
        known = str(code)
        if row in live or known not in STAGE_RANK:
            continue
        if (kind, rank) != (STAGE_TYPE[known], STAGE_RANK[known]):
            wrong.append((row, label))
    for row, (label, stage, level, rank) in list_rows(book, "kind", _KIND):
        blocks = str(level or "").strip().lower() == "error"
        wanted = STAGE_RANK.get(str(stage), 0) if blocks else 0
        if row not in live and str(stage) in STAGE_RANK and (rank or 0) != wanted:
            wrong.append((row, label))
    if wrong:
        row, label = wrong[0]
        area = book.names.get(names.list_name("stage", "label"))
        where = Where(area.sheet if area else "Lists", row)
        yield Finding("HEAD-027", where, {"label": str(label), "count": len(wrong)})


_STAGE = ("label", "code", "type", "rank")
_KIND = ("label", "from", "level", "rank")


def _formula_rows(book: Book, enum: str, part: str) -> set[int]:
    """Return the rows of a list in which a formula still counts for itself."""
    area = book.names.get(names.list_name(enum, part))
    if area is None or area.sheet not in book.sheets:
        return set()
    cells = book.sheets[area.sheet].column(area.left)
    pairs = zip(cells.rows, cells.values, strict=False)
    return {row for row, cell in pairs if isinstance(cell, Formula)}


def _tighter(known: Prompt, from_stage: str, *, blocks: bool) -> bool:
    """Tell whether a firm's demand asks no less than ours: the workbook may only tighten.

    A stage that ends a sale, such as lost, asks for nothing.
    """
    return blocks and 0 < STAGE_RANK[from_stage] <= STAGE_RANK[known.from_stage]


def _turned_off(known: Prompt, from_stage: str, level: str) -> bool:
    """Tell whether a list of kinds does not ask one of our questions, where it may choose."""
    if known.listed:
        return level == "off" or not from_stage
    return known.optional and level == "off"


def _stage(cell: Cell, lexicon: Lexicon) -> str:
    text = str(cell or "").strip()
    code = text if text in STAGE_RANK else lexicon.accept["stage"].get(text, "")
    return code or (lexicon.loose("stage", text) if text else "")


def _prompt_texts(book: Book, enum: str, ours: Mapping[str, str]) -> dict[str, str]:
    found = dict(ours)
    for _, (label, code, prompt) in list_rows(book, enum, ("label", "code", "prompt")):
        if isinstance(prompt, str) and (known := own_code(label, code)):
            found[known] = prompt
    return found


def _table(book: Book, name: str, width: int) -> Iterator[tuple[Where, list[str]]]:
    """Yield the filled rows of a settings table as texts."""
    area = book.names.get(names.setting_name(name))
    if area is None or area.sheet not in book.sheets:
        return
    cells = book.cells(area)
    for row in sorted({row for row, _ in cells}):
        found = [shown(cells.get((row, area.left + i))) for i in range(width)]
        texts = ["" if cell is None else str(cell).strip() for cell in found]
        if any(texts):
            yield Where(area.sheet, row, area.left), texts


def _sheet_and_key(sheet: str, header: str, lexicon: Lexicon) -> tuple[str, str]:
    key = headers.sheet_meaning(sheet, lexicon.language)
    if not key:
        return "", ""
    return key, headers.meaning(key, header, lexicon.language)[0]


def _required(book: Book, lexicon: Lexicon, findings: list[Finding]) -> Iterator[Required]:
    for where, (sheet, header, stage, blocks) in _table(book, "required", 4):
        key, column = _sheet_and_key(sheet, header, lexicon)
        from_stage = _stage(stage or "talking", lexicon)
        if not key or not from_stage:
            findings.append(Finding("GUARD-002", where, {"text": f"{sheet} / {header} / {stage}"}))
            continue
        yield Required(key, column or header, from_stage, blocks.lower() in _YES)


def _own_columns(book: Book, lexicon: Lexicon, findings: list[Finding]) -> Iterator[OwnColumn]:
    kinds = {kind.value for kind in Kind}
    for where, (sheet, header, kind, allowed, stage, blocks) in _table(book, "columns", 6):
        key = headers.sheet_meaning(sheet, lexicon.language)
        if key not in SHEETS or not header or (kind.lower() or "text") not in kinds:
            findings.append(Finding("GUARD-002", where, {"text": f"{sheet} / {header} / {kind}"}))
            continue
        values = tuple(part.strip() for part in allowed.split(";") if part.strip())
        from_stage = _stage(stage, lexicon) if stage else ""
        yield OwnColumn(
            key, header, kind.lower() or "text", values, from_stage, blocks.lower() in _YES
        )


def _severities(book: Book, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    for where, (code, severity) in _table(book, "severity", 2):
        if severity.lower() not in _SEVERITIES:
            findings.append(Finding("GUARD-002", where, {"text": f"{code} / {severity}"}))
            continue
        yield code.upper(), severity.lower()
