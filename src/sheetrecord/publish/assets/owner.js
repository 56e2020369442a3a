"use strict";
/* The portfolio: deadlines by lead, what clashes, cash to come, what is unpriced and by whom, handovers in
   flight. Every number opens the work list filtered to what it adds up. */
(() => {
  const D = globalThis.sheetrecordDraw, money = globalThis.sheetrecordMoney;
  const place = document.getElementById("portfolio");
  if (!D || !money || !place) return;
  const { W, R, asof, el, say, rows } = D;

  const made = D.grid(rows, 26, (n, says, parts) => el("a", { href: D.listed(parts), "aria-label": says }, String(n)));
  const load = el("section", { class: "panel scroll", tabindex: "0", "aria-labelledby": "h-load" },
    el("div", { class: "panel-head" }, el("h2", { id: "h-load" }, W.load_title), el("p", {}, D.clashes(made.clashes))),
    made.any ? made.table : el("p", { class: "soft" }, W.no_deadlines));

  const byClient = new Map();
  for (const row of rows) {
    if (!row.deadline || row.deadline < asof || !row.client) continue;
    if (!byClient.has(row.client)) byClient.set(row.client, []);
    byClient.get(row.client).push(row);
  }
  const clashing = [...byClient].map(([client, of]) => {
    const days = of.map((row) => row.deadline).sort((a, b) => a - b);
    const at = days.findIndex((day, i) => i + 1 < days.length && days[i + 1] - day <= 14);
    const end = at < 0 ? 0 : days.filter((day) => day >= days[at] && day <= days[at] + 14).length;
    return { client, from: at < 0 ? 0 : days[at], n: end };
  }).filter((one) => one.n > 1).sort((a, b) => a.from - b.from || R.compare(a.client, b.client));
  const clash = el("section", { "aria-labelledby": "h-clash" }, el("h2", { id: "h-clash" }, W.client_clash),
    clashing.length ? el("table", { class: "work sums" }, el("tbody", {}, clashing.map((one) => el("tr", {},
      el("th", { scope: "row" }, el("a", { href: D.listed({ client: one.client, sort: "due" }) }, one.client)),
      el("td", {}, say("clash_says", { n: one.n, day: D.near(one.from) })))))) : el("p", { class: "soft" }, W.clash_none));

  const promisers = (cur) => {
    const found = new Map();
    for (const row of rows) if (row.cur === cur) for (const [who, part] of row.promised) found.set(who, (found.get(who) || 0) + part);
    const list = [...found].sort((a, b) => b[1] - a[1] || R.compare(a[0], b[0]));
    if (!list.length) return null;
    return el("table", { class: "work sums" }, el("caption", {}, W.by_promiser), el("tbody", {}, list.map(([who, amount]) =>
      el("tr", {}, el("th", { scope: "row" }, who || W.nobody_known), money.cell(amount, { cur, by: who || R.NOBODY, show: "unpriced" })))));
  };
  const cash = money.currencies.map((cur) => el("section", {}, el("h2", {}, `${W.col_money}, ${cur}`),
    el("div", { class: "two" }, el("div", {}, money.byMonth(cur)), el("div", {}, money.ageing(cur), promisers(cur), money.unpriced(cur)))));

  const waiting = rows.filter((row) => ["not_ready", "ready", "offered", "returned"].includes(row.handover))
    .sort((a, b) => (a.handover_on || 1e9) - (b.handover_on || 1e9) || R.compare(a.id, b.id));
  const counts = ["returned", "offered", "ready", "not_ready"].map((code) => [code, waiting.filter((row) => row.handover === code).length]).filter(([, n]) => n);
  const flight = el("section", { "aria-labelledby": "h-flight" }, el("h2", { id: "h-flight" }, W.in_flight),
    counts.length ? el("p", { class: "lead" }, counts.map(([code, n]) => el("a", { href: D.listed({ handover: code }) }, `${n} ${D.label("handover_state", code)}`))) : "",
    waiting.length ? el("table", { class: "work sums" }, el("tbody", {}, waiting.slice(0, 50).map((row) => el("tr", {},
      el("th", { scope: "row" }, D.dealLink(row), el("span", {}, [row.client, row.id].filter(Boolean).join(" · "))),
      el("td", {}, el("span", { class: `chip ${row.handover === "returned" ? "late" : "due"}` }, D.label("handover_state", row.handover))),
      el("td", {}, row.handover_on ? D.rel(row.handover_on) : ""), el("td", {}, row.lead || W.nobody_leads))))) : el("p", { class: "soft" }, W.in_flight_none));

  place.replaceChildren(load, el("div", { class: "two apart" }, flight, clash), ...cash);
})();
