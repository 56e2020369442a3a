/** The page's few icons, as paths on a grid of 16: our own drawing, coloured by the text around. */

import {svg} from "./dom.mjs";

const PATHS = {
  error: ["M8 1.6 14.8 14H1.2Z", "M8 6v3.6", "M8 11.9v.1"],
  warning: ["M8 1.8 14.2 8 8 14.2 1.8 8Z", "M8 5.2v3.2", "M8 10.6v.1"],
  note: ["M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z", "M8 7.4v3.4", "M8 5.1v.1"],
  good: ["M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z", "m5.4 8.2 1.8 1.8 3.4-3.8"],
  copy: ["M5.5 5.5h8v8h-8Z", "M10.5 5.5v-3h-8v8h3"],
  lock: ["M3.5 7.2h9v6.3h-9Z", "M5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2"],
  undo: ["M3 6.5h6.2a3.6 3.6 0 0 1 0 7.2H6", "M5.8 3.4 2.7 6.5l3.1 3.1"],
  save: ["M8 2v7.6", "m4.8 6.6 3.2 3.2 3.2-3.2", "M2.5 11v2.5h11V11"],
  file: ["M4 1.8h5.2L12.6 5v9.2H4Z", "M9 1.8V5.2h3.6"],
  down: ["m4 6.2 4 4 4-4"],
  arrow: ["M3 8h9.6", "m8.8 4.2 3.8 3.8-3.8 3.8"],
  plus: ["M8 3v10", "M3 8h10"],
  minus: ["M3 8h10"],
  close: ["m4 4 8 8", "m12 4-8 8"],
  quote: ["M3 10.8V7.6C3 5.4 4.2 4 6.2 3.6", "M3 8.4h3v2.8H3Z", "M9 10.8V7.6C9 5.4 10.2 4 12.2 3.6", "M9 8.4h3v2.8H9Z"],
};

/** Return an icon; what it means stands beside it as text, so that it is hidden from readers. */
export function icon(name, kind = "") {
  const paths = PATHS[name].map((d) => svg("path", {d}));
  return svg("svg", {class: `icon ${kind}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false"}, paths);
}
