/** What a file is, told by its name and first bytes; how a backup is called. */

import assert from "node:assert/strict";
import {test} from "node:test";
import {LARGEST, backupName, kindOf, same} from "../../../src/sheetrecord/web/page/files.mjs";

const ZIP = Uint8Array.of(0x50, 0x4b, 3, 4);
const OLE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1);
const TEXT = new TextEncoder().encode("From: Petra\n\nHello");

const TABLE = [
  ["firm.xlsx", ZIP, "book"], ["FIRM.XLSX", ZIP, "book"], ["firm.xlsm", ZIP, "book"],
  ["firm.xlsx", TEXT, "notbook"], ["firm.xlsx", OLE, "encrypted"], ["firm.xls", OLE, "old"], ["firm.xlsb", ZIP, "binary"],
  ["firm.xlsx", new Uint8Array(), "empty"], ["firm.ods", ZIP, "ods"], ["firm.numbers", ZIP, "numbers"], ["firm.csv", TEXT, "csv"],
  ["mail.eml", TEXT, "message"], ["notes.txt", TEXT, "message"], ["call.vtt", TEXT, "message"], ["memo.docx", ZIP, "message"],
  ["memo.docx", OLE, "encrypted"], ["mail.msg", OLE, "msg"], ["scan.pdf", TEXT, "pdf"], ["photo.jpg", TEXT, "unknown"], ["noending", TEXT, "unknown"],
];

for (const [name, bytes, kind] of TABLE) {
  test(`${name} with ${bytes.length} bytes is ${kind}`, () => assert.equal(kindOf(name, bytes), kind));
}

test("a file beyond the reader's limit is huge, whatever it is", () => {
  assert.equal(kindOf("firm.xlsx", {length: LARGEST + 1}), "huge");
});

test("a backup says which file it was and when", () => {
  const now = new Date("2026-06-30T12:34:56Z");
  assert.equal(backupName("firm.xlsx", now), "firm.before-2026-06-30-123456.xlsx");
  assert.equal(backupName("firm", now), "firm.before-2026-06-30-123456");
});

test("bytes are the same only if each is", () => {
  assert.ok(same(ZIP, Uint8Array.from(ZIP)));
  assert.ok(!same(ZIP, ZIP.subarray(1)));
  assert.ok(!same(ZIP, OLE.subarray(0, 4)));
});
