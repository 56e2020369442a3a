/** The whole page from what the session holds. Nothing is kept in the page itself but the reader's place. */

import {beside} from "./beside.mjs";
import {changed} from "./changed.mjs";
import {h, put} from "./dom.mjs";
import {gate} from "./gate.mjs";
import {handover} from "./handover.mjs";
import {day, t} from "./language.mjs";
import {letters} from "./letters.mjs";
import {merge} from "./merge.mjs";
import {missing} from "./missing.mjs";
import {notes} from "./notes.mjs";
import {opsView} from "./opsview.mjs";
import {chosen, dealOf} from "./session.mjs";
import {rail, tabs, toast, top} from "./shell.mjs";
import {start} from "./start.mjs";

const PANELS = {missing, handover, notes, changed, brief: letters, view: opsView, merge};

/** Draw everything. */
export function draw(app) {
  const {session} = app;
  top(app, document.getElementById("top"));
  const frame = document.getElementById("frame");
  const main = document.getElementById("main");
  frame.className = session.book ? "frame with-rail" : "frame";
  document.querySelector(".rail")?.remove();
  if (session.book) main.before(rail(app));
  put(main, session.book ? work(app) : session.merge ? alone(app) : start(app), toast(app));
  document.title = session.book ? `${session.book.name} · sheetrecord` : "sheetrecord";
}

function alone(app) {
  return h("section", {class: "work"}, h("header", {class: "head"}, h("h1", {}, t("tab.merge"))), merge(app));
}

function work(app) {
  const {session} = app;
  const question = beside(app);
  const counts = {missing: chosen({...session, filter: {...session.filter, severity: "", gate: ""}}).length};
  return h("section", {class: "work"}, session.deal ? dealHead(session) : bookHead(session),
    question || [tabs(app, app.tabs, counts),
      h("div", {id: "panel", role: "tabpanel", "aria-labelledby": `tab-${session.tab}`, class: session.checking ? "checking" : ""}, PANELS[session.tab](app))]);
}

function dealHead(session) {
  const deal = dealOf(session);
  const facts = [deal.deal_id, t(`stage.${deal.stage}`), deal.handover_state && deal.handover_state !== "not_ready" && t(`state.${deal.handover_state}`), deal.deal_owner];
  return h("header", {class: "head"},
    h("div", {}, h("h1", {}, deal.client, " ", h("span", {class: "thin"}, deal.deal_name)), h("p", {class: "soft"}, facts.filter(Boolean).join(" · "))),
    session.tab !== "notes" && gate(deal, Math.max(session.notes.get(deal.deal_id)?.most || 0, deal.to_handover, deal.gate_open)));
}

function bookHead(session) {
  const open = session.check.deals.filter((one) => one.stage !== "lost" && one.stage !== "parked");
  return h("header", {class: "head"},
    h("div", {}, h("h1", {}, session.book.name), h("p", {class: "soft"}, [t("check.summary", {day: day(session.check.asof)}),
      t("check.ready", {n: open.filter((one) => !one.to_handover && !one.gate_open).length})].join(" · "))));
}
