/** The frame of the page: what stands on top, the list of deals, the tabs, what was just done. */

import {h, put} from "./dom.mjs";
import {mark} from "./gate.mjs";
import {icon} from "./icons.mjs";
import {LANGUAGES, current, t} from "./language.mjs";
import {unsaved} from "./session.mjs";

/** Draw the top: the workbook and what can be done with the whole of it. */
export function top(app, place) {
  const {session} = app;
  put(place,
    h("a", {class: "brand", href: "", "aria-label": "sheetrecord", "data-key": "home", on: {click: (event) => { event.preventDefault(); app.home(); }}},
      h("img", {src: "icon-32.png", width: 24, height: 24, alt: ""}), h("span", {}, "sheetrecord")),
    session.book && bookBar(app),
    h("p", {class: "private"}, icon("lock"), h("span", {}, t("private"))),
    languages(app));
}

function bookBar(app) {
  const {session} = app;
  const changed = unsaved(session);
  return h("div", {class: "book", role: "group", "aria-label": t("book")},
    h("span", {class: "book-name"}, icon("file"), h("span", {class: "name"}, session.book.name),
      changed && h("span", {class: "chip due"}, t("unsaved"))),
    session.past.length > 0 && h("button", {type: "button", class: "quiet", "data-key": "undo", disabled: session.busy,
      title: t("undo.what", {what: session.past.at(-1).label}), on: {click: () => app.undo()}},
      icon("undo"), h("span", {}, t("undo"))),
    changed && app.host.kind === "page" && h("button", {type: "button", class: "main-button", "data-key": "save", disabled: session.busy,
      on: {click: () => app.save()}}, icon("save"), h("span", {}, session.book.handle ? t("save.back") : t("save.download"))),
    app.host.kind === "page" && h("button", {type: "button", class: "quiet icon-only", "data-key": "other", title: t("close.book"),
      "aria-label": t("close.book"), on: {click: () => app.close()}}, icon("close")),
    app.host.kind === "excel" && h("button", {type: "button", class: session.stale ? "main-button" : "quiet", "data-key": "again",
      on: {click: () => app.reread()}}, t(session.stale ? "check.stale" : "check.again")));
}

function languages(app) {
  const options = Object.entries(LANGUAGES).map(([code, name]) =>
    h("option", {value: code, selected: code === current(), lang: code}, name));
  return h("label", {class: "language"}, h("span", {class: "sr"}, t("language")),
    h("select", {"data-key": "language", on: {change: (event) => app.speak(event.target.value)}}, options));
}

/** Return the list of deals; on a narrow page it is one choice instead. */
export function rail(app) {
  const {session} = app;
  const {text, owner} = session.filter;
  const seen = session.check.deals.filter((one) =>
    (!owner || one.deal_owner === owner) && `${one.deal_id} ${one.client} ${one.deal_name}`.toLowerCase().includes(text.toLowerCase()));
  const sections = parted(seen, session);
  return h("nav", {class: "rail", "aria-label": t("deals")},
    h("div", {class: "rail-narrow"}, h("label", {}, h("span", {class: "sr"}, t("deals")),
      h("select", {"data-key": "deal-choice", on: {change: (event) => app.go(event.target.value)}},
        h("option", {value: "", selected: !session.deal}, t("deals.all", {n: session.check.deals.length})),
        sections.map(([title, deals]) => h("optgroup", {label: title}, deals.map((one) =>
          h("option", {value: one.deal_id, selected: one.deal_id === session.deal},
            `${one.deal_id} ${one.client} · ${one.deal_name}${countOf(session, one) ? ` (${countOf(session, one)})` : ""}`))))))),
    h("div", {class: "rail-wide", on: {keydown: arrows}},
      h("input", {type: "search", class: "find", placeholder: t("deals.find"), "aria-label": t("deals.find"), "data-key": "find",
        value: text, on: {input: (event) => { session.filter.text = event.target.value; app.render(); }}}),
      owners(app),
      h("button", {type: "button", class: "deal all", "data-key": "deal-", "aria-current": session.deal ? null : "true", on: {click: () => app.go("")}},
        h("span", {class: "deal-name"}, t("deals.all", {n: session.check.deals.length})), h("span", {class: "mark"}, String(session.check.problems.length))),
      sections.map(([title, deals]) => [h("h2", {class: "rail-title"}, title), h("ul", {}, deals.map((one) => h("li", {}, dealButton(app, one))))]),
      !seen.length && h("p", {class: "soft pad"}, t("deals.none"))));
}

function dealButton(app, deal) {
  const here = deal.deal_id === app.session.deal;
  return h("button", {type: "button", class: "deal", "data-key": `deal-${deal.deal_id}`, "aria-current": here ? "true" : null,
    on: {click: () => app.go(deal.deal_id)}},
    h("span", {class: "deal-text"}, h("span", {class: "deal-name"}, deal.client), h("span", {class: "deal-sub"}, `${deal.deal_id} · ${deal.deal_name}`)),
    mark(deal, countOf(app.session, deal)));
}

/** Return how many things are to mend for a deal: what keeps its gate or its handover shut. */
function countOf(session, deal) {
  return Math.max(deal.to_handover, deal.gate_open);
}

/** Part the deals by what is next for them: the open ones first, those that are over last. */
function parted(deals, session) {
  const over = new Set(["lost", "parked"]);
  const groups = [
    [t("rail.open"), deals.filter((one) => one.stage !== "won" && !over.has(one.stage))],
    [t("rail.won"), deals.filter((one) => one.stage === "won")],
    [t("rail.over"), deals.filter((one) => over.has(one.stage))],
  ];
  const rank = (one) => (one.ready ? 1 : 0);
  return groups.filter(([, held]) => held.length).map(([title, held]) =>
    [title, [...held].sort((a, b) => rank(a) - rank(b) || countOf(session, b) - countOf(session, a) || b.deal_id.localeCompare(a.deal_id))]);
}

/** Return the choice of whose deals are shown, where the workbook names more than one person. */
export function owners(app) {
  const names = [...new Set(app.session.check.deals.map((one) => one.deal_owner).filter(Boolean))].sort();
  if (names.length < 2) return null;
  return h("label", {class: "owner"}, h("span", {class: "sr"}, t("owner")),
    h("select", {"data-key": "owner", on: {change: (event) => { app.session.filter.owner = event.target.value; app.render(); }}},
      h("option", {value: ""}, t("owner.all")),
      names.map((name) => h("option", {value: name, selected: name === app.session.filter.owner}, t("owner.of", {name})))));
}

/** Arrow keys go through the deals. */
function arrows(event) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step || event.target.tagName === "SELECT") return;
  const all = [...event.currentTarget.querySelectorAll("input, button.deal")];
  const next = all[all.indexOf(event.target) + step];
  if (next) { event.preventDefault(); next.focus(); }
}

/** Return a row of tabs; arrow keys go from one to the next. */
export function tabs(app, names, counts = {}) {
  const {session} = app;
  const move = (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const next = names[(names.indexOf(session.tab) + step + names.length) % names.length];
    app.tab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return h("div", {class: "tabs", role: "tablist", "aria-label": t("tabs"), on: {keydown: move}}, names.map((name) => {
    const here = name === session.tab;
    return h("button", {type: "button", role: "tab", id: `tab-${name}`, "data-key": `tab-${name}`, "aria-selected": String(here),
      "aria-controls": "panel", tabindex: here ? 0 : -1, on: {click: () => app.tab(name)}},
      t(`tab.${name}`), counts[name] ? h("span", {class: "count"}, String(counts[name])) : null);
  }));
}

/** Return what was just done, with the way back. */
export function toast(app) {
  const {toast: told} = app.session;
  if (!told) return null;
  return h("div", {class: `toast ${told.kind || ""}`},
    icon(told.kind === "bad" ? "error" : "good"), h("span", {class: "toast-text"}, told.text),
    told.reload && h("button", {type: "button", class: "quiet", "data-key": "toast-reload", on: {click: told.reload}}, t("reload")),
    told.undo && app.session.past.length > 0 && h("button", {type: "button", class: "quiet", "data-key": "toast-undo",
      on: {click: () => app.undo()}}, t("undo.this")),
    h("button", {type: "button", class: "quiet icon-only", "data-key": "toast-close", "aria-label": t("dismiss"),
      on: {click: () => app.tell(null)}}, icon("close")));
}
