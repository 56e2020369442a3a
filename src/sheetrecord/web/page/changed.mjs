/** What changed since a deal was sold, with proof that what was sold is unchanged. */

import {h} from "./dom.mjs";
import {fetched, waiting} from "./fetched.mjs";
import {icon} from "./icons.mjs";
import {cell, day, t} from "./language.mjs";
import {place} from "./missing.mjs";
import {dealOf} from "./session.mjs";

/** Return the comparison of the deal that is chosen, or of all. */
export function changed(app) {
  const {session} = app;
  const one = fetched(app, `sold ${session.deal}`, () => app.ask.sold(session.book, session.deal));
  const wait = waiting(app, one, t("sold.asking"));
  if (wait) return wait;
  const {answer} = one;
  const never = answer.never_frozen.length;
  return h("div", {class: "sold"},
    !answer.log_intact && h("div", {class: "refusal", role: "alert"}, icon("error"), h("p", {}, t("sold.log"))),
    answer.deals.map((deal) => compared(app, deal)),
    !answer.deals.length && h("p", {class: "empty"}, session.deal ? t("sold.never.one") : t("sold.never.all")),
    never > 0 && !session.deal && h("details", {class: "more"}, h("summary", {}, t("sold.never", {n: never})),
      h("ul", {class: "plain"}, answer.never_frozen.map((id) => h("li", {}, id, " ", dealOf(session, id)?.client, " · ", dealOf(session, id)?.deal_name)))));
}

function compared(app, one) {
  const deal = dealOf(app.session, one.deal_id);
  return h("section", {class: "group"},
    h("h2", {class: "group-title"}, deal ? `${deal.client} · ${deal.deal_name}` : one.deal_id, h("span", {class: "count"}, String(one.differences.length))),
    h("p", {class: `proof ${one.intact ? "good" : "bad"}`}, icon(one.intact ? "good" : "error"),
      h("span", {}, t(one.intact ? "sold.intact" : "sold.broken", {day: day(one.sold_on)})), h("code", {title: one.sha256}, one.sha256.slice(0, 12))),
    one.differences.length ? h("div", {class: "table-frame"}, h("table", {class: "preview"},
      h("caption", {class: "sr"}, t("tab.changed")),
      h("thead", {}, h("tr", {}, [t("preview.cell"), t("preview.column"), t("sold.was"), t("sold.now")].map((head) => h("th", {scope: "col"}, head)))),
      h("tbody", {}, one.differences.map((found, at) => difference(app, found, at)))))
      : h("p", {class: "soft"}, t("sold.same")));
}

function difference(app, one, at) {
  return h("tr", {},
    h("td", {class: "where"}, place(app, one, `sold-${one.sheet}-${one.row_id}-${one.column}-${at}`)),
    h("th", {scope: "row"}, one.header || one.column || t(`sold.row.${one.row}`), h("span", {class: "why"}, one.row_id)),
    h("td", {class: "was"}, value(one.sold, "del")), h("td", {class: "becomes"}, value(one.now, "ins")));
}

function value(held, tag) {
  if (held === null || held === undefined || held === "") return h("span", {class: "blank"}, t("blank"));
  if (typeof held === "object") return h(tag, {}, Object.values(held).filter((one) => one !== null && one !== "").map(cell).slice(0, 4).join(" · "));
  return h(tag, {}, cell(held));
}
