/** The steps of a handover: close a deal, take it over, send it back, let a gate item pass. */

import {h} from "./dom.mjs";
import {trouble} from "./fetched.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";
import {gap} from "./missing.mjs";
import {counted, preview} from "./preview.mjs";
import {dealOf} from "./session.mjs";
import {confirm, plan} from "./stepping.mjs";

const STEPS = ["close", "accept", "return", "confirm", "waive"];
const AT_ONCE = new Set(["close", "accept"]);

/** Return the step that stands open for the deal that is chosen; it is made when it is first looked at. */
export function stepOf(app, verb = "") {
  const {session} = app;
  let held = session.plans[session.deal];
  if (!held || (verb && held.verb !== verb)) {
    held = {verb: verb || usual(dealOf(session)), values: {code: "", note: "", why: "", until: inTwoWeeks(session.check.asof), codes: [], everything: true, kickoff: false},
      fees: "", plan: null, by: "", error: null, asking: false, done: null, open: new Set()};
    session.plans[session.deal] = held;
  }
  return held;
}

const usual = (deal) => STEPS.find((one) => deal.verbs.includes(one)) || "";

function inTwoWeeks(iso) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 14);
  return day.toISOString().slice(0, 10);
}

/** Return what a step is asked with, or null while something is still to be filled in. */
export function asked(step) {
  const {code, note, why, until, codes, everything, kickoff} = step.values;
  if (step.verb === "confirm") return everything || kickoff ? {everything, kickoff, note: note.trim()} : null;
  if (step.verb === "return") return code && note.trim() ? {code, note: note.trim()} : null;
  if (step.verb === "waive") return why.trim() && until && codes.length ? {why: why.trim(), until, codes} : null;
  return step.verb === "accept" ? {note: note.trim()} : step.fees ? {fees: step.fees} : {};
}

/** Return the panel of a deal's handover. */
export function handover(app) {
  const step = stepOf(app);
  if (!step.verb) return h("p", {class: "empty"}, t("step.none"));
  if (!step.plan && !step.asking && !step.error && !step.done && AT_ONCE.has(step.verb)) {
    step.asking = true;
    queueMicrotask(() => plan(app, step));
  }
  return h("div", {class: "handover"}, choice(app, step), lead(step), fields(app, step), body(app, step));
}

function choice(app, step) {
  return h("div", {class: "steps", role: "group", "aria-label": t("steps")}, STEPS.filter((one) => one === step.verb || dealOf(app.session).verbs.includes(one)).map((one) => h("button", {type: "button", class: "step",
    "data-key": `step-${one}`, "aria-pressed": String(one === step.verb), on: {click: () => { stepOf(app, one); app.render(); }}}, t(`step.${one}`))));
}

const lead = (step) => h("p", {class: "soft"}, t(`step.${step.verb}.lead`));

function fields(app, step) {
  if (step.done) return null;
  const again = () => { step.plan = null; step.error = null; };
  const set = (key) => (event) => { step.values[key] = event.target.value; again(); buttonState(app, step); };
  const held = {
    close: () => feeChoice(app, step, again),
    confirm: () => [check(app, step, "everything", again), check(app, step, "kickoff", again), text(t("field.note"), "note", step, set, false)],
    accept: () => [text(t("field.note"), "note", step, set, false)],
    return: () => [codes(app, step, again), text(t("field.missing"), "note", step, set, true)],
    waive: () => [items(app, step, again), text(t("field.why"), "why", step, set, true),
      h("label", {class: "field short"}, h("span", {}, t("field.until")), h("input", {type: "date", "data-key": "until", min: app.session.check.asof,
        value: step.values.until, on: {change: (event) => { step.values.until = event.target.value; again(); app.render(); }}}))],
  }[step.verb]();
  if (!held.length) return null;
  if (step.verb === "close") return h("div", {class: "fields"}, held);
  return h("form", {class: "fields", on: {submit: (event) => { event.preventDefault(); if (asked(step)) plan(app, step); }}}, held,
    h("div", {class: "row"}, h("button", {type: "submit", "data-key": "show", id: "show-plan", disabled: !asked(step)}, t("step.show"))));
}

function buttonState(app, step) {
  const button = document.getElementById("show-plan");
  if (button) button.disabled = !asked(step);
}

const text = (label, key, step, set, needed) => h("label", {class: "field"}, h("span", {}, label),
  h("textarea", {rows: 2, required: needed, "data-key": `field-${key}`, value: step.values[key], on: {input: set(key)}}));

/** Return the choice of a fee template, where the workbook has some and the deal has no lines yet. */
function feeChoice(app, step, again) {
  const {fees} = app.session.check.choices;
  const asks = step.fees || step.plan?.refusals.some((one) => one.sheet === app.session.check.titles.Fees);
  if (!fees.length || !asks) return [];
  return [h("label", {class: "field short"}, h("span", {}, t("field.fees")), h("select", {"data-key": "fees",
    on: {change: (event) => { step.fees = event.target.value; again(); app.render(); }}}, h("option", {value: ""}, t("field.choose")),
    fees.map((one) => h("option", {value: one, selected: one === step.fees}, one.replaceAll("_", " ")))))];
}

const check = (app, step, key, again) => h("label", {class: "check"}, h("input", {type: "checkbox", "data-key": `check-${key}`, checked: step.values[key],
  on: {change: (event) => { step.values[key] = event.target.checked; again(); app.render(); }}}), h("span", {}, t(`field.${key}`)));

function codes(app, step, again) {
  const known = app.session.check.choices.return_codes;
  return h("label", {class: "field short"}, h("span", {}, t("field.code")), h("select", {"data-key": "code", required: true,
    on: {change: (event) => { step.values.code = event.target.value; again(); app.render(); }}},
    h("option", {value: ""}, t("field.choose")), known.map((one) => h("option", {value: one.code, selected: one.code === step.values.code}, one.label))));
}

function items(app, step, again) {
  const open = app.session.check.problems.filter((one) => one.deal_id === app.session.deal && one.gate && !one.waived);
  if (!open.length) return h("p", {class: "empty"}, t("waive.none"));
  const seen = new Map(open.map((one) => [one.code, one]));
  return h("fieldset", {class: "field"}, h("legend", {}, t("field.items")), [...seen.values()].map((one) => h("label", {class: "check"},
    h("input", {type: "checkbox", "data-key": `item-${one.code}`, checked: step.values.codes.includes(one.code), on: {change: (event) => {
      const rest = step.values.codes.filter((code) => code !== one.code);
      step.values.codes = event.target.checked ? [...rest, one.code] : rest;
      again();
      buttonState(app, step);
    }}}), h("span", {}, one.message))));
}

function body(app, step) {
  if (step.done) return finished(app, step);
  if (step.error) return trouble(step.error, () => plan(app, step));
  if (step.asking) return h("div", {class: "working thin", "aria-busy": "true"}, h("div", {class: "bar"}, h("span", {})), h("p", {class: "soft"}, t("step.asking")));
  const found = step.plan;
  if (!found) return null;
  if (found.refusals.length) return refused(app, found);
  if (!found.changes.length && found.outcome === "nothing") return h("div", {class: "empty good"}, icon("good"), h("p", {}, t("step.nothing")), notes(found));
  return shown(app, step);
}

function refused(app, plan) {
  return h("section", {class: "group"}, h("h2", {class: "group-title"}, t("step.first"), h("span", {class: "count"}, String(plan.refusals.length))),
    h("ul", {class: "gaps"}, plan.refusals.map((one) => gap(app, known(app, one)))),
    h("p", {class: "soft"}, t("step.first.lead")));
}

/** Return a refusal as the gap that the check lists already, if it does: that says why it matters too. */
function known(app, one) {
  const found = app.session.check.problems.find((p) => p.code === one.code && p.sheet === one.sheet && p.cell === one.cell && p.row_id === one.row_id);
  return found || {severity: "error", gate: false, waived: false, deal_id: "", ...one};
}

const notes = (plan) => plan.notes.length > 0 && h("ul", {class: "notes"}, plan.notes.map((one) => h("li", {}, one)));

function shown(app, step) {
  const {plan} = step;
  const cells = plan.changes.length;
  return h("section", {class: "confirm"},
    h("h2", {class: "group-title"}, t("step.changes"), h("span", {class: "soft"}, counted(plan.changes))),
    plan.changes.length ? preview(app, plan.changes, step.open) : h("p", {class: "soft"}, t("step.hidden")), notes(plan),
    h("form", {class: "confirm-bar", on: {submit: (event) => { event.preventDefault(); confirm(app, step); }}},
      name(app),
      h("button", {type: "submit", class: "main-button large", "data-key": "confirm", disabled: app.session.busy},
        cells ? t("confirm.cells", {n: cells}) : t("confirm.none")),
      h("span", {class: "soft small"}, app.host.kind === "excel" ? t("confirm.excel") : t("confirm.page"))));
}

/** Return the field for the name under which something is written; it is asked once. */
export function name(app) {
  const known = [...new Set(app.session.check.deals.flatMap((one) => [one.deal_owner, one.ops_owner]).filter(Boolean))].sort();
  return h("label", {class: "field by"}, h("span", {}, t("field.by")),
    h("input", {name: "by", required: true, autocomplete: "name", list: "people", "data-key": "by", value: app.session.by,
      on: {input: (event) => { app.session.by = event.target.value; }}}),
    h("datalist", {id: "people"}, known.map((one) => h("option", {value: one}))));
}

function finished(app, step) {
  const {done} = step;
  return h("div", {class: "done", role: "status"}, h("span", {class: "done-mark"}, icon("good")),
    h("div", {}, h("h2", {}, t(`done.${step.verb}`)), h("p", {class: "soft"}, counted(done.changes)), notes(done),
      done.sold_sha256 && h("p", {class: "soft small digest"}, t("done.digest"), " ", h("code", {}, done.sold_sha256.slice(0, 16))),
      h("div", {class: "row"},
        app.host.kind === "page" && h("button", {type: "button", class: "main-button", "data-key": "done-save", on: {click: () => app.save()}}, icon("save"),
          app.session.book.handle ? t("save.back.name", {name: app.session.book.name}) : t("save.download.name", {name: app.session.book.name})),
        app.session.past.length > 0 && h("button", {type: "button", "data-key": "done-undo", on: {click: () => app.undo()}}, icon("undo"), t("undo.this")),
        step.verb === "close" && h("button", {type: "button", "data-key": "done-brief", on: {click: () => app.tab("brief")}}, t("tab.brief"), icon("arrow")))));
}
