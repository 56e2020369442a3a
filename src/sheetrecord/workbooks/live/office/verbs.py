"""What the menu does: check, close and accept a deal, sync, take back; and what it says then."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import engine, gaps
from .engine import RunAnswer
from .uno_desk import UnoDesk, answer, names_of
from .words import say

INSTALL = "python3 -m pip install sheetrecord"
"""The one line that installs the program."""

_DEAL = re.compile(r"D-[0-9A-Za-z]+")
_SHOWN = 8
"""Reasons that a message shows; the list has all."""

_AT_WORK = threading.Lock()
"""Held while the program runs: one order at a time."""


class Order:
    """One order of a user. ``window`` is where it came from (`component.Window`).

    ``options`` answer what would be asked: Deal, By, Confirm; Seconds is how long a run may take.
    """

    def __init__(self, window: Any, options: dict[str, Any]) -> None:
        self._window, self._options = window, options
        self._document = window.document
        self._desk = UnoDesk(self._document)

    def carry_out(self, verb: str) -> None:
        """Begin; the answer comes when the program has answered."""
        if verb == "undo":
            self._tell(say(self._language, {"done": "undone"}.get(told := self._desk.undo(), told)))
        elif verb == "check":
            self._run(["validate", "live:lo"], self._checked)
        elif verb == "sync":
            self._run(["sync", "live:lo", *self._by()], self._synced)
        else:
            self._step({"close": "promote"}.get(verb, verb))

    @property
    def _language(self) -> str:
        return str(self._window.language)

    def _tell(self, text: str) -> None:
        self._window.tell(text)

    def _by(self) -> list[str]:
        name = str(self._options.get("By") or self._window.user)
        return ["--by", name] if name else []

    def _checked(self, told: dict[str, Any]) -> None:
        now = dt.datetime.now()  # noqa: DTZ005 - the clock of whoever looks at it
        self._tell(gaps.write(self._document, told, self._language, now))

    def _synced(self, told: dict[str, Any]) -> None:
        waits = [one["waits"] for one in told["copies"] if one["waits"]]
        if waits:
            self._tell(say(self._language, "waits", about=waits[0]))
            return
        cells = sum(len(one["changes"]) for one in told["copies"])
        counts = {"cells": cells, "conflicts": len(told["conflicts"])}
        self._tell(say(self._language, "synced", **counts))

    def _step(self, command: str) -> None:
        """Show what a step of the handover would change, ask, and have it done."""
        deal = str(self._options.get("Deal") or "")
        if not deal:
            asked = self._window.ask(say(self._language, "which"), self._selected())
            deal = (asked or "").strip()
        if not deal:
            return
        words = [command, "live:lo", deal, *self._by()]
        self._run([*words, "--plan"], lambda told: self._planned(words, told))

    def _planned(self, words: list[str], told: dict[str, Any]) -> None:
        deal = told["deal_id"]
        if told["outcome"] == "refused":
            lines = [self._reason(one) for one in told["refusals"]]
            more = ["…"] if len(lines) > _SHOWN else []
            first = say(self._language, "not yet", deal=deal)
            self._tell("\n\n".join([first, *lines[:_SHOWN], *more]))
        elif not told["changes"]:
            self._tell(say(self._language, "nothing", deal=deal))
        else:
            rows = {(one["sheet"], one["cell"][-6:].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
                    for one in told["changes"] if one["new_row"]}  # fmt: skip
            cells = sum(not one["new_row"] for one in told["changes"])
            counts = {"cells": cells, "rows": len(rows)}
            question = say(self._language, "confirm", deal=deal, **counts)
            if self._options.get("Confirm") or self._window.confirm(question):
                self._run(words, self._stepped)

    @staticmethod
    def _reason(one: dict[str, Any]) -> str:
        where = "{}!{}: ".format(one["sheet"], one["cell"]) if one["cell"] else ""
        return "{}{} {}".format(where, one["message"], one["do"]).strip()

    def _stepped(self, told: dict[str, Any]) -> None:
        if told["outcome"] == "refused":
            self._planned([], told)
            return
        first = say(self._language, "done" if told["written"] else "nothing", deal=told["deal_id"])
        self._tell("\n\n".join([first, *told["notes"]]))

    def _selected(self) -> str:
        """Return the deal of the row in which the user stands; empty when it names none."""
        try:
            place = self._document.CurrentController.Selection.RangeAddress
        except AttributeError:
            return ""
        sheet = self._document.Sheets.getByIndex(place.Sheet)
        cells = sheet.getCellRangeByPosition(0, place.StartRow, 15, place.StartRow).getDataArray()
        found = (str(value) for value in cells[0] if _DEAL.fullmatch(str(value)))
        return next(found, "")

    def _run(self, words: list[str], then: Callable[[dict[str, Any]], None]) -> None:
        """Run the program beside the window, and go on with its answer on the main thread."""
        box = engine.sandbox(os.environ)
        if box == "snap":
            self._tell(say(self._language, "snap"))
            return
        program = ["sheetrecord"] if box else engine.find(os.environ, self._window.noted)
        if not program:
            self._missing()
            return
        if not _AT_WORK.acquire(blocking=False):
            self._tell(say(self._language, "busy"))
            return
        self._window.begin(say(self._language, "working"))
        run = [*program, *words, "--format", "json"]
        work = threading.Thread(
            target=self._work, args=(run, then), kwargs={"host": bool(box)}, daemon=True
        )
        work.start()

    def _missing(self) -> None:
        place = self._window.ask(say(self._language, "missing", line=INSTALL), "")
        if place and Path(place.strip()).is_file():
            self._window.note(place.strip())
        self._window.told(say(self._language, "missing", line=INSTALL))

    def _work(self, run: list[str], then: Callable[[dict[str, Any]], None], *, host: bool) -> None:
        """Run the program and answer what it asks of the document; on a thread of its own."""
        found = RunAnswer("broken", about=run[0])
        base = os.environ.get("XDG_CACHE_HOME") if host else None  # the host sees it in one place
        folder = tempfile.mkdtemp(prefix="sheetrecord-", dir=base)
        try:
            found = engine.run(
                run,
                folder,
                self._place(),
                each=lambda passed: self._each(folder, passed),
                seconds=float(self._options.get("Seconds") or engine.SECONDS),
                host=host,
            )
        except Exception as error:  # noqa: BLE001 - a thread has nobody to tell
            found = RunAnswer("broken", about=str(error))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._window.main(lambda: self._answered(found, then))

    def _place(self) -> str:
        """Return the folder of the document: its settings hold there."""
        name = names_of(self._document)[0]
        return str(Path(name).parent) if Path(name).is_absolute() else ""

    def _each(self, folder: str, passed: float) -> None:
        self._window.passed(passed)
        for asked in sorted(Path(folder).glob("ask-*.json")):
            told = json.loads(asked.read_text(encoding="utf-8"))
            asked.unlink()
            said = self._window.main_and_wait(lambda told=told: answer(self._desk, told, folder))
            draft = asked.with_name(asked.name.replace("ask-", "said-", 1))
            draft.write_text(json.dumps(said), encoding="utf-8")
            draft.replace(asked.with_name(asked.name.replace("ask-", "answer-", 1)))

    def _answered(self, found: RunAnswer, then: Callable[[dict[str, Any]], None]) -> None:
        _AT_WORK.release()
        self._window.end()
        try:
            if found.code == "late":
                self._desk.recover()
            if found.code == "done":
                then(found.told)
            else:
                self._tell(say(self._language, found.code, about=found.about))
        except Exception as error:  # noqa: BLE001 - or the window would say nothing at all
            self._tell(say(self._language, "rubbish", about=repr(error)))
