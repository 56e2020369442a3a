/** Begin: find the program that the page stands in, start the engine, and take what is dropped. */

import {Application} from "./page/application.mjs";
import {current, ofBrowser, speak, t} from "./page/language.mjs";
import {dropped} from "./page/files.mjs";
import {h, put} from "./page/dom.mjs";
import {startEngine} from "./engine.mjs";
import {findHost} from "./host.mjs";

speak(ofBrowser());
const host = await findHost();
let app = null;
let last = null;
const engine = startEngine({onState: (state) => {
  last = state;
  app?.engineIs(state);
}});
app = new Application(engine, host);
if (last) app.engineIs(last);
app.words();
takeDrops();
takePastes();
if (host.kind === "excel") beside();
keepOffline();

/** Beside an open workbook: check it, and mark the list when somebody changes a cell. */
function beside() {
  app.reread();
  host.watch(() => {
    if (app.session.busy || app.writing || app.session.stale) return;
    app.session.stale = true;
    app.render();
  })?.catch((error) => console.error(error));
}

/** A file may be dropped anywhere on the page, before the engine is ready too. */
function takeDrops() {
  let depth = 0;
  const cover = h("div", {class: "cover", hidden: true}, h("p", {}));
  document.body.append(cover);
  const shown = (on) => { put(cover.firstChild, t("start.over")); cover.hidden = !on; };
  const files = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  addEventListener("dragenter", (event) => { if (files(event)) { depth += 1; shown(true); event.preventDefault(); } });
  addEventListener("dragleave", (event) => { if (files(event)) { depth -= 1; if (depth <= 0) { depth = 0; shown(false); } } });
  addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
  addEventListener("drop", async (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = 0;
    shown(false);
    await app.received(await dropped(event.dataTransfer));
  });
  addEventListener("beforeunload", (event) => { if (app.unsaved) event.preventDefault(); });
}

/** Text that is pasted outside of a field is a mail thread beside the workbook. */
function takePastes() {
  addEventListener("paste", (event) => {
    if (/^(INPUT|TEXTAREA)$/.test(event.target.tagName) || !app.session.book) return;
    const text = event.clipboardData?.getData("text/plain") || "";
    if (text.trim().length > 40) app.received([{name: "pasted.txt", bytes: new TextEncoder().encode(text), kind: "message"}]);
  });
}

/** Keep the page's own files, so that it starts without a network; a newer release is told, never forced. */
async function keepOffline() {
  if (!("serviceWorker" in navigator) || !/^https?:$/.test(location.protocol)) return;
  const kept = await navigator.serviceWorker.register("./sw.js").catch(() => null);
  kept?.addEventListener("updatefound", () => {
    const coming = kept.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) app.tell(t("newer"), {reload: () => { coming.postMessage("take over"); location.reload(); }});
    });
  });
}

document.documentElement.lang = current();
