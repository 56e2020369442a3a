/** Files in and out: what was dropped, what kind it is, and how a result is saved. */

export const LARGEST = 64 * 1024 * 1024;

const XLSX = /\.(xlsx|xlsm|xltx)$/i;
const MESSAGES = /\.(eml|mbox|txt|md|vtt|srt|docx|ics|json|html?)$/i;
const OTHERS = {xls: "old", xlsb: "binary", ods: "ods", numbers: "numbers", csv: "csv", pdf: "pdf"};

/** Return what a file is by its name and first bytes: book, message, or why it is neither. */
export function kindOf(name, bytes) {
  const ending = name.toLowerCase().split(".").pop();
  if (bytes.length > LARGEST) return "huge";
  if (!bytes.length) return "empty";
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const ole = bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;
  if (ole) return ending === "xls" ? "old" : ending === "msg" ? "msg" : "encrypted";
  if (XLSX.test(name)) return zip ? "book" : "notbook";
  if (ending in OTHERS) return OTHERS[ending];
  return MESSAGES.test(name) ? "message" : "unknown";
}

/** Read a file; one that is too large is not read at all. Returns {name, bytes, kind, handle}. */
export async function read(file, handle = null) {
  if (file.size > LARGEST) return {name: file.name, bytes: new Uint8Array(), kind: "huge", handle};
  const bytes = new Uint8Array(await file.arrayBuffer());
  return {name: file.name, bytes, kind: kindOf(file.name, bytes), handle};
}

/** Return what was dropped, with handles where the browser gives them. */
export async function dropped(transfer) {
  const items = [...transfer.items].filter((one) => one.kind === "file");
  const waiting = items.map((one) => [one.getAsFile(), one.getAsFileSystemHandle?.()]);
  const found = [];
  for (const [file, promise] of waiting) {
    const handle = await promise?.catch(() => null);
    if (file && handle?.kind !== "directory") found.push(await read(file, handle || null));
  }
  return found;
}

/** Let somebody choose files. Returns [] when nothing was chosen. */
export async function choose({many = false, books = true} = {}) {
  if (window.showOpenFilePicker && books && !many) {
    try {
      const types = [{accept: {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx", ".xlsm"]}}];
      const [handle] = await window.showOpenFilePicker({types, excludeAcceptAllOption: false});
      return [await read(await handle.getFile(), handle)];
    } catch (error) {
      if (error.name === "AbortError") return [];
    }
  }
  return chooseByInput(many, books);
}

function chooseByInput(many, books) {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = many;
  if (books) input.accept = ".xlsx,.xlsm";
  return new Promise((done) => {
    input.addEventListener("change", async () => done(await Promise.all([...input.files].map((one) => read(one)))));
    input.addEventListener("cancel", () => done([]));
    input.click();
  });
}

/** Hand a file to the browser's downloads. */
export function download(name, bytes, type = "application/octet-stream") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Return the name of the backup of a workbook: the moment stands in it. */
export function backupName(name, now = new Date()) {
  const stamp = now.toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");
  return name.replace(/(\.\w+)?$/, (ending) => `.before-${stamp}${ending}`);
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

/**
 * Write a workbook back into its own file. The file is read again first: what somebody saved
 * meanwhile stands, and "changed" is returned. Returns "written" or "refused" else.
 */
export async function writeBack(book) {
  const allowed = await book.handle.requestPermission({mode: "readwrite"});
  if (allowed !== "granted") return "refused";
  const now = new Uint8Array(await (await book.handle.getFile()).arrayBuffer());
  if (!same(now, book.original)) return "changed";
  download(backupName(book.name), book.original);
  const stream = await book.handle.createWritable();
  try {
    await stream.write(book.bytes);
    await stream.close();
  } catch (error) {
    await stream.abort().catch(() => null);
    throw error;
  }
  return "written";
}
