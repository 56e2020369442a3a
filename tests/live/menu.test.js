// The Google menu over stand-ins of the services that it uses: `node tests/live/menu.test.js`.
"use strict";
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");

const SOURCE = fs.readFileSync(process.env.MENU || path.join(
  __dirname, "../../src/sheetrecord/app/addins/google/menu.js"), "utf8");

/** A sheet: rows of values; only what a menu uses, and everything else fails. */
class Sheet {
  constructor(book, name, rows) { this.book = book; this.name = name; this.rows = rows; this.hidden = false; this.at = 1; }
  getLastRow() { return this.rows.length; }
  getLastColumn() { return Math.max(0, ...this.rows.map((row) => row.length)); }
  appendRow(row) { this.rows.push([...row]); }
  hideSheet() { assert.notEqual(this.book.front, this, "the sheet in front cannot be hidden"); this.hidden = true; }
  getActiveCell() { return { getRow: () => this.at }; }
  getRange(row, column, rows, columns) {
    assert.equal(column, 1);
    const sheet = this;
    return {
      setNumberFormat(form) { assert.equal(form, "@"); sheet.form = form; },
      setValues(values) {
        assert.equal(values.length, rows);
        values.forEach((cells, n) => { assert.equal(cells.length, columns); sheet.rows[row - 1 + n] = [...cells]; });
      },
      getValues: () => sheet.rows.slice(row - 1, row - 1 + rows).map((cells) => cells.slice(0, columns)),
      getDisplayValues: () => sheet.rows.slice(row - 1, row - 1 + rows).map((cells) => cells.slice(0, columns).map(String)),
    };
  }
}

class Book {
  constructor() { this.sheets = []; this.toasts = []; this.front = this.add("Deal", [["Deal ID"], ["D-0001", "Acme"]]); }
  add(name, rows) { const made = new Sheet(this, name, rows); this.sheets.push(made); return made; }
  getSheetByName(name) { return this.sheets.find((one) => one.name === name) || null; }
  insertSheet(name, at) { assert.equal(at, this.sheets.length); return this.add(name, []); }
  getNumSheets() { return this.sheets.length; }
  getActiveSheet() { return this.front; }
  setActiveSheet(sheet) { this.front = sheet; }
  getSpreadsheetLocale() { return "en_GB"; }
  toast(text, title) { this.toasts.push([title, text]); }
}

/** The script in a world of its own, as Google runs it anew for each click. */
function world({ locale = "en", email = "mara@firm.example", answers = [], book = new Book(), lock = [] } = {}) {
  const seen = { menu: [], alerts: [], prompts: [] };
  const ui = {
    ButtonSet: { OK_CANCEL: "ok/cancel", YES_NO: "yes/no" }, Button: { OK: "ok", YES: "yes" },
    createMenu(title) {
      const menu = { addItem(label, name) { seen.menu.push([label, name]); return menu; }, addSeparator: () => menu, addToUi() { seen.title = title; } };
      return menu;
    },
    alert(...words) { seen.alerts.push(words); return answers.shift(); },
    prompt(...words) { seen.prompts.push(words); const told = answers.shift(); return { getSelectedButton: () => told[0], getResponseText: () => told[1] }; },
  };
  let number = 0;
  const context = vm.createContext({
    SpreadsheetApp: { getUi: () => ui, getActiveSpreadsheet: () => book, flush() { lock.push("flush"); } },
    LockService: { getDocumentLock: () => ({ waitLock(ms) { assert.ok(ms <= 30000); lock.push("lock"); }, releaseLock() { lock.push("release"); } }) },
    Session: { getActiveUser: () => ({ getEmail() { if (email === null) throw new Error("no permission"); return email; } }), getActiveUserLocale: () => locale },
    Utilities: { getUuid: () => `id-${++number}` },
  });
  vm.runInContext(SOURCE, context);
  return { book, seen, lock, call: (name) => vm.runInContext(`${name}()`, context) };
}

test("the menu is put up by a simple trigger, and each entry is a function", () => {
  for (const [locale, first] of [["en", "Check"], ["de", "Prüfen"], ["es", "Revisar"], ["fr_CA", "Contrôler"], ["el", "Check"]]) {
    const { seen, call } = world({ locale });
    call("onOpen");
    assert.equal(seen.title, "Sheet Record");
    assert.equal(seen.menu.length, 5);
    assert.equal(seen.menu[0][0], first);
    for (const [, name] of seen.menu) call(`(function () { if (typeof ${name} !== "function") throw new Error("${name}"); })`);
  }
});

test("a request is one row of texts, on a hidden sheet behind the others", () => {
  const { book, lock, call } = world();
  call("sheetRecordCheck");
  const sheet = book.getSheetByName("sr_requests");
  assert.deepEqual(sheet.rows[0], ["Id", "When", "What", "Deal", "By", "State", "Answer"]);
  const [id, when, ...rest] = sheet.rows[1];
  assert.equal(id, "id-1");
  assert.match(when, /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(rest, ["check", "", "mara@firm.example", "waiting", ""]);
  assert.ok(sheet.hidden);
  assert.equal(sheet.form, "@");
  assert.equal(book.front.name, "Deal");
  assert.deepEqual(lock, ["lock", "flush", "release"]);
  assert.equal(book.toasts.length, 1);
  call("sheetRecordSync");
  assert.deepEqual(sheet.rows.map((row) => row[2]), ["What", "check", "sync"]);
});

test("the deal is the one of the row, and nothing is asked for without a yes", () => {
  const { book, seen, call } = world({ answers: ["no", "yes"] });
  book.front.at = 2;
  call("sheetRecordClose");
  assert.equal(book.getSheetByName("sr_requests"), null);
  call("sheetRecordClose");
  assert.deepEqual(book.getSheetByName("sr_requests").rows[1].slice(2, 4), ["close", "D-0001"]);
  assert.match(seen.alerts[0][1], /^D-0001: /);
});

test("in another row the deal is asked for, and a cancel asks for nothing", () => {
  const { book, call, seen } = world({ answers: [["cancel", "D-0007"], ["ok", " D-0007 "], "yes", ["ok", "  "]] });
  call("sheetRecordAccept");
  assert.equal(book.getSheetByName("sr_requests"), null);
  call("sheetRecordAccept");
  assert.deepEqual(book.getSheetByName("sr_requests").rows[1].slice(2, 4), ["accept", "D-0007"]);
  call("sheetRecordAccept");
  assert.equal(book.getSheetByName("sr_requests").rows.length, 2);
  assert.equal(seen.prompts.length, 3);
});

test("who asks is told as far as Google tells it", () => {
  for (const email of ["", null]) {
    const { book, call } = world({ email });
    call("sheetRecordSync");
    assert.equal(book.getSheetByName("sr_requests").rows[1][4], "Google Sheets");
  }
});

test("the lock is given back when a write fails", () => {
  const book = new Book();
  book.insertSheet = () => { throw new Error("protected"); };
  const { lock, call } = world({ book });
  assert.throws(() => call("sheetRecordCheck"), /protected/);
  assert.deepEqual(lock, ["lock", "release"]);
});

test("answers are shown, the last one first; what waits is said to wait", () => {
  const { book, seen, call } = world();
  call("sheetRecordStatus");
  assert.equal(seen.alerts[0][0], "Nothing was asked for yet.");
  for (let n = 0; n < 6; n += 1) call("sheetRecordSync");
  const rows = book.getSheetByName("sr_requests").rows;
  rows[5][5] = "done";
  rows[5][6] = "All is well.";
  call("sheetRecordStatus");
  const told = seen.alerts[1][0].split("\n\n");
  assert.equal(told.length, 5);
  assert.equal(told[0], "Sync: waits for the next sync");
  assert.equal(told[1], "Sync: done. All is well.");
});

test("it asks for the open spreadsheet alone", () => {
  assert.match(SOURCE, /@OnlyCurrentDoc/);
  for (const word of ["UrlFetchApp", "DriveApp", "openById", "ScriptApp", "newTrigger", "eval("]) assert.ok(!SOURCE.includes(word), word);
});
