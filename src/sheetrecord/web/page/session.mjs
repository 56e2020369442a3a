/** What the page knows now: the workbook in memory, its check, and where the reader stands. */

/** A fresh page. Nothing of it is stored: closing the tab forgets it all. */
export function fresh() {
  return {
    engine: {state: "starting", share: 0},
    book: null,
    opening: "",
    failed: null,
    past: [],
    steps: 0,
    saved: 0,
    check: null,
    checking: false,
    stale: false,
    deal: "",
    tab: "missing",
    filter: {severity: "", gate: "", owner: "", text: ""},
    shown: 200,
    by: "",
    us: "",
    plans: {},
    notes: new Map(),
    merge: null,
    pending: null,
    second: null,
    busy: false,
    toast: null,
  };
}

/**
 * The workbook as it is held: its name, its bytes, and the handle of the file if the browser gave
 * one. `original` are the bytes that were read from the file, by which an edit of somebody else is
 * seen before anything is written back.
 */
export function held(name, bytes, handle = null) {
  return {name, bytes, handle, original: bytes, step: 0};
}

/** Return the deal of an id in the last check. */
export const dealOf = (session, id = session.deal) => session.check?.deals.find((one) => one.deal_id === id) || null;

/** Return true if the workbook in memory is not the one that was last saved. */
export const unsaved = (session) => Boolean(session.book) && session.book.step !== session.saved;

/**
 * Put changed bytes in the place of the workbook; what was there can be had back, and `onUndo` runs then.
 * `back` puts the cells of an open workbook back.
 */
export function advance(session, bytes, label, onUndo = null, back = null) {
  session.past.push({bytes: session.book.bytes, step: session.book.step, label, check: session.check, onUndo, back});
  session.steps += 1;
  session.book = {...session.book, bytes, step: session.steps};
}

/** Take the last change back; return what it was called, or "" if there is none. */
export function retreat(session) {
  const last = session.past.pop();
  if (!last) return "";
  session.book = {...session.book, bytes: last.bytes, step: last.step};
  session.check = last.check;
  last.onUndo?.();
  return last.label;
}

const RANK = {error: 0, warning: 1, note: 2};

/** Return the problems that the filters leave, errors first, else as the engine sorted them. */
export function chosen(session) {
  const {severity, gate, owner} = session.filter;
  const owners = new Map(session.check.deals.map((one) => [one.deal_id, one.deal_owner || ""]));
  const found = session.check.problems.filter((one) =>
    (!session.deal || one.deal_id === session.deal)
    && (!severity || one.severity === severity)
    && (!gate || (gate === "gate" ? one.gate : one.handover || one.gate))
    && (!owner || owners.get(one.deal_id) === owner));
  return found.map((one, index) => [one, index])
    .sort(([a, i], [b, j]) => RANK[a.severity] - RANK[b.severity] || Number(b.gate) - Number(a.gate) || i - j)
    .map(([one]) => one);
}
