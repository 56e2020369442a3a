/** The traps of Excel's panes, one case each. Prints a line of JSON for each: name, and what went wrong. */

import assert from "node:assert/strict";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {cell, install} from "./fake.mjs";

const web = process.argv[2];
const from = (name) => import(pathToFileURL(join(web, name)));
const {ExcelHost} = await from("excel/host.mjs");
const {findHost} = await from("host.mjs");
const {nameOf} = await from("excel/reading.mjs");
const {typed} = await from("excel/values.mjs");

const host = () => new ExcelHost();
const zip = (length = 100) => Uint8Array.from({length}, (_, at) => [0x50, 0x4b, 3, 4][at] ?? at % 251);
const DEAL = {Deal: {A1: "Deal", B1: "Client", C1: "State", A2: "D-0001", B2: "Acme", A3: "D-0002", B3: "Brix"}};
const PUT = [{do: "put", sheet: "Deal", row: 2, column: 3, value: "offered", was: null}];
const IDS = [{sheet: "Deal", row: 2, column: 1, value: "D-0001"}];
const refuses = async (work, code) => {
  try {
    await work();
  } catch (error) {
    assert.equal(error.code, code, String(error.stack));
    return;
  }
  assert.fail(`nothing was refused, ${code} was expected`);
};

const CASES = {
  "the open workbook is read as the file that it would be": async () => {
    const book = install(DEAL, {file: zip(9 * 1024 * 1024)});
    const {name, bytes} = await host().read();
    assert.equal(name, "My firm.xlsx");
    assert.deepEqual(bytes, book.file);
    assert.equal(book.open, 0);
  },
  "a file is closed when a slice fails, and cells are read instead": async () => {
    const book = install(DEAL, {file: zip(9 * 1024 * 1024), brokenSlice: 1});
    const {cells} = await host().read();
    assert.equal(book.open, 0);
    assert.equal(cells.sheets[0].cells[0].value, "Deal");
  },
  "ten reads leave no file open": async () => {
    const book = install(DEAL, {file: zip()});
    for (let n = 0; n < 10; n += 1) assert.ok((await host().read()).bytes);
    assert.equal(book.mostOpen, 1);
  },
  "a file of size 0 is no workbook: cells are read": async () => {
    install(DEAL, {file: zip(), size: 0});
    assert.ok((await host().read()).cells);
  },
  "a file that Excel does not give is read by its cells": async () => {
    install(DEAL);
    assert.ok((await host().read()).cells);
  },
  "where files are not supported none is asked for": async () => {
    const book = install(DEAL, {file: zip(), sets: {ExcelApi: 1.7}});
    assert.ok((await host().read()).cells);
    assert.equal(book.mostOpen, 0);
  },
  "cells are told with their formulas, results, formats and names": async () => {
    install({Deal: {A1: "Net", A2: 12.5, B2: {formula: "=A2*2", value: 25, form: "0.00"}, C2: {formula: 46000, value: 46000, form: "yyyy-mm-dd"}}, Empty: {}},
      {names: [{name: "sr_Deal_net", formula: "=Deal!$A$1"}], properties: [{key: "sr", value: 7}]});
    const {cells} = await host().read();
    assert.deepEqual(cells.sheets, [{name: "Deal", state: "visible", cells: [
      {row: 1, column: 1, value: "Net"}, {row: 2, column: 1, value: 12.5},
      {row: 2, column: 2, value: "=A2*2", shows: 25, form: "0.00"}, {row: 2, column: 3, value: 46000, form: "yyyy-mm-dd"},
    ]}, {name: "Empty", state: "visible", cells: []}]);
    assert.deepEqual([cells.names, cells.properties, cells.name], [{sr_Deal_net: "=Deal!$A$1"}, {sr: "7"}, "My firm.xlsx"]);
  },
  "a large sheet is read in parts": async () => {
    install({Deal: Object.fromEntries(Array.from({length: 45_000}, (_, at) => [`A${at + 1}`, at]))});
    const {cells} = await host().read();
    assert.equal(cells.sheets[0].cells.length, 45_000);
    assert.deepEqual(cells.sheets[0].cells.at(-1), {row: 45_000, column: 1, value: 44_999});
  },
  "a read waits while somebody types in a cell": async () => {
    const book = install(DEAL, {editing: true});
    const reading = host().read();
    setTimeout(() => { book.editing = false; book.waiting.forEach((then) => then()); }, 5);
    assert.ok((await reading).cells);
  },
  "a write is refused while somebody types in a cell, and nothing comes later": async () => {
    const book = install(DEAL, {editing: true});
    await refuses(() => host().write({edits: PUT, expected: IDS}), "editing");
    book.editing = false;
    assert.equal(cell(book, "Deal", "C2"), "");
  },
  "when typing has ended, that is told": async () => {
    const book = install(DEAL, {editing: true});
    let pauses = 0;
    await host().idle(async () => { pauses += 1; if (pauses === 3) book.editing = false; });
    assert.equal(pauses, 3);
  },
  "a cell is written, what stood there is told, and undo puts it back": async () => {
    const book = install({Deal: {...DEAL.Deal, C2: "verbal"}});
    const done = await host().write({edits: [{...PUT[0], was: "verbal"}], expected: IDS});
    assert.equal(cell(book, "Deal", "C2"), "offered");
    assert.deepEqual(done.displaced, [{sheet: "Deal", cell: "C2", formula: "verbal", format: "General"}]);
    await done.undo();
    assert.equal(cell(book, "Deal", "C2"), "verbal");
  },
  "rows that moved between preview and confirm are told before anything is written": async () => {
    const book = install({Deal: {...DEAL.Deal, A2: "D-0002", A3: "D-0001"}});
    await refuses(() => host().write({edits: PUT, expected: IDS}), "moved");
    assert.equal(book.writes, 0);
  },
  "rows that move at the last moment are put back as they were": async () => {
    const book = install(DEAL, {atSync: (number) => {
      const [deal] = book.sheets;
      if (number === 3) [["2,1", "D-0002"], ["3,1", "D-0001"]].forEach(([key, id]) => deal.cells.set(key, {formula: id, value: id}));
    }});
    await refuses(() => host().write({edits: PUT, expected: IDS}), "moved");
    assert.equal(cell(book, "Deal", "C2"), "");
  },
  "a cell that somebody changed meanwhile keeps what they typed": async () => {
    const book = install({Deal: {...DEAL.Deal, C2: "theirs"}});
    await refuses(() => host().write({edits: PUT, expected: IDS}), "moved");
    assert.equal(cell(book, "Deal", "C2"), "theirs");
  },
  "a sheet that was renamed is told": async () => {
    install({Sales: DEAL.Deal});
    await refuses(() => host().write({edits: PUT, expected: IDS}), "moved");
    await refuses(() => host().select("Deal", "A2"), "moved");
  },
  "a protected sheet is told, and no other sheet is written": async () => {
    const book = install({...DEAL, Project: {A1: "Row"}});
    book.sheets[1].protected = true;
    const edits = [...PUT, {do: "put", sheet: "Project", row: 2, column: 1, value: "x", was: null}];
    await refuses(() => host().write({edits, expected: IDS}), "protected");
    assert.equal(cell(book, "Deal", "C2"), "");
  },
  "hidden and filtered rows are written where they are": async () => {
    const book = install(DEAL);
    book.sheets[0].hiddenRows = [2];
    await host().write({edits: PUT, expected: IDS});
    assert.equal(cell(book, "Deal", "C2"), "offered");
  },
  "a batch that fails in the middle is put back": async () => {
    const book = install(DEAL, {failAt: 2});
    const edits = [...PUT, {do: "put", sheet: "Deal", row: 3, column: 3, value: "won", was: null}];
    await assert.rejects(host().write({edits, expected: IDS}));
    assert.deepEqual([cell(book, "Deal", "C2"), cell(book, "Deal", "C3")], ["", ""]);
  },
  "texts that look like formulas, numbers or days stay texts": async () => {
    const texts = ["=1+1", "+49 30 123", "-", "@home", "00123", "12,5", "2026-03-31", "May 5", "1st", "TRUE", "wahr", "'quoted", "3/1", "1e5", " 7"];
    const book = install({Deal: {A1: "x"}});
    const edits = texts.map((value, at) => ({do: "put", sheet: "Deal", row: at + 2, column: 1, value, was: null}));
    await host().write({edits, expected: []});
    texts.forEach((text, at) => assert.equal(cell(book, "Deal", `A${at + 2}`), text));
    assert.equal(typed("Board meets"), "Board meets");
  },
  "days are numbers with a format, formulas are formulas, nothing empties": async () => {
    const book = install({Deal: {A1: 1, B1: 2, C1: "x"}});
    await host().write({expected: [], edits: [
      {do: "put", sheet: "Deal", row: 1, column: 1, value: {date: "2026-03-31", serial: 46112}, was: 1, form: "yyyy-mm-dd"},
      {do: "put", sheet: "Deal", row: 1, column: 2, value: {formula: "A1+1"}, was: 2},
      {do: "put", sheet: "Deal", row: 1, column: 3, value: null, was: "x"},
    ]});
    const [deal] = book.sheets;
    assert.deepEqual(deal.cells.get("1,1"), {formula: 46112, value: 46112, form: "yyyy-mm-dd"});
    assert.equal(deal.cells.get("1,2").formula, "=A1+1");
    assert.equal(cell(book, "Deal", "C1"), "");
  },
  "rows are inserted below a row with its formulas, and undo takes them out": async () => {
    const book = install({Deal: {A1: "id", A2: "D-1", B2: "=A2", A3: "end"}});
    const done = await host().write({expected: [{sheet: "Deal", row: 2, column: 1, value: "D-1"}], edits: [
      {do: "insert", sheet: "Deal", after_row: 2, rows: [{1: "D-2"}, {1: "D-3"}]},
    ]});
    assert.deepEqual(["A3", "A4", "A5"].map((one) => cell(book, "Deal", one)), ["D-2", "D-3", "end"]);
    assert.equal(book.sheets[0].cells.get("3,2").formula, "=A2");
    await done.undo();
    assert.equal(cell(book, "Deal", "A3"), "end");
  },
  "a hidden sheet is made with its texts as texts, and undo removes it": async () => {
    const book = install(DEAL);
    const done = await host().write({expected: [], edits: [{do: "add_sheet", sheet: "sr_log", hidden: true, rows: [["day", "who"], ["2026-03-31", "=me"]]}]});
    assert.equal(cell(book, "sr_log", "A2"), "2026-03-31");
    assert.equal(cell(book, "sr_log", "B2"), "=me");
    assert.equal(book.sheets[1].visibility, "Hidden");
    await done.undo();
    assert.deepEqual(book.sheets.map((one) => one.name), ["Deal"]);
  },
  "names and properties are set, and undo puts back what they were": async () => {
    const kept = {names: [{name: "sr_old", formula: "=Deal!$A$1"}], properties: [{key: "stamp", value: "1"}]};
    const book = install(DEAL, structuredClone(kept));
    const done = await host().write({expected: [], edits: [
      {do: "name", name: "sr_old", value: ["Deal", 1, 2, 3, 2]}, {do: "name", name: "sr_new", value: 'say "x"'},
      {do: "property", name: "stamp", value: "2"}, {do: "property", name: "fresh", value: "3"},
    ]});
    assert.deepEqual(book.names, [{name: "sr_old", formula: "='Deal'!$B$1:$B$3"}, {name: "sr_new", formula: '="say ""x"""'}]);
    assert.deepEqual(book.properties, [{key: "stamp", value: "2"}, {key: "fresh", value: "3"}]);
    await done.undo();
    assert.deepEqual({names: book.names, properties: book.properties}, kept);
  },
  "rows are deleted, and undo brings them back where they were": async () => {
    const sheet = {A1: "id", A2: "D-1", B2: "=A2", A3: "D-2", B3: {formula: 46000, value: 46000, form: "yyyy-mm-dd"}, A4: "end"};
    const book = install({Deal: sheet});
    const done = await host().write({expected: [{sheet: "Deal", row: 2, column: 1, value: "D-1"}, {sheet: "Deal", row: 3, column: 1, value: "D-2"}],
      edits: [{do: "delete", sheet: "Deal", first_row: 2, number: 2}]});
    assert.deepEqual(["A1", "A2", "A3"].map((one) => cell(book, "Deal", one)), ["id", "end", ""]);
    await done.undo();
    assert.deepEqual(["A2", "A3", "A4"].map((one) => cell(book, "Deal", one)), ["D-1", "D-2", "end"]);
    assert.deepEqual(book.sheets[0].cells.get("3,2"), {formula: 46000, value: 46000, form: "yyyy-mm-dd"});
    assert.equal(book.sheets[0].cells.get("2,2").formula, "=A2");
  },
  "rows that moved before they are deleted stand": async () => {
    const book = install({Deal: {A1: "id", A2: "D-2", A3: "D-1"}});
    await refuses(() => host().write({expected: [{sheet: "Deal", row: 2, column: 1, value: "D-1"}],
      edits: [{do: "delete", sheet: "Deal", first_row: 2, number: 1}]}), "moved");
    assert.equal(cell(book, "Deal", "A2"), "D-2");
  },
  "wherever a batch fails, rows, sheets, names and cells are as they were": async () => {
    const edits = [
      {do: "add_sheet", sheet: "sr_log", hidden: true, rows: [["day", "who"]]}, ...PUT,
      {do: "insert", sheet: "Deal", after_row: 2, rows: [{1: "D-0008", 2: "New"}, {1: "D-0009", 2: "Other"}]},
      {do: "put", sheet: "Fees", row: 1, column: 1, value: "x", was: null},
      {do: "name", name: "sr_new", value: "x"},
      {do: "put", sheet: "Fees", row: 2, column: 1, value: "y", was: null},
    ];
    for (let failAt = 1; failAt <= 8; failAt += 1) {
      const book = install({...DEAL, Fees: {}}, {failAt});
      const held = () => [book.sheets.map((one) => [one.name, [...one.cells].filter(([, cell_]) => cell_.formula !== "")]), book.names];
      const before = structuredClone(held());
      await assert.rejects(host().write({edits, expected: IDS}), String(failAt));
      assert.deepEqual(held(), before, `it failed at the write ${failAt}`);
    }
  },
  "what a pane cannot do is refused before anything is written": async () => {
    const book = install(DEAL);
    await refuses(() => host().write({edits: [...PUT, {do: "choices", value: null}], expected: IDS}), "unsupported");
    assert.equal(book.writes, 0);
  },
  "changes only mark the list as out of date, with old and new Excel": async () => {
    for (const version of [1.7, 1.9]) {
      const book = install({...DEAL, Fees: {}}, {sets: {ExcelApi: version}});
      let marks = 0;
      await host().watch(() => { marks += 1; });
      assert.equal(book.heard.length, version < 1.9 ? 2 : 1);
      await book.heard[0]({address: "A1"});
      assert.equal(marks, 1);
      assert.equal(book.writes, 0);
    }
  },
  "a cell is shown": async () => {
    const book = install(DEAL);
    await host().select("Deal", "B3");
    assert.equal(book.selected, "Deal!3,2");
  },
  "a plain page never asks for Office's script": async () => {
    const asked = [];
    const found = await findHost({search: "", load: async (address) => { asked.push(address); }});
    assert.deepEqual([found.kind, asked], ["page", []]);
  },
  "the pane's address finds Excel": async () => {
    install(DEAL);
    const asked = [];
    const found = await findHost({search: "?host=office", load: async (address) => { asked.push(address); }});
    assert.deepEqual([found.kind, asked.length], ["excel", 1]);
  },
  "without Office's script it is a page": async () => {
    const {error} = console;
    console.error = () => {};
    const found = await findHost({search: "?host=office", load: async () => { throw new Error("blocked"); }});
    console.error = error;
    assert.equal(found.kind, "page");
  },
  "a workbook's name is read from its address": async () => {
    assert.deepEqual(["C:\\a\\b.xlsx", "https://x/y/100%25.xlsx?a=b", "", null, "https://x/%E0%A4%A"].map(nameOf),
      ["b.xlsx", "100%.xlsx", "workbook.xlsx", "workbook.xlsx", "%E0%A4%A"]);
  },
};

for (const [name, work] of Object.entries(CASES)) {
  let wrong = "";
  try {
    await work();
  } catch (error) {
    wrong = String(error.stack || error);
  }
  console.log(JSON.stringify({name, wrong}));
}
