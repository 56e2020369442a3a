/**
 * What the page's engine costs in node, beside the installed one: `node web.mjs SITE FIRST.xlsx [MORE.xlsx...]`.
 *
 * SITE is a folder as `tests/hosting/in_browser.py` writes it for node; each workbook is checked three times by each
 * engine. Prints CPU seconds and ratios; compare ratios, not seconds. Set PYTHON to the installed engine's Python.
 */

import {spawn} from "node:child_process";
import {readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const [site, ...books] = process.argv.slice(2);
if (!site || !books.length) {
  console.error("node web.mjs SITE FIRST.xlsx [MORE.xlsx...]");
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const runner = join(here, "..", "..", "tests", "hosting", "run_engine.mjs");
const bodies = books.flatMap((path) => {
  const book = {name: path, data: readFileSync(path).toString("base64")};
  return Array.from({length: 3}, () => ({verb: "check", today: "2026-06-30", book, args: {}}));
});
const lines = bodies.map((body) => `${JSON.stringify(body)}\n`).join("");

const NATIVE = `
import json, sys, time
from sheetrecord.verbs.dispatch import answer
for line in sys.stdin:
    body = json.loads(line)
    start = time.process_time()
    answer(body)
    print(time.process_time() - start, flush=True)
`;

function ran(program, words) {
  return new Promise((done) => {
    const child = spawn(program, words, {stdio: ["pipe", "pipe", "inherit"]});
    let out = "";
    child.stdout.on("data", (part) => { out += part; });
    child.on("close", () => done(out.trim().split("\n")));
    child.stdin.end(lines);
  });
}

const browser = (await ran("node", [runner, site])).map((line) => JSON.parse(line.split("\t")[0]));
const native = (await ran(process.env.PYTHON || "python3", ["-c", NATIVE])).map(Number);
console.log(`ready: ${browser[0].ready.toFixed(2)} CPU s`);
for (const [at, path] of books.entries()) {
  const of = (values) => values.slice(at * 3, at * 3 + 3);
  const [first, ...later] = of(browser.map((one) => one.seconds));
  const [firstHere, ...laterHere] = of(native);
  const best = Math.min(...later);
  const bestHere = Math.min(...laterHere);
  console.log(`${path}: first ${first.toFixed(2)} s (here ${firstHere.toFixed(2)}), then ${best.toFixed(2)} s `
    + `(here ${bestHere.toFixed(2)}), ${(best / bestHere).toFixed(1)} times`);
}
