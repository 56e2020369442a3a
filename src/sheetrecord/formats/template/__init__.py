"""Builds a new workbook from the schema: sheets, drop-downs, live formulas, names and colours.

Everything in it derives from the declarations and a label pack, so a column that is declared
once stands in the template too. The same spec gives the same bytes.
"""

from sheetrecord.formats.template.build import build
from sheetrecord.formats.template.spec import TEMPLATES, Spec
from sheetrecord.schema.fee_specs import FeeSpecLine

__all__ = ["TEMPLATES", "FeeSpecLine", "Spec", "build"]
