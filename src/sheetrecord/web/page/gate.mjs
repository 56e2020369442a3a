/** How far a deal's gate is open, as a ring that closes while things are mended. */

import {h, svg} from "./dom.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";

const AROUND = 2 * Math.PI * 9;

/** Return the state of a deal's gate: "shut", "handover" (more before the handover), or "open". */
export function stateOf(deal) {
  if (deal.gate_open > 0) return "shut";
  return deal.to_handover > 0 ? "handover" : "open";
}

/** Return what is said of a deal's gate. */
export function said(deal) {
  const count = Math.max(deal.to_handover, deal.gate_open);
  return count ? t("gate.open", {n: count}) : t("gate.ready");
}

/** Return the ring and its sentence; `most` is how many there were when work on it began. */
export function gate(deal, most) {
  const count = Math.max(deal.to_handover, deal.gate_open);
  const share = count ? Math.max(0.06, 1 - count / Math.max(most, count, 1)) : 1;
  const ring = svg("svg", {class: "ring", viewBox: "0 0 24 24", "aria-hidden": "true"},
    svg("circle", {cx: 12, cy: 12, r: 9, class: "ring-rail"}),
    svg("circle", {cx: 12, cy: 12, r: 9, class: "ring-done", "stroke-dasharray": `${share * AROUND} ${AROUND}`,
      transform: "rotate(-90 12 12)"}),
    count ? null : svg("path", {d: "m8.2 12.3 2.6 2.6 5-5.4", class: "ring-tick"}));
  return h("p", {class: `gate ${stateOf(deal)}`}, ring, h("span", {}, said(deal)));
}

/** Return the small mark of a deal in a list: a count, or a tick. */
export function mark(deal, count) {
  if (!count) return h("span", {class: "mark open"}, icon("good"), h("span", {class: "sr"}, t("gate.ready")));
  return h("span", {class: `mark ${stateOf(deal)}`}, String(count), h("span", {class: "sr"}, ` ${said(deal)}`));
}
