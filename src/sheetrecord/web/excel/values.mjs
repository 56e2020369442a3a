/** Values of edits as Excel takes them, and what stood in a cell as it is put back. */

/**
 * @typedef {string | number | boolean | null | {date: string, serial: number} | {formula: string}
 *   | {error: string}} EditValue
 */

const LOGICAL = /^(true|false|wahr|falsch|vrai|faux|verdadero|falso)$/i;

/**
 * Return what is set as a formula so that Excel takes it for what it is. A text that it could take
 * for a number, a day or a formula gets an apostrophe, which Excel takes off again.
 * @param {EditValue | undefined} value
 * @returns {string | number | boolean}
 */
export function typed(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return isPlain(value) ? value : `'${value}`;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if ("date" in value) return value.serial;
  if ("formula" in value) return `=${value.formula}`;
  if ("error" in value) return value.error;
  throw new TypeError(`no value of a cell: ${JSON.stringify(value)}`);
}

/**
 * Tell whether Excel takes a text for a text: it begins with a letter and no digit is in it.
 * @param {string} text
 */
function isPlain(text) {
  return text === "" || (/^\p{L}\D*$/u.test(text) && !LOGICAL.test(text));
}

/**
 * Tell whether a cell shows what was set, read back as a value; formulas are Excel's to calculate.
 * @param {EditValue | undefined} wanted
 * @param {unknown} found
 */
export function arrived(wanted, found) {
  if (wanted === null || wanted === undefined) return found === "" || found === null;
  if (typeof wanted === "object") return "date" in wanted ? found === wanted.serial : true;
  return found === wanted;
}

/**
 * Tell whether a cell still held what the engine read there.
 * @param {EditValue | undefined} was
 * @param {unknown} formula what stood there, as a formula
 */
export function unchanged(was, formula) {
  if (was === null || was === undefined) return formula === "" || formula === null;
  if (typeof was === "object") {
    if ("date" in was) return true;  // a day may be told by another count; its row's id decides
    return "formula" in was ? String(formula).startsWith("=") : true;
  }
  const said = typeof formula === "string" && formula.startsWith("'") ? formula.slice(1) : formula;
  return said === was || String(said) === String(was);
}

/**
 * Return a column's letters.
 * @param {number} column counted from 1
 */
export function letters(column) {
  let found = "";
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) found = String.fromCharCode(65 + ((left - 1) % 26)) + found;
  return found;
}
