/** What Excel refuses, by a code that the page has words for. */

export class HostError extends Error {
  /**
   * @param {"editing" | "moved" | "protected" | "unsupported" | "unreadable" | "partly"} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = "HostError";
    this.code = code;
  }
}

/** Excel's own codes of errors (office-js, `Excel.ErrorCodes`) that mean something to a person. */
const KNOWN = new Map(/** @type {const} */ ([
  ["InvalidOperationInCellEditMode", ["editing", "Finish the cell you are typing in first."]],
  ["AccessDenied", ["protected", "The sheet is protected."]],
  ["ItemNotFound", ["moved", "A sheet was renamed or removed: check again."]],
]));

/**
 * Return an error as the page knows it; what is unknown stays itself.
 * @param {unknown} error
 * @returns {unknown}
 */
export function told(error) {
  if (error instanceof HostError) return error;
  const code = /** @type {{code?: unknown}} */ (error)?.code;
  const found = KNOWN.get(/** @type {any} */ (code));
  return found ? new HostError(found[0], found[1]) : error;
}
