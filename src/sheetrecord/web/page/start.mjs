/** The first thing that is seen: where a workbook goes, and what was wrong with one that was not taken. */

import {h} from "./dom.mjs";
import {icon} from "./icons.mjs";
import {t} from "./language.mjs";

/** Return the page without a workbook. */
export function start(app) {
  const {session} = app;
  return h("section", {class: "hero"},
    h("h1", {}, t("start.title")),
    h("p", {class: "lead"}, t("start.lead")),
    session.failed && refusal(session.failed),
    session.opening ? opening(session) : app.host.kind === "excel" ? open(app) : drop(app),
    h("ul", {class: "promises"},
      [["start.one", "note"], ["start.two", "good"], ["start.three", "quote"]].map(([key, name]) =>
        h("li", {}, icon(name), h("div", {}, h("strong", {}, t(`${key}.head`)), h("span", {}, t(key)))))),
    h("p", {class: "soft small"}, t("start.not")));
}

/** In the program that has the workbook open there is nothing to drop. */
function open(app) {
  return h("p", {class: "row centre"}, h("button", {type: "button", class: "main-button large", "data-key": "check-this", on: {click: () => app.reread()}}, t("check.this")));
}

function drop(app) {
  const {engine} = app.session;
  return h("div", {class: "drop"},
    h("span", {class: "drop-mark"}, icon("file")),
    h("p", {class: "drop-head"}, t("start.drop")),
    h("div", {class: "row centre"},
      h("button", {type: "button", class: "main-button large", "data-key": "choose", on: {click: () => app.choose()}}, t("start.choose")),
      h("button", {type: "button", class: "large", "data-key": "sample", on: {click: () => app.sample()}}, t("start.sample"))),
    h("p", {class: "soft small"}, t("start.kinds")),
    engine.state === "starting" && h("p", {class: "soft small"}, engine.share ? t("engine.loading", {share: Math.round(engine.share * 100)}) : t("engine.starting")));
}

function opening(session) {
  const waits = session.engine.state === "starting";
  return h("div", {class: "drop working", "aria-busy": "true"},
    h("div", {class: "bar"}, h("span", {})),
    h("p", {class: "drop-head"}, t("start.reading", {name: session.opening})),
    h("p", {class: "soft small"}, waits ? t("engine.first") : t("engine.soon")));
}

/** Return what was wrong with a file, and what to do. */
export function refusal(failed) {
  return h("div", {class: failed.waits ? "refusal waits" : "refusal", role: "alert"}, icon(failed.waits ? "quote" : "error"),
    h("div", {}, failed.name && h("strong", {}, failed.name), h("p", {}, failed.message), failed.do && h("p", {class: "soft"}, failed.do)));
}
