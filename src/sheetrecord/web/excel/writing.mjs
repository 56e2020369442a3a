/**
 * Carry out edits in the open workbook, in one go: what stands in each cell is asked for in the same
 * batch in which it is written, so what was asked is what was displaced.
 */

import {HostError, told} from "./errors.mjs";
import {arrived, letters, typed, unchanged} from "./values.mjs";

/**
 * @typedef {import("./values.mjs").EditValue} EditValue
 * @typedef {{do: string, sheet?: string, row?: number, column?: number, value?: EditValue, was?: EditValue,
 *   form?: string, after_row?: number, first_row?: number, number?: number, rows?: any[],
 *   hidden?: boolean, name?: string}} CellEdit
 * @typedef {{sheet: string, row: number, column: number, value: EditValue}} Expected
 * @typedef {{sheet: string, cell: string, formula: any, format: any}} Displaced
 * @typedef {{displaced: Displaced[], undo: () => Promise<void>}} Done
 * @typedef {{edit: CellEdit, range: Excel.Range}} Target
 * @typedef {(context: Excel.RequestContext) => void} Back
 */

const ABLE = new Set(["put", "insert", "add_sheet", "property", "name"]);

/**
 * Write all edits or none. Throws HostError: `editing` while somebody types in a cell, `protected`,
 * `moved` when rows are not where they were, `unsupported` for what Excel's panes cannot do.
 * @param {CellEdit[]} edits
 * @param {Expected[]} expected
 * @returns {Promise<Done>}
 */
export async function carryOut(edits, expected) {
  const odd = edits.find((edit) => !ABLE.has(edit.do));
  if (odd) throw new HostError("unsupported", `Excel's pane cannot do this: ${odd.do}. Save the workbook and use the page.`);
  try {
    return await Excel.run(async (context) => {
      const rows = await looked(context, edits, expected);
      return written(context, edits, expected, rows);
    });
  } catch (error) {
    throw told(error);
  }
}

/**
 * Look before anything is written: sheets are there and not protected, rows are where they were.
 * Returns the rows whose formulas new rows below them take over.
 * @param {Excel.RequestContext} context
 * @param {CellEdit[]} edits
 * @param {Expected[]} expected
 */
async function looked(context, edits, expected) {
  const made = new Set(edits.filter((edit) => edit.do === "add_sheet").map((edit) => edit.sheet));
  const names = [...new Set(edits.flatMap((edit) => (edit.sheet && !made.has(edit.sheet) ? [edit.sheet] : [])))];
  const sheets = names.map((name) => context.workbook.worksheets.getItemOrNullObject(name));
  for (const sheet of sheets) sheet.load("name");
  await context.sync();
  if (sheets.some((sheet) => sheet.isNullObject)) throw new HostError("moved", "A sheet was renamed or removed: check again.");
  for (const sheet of sheets) sheet.protection.load("protected");
  const ids = expected.map((one) => cellOf(context, one.sheet, one.row, one.column));
  for (const id of ids) id.load("values");
  const above = new Map();
  for (const edit of edits) if (edit.do === "insert") above.set(edit, templateRow(context, edit));
  await context.sync();
  const shut = sheets.find((sheet) => sheet.protection.protected);
  if (shut) throw new HostError("protected", `The sheet ${shut.name} is protected.`);
  stand(expected, ids);
  return above;
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 */
function templateRow(context, edit) {
  const {sheet = "", after_row: row = 0} = edit;
  const used = context.workbook.worksheets.getItem(sheet).getRange(`${row}:${row}`).getUsedRangeOrNullObject();
  used.load("formulasR1C1,columnIndex");
  return used;
}

/**
 * @param {Expected[]} expected
 * @param {Excel.Range[]} ids
 */
function stand(expected, ids) {
  const moved = expected.findIndex((one, at) => !unchanged(one.value, ids[at].values[0][0]));
  if (moved >= 0) throw new HostError("moved", `Somebody moved rows of ${expected[moved].sheet}: check again.`);
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit[]} edits
 * @param {Expected[]} expected
 * @param {Map<CellEdit, Excel.Range>} above
 * @returns {Promise<Done>}
 */
async function written(context, edits, expected, above) {
  const puts = edits.filter((edit) => edit.do === "put");
  const targets = puts.map((edit) => ({edit, range: cellOf(context, edit.sheet, edit.row, edit.column)}));
  for (const {range} of targets) range.load("formulas,numberFormat");
  const ids = expected.map((one) => cellOf(context, one.sheet, one.row, one.column));
  for (const id of ids) id.load("values");
  /** @type {Back[]} */
  const back = [];
  for (const edit of edits) queue(context, edit, above, back);
  try {
    await context.sync();
  } catch (error) {
    await halfWay(targets, back);
    throw error;
  }
  const displaced = targets.map(({edit, range}) => displacedOf(edit, range));
  const undo = () => putBack(displaced, back);
  try {
    stand(expected, ids);
    const gone = targets.findIndex(({edit, range}) => !unchanged(edit.was, range.formulas[0][0]));
    if (gone >= 0) throw new HostError("moved", `Somebody changed ${displaced[gone].sheet}!${displaced[gone].cell}: check again.`);
    await lookedBack(context, targets);
  } catch (error) {
    await undo();
    throw error;
  }
  return {displaced, undo};
}

/**
 * Queue one edit, and how it is taken back beside the cells that it displaces.
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {Map<CellEdit, Excel.Range>} above
 * @param {Back[]} back
 */
function queue(context, edit, above, back) {
  if (edit.do === "put") put(cellOf(context, edit.sheet, edit.row, edit.column), edit);
  else if (edit.do === "insert") insert(context, edit, above.get(edit), back);
  else if (edit.do === "add_sheet") addSheet(context, edit, back);
  else if (edit.do === "property") context.workbook.properties.custom.add(edit.name || "", typed(edit.value));
  else if (typeof edit.value === "string") context.workbook.names.add(edit.name || "", `="${edit.value.replaceAll('"', '""')}"`);
}

/**
 * @param {Excel.Range} range
 * @param {{value?: EditValue, form?: string}} edit
 */
function put(range, edit) {
  if (edit.form) range.numberFormat = [[edit.form]];
  range.formulas = [[typed(edit.value)]];
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {Excel.Range | undefined} above
 * @param {Back[]} back
 */
function insert(context, edit, above, back) {
  const {sheet: name = "", after_row: row = 0, rows = []} = edit;
  const place = `${row + 1}:${row + rows.length}`;
  const sheet = context.workbook.worksheets.getItem(name);
  sheet.getRange(place).insert("Down");
  sheet.getRange(place).copyFrom(`${row}:${row}`, "Formats");
  for (const [number, cells] of rows.entries()) {
    const here = row + 1 + number;
    if (above && !above.isNullObject) {
      for (const [at, formula] of above.formulasR1C1[0].entries()) {
        if (typeof formula !== "string" || !formula.startsWith("=")) continue;
        cellOf(context, name, here, above.columnIndex + at + 1).formulasR1C1 = [[formula]];
      }
    }
    for (const [column, value] of Object.entries(cells)) {
      put(cellOf(context, name, here, Number(column)), {value, form: dayForm(value)});
    }
  }
  back.push((again) => { again.workbook.worksheets.getItem(name).getRange(place).delete("Up"); });
}

/** @param {unknown} value */
function dayForm(value) {
  return value && typeof value === "object" && "date" in value ? "yyyy-mm-dd" : undefined;
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {Back[]} back
 */
function addSheet(context, edit, back) {
  const {sheet: name = "", rows = [], hidden} = edit;
  const sheet = context.workbook.worksheets.add(name);
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width) {
    const square = rows.map((row) => Array.from({length: width}, (_, at) => typed(row[at])));
    sheet.getRangeByIndexes(0, 0, rows.length, width).formulas = square;
  }
  if (hidden) sheet.visibility = "Hidden";
  back.push((again) => {
    const made = again.workbook.worksheets.getItem(name);
    made.visibility = "Visible";
    made.delete();
  });
}

/**
 * Read what was written, and compare: only Excel knows what it made of a text.
 * @param {Excel.RequestContext} context
 * @param {Target[]} targets
 */
async function lookedBack(context, targets) {
  const last = new Map(targets.map((one) => [`${one.edit.sheet}!${one.edit.row}!${one.edit.column}`, one]));
  const found = [...last.values()].map(({edit}) => ({edit, range: cellOf(context, edit.sheet, edit.row, edit.column)}));
  for (const {range} of found) range.load("values");
  await context.sync();
  const other = found.find(({edit, range}) => !arrived(edit.value, range.values[0][0]));
  if (other) throw new HostError("unsupported", `Excel made something else of ${other.edit.sheet}!${address(other.edit)}.`);
}

/**
 * A batch that failed may have run in part: what changed is put back, as far as Excel lets us.
 * @param {Target[]} targets
 * @param {Back[]} back
 */
async function halfWay(targets, back) {
  await Excel.run(async (context) => {
    const now = targets.map(({edit}) => cellOf(context, edit.sheet, edit.row, edit.column));
    for (const range of now) range.load("values");
    await context.sync();
    const changed = targets.some(({edit}, at) => edit.was !== edit.value && arrived(edit.value, now[at].values[0][0])
      && !arrived(edit.was, now[at].values[0][0]));
    if (back.length) throw new HostError("partly", "rows or sheets may have been added");
    if (!changed) return;
    for (const {edit} of targets) put(cellOf(context, edit.sheet, edit.row, edit.column), {value: edit.was});
    await context.sync();
  }).catch(() => {
    throw new HostError("partly", "Excel stopped in the middle of the changes: undo them in Excel, or close without saving.");
  });
}

/**
 * @param {CellEdit} edit
 * @param {Excel.Range} range
 * @returns {Displaced}
 */
function displacedOf(edit, range) {
  return {sheet: edit.sheet || "", cell: address(edit), formula: range.formulas[0][0], format: range.numberFormat[0][0]};
}

/**
 * Put back what stood there: rows and sheets that were added go first, in the opposite order.
 * @param {Displaced[]} displaced
 * @param {Back[]} back
 */
async function putBack(displaced, back) {
  try {
    await Excel.run(async (context) => {
      for (const step of [...back].reverse()) step(context);
      for (const one of [...displaced].reverse()) {
        const range = context.workbook.worksheets.getItem(one.sheet).getRange(one.cell);
        range.formulas = [[one.formula]];
        range.numberFormat = [[one.format]];
      }
      await context.sync();
    });
  } catch (error) {
    throw told(error);
  }
}

/**
 * @param {Excel.RequestContext} context
 * @param {string | undefined} sheet
 * @param {number | undefined} row
 * @param {number | undefined} column
 */
function cellOf(context, sheet = "", row = 1, column = 1) {
  return context.workbook.worksheets.getItem(sheet).getRange(`${letters(column)}${row}`);
}

/** @param {CellEdit} edit */
function address(edit) {
  return `${letters(edit.column || 1)}${edit.row}`;
}
