/** The one-page brief of a deal and the letter to its client, shown as they will be printed. */

import {h, put} from "./dom.mjs";
import {fetched, waiting} from "./fetched.mjs";
import {download} from "./files.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";

const SAFE = new Set(("ARTICLE SECTION HEADER FOOTER MAIN DIV P SPAN H1 H2 H3 H4 UL OL LI DL DT DD TABLE CAPTION THEAD TBODY TFOOT TR TH TD B STRONG I EM "
  + "SMALL BR HR BLOCKQUOTE Q CODE TIME DEL INS SUB SUP ABBR A svg g path line rect circle text tspan title desc polyline polygon").split(" "));
const KEPT = new Set(["class", "id", "lang", "colspan", "rowspan", "scope", "datetime", "title", "role", "aria-label", "aria-hidden", "viewBox", "d", "x", "y", "x1",
  "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height", "points", "transform", "text-anchor", "fill", "stroke", "stroke-width", "stroke-dasharray"]);

/** A page's own style, taken out before it is parsed: the policy of this page allows no style in markup. */
const STYLE = /<style>([^<]*)<\/style>/g;

let kind = "brief";

/** Return the panel with the brief, or the letter. */
export function letters(app) {
  const {session} = app;
  const ask = {brief: () => app.ask.brief(session.book, session.deal), letter: () => app.ask.letter(session.book, session.deal, session.by)}[kind];
  const one = fetched(app, `${kind} ${session.deal}`, ask);
  const choose = (name) => h("button", {type: "button", class: "step", "data-key": `letter-${name}`, "aria-pressed": String(kind === name),
    on: {click: () => { kind = name; app.render(); }}}, t(`letters.${name}`));
  const file = one.answer?.files.find((held) => held.name.endsWith(".html"));
  return h("div", {class: "letters"},
    h("div", {class: "row between"}, h("div", {class: "steps", role: "group", "aria-label": t("tab.brief")}, choose("brief"), choose("letter")),
      file && h("div", {class: "row"},
        h("button", {type: "button", "data-key": "print", on: {click: () => window.print()}}, t("letters.print")),
        h("button", {type: "button", "data-key": "letter-save", title: file.name, on: {click: () => download(file.name, file.bytes, "text/html")}}, icon("save"), t("letters.save")))),
    h("p", {class: "soft"}, t(`letters.${kind}.lead`)),
    waiting(app, one, t("letters.asking")) || (file ? paper(file.bytes) : h("p", {class: "empty"}, one.answer.note || t("letters.nothing"))));
}

/** What a page has once, and this one has itself. */
const LANDMARKS = new Set(["MAIN", "HEADER", "FOOTER", "NAV"]);

/**
 * Return a page of the engine's, drawn within this one. Only elements and attributes that such
 * pages have are taken over; its style is its own and reaches nothing outside.
 */
export function paper(bytes) {
  const styles = [];
  const html = new TextDecoder().decode(bytes).replaceAll(STYLE, (_, style) => { styles.push(style); return ""; });
  const read = new DOMParser().parseFromString(html, "text/html");
  const place = h("div", {class: "paper", tabindex: 0, role: "region", "aria-label": read.title});
  const root = place.attachShadow({mode: "open"});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles.join("\n").replaceAll(/(^|[},\s])body(?=[\s.,:{>])/g, "$1.body"));
  root.adoptedStyleSheets = [sheet];
  root.append(put(h("div", {class: `body ${read.body.className}`, lang: read.documentElement.lang}), [...read.body.childNodes].map(copied)));
  return place;
}

function copied(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || !SAFE.has(node.tagName)) return null;
  const made = document.createElementNS(node.namespaceURI, LANDMARKS.has(node.tagName) ? "div" : node.localName);
  for (const {name, value} of node.attributes) if (KEPT.has(name)) made.setAttribute(name, value);
  made.append(...[...node.childNodes].map(copied).filter(Boolean));
  return made;
}
