/** The program that the page stands in: a browser's tab, or Excel's task pane. */

/** @typedef {import("./excel/errors.mjs").HostError} HostError */

const OFFICE = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";

/** A page of its own: files are dropped on it, and it has no workbook open. */
class Page {
  kind = "page";

  wants = "files";

  /** @returns {Promise<never>} */
  async read() {
    throw new Error("a page has no workbook open");
  }

  async select() {
    return false;
  }

  watch() {}
}

/**
 * Find the host. Office's script calls home, so a plain page never loads it: only `?host=office`,
 * which is the address in the manifest, does.
 * @param {{search?: string, load?: (address: string) => Promise<void>}} [given]
 */
export async function findHost({search = globalThis.location?.search || "", load = script} = {}) {
  if (new URLSearchParams(search).get("host") !== "office") return new Page();
  try {
    await load(OFFICE);
    const {host} = await Office.onReady();
    if (host !== Office.HostType.Excel) return new Page();
  } catch (error) {
    console.error("Office's script did not load:", error);
    return new Page();
  }
  const {ExcelHost} = await import("./excel/host.mjs");
  return new ExcelHost();
}

/**
 * @param {string} address
 * @returns {Promise<void>}
 */
function script(address) {
  return new Promise((loaded, failed) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = () => loaded();
    element.onerror = () => failed(new Error(address));
    document.head.append(element);
  });
}
