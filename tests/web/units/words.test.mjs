/** Sentences filled in, counted, and in the language of the reader. */

import assert from "node:assert/strict";
import {test} from "node:test";
import {cell, day, ofBrowser, speak, t} from "../../../src/sheetrecord/web/page/language.mjs";

globalThis.document = {documentElement: {}};

test("the browser's first language that we speak is taken", () => {
  assert.equal(ofBrowser(["it-IT", "fr-CH", "de"]), "fr");
  assert.equal(ofBrowser(["ja"]), "en");
});

test("one and many are said apart, in each language", () => {
  const told = {en: ["1 new row", "3 new rows"], de: ["1 neue Zeile", "3 neue Zeilen"], es: ["1 fila nueva", "3 filas nuevas"], fr: ["1 nouvelle ligne", "3 nouvelles lignes"]};
  for (const [code, both] of Object.entries(told)) {
    speak(code);
    assert.deepEqual([t("count.rows", {n: 1}), t("count.rows", {n: 3})], both);
  }
  speak("en");
});

test("a language that we do not speak changes nothing", () => {
  speak("xx");
  assert.equal(t("undo"), "Undo");
});

test("days are read as days and nothing else is", () => {
  speak("de");
  assert.equal(day("2026-09-04"), "4. Sept. 2026");
  assert.equal(cell("2026-09-04"), "4. Sept. 2026");
  assert.equal(cell("2026-13-99"), "2026-13-99");
  assert.equal(cell("4 September"), "4 September");
  assert.equal(cell(null), "");
  assert.equal(cell(11900.5), "11.900,5");
  speak("en");
});
