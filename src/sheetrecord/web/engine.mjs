/** The engine as the page sees it: asked in the words of the protocol, wherever it runs. */

const PATIENCE = 60_000;

const REFUSALS = {
  "engine-failed": ["The engine could not be started.", "Reload the page."],
  "engine-ended": ["The engine stopped in the middle of this and was started again.", "Try it once more."],
  "engine-timeout": ["This took longer than a minute and was stopped.", "Try it once more."],
  "engine-cancelled": ["This was cancelled.", ""],
  "service-gone": ["The service on this machine does not answer.", "Start it again: sheetrecord serve."],
};

/** Return an answer that says why there is none. */
function refused(verb, code, detail = "") {
  const [message, what] = REFUSALS[code];
  return {schema: 1, verb, exit: 3, error: {code, message: detail ? `${message} ${detail}` : message, do: what, path: ""}};
}

/**
 * Start the engine: in the service when the address of the page holds its token, else in this page.
 * `onState` is told {state: "starting", share}, {state: "ready", version}, {state: "failed", message}.
 */
export function startEngine({onState = () => {}, makeWorker = ownWorker, patience = PATIENCE} = {}) {
  const token = new URLSearchParams(globalThis.location?.hash.slice(1) || "").get("token");
  return token ? new Service(token, onState) : new InPage(onState, makeWorker, patience);
}

function ownWorker() {
  return new Worker(new URL("./worker.mjs", import.meta.url), {type: "module", name: "engine"});
}

/** The engine in a worker of this page. A request that takes too long ends the worker; a new one starts. */
class InPage {
  kind = "static";

  constructor(onState, makeWorker, patience) {
    this.onState = onState;
    this.makeWorker = makeWorker;
    this.patience = patience;
    this.waiting = new Map();
    this.number = 0;
    this.begin();
  }

  begin() {
    this.running = false;
    this.failed = "";
    const worker = this.makeWorker();
    this.worker = worker;
    const ours = (handle) => (event) => { if (this.worker === worker) handle(event); };
    worker.onmessage = ours(({data}) => this.told(data));
    worker.onerror = ours((event) => { event.preventDefault?.(); this.crashed(event.message || ""); });
    worker.onmessageerror = ours(() => this.crashed(""));
    queueMicrotask(() => this.onState({state: "starting", share: 0}));  // who starts it has no engine yet
  }

  told(data) {
    if (data.kind === "loading") return this.onState({state: "starting", share: data.share});
    if (data.kind === "ready") {
      this.running = true;
      this.onState({state: "ready", version: data.version});
      for (const one of this.waiting.values()) this.watch(one);
      return undefined;
    }
    if (data.kind === "failed") return this.gaveUp(data.message);
    const one = this.waiting.get(data.number);
    if (!one) return undefined;
    if (data.kind === "broken") return one.settle(refused(one.verb, "engine-ended", data.message));
    return one.settle(data.answer);
  }

  gaveUp(message) {
    this.failed = message || "?";
    this.onState({state: "failed", message});
    for (const one of [...this.waiting.values()]) one.settle(refused(one.verb, "engine-failed", message));
  }

  /** A worker died: before it was ready that is the end, later a new one takes its place. */
  crashed(message) {
    if (!this.running) return this.gaveUp(message);
    return this.anew("engine-ended");
  }

  anew(code) {
    this.worker.terminate();
    for (const one of [...this.waiting.values()]) one.settle(refused(one.verb, code));
    this.begin();
  }

  /** Time runs from when the engine can begin, not from when it was asked. */
  watch(one) {
    one.timer = setTimeout(() => this.anew("engine-timeout"), this.patience);
  }

  /** Ask one request; always resolves with an answer. `signal` cancels it, and whatever else waits. */
  ask(request, {signal} = {}) {
    if (this.failed) return Promise.resolve(refused(request.verb, "engine-failed", this.failed));
    if (signal?.aborted) return Promise.resolve(refused(request.verb, "engine-cancelled"));
    return new Promise((resolve) => {
      this.number += 1;
      const number = this.number;
      const one = {verb: request.verb, timer: 0};
      const cancel = () => { if (this.waiting.has(number)) this.anew("engine-cancelled"); };
      one.settle = (answer) => {
        clearTimeout(one.timer);
        signal?.removeEventListener("abort", cancel);
        this.waiting.delete(number);
        resolve(answer);
      };
      this.waiting.set(number, one);
      signal?.addEventListener("abort", cancel);
      if (this.running) this.watch(one);
      this.worker.postMessage({number, request});
    });
  }

  stop() {
    this.worker.terminate();
  }
}

/** The engine of `sheetrecord serve`, on this machine. */
class Service {
  kind = "service";

  constructor(token, onState) {
    this.token = token;
    queueMicrotask(() => onState({state: "starting", share: 1}));
    this.ask({verb: "explain", today: "2026-01-01", args: {code: "CTX-001"}}).then((answer) => (answer.error
      ? onState({state: "failed", message: answer.error.message}) : onState({state: "ready", version: answer.version || ""})));
  }

  async ask(request, {signal} = {}) {
    const body = JSON.stringify(request, (_, value) => (value instanceof Uint8Array ? base64(value) : value));
    try {
      const response = await fetch(`/verbs/${request.verb}`, {
        method: "POST", body, signal, credentials: "omit",
        headers: {"Content-Type": "application/json", Authorization: `Bearer ${this.token}`},
      });
      const answer = await response.json();
      for (const file of answer.files || []) file.data = bytes(file.data);
      return answer;
    } catch (error) {
      return refused(request.verb, error.name === "AbortError" ? "engine-cancelled" : "service-gone");
    }
  }

  stop() {}
}

function base64(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text);
}

function bytes(text) {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}
