/** What would be written, before it is: sheet, row, column, was, becomes; new rows as one thing each. */

import {h} from "./dom.mjs";
import {icon} from "./icons.mjs";
import {cell, t} from "./language.mjs";

const TELLING = ["title", "description", "what", "answer", "person", "kind", "net", "date_planned", "due_on"];

/** Part changes by the row that they stand in, in the order in which they come. */
export function rowsOf(changes) {
  const rows = new Map();
  for (const one of changes) {
    const number = (one.cell || "").replace(/\D/g, "");
    const key = `${one.sheet} ${number} ${one.row_id}`;
    if (!rows.has(key)) rows.set(key, {key, sheet: one.sheet, number, id: one.row_id, made: one.new_row, why: one.why, cells: []});
    rows.get(key).cells.push(one);
  }
  return [...rows.values()];
}

/** Return the sentence that counts what a plan changes. */
export function counted(changes) {
  const made = rowsOf(changes).filter((one) => one.made).length;
  const cells = changes.filter((one) => !one.new_row).length;
  const parts = [cells && t("count.cells", {n: cells}), made && t("count.rows", {n: made})].filter(Boolean);
  return parts.join(" · ") || t("count.none");
}

/** Return the table of a plan; `open` remembers which new rows are shown whole. */
export function preview(app, changes, open) {
  const rows = rowsOf(changes);
  const whole = rows.filter((one) => one.made).length <= 2;
  const toggle = (key) => { open.has(key) ? open.delete(key) : open.add(key); app.render(); };
  return h("div", {class: "table-frame"}, h("table", {class: "preview"},
    h("caption", {class: "sr"}, t("preview")),
    h("thead", {}, h("tr", {}, ["sheet", "row", "column", "was", "becomes"].map((one) => h("th", {scope: "col"}, t(`preview.${one}`))))),
    rows.map((row) => row.made ? madeRow(row, whole !== open.has(row.key), () => toggle(row.key)) : changedRow(row))));
}

function changedRow(row) {
  return h("tbody", {}, row.cells.map((one, at) => h("tr", {class: at ? "next" : "first"},
    h("td", {class: "where"}, at ? null : row.sheet), h("td", {class: "where number"}, at ? null : row.number),
    h("th", {scope: "row"}, one.header || one.column, one.why && h("span", {class: "why"}, one.why)),
    h("td", {class: "was"}, empty(one.old) ? h("span", {class: "blank"}, t("blank")) : h("del", {}, cell(one.old))),
    h("td", {class: "becomes"}, empty(one.new) ? h("span", {class: "blank"}, t("blank")) : h("ins", {}, cell(one.new))))));
}

function madeRow(row, shown, toggle) {
  const named = TELLING.map((key) => row.cells.find((one) => one.column === key)).filter((one) => one && !empty(one.new)).slice(0, 3);
  return h("tbody", {class: "made"},
    h("tr", {class: "made-head"}, h("td", {class: "where"}, row.sheet), h("td", {class: "where number"}, row.number),
      h("th", {scope: "rowgroup", colspan: 3}, h("button", {type: "button", class: "unfold", "data-key": `row-${row.key}`, "aria-expanded": String(shown), on: {click: toggle}},
        icon(shown ? "minus" : "plus"), h("span", {}, t("preview.new"), " ", h("strong", {}, named.map((one) => cell(one.new)).join(" · ") || row.id))),
      row.why && h("span", {class: "why"}, row.why))),
    shown && row.cells.map((one) => h("tr", {class: "next"}, h("td", {class: "where"}), h("td", {class: "where"}),
      h("th", {scope: "row"}, one.header || one.column), h("td", {class: "was"}), h("td", {class: "becomes"}, h("ins", {}, cell(one.new))))));
}

const empty = (value) => value === null || value === undefined || value === "";
