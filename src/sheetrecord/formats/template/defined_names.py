"""Gives every column, list and setting the defined name by which it is found again."""

from typing import Any

from sheetrecord.formats.template.plan import HEADER_ROW, TemplatePlan
from sheetrecord.model.problem import column_letters
from sheetrecord.schema import names
from sheetrecord.schema.origin import Origin
from sheetrecord.schema.sheets import SCHEMA_VERSION


def define_names(workbook: Any, plan: TemplatePlan) -> None:
    """Define all names of the workbook."""
    made = Origin(plan.spec.template, SCHEMA_VERSION, plan.spec.language)
    workbook.define_name(names.TEMPLATE, f'="{made.text}"')
    for key, sheet in plan.sheets.items():
        for column in sheet.columns:
            at = f"{plan.title(key)}!${sheet.letters(column.key)}${HEADER_ROW}"
            workbook.define_name(names.column_name(key, column.key), f"={at}")
    for block in plan.blocks.values():
        for part in block.parts:
            name = names.list_name(block.name, part)
            workbook.define_name(name, f"={plan.list(block.name, part)}")
    for single in plan.settings.singles:
        workbook.define_name(names.setting_name(single.name), f"={plan.setting(single.name)}")
    for table in plan.settings.tables:
        last = column_letters(len(table.headings))
        area = f"{plan.title('Settings')}!$A${table.top}:${last}${table.bottom}"
        workbook.define_name(names.setting_name(table.name), f"={area}")
