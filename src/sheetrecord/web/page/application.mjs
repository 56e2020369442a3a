/** The page: one session, drawn anew after every change, and everything that can be done with it. */

import {asks} from "./asks.mjs";
import {draw} from "./draw.mjs";
import {h, keepingFocus, say} from "./dom.mjs";
import {forget} from "./fetched.mjs";
import {choose, download, writeBack} from "./files.mjs";
import {current, speak, t} from "./language.mjs";
import {advance, fresh, held, retreat, unsaved} from "./session.mjs";
import {notesFor} from "./deciding.mjs";
import {copies} from "./copying.mjs";

const OF_DEAL = ["missing", "handover", "notes", "changed", "brief"];
const OF_ALL = ["missing", "changed", "view", "merge"];

/** What our own parts say, by its code: the sentence, and what to do. */
const OURS = {
  "engine-failed": ["engine.failed", "engine.failed.do"],
  "engine-ended": ["engine.ended", "engine.ended.do"],
  "engine-timeout": ["engine.timeout", "engine.ended.do"],
  "service-gone": ["service.gone", "service.gone.do"],
  "editing": ["host.editing", "host.editing.do"],
  "moved": ["host.moved", "host.moved.do"],
  "partly": ["host.partly", "host.partly.do"],
  "protected": ["host.protected", "host.protected.do"],
};

/** The page and what can be done on it. */
export class Application {
  constructor(engine, host) {
    this.session = fresh();
    this.host = host;
    this.ask = asks(engine);
    this.queue = [];
    this.writing = null;
    this.told = false;
  }

  /** The engine says how far it is; the page says so where nothing else is shown yet. */
  engineIs(state) {
    const {session} = this;
    const before = session.engine;
    session.engine = state;
    if (state.state !== "starting") document.getElementById("late")?.remove();
    if (state.state === "failed") session.failed = this.wrong({code: "engine-failed"});
    const told = before.state !== state.state || Math.round(before.share * 100) !== Math.round(state.share * 100);
    if (told && !session.book) this.render();
  }

  get unsaved() { return unsaved(this.session); }

  get tabs() { return this.session.deal ? OF_DEAL : this.host.kind === "excel" ? OF_ALL.slice(0, 3) : OF_ALL; }

  render() { keepingFocus(() => draw(this)); }

  tell(text, {undo = false, kind = "", reload = null} = {}) {
    this.session.toast = text ? {text, undo, kind, reload} : null;
    if (text) say(text);
    this.render();
  }

  /** Say what went wrong, in the words of the engine or in ours where it has none left. */
  wrong(error) {
    const [said, what] = OURS[error.code] || [];
    if (said) {
      console.warn(error.message);
      return {message: t(said), do: t(what)};
    }
    if (!error.code) console.error(error);
    return error.code ? {message: error.message, do: error.do} : {message: t("unknown.error"), do: error.message};
  }

  /** Put the words that stand outside of what is drawn into the reader's language, and draw. */
  words() {
    document.querySelector(".skip").textContent = t("skip");
    document.getElementById("late")?.replaceChildren(t("late"), " ", h("a", {href: ""}, t("reload")));
    this.render();
  }

  /** Speak the language that the reader chose. */
  speak(code) {
    speak(code);
    this.told = true;
    this.words();
  }

  // Where the reader stands.

  go(deal, tab = "") {
    const {session} = this;
    session.deal = deal;
    session.shown = 200;
    session.toast = null;
    if (tab || !this.tabs.includes(session.tab)) session.tab = tab || "missing";
    this.render();
    document.getElementById("main").scrollTo?.(0, 0);
    scrollTo(0, 0);
  }

  tab(name) {
    this.session.tab = name;
    if (this.session.plans[this.session.deal]?.done && name !== "handover") delete this.session.plans[this.session.deal];
    this.render();
  }

  home() { this.session.book ? this.go("", "missing") : this.render(); }

  // A workbook comes in.

  async choose() { await this.received(await choose()); }

  async sample() {
    await this.opening("sample.xlsx", async () => {
      const [file] = (await this.ask.sample(current())).files;
      return {name: file.name, bytes: file.bytes, handle: null};
    });
  }

  /** Take files that were dropped or chosen: workbooks, notes beside them, or neither. */
  async received(files) {
    const {session} = this;
    const books = files.filter((one) => one.kind === "book");
    const messages = files.filter((one) => one.kind === "message");
    const other = files.find((one) => one.kind !== "book" && one.kind !== "message");
    if (other) return this.refuse(other, other.kind);
    if (messages.length) session.pending = messages;
    if (books.length > 1) return copies(this, books);
    if (books.length && session.book) { session.second = books[0]; return this.render(); }
    if (books.length) return this.open(books[0]);
    if (!messages.length) return undefined;
    if (!session.book) return this.refuse(messages[0], "message");
    return session.deal ? notesFor(this, session.deal) : this.render();
  }

  refuse(file, kind) {
    const failed = {name: file.name, message: t(`file.${kind}`), do: t(`file.${kind}.do`), waits: kind === "message"};
    if (this.session.book) return this.tell(`${file.name}: ${failed.message} ${failed.do}`, {kind: "bad"});
    this.session.failed = failed;
    return this.render();
  }

  async open(file) { await this.opening(file.name, async () => file); }

  /** Read a workbook; one that cannot be read leaves the page as it was, with the reason. */
  async opening(name, get) {
    const {session} = this;
    Object.assign(session, {opening: name, failed: null, toast: null});
    if (!session.book) this.render();
    try {
      const file = await get();
      const book = {...held(file.name, file.bytes, file.handle), cells: file.cells};
      const check = await this.ask.check(book);
      const kept = {engine: session.engine, by: session.by, pending: session.pending};
      forget();
      Object.assign(session, fresh(), kept, {book, check});
      if (!this.told && check.language) {
        speak(check.language);
        this.words();
      }
    } catch (error) {
      session.opening = "";
      const wrong = this.wrong(error);
      const what = wrong.do || t("file.notbook.do");
      if (session.book) this.tell(`${name}: ${wrong.message} ${what}`, {kind: "bad"});
      else session.failed = {name, message: wrong.message, do: what};
    }
    this.render();
    document.getElementById("main").focus({preventScroll: true});
  }

  close() {
    const {session} = this;
    if (unsaved(session) && !confirm(t("close.unsaved", {name: session.book.name}))) return;
    forget();
    this.session = {...fresh(), engine: session.engine, by: session.by};
    this.render();
  }

  async recheck() {
    const {session} = this;
    const {book} = session;
    session.checking = true;
    try {
      const check = await this.ask.check(book);
      if (session.book === book) session.check = check;
    } finally {
      session.checking = false;
      this.render();
    }
  }

  /** Read the open workbook from the program that the page stands in, and check it. */
  async reread() {
    if (!this.session.book) return this.opening("Excel", async () => given(await this.host.read()));
    try {
      await this.readAgain();
      this.session.plans = {};
      await this.recheck();
    } catch (error) {
      this.tell(this.wrong(error).message, {kind: "bad"});
    }
    return undefined;
  }

  // Something is written.

  /** Take over changed bytes and check them; `onUndo` runs when this is taken back. */
  async changed(bytes, label, onUndo = null) {
    const {session} = this;
    advance(session, bytes, label, onUndo);
    await this.recheck();
  }

  /** Take the last change back. Beside an open workbook its cells are put back as they stood. */
  async undo() {
    const {session} = this;
    if (session.busy || this.writing || !session.past.length) return;
    const {back} = session.past.at(-1);
    try {
      await back?.();
      const label = retreat(session);
      session.plans = {};
      this.tell(t("undo.done", {what: label}));
      if (back) await this.readAgain();
      await this.recheck();
    } catch (error) {
      this.tell(this.wrong(error).message, {kind: "bad"});
    }
  }

  /**
   * Have the engine make a change and take it over: as the whole workbook in a page, as edits where
   * the page stands beside an open one. Returns the answer.
   */
  async write(ask, label, onUndo = null) {
    const answer = await ask(this.session.book, this.host.kind === "page" ? "files" : "edits");
    if (answer.files.length) await this.changed(answer.files[0].bytes, label, onUndo);
    else if (answer.edits?.length) await this.carried(answer, label, onUndo);
    return answer;
  }

  /** Carry edits out in the workbook that is open, and read what stands there now. */
  async carried(answer, label, onUndo) {
    const {session} = this;
    const {undo} = await this.host.write(answer);
    advance(session, session.book.bytes, label, onUndo, undo);
    await this.readAgain();
    await this.recheck();
  }

  /** Read what the program that the page stands in holds by now, unsaved edits included. */
  async readAgain() {
    const {session} = this;
    session.book = {...session.book, ...given(await this.host.read())};
    session.stale = false;
    forget();
  }

  // Out of the page.

  async save() {
    const {session} = this;
    const {book} = session;
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    if (!book.handle) {
      download(book.name, book.bytes, type);
      session.saved = book.step;
      return this.tell(t("save.downloaded", {name: book.name}));
    }
    const came = await writeBack(book).catch((error) => { console.error(error); return "refused"; });
    if (came === "written") {
      Object.assign(book, {original: book.bytes});
      session.saved = book.step;
      return this.tell(t("save.written", {name: book.name}));
    }
    if (came === "refused") session.book = {...book, handle: null};
    return this.tell(t(`save.${came}`, {name: book.name}), {kind: "bad"});
  }

  async copy(address) {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      copyByHand(address);
    }
    this.tell(t("cell.copied", {address}));
  }

  async select(sheet, cell) {
    try {
      await this.host.select(sheet, cell);
    } catch (error) {
      this.tell(t("cell.failed", {why: error.message}), {kind: "bad"});
    }
  }
}

/** Return a workbook that a program gave, as a file or cell by cell, as the page holds it. */
function given(read) {
  return {name: read.name, bytes: read.bytes || new Uint8Array(), cells: read.cells || null};
}

/** Copy where the browser's clipboard is shut: by a field that is selected and copied. */
function copyByHand(text) {
  const field = h("textarea", {class: "sr", value: text});
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
