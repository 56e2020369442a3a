/** What was dropped beside an open workbook and needs a word: notes without a deal, a second workbook. */

import {h} from "./dom.mjs";
import {mark} from "./gate.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";
import {merging} from "./merge.mjs";
import {notesFor} from "./deciding.mjs";

const OVER = new Set(["lost", "parked"]);
const MOST = 8;

/** Return the deals that notes could be about, those that their text names first. */
export function candidates(deals, files) {
  const text = files.map((one) => new TextDecoder().decode(one.bytes.subarray(0, 1 << 20))).join("\n").toLowerCase();
  const domains = [...text.matchAll(/@([\w.-]+)/g)].map((one) => one[1]).join(" ");
  const score = (deal) => (text.includes(deal.deal_id.toLowerCase()) ? 9 : 0)
    + words(deal.client).filter((word) => domains.includes(word)).length * 2
    + words(deal.client).filter((word) => text.includes(word)).length + words(deal.deal_name).filter((word) => text.includes(word)).length / 2;
  return deals.filter((one) => !OVER.has(one.stage)).map((deal) => ({deal, score: score(deal)})).sort((a, b) => b.score - a.score);
}

const words = (name) => (name || "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((one) => one.length > 3);

/** Return the question that waits, or null. */
export function beside(app) {
  const {session} = app;
  if (session.second) return second(app, session.second);
  return session.pending?.length && session.book ? which(app, session.pending) : null;
}

function which(app, files) {
  const found = candidates(app.session.check.deals, files);
  const guess = found[0]?.score >= 1 && found[0].score > (found[1]?.score || 0) ? found[0].deal : null;
  return h("section", {class: "ask-which", "aria-labelledby": "which"},
    h("h2", {id: "which"}, t("notes.which")),
    h("p", {class: "soft"}, files.map((one) => one.name).join(", "), guess && h("span", {}, " · ", t("notes.guess", {deal: guess.client}))),
    h("ul", {class: "choices"}, found.slice(0, MOST).map(({deal}) => h("li", {}, h("button", {type: "button", class: deal === guess ? "deal chosen" : "deal", "data-key": `which-${deal.deal_id}`,
      on: {click: () => notesFor(app, deal.deal_id)}}, h("span", {class: "deal-text"}, h("span", {class: "deal-name"}, deal.client), h("span", {class: "deal-sub"}, `${deal.deal_id} · ${deal.deal_name}`)),
      mark(deal, Math.max(deal.to_handover, deal.gate_open)))))),
    found.length > MOST && h("label", {class: "field short"}, h("span", {}, t("deals")), h("select", {"data-key": "which-other", on: {change: (event) => event.target.value && notesFor(app, event.target.value)}},
      h("option", {value: ""}, t("field.choose")), found.slice(MOST).map(({deal}) => h("option", {value: deal.deal_id}, `${deal.client} · ${deal.deal_name}`)))),
    h("div", {class: "row"}, h("button", {type: "button", class: "quiet", "data-key": "which-cancel", on: {click: () => { app.session.pending = null; app.render(); }}}, t("cancel"))));
}

function second(app, file) {
  const {session} = app;
  const done = (act) => () => { session.second = null; act(); };
  return h("section", {class: "ask-which", "aria-labelledby": "second"},
    h("h2", {id: "second"}, icon("file"), " ", t("second.title", {name: file.name, book: session.book.name})),
    h("div", {class: "row"},
      h("button", {type: "button", class: "main-button", "data-key": "second-open", on: {click: done(() => app.open(file))}}, t("second.open")),
      h("button", {type: "button", "data-key": "second-merge", on: {click: done(() => { session.merge = merging([file], session.book); app.go("", "merge"); })}}, t("second.merge")),
      h("button", {type: "button", class: "quiet", "data-key": "second-cancel", on: {click: done(() => app.render())}}, t("cancel"))));
}
