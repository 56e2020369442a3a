/** The list of what is missing: each gap with its cell, why it matters, and what to do. */

import {h} from "./dom.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";
import {chosen, dealOf} from "./session.mjs";
import {waive} from "./stepping.mjs";

const SEVERITIES = ["error", "warning", "note"];

/** Return the list for the deal that is chosen, or for all. */
export function missing(app) {
  const {session} = app;
  const found = chosen(session);
  return h("div", {class: "missing"}, filters(app),
    found.length ? (session.deal ? ofDeal(app, found) : ofAll(app, found)) : nothing(app));
}

function filters(app) {
  const {session} = app;
  const all = session.check.problems.filter((one) => !session.deal || one.deal_id === session.deal);
  const {severity, gate} = session.filter;
  const press = (kind, value) => () => {
    session.filter[kind] = session.filter[kind] === value ? "" : value;
    session.shown = 200;
    app.render();
  };
  const chip = (kind, value, label, count, mark) => h("button", {type: "button", class: mark ? "filter" : "filter named", "data-key": `f-${kind}-${value}`,
    "aria-pressed": String(session.filter[kind] === value), disabled: !count && session.filter[kind] !== value, on: {click: press(kind, value)}},
    mark, h("span", {class: "label"}, label), h("span", {class: "count"}, String(count)));
  return h("div", {class: "filters", role: "group", "aria-label": t("filters")},
    SEVERITIES.map((one) => chip("severity", one, t(`severity.${one}s`), all.filter((p) => p.severity === one).length, icon(one, one))),
    h("span", {class: "rule", "aria-hidden": "true"}),
    chip("gate", "gate", t("filter.gate"), all.filter((p) => p.gate).length),
    chip("gate", "handover", t("filter.handover"), all.filter((p) => p.gate || p.handover).length),
    (severity || gate) && h("button", {type: "button", class: "quiet", "data-key": "f-clear", on: {click: () => {
      session.filter.severity = session.filter.gate = "";
      app.render();
    }}}, t("filter.clear")));
}

function nothing(app) {
  const {session} = app;
  const filtered = session.filter.severity || session.filter.gate;
  if (filtered) return h("p", {class: "empty"}, t("missing.filtered"));
  return h("div", {class: "empty good"}, icon("good"), h("p", {}, h("strong", {}, t("missing.none"))),
    session.deal && h("p", {}, h("button", {type: "button", class: "main-button", "data-key": "to-handover", on: {click: () => app.tab("handover")}},
      t("tab.handover"), icon("arrow"))));
}

function ofDeal(app, found) {
  const groups = [
    ["group.gate", found.filter((one) => one.gate)],
    ["group.handover", found.filter((one) => !one.gate && one.handover)],
    ["group.rest", found.filter((one) => !one.gate && !one.handover)],
  ];
  return groups.filter(([, held]) => held.length).map(([title, held]) => h("section", {class: "group"},
    h("h2", {class: "group-title"}, t(title), h("span", {class: "count"}, String(held.length))),
    h("ul", {class: "gaps"}, gaps(app, held))));
}

/** Return gaps in a row; a reason that the one before has given is not said again. */
export function gaps(app, held) {
  return held.map((one, at) => gap(app, held[at - 1]?.code === one.code ? {...one, why: ""} : one));
}

function ofAll(app, found) {
  const {session} = app;
  const groups = new Map();
  for (const one of found.slice(0, session.shown)) {
    if (!groups.has(one.deal_id)) groups.set(one.deal_id, []);
    groups.get(one.deal_id).push(one);
  }
  const more = found.length - session.shown;
  return [...groups].map(([id, held]) => h("section", {class: "group"}, dealTitle(app, id, held.length),
    h("ul", {class: "gaps"}, gaps(app, held)))).concat(more > 0
    ? h("p", {class: "row centre"}, h("button", {type: "button", "data-key": "more", on: {click: () => { session.shown += 400; app.render(); }}},
      t("missing.more", {n: more}))) : []);
}

function dealTitle(app, id, count) {
  const deal = dealOf(app.session, id);
  if (!deal) return h("h2", {class: "group-title"}, t("group.book"), h("span", {class: "count"}, String(count)));
  return h("h2", {class: "group-title"},
    h("button", {type: "button", class: "title-link", "data-key": `title-${id}`, on: {click: () => app.go(id)}}, deal.client, h("span", {class: "soft"}, ` ${deal.deal_name} · ${id}`)),
    h("span", {class: "count"}, String(count)));
}

/** Return one gap. */
export function gap(app, one) {
  const key = `${one.code}-${one.sheet}-${one.cell}-${one.column}-${one.row_id}`;
  return h("li", {class: `gap ${one.severity}${one.waived ? " waived" : ""}`},
    icon(one.severity, one.severity), h("span", {class: "sr"}, t(`severity.${one.severity}`)),
    h("div", {class: "gap-text"},
      h("p", {class: "gap-what"}, without(one)),
      one.do && h("p", {class: "gap-do"}, one.do),
      one.why && h("p", {class: "gap-why"}, one.why),
      one.gate && !one.waived && passing(app, one, key)),
    h("div", {class: "gap-place"}, one.waived && h("span", {class: "chip"}, t("waived")), place(app, one, key)));
}

/** Return a message without the name of the deal that the page says already. */
function without(one) {
  const named = one.deal_id && one.message.match(/^[^\s:]{2,12} (\S+?): (.)/u);
  if (!named || named[1] !== one.deal_id) return one.message;
  const rest = one.message.slice(named[0].length - named[2].length);
  return rest[0].toLocaleUpperCase() + rest.slice(1);
}

/** Return the address of a cell: it leads there where the page stands beside the sheet, else it is copied. */
export function place(app, one, key) {
  if (!one.sheet) return null;
  const address = one.cell ? `${one.sheet}!${one.cell}` : one.sheet;
  if (app.host.kind === "excel") {
    return h("button", {type: "button", class: "cell", "data-key": `cell-${key}`, on: {click: () => app.select(one.sheet, one.cell)}}, address);
  }
  return h("button", {type: "button", class: "cell", "data-key": `cell-${key}`, title: t("cell.copy"), on: {click: () => app.copy(address, one)}},
    h("span", {}, address), icon("copy"), h("span", {class: "sr"}, t("cell.copy")));
}

function passing(app, one, key) {
  return h("p", {class: "gap-more"}, h("button", {type: "button", class: "link", "data-key": `waive-${key}`,
    on: {click: () => waive(app, one)}}, t("waive.ask")));
}
