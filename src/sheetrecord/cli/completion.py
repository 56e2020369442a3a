"""`sheetrecord completion`: what makes a shell complete commands, options and deals."""

from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem, get_completion_class

from sheetrecord.cli import printing
from sheetrecord.cli.words import is_book
from sheetrecord.workbooks.kinds import stands


@click.command("completion")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print a script for a shell: it completes commands, options and the deals of a workbook.

    \b
    Examples:
      sheetrecord completion bash > ~/.local/share/bash-completion/completions/sheetrecord
      sheetrecord completion zsh > ~/.zfunc/_sheetrecord
      sheetrecord completion fish > ~/.config/fish/completions/sheetrecord.fish
    """
    maker = get_completion_class(shell)
    if maker is None:  # pragma: no cover - the choice lists what click knows
        raise click.UsageError(f"{shell} is not known.")
    above = (ctx.parent or ctx).command
    printing.document(maker(above, {}, "sheetrecord", "_SHEETRECORD_COMPLETE").source())
    return 0


def words(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what a word of a command may become: the ids of deals once a workbook is named."""
    typed = [str(word) for word in ctx.params.get("words") or ()]
    books = [word for word in typed if stands(word) and is_book(word, tuple)]
    if not books:
        return [CompletionItem(incomplete, type="file")]
    return [
        CompletionItem(deal_id, help=client)
        for deal_id, client in _deals(books[0])
        if deal_id.casefold().startswith(incomplete.casefold())
    ]


def _deals(address: str) -> Iterator[tuple[str, str]]:
    """Yield the ids of a workbook's deals with their clients; nothing where it cannot be read."""
    from sheetrecord.app.deals import deals_of
    from sheetrecord.model.errors import SheetRecordError

    try:
        yield from deals_of(address)
    except (SheetRecordError, OSError):
        return
