/** The engine in a worker: loads Python, then answers one request after the other. Nothing else. */

import {RELEASE} from "./release.mjs";

const SITE = new URL("./", import.meta.url);
const NEEDS_MORE = new Set(["brief", "capture", "new", "publish", "say_back"]);

let python = null;
let more = null;

/** Tell the page how much of what is loaded first has come. */
let loaded = 0;
const came = (bytes) => {
  loaded += bytes;
  self.postMessage({kind: "loading", share: Math.min(1, loaded / RELEASE.first)});
};

/** A stream that counts what goes through it. */
function counted(body) {
  return body.pipeThrough(new TransformStream({transform(chunk, controller) {
    came(chunk.byteLength);
    controller.enqueue(chunk);
  }}));
}

async function bytesOf(name) {
  const response = await fetch(new URL(name, SITE));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await new Response(counted(response.body)).arrayBuffer());
}

/** Give Pyodide its program unpacked: the folder holds it packed, whatever the host does. */
function unpackWhatIsAsked() {
  const plain = self.fetch.bind(self);
  self.fetch = async (address, options) => {
    const url = new URL(address instanceof Request ? address.url : address, SITE);
    if (!url.pathname.endsWith("/pyodide.asm.wasm")) return plain(address, options);
    const response = await plain(new URL(RELEASE.program, SITE), options);
    if (!response.ok) return response;
    const body = counted(response.body).pipeThrough(new DecompressionStream("gzip"));
    return new Response(body, {headers: {"Content-Type": "application/wasm"}});
  };
}

async function start() {
  unpackWhatIsAsked();
  const engine = bytesOf(RELEASE.engine);
  const {loadPyodide} = await import("./runtime/pyodide.mjs");
  python = await loadPyodide({
    indexURL: new URL("runtime/", SITE).href,
    stdLibURL: new URL(RELEASE.beginning, SITE).href,
    lockFileContents: RELEASE.lock,
    packageBaseUrl: new URL("runtime/", SITE).href,
    env: {HOME: "/home/pyodide", PYTHONHASHSEED: "0", SHEETRECORD_STATE: "/home/pyodide/state"},
  });
  put("engine.zip", await engine);
  python.runPython(`
import sys, json
sys.path.insert(0, "/engine.zip")
from sheetrecord.verbs.dispatch import answer as _answer
import sheetrecord.verbs.checking

def _asked(request):
    return _answer(request.to_py())
`);
  self.postMessage({kind: "ready", version: RELEASE.version});
}

function put(name, data) {
  python.FS.writeFile(`/${name}`, data);
}

/** Load the rest of Python and the packages that pages and workbooks are made with. */
function rest() {
  more ??= bytesOf(RELEASE.more).then((data) => {
    put("more.zip", data);
    python.runPython(`
import importlib, sys
sys.path.append("/more.zip")
for name in ${JSON.stringify(RELEASE.parents)}:
    importlib.import_module(name).__path__.append("/more.zip/" + name.replace(".", "/"))
importlib.invalidate_caches()
`);
  });
  return more;
}

function asked(request) {
  const ask = python.globals.get("_asked");
  const told = ask(request);
  try {
    return told.toJs({dict_converter: Object.fromEntries, create_pyproxies: false});
  } finally {
    told.destroy();
    ask.destroy();
  }
}

async function answered(request) {
  if (NEEDS_MORE.has(request.verb)) await rest();
  try {
    return asked(request);
  } catch (error) {
    if (more || !/ModuleNotFoundError/.test(String(error))) throw error;
    await rest();  // a request changes nothing, so it may be asked again
    return asked(request);
  }
}

/** Bytes go out as they came in: copied once, then handed over. */
function buffers(answer) {
  return (answer.files || []).map((file) => {
    file.data = file.data.slice();
    return file.data.buffer;
  });
}

const started = start().catch((error) => {
  self.postMessage({kind: "failed", message: String(error?.message || error)});
  throw error;
});

let before = started;
self.onmessage = ({data: {number, request}}) => {
  before = before.catch(() => {}).then(async () => {
    await started;
    try {
      const answer = await answered(request);
      self.postMessage({kind: "answer", number, answer}, buffers(answer));
    } catch (error) {
      self.postMessage({kind: "broken", number, message: String(error?.message || error)});
    }
  });
};
