"""Every rule speaks the workbook's language, in the workbook's words."""

import ast
import re
import string
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

import sheetrecord
from rules.languages import bare, own_texts, read_in
from rules.records import examples
from sheetrecord.core.check import check
from sheetrecord.formats.explained import book_in
from sheetrecord.model.problem import Problem
from sheetrecord.rules import load_rules
from sheetrecord.rules.names import Filled, PackNames
from sheetrecord.rules.rule import Rule
from sheetrecord.rules.words import phrase, place, told
from sheetrecord.rules.words import phrases as phrases_of
from sheetrecord.schema.packs import LANGUAGES

READ = ("HEAD", "TYPE", "ROW", "OWN", "LINK")
"""What depends on more than the cells of an example has tests of its own."""
OTHERS = [one for one in LANGUAGES if one != "en"]
RULES = list(load_rules().values())
EACH = pytest.mark.parametrize("language", OTHERS)
SOURCE = Path(sheetrecord.__file__).parent
ENGLISH = re.compile(
    r"\b(the|is|are|and|of|not|nobody|which|that|it|this|has|have|write|ask|pick|with)\b",
    re.IGNORECASE,
)
KEY = re.compile(r"\b[a-z]+_[a-z_]+\b|[{}]")


def fields(text: str) -> Counter[str]:
    """Return the fields of a sentence that its rule fills: sheets and lists fill themselves."""
    named = (name for _, name, _, _ in string.Formatter().parse(text) if name)
    return Counter(name for name in named if name.islower() and "." not in name)


@EACH
def test_every_rule_is_translated(language: str) -> None:
    missing = [
        f"{rule.code} has no sentences in {language}: add them to {place(language, rule.code)}"
        for rule in RULES
        if told(language, rule.code) is None
    ]
    assert not missing, "\n".join(missing)


@EACH
def test_no_translation_is_left_behind_by_its_rule(language: str) -> None:
    folder = SOURCE / "rules" / "words" / language
    codes = re.findall(r'"([A-Z]{3,5}-\d{3})": \(', "".join(
        path.read_text("utf-8") for path in sorted(folder.glob("*.py"))
    ))  # fmt: skip
    assert sorted(codes) == sorted(rule.code for rule in RULES)


@EACH
def test_a_translation_has_the_fields_of_the_original(language: str) -> None:
    for rule in RULES:
        message, do = told(language, rule.code) or ("", "")
        assert set(fields(message)) == set(fields(rule.message)), rule.code
        assert set(fields(do)) == set(fields(rule.do)), rule.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_sentence_names_of_the_workbook_is_there(language: str) -> None:
    for rule in RULES:
        sentences = (rule.message, rule.do) if language == "en" else told(language, rule.code)
        for text in sentences or ():
            words = dict.fromkeys(fields(text), "X")
            assert "{" not in text.format_map(Filled(words, PackNames(language)))


@EACH
def test_translations_are_whole_sentences(language: str) -> None:
    for rule in RULES:
        message, do = told(language, rule.code) or ("", "")
        ends = (".", "}", '"`.')
        assert message.endswith(ends), message
        assert do.endswith(ends), do
        assert (message, do) != (rule.message, rule.do), rule.code
        assert '"' not in re.sub(r"`[^`]*`", "", message + do), f"{rule.code}: quotation marks"


def phrases() -> dict[str, str]:
    """Return every phrase and joint that our code fills in, and the file that does."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in {"Phrase", "Series"} and node.args:
                where = f"{path.relative_to(SOURCE)}:{node.lineno}"
                found |= dict.fromkeys(constants(node.args[0], where), where)
    return found


def constants(node: ast.expr, where: str) -> list[str]:
    if isinstance(node, ast.IfExp):
        return constants(node.body, where) + constants(node.orelse, where)
    assert isinstance(node, ast.Constant), f"{where}: a phrase is written out where it is filled in"
    assert isinstance(node.value, str)
    return [node.value]


@EACH
def test_every_phrase_is_translated(language: str) -> None:
    known = phrases_of(language)
    ours = {**phrases(), " or ": "rules/names.py"}
    lost = [f"{one!r} of {where}" for one, where in ours.items() if one not in known]
    assert not lost, f"add to rules/words/{language}/phrases.py or handover.py: " + ", ".join(lost)
    assert not set(known) - set(ours), "nobody fills these in any more"
    for one in ours:
        assert set(fields(phrase(language, one))) == set(fields(one)), one


def problems(language: str, tables: str) -> tuple[Problem, ...]:
    return check(read_in(language, tables)).problems


TABLES = [(rule, text) for rule in RULES for text in examples(rule, "bad")]


@pytest.mark.parametrize(
    ("rule", "text"), TABLES, ids=[f"{rule.code}-{i}" for i, (rule, _) in enumerate(TABLES)]
)
def test_a_bad_example_is_told_in_every_language(rule: Rule, text: str) -> None:
    def places(found: Sequence[Problem]) -> Counter[tuple[str, int, str]]:
        return Counter((one.code, one.where.row, one.where.key) for one in found)

    english = places(problems("en", text))
    assert rule.code in {code for code, _, _ in english} or rule.code.startswith(READ)
    for language in OTHERS:
        found = problems(language, text)
        assert places(found) == english or rule.code == "HEAD-005", language
        typed = own_texts(book_in(language, text))
        for one in found:
            for sentence in (one.message, one.do):
                left = bare(sentence, typed)
                assert not ENGLISH.search(left), f"{language} {one.code}: {sentence}"
                assert not KEY.search(left), f"{language} {one.code}: {sentence}"
