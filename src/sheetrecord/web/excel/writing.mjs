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
 * @typedef {{row: Excel.Range, used: Excel.Range}} Rows rows that an edit hangs on, and how many are used
 * @typedef {{rows: Map<CellEdit, Rows>, kept: Map<CellEdit, Excel.NamedItem | Excel.CustomProperty>}} Before
 * @typedef {(context: Excel.RequestContext) => void} Back
 */

const ABLE = new Set(["put", "insert", "delete", "add_sheet", "property", "name"]);

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
      const before = await looked(context, edits, expected);
      return written(context, edits, expected, before);
    });
  } catch (error) {
    throw told(error);
  }
}

/**
 * Look before anything is written: sheets are there and not protected, rows are where they were.
 * Returns what stood there that an undo needs, and whose formulas new rows take over.
 * @param {Excel.RequestContext} context
 * @param {CellEdit[]} edits
 * @param {Expected[]} expected
 * @returns {Promise<Before>}
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
  const before = {rows: new Map(), kept: new Map()};
  for (const edit of edits) {
    if (edit.do === "insert") before.rows.set(edit, rowsOf(context, edit, edit.after_row, edit.after_row));
    if (edit.do === "delete") before.rows.set(edit, rowsOf(context, edit, edit.first_row, lastOf(edit)));
    if (edit.do === "property" || edit.do === "name") before.kept.set(edit, keptBy(context, edit));
  }
  await context.sync();
  const shut = sheets.find((sheet) => sheet.protection.protected);
  if (shut) throw new HostError("protected", `The sheet ${shut.name} is protected.`);
  stand(expected, ids);
  return before;
}

/** @param {CellEdit} edit */
function lastOf(edit) {
  return (edit.first_row || 1) + (edit.number || 1) - 1;
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {number} [first]
 * @param {number} [last]
 * @returns {Rows}
 */
function rowsOf(context, edit, first = 1, last = first) {
  const sheet = context.workbook.worksheets.getItem(edit.sheet || "");
  const row = sheet.getRange(`${first}:${last}`).getUsedRangeOrNullObject();
  row.load("formulas,formulasR1C1,numberFormat,rowIndex,columnIndex");
  return {row, used: usedOf(context, edit)};
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 */
function usedOf(context, edit) {
  const used = context.workbook.worksheets.getItem(edit.sheet || "").getUsedRangeOrNullObject(true);
  used.load("rowIndex,rowCount");
  return used;
}

/**
 * Return the property or the name that an edit changes, as it stands.
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @returns {Excel.NamedItem | Excel.CustomProperty}
 */
function keptBy(context, edit) {
  const {names, properties} = context.workbook;
  if (edit.do === "name") {
    const held = names.getItemOrNullObject(edit.name || "");
    held.load("formula");
    return held;
  }
  const held = properties.custom.getItemOrNullObject(edit.name || "");
  held.load("value");
  return held;
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
 * @param {Before} before
 * @returns {Promise<Done>}
 */
async function written(context, edits, expected, before) {
  const puts = edits.filter((edit) => edit.do === "put");
  const targets = puts.map((edit) => ({edit, range: cellOf(context, edit.sheet, edit.row, edit.column)}));
  for (const {range} of targets) range.load("formulas,numberFormat");
  const ids = expected.map((one) => cellOf(context, one.sheet, one.row, one.column));
  for (const id of ids) id.load("values");
  /** @type {Map<CellEdit, Back>} */
  const back = new Map();
  for (const edit of edits) queue(context, edit, before, back);
  try {
    await context.sync();
  } catch (error) {
    await halfWay(edits, targets, before, back);
    throw error;
  }
  const displaced = targets.map(({edit, range}) => displacedOf(edit, range));
  const undo = () => putBack(displaced, [...back.values()]);
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
 * @param {Before} before
 * @param {Map<CellEdit, Back>} back
 */
function queue(context, edit, before, back) {
  const rows = before.rows.get(edit);
  const kept = before.kept.get(edit);
  if (edit.do === "put") put(cellOf(context, edit.sheet, edit.row, edit.column), edit);
  else if (edit.do === "insert") back.set(edit, insert(context, edit, rows?.row));
  else if (edit.do === "delete" && rows) back.set(edit, drop(context, edit, rows.row));
  else if (edit.do === "add_sheet") back.set(edit, addSheet(context, edit));
  else if (edit.do === "property") back.set(edit, setProperty(context, edit, /** @type {Excel.CustomProperty} */ (kept)));
  else back.set(edit, setName(context, edit, /** @type {Excel.NamedItem} */ (kept)));
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {Excel.CustomProperty} held
 * @returns {Back}
 */
function setProperty(context, edit, held) {
  const {name = "", value} = edit;
  const was = held.isNullObject ? null : held.value;
  /** @type {(into: Excel.RequestContext, value: unknown) => void} */
  const set = (into, wanted) => {
    const {custom} = into.workbook.properties;
    if (wanted !== null && wanted !== undefined) custom.add(name, wanted);
    else custom.getItemOrNullObject(name).delete();
  };
  set(context, value);
  return (again) => set(again, was);
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {Excel.NamedItem} held
 * @returns {Back}
 */
function setName(context, edit, held) {
  const {name = ""} = edit;
  const was = held.isNullObject ? null : held.formula;
  /** @type {(into: Excel.RequestContext, formula: string | null) => void} */
  const set = (into, formula) => {
    into.workbook.names.getItemOrNullObject(name).delete();
    if (formula !== null) into.workbook.names.add(name, formula);
  };
  set(context, meant(edit.value));
  return (again) => set(again, was);
}

/**
 * Return what a name stands for as Excel is told it: cells, or a text. Null for no name.
 * @param {unknown} value
 */
function meant(value) {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) return `="${String(value).replaceAll('"', '""')}"`;
  const [sheet, top, left, bottom, right] = value;
  return `='${sheet.replaceAll("'", "''")}'!$${letters(left)}$${top}:$${letters(right)}$${bottom}`;
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
 * @returns {Back}
 */
function insert(context, edit, above) {
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
  return (again) => { again.workbook.worksheets.getItem(name).getRange(place).delete("Up"); };
}

/**
 * Delete rows. An undo brings back what stood in them and its number formats, not how they looked.
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @param {Excel.Range} rows
 * @returns {Back}
 */
function drop(context, edit, rows) {
  const {sheet: name = "", first_row: first = 1} = edit;
  const place = `${first}:${lastOf(edit)}`;
  const held = rows.isNullObject ? null : {formulas: rows.formulas, form: rows.numberFormat, row: rows.rowIndex, column: rows.columnIndex};
  context.workbook.worksheets.getItem(name).getRange(place).delete("Up");
  return (again) => {
    const sheet = again.workbook.worksheets.getItem(name);
    sheet.getRange(place).insert("Down");
    if (!held) return;
    const range = sheet.getRangeByIndexes(held.row, held.column, held.formulas.length, held.formulas[0].length);
    range.numberFormat = held.form;
    range.formulas = held.formulas;
  };
}

/** @param {unknown} value */
function dayForm(value) {
  return value && typeof value === "object" && "date" in value ? "yyyy-mm-dd" : undefined;
}

/**
 * @param {Excel.RequestContext} context
 * @param {CellEdit} edit
 * @returns {Back}
 */
function addSheet(context, edit) {
  const {sheet: name = "", rows = [], hidden} = edit;
  const sheet = context.workbook.worksheets.add(name);
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width) {
    const square = rows.map((row) => Array.from({length: width}, (_, at) => typed(row[at])));
    sheet.getRangeByIndexes(0, 0, rows.length, width).formulas = square;
  }
  if (hidden) sheet.visibility = "Hidden";
  return (again) => {
    const made = again.workbook.worksheets.getItem(name);
    made.visibility = "Visible";
    made.delete();
  };
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
 * A batch that failed may have run in part: what came of it is looked at and taken back.
 * @param {CellEdit[]} edits
 * @param {Target[]} targets
 * @param {Before} before
 * @param {Map<CellEdit, Back>} back
 */
async function halfWay(edits, targets, before, back) {
  await Excel.run(async (context) => {
    const now = targets.map(({edit}) => cellOf(context, edit.sheet, edit.row, edit.column));
    for (const range of now) range.load("values");
    const made = edits.filter((edit) => edit.do === "add_sheet");
    const sheets = made.map((edit) => context.workbook.worksheets.getItemOrNullObject(edit.sheet || ""));
    for (const sheet of sheets) sheet.load("name");
    const used = new Map([...before.rows.keys()].map((edit) => [edit, usedOf(context, edit)]));
    await context.sync();
    const done = [...made.filter((_, at) => !sheets[at].isNullObject), ...moved(before, used), ...before.kept.keys()];
    for (const edit of edits.filter((one) => done.includes(one)).reverse()) back.get(edit)?.(context);
    for (const [at, {edit}] of targets.entries()) {
      if (edit.was === edit.value || !arrived(edit.value, now[at].values[0][0]) || arrived(edit.was, now[at].values[0][0])) continue;
      put(cellOf(context, edit.sheet, edit.row, edit.column), {value: edit.was});
    }
    await context.sync();
  }).catch(() => {
    throw new HostError("partly", "Excel stopped in the middle of the changes: undo them in Excel, or close without saving.");
  });
}

/**
 * Return the edits that have added or deleted rows: edits run in order, and a sheet's used rows tell
 * how many. Throws where they tell nothing.
 * @param {Before} before
 * @param {Map<CellEdit, Excel.Range>} used
 */
function moved(before, used) {
  const grown = new Map([...before.rows].map(([edit, rows]) => [edit.sheet, endOf(used.get(edit)) - endOf(rows.used)]));
  return [...before.rows.keys()].filter((edit) => {
    const left = grown.get(edit.sheet) || 0;
    const by = edit.do === "insert" ? (edit.rows || []).length : -(edit.number || 1);
    if (!left) return false;
    if (Math.sign(left) !== Math.sign(by) || Math.abs(left) < Math.abs(by)) throw new HostError("partly", "rows were added or deleted");
    grown.set(edit.sheet, left - by);
    return true;
  });
}

/** @param {Excel.Range | undefined} used */
function endOf(used) {
  return !used || used.isNullObject ? 0 : used.rowIndex + used.rowCount;
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
