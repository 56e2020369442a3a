"""Builds a new workbook: plans where everything stands, then writes sheet after sheet."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sheetrecord.formats.template.check import write_check
from sheetrecord.formats.template.defined_names import define_names
from sheetrecord.formats.template.lists import write_lists
from sheetrecord.formats.template.package import plain
from sheetrecord.formats.template.plan import TemplatePlan
from sheetrecord.formats.template.printed import define_print_areas
from sheetrecord.formats.template.rows import Cells, all_rows
from sheetrecord.formats.template.settings import write_settings
from sheetrecord.formats.template.sheet import DataSheet
from sheetrecord.formats.template.spec import Spec
from sheetrecord.formats.template.start import write_start
from sheetrecord.formats.template.style import ACCENT, FONT, MUTED, SIZE, TemplateStyles
from sheetrecord.formats.template.values import currency_of
from sheetrecord.model.progress import each

_CREATED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The same in every workbook, so that the same spec gives the same bytes."""


def build(spec: Spec, rows: Mapping[str, Sequence[Cells]] | None = None) -> bytes:
    """Return a new workbook as bytes, filled with ``rows`` if there are any.

    ``rows`` holds, by sheet key, canonical values by column key: codes, dates, integer minor
    units, ids (see `values.Raw` for what people type instead). Ready-made blank rows follow.
    Raises KeyError for a language that does not ship.
    """
    from xlsxwriter import Workbook

    written = all_rows(spec, rows or {})
    plan = TemplatePlan(spec, {key: len(found) for key, found in written.items()})
    out = io.BytesIO()
    plainly = {"font_name": FONT, "font_size": SIZE}  # the unit of widths is this font's digit
    options = {"default_format_properties": plainly, "strings_to_formulas": False}
    workbook = Workbook(out, {"in_memory": True, **options})
    workbook.set_properties({"title": spec.firm or "Sheetrecord", "created": _CREATED})
    styles = TemplateStyles(workbook, spec.language, spec.currency)
    _write(workbook, plan, styles, written, rows or {})
    workbook.close()
    return plain(out.getvalue())


def _write(
    workbook: Any,
    plan: TemplatePlan,
    styles: TemplateStyles,
    rows: Mapping[str, Sequence[Cells]],
    given: Mapping[str, Sequence[Cells]],
) -> None:
    from sheetrecord.formats.template.plain_sheet import PlainSheet

    order = ("Start", *plan.sheets, "Check", "Lists", "Settings")
    sheets = {key: workbook.add_worksheet(plan.titles[key], PlainSheet) for key in order}
    first = {key: len(given.get(key, ())) for key in plan.sheets}
    write_start(sheets["Start"], plan, styles, first)
    default = plan.spec.currency
    deals = {str(row["deal_id"]): currency_of(row, {}, default) for row in rows["Deal"]}
    for key in each(plan.sheets, "sheets written"):
        DataSheet(plan, key, sheets[key], styles).write(rows[key], deals)
    write_check(workbook, sheets["Check"], plan, styles)
    write_lists(sheets["Lists"], plan, styles)
    write_settings(sheets["Settings"], plan, styles)
    for key in ("Start", "Check"):
        sheets[key].set_tab_color(ACCENT)
    for key in ("Lists", "Settings"):
        sheets[key].set_tab_color(MUTED)
    define_names(workbook, plan)
    define_print_areas(workbook, plan)
    sheets["Start"].activate()
