/** Copies that were dropped together: brought into one, and what both changed decided. */

import {choose} from "./files.mjs";
import {merging} from "./merge.mjs";

/** Let somebody choose more copies. */
export async function chooseCopies(app) {
  const found = (await choose({many: true})).filter((one) => one.kind === "book");
  if (found.length) copies(app, found);
}

/** Take copies to the panel of merging. */
export function copies(app, found) {
  const {session} = app;
  session.merge = merging([...(session.merge?.files || []).filter((one) => one.name !== session.book?.name), ...found], session.book);
  app.go("", "merge");
}

/** Bring the copies together, as the reader said which is which. */
export async function bringTogether(app) {
  const found = app.session.merge;
  const [base, ours, theirs] = ["base", "ours", "theirs"].map((part) => found.files[found.parts[part]]).map(({name, bytes}) => ({name, bytes}));
  Object.assign(found, {asking: true, answer: null, error: null});
  app.render();
  try {
    const {plan, files} = await app.ask.merge(base, ours, theirs, {by: app.session.by.trim(), want: "files"});
    found.answer = {...plan, files: files.length ? [{...files[0], name: ours.name}] : [{name: ours.name, bytes: ours.bytes}]};
  } catch (error) {
    found.error = app.wrong(error);
  }
  found.asking = false;
  app.render();
}

/** Decide all that both changed in favour of one side. */
export async function resolve(app, keep) {
  const found = app.session.merge;
  const [file] = found.answer.files;
  try {
    const {plan, files} = await app.ask.resolve(file, keep, {by: app.session.by.trim(), want: "files"});
    Object.assign(found.answer, {files: [{...files[0], name: file.name}], conflicts: [], resolved: plan.settled.length});
  } catch (error) {
    found.error = app.wrong(error);
  }
  app.render();
}
