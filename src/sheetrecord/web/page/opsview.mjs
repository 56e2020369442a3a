/** The read-only view for ops, as one file to unpack onto a share. */

import {h} from "./dom.mjs";
import {fetched, waiting} from "./fetched.mjs";
import {download} from "./files.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";
import {name} from "./handover.mjs";

let asked = "";

/** Return the panel that makes the view. */
export function opsView(app) {
  const {session} = app;
  const key = `view ${asked}`;
  const one = asked ? fetched(app, key, () => app.ask.view(session.book, asked)) : null;
  const file = one?.answer?.files.find((held) => held.name.endsWith(".zip"));
  return h("div", {class: "view"},
    h("p", {class: "soft"}, t("view.lead")),
    h("form", {class: "confirm-bar", on: {submit: (event) => { event.preventDefault(); asked = session.by.trim(); app.render(); }}},
      name(app), h("button", {type: "submit", class: "main-button large", "data-key": "view-make"}, t("view.make"))),
    one && (waiting(app, one, t("view.asking")) || (file && h("div", {class: "done", role: "status"}, h("span", {class: "done-mark"}, icon("good")),
      h("div", {}, h("h2", {}, t("view.done")), h("p", {class: "soft"}, t("view.unpack")),
        h("div", {class: "row"}, h("button", {type: "button", class: "main-button", "data-key": "view-save", on: {click: () => download(file.name, file.bytes, "application/zip")}},
          icon("save"), t("save.download.name", {name: file.name}))))))));
}
