"""What is posted of a handover note: a short message in the form that a service takes.

- ``slack``: an incoming webhook of Slack; what a cell holds is escaped, so that it calls nobody.
- ``teams``: a workflow of Microsoft Teams that takes an Adaptive Card; texts are no Markdown.
- ``json``: the note as it is, for any other program.
"""

import json
from collections.abc import Iterator
from typing import Final

from sheetrecord.publish.note.content import NoteText

KINDS: Final = ("json", "slack", "teams")

_SHORT: Final = ("sold", "matters", "against", "promised", "unknown")
"""Sections of the short message; the note and the page have all of it."""

_LINES: Final = 3
"""Lines of each."""

LARGEST: Final = 24_000
"""Bytes of a message at the most: Teams takes 28 kB, Slack 40,000 characters."""


def body(text: NoteText, kind: str) -> bytes:
    """Return the message to post, as JSON. Raises KeyError for an unknown kind."""
    made = {"json": _plain, "slack": _slack, "teams": _teams}[kind](text)
    return json.dumps(made, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _plain(text: NoteText) -> dict[str, object]:
    return {
        "schema": 1,
        "event": "handover",
        "deal_id": text.deal_id,
        "language": text.language,
        "subject": text.subject,
        "intro": text.intro,
        "sections": [
            {"key": key, "heading": heading, "lines": lines} for key, heading, lines in _parts(text)
        ],
        "link": text.link or None,
        "end": text.end,
    }


def _parts(text: NoteText) -> Iterator[tuple[str, str, list[str]]]:
    for section in text.sections:
        if section.key in _SHORT:
            lines = [line.what for line in section.lines[:_LINES]]
            if left := len(section.lines) - len(lines):
                lines.append(f"+ {left}")
            yield section.key, section.heading, lines


def _slack(text: NoteText) -> dict[str, object]:
    lines = [f"*{_mrkdwn(text.subject)}*", _mrkdwn(text.intro)]
    for _, heading, told in _parts(text):
        lines += ["", f"*{_mrkdwn(heading)}*", *(f"• {_mrkdwn(line)}" for line in told)]
    if text.link:
        lines += ["", f"<{_mrkdwn(text.link)}>"]
    return {"text": "\n".join(lines), "unfurl_links": False, "unfurl_media": False}


def _mrkdwn(words: str) -> str:
    """Return a text in which nothing is a mention, a link or a format (Slack: escaping text)."""
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.translate({ord(mark): f"{mark}\u200b" for mark in "*_~`"})


def _teams(text: NoteText) -> dict[str, object]:
    blocks = [_runs(text.subject, size="Large", weight="Bolder"), _runs(text.intro)]
    for _, heading, told in _parts(text):
        blocks.append(_runs(heading, weight="Bolder"))
        blocks += [_runs(f"• {line}") for line in told]
    card: dict[str, object] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": blocks,
    }
    if text.link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": text.subject[:60], "url": text.link}]
    kind = "application/vnd.microsoft.card.adaptive"
    return {
        "type": "message",
        "attachments": [{"contentType": kind, "contentUrl": None, "content": card}],
    }


def _runs(words: str, **style: str) -> dict[str, object]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": words, **style}]}
