/** Read the open workbook: as the file that it would be saved as, or where that fails cell by cell. */

import {HostError} from "./errors.mjs";

const SLICE = 4 * 1024 * 1024;

/** Cells that are asked for at a time: an answer of Excel in a browser may have 5 MB. */
const CELLS = 20_000;

/**
 * @typedef {{row: number, column: number, value: string | number | boolean,
 *   shows?: string | number | boolean, form?: string}} ToldCell
 * @typedef {{name: string, state: string, cells: ToldCell[]}} ToldSheet
 * @typedef {{name: string, sheets: ToldSheet[], names: Record<string, string>,
 *   properties: Record<string, string>}} ToldBook
 */

/**
 * Return the open workbook: its bytes, unsaved edits included, or its cells.
 * @returns {Promise<{name: string, bytes: Uint8Array} | {name: string, cells: ToldBook}>}
 */
export async function readWorkbook() {
  const name = nameOf(Office.context.document.url);
  if (Office.context.requirements.isSetSupported("CompressedFile", "1.1")) {
    const bytes = await asFile().catch(() => null);
    if (bytes && bytes.length > 4 && bytes[0] === 0x50 && bytes[1] === 0x4b) return {name, bytes};
  }
  return {name, cells: {...await asCells(), name}};
}

/** @param {string | null | undefined} address */
export function nameOf(address) {
  const last = String(address || "").split(/[\\/]/).pop()?.split("?")[0] || "";
  try {
    return decodeURIComponent(last) || "workbook.xlsx";
  } catch {
    return last;
  }
}

/**
 * Excel keeps two files open at the most, and gives wrong slices while one is: whatever happens, it
 * is closed before anything else is done.
 * @returns {Promise<Uint8Array>}
 */
async function asFile() {
  const file = await /** @type {Promise<Office.File>} */ (asked((then) => Office.context.document.getFileAsync(
    Office.FileType.Compressed, {sliceSize: SLICE}, then,
  )));
  try {
    const whole = new Uint8Array(file.size);
    let at = 0;
    for (let number = 0; number < file.sliceCount; number += 1) {
      const slice = await /** @type {Promise<Office.Slice>} */ (asked((then) => file.getSliceAsync(number, then)));
      const data = new Uint8Array(slice.data);
      if (at + data.length > whole.length) throw new HostError("unreadable", "Excel gave more than it said.");
      whole.set(data, at);
      at += data.length;
    }
    if (at !== whole.length) throw new HostError("unreadable", "Excel gave less than it said.");
    return whole;
  } finally {
    await asked((then) => file.closeAsync(then)).catch(() => undefined);
  }
}

/**
 * Return what a call of Office's older kind answers.
 * @param {(then: (result: Office.AsyncResult<any>) => void) => void} call
 * @returns {Promise<any>}
 */
function asked(call) {
  return new Promise((done, failed) => {
    call((result) => (result.status === Office.AsyncResultStatus.Succeeded ? done(result.value) : failed(result.error)));
  });
}

/** @returns {Promise<Omit<ToldBook, "name">>} */
async function asCells() {
  return Excel.run({delayForCellEdit: true}, async (context) => {
    const {worksheets, names} = context.workbook;
    const {custom} = context.workbook.properties;
    worksheets.load("items/name,items/visibility");
    names.load("items/name,items/formula");
    custom.load("items/key,items/value");
    await context.sync();
    /** @type {ToldSheet[]} */
    const sheets = [];
    for (const sheet of worksheets.items) {
      sheets.push({name: sheet.name, state: stateOf(sheet.visibility), cells: await cellsOf(context, sheet)});
    }
    return {
      sheets,
      names: Object.fromEntries(names.items.map((one) => [one.name, String(one.formula)])),
      properties: Object.fromEntries(custom.items.map((one) => [one.key, String(one.value)])),
    };
  });
}

/** @param {string} visibility */
function stateOf(visibility) {
  if (visibility === "VeryHidden") return "veryHidden";
  return visibility === "Hidden" ? "hidden" : "visible";
}

/**
 * @param {Excel.RequestContext} context
 * @param {Excel.Worksheet} sheet
 * @returns {Promise<ToldCell[]>}
 */
async function cellsOf(context, sheet) {
  const used = sheet.getUsedRangeOrNullObject(true);
  used.load("rowIndex,columnIndex,rowCount,columnCount");
  await context.sync();
  /** @type {ToldCell[]} */
  const cells = [];
  if (used.isNullObject) return cells;
  const step = Math.max(1, Math.floor(CELLS / used.columnCount));
  for (let top = 0; top < used.rowCount; top += step) {
    const part = sheet.getRangeByIndexes(
      used.rowIndex + top, used.columnIndex, Math.min(step, used.rowCount - top), used.columnCount,
    );
    part.load("formulas,values,numberFormat");
    await context.sync();
    for (const cell of told(part, used.rowIndex + top, used.columnIndex)) cells.push(cell);
  }
  return cells;
}

/**
 * @param {Excel.Range} part
 * @param {number} top
 * @param {number} left
 * @returns {Generator<ToldCell>}
 */
function* told(part, top, left) {
  for (const [r, row] of part.formulas.entries()) {
    for (const [c, formula] of row.entries()) {
      if (formula === "" || formula === null) continue;
      const form = String(part.numberFormat[r][c] ?? "");
      const place = {row: top + r + 1, column: left + c + 1};
      const dressed = form && form !== "General" ? {form} : {};
      const shows = part.values[r][c];
      if (typeof formula === "string" && formula.startsWith("=")) yield {...place, value: formula, shows, ...dressed};
      else yield {...place, value: shows, ...dressed};
    }
  }
}
