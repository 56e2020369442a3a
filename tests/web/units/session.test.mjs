/** The workbook in memory, its past, and what the filters leave of a check. */

import assert from "node:assert/strict";
import {test} from "node:test";
import {advance, chosen, fresh, held, retreat, unsaved} from "../../../src/sheetrecord/web/page/session.mjs";

const one = (text) => new TextEncoder().encode(text);

function opened() {
  const session = fresh();
  session.book = held("firm.xlsx", one("first"));
  return session;
}

test("what is taken back is what stood there, byte for byte, in any depth", () => {
  const session = opened();
  for (const text of ["second", "third", "fourth"]) advance(session, one(text), text);
  const seen = [];
  while (session.past.length) {
    retreat(session);
    seen.push(new TextDecoder().decode(session.book.bytes));
  }
  assert.deepEqual(seen, ["third", "second", "first"]);
  assert.equal(retreat(session), "");
});

test("a workbook is unsaved until it is saved, and after an undo past that", () => {
  const session = opened();
  assert.equal(unsaved(session), false);
  advance(session, one("second"), "x");
  assert.equal(unsaved(session), true);
  session.saved = session.book.step;
  assert.equal(unsaved(session), false);
  retreat(session);
  assert.equal(unsaved(session), true);
  advance(session, one("other"), "y");
  assert.equal(unsaved(session), true, "another change is not the one that was saved");
});

test("what hangs on a change is taken back with it", () => {
  const session = opened();
  const told = [];
  advance(session, one("second"), "x", () => told.push("back"));
  retreat(session);
  assert.deepEqual(told, ["back"]);
});

const problem = (more) => ({severity: "note", gate: false, handover: false, deal_id: "D-1", ...more});

test("errors come first, then what keeps the gate shut, else as the engine sorted", () => {
  const session = opened();
  session.check = {deals: [{deal_id: "D-1", deal_owner: "Mara"}, {deal_id: "D-2", deal_owner: "Tom"}], problems: [
    problem({code: "a"}), problem({code: "b", severity: "warning"}), problem({code: "c", severity: "error"}),
    problem({code: "d", severity: "warning", gate: true}), problem({code: "e", deal_id: "D-2", severity: "error"})]};
  const codes = () => chosen(session).map((found) => found.code).join("");
  assert.equal(codes(), "cedba");
  session.deal = "D-1";
  assert.equal(codes(), "cdba");
  session.filter.gate = "gate";
  assert.equal(codes(), "d");
  session.filter.gate = "";
  session.filter.severity = "error";
  assert.equal(codes(), "c");
  session.deal = "";
  session.filter.owner = "Tom";
  assert.equal(codes(), "e");
});
