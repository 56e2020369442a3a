/**
 * The menu "Sheet Record" of a Google spreadsheet.
 *
 * It writes a row into the sheet sr_requests; whoever runs `sheetrecord sync --watch` carries it out
 * and writes the answer into the same row. Nothing is sent anywhere, and no other file is asked for.
 *
 * @OnlyCurrentDoc
 */

var SHEET = "sr_requests";
var HEAD = ["Id", "When", "What", "Deal", "By", "State", "Answer"];
var WAITING = "waiting";

var WORDS = {
  en: {
    check: "Check", close: "Close this deal …", accept: "Accept …", sync: "Sync", status: "What was answered",
    which: "Which deal? Its id, as in the first column of the sheet of deals:",
    sure: "{deal}: close or accept it? The answer comes with the next sync.",
    asked: "Asked for. The answer comes with the next sync: see \"What was answered\".",
    none: "Nothing was asked for yet.", waits: "waits for the next sync",
  },
  de: {
    check: "Prüfen", close: "Diesen Deal schließen …", accept: "Übernehmen …", sync: "Abgleichen", status: "Was geantwortet wurde",
    which: "Welcher Deal? Seine Nummer, wie in der ersten Spalte des Blatts der Deals:",
    sure: "{deal}: schließen oder übernehmen? Die Antwort kommt mit dem nächsten Abgleich.",
    asked: "Angefragt. Die Antwort kommt mit dem nächsten Abgleich: siehe „Was geantwortet wurde“.",
    none: "Es wurde noch nichts angefragt.", waits: "wartet auf den nächsten Abgleich",
  },
  es: {
    check: "Revisar", close: "Cerrar esta operación…", accept: "Aceptar…", sync: "Sincronizar", status: "Qué se respondió",
    which: "¿Qué operación? Su identificador, como en la primera columna de la hoja:",
    sure: "{deal}: ¿cerrarla o aceptarla? La respuesta llega con la próxima sincronización.",
    asked: "Solicitado. La respuesta llega con la próxima sincronización: vea «Qué se respondió».",
    none: "Aún no se ha solicitado nada.", waits: "espera la próxima sincronización",
  },
  fr: {
    check: "Contrôler", close: "Conclure cette affaire…", accept: "Accepter…", sync: "Synchroniser", status: "Ce qui a été répondu",
    which: "Quelle affaire ? Son identifiant, comme dans la première colonne de la feuille :",
    sure: "{deal} : la conclure ou l'accepter ? La réponse vient avec la prochaine synchronisation.",
    asked: "Demandé. La réponse vient avec la prochaine synchronisation : voir « Ce qui a été répondu ».",
    none: "Rien n'a encore été demandé.", waits: "attend la prochaine synchronisation",
  },
};

/** A simple trigger: puts the menu up when the spreadsheet is opened. */
function onOpen() {
  var say = words_();
  SpreadsheetApp.getUi()
    .createMenu("Sheet Record")
    .addItem(say.check, "sheetRecordCheck")
    .addItem(say.close, "sheetRecordClose")
    .addItem(say.accept, "sheetRecordAccept")
    .addItem(say.sync, "sheetRecordSync")
    .addSeparator()
    .addItem(say.status, "sheetRecordStatus")
    .addToUi();
}

function sheetRecordCheck() {
  ask_("check", "");
}

function sheetRecordSync() {
  ask_("sync", "");
}

function sheetRecordClose() {
  step_("close");
}

function sheetRecordAccept() {
  step_("accept");
}

/** Shows the last five answers. */
function sheetRecordStatus() {
  var say = words_();
  var sheet = SpreadsheetApp.getActiveSpreadsheet().getSheetByName(SHEET);
  var last = sheet ? sheet.getLastRow() : 0;
  if (last < 2) {
    SpreadsheetApp.getUi().alert(say.none);
    return;
  }
  var first = Math.max(2, last - 4);
  var rows = sheet.getRange(first, 1, last - first + 1, HEAD.length).getValues();
  var told = rows.reverse().map(function (row) {
    var what = [say[row[2]] || row[2], row[3]].join(" ").trim();
    return what + ": " + (row[5] === WAITING ? say.waits : row[5] + ". " + row[6]);
  });
  SpreadsheetApp.getUi().alert(told.join("\n\n"));
}

/** Asks which deal is meant, then whether it is, then for the step. */
function step_(verb) {
  var say = words_();
  var ui = SpreadsheetApp.getUi();
  var deal = selected_();
  if (!deal) {
    var answer = ui.prompt(say[verb], say.which, ui.ButtonSet.OK_CANCEL);
    if (answer.getSelectedButton() !== ui.Button.OK) return;
    deal = String(answer.getResponseText()).trim();
  }
  if (!deal) return;
  var sure = ui.alert(say[verb], say.sure.replace("{deal}", deal), ui.ButtonSet.YES_NO);
  if (sure === ui.Button.YES) ask_(verb, deal);
}

/** Writes a request; two people at a time get a row each. */
function ask_(verb, deal) {
  var book = SpreadsheetApp.getActiveSpreadsheet();
  var lock = LockService.getDocumentLock();
  lock.waitLock(20000);
  try {
    var sheet = book.getSheetByName(SHEET);
    if (!sheet) {
      var front = book.getActiveSheet();
      sheet = book.insertSheet(SHEET, book.getNumSheets());
      sheet.appendRow(HEAD);
      sheet.hideSheet();
      book.setActiveSheet(front);
    }
    var row = sheet.getLastRow() + 1;
    var cells = sheet.getRange(row, 1, 1, HEAD.length);
    cells.setNumberFormat("@"); // texts: no id becomes a day or a number
    cells.setValues([[Utilities.getUuid(), new Date().toISOString(), verb, deal, who_(), WAITING, ""]]);
    SpreadsheetApp.flush();
  } finally {
    lock.releaseLock();
  }
  book.toast(words_().asked, "Sheet Record");
}

/** The deal of the row in which the user stands; empty when it names none. */
function selected_() {
  var sheet = SpreadsheetApp.getActiveSpreadsheet().getActiveSheet();
  var cell = sheet.getActiveCell();
  if (!cell) return "";
  var width = Math.min(16, sheet.getLastColumn());
  if (!width) return "";
  var cells = sheet.getRange(cell.getRow(), 1, 1, width).getDisplayValues()[0];
  return cells.filter(function (text) { return /^D-[0-9A-Za-z]+$/.test(text); })[0] || "";
}

/** Who asks, as far as Google tells; it does not tell everybody. */
function who_() {
  try {
    return Session.getActiveUser().getEmail() || "Google Sheets";
  } catch (error) {
    return "Google Sheets";
  }
}

function words_() {
  var locale = "";
  try {
    locale = Session.getActiveUserLocale();
  } catch (error) {
    locale = SpreadsheetApp.getActiveSpreadsheet().getSpreadsheetLocale();
  }
  return WORDS[String(locale).slice(0, 2).toLowerCase()] || WORDS.en;
}
