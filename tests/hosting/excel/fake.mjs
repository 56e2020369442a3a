/**
 * Excel as its add-ins find it, for tests: what was not loaded cannot be read, what is queued runs in
 * order at `sync`, a cell that is being typed in refuses, a third open file is refused.
 */

class Refused extends Error {
  constructor(code) { super(code); this.code = code; }
}

const numeric = (text) => /^-?\d+([.,]\d+)?$/.test(text);

/** What Excel makes of what is typed: an apostrophe goes, numbers, days and formulas are told. */
function taken(value) {
  if (typeof value !== "string") return {formula: value, value};
  if (value.startsWith("'")) return {formula: value.slice(1), value: value.slice(1)};
  if (value.startsWith("=")) return {formula: value, value: "#calculated"};
  if (numeric(value)) return {formula: Number(value), value: Number(value)};
  if (/^\d{4}-\d\d-\d\d$/.test(value) || /^[A-Z][a-z]+ \d+$/.test(value)) return {formula: 45000, value: 45000};
  if (/^(true|false)$/i.test(value)) return {formula: /true/i.test(value), value: /true/i.test(value)};
  return {formula: value, value};
}

/** An object whose properties are readable only once they were loaded and synced. */
class Loaded {
  constructor(context) { this.context = context; this.shown = {}; }

  load(names) {
    this.context.queue.push(() => {
      for (const name of String(names).split(",")) {
        const key = name.trim().replace(/^items\//, "");
        if (name.includes("items/")) this.shown.items = this.items_();
        else this.shown[key] = this[`${key}_`]();
      }
    });
    return this;
  }

  got(name) {
    if (!(name in this.shown)) throw new Refused("PropertyNotLoaded");
    return this.shown[name];
  }
}

for (const name of ["items", "name", "visibility", "formulas", "values", "numberFormat", "formulasR1C1", "rowIndex",
  "columnIndex", "rowCount", "columnCount", "protected", "isNullObject", "formula", "value"]) {
  Object.defineProperty(Loaded.prototype, name, {get() { return this.got(name); }, configurable: true, set(value) { this.set_(name, value); }});
}

const split = (reference) => {
  const [first, last = first] = reference.replaceAll("$", "").split(":");
  const place = (text) => {
    const [, letters, digits] = /^([A-Z]*)(\d*)$/.exec(text);
    return {column: letters ? [...letters].reduce((n, one) => n * 26 + one.charCodeAt(0) - 64, 0) : 0, row: Number(digits || 0)};
  };
  return [place(first), place(last)];
};

class Range extends Loaded {
  constructor(context, sheet, top, left, bottom, right, title = "") {
    super(context);
    Object.assign(this, {sheet, top, left, bottom, right, title});
  }

  load(names) {
    this.context.wanted.push(this);
    return super.load(names);
  }

  grid(pick) {
    return Array.from({length: this.bottom - this.top + 1}, (_, r) => Array.from({length: this.right - this.left + 1},
      (__, c) => pick(this.sheet().cells.get(`${this.top + r},${this.left + c}`))));
  }

  formulas_() { return this.grid((cell) => (cell ? cell.formula : "")); }

  formulasR1C1_() { return this.grid((cell) => cell?.moving ?? cell?.formula ?? ""); }

  values_() { return this.grid((cell) => (cell ? cell.value : "")); }

  numberFormat_() { return this.grid((cell) => cell?.form || "General"); }

  rowIndex_() { return this.top - 1; }

  columnIndex_() { return this.left - 1; }

  rowCount_() { return this.bottom - this.top + 1; }

  columnCount_() { return this.right - this.left + 1; }

  set_(name, grid) {
    this.context.queue.push(() => {
      const sheet = this.sheet();
      if (sheet.protected) throw new Refused("AccessDenied");
      if (this.context.book.failAt && this.context.book.writes + 1 === this.context.book.failAt) {
        this.context.book.failAt = 0;
        throw new Refused("GeneralException");
      }
      this.context.book.writes += 1;
      grid.forEach((row, r) => row.forEach((value, c) => {
        const key = `${this.top + r},${this.left + c}`;
        const held = sheet.cells.get(key) || {formula: "", value: ""};
        sheet.cells.set(key, name === "numberFormat" ? {...held, form: value} : {...held, ...taken(value)});
        this.context.done.push({do: "set", name, sheet: sheet.name, row: this.top + r, column: this.left + c, value});
      }));
    });
  }

  insert() { this.move(this.bottom - this.top + 1); }

  delete() { this.move(-(this.bottom - this.top + 1)); }

  move(by) {
    this.context.queue.push(() => {
      const {cells} = this.sheet();
      const moved = new Map();
      for (const [key, cell] of cells) {
        const [row, column] = key.split(",").map(Number);
        if (by < 0 && row >= this.top && row < this.top - by) continue;
        moved.set(`${row >= this.top ? row + by : row},${column}`, cell);
      }
      this.sheet().cells = moved;
      this.context.done.push({do: "rows", sheet: this.sheet().name, top: this.top, by});
    });
  }

  copyFrom(reference, kind) {
    this.context.queue.push(() => {
      if (kind !== "Formats") throw new Refused("InvalidArgument");
      this.context.done.push({do: "formats", sheet: this.sheet().name, from: split(reference)[0].row, top: this.top, bottom: this.bottom});
    });
  }

  select() { this.context.queue.push(() => { this.context.book.selected = `${this.sheet().name}!${this.top},${this.left}`; }); }

  getUsedRangeOrNullObject() {
    const used = new Range(this.context, this.sheet, this.top, 1, this.bottom, 30, this.title);
    used.shown.isNullObject = false;
    return used;
  }
}

class Sheet extends Loaded {
  constructor(context, find, title) {
    super(context);
    Object.assign(this, {find, title});
    this.protection = new Protection(context, () => this.real());
    this.onChanged = {add: (heard) => { context.queue.push(() => { context.book.heard.push(heard); }); }};
  }

  real() {
    const found = this.find();
    if (!found) throw new Refused("ItemNotFound");
    return found;
  }

  name_() {
    const found = this.find();
    this.shown.isNullObject = !found;
    return found?.name;
  }

  visibility_() { return this.real().visibility; }

  set_(name, value) {
    this.context.queue.push(() => {
      this.real()[name] = value;
      this.context.done.push({do: "sheet", sheet: this.real().name, name, value});
    });
  }

  getRange(reference) {
    const [first, last] = split(reference);
    return new Range(this.context, () => this.real(), first.row || 1, first.column || 1, last.row || first.row, last.column || 30, this.title);
  }

  getRangeByIndexes(row, column, rows, columns) {
    return new Range(this.context, () => this.real(), row + 1, column + 1, row + rows, column + columns, this.title);
  }

  getUsedRangeOrNullObject() {
    const used = new Used(this.context, () => this.real());
    return used;
  }

  activate() { this.context.queue.push(() => { this.real(); }); }

  delete() {
    this.context.queue.push(() => {
      const gone = this.real();
      this.context.book.sheets = this.context.book.sheets.filter((one) => one !== gone);
      this.context.done.push({do: "drop", sheet: gone.name});
    });
  }
}

class Used extends Range {
  constructor(context, sheet) { super(context, sheet, 1, 1, 1, 1); }

  load(names) {
    this.context.queue.push(() => {
      const places = [...this.sheet().cells.keys()].map((key) => key.split(",").map(Number));
      this.shown.isNullObject = !places.length;
      if (!places.length) return;
      this.top = Math.min(...places.map(([row]) => row));
      this.bottom = Math.max(...places.map(([row]) => row));
      this.left = Math.min(...places.map(([, column]) => column));
      this.right = Math.max(...places.map(([, column]) => column));
    });
    return super.load(names);
  }
}

class Protection extends Loaded {
  constructor(context, sheet) { super(context); this.sheet = sheet; }

  protected_() { return Boolean(this.sheet().protected); }
}

class Collection extends Loaded {
  constructor(context, items) { super(context); this.items_ = items; }
}

/** A name or a property that may not be there. */
class Kept extends Loaded {
  constructor(context, list, key, value, name, kind) {
    super(context);
    Object.assign(this, {find: () => context.book[list].find((one) => one[key] === name), list, held: value, named: name, kind});
  }

  load(names) {
    this.context.queue.push(() => {
      this.shown.isNullObject = !this.find();
      this.shown[this.held] = this.find()?.[this.held];
    });
    return this;
  }

  delete() {
    this.context.queue.push(() => {
      const found = this.find();
      if (!found) return;
      this.context.book[this.list] = this.context.book[this.list].filter((one) => one !== found);
      this.context.done.push({do: this.kind, name: this.named, value: null});
    });
  }
}

/** What is queued runs in order. Where a program stands behind, its cells are asked for first and it is told what was done. */
function contextOf(book) {
  const context = {book, queue: [], wanted: [], done: []};
  context.sync = async () => {
    book.syncs += 1;
    book.atSync?.(book.syncs);
    const queue = context.queue.splice(0);
    const wanted = context.wanted.splice(0).map(({title, top, left, bottom, right}) => ({sheet: title, top, left, bottom, right}));
    if (book.behind) Object.assign(book, await book.behind("pull", wanted));
    for (const sheet of book.behind ? book.sheets : []) sheet.cells = new Map(Object.entries(sheet.cells));
    try {
      for (const step of queue) step();
    } finally {
      const done = context.done.splice(0);
      if (book.behind && done.length) await book.behind("push", done);
    }
  };
  const named = (name) => new Sheet(context, () => book.sheets.find((one) => one.name === name), name);
  const worksheets = new Collection(context, () => book.sheets.map((one) => {
    const sheet = named(one.name);
    sheet.shown = {name: one.name, visibility: one.visibility};
    return sheet;
  }));
  Object.assign(worksheets, {
    getItem: named,
    getItemOrNullObject: named,
    add: (name) => {
      context.queue.push(() => {
        if (book.sheets.some((one) => one.name === name)) throw new Refused("ItemAlreadyExists");
        book.sheets.push({name, visibility: "Visible", cells: new Map()});
        context.done.push({do: "add", sheet: name});
      });
      return named(name);
    },
    onChanged: {add: (heard) => { context.queue.push(() => { book.heard.push(heard); }); }},
  });
  const told = (list, key, value, kind) => Object.assign(new Collection(context, () => book[list]), {
    add: (name, content) => context.queue.push(() => {
      const at = book[list].findIndex((one) => one[key] === name);
      if (at >= 0 && kind === "name") throw new Refused("ItemAlreadyExists");
      book[list].splice(at < 0 ? book[list].length : at, at < 0 ? 0 : 1, {[key]: name, [value]: content});
      context.done.push({do: kind, name, value: content});
    }),
    getItemOrNullObject: (name) => new Kept(context, list, key, value, name, kind),
  });
  context.workbook = new Loaded(context);
  context.workbook.name_ = () => "firm.xlsx";
  Object.assign(context.workbook, {
    worksheets,
    names: told("names", "name", "formula", "name"),
    properties: {custom: told("properties", "key", "value", "property")},
  });
  return context;
}

/** Put a fake Excel in place; the workbook's cells are `{"Sheet": {"A1": value}}`. */
export function install(sheets, given = {}) {
  const book = {
    sheets: Object.entries(sheets).map(([name, cells]) => ({
      name,
      visibility: "Visible",
      cells: new Map(Object.entries(cells).map(([reference, value]) => {
        const [{row, column}] = split(reference);
        const cell = value && typeof value === "object" ? value : taken(typeof value === "string" && !value.startsWith("=") ? `'${value}` : value);
        return [`${row},${column}`, cell];
      })),
    })),
    names: [], properties: [], heard: [], writes: 0, syncs: 0, calls: 0, editing: false, waiting: [],
    file: null, open: 0, mostOpen: 0, sets: {CompressedFile: 1.1, ExcelApi: 1.17}, url: "https://firm.example/My%20firm.xlsx?web=1",
    ...given,
  };
  const result = (value, error) => ({status: error ? "failed" : "succeeded", value, error});
  globalThis.Office = {
    FileType: {Compressed: "compressed"}, AsyncResultStatus: {Succeeded: "succeeded", Failed: "failed"},
    HostType: {Excel: "Excel"}, onReady: async () => ({host: "Excel"}),
    context: {
      requirements: {isSetSupported: (name, version) => (book.sets[name] || 0) >= Number(version)},
      document: {
        url: book.url,
        getFileAsync: async (_, {sliceSize}, then) => {
          book.calls += 1;
          if (book.behind && book.sets.CompressedFile) book.file = await book.behind("file", {});
          if (book.editing || !book.file || book.open >= 2) return then(result(null, new Refused("FileRefused")));
          book.open += 1;
          book.mostOpen = Math.max(book.mostOpen, book.open);
          const stale = book.open > 1;
          const size = book.size ?? book.file.length;
          return then(result({
            size, sliceCount: Math.ceil(size / sliceSize),
            getSliceAsync: (number, got) => got(book.brokenSlice === number ? result(null, new Refused("SliceFailed"))
              : result({data: [...book.file.slice(number * sliceSize, (number + 1) * sliceSize)].map((one) => (stale ? 0 : one))})),
            closeAsync: (closed) => { book.open -= 1; closed(result()); },
          }));
        },
      },
    },
  };
  globalThis.Excel = {
    run: async (...args) => {
      book.calls += 1;
      const work = args.at(-1);
      const options = args.length > 1 ? args[0] : {};
      if (book.editing && !options.delayForCellEdit) throw new Refused("InvalidOperationInCellEditMode");
      if (book.editing) await new Promise((then) => { book.waiting.push(then); });
      return work(contextOf(book));
    },
  };
  return book;
}

/** Return a cell's content. */
export function cell(book, name, reference) {
  const [{row, column}] = split(reference);
  return book.sheets.find((one) => one.name === name)?.cells.get(`${row},${column}`)?.value ?? "";
}
