/** Notes beside the record: read, decided card by card, and written one decision after the other. */

import {say} from "./dom.mjs";
import {choose} from "./files.mjs";
import {t} from "./language.mjs";
import {cellsOf, notesOf} from "./notes.mjs";
import {dealOf} from "./session.mjs";

/** Let somebody choose files with notes. */
export async function chooseNotes(app) {
  const found = await choose({many: true, books: false});
  if (found.length) await app.received(found);
}

/** Read text that was pasted. */
export function pasteNotes(app, text) {
  const bytes = new TextEncoder().encode(text);
  app.session.pending = [{name: "pasted.txt", bytes, kind: "message"}];
  return notesFor(app, app.session.deal);
}

/** Make room for other notes. */
export function moreNotes(app) {
  app.session.notes.delete(app.session.deal);
  app.render();
}

/** Read notes for a deal; proposals come as cards. */
export async function notesFor(app, deal) {
  const {session} = app;
  const files = session.pending.map(({name, bytes}) => ({name, bytes}));
  session.pending = null;
  session.notes.delete(deal);
  const found = notesOf(session, deal);
  const {gate_open: open, to_handover: more} = dealOf(session, deal);
  Object.assign(found, {files, asking: true, most: Math.max(open, more)});
  app.go(deal, "notes");
  await propose(app, deal);
}

/** Ask what the notes of a deal say. */
export async function propose(app, deal) {
  const {session} = app;
  const found = notesOf(session, deal);
  found.asking = true;
  app.render();
  try {
    const us = session.us ? [session.us] : [];
    const {plan} = await app.ask.capture(session.book, deal, found.files, {us}, {by: session.by.trim()});
    found.answer = plan;
    say(t("notes.from", {n: plan.proposals.length, files: found.files.map((one) => one.name).join(", ")}));
  } catch (error) {
    found.error = app.wrong(error);
  }
  found.asking = false;
  app.render();
}

/** Say which domain is ours: who promised what depends on it. */
export function weAre(app, domain) {
  app.session.us = domain;
  return propose(app, app.session.deal);
}

/** Leave what is undecided on the workbook's own list. */
export async function later(app) {
  const {session} = app;
  const {deal} = session;
  const found = notesOf(session);
  await app.writing;
  try {
    const us = session.us ? [session.us] : [];
    await app.write((book, want) => app.ask.capture(book, deal, found.files, {us}, {by: session.by.trim(), want}), t("notes.rest"));
    session.notes.delete(deal);
    app.tell(t("notes.rest.done"), {undo: true});
  } catch (error) {
    app.tell(app.wrong(error).message, {kind: "bad"});
  }
}

/** Decide proposals. The cards close at once; the workbook follows, one decision after the other. */
export function decide(app, proposals, accept) {
  const {session} = app;
  if (!session.by.trim()) {
    app.tell(t("name.first"), {kind: "bad"});
    document.querySelector("[data-key='by']")?.focus();
    return;
  }
  const found = notesOf(session);
  for (const one of proposals) {
    const edits = found.edits.get(one.id) || {};
    const kind = edits.kind || one.kind;
    found.decided.set(one.id, {accept, kind});
    app.queue.push({deal: session.deal, found, decision: {id: one.id, accept, kind, edits: accept ? cellsOf(kind, edits) : {}}});
  }
  session.toast = null;
  app.render();
  focusNext(proposals.at(-1).id);
  app.writing ||= flush(app).finally(() => { app.writing = null; app.render(); });
}

async function flush(app) {
  const {session} = app;
  while (app.queue.length) {
    const [{deal, found}] = app.queue;
    const batch = app.queue.filter((one) => one.deal === deal);
    app.queue = app.queue.filter((one) => one.deal !== deal);
    const decisions = batch.map((one) => one.decision);
    const again = () => { for (const one of decisions) found.decided.delete(one.id); };
    try {
      const args = {us: session.us ? [session.us] : [], decisions, list_rest: false};
      await app.write((book, want) => app.ask.capture(book, deal, found.files, args, {by: session.by.trim(), want}),
        t("notes.undo", {n: decisions.length}), again);
    } catch (error) {
      again();
      app.tell(app.wrong(error).message, {kind: "bad"});
    }
  }
}

/** Put the reader on the next card that is open, else on the way to the handover. */
function focusNext(id) {
  const cards = [...document.querySelectorAll(".card")];
  const at = cards.findIndex((one) => one.dataset.key === `card-${id}`);
  const next = cards.slice(at + 1).find((one) => !one.classList.contains("settled")) || document.querySelector("[data-key='hand-over']");
  next?.focus();
}
