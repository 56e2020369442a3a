"""The one place that prints: nothing a cell, a name or an error holds can steer a terminal or log.

Every line break, control, turned or unseen character of what is told is shown by its number; only
the line breaks between the lines, and our own colours, stay what they are.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import Final, TextIO

from sheetrecord.cli.ansi import dim, joined, printed
from sheetrecord.model.errors import SheetRecordError
from sheetrecord.model.printable import in_json, no_command


class How:
    """How this run prints: ``colour`` is auto, always or never; ``quiet``: the result alone.

    ``verbose``: what only programs and proofs need is told too, such as digests.
    """

    colour = "auto"
    quiet = False
    verbose = False
    before: Callable[[], None] | None = None
    """Is called before anything is printed: it takes a line of progress away."""

    def reset(self) -> None:
        """Print as when nothing was asked for: another run begins in this process."""
        self.colour, self.quiet, self.before = How.colour, How.quiet, None
        self.verbose = How.verbose


HOW: Final = How()


def coloured(out: TextIO | None) -> bool:
    """Tell whether what is printed there is coloured: ``--color``, then the environment, then it.

    Source: no-color.org and force-color.org: a variable counts when it is there and not empty.
    """
    if HOW.colour != "auto":
        return HOW.colour == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return out is not None and out.isatty() and moves_cursor()


def moves_cursor() -> bool:
    """Return True if a terminal can move the cursor, not only print line after line."""
    return os.environ.get("TERM") != "dumb"


def line(text: str, *, err: bool = False) -> None:
    """Print one line; ``err``: beside the result, where messages go."""
    lines((text,), err=err)


def lines(texts: Iterable[str], *, err: bool = False) -> None:
    """Print lines, nothing when there are none; a line break inside one is shown and begins none.

    What stands beside the result is left out with ``--quiet``; errors are not (`error`).
    """
    if err and HOW.quiet:
        return
    if told := joined(texts):
        document(told + "\n", err=err)


def document(text: str, *, err: bool = False, commands: bool = False) -> None:
    """Print a text of several lines, which ends with a line break; ``commands``: for a runner."""
    if HOW.before is not None:
        HOW.before()
    out = sys.stderr if err else sys.stdout
    colours = coloured(out)
    whole = [printed(one, colours=colours) for one in text.split("\n")]
    if not commands and _watched():
        whole = list(map(no_command, whole))
    _write("\n".join(whole) + ("" if text.endswith("\n") else "\n"), out)


def heard(text: str) -> bool:
    """Print a text where no parser of words is loaded; False when nobody reads on, which is 1."""
    try:
        document(text)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def as_json(told: object) -> str:
    """Return JSON whose texts hold what cannot be seen as escapes."""
    import json

    return in_json(json.dumps(told, ensure_ascii=False, indent=1))


def error(*texts: str) -> None:
    """Print what the world refused, a line for each thing, without the passwords of addresses."""
    from sheetrecord.model.address import without_passwords

    first, *more = map(without_passwords, texts)
    document(joined((f"sheetrecord: {first}", *more)) + "\n", err=True)


def refused(error_: SheetRecordError, words: Sequence[str]) -> None:
    """Print what the world refused: as JSON on the output for a program that asked for it."""
    if wants_json(words):
        document(error_json(error_.exit_code, error_.code, *_parts(error_)))
    else:
        error(*error_.lines)


def wants_json(words: Sequence[str]) -> bool:
    """Return True if the result was requested as JSON.

    >>> wants_json(["status", "--format", "json"]), wants_json(["status", "--format=text"])
    (True, False)
    """
    pairs = zip(words, [*words[1:], ""], strict=False)
    return any(one == "--format=json" or (one, two) == ("--format", "json") for one, two in pairs)


def error_json(exit_code: int, code: str, message: str, do: str, path: str = "") -> str:
    """Return what is said to a program in the place of the result."""
    told = {"code": code, "message": message, "do": do, "path": path}
    return as_json({"schema": 1, "exit": exit_code, "error": told})


def _parts(error_: SheetRecordError) -> tuple[str, str, str]:
    several = len(error_.lines) > 1
    message = " ".join(error_.lines) if several else error_.message
    return message, "" if several else error_.do, str(error_.path)


def bug(found: BaseException, words: Sequence[str]) -> None:
    """Print where a bug is, without the passwords of addresses in what went wrong."""
    document(joined(_traceback(found)) + "\n", err=True)
    said = "this is a bug in sheetrecord; nothing was written."
    if wants_json(words):
        document(error_json(70, "BUG-001", said, "Report it with the lines above."))
    else:
        error(said)


def noted(text: str) -> None:
    """Print, beside the result, what a run did besides it (``--verbose``)."""
    document(joined([dim(text)]) + "\n", err=True)


def _traceback(found: BaseException) -> Iterator[str]:
    from traceback import TracebackException

    from sheetrecord.model.address import without_passwords

    for piece in TracebackException.from_exception(found).format():
        safe = without_passwords(piece.rstrip("\n"))
        ours = piece.startswith(("  File ", "Traceback ", "\n"))  # the rest are an error's words
        yield from safe.split("\n") if ours else (safe,)


def _watched() -> bool:
    """Tell whether a build's runner reads what is printed, and obeys some of it."""
    return "GITHUB_ACTIONS" in os.environ or "TF_BUILD" in os.environ


def _write(text: str, out: TextIO | None) -> None:
    if _common(out) and out is not None:
        out.write(text)
        out.flush()
        return
    import click  # knows every stream

    name = getattr(out, "encoding", None) or "utf-8"
    click.echo(text.encode(name, "backslashreplace").decode(name), nl=False, file=out)


def _common(out: TextIO | None) -> bool:
    """Tell whether a stream is a file, a pipe or a terminal that takes any character."""
    return (
        isinstance(out, TextIOWrapper)
        and out.encoding.lower() in {"utf-8", "utf8"}
        and os.name != "nt"
    )
