"use strict";
/* The money to come: how late the invoices are, month by month, and what is unpriced; a currency at a time. */
(() => {
  const D = globalThis.sheetrecordDraw;
  if (!D) return;
  const { W, R, asof, el, rows } = D;
  const place = document.getElementById("drawn");
  const plain = R.look("");
  const BUCKETS = ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"];
  const TONES = { not_due: "plain", d1_30: "due", d31_60: "due", d61_90: "late", d90_plus: "late" };

  const sum = (parts) => R.sums(R.shown(rows, { ...plain, ...parts }, asof), { ...plain, ...parts }, asof).get(parts.cur) || { toCome: 0, unpriced: 0, overdue: 0 };
  const cell = (amount, parts) => el("td", { class: "num" }, amount ? el("a", { href: D.listed(parts) }, D.money(amount, parts.cur)) : "–");

  const ageing = (cur) => {
    const told = BUCKETS.map((money) => ({ money, amount: sum({ cur, money }).toCome }));
    const most = Math.max(...told.map((one) => one.amount));
    if (most <= 0) return null;
    return el("table", { class: "plot" }, el("caption", {}, W.ageing_title), el("tbody", {}, told.map((one) =>
      el("tr", {}, el("th", { scope: "row" }, D.label("ageing", one.money)), el("td", { class: "plot-bar" }, one.amount > 0 ? D.bar(one.amount / most, TONES[one.money]) : ""),
        cell(one.amount, { cur, money: one.money })))));
  };

  const byMonth = (cur) => {
    const months = [...new Set(rows.flatMap((row) => row.lines.filter((line) => line.cur === cur).map(R.monthOf)))].sort((a, b) => (a === R.NOBODY) - (b === R.NOBODY) || R.compare(a, b));
    if (!months.length) return null;
    const kinds = [["certain", W.certain], ["planned", W.planned], ["hanging", W.hanging]].filter(([money]) => money !== "hanging" || sum({ cur, money }).toCome);
    const columns = [...kinds, ["", W.total]];
    return el("table", { class: "work sums" }, el("caption", {}, W.month_title),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, W.month), columns.map(([, text]) => el("th", { scope: "col", class: "num" }, text)))),
      el("tbody", {}, months.map((month) => el("tr", {}, el("th", { scope: "row", class: "month" }, D.month(month)),
        columns.map(([money]) => cell(sum({ cur, month, money }).toCome, { cur, month, money }))))),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, W.total), columns.map(([money]) => cell(sum({ cur, money, ...(money ? {} : { show: "tocome" }) }).toCome, { cur, money, show: money ? "" : "tocome" })))));
  };

  const unpriced = (cur) => {
    const found = rows.filter((row) => row.unpriced && row.cur === cur).sort((a, b) => b.unpriced - a.unpriced || R.compare(a.id, b.id));
    if (!found.length) return null;
    return el("table", { class: "work sums" }, el("caption", {}, W.unpriced_title), el("tbody", {}, found.slice(0, 100).map((row) =>
      el("tr", {}, el("th", { scope: "row" }, D.dealLink(row), el("span", {}, [row.client, row.id].filter(Boolean).join(" · "))), el("td", {}, row.lead),
        el("td", { class: "num" }, D.money(row.unpriced, cur))))),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, W.total), el("td"), cell(sum({ cur, show: "unpriced" }).unpriced, { cur, show: "unpriced" }))));
  };

  const currencies = [...new Set(rows.flatMap((row) => [...row.lines.map((line) => line.cur), ...(row.unpriced ? [row.cur] : [])]))].sort();
  const sections = currencies.map((cur) => {
    return el("section", {}, el("h2", {}, cur), el("div", { class: "two" }, el("div", {}, ageing(cur), unpriced(cur)), el("div", {}, byMonth(cur))));
  });
  if (document.body.dataset.page === "money") place.replaceChildren(...(sections.length ? sections : [el("p", { class: "soft" }, W.money_none)]));
  globalThis.sheetrecordMoney = { ageing, byMonth, unpriced, currencies, sum, cell };
})();
