/** Answers that a panel waits for: asked once for each state of the workbook, shown when they are there. */

import {h} from "./dom.mjs";
import {icon} from "./icons.mjs";
import {current, t} from "./language.mjs";

const held = new Map();

/** Forget every answer: there is another workbook. */
export const forget = () => held.clear();

/**
 * Return {answer}, {error}, or {} while it is asked. `key` names the question; it is asked anew
 * when the workbook or the reader's language has changed.
 */
export function fetched(app, key, ask) {
  const version = `${app.session.book.step} ${current()}`;
  let one = held.get(key);
  if (!one || one.version !== version) {
    one = {version};
    held.set(key, one);
    ask().then((answer) => { one.answer = answer; }, (error) => { one.error = error; }).then(() => app.render());
  }
  return one;
}

/** Return what is shown while an answer is not there, or what kept it away; null when it is there. */
export function waiting(app, one, words) {
  if (one.answer) return null;
  if (one.error) return trouble(app.wrong(one.error), () => { one.version = ""; app.render(); });
  return h("div", {class: "working thin", "aria-busy": "true"}, h("div", {class: "bar"}, h("span", {})), h("p", {class: "soft"}, words || t("step.asking")));
}

/** Return what went wrong, what to do, and a way to try it again. */
export function trouble(wrong, again) {
  return h("div", {class: "refusal", role: "alert"}, icon("error"), h("div", {}, h("p", {}, wrong.message), wrong.do && h("p", {class: "soft"}, wrong.do),
    again && h("p", {}, h("button", {type: "button", "data-key": "try-again", on: {click: again}}, t("again")))));
}
