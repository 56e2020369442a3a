/** Excel as the page sees it: the open workbook, its selection, its changes. */

import {told} from "./errors.mjs";
import {readWorkbook} from "./reading.mjs";
import {carryOut} from "./writing.mjs";

const PAUSE = 500;

export class ExcelHost {
  kind = "excel";

  wants = "edits";

  canWriteBack = true;

  /** Return the open workbook, as bytes or told cell by cell; unsaved edits are in it. */
  async read() {
    try {
      return await readWorkbook();
    } catch (error) {
      throw told(error);
    }
  }

  /**
   * Show a cell or a row: `E14`, `14:14`.
   * @param {string} name
   * @param {string} reference
   */
  async select(name, reference) {
    try {
      return await Excel.run({delayForCellEdit: true}, async (context) => {
        const sheet = context.workbook.worksheets.getItem(name);
        sheet.activate();
        if (reference) sheet.getRange(reference).select();
        await context.sync();
        return true;
      });
    } catch (error) {
      throw told(error);
    }
  }

  /**
   * Carry out the edits of an answer; see `carryOut` for what it refuses.
   * @param {{edits?: import("./writing.mjs").CellEdit[], expected?: import("./writing.mjs").Expected[]}} answer
   */
  async write(answer) {
    return carryOut(answer.edits || [], answer.expected || []);
  }

  /**
   * Wait until nobody types in a cell. What was to be written is then asked for anew, never written
   * as it was.
   * @param {(milliseconds: number) => Promise<void>} [pause]
   */
  async idle(pause = (milliseconds) => new Promise((then) => { setTimeout(then, milliseconds); })) {
    for (;;) {
      try {
        await Excel.run(async (context) => {
          context.workbook.load("name");
          await context.sync();
        });
        return;
      } catch (error) {
        if (/** @type {{code?: string}} */ (told(error)).code !== "editing") throw told(error);
        await pause(PAUSE);
      }
    }
  }

  /**
   * Call `changed` when anything in the workbook changes. It only marks what is shown as out of date.
   * @param {() => void} changed
   */
  async watch(changed) {
    const heard = async () => changed();
    await Excel.run({delayForCellEdit: true}, async (context) => {
      const {worksheets} = context.workbook;
      if (Office.context.requirements.isSetSupported("ExcelApi", "1.9")) {
        worksheets.onChanged.add(heard);
      } else {
        worksheets.load("items/name");
        await context.sync();
        for (const sheet of worksheets.items) sheet.onChanged.add(heard);
      }
      await context.sync();
    });
  }
}
