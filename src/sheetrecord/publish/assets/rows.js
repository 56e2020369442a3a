"use strict";
/* What of the work list somebody looks at: filter, group, order and sums, from data/list.js. The
   rules are those of core/view/worklist_state.py. Days are whole numbers, as spreadsheets count them;
   0 is none. Nothing here touches a page. */
((there) => {
  const FIRST = Date.UTC(1899, 11, 30), DAY = 864e5, NOBODY = "-", FAR = 1e9;
  const FIELDS = ["lead", "status", "client", "show", "cur", "week", "month", "money", "by", "handover", "group", "sort"];
  const GROUPS = ["overdue", "today", "this_week", "next_week", "later", "none"];
  const USUAL = { group: "date", sort: "step" };
  const KINDS = ["owed", "kept", "planned", "hanging"];

  const serial = (iso) => Math.round((Date.parse(iso + "T00:00:00Z") - FIRST) / DAY);
  const iso = (day) => new Date(FIRST + day * DAY).toISOString().slice(0, 10);
  const monday = (day) => day - ((day + 5) % 7);

  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase()
      .replace(/\p{Mn}/gu, "").replace(/\u03c2/g, "\u03c3")
      .split(/\s+/u).filter(Boolean).join(" ");

  /* list.js names its columns once; what an audience may not see is not among them. */
  const read = (list) => {
    const blank = {
      id: "", page: 0, name: "", client: "", lead: "", part: "", status: "", step: "", step_on: 0, deadline: 0,
      why: "", gap: null, issues: 0, unpriced: 0, cur: "", lines: [], promise_on: 0, handover: "",
      handover_on: 0, conflicts: 0, promised: [],
    };
    const listed = new Set(["lines", "promised"]);
    const texts = list.texts || [];
    return list.rows.map((cells) => {
      const row = { ...blank };
      list.heads.forEach((head, at) => {
        if (at >= cells.length) return;
        row[head] = Array.isArray(cells[at]) && !listed.has(head) ? texts[cells[at][0]] : cells[at];
      });
      row.lines = row.lines.map(([on, amount, kind, cur]) => ({ on, amount, kind: KINDS[kind], cur: cur || row.cur }));
      return row;
    });
  };

  const look = (address) => {
    const told = { ...USUAL };
    for (const field of FIELDS) told[field] ??= "";
    for (const [key, word] of new URLSearchParams(address)) if (FIELDS.includes(key)) told[key] = word;
    return told;
  };

  const address = (asked) => {
    const told = new URLSearchParams();
    for (const field of FIELDS) if (asked[field] && asked[field] !== USUAL[field]) told.set(field, asked[field]);
    return told.toString();
  };

  const needs = (row, day) => [
    ["step", row.step_on && row.step_on <= day],
    ["deadline", row.deadline && row.deadline <= day],
    ["promise", row.promise_on && row.promise_on < day],
    ["handover", row.handover === "offered" || row.handover === "returned"],
    ["conflict", row.conflicts > 0],
  ].filter(([, holds]) => holds).map(([reason]) => reason);

  const isLate = (line, day) => line.kind === "owed" && line.amount > 0 && line.on !== 0 && line.on < day;
  const isSoon = (row, day) => row.deadline !== 0 && day <= row.deadline && row.deadline <= day + 30;

  const age = (line, day) => {
    if (line.kind !== "owed" || line.amount <= 0) return "";
    if (!isLate(line, day)) return "not_due";
    const late = day - line.on;
    return late > 90 ? "d90_plus" : ["d1_30", "d31_60", "d61_90"][Math.floor((late - 1) / 30)];
  };

  const monthOf = (line) => (line.on ? iso(line.on).slice(0, 7) : NOBODY);
  const lines = (row, asked, day) => row.lines.filter((line) => {
    if (asked.cur && line.cur !== asked.cur) return false;
    if (asked.month && asked.month !== monthOf(line)) return false;
    if (asked.show === "overdue" && !isLate(line, day)) return false;
    if (!asked.money || asked.money === line.kind || asked.money === age(line, day)) return true;
    const certain = line.kind === "owed" || line.kind === "kept";
    return asked.money === "certain" ? certain : asked.money === "uncertain" && !certain;
  });

  const unpriced = (row, asked) => {
    if (asked.cur && asked.cur !== row.cur) return 0;
    if (!asked.by) return row.unpriced;
    return row.promised.reduce((sum, [who, part]) => sum + ((who || NOBODY) === asked.by ? part : 0), 0);
  };

  const SHOWS = {
    now: (row, asked, day) => needs(row, day).length > 0,
    soon: (row, asked, day) => isSoon(row, day),
    unpriced: (row, asked) => unpriced(row, asked) !== 0,
    tocome: (row, asked, day) => lines(row, asked, day).length > 0,
    overdue: (row, asked, day) => lines(row, asked, day).length > 0,
  };

  const passes = (row, asked, day) =>
    ["lead", "status", "client", "handover"].every((key) => !asked[key] || asked[key] === (row[key] || NOBODY)) &&
    (!asked.week || (row.deadline !== 0 && asked.week === iso(monday(row.deadline)))) &&
    (!(asked.month || asked.money) || lines(row, asked, day).length > 0) &&
    (!asked.by || unpriced(row, asked) !== 0) &&
    (!Object.hasOwn(SHOWS, asked.show) || SHOWS[asked.show](row, asked, day));

  const ORDERS = {
    deal: (row) => (row.folded ??= fold(row.name)),
    step: (row) => row.step_on || FAR,
    due: (row) => row.deadline || FAR,
    status: (row) => row.status,
    unpriced: unpriced,
    money: (row, asked, day) =>
      lines(row, asked, day).reduce((sum, line) => sum + (line.cur === row.cur ? line.amount : 0), 0),
    lead: (row) => fold(row.lead),
  };

  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  const shown = (rows, asked, day) => {
    const down = asked.sort.startsWith("-");
    const key = asked.sort.replace(/^-/, "");
    const order = Object.hasOwn(ORDERS, key) ? ORDERS[key] : ORDERS.step;
    return rows
      .filter((row) => passes(row, asked, day))
      .map((row) => [order(row, asked, day), row])
      .sort(([a, one], [b, two]) => (down ? compare(b, a) : compare(a, b)) || compare(one.id, two.id))
      .map(([, row]) => row);
  };

  const sums = (rows, asked, day) => {
    const found = new Map();
    const of = (cur) => {
      if (!found.has(cur)) found.set(cur, { unpriced: 0, toCome: 0, overdue: 0 });
      return found.get(cur);
    };
    for (const row of rows) {
      const open = unpriced(row, asked);
      if (open) of(row.cur).unpriced += open;
      for (const line of lines(row, asked, day)) {
        const sum = of(line.cur);
        sum.toCome += line.amount;
        if (isLate(line, day)) sum.overdue += line.amount;
      }
    }
    return found;
  };

  const when = (on, day) => {
    if (!on) return "none";
    if (on <= day) return on === day ? "today" : "overdue";
    return ["this_week", "next_week"][Math.floor((on - monday(day)) / 7)] || "later";
  };

  const group = (row, asked, day) =>
    ["lead", "client", "status"].includes(asked.group) ? row[asked.group] || NOBODY : when(row.step_on, day);

  /* Real deadlines by lead and Monday, from the day's week on. */
  const grid = (rows, day, weeks) => {
    const first = monday(day), found = new Map();
    for (const row of rows) {
      if (!row.deadline || row.deadline < first || row.deadline >= first + 7 * weeks) continue;
      if (!found.has(row.lead)) found.set(row.lead, new Map());
      const of = found.get(row.lead), week = monday(row.deadline);
      if (!of.has(week)) of.set(week, []);
      of.get(week).push(row);
    }
    return found;
  };

  const all = { NOBODY, GROUPS, serial, iso, monday, fold, read, look, address, needs, isLate, isSoon, age,
    monthOf, lines, unpriced, shown, sums, when, group, grid, compare };
  if (there.module) there.module.exports = all;
  else globalThis.sheetrecordRows = all;
})(typeof module === "undefined" ? {} : { module });
