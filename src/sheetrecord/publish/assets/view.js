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

  const search = (entries, query) => {
    const wanted = terms(query);
    if (!wanted.length) return [];
    return entries.filter((entry) => {
      entry.folded ??= fold(entry.words);
      return wanted.every((term) => entry.folded.includes(term));
    });
  };

  /* One shard: [[title, page, [[anchor, kind, text, who, when, source, outcome], ...]], ...] */
  const read = (shard) =>
    shard.flatMap(([title, page, rows]) =>
      rows.map(([anchor, kind, text, who, when, source, outcome]) => ({
        title, page, anchor, kind, text, who, when, source, outcome,
        words: [title, kind, text, who, source].join(" "),
      })));

  if (typeof module !== "undefined") {
    module.exports = { fold, terms, search, read };
    return;
  }

  const stamp = () => {
    const told = globalThis.sheetrecordStamp;
    if (!told) return;
    for (const place of document.querySelectorAll("[data-stamp]")) place.textContent = told;
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

  const item = (entry) => {
    const row = element("li", "hit");
    const head = element("p", "hit-head");
    if (entry.kind) head.append(element("span", "hit-kind", entry.kind));
    if (entry.outcome) head.append(element("span", "chip", entry.outcome));
    const words = element("p", "hit-text", entry.text || entry.title);
    const from = element("p", "meta", [entry.who, entry.when, entry.source].filter(Boolean).join(" · "));
    const place = element("p", "meta");
    if (entry.page) {
      const link = element("a", "", entry.title);
      link.href = root + entry.page + (entry.anchor ? "#" + entry.anchor : "");
      place.append(link);
    } else {
      place.textContent = entry.title;
    }
    row.append(head, words, from, place);
    return row;
  };

  const show = (form, entries, query, from) => {
    const out = document.getElementById("results");
    const list = out.querySelector("ol");
    const more = out.querySelector("button");
    if (!from) list.replaceChildren();
    list.append(...entries.slice(from, from + PAGE).map(item));
    more.hidden = from + PAGE >= entries.length;
    more.onclick = () => show(form, entries, query, from + PAGE);
    const words = form.dataset;
    out.querySelector("[role=status]").textContent =
      entries.length ? `${entries.length} ${words.some} “${query}”` : `${words.none} “${query}”`;
    out.hidden = false;
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

  stamp();
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
  const given = new URLSearchParams(location.search).get("q");
  if (given) {
    form.elements.q.value = given;
    look(form);
  }
})();
