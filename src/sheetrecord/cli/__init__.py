"""The command line: words in, one use case called, words out."""

import atexit
import gc
import os
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Final

from sheetrecord.model.errors import SheetRecordError, SystemRefuses

COMMANDS: Final = {
    "init": "Set up a folder: its settings and a new workbook, with five questions at the most.",
    "new": "Make a new workbook from a template.",
    "demo": "Make a sample firm and walk through the main job.",
    "validate": "List every problem at once, with its cell and how to mend it.",
    "import": "Bring the deals of a sales system into the record, as often as wanted.",
    "migrate": "Bring a workbook of an older version to the present one, in one step.",
    "explain": "Say why a rule exists, with a bad and a good example.",
    "promote": "Close a deal in place: freeze what was sold, open the project, offer it to ops.",
    "accept": "Take over a deal that was offered to ops.",
    "return": "Send a deal back to sales, with a code and what is missing.",
    "confirm": "Confirm a deal's facts one by one, and the kickoff.",
    "waive": "Let a gate item pass, with who, why and until when.",
    "capture": "Propose what mails, chats, calls and notes say that the record should hold.",
    "brief": "Print the one-page handover brief of a deal.",
    "note": "Print the note for who receives a deal, or post it once more.",
    "say-back": "Write the letter that says back to the client what is included.",
    "diff": "Show what changed since a deal was sold, and prove the baseline.",
    "figures": "Show how well handovers go: gate, acceptance, days, confirmations.",
    "sync": "Bring copies together; what two people changed differently is listed, none is lost.",
    "status": "Show where every copy stands: in step, changed, waiting or away.",
    "conflicts": "List what waits for a decision, and decide it.",
    "undo": "Take back a sync: its changes of the record, and from there of every copy.",
    "runs": "List the syncs that changed the record: number, when, by whom, what.",
    "history": "Show who changed what of a deal, and when.",
    "asof": "Write the record as it was known on a day.",
    "fleet": "Sync every workbook of a folder that changed, on one machine or on many.",
    "schedule": "Let the operating system's timer run a command again and again.",
    "copy-store": "Copy records with all of their past into another store.",
    "merge": "Bring an e-mailed copy's changes into ours; conflicts are listed, none is lost.",
    "resolve": "Carry out what people decided on the sheet of conflicts.",
    "textconv": "Print the record as text, for git diff.",
    "publish": "Make the read-only view: pages for a folder, or a workbook.",
    "web": "Write the page that checks a record where it is dropped, with nothing installed.",
    "serve": "Show the page with the installed program behind it, on this machine alone.",
    "digest": "Write what needs somebody, what is near and what is new, to be read or mailed.",
    "reconcile": "Match the bank's receipts to invoices, and keep the fees' money right.",
    "gaps": "What was missing after handovers, what asks for it now, and whether it stopped.",
    "check-sow": "What the contract leaves out, or says otherwise than the record.",
    "leaver": "What only one person knows or owes, as questions, before they leave.",
    "find": "Was it ever mentioned? Who said it, when, and what became of it.",
    "addin": "Put a menu of ours into LibreOffice, Excel or Google Sheets.",
    "open": "Open a workbook in its program, and say in which row a deal stands.",
    "schema": "Show every column of the record, or its JSON Schema.",
    "doctor": "Check the set-up, the stores, the workbook and its folder.",
    "help": "Show how a command is used.",
    "completion": "Print what makes a shell complete commands, options and deals.",
}
"""Every command and its line in the help; each lives in a module of its name, loaded when used,
in the folder that `group.ROOMS` says.

A dash in the name is an underscore in the module's, a word of Python has one at its end."""

SECTIONS: Final = {
    "Begin": ("init", "new", "demo", "import", "migrate", "addin"),
    "Sell": ("validate", "explain", "capture", "find", "say-back", "check-sow", "open"),
    "Hand over": (
        "promote",
        "accept",
        "return",
        "confirm",
        "waive",
        "brief",
        "note",
        "diff",
        "figures",
        "gaps",
        "leaver",
    ),
    "Work together": ("sync", "status", "conflicts", "resolve", "undo", "runs", "history", "asof"),
    "Copies by mail": ("merge",),
    "Show and collect": ("publish", "digest", "web", "serve", "reconcile"),
    "Keep going": ("doctor", "fleet", "schedule", "copy-store", "schema", "help", "completion"),
}
"""The commands as the help groups them; those in no group are for other programs."""

REFUSED, BUG, STOPPED = 3, 70, 130


def main() -> None:
    """Run the command line; errors of files, stores and settings are caught here alone."""
    _spare_collection()
    try:
        sys.exit(_run(sys.argv[1:]))
    finally:
        gc.enable()


def alone() -> None:
    """Run the command line in a process that ends with it.

    Freeing all that a check has read takes a twentieth of its time, so the process exits without.
    To run a command inside a program, call `main`.
    """
    words = sys.argv[1:]
    if not _plain(words, "validate"):
        main()
    _spare_collection()  # until the end: to enable it is to have all that was read looked through
    from sheetrecord.cli.code_pack import pack_of_a_check

    pack = pack_of_a_check()

    def leave(code: int) -> None:
        if pack is not None:
            pack.keep()
        _go(code)

    code = _run(words, leave)
    _go(code)
    sys.exit(code)


def _spare_collection() -> None:
    """Keep the cycle collector quiet.

    A command lives for a moment and makes hardly any cycles: looking for them costs a tenth, and so
    does looking once more, through all that is left, when the interpreter ends.
    """
    gc.disable()
    atexit.register(gc.freeze)


def _go(code: int) -> None:
    """End the process at once, if all that was printed has gone out."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a process may be started without one
                stream.flush()
    except (OSError, ValueError):
        return  # nobody listens any more, which the ordinary end says
    os._exit(code)


def _stay(_: int) -> None:
    """Go on with the process."""


def _run(words: list[str], leave: Callable[[int], None] = _stay) -> int:
    """Run the words that were typed and return the exit code."""
    from sheetrecord.workbooks.moments import one_moment

    try:
        with one_moment():
            quick = _quick(words, leave)
            if quick is not None:
                return quick
            from sheetrecord.cli.group import run as run_words

            return run_words()
    except SheetRecordError as error:
        _printing().refused(error, words)
        return error.exit_code
    except KeyboardInterrupt:
        _printing().lines(("", "Stopped."), err=True)
        return STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - the last resort: a bug shows where it is
        return _fallen(error, words)


def _quick(words: list[str], leave: Callable[[int], None] = _stay) -> int | None:
    """Run the commonest commands without the parser of words; None when it has to be loaded.

    ``leave`` gets the exit code of a check while all that it has read is still held.
    """
    if len(words) > 1 and _plain(words, "validate"):
        from sheetrecord.cli.fast_validate import run

        return run(words[1:], leave)
    if _plain(words, "sync"):
        from sheetrecord.cli.fast_sync import run as run_still

        return run_still(words[1:])
    return None


def _fallen(error: Exception, words: list[str]) -> int:
    """Say what nobody caught: the system's refusal of a file, or a bug."""
    if refused := _refused(error):
        _printing().refused(refused, words)
        return REFUSED
    _printing().bug(error, words)
    return BUG


def _refused(error: Exception) -> SheetRecordError | None:
    """Return what the system refused of a file or folder; None for a bug."""
    import errno

    world = {"EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"}
    name = errno.errorcode.get(getattr(error, "errno", 0) or 0)
    if not isinstance(error, OSError) or name not in world or error.filename is None:
        return None
    do = "Check the path, your rights to it and the space there, and run this again."
    name = os.fsdecode(error.filename)
    return SystemRefuses(name, f"the system refuses it ({error.strerror}).", do)


def _plain(words: list[str], command: str) -> bool:
    """Tell whether the words are a command and names of books, with nothing to parse.

    The parser of words takes longer to load than a small book to check. On Windows it is needed:
    it does there what a shell does elsewhere, and finds the files that ``*.xlsx`` means.
    """
    named = words[:1] == [command] and not any(w[:1] in {"-", ""} for w in words)
    asked = any(name.endswith("_COMPLETE") for name in os.environ)
    return named and not asked and os.name != "nt"


def _printing() -> ModuleType:
    from sheetrecord.cli import printing  # here, since printing's package is this module

    return printing
