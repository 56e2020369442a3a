"use strict";
/* The search of the pages and the line that says when they were made. Everything is written as
   text, never as markup. Without this script the pages are whole; only the search is missing. */
(() => {
  const root = document.documentElement.dataset.root || "";
  const PAGE = 40;

  const fold = (text) =>
    text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase()
      .replace(/\p{Mn}/gu, "").replace(/\u03c2/g, "\u03c3")
      .split(/\s+/u).filter(Boolean).join(" ");

  const terms = (query) => {
    const pieces = fold(query).replace(/[\u201c\u201d]/g, '"').split('"');
    const phrases = pieces.filter((_, i) => i % 2 === 1).map((p) => p.trim());
    const words = pieces.filter((_, i) => i % 2 === 0).flatMap((p) => p.split(" "));
    return [...phrases, ...words].filter(Boolean);
  };

  const FIELDS = [[3, "said"], [2, "who"], [2, "title"], [1, "source"]];
  const prepare = (entry) => {
    entry.folded = fold(entry.words);
    entry.fields = FIELDS.map(([weight, name]) => [weight, fold(entry[name])]);
  };

  /* The order is that of core/find.py: tests hold the two together. */
  const search = (entries, query) => {
    const wanted = terms(query);
    if (!wanted.length) return [];
    const phrase = fold(fold(query).replace(/["\u201c\u201d]/g, " "));
    const rank = (entry) => {
      let score = 0;
      if (entry.fields.some(([, text]) => text.includes(phrase))) score += 8;
      if (entry.fields.some(([, text]) => wanted.every((term) => text.includes(term)))) score += 4;
      return score + Math.max(0, ...entry.fields.filter(([, text]) => wanted.some((term) => text.includes(term))).map(([weight]) => weight));
    };
    const found = entries.filter((entry) => {
      if (!entry.folded) prepare(entry);
      return wanted.every((term) => entry.folded.includes(term));
    }).map((entry, at) => ({ entry, at, score: rank(entry) }));
    found.sort((a, b) => b.score - a.score || a.entry.settled - b.entry.settled ||
      (a.entry.when < b.entry.when ? 1 : a.entry.when > b.entry.when ? -1 : a.at - b.at));
    const deals = new Map();
    for (const { entry } of found) {
      if (!deals.has(entry.deal)) deals.set(entry.deal, []);
      deals.get(entry.deal).push(entry);
    }
    return [...deals.values()].flat();
  };

  /* A text in pieces: [words, whether they were looked for]. A letter is folded by itself, so that it is
     known where in the text it stands. */
  const pieces = (text, wanted) => {
    let folded = "";
    const from = [], to = [];
    let at = 0;
    for (const letter of text) {
      const plain = /\s/u.test(letter) ? (folded.endsWith(" ") ? "" : " ") : fold(letter);
      for (let i = 0; i < plain.length; i += 1) {
        from.push(at);
        to.push(at + letter.length);
      }
      folded += plain;
      at += letter.length;
    }
    const spans = [];
    for (const term of wanted)
      for (let i = folded.indexOf(term); i >= 0; i = folded.indexOf(term, i + term.length))
        spans.push([from[i], to[i + term.length - 1]]);
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const made = [];
    let done = 0;
    for (const [start, end] of spans) {
      if (start < done) continue;
      if (start > done) made.push([text.slice(done, start), false]);
      made.push([text.slice(start, end), true]);
      done = end;
    }
    if (done < text.length) made.push([text.slice(done), false]);
    return made;
  };

  /* One shard: [[title, page, [[anchor, kind, text, who, when, source, outcome, settled], ...]], ...] */
  const read = (shard) =>
    shard.flatMap(([title, page, rows]) =>
      rows.map(([anchor, kind, text, who, when, source, outcome, settled]) => ({
        title, page, anchor, kind, text, who, when, source, outcome, settled,
        deal: page || title, said: `${kind} ${text}`, words: [title, kind, text, who, source].join(" "),
      })));

  if (typeof module !== "undefined") {
    module.exports = { fold, terms, search, read, pieces };
    return;
  }

  const told = globalThis.sheetrecordAsof;
  const W = (globalThis.sheetrecordWords || {}).w || {};
  const say = (key, n) => (W[key] || "").replace("{n}", n);
  const rel = (n) => (n === 0 ? W.today_word : n === 1 ? W.tomorrow : n === -1 ? W.yesterday
    : n < 0 ? say("days_ago", -n) : say("in_days", n));

  const stamp = () => {
    for (const place of document.querySelectorAll("[data-stamp]")) place.textContent = `${told.text} · ${told.made}`;
    for (const place of document.querySelectorAll("[data-asof]")) place.textContent = told.text;
  };

  /* A day is printed as a day. How far off it is on the day of the view, and that it is late, is said here:
     data-then is a class once the day is over, data-say other words then, data-late "n days late",
     data-rel and data-words how far off. */
  const days = () => {
    const today = Date.parse(told.day);
    for (const place of document.querySelectorAll("[data-on]")) {
      const n = Math.round((Date.parse(place.dataset.on) - today) / 864e5);
      const then = place.dataset.then;
      if (n < 0 && then) {
        if (then.startsWith("t-")) place.classList.remove("t-due");
        place.classList.remove("due");
        place.classList.add(then);
      }
      if (n < 0 && place.dataset.say) place.textContent = place.dataset.say;
      if (n < 0 && "late" in place.dataset)
        place.textContent = place.dataset.late || (n === -1 ? W.late_since_one : say("late_since", -n));
      if ("rel" in place.dataset) place.append(`, ${rel(n)}`);
      if ("words" in place.dataset) place.textContent = rel(n);
    }
    for (const chart of document.querySelectorAll("svg[data-first]")) today_in(chart, today);
  };

  /* What can be copied is marked so; the buttons are made here, so that nothing dead is shown. Where
     a page may not use the clipboard (a host without https) the text is selected instead. */
  const copies = () => {
    for (const place of document.querySelectorAll("[data-copy]")) {
      const button = element("button", "copy", W.copy);
      button.type = "button";
      button.setAttribute("aria-label", W.copy_what.replace("{what}", place.dataset.copy));
      const state = element("span", "copied");
      state.setAttribute("role", "status");
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(place.dataset.copy);
          state.textContent = W.copied;
        } catch {
          getSelection().selectAllChildren(place);
          state.textContent = W.copy_by_hand;
        }
      });
      place.after(" ", button, " ", state);
    }
  };

  /* The workbook beside a view that was opened as a file; Excel on a Mac opens from a window of its own. */
  const ways = () => {
    for (const place of document.querySelectorAll("[data-beside]")) {
      if (location.protocol !== "file:" || !told.book) continue;
      const link = element("a", "", W.open_beside);
      link.href = root + told.book.split("/").map(encodeURIComponent).join("/");
      place.append(" · ", link);
    }
    for (const link of document.querySelectorAll("a[data-app]"))
      link.addEventListener("click", (event) => {
        if (!navigator.userAgent.includes("Mac OS")) return;
        event.preventDefault();
        window.open(link.href);
      });
  };

  const today_in = (chart, today) => {
    const { first, last, low } = chart.dataset;
    const start = Date.parse(first), end = Date.parse(last), far = 90 * 864e5;
    if (today < start - far || today > end + far) return;
    const share = Math.min(1, Math.max(0, (today - start) / Math.max(864e5, end - start)));
    const x = today < start ? 1 : today > end ? 99 : 3 + 94 * share;
    const part = (name, given, text) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
      if (text) made.textContent = text;
      return made;
    };
    const anchor = x < 8 ? "start" : x > 92 ? "end" : "middle";
    chart.append(part("line", { class: "t-today", x1: `${x}%`, x2: `${x}%`, y1: 2, y2: low - 12 }),
      part("text", { class: "t-label", x: `${x}%`, y: Number(low) + 2, "text-anchor": anchor }, W.today));
  };

  const script = (src) =>
    new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = root + src;
      tag.onload = done;
      tag.onerror = failed;
      document.head.append(tag);
    });

  let loading;
  const load = () => {
    loading ??= (async () => {
      const shards = new Map();
      globalThis.sheetrecordShard = (number, rows) => shards.set(number, rows);
      await script("data/find.js");
      const count = globalThis.sheetrecordShards;
      await Promise.all(Array.from({ length: count }, (_, i) => script(`data/find-${i}.js`)));
      return Array.from({ length: count }, (_, i) => read(shards.get(i))).flat();
    })();
    return loading;
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const marked = (place, text, wanted) => {
    for (const [words, found] of pieces(text, wanted)) place.append(found ? element("mark", "", words) : words);
    return place;
  };

  const item = (entry, wanted, first) => {
    const row = element("li", "hit");
    if (first) row.append(marked(element("p", "hit-deal"), entry.title, wanted));
    const head = element("p", "hit-head");
    if (entry.kind) head.append(marked(element("span", "hit-kind"), entry.kind, wanted));
    if (entry.outcome) head.append(element("span", "chip", entry.outcome));
    const words = element("p", "hit-text");
    const link = element(entry.page ? "a" : "span");
    if (entry.page) link.href = root + entry.page + (entry.anchor ? "#" + entry.anchor : "");
    words.append(marked(link, entry.text || entry.title, wanted));
    const from = marked(element("p", "meta"), [entry.who, entry.when, entry.source].filter(Boolean).join(" · "), wanted);
    row.append(head, words, from);
    return row;
  };

  const show = (form, entries, query, from) => {
    const out = document.getElementById("results");
    const list = out.querySelector("ol");
    const more = out.querySelector("button");
    const wanted = terms(query);
    if (!from) list.replaceChildren();
    const of = (entry, at) => item(entry, wanted, at === 0 || entries[from + at - 1]?.deal !== entry.deal);
    list.append(...entries.slice(from, from + PAGE).map(of));
    more.hidden = from + PAGE >= entries.length;
    more.onclick = () => show(form, entries, query, from + PAGE);
    const words = form.dataset;
    const deals = new Set(entries.map((entry) => entry.deal)).size;
    const told = (deals === 1 ? words.one : words.some).replace("{hits}", entries.length).replace("{deals}", deals);
    out.querySelector("[role=status]").textContent = entries.length ? `${told} “${query}”` : `${words.none} “${query}”`;
    out.hidden = false;
  };

  /* Down and up lead from the search through what was found; Enter opens it, Escape leads back. */
  const walk = (event) => {
    if (!["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
    const links = [...document.querySelectorAll("#results a")];
    const box = document.getElementById("q");
    const at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== box) return;
    if (event.key === "Escape" && at < 0) return;
    const next = event.key === "Escape" ? box : event.key === "ArrowDown" ? links[at + 1] : at > 0 ? links[at - 1] : box;
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  let asked = 0;
  const look = async (form) => {
    const query = form.elements.q.value.trim();
    const out = document.getElementById("results");
    const turn = ++asked;
    if (!terms(query).length) {
      out.hidden = true;
      return;
    }
    try {
      const entries = await load();
      if (turn === asked) show(form, search(entries, query), query, 0);
    } catch {
      out.querySelector("[role=status]").textContent = form.dataset.failed;
      out.hidden = false;
    }
  };

  if (told) {
    stamp();
    days();
    copies();
    ways();
  }
  const form = document.querySelector("form[role=search]");
  if (!form || !document.getElementById("results")) return;
  let pause;
  form.elements.q.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, 120, form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look(form);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    form.elements.q.focus();
  });
  document.addEventListener("keydown", walk);
  const given = new URLSearchParams(location.search).get("q");
  if (given) {
    form.elements.q.value = given;
    look(form);
  }
})();
