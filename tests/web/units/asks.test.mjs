/** Questions in the words of the protocol, and refusals as what they are. */

import assert from "node:assert/strict";
import {test} from "node:test";
import {Refused, asks, today} from "../../../src/sheetrecord/web/page/asks.mjs";

const book = {name: "firm.xlsx", bytes: Uint8Array.of(1, 2)};

test("a step asks with the workbook's bytes, the day here, and who decides", async () => {
  const seen = [];
  const ask = asks({ask: async (request) => { seen.push(request); return {plan: {}, files: [{name: "firm.xlsx", type: "x", data: Uint8Array.of(3)}]}; }});
  const answer = await ask.step(book, "close", {deal: "D-1"}, {by: "Mara", want: "files", planned: "abc"});
  assert.deepEqual(seen, [{verb: "close", today: today(), args: {deal: "D-1"}, book: {name: "firm.xlsx", data: book.bytes}, by: "Mara", want: "files", planned: "abc"}]);
  assert.deepEqual(answer.files, [{name: "firm.xlsx", type: "x", bytes: Uint8Array.of(3)}]);
});

test("a refusal is thrown with its code, its sentence and what to do", async () => {
  const ask = asks({ask: async () => ({error: {code: "FILE-003", message: "It is none.", do: "Take another."}, exit: 3})});
  await assert.rejects(ask.check(book), (error) => error instanceof Refused && error.code === "FILE-003" && error.message === "It is none." && error.do === "Take another.");
});

test("a check joins each problem with its reason and each deal with what may be done", async () => {
  const ask = asks({ask: async () => ({language: "de", why: {"CTX-001": "Because."}, choices: {fees: [], return_codes: []}, titles: {},
    standing: [{deal_id: "D-1", state: "offered", owner: "Mara", ops_owner: "Jon", verbs: ["accept"]}],
    check: {asof: "2026-06-30", problems: [{code: "CTX-001"}, {code: "X"}], deals: [{deal_id: "D-1"}, {deal_id: "D-2"}]}})});
  const found = await ask.check(book);
  assert.deepEqual(found.problems.map((one) => one.why), ["Because.", ""]);
  assert.deepEqual(found.deals.map((one) => one.verbs), [["accept"], []]);
  assert.equal(found.deals[0].deal_owner, "Mara");
});

test("the day is the one on this machine's calendar", () => {
  assert.equal(today(new Date(2026, 0, 5, 23, 59)), "2026-01-05");
});
