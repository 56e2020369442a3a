"""Write the pages of `docs/` that the code itself knows: `build_docs.py [--check]`.

With --check nothing is written; a page that differs from the code ends this with 1.
"""

import sys
from collections.abc import Iterator, Sequence
from inspect import cleandoc
from pathlib import Path

import click

import settings_page
from sheetrecord.cli import COMMANDS
from sheetrecord.cli.group import cli
from sheetrecord.formats.template import TEMPLATES
from sheetrecord.rules import load_rules
from sheetrecord.rules.names import in_general
from sheetrecord.schema.lists import ENUMS, FENCES
from sheetrecord.schema.packs import pack
from sheetrecord.schema.prompts import PROMPTS, READY_TYPES, Prompt
from sheetrecord.schema.sheets import SHEETS

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTICE = "<!-- Written by scripts/build_docs.py from the code: change it there. -->\n"


def rules() -> Iterator[str]:
    """Yield the page of all rules: the same words as `sheetrecord explain`."""
    found = list(load_rules().values())
    yield f"# Rules\n\n{NOTICE}\n{len(found)} rules, declared in `src/sheetrecord/rules/`."
    yield "An error keeps the gate shut; a warning is said; a note is shown with `--notes`.\n"
    yield "| Code | Name | Severity |\n|---|---|---|"
    for rule in found:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.name} | {rule.severity.word} |"
    for rule in found:
        told = f"{in_general(rule.message)} {in_general(rule.do)}".translate({123: "*", 125: "*"})
        yield f"\n## {rule.code}\n\n**{rule.name}** ({rule.severity.word})\n"
        yield f"> {told}\n\n{cleandoc(rule.doc)}"


def questions() -> Iterator[str]:
    """Yield which template asks what: the rows that wait in each deal."""
    words = pack("en")
    yield "\n## Questions\n\nThe rows that wait in each deal, by template: the stage from which an"
    yield "answer is asked for, in bold where a blank keeps the gate shut. What is not asked stands"
    yield "in `Lists` as `off`."
    yield "\n| Kind or type | Question | " + " | ".join(TEMPLATES) + " |"
    yield "|---|---|" + "---|" * len(TEMPLATES)
    for prompt in PROMPTS:
        cells = [_stage(spec.prompts, prompt.kind) for spec in TEMPLATES.values()]
        label = words.enums["kind"][prompt.kind]
        yield f"| {label} | {words.prompts[prompt.kind]} | {' | '.join(cells)} |"
    people = " | ".join(["**won**"] * len(TEMPLATES))
    label = f"{words.enums['kind']['stakeholder']}: who decides, and whom ops calls"
    yield f"| {label} | {words.prompts['stakeholder']} | {people} |"
    for type_, question in words.type_prompts.items():
        bold = "**won**" if type_ in READY_TYPES else "won"
        bold += ", at a fixed price" if type_ in FENCES else ""
        cells = [bold if type_ in spec.types else "" for spec in TEMPLATES.values()]
        yield f"| {words.enums['type'][type_]} | {question} | {' | '.join(cells)} |"


def _stage(asked: Sequence[Prompt], kind: str) -> str:
    """Return from which stage a template asks a question, bold if a blank shuts the gate."""
    found = next((one for one in asked if one.kind == kind), None)
    if found is None:
        return ""
    return f"**{found.from_stage}**" if found.blocks else found.from_stage


def schema() -> Iterator[str]:
    """Yield the page of all sheets, columns and lists."""
    words = pack("en")
    yield f"# The record\n\n{NOTICE}\nEvery sheet, column and list; headers are the English labels."
    for key, declared in SHEETS.items():
        yield f"\n## {words.sheets[key]}\n\n{cleandoc(declared.__doc__ or '')}\n"
        yield "| Header | Key | Holds | Who fills it | Needed from | What for |"
        yield "|---|---|---|---|---|---|"
        for column in declared.columns:
            need = column.from_stage + ("" if column.blocks or not column.from_stage else " (said)")
            holds = f"list `{column.enum}`" if column.enum else column.kind.value
            if column.formula:
                holds += ", by formula"
            yield (
                f"| {words.columns[key][column.key]} | `{column.key}` | {holds} "
                f"| {column.owner.value} | {need} | {column.help} |"
            )
    yield from questions()
    yield "\n## Lists\n\n| List | Codes (English label) |\n|---|---|"
    for enum, codes in ENUMS.items():
        shown = ", ".join(f"`{code}` {words.enums[enum][code]}" for code in codes)
        yield f"| {enum} | {shown} |"


def commands() -> Iterator[str]:
    """Yield the page of all commands: exactly what `--help` prints."""
    yield f"# The command line\n\n{NOTICE}\nExit codes: 0 clean, 1 problems or a refused gate, 2 a"
    yield "word or a settings file that was not understood, 3 the world refuses (nothing was"
    yield "written), 70 a bug.\n"
    yield _help(cli, "sheetrecord", None)
    with click.Context(cli, info_name="sheetrecord") as parent:
        for name in COMMANDS:
            command = cli.get_command(parent, name)
            if command is not None:
                yield f"\n## {name}\n"
                yield _help(command, name, parent)


def _help(command: click.Command, name: str, parent: click.Context | None) -> str:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=96)
    return f"```text\n{command.get_help(context)}\n```"


def settings() -> Iterator[str]:
    """Yield the page of the settings file."""
    yield from settings_page.page(NOTICE)


def settings_schema() -> Iterator[str]:
    """Yield the JSON Schema of the settings file."""
    yield settings_page.schema_text()


PAGES = {
    "rules.md": rules,
    "schema.md": schema,
    "cli.md": commands,
    "settings.md": settings,
    "settings.schema.json": settings_schema,
}


def main() -> int:
    """Write or check every page; return 1 when a page differs."""
    stale = []
    for name, page in PAGES.items():
        text = "\n".join(line.rstrip() for line in "\n".join(page()).splitlines()) + "\n"
        path = DOCS / name
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"docs/{name} is not what the code says: run scripts/build_docs.py")
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(main())
