"""The sentences of the page: in four languages, each used, none that is asked for missing."""

import json
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "src/sheetrecord/web/page"
LANGUAGES = 4
NAME = re.compile(r"\{(\w+)\}")
ASKED = re.compile(r"\bt\(\s*(?:[^()\"`]*\?\s*)?(\"[\w.]+\"(?:\s*:\s*\"[\w.]+\")?|`[^`]+`)")
LITERAL = re.compile(r"\"([\w.]+)\"")


def words() -> dict[str, list[str]]:
    """Return the table of words.mjs, which is JSON but for its first words."""
    text = (PAGE / "words.mjs").read_text("utf-8")
    found = json.loads(text[text.index("{\n") : text.rindex("}") + 1])
    assert isinstance(found, dict)
    return found


WORDS = words()
SOURCES = "\n".join(
    path.read_text("utf-8")
    for path in (*PAGE.glob("*.mjs"), PAGE.parent / "app.mjs")
    if path.name != "words.mjs"
)


def asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the keys that the modules name, and the patterns of those that they put together."""
    keys, patterns = set(), []
    for found in ASKED.findall(SOURCES):
        if found.startswith("`"):
            parts = re.split(r"\$\{[^}]*\}", found.strip("`"))
            patterns.append(re.compile(r"[\w.]+".join(map(re.escape, parts))))
        else:
            keys |= set(LITERAL.findall(found))
    return keys, patterns


def wrong(key: str, told: list[str]) -> str:
    """Return what is wrong with a sentence in some language, or nothing."""
    if len(told) != LANGUAGES or not all(text.strip() for text in told):
        return f"{key}: not in every language"
    if len({text.count("|") for text in told}) != 1:
        return f"{key}: one and many are not told apart everywhere"
    names = [set(NAME.findall(text)) for text in told]
    return "" if all(one == names[0] for one in names) else f"{key}: {names}"


def test_every_sentence_is_said_in_every_language_with_the_same_names_and_forms() -> None:
    assert not list(filter(None, (wrong(key, told) for key, told in WORDS.items())))


def test_every_sentence_that_a_module_asks_for_is_there() -> None:
    keys, patterns = asked_for()
    assert len(keys) > 100
    assert not keys - set(WORDS)
    for pattern in patterns:
        assert any(pattern.fullmatch(key) for key in WORDS), pattern.pattern


def test_no_sentence_is_left_that_nothing_says() -> None:
    _, patterns = asked_for()
    quoted = set(LITERAL.findall(SOURCES))
    left = [
        key
        for key in WORDS
        if key not in quoted and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert not left
