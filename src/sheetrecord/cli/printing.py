"""The one place that prints: nothing a cell, a name or an error holds can steer a terminal or log.

Every line break, control, turned or unseen character of what is told is shown by its number; only
the line breaks between the lines, and our own colours, stay what they are.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from typing import Any, TextIO

from sheetrecord.cli.ink import joined, printed
from sheetrecord.model.visible import in_json, no_command


def line(text: str, *, err: bool = False) -> None:
    """Print one line; ``err``: beside the result, where messages go."""
    lines((text,), err=err)


def lines(texts: Iterable[str], *, err: bool = False) -> None:
    """Print lines; a line break inside one of them is shown and begins none."""
    document(joined(texts) + "\n", err=err)


def document(text: str, *, err: bool = False, commands: bool = False) -> None:
    """Print a text of several lines, which ends with a line break; ``commands``: for a runner."""
    out = sys.stderr if err else sys.stdout
    terminal = out is not None and out.isatty()
    whole = [printed(one, colours=terminal) for one in text.split("\n")]
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


def as_json(told: Any) -> str:
    """Return JSON whose texts hold what cannot be seen as escapes."""
    import json

    return in_json(json.dumps(told, ensure_ascii=False, indent=1))


def error(*texts: str) -> None:
    """Print what the world refused, a line for each thing, without the passwords of addresses."""
    from sheetrecord.model.address import without_passwords

    first, *more = map(without_passwords, texts)
    lines((f"sheetrecord: {first}", *more), err=True)


def bug(found: BaseException) -> None:
    """Print where a bug is, without the passwords of addresses in what went wrong."""
    lines(_traceback(found), err=True)
    line("sheetrecord: this is a bug in sheetrecord; nothing was written.", err=True)


def progress(text: str) -> None:
    """Show on a terminal what is being done, in the place of what was shown last."""
    sys.stderr.write(f"\r\033[K{printed(text, colours=True)} ..." if text else "\r\033[K")
    sys.stderr.flush()


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
