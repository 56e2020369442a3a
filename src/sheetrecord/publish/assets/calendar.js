"use strict";
/* The real deadlines of the next twelve months, by month and by week, with names. */
(() => {
  const D = globalThis.sheetrecordDraw;
  if (!D) return;
  const { W, R, asof, el, say, rows } = D;
  const place = document.getElementById("drawn");
  const made = D.grid(rows, 53, (n, says, parts) => el("a", { href: D.listed(parts), "aria-label": says }, String(n)));
  const last = R.iso(asof);
  const end = R.serial(`${Number(last.slice(0, 4)) + 1}${last.slice(4)}`.replace("-02-29", "-02-28"));
  const coming = rows.filter((row) => row.deadline && row.deadline >= R.monday(asof) && row.deadline <= end)
    .sort((a, b) => a.deadline - b.deadline || R.compare(a.id, b.id));
  const months = new Map();
  for (const row of coming) {
    const key = R.iso(row.deadline).slice(0, 7);
    if (!months.has(key)) months.set(key, []);
    months.get(key).push(row);
  }
  const line = (row) => el("tr", {}, el("td", { class: "when" }, D.near(row.deadline)),
    el("th", { scope: "row" }, D.dealLink(row), el("span", {}, [row.client, row.id].filter(Boolean).join(" · "))),
    el("td", {}, row.why), el("td", { class: row.deadline < asof ? "late" : row.gap > 0 ? "clock" : "" },
      D.rel(row.deadline) + (row.gap > 0 ? `, ${say("before_contract", { n: row.gap })}` : "")), el("td", {}, row.lead || W.nobody_leads));
  const heads = el("thead", {}, el("tr", {}, [W.col_due, W.col_deal, "", "", W.col_lead].map((text, i) =>
    el(text ? "th" : "td", text ? { scope: "col" } : {}, i ? text : W.month))));
  place.replaceChildren(...(coming.length ? [
    el("div", { class: "panel scroll", tabindex: "0", role: "region", "aria-label": W.next_months },
      el("div", { class: "panel-head" }, el("h2", {}, W.next_months), el("p", {}, D.clashes(made.clashes))), made.table),
    el("table", { class: "work months" }, heads, [...months].map(([key, of]) => el("tbody", {},
      el("tr", { class: "group" }, el("th", { colspan: 5, scope: "rowgroup" }, D.month(key), " ", el("span", { class: "count" }, String(of.length)))),
      of.map(line)))),
  ] : [el("p", { class: "soft" }, W.no_deadlines)]));
})();
