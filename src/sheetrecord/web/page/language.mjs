/** The page's own sentences in the reader's language; the workbook's words come from the engine. */

import {WORDS} from "./words.mjs";

export const LANGUAGES = {en: "English", de: "Deutsch", es: "Español", fr: "Français"};
const CODES = Object.keys(LANGUAGES);

let language = ofBrowser();
let plural = new Intl.PluralRules(language);

/** Return the first language of the browser that we speak, else English. */
export function ofBrowser(wanted = globalThis.navigator?.languages || []) {
  const known = wanted.map((one) => one.slice(0, 2).toLowerCase());
  return known.find((one) => one in LANGUAGES) || "en";
}

export const current = () => language;

/** Speak another language; one that we do not speak changes nothing. */
export function speak(code) {
  if (!(code in LANGUAGES)) return;
  language = code;
  plural = new Intl.PluralRules(code);
  document.documentElement.lang = code;
}

/**
 * Return a sentence. `{name}` in it is filled in; of two forms parted by "|" the count `n` takes
 * the one or the other.
 */
export function t(key, values = {}) {
  const told = WORDS[key]?.[CODES.indexOf(language)] ?? key;
  const [one, other] = told.split("|");
  const form = other === undefined || plural.select(values.n) === "one" ? one : other;
  return form.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

function shown(value) {
  return typeof value === "number" ? value.toLocaleString(language) : String(value ?? "");
}

/** Return a cell's content as people read it: days in their order, blanks said. */
export function cell(value) {
  if (value === null || value === undefined || value === "") return "";
  if (value === true || value === false) return t(value ? "value.true" : "value.false");
  if (typeof value === "number") return value.toLocaleString(language, {maximumFractionDigits: 6});
  return /^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : String(value);
}

/** Return a day YYYY-MM-DD in the reader's order; what is no day is returned as it stands. */
export function day(iso) {
  const when = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(when.getTime())) return String(iso);
  return when.toLocaleDateString(language, {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});
}
