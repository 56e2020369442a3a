/** What the page asks the engine: one function for each question, in the protocol of docs/web.md. */

/** What the engine refused: its sentence, what to do, and its code. */
export class Refused extends Error {
  constructor({code, message, do: what}) {
    super(message);
    this.code = code;
    this.do = what;
  }
}

/** Return the day on this machine's calendar, as the engine wants it. */
export function today(now = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Return the questions to an engine, which is `engine.ask(request)`; each throws Refused. */
export function asks(engine) {
  const ask = async (verb, book, args = {}, more = {}) => {
    const request = {verb, today: today(), args, ...more};
    if (book) request.book = book.cells || {name: book.name, data: book.bytes};
    const answer = await engine.ask(request);
    if (answer.error) throw new Refused(answer.error);
    return {...answer, files: (answer.files || []).map(({name, type, data}) => ({name, type, bytes: data}))};
  };
  const given = ({name, bytes}) => ({name, data: bytes});
  return {
    check: async (book) => checked(await ask("check", book)),
    sample: (language) => ask("new", null, {sample: true, language}),
    step: (book, verb, args, more) => ask(verb, book, args, more),
    capture: (book, deal, files, args, more) => ask("capture", book, {deal, files: files.map(given), ...args}, more),
    brief: (book, deal) => ask("brief", book, {deal}),
    letter: (book, deal, signed) => ask("say_back", book, {deal, signed}),
    sold: async (book, deal) => (await ask("diff", book, {deal})).diff,
    merge: (base, ours, theirs, more) => ask("merge", ours, {base: given(base), theirs: given(theirs)}, more),
    resolve: (book, keep, more) => ask("resolve", book, {keep}, more),
    view: (book, by) => ask("publish", book, {audience: "ops"}, {by}),
  };
}

/** Return a check as the page reads it: each deal with what may be done with it, each problem with its reason. */
function checked({check, language, why, standing, choices, titles}) {
  const held = new Map((standing || []).map((one) => [one.deal_id, one]));
  return {
    asof: check.asof,
    language,
    choices,
    titles,
    problems: check.problems.map((one) => ({...one, why: why?.[one.code] || ""})),
    deals: check.deals.map((one) => {
      const {state = "", owner = "", ops_owner = "", verbs = []} = held.get(one.deal_id) || {};
      return {...one, handover_state: state, deal_owner: owner, ops_owner, verbs};
    }),
  };
}
