/** What a plan changes, row by row; what a card's edit becomes; which deal notes are about. */

import assert from "node:assert/strict";
import {test} from "node:test";
import {candidates} from "../../../src/sheetrecord/web/page/beside.mjs";
import {asked} from "../../../src/sheetrecord/web/page/handover.mjs";
import {merging} from "../../../src/sheetrecord/web/page/merge.mjs";
import {cellsOf, domainsOf} from "../../../src/sheetrecord/web/page/notes.mjs";
import {counted, rowsOf} from "../../../src/sheetrecord/web/page/preview.mjs";

const change = (sheet, cell, new_row = false) => ({sheet, cell, row_id: `${sheet}-${cell.replace(/\D/g, "")}`, column: "x", old: null, new: 1, why: "", new_row});
const file = (name, text = "") => ({name, bytes: new TextEncoder().encode(text)});

test("cells of one row stand together, and rows are counted once", () => {
  const changes = [change("Deal", "D4"), change("Deal", "AD4"), change("Project", "A9", true), change("Project", "B9", true), change("Fees", "A9")];
  assert.deepEqual(rowsOf(changes).map((one) => [one.sheet, one.number, one.cells.length]), [["Deal", "4", 2], ["Project", "9", 2], ["Fees", "9", 1]]);
  assert.equal(counted(changes), "3 cells changed · 1 new row");
  assert.equal(counted([]), "no cell");
});

test("a step is asked only when all that it needs is said", () => {
  const values = {code: "", note: " ", why: "", until: "2026-07-01", codes: [], everything: false, kickoff: false};
  assert.equal(asked({verb: "return", values}), null);
  assert.equal(asked({verb: "waive", values}), null);
  assert.equal(asked({verb: "confirm", values}), null);
  assert.deepEqual(asked({verb: "close", values, fees: ""}), {});
  assert.deepEqual(asked({verb: "return", values: {...values, code: "bad_fit", note: " no "}}), {code: "bad_fit", note: "no"});
});

test("an edit of a card goes into the cells of the sheet that its kind has", () => {
  assert.deepEqual(cellsOf("promise", {text: " a ", date: "2026-07-01"}), {what: "a", due_on: "2026-07-01"});
  assert.deepEqual(cellsOf("real_deadline", {date: ""}), {date: null});
  assert.deepEqual(cellsOf("real_deadline", {hardness: "hard"}), {hardness: "hard"});
  assert.deepEqual(cellsOf("promise", {hardness: "hard"}), {});
  assert.deepEqual(cellsOf("budget", {text: "  "}), {});
  assert.deepEqual(cellsOf("money", {text: "n", date: "2026-07-01"}), {note: "n"});
});

test("notes are about the deal whose client writes", () => {
  const deals = [{deal_id: "D-1", client: "Hazel Logistics", deal_name: "Warehouse layout", stage: "verbal"},
    {deal_id: "D-2", client: "Glasshouse Seeds", deal_name: "Warehouse layout", stage: "verbal"}, {deal_id: "D-3", client: "Old", deal_name: "Lost", stage: "lost"}];
  const found = candidates(deals, [file("mail.eml", "From: petra@glasshouse.example\n\nour head of logistics asks about the warehouse")]);
  assert.deepEqual(found.map((one) => one.deal.deal_id), ["D-2", "D-1"]);
  assert.deepEqual(domainsOf([file("a", "a@x.example b@y.example c@Y.example")]), ["y.example", "x.example"]);
});

test("of three copies the one that is called so is the base; of two none is guessed", () => {
  const three = merging([file("theirs.xlsx"), file("base.xlsx")], {...file("firm.xlsx")});
  assert.deepEqual(three.parts, {base: 2, ours: 0, theirs: 1});
  const two = merging([file("back.xlsx")], {...file("firm.xlsx")});
  assert.deepEqual(two.parts, {base: -1, ours: 0, theirs: 1});
});
