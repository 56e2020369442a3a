/** Two copies of a workbook and the one that both come from, brought together. */

import {h} from "./dom.mjs";
import {download} from "./files.mjs";
import {trouble} from "./fetched.mjs";
import {icon} from "./icons.mjs";
import {cell, t} from "./language.mjs";
import {bringTogether, chooseCopies, resolve} from "./copying.mjs";

const PARTS = ["base", "ours", "theirs"];

/** Return a merge of the files that were dropped together; which is which is for the reader to say. */
export function merging(files, book = null) {
  const ours = book ? {name: book.name, bytes: book.bytes} : null;
  const all = [...(ours ? [ours] : []), ...files];
  const named = all.findIndex((one) => /base|original|sent|basis|vorlage/i.test(one.name) && one !== ours);
  const other = all.findIndex((one) => one !== ours);
  const base = all.length > 2 ? named >= 0 ? named : other : -1;
  const rest = all.map((_, index) => index).filter((index) => index !== base);
  return {files: all, parts: {base, ours: rest[0] ?? -1, theirs: rest[1] ?? -1}, answer: null, error: null, asking: false};
}

/** Return the panel of a merge. */
export function merge(app) {
  const held = app.session.merge || (app.session.merge = merging([], app.session.book));
  return h("div", {class: "merge"},
    h("p", {class: "soft"}, t("merge.lead")),
    h("div", {class: "parts"}, PARTS.map((part) => choice(app, held, part))),
    h("div", {class: "row"},
      h("button", {type: "button", "data-key": "merge-add", on: {click: () => chooseCopies(app)}}, icon("plus"), t("merge.add")),
      h("button", {type: "button", class: "main-button", "data-key": "merge-run", disabled: !whole(held) || held.asking, on: {click: () => bringTogether(app)}}, t("merge.run"))),
    held.asking && h("div", {class: "working thin", "aria-busy": "true"}, h("div", {class: "bar"}, h("span", {})), h("p", {class: "soft"}, t("merge.asking"))),
    held.error && trouble(held.error, () => bringTogether(app)),
    held.answer && result(app, held));
}

const whole = (held) => new Set(PARTS.map((part) => held.parts[part])).size === 3 && PARTS.every((part) => held.parts[part] >= 0);

function choice(app, held, part) {
  const set = (event) => { held.parts[part] = Number(event.target.value); held.answer = held.error = null; app.render(); };
  return h("label", {class: `part ${held.parts[part] >= 0 ? "filled" : ""}`}, h("strong", {}, t(`merge.${part}`)), h("span", {class: "soft small"}, t(`merge.${part}.lead`)),
    h("select", {"data-key": `part-${part}`, on: {change: set}}, h("option", {value: -1}, t("merge.choose")),
      held.files.map((one, index) => h("option", {value: index, selected: held.parts[part] === index}, one.name))));
}

function result(app, held) {
  const {answer} = held;
  if (answer.refused.length) {
    return h("div", {class: "refusal", role: "alert"}, icon("error"), h("div", {}, h("strong", {}, t("merge.refused")), answer.refused.map((one) => h("p", {}, one.words))));
  }
  const file = answer.files.find((one) => one.name.endsWith(".xlsx"));
  return h("div", {class: "merged"},
    h("div", {class: answer.conflicts.length ? "empty" : "empty good"}, icon(answer.conflicts.length ? "warning" : "good"),
      h("p", {}, h("strong", {}, t("merge.done", {n: answer.changes.length})), " ", answer.conflicts.length ? t("merge.conflicts", {n: answer.conflicts.length}) : t("merge.clean"))),
    answer.resolved > 0 && h("div", {class: "empty good"}, icon("good"), h("p", {}, t("merge.resolved", {n: answer.resolved}))),
    answer.conflicts.length > 0 && conflicts(answer.conflicts),
    answer.conflicts.length > 0 && h("div", {class: "row"}, h("span", {class: "soft"}, t("merge.keep")),
      ["ours", "theirs"].map((one) => h("button", {type: "button", "data-key": `keep-${one}`, on: {click: () => resolve(app, one)}}, t(`merge.${one}`)))),
    answer.only_together.length > 0 && h("section", {class: "group"}, h("h2", {class: "group-title"}, t("merge.together")),
      h("ul", {class: "gaps"}, answer.only_together.map((one) => h("li", {class: "gap warning"}, icon("warning", "warning"), h("div", {class: "gap-text"}, h("p", {class: "gap-what"}, one.message), one.do && h("p", {class: "gap-do"}, one.do)))))),
    answer.changes.length > 0 && h("details", {class: "more"}, h("summary", {}, t("merge.changes", {n: answer.changes.length})), changes(answer.changes)),
    file && h("div", {class: "row"},
      h("button", {type: "button", class: "main-button", "data-key": "merge-save", on: {click: () => download(file.name, file.bytes)}}, icon("save"), t("save.download.name", {name: file.name})),
      h("button", {type: "button", "data-key": "merge-open", on: {click: () => app.open({name: file.name, bytes: file.bytes, kind: "book", handle: null})}}, t("merge.open"), icon("arrow"))));
}

function conflicts(found) {
  return h("section", {class: "group"}, h("h2", {class: "group-title"}, t("merge.decide"), h("span", {class: "count"}, String(found.length))),
    h("p", {class: "soft"}, t("merge.decide.lead")),
    h("div", {class: "table-frame"}, h("table", {class: "preview"}, h("caption", {class: "sr"}, t("merge.decide")),
      h("thead", {}, h("tr", {}, [t("preview.sheet"), t("preview.column"), t("merge.base"), t("merge.ours"), t("merge.theirs")].map((one) => h("th", {scope: "col"}, one)))),
      h("tbody", {}, found.map((one) => h("tr", {}, h("td", {class: "where"}, one.sheet), h("th", {scope: "row"}, one.header || one.column || t("merge.row"), h("span", {class: "why"}, one.row_id)),
        h("td", {}, side(one.base)), h("td", {}, side(one.ours)), h("td", {}, side(one.theirs))))))));
}

function side(value) {
  if (value === null || value === "") return h("span", {class: "blank"}, t("blank"));
  if (typeof value === "object") return t(`merge.row.${value.row}`);
  return cell(value);
}

function changes(found) {
  return h("div", {class: "table-frame"}, h("table", {class: "preview"}, h("caption", {class: "sr"}, t("merge.changes", {n: found.length})),
    h("thead", {}, h("tr", {}, [t("preview.sheet"), t("preview.column"), t("preview.becomes")].map((one) => h("th", {scope: "col"}, one)))),
    h("tbody", {}, found.slice(0, 200).map((one) => h("tr", {}, h("td", {class: "where"}, one.sheet),
      h("th", {scope: "row"}, one.do === "set" ? one.header || one.column : t(`merge.do.${one.do}`), h("span", {class: "why"}, one.row_id)),
      h("td", {class: "becomes"}, one.do === "remove" ? "" : h("ins", {}, one.do === "set" ? cell(one.value) : Object.values(one.cells).map(cell).filter(Boolean).slice(0, 4).join(" · "))))))));
}
