/** The engine of the page in node: `node run_engine.mjs FOLDER`, a request a line in, an answer a line out. */

import {readFileSync} from "node:fs";
import {createInterface} from "node:readline";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const folder = process.argv[2];
const {loadPyodide} = await import(pathToFileURL(join(folder, "runtime", "pyodide.mjs")));
const release = JSON.parse(readFileSync(join(folder, "release.json"), "utf8"));
const started = process.cpuUsage();
const spent = () => { const {user, system} = process.cpuUsage(started); return (user + system) / 1e6; };

const python = await loadPyodide({
  indexURL: join(folder, "runtime") + "/",
  stdLibURL: join(folder, release.beginning),
  lockFileContents: release.lock,
  env: {HOME: "/home/pyodide", PYTHONHASHSEED: "0", SHEETRECORD_STATE: "/home/pyodide/state"},
});
python.FS.writeFile("/engine.zip", new Uint8Array(readFileSync(join(folder, release.engine))));
python.runPython(`
import sys
sys.path.insert(0, "/engine.zip")
import json
from sheetrecord.verbs.dispatch import answer, as_values

def asked(line):
    return json.dumps(as_values(answer(json.loads(line))))
`);
let more = false;
function rest() {
  more = true;
  python.FS.writeFile("/more.zip", new Uint8Array(readFileSync(join(folder, release.more))));
  python.runPython(`
import importlib, sys
sys.path.append("/more.zip")
for name in ${JSON.stringify(release.parents)}:
    importlib.import_module(name).__path__.append("/more.zip/" + name.replace(".", "/"))
importlib.invalidate_caches()
`);
}
const asked = python.globals.get("asked");
const ready = spent();
for await (const line of createInterface({input: process.stdin})) {
  const before = spent();
  let answer = "";
  try {
    try {
      answer = asked(line);
    } catch (error) {
      if (more || !String(error).includes("ModuleNotFoundError")) throw error;
      rest();
      answer = asked(line);
    }
  } catch (error) {
    answer = JSON.stringify({bug: String(error.message)});
  }
  process.stdout.write(`${JSON.stringify({more, ready, seconds: spent() - before})}\t${answer}\n`);
}
