/** A mail thread beside the record: what it says as cards, each with the words as they were written. */

import {h} from "./dom.mjs";
import {trouble} from "./fetched.mjs";
import {gate} from "./gate.mjs";
import {icon} from "./icons.mjs";
import {day, t} from "./language.mjs";
import {name} from "./handover.mjs";
import {dealOf} from "./session.mjs";
import {chooseNotes, decide, later, moreNotes, pasteNotes, propose, weAre} from "./deciding.mjs";

const KINDS = ["real_deadline", "promise", "scope_assumed", "why_us", "alternative", "pressure", "success_personal",
  "stakeholder_pushback", "decision_process", "budget", "constraint", "person_role", "money"];
const TEXTS = ["answer", "what", "note"];
const COMMITMENTS = new Set(["promise", "scope_assumed"]);
const DOMAIN = /@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi;

/** Return what was dropped for a deal, and what became of it. */
export function notesOf(session, deal = session.deal) {
  if (!session.notes.has(deal)) {
    session.notes.set(deal, {files: [], answer: null, asking: false, error: null, decided: new Map(), edits: new Map(), pasted: "", most: 0, showKnown: false});
  }
  return session.notes.get(deal);
}

/** Return an edit of a card as cells of the sheet that its kind goes to. */
export function cellsOf(kind, {text, date, hardness}) {
  const [textKey, dayKey] = kind === "money" ? ["note", ""] : COMMITMENTS.has(kind) ? ["what", "due_on"] : ["answer", "date"];
  const cells = {};
  if (text !== undefined && text.trim()) cells[textKey] = text.trim();
  if (date !== undefined && dayKey) cells[dayKey] = date || null;
  if (hardness && kind === "real_deadline") cells.hardness = hardness;
  return cells;
}

/** Return the mail domains that files name, the most frequent first. */
export function domainsOf(files) {
  const counts = new Map();
  for (const one of files) {
    for (const [, name] of new TextDecoder().decode(one.bytes.subarray(0, 1 << 20)).matchAll(DOMAIN)) {
      counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) || 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name).slice(0, 12);
}

/** Return the panel of notes of the deal that is chosen. */
export function notes(app) {
  const held = notesOf(app.session);
  return h("div", {class: "capture"},
    held.answer && progress(app, held),
    held.error && trouble(held.error, held.files.length ? () => { held.error = null; propose(app, app.session.deal); } : null),
    held.asking && !held.answer && h("div", {class: "working thin", "aria-busy": "true"}, h("div", {class: "bar"}, h("span", {})), h("p", {class: "soft"}, t("notes.reading"))),
    held.answer ? cards(app, held) : !held.asking && ask(app, held));
}

function ask(app, held) {
  return h("div", {class: "ask"},
    h("p", {class: "soft"}, t("notes.lead")),
    h("div", {class: "drop small-drop"}, icon("quote"), h("p", {}, t("notes.drop")),
      h("button", {type: "button", "data-key": "notes-choose", on: {click: () => chooseNotes(app)}}, t("notes.choose"))),
    h("form", {class: "fields", on: {submit: (event) => { event.preventDefault(); pasteNotes(app, held.pasted); }}},
      h("label", {class: "field"}, h("span", {}, t("notes.paste")), h("textarea", {rows: 7, "data-key": "paste", value: held.pasted, placeholder: t("notes.example"),
        on: {input: (event) => { held.pasted = event.target.value; document.getElementById("read-paste").disabled = !held.pasted.trim(); }}})),
      h("div", {class: "row"}, h("button", {type: "submit", id: "read-paste", class: "main-button", "data-key": "read", disabled: !held.pasted.trim()}, t("notes.read")))));
}

function progress(app, held) {
  const deal = dealOf(app.session);
  const open = fresh(held).filter((one) => !held.decided.has(one.id)).length;
  const ready = !Math.max(deal.gate_open, deal.to_handover);
  return h("div", {class: `meter ${ready ? "ready" : ""}`}, gate(deal, held.most),
    h("p", {class: "soft"}, open ? t("notes.left", {n: open}) : t("notes.all")),
    h("button", {type: "button", class: ready ? "main-button" : "", "data-key": "hand-over", on: {click: () => app.tab("handover")}}, t("notes.handover"), icon("arrow")));
}

const fresh = (held) => held.answer.proposals.filter((one) => one.verdict !== "known");

function cards(app, held) {
  const shown = fresh(held);
  const known = held.answer.proposals.filter((one) => one.verdict === "known");
  const open = shown.filter((one) => !held.decided.has(one.id));
  return [
    h("div", {class: "row between"},
      h("p", {class: "soft"}, t("notes.from", {n: shown.length, files: held.files.map((one) => one.name).join(", ")})),
      h("div", {class: "row"},
        open.length > 1 && h("button", {type: "button", "data-key": "accept-said", on: {click: () => decide(app, open.filter((one) => one.confidence === "said"), true)}}, t("notes.accept.all")),
        open.length > 0 && h("button", {type: "button", class: "quiet", "data-key": "notes-rest", on: {click: () => later(app)}}, t("notes.rest")),
        h("button", {type: "button", class: "quiet", "data-key": "notes-more", on: {click: () => moreNotes(app)}}, t("notes.more")))),
    held.answer.unread.map((one) => h("div", {class: "refusal"}, icon("error"), h("div", {}, h("strong", {}, one.path), h("p", {}, one.why)))),
    open.length > 0 && h("div", {class: "deciding"}, name(app), us(app, held), h("p", {class: "soft small"}, t("notes.keys"))),
    shown.length ? h("ol", {class: "cards"}, shown.map((one) => card(app, held, one))) : h("p", {class: "empty"}, t("notes.nothing")),
    known.length > 0 && h("details", {class: "more"}, h("summary", {}, t("notes.known", {n: known.length})), h("ul", {class: "plain"}, known.map((one) => h("li", {}, h("q", {}, one.quote))))),
    held.answer.dropped.length > 0 && h("details", {class: "more"}, h("summary", {}, t("notes.dropped", {n: held.answer.dropped.length})),
      h("ul", {class: "plain"}, held.answer.dropped.map((one) => h("li", {}, h("q", {}, one.quote), h("span", {class: "soft"}, ` ${one.why}`))))),
  ];
}

/** Return the words of a kind; those that the engine's answer brings come first. */
function kindName(held, kind) {
  return held.answer.kinds?.find((one) => one.kind === kind)?.label || t(`kind.${kind}`);
}

/** Return the choice of who we are, where the messages leave it open: it tells their words from ours. */
function us(app, held) {
  const domains = domainsOf(held.files);
  if (!domains.length || held.decided.size) return null;
  return h("label", {class: "field short"}, h("span", {}, t("notes.us")), h("select", {"data-key": "us", on: {change: (event) => weAre(app, event.target.value)}},
    h("option", {value: ""}, t("notes.us.none")), domains.map((one) => h("option", {value: one, selected: one === app.session.us}, one))));
}

function card(app, held, one) {
  const decided = held.decided.get(one.id);
  const edits = held.edits.get(one.id) || {};
  if (decided) return settled(held, one, decided);
  const key = one.id;
  const edit = (name, value) => held.edits.set(one.id, {...(held.edits.get(one.id) || {}), [name]: value});
  const kind = edits.kind || one.kind;
  return h("li", {class: `card ${one.verdict}`, "data-key": `card-${key}`, tabindex: -1, on: {keydown: (event) => keys(app, one, event)}},
    h("div", {class: "card-head"}, h("label", {class: "kind"}, h("span", {class: "sr"}, t("notes.kind")),
      h("select", {"data-key": `kind-${key}`, on: {change: (event) => { edit("kind", event.target.value); app.render(); }}},
        ordered(one).map((name) => h("option", {value: name, selected: name === kind}, kindName(held, name))))),
    dayOf(one, edits, edit, key), kind === "real_deadline" && hardnessOf(one, edits, edit, key), verdict(one)),
    one.context && h("p", {class: "context"}, `… ${one.context}`),
    h("blockquote", {}, h("p", {}, one.quote)),
    textOf(app, one, held, edit, key),
    h("div", {class: "card-foot"},
      h("p", {class: "soft small"}, [one.said_by, one.said_on && day(one.said_on), one.where.at || pathOf(held, one)].filter(Boolean).join(" · "),
        one.share_why && h("span", {}, " · ", t("notes.private", {words: one.share_why}))),
      h("div", {class: "row"},
        !("text" in edits) && h("button", {type: "button", class: "quiet", "data-key": `edit-${key}`, on: {click: () => { edit("text", wordsOf(one)); app.render(); focusOn(`text-${key}`); }}}, t("notes.edit")),
        h("button", {type: "button", "data-key": `decline-${key}`, on: {click: () => decide(app, [one], false)}}, t("notes.decline")),
        h("button", {type: "button", class: "main-button", "data-key": `accept-${key}`, on: {click: () => decide(app, [one], true)}}, icon("good"), t("notes.accept")))));
}

function verdict(one) {
  const kind = {contradicts: "late", adds: "part"}[one.verdict] || "good";
  const rows = one.verdict === "new" ? "" : ` ${one.like.join(", ")}`;
  return h("span", {class: `chip ${kind}`}, t(`verdict.${one.verdict}`), rows);
}

const focusOn = (key) => [...document.querySelectorAll("textarea")].find((one) => one.dataset.key === key)?.focus();

function ordered(one) {
  const first = [one.kind, one.other].filter(Boolean);
  return [...first, ...KINDS.filter((kind) => !first.includes(kind))];
}

const pathOf = (held, one) => held.answer.sources.find((source) => source.source_id === one.where.source_id)?.path;

/** Return the words that a proposal puts into the record. */
function wordsOf(one) {
  const key = TEXTS.find((name) => name in one.row);
  return String((key && one.row[key]) || one.quote);
}

function textOf(app, one, held, edit, key) {
  const {text} = held.edits.get(one.id) || {};
  if (text === undefined) return null;
  return h("label", {class: "field"}, h("span", {}, t("notes.text")), h("textarea", {rows: 2, "data-key": `text-${key}`, value: text,
    on: {input: (event) => edit("text", event.target.value)}}));
}

function dayOf(one, edits, edit, key) {
  const name = ["date", "due_on"].find((column) => column in one.row);
  return name && h("label", {class: "day"}, h("span", {class: "sr"}, t("notes.day")), h("input", {type: "date", "data-key": `day-${key}`, value: edits.date ?? one.row[name] ?? "",
    on: {change: (event) => edit("date", event.target.value)}}));
}

/** Return the choice whether a deadline can move: the gate asks for it, and few mails say it. */
function hardnessOf(one, edits, edit, key) {
  const now = edits.hardness ?? one.row.hardness ?? "";
  return h("label", {class: "day"}, h("span", {class: "sr"}, t("notes.hardness")), h("select", {"data-key": `hardness-${key}`, on: {change: (event) => edit("hardness", event.target.value)}},
    ["", "hard", "soft"].map((code) => h("option", {value: code, selected: code === now}, t(code ? `hardness.${code}` : "notes.hardness")))));
}

function settled(held, one, decided) {
  return h("li", {class: `card settled ${decided.accept ? "accepted" : "declined"}`, "data-key": `card-${one.id}`, tabindex: -1},
    icon(decided.accept ? "good" : "close"), h("p", {}, h("strong", {}, t(decided.accept ? "notes.accepted" : "notes.declined")), ` ${kindName(held, decided.kind || one.kind)} `, h("q", {}, one.quote)));
}

/** On a card that has the focus: A accepts, D declines. In a field every key is the field's. */
function keys(app, one, event) {
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
  const accept = {a: true, d: false}[event.key.toLowerCase()];
  if (accept === undefined) return;
  event.preventDefault();
  decide(app, [one], accept);
}
