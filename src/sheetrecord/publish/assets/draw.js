"use strict";
/* How the pages' scripts write days, amounts, links and grids. All content is written as text, never
   as markup. */
(() => {
  const told = globalThis.sheetrecordWords, R = globalThis.sheetrecordRows;
  if (!told || !R || !globalThis.sheetrecordList || !globalThis.sheetrecordAsof) return;
  const W = told.w;
  const asof = R.serial(globalThis.sheetrecordAsof.day);
  const heads = new Set(globalThis.sheetrecordList.heads);

  const el = (name, given = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined || value === null || value === false || value === "") continue;
      if (key === "class") made.className = value;
      else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  };

  const say = (key, parts = {}) => W[key].replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? "");
  const label = (list, code) => (told.labels[list] && told.labels[list][code]) || code;

  const written = (serial, pattern) => {
    const [year, month, day] = R.iso(serial).split("-").map(Number);
    return say(pattern, { day, month: told.months[month - 1], year }).replaceAll(" ", "\u00a0");
  };
  const day = (serial) => written(serial, "day");
  /* The year is said where it is another one. */
  const near = (serial) =>
    R.iso(serial).slice(0, 4) === R.iso(asof).slice(0, 4) ? written(serial, "day_short") : day(serial);
  const month = (key) => (key === R.NOBODY ? W.no_day_yet : `${told.months[Number(key.slice(5)) - 1]}\u00a0${key.slice(0, 4)}`);

  const rel = (serial) => {
    const n = serial - asof;
    if (n === 0) return W.today_word;
    if (n === 1) return W.tomorrow;
    if (n === -1) return W.yesterday;
    return n < 0 ? say("days_ago", { n: -n }) : say("in_days", { n });
  };

  const number = (minor, cur) => {
    const places = told.places[cur] ?? 2, unit = 10 ** places;
    const whole = Math.abs(minor) >= 100 * unit;
    const amount = whole ? Math.round(Math.abs(minor) / unit) : Math.abs(minor) / unit;
    const digits = whole || Number.isInteger(amount) ? 0 : places;
    const [front, back] = amount.toFixed(digits).split(".");
    const grouped = front.replace(/\B(?=(\d{3})+$)/g, W.thousands);
    return (minor < 0 ? "\u2212" : "") + grouped + (back ? W.point + back : "");
  };
  const money = (minor, cur) => (cur ? `${number(minor, cur)}\u00a0${cur}` : number(minor, cur));

  const pageOf = (row) => (row.page === 1 ? `deals/${encodeURIComponent(row.id)}.html` : row.page || "");
  const dealLink = (row) => {
    const name = row.name || W.unnamed, page = pageOf(row);
    return page ? el("a", { href: page }, name) : name;
  };
  const listed = (parts) => {
    const asked = R.address({ ...R.look(""), ...parts });
    return `index.html${asked ? "#" + asked : "#all"}`;
  };

  const TONES = { on_track: "good", at_risk: "due", off_track: "late", done: "good" };
  const statusOf = (row) => {
    if (!row.status) return "";
    const [list, code] = row.status.startsWith("stage:") ? ["stage", row.status.slice(6)] : ["status", row.status];
    return el("span", { class: `chip ${list === "status" ? TONES[code] || "" : ""}`.trim() }, label(list, code));
  };
  const statusText = (status) =>
    status.startsWith("stage:") ? label("stage", status.slice(6)) : label("status", status);

  /* The leads of a list, those with most deals first by name; nobody last. */
  const leads = (rows) => [...new Set(rows.map((row) => row.lead))].sort((a, b) => !a - !b || R.compare(R.fold(a), R.fold(b)));

  const bar = (share, tone) => {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("class", "bar");
    svg.setAttribute("viewBox", "0 0 100 10");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, width] of [["bar-back", 100], [`bar-${tone}`, Math.max(0.6, 100 * share)]]) {
      const rect = document.createElementNS(ns, "rect");
      rect.setAttribute("class", name);
      rect.setAttribute("width", width);
      rect.setAttribute("height", 10);
      svg.append(rect);
    }
    return svg;
  };

  /* Weeks across, people down; a number is a control that shows what it counts. */
  const grid = (rows, weeks, cell) => {
    const found = R.grid(rows, asof, weeks), first = R.monday(asof);
    const all = Array.from({ length: weeks }, (_, i) => first + 7 * i);
    let clashes = 0;
    const every = weeks > 26 ? 4 : 2;
    const body = leads(rows).filter((lead) => found.has(lead)).map((lead) =>
      el("tr", {}, el("th", { scope: "row" }, lead || W.nobody_leads), all.map((week) => {
        const there = found.get(lead).get(week) || [];
        const n = there.length;
        if (n >= 3) clashes += 1;
        if (!n) return el("td");
        const says = say("cell_says", { who: lead || W.nobody_leads, week: say("week_of", { day: near(week) }), n });
        return el("td", { class: `n${Math.min(n, 3)}` }, cell(n, says, { lead: lead || R.NOBODY, week: R.iso(week) }, there));
      })));
    const head = el("thead", {}, el("tr", {}, el("th", { scope: "col" }, el("span", { class: "hidden" }, W.col_lead)),
      all.map((week, i) => el("th", { scope: "col" }, i % every ? el("span", { class: "hidden" }, near(week)) : written(week, "day_short")))));
    return { any: body.length > 0, clashes, table: el("table", { class: "grid" }, head, el("tbody", {}, body)) };
  };
  const clashes = (n) => (n === 0 ? W.collision_none : n === 1 ? W.collision_one : say("collision_many", { n }));

  globalThis.sheetrecordDraw = { W, R, asof, heads, el, say, label, day, near, month, rel, number, money, pageOf,
    dealLink, listed, statusOf, statusText, leads, bar, grid, clashes, rows: R.read(globalThis.sheetrecordList) };
})();
