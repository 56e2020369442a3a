"use strict";
/* The work list: whose deals, the four figures, real deadlines by week, what changed, the list. What is
   shown stands in the address after #, so that a view can be sent and kept. */
(() => {
  const D = globalThis.sheetrecordDraw;
  if (!D) return;
  const { W, R, asof, heads, el, say, rows } = D;
  const PAGE = 200;
  const at = (id) => document.getElementById(id);
  const memory = {
    get: (key) => { try { return localStorage.getItem(`sheetrecord.${key}`); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(`sheetrecord.${key}`, value); } catch { /* private */ } },
  };
  const changes = globalThis.sheetrecordList.changes || { first: 0, rows: [] };
  const byId = new Map(rows.map((row) => [row.id, row]));
  const seen = Number(memory.get("seen")) || 0;
  let asked, limit = PAGE, since = memory.get("since") === "visit" && seen ? "visit" : "week";

  const fromAddress = () => {
    asked = R.look(location.hash.slice(1));
    if (!location.hash && memory.get("lead")) asked.lead = memory.get("lead");
    limit = PAGE;
  };
  const ask = (parts, keep = document.activeElement && document.activeElement.dataset.key) => {
    asked = { ...asked, ...parts };
    limit = PAGE;
    history.replaceState(null, "", `#${R.address(asked) || "all"}`);
    draw();
    const again = keep && [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === keep);
    if (again) again.focus();
  };
  const toggled = (parts) => {
    const on = Object.entries(parts).every(([key, value]) => asked[key] === value);
    return on ? Object.fromEntries(Object.keys(parts).map((key) => [key, ""])) : parts;
  };
  const mine = () => rows.filter((row) => !asked.lead || asked.lead === (row.lead || R.NOBODY));

  /* Whose deals */
  const picker = () => {
    if (!heads.has("lead")) return;
    const options = D.leads(rows).map((lead) => [lead || R.NOBODY, lead || W.nobody_leads]);
    at("whose").replaceChildren(select("lead", W.whose, [["", W.everyone], ...options], (lead) => {
      memory.set("lead", lead);
      ask({ lead });
    }));
  };
  const select = (key, name, options, change = (value) => ask({ [key]: value })) =>
    el("select", { "aria-label": name, "data-key": key, onchange: (event) => change(event.target.value) },
      options.map(([value, text]) => {
        const made = el("option", {}, text.length > 48 ? `${text.slice(0, 47)}…` : text);
        made.value = value;
        made.selected = asked[key] === value;
        return made;
      }));

  /* Figures */
  const figure = (parts, number, text, tone, below) =>
    el("button", {
      type: "button", "data-key": JSON.stringify(parts),
      "aria-pressed": String(Object.entries(parts).every(([key, value]) => asked[key] === value)),
      onclick: () => ask(toggled(parts)),
    }, el("strong", { class: tone }, number), " ", el("span", {}, text, below ? el("b", {}, below) : ""));
  const figures = () => {
    const of = mine(), plain = R.look("");
    const now = of.filter((row) => R.needs(row, asof).length).length;
    const made = [figure({ show: "now", cur: "" }, String(now), W.fig_now, now ? "late" : "")];
    if (heads.has("deadline"))
      made.push(figure({ show: "soon", cur: "" }, String(of.filter((row) => R.isSoon(row, asof)).length), W.fig_soon));
    const sums = [...R.sums(of, plain, asof)].sort(([a], [b]) => R.compare(a, b));
    const several = sums.length > 1;
    if (heads.has("unpriced")) {
      const some = sums.filter(([, sum]) => sum.unpriced);
      for (const [cur, sum] of some.length ? some : [["", { unpriced: 0 }]])
        made.push(figure({ show: "unpriced", cur: several ? cur : "" }, D.number(sum.unpriced, cur), `${cur} ${W.fig_unpriced}`.trim(), sum.unpriced ? "client" : ""));
    }
    if (heads.has("lines")) {
      for (const [cur, sum] of sums.filter(([, one]) => one.toCome || one.overdue || !several)) {
        const late = sum.overdue ? say("overdue_sum", { amount: D.number(sum.overdue, cur) }) : "";
        made.push(figure({ show: "tocome", cur: several ? cur : "" }, D.number(sum.toCome, cur), `${cur} ${W.fig_tocome}`));
        if (late) made.push(figure({ show: "overdue", cur: several ? cur : "" }, D.number(sum.overdue, cur), `${cur} ${W.overdue_group.toLowerCase()}`, "late"));
      }
    }
    at("figures").replaceChildren(...made);
  };

  /* Real deadlines by week and lead */
  const weeks = () => {
    const panel = at("weeks");
    if (!panel) return;
    const made = D.grid(mine(), 14, (n, says, parts) => {
      const on = asked.week === parts.week && asked.lead === parts.lead;
      return el("button", { type: "button", "aria-label": says, "aria-pressed": String(on), "data-key": parts.week + parts.lead,
        onclick: () => ask(asked.week === parts.week ? { week: "" } : parts) }, String(n));
    });
    panel.querySelector("table, .soft").replaceWith(made.any ? made.table : el("p", { class: "soft" }, W.no_deadlines));
    at("collisions").textContent = made.any ? D.clashes(made.clashes) : "";
  };

  /* Changed since */
  const lately = () => {
    const from = since === "visit" ? seen : asof - 7;
    return changes.rows.filter(([, , , , on]) => on > from || (since === "visit" && on === from));
  };
  const dots = new Set();
  const changed = () => {
    const panel = at("changed");
    const found = lately().filter(([id]) => { const row = byId.get(id); return !asked.lead || (row && (row.lead || R.NOBODY) === asked.lead); });
    dots.clear();
    for (const [id] of found) dots.add(id);
    const start = since === "visit" ? seen : Math.max(asof - 7, changes.first || 0);
    panel.querySelector("h2").textContent = changes.first ? say("changed", { day: D.near(start) }) : W.changed_title || say("changed", { day: D.near(asof) });
    at("since").replaceChildren(...(seen && changes.first ? [el("select", { "aria-label": W.since_label, "data-key": "since", onchange: (event) => {
      since = event.target.value;
      memory.set("since", since);
      draw();
    } }, [["week", W.since_week], ["visit", W.since_visit]].map(([value, text]) => {
      const made = el("option", { selected: since === value }, text);
      made.value = value;
      return made;
    }))] : []));
    const line = ([id, head, was, now, on, name, page]) => {
      const row = byId.get(id) || { id, name, page, client: "" };
      return el("li", {}, D.dealLink(row), ` · ${head}: `, was ? [el("del", {}, was), " → "] : "",
        el("strong", {}, now || "–"), " ", el("span", { class: "meta" }, `· ${D.near(on)}`));
    };
    const some = found.slice(0, 5).map(line), rest = found.slice(5);
    const list = el("ul", { class: "changes" }, some);
    const more = rest.length ? el("button", { type: "button", class: "link", onclick: (event) => {
      list.append(...rest.map(line));
      event.target.remove();
    } }, say("changed_more", { n: rest.length })) : "";
    const none = !changes.first || (changes.first >= asof && !found.length) ? W.changed_first : found.length ? "" : W.changed_none;
    for (const old of panel.querySelectorAll("ul, p, button.link")) old.remove();
    if (found.length) panel.append(list);
    if (more) panel.append(more);
    if (none) panel.append(el("p", { class: "soft" }, none));
  };

  /* Filters, groups, and what is filtered by a figure or a page that led here */
  const controls = (found) => {
    const made = [];
    const codes = [...new Set(rows.map((row) => row.status))].sort();
    made.push(select("status", W.col_status, [["", W.every_status], ...codes.map((code) => [code || R.NOBODY, code ? D.statusText(code) : W.no_status_word])]));
    const clients = [...new Set(rows.map((row) => row.client))].filter(Boolean).sort((a, b) => R.compare(R.fold(a), R.fold(b)));
    made.push(select("client", W.client || "", [["", W.every_client], ...clients.map((one) => [one, one])]));
    const groups = [["date", W.by_date], ["lead", W.by_lead], ["client", W.by_client], ["status", W.by_status]];
    made.push(select("group", W.group_by, groups.filter(([key]) => key !== "lead" || heads.has("lead"))));
    const told = filters();
    for (const [text, parts] of told)
      made.push(el("button", { type: "button", class: "chip on", onclick: () => ask(parts) }, say("only", { what: text }), " ×"));
    const any = told.length || asked.status || asked.client || asked.lead;
    made.push(el("p", { class: "count", role: "status", "aria-live": "polite" }, say("shown_of", { n: found.length, all: rows.length })));
    if (any)
      made.push(el("button", { type: "button", class: "link", "data-key": "everything", onclick: () => {
        memory.set("lead", "");
        ask({ ...R.look(""), group: asked.group, sort: asked.sort });
      } }, W.show_everything));
    at("controls").replaceChildren(...made);
  };
  const SHOWN = { now: "fig_now", soon: "fig_soon", unpriced: "fig_unpriced", tocome: "fig_tocome", overdue: "overdue_group" };
  const MONEY = { owed: "certain", kept: "retained_word", planned: "planned", hanging: "hanging", certain: "certain", uncertain: "planned" };
  const filters = () => {
    const found = [];
    const cur = asked.cur ? `${asked.cur} ` : "";
    if (Object.hasOwn(SHOWN, asked.show)) found.push([cur + W[SHOWN[asked.show]], { show: "", cur: "" }]);
    else if (cur) found.push([cur, { cur: "" }]);
    if (/^\d{4}-\d\d-\d\d$/.test(asked.week)) found.push([say("week_of", { day: D.near(R.serial(asked.week)) }), { week: "" }]);
    if (asked.month) found.push([D.month(asked.month), { month: "" }]);
    if (asked.money) found.push([Object.hasOwn(MONEY, asked.money) ? W[MONEY[asked.money]] : D.label("ageing", asked.money), { money: "" }]);
    if (asked.by) found.push([asked.by === R.NOBODY ? W.nobody_known : asked.by, { by: "" }]);
    if (asked.handover) found.push([D.label("handover_state", asked.handover), { handover: "" }]);
    return found;
  };

  /* The list */
  const COLUMNS = [["deal", "name"], ["step", "step"], ["due", "deadline"], ["status", "status"], ["unpriced", "unpriced"], ["money", "lines"], ["lead", "lead"]]
    .filter(([, head]) => heads.has(head)).map(([key]) => key);
  const NUMERIC = new Set(["unpriced", "money"]);
  const coins = new Set(rows.flatMap((row) => [row.cur, ...row.lines.map((line) => line.cur)]).filter(Boolean));
  const by = (minor, cur) => (minor ? el("div", {}, coins.size > 1 ? D.money(minor, cur) : D.number(minor, cur)) : "");
  const CELLS = {
    step: (row) => {
      const told = [row.step ? el("span", { class: "clamp" }, row.step) : ""];
      const tone = row.step_on && row.step_on < asof ? "late" : row.step_on === asof ? "due" : "";
      if (row.step_on) told.push(el("span", { class: tone, "data-on": R.iso(row.step_on) }, `${D.near(row.step_on)}, ${D.rel(row.step_on)}`));
      return told;
    },
    due: (row) => {
      if (!row.deadline) return [];
      const early = row.gap > 0 ? `, ${say("before_contract", { n: row.gap })}` : "";
      const tone = row.deadline < asof ? "late" : early ? "clock" : "";
      return [`${D.near(row.deadline)}${row.why ? " · " + row.why : ""}`, el("span", { class: tone }, `${D.rel(row.deadline)}${early}`)];
    },
    status: (row) => {
      const why = R.needs(row, asof), told = [D.statusOf(row)], below = [];
      if (row.issues) below.push(row.issues === 1 ? W.issue_one : say("issue_many", { n: row.issues }));
      if (why.includes("conflict")) below.push(W.conflict_here);
      if (why.includes("handover")) below.push(row.handover_on && row.handover_on < asof ? say("handover_waits_n", { n: asof - row.handover_on }) : W.handover_waits);
      if (below.length) told.push(el("span", { class: why.includes("handover") || why.includes("conflict") ? "late" : "" }, below.join(" · ")));
      return told;
    },
    unpriced: (row) => by(R.unpriced(row, asked), row.cur),
    money: (row) => [...R.sums([row], asked, asof)].map(([cur, sum]) => [
      by(sum.toCome, cur), sum.overdue ? el("span", { class: "late" }, say("overdue_sum", { amount: D.number(sum.overdue, cur) })) : ""]),
    lead: (row) => row.lead || el("span", {}, W.nobody_leads),
  };
  const dealCell = (row) => el("th", { scope: "row" },
    dots.has(row.id) ? el("i", { class: "dot", role: "img", "aria-label": W.is_changed, title: W.is_changed }) : "",
    D.dealLink(row), el("span", {}, [row.client, row.id || W.no_page].filter(Boolean).join(" · ")));
  const line = (row) => el("tr", {}, COLUMNS.map((key) => (key === "deal" ? dealCell(row)
    : el("td", { class: `c-${key}${NUMERIC.has(key) ? " num" : ""}`, "data-label": key === "unpriced" && row.unpriced ? W.col_unpriced : null }, CELLS[key](row)))));
  const head = () => el("thead", {}, el("tr", {}, COLUMNS.map((key) => {
    const now = asked.sort.replace(/^-/, "") === key, down = asked.sort.startsWith("-");
    const next = now && !down ? `-${key}` : key;
    return el("th", { scope: "col", class: NUMERIC.has(key) ? "num" : "", "aria-sort": now ? (down ? "descending" : "ascending") : null },
      el("button", { type: "button", "data-key": `sort-${key}`, onclick: () => ask({ sort: next }) }, W[`col_${key}`], NUMERIC.has(key) && coins.size === 1 ? `, ${[...coins][0]}` : "", now ? el("span", { "aria-hidden": "true" }, down ? " ↓" : " ↑") : ""));
  })));
  const groupName = (key) => {
    if (asked.group === "lead") return key === R.NOBODY ? W.nobody_leads : key;
    if (asked.group === "status") return key === R.NOBODY ? W.no_status_word : D.statusText(key);
    if (asked.group === "client") return key === R.NOBODY ? "–" : key;
    return W[{ overdue: "overdue_group", today: "today_group", later: "later_group", none: "none_group" }[key] || key];
  };
  const grouped = (found) => {
    const groups = new Map();
    for (const row of found) {
      const key = R.group(row, asked, asof);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(row);
    }
    const rank = (key) => (asked.group === "date" ? R.GROUPS.indexOf(key) : key === R.NOBODY ? "\uffff" : R.fold(groupName(key)));
    return [...groups].sort(([a], [b]) => R.compare(rank(a), rank(b)));
  };
  const total = (found) => {
    const sums = [...R.sums(found, asked, asof)].sort(([a], [b]) => R.compare(a, b));
    const cell = {
      deal: () => el("th", { scope: "row" }, say("total_shown", { n: found.length })),
      unpriced: () => el("td", { class: "num" }, sums.map(([cur, sum]) => by(sum.unpriced, cur))),
      money: () => el("td", { class: "num" }, sums.map(([cur, sum]) => [by(sum.toCome, cur), sum.overdue ? el("span", { class: "late" }, say("overdue_sum", { amount: D.number(sum.overdue, cur) })) : ""])),
    };
    return el("tfoot", {}, el("tr", {}, COLUMNS.map((key) => (cell[key] || (() => el("td")))())));
  };
  const list = (found) => {
    let left = limit;
    const bodies = [];
    for (const [key, of] of grouped(found)) {
      if (left <= 0) break;
      bodies.push(el("tbody", {}, el("tr", { class: "group" }, el("th", { colspan: COLUMNS.length, scope: "rowgroup" },
        groupName(key), " ", el("span", { class: "count" }, String(of.length)))), of.slice(0, left).map(line)));
      left -= of.length;
    }
    const more = found.length - limit;
    at("list").replaceChildren(head(), ...bodies, ...(found.length ? [total(found)] : []));
    at("rest").replaceChildren(!rows.length ? at("rest").textContent : !found.length ? W.nothing_passes : more > 0
      ? el("button", { type: "button", onclick: () => { limit += PAGE; list(found); } }, say("show_next", { n: Math.min(PAGE, more) })) : "");
  };

  const draw = () => {
    const found = R.shown(rows, asked, asof);
    picker();
    figures();
    weeks();
    changed();
    controls(found);
    list(found);
  };

  globalThis.addEventListener("hashchange", () => { fromAddress(); draw(); });
  fromAddress();
  draw();
  memory.set("seen", String(asof));
})();
