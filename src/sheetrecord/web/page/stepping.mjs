/** The steps of a handover carried out: planned, shown, confirmed, written as they were shown. */

import {say} from "./dom.mjs";
import {asked, stepOf} from "./handover.mjs";
import {t} from "./language.mjs";
import {dealOf} from "./session.mjs";

/** Ask what a step would write. */
export async function plan(app, step) {
  const {session} = app;
  const {deal, book} = session;
  Object.assign(step, {asking: true, error: null, plan: null});
  app.render();
  try {
    const by = session.by.trim();
    const answer = await app.ask.step(book, step.verb, {deal, ...asked(step)}, {by: by || "?"});
    if (session.book === book) Object.assign(step, {plan: answer.plan, planned: answer.planned, by});
  } catch (error) {
    step.error = app.wrong(error);
  }
  step.asking = false;
  app.render();
}

/**
 * Carry a step out, as it was shown. A plan that was made before the name was known is made anew,
 * and carried out only if it changes the same cells.
 */
export async function confirm(app, step) {
  const {session} = app;
  if (session.busy || app.writing || !session.by.trim()) return;
  session.busy = true;
  app.render();
  try {
    await carryOut(app, step);
  } catch (error) {
    step.error = app.wrong(error);
    if (error.code === "moved") session.stale = true;
    if (error.code === "editing") whenTyped(app, step);
  }
  session.busy = false;
  app.render();
}

/** When nobody types any more, read anew and show the preview again: what was confirmed is never written later. */
async function whenTyped(app, step) {
  try {
    await app.host.idle();
    if (app.session.plans[app.session.deal] !== step || app.session.busy) return;
    await app.readAgain();
    await app.recheck();
    await plan(app, step);
  } catch (error) {
    app.tell(app.wrong(error).message, {kind: "bad"});
  }
}

async function carryOut(app, step) {
  const {session} = app;
  const {deal} = session;
  const by = session.by.trim();
  const args = {deal, ...asked(step)};
  if (step.by !== by) {
    const {plan, planned} = await app.ask.step(session.book, step.verb, args, {by});
    const same = JSON.stringify(plan.changes) === JSON.stringify(step.plan.changes);
    Object.assign(step, {plan, planned, by});
    if (!same) return app.tell(t("step.other"), {kind: "bad"});
  }
  const done = await app.write((book, want) => app.ask.step(book, step.verb, args, {by, want, planned: step.planned}),
    `${t(`step.${step.verb}`)} · ${dealOf(session).client}`);
  if (done.plan.refusals.length) return Object.assign(step, {plan: done.plan});
  session.plans[deal] = {...step, done: done.plan, plan: null};
  say(t(`done.${step.verb}`));
  return undefined;
}

/** Ask to let one item of the gate pass. */
export function waive(app, gap) {
  const {session} = app;
  app.go(gap.deal_id, "handover");
  session.plans[gap.deal_id] = null;
  stepOf(app, "waive").values.codes = [gap.code];
  app.render();
}
