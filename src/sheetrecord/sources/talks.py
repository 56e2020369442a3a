"""Talks and chats: subtitles (.vtt, .srt), and what WhatsApp, Slack and Teams export or show."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from sheetrecord.model.errors import CannotRead
from sheetrecord.model.message import CHAT, TURN, Message
from sheetrecord.sources.text import decoded

_CUE: Final = re.compile(
    r"^(?P<from>(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3})\s*-->\s*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}.*$"
)
_VOICE: Final = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
_TAG: Final = re.compile(r"</?[^>]{0,120}>")
_SPEAKER: Final = re.compile(r"([^\W\d_][^:\n]{0,38}):\s+(?=\S)")
_PAUSE: Final = re.compile(r"[.!?\u2026][\"')\]]*$")
_LONGEST_TURN: Final = 12
"""Cues of one speaker that are joined at the most."""


class Turn(NamedTuple):
    """What one person said at a stretch, and when that began."""

    by: str
    at: str
    text: str


def read_subtitles(data: bytes, name: str) -> list[Message] | None:
    """Return the turns of a transcript; None for what has no times of subtitles."""
    if b"-->" not in data[:20000]:
        return None
    cues = list(_cues(decoded(data, name)))
    if not cues:
        return None
    return [
        Message(f"{name}#{number}", turn.text, turn.by, form=TURN, at=turn.at, part=number)
        for number, turn in enumerate(_turns(cues))
    ]


def _cues(text: str) -> Iterator[Turn]:
    """Yield the cues with their speaker, if they name one."""
    at, lines = "", list[str]()
    for line in [*text.split("\n"), ""]:
        found = _CUE.match(line.strip())
        if found:
            at, lines = found["from"].replace(",", "."), []
        elif at and line.strip():
            lines.append(line.strip())
        elif at:
            yield from _spoken(at, lines)
            at = ""


def _spoken(at: str, lines: list[str]) -> Iterator[Turn]:
    """Yield what a cue says; one cue may hold lines of several people."""
    held = Turn("", at, "")
    for line in lines:
        by, plain = _voiced(line)
        if by and held.text:
            yield held
            held = held._replace(text="")
        held = Turn(by or held.by, at, f"{held.text} {plain}".strip())
    if held.text:
        yield held


def _voiced(line: str) -> tuple[str, str]:
    """Return who speaks in a line, "" when it does not tell, and what is said."""
    voice = _VOICE.search(line)
    plain = " ".join(_TAG.sub("", line).split())
    if voice:
        return voice[1].strip(), plain
    bare = plain.removeprefix("- ")
    named = _SPEAKER.match(bare)
    if named and _is_name(named[1]):
        return named[1].strip(), bare[named.end() :]
    return "", plain


def _is_name(text: str) -> bool:
    """Return True if what stands before a colon may be a speaker's name: few words, capitals."""
    words = text.split()
    return 0 < len(words) <= 4 and words[0][:1].isupper()


def _turns(cues: Iterable[Turn]) -> Iterator[Turn]:
    """Yield the cues of one speaker joined: a sentence runs over several."""
    held: Turn | None = None
    count = 0
    for cue in cues:
        goes_on = held is not None and cue.by in {held.by, ""}
        if held and goes_on and count < _LONGEST_TURN:
            held = held._replace(text=f"{held.text} {cue.text}")
            count += 1
            continue
        if held:
            yield held
        held, count = cue, 1
    if held:
        yield held


_WHATSAPP: Final = re.compile(
    r"^[\u200e\u200f\ufeff]*\[?(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),?\s+(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:[\s\u202f]?[ap]\.?\s?m\.?)?)"
    r"\]?(?:\s+-)?\s+(?P<rest>.*)$",
    re.IGNORECASE,
)
_OMITTED: Final = re.compile(
    r"[\u200e\u200f]*(?:<[^>]*(?:omitted|omitido|omis|ausgeschlossen|weggelassen|attached|angehangt|adjunto)[^>]*>"
    r"|(?:image|video|audio|sticker|document|imagen|bild|photo|vid\u00e9o)\s+(?:omitted|omitid[oa]|absente?|weggelassen)"
    r"|this message was deleted|diese nachricht wurde gel\u00f6scht|este mensaje fue eliminado|ce message a \u00e9t\u00e9 supprim\u00e9)",
    re.IGNORECASE,
)


def read_whatsapp(data: bytes, name: str) -> list[Message] | None:
    """Return the lines of an exported WhatsApp chat; None for what is none."""
    head = data[:2000].decode("utf-8", "replace").lstrip("\ufeff\u200e")
    if not _WHATSAPP.match(head.split("\n")[0].rstrip("\r")):
        return None
    entries = list(_whatsapp(decoded(data, name)))
    order = _order([date for date, *_ in entries])
    found = []
    for number, (date, time, by, text) in enumerate(entries):
        if by and not _OMITTED.fullmatch(text.strip()):
            sent = _moment(date, time, order)
            found.append(
                Message(
                    f"{name}#{number}",
                    text,
                    by,
                    sent=sent,
                    form=CHAT,
                    at=f"{date} {time}",
                    part=number,
                )
            )
    return found or None


def _whatsapp(text: str) -> Iterator[tuple[str, str, str, str]]:
    held: tuple[str, str, str, str] | None = None
    for line in text.split("\n"):
        found = _WHATSAPP.match(line)
        if not found:
            if held and line.strip():
                held = (*held[:3], f"{held[3]}\n{line}")
            continue
        if held:
            yield held
        by, colon, said = found["rest"].partition(": ")
        held = (found["date"], found["time"], by.strip() if colon else "", said if colon else "")
    if held:
        yield held


def _order(dates: Iterable[str]) -> str:
    """Return the order of the parts of a chat's dates, as far as they prove it."""
    seen = set()
    for date in dates:
        parts = [int(one) for one in re.split(r"[./-]", date)]
        if "." in date:
            return "dmy"
        if parts[0] > 31:
            return "ymd"
        if parts[0] > 12:
            seen.add("dmy")
        elif parts[1] > 12:
            seen.add("mdy")
    return seen.pop() if len(seen) == 1 else "dmy"


def _moment(date: str, time: str, order: str) -> dt.datetime | None:
    one, two, three = (int(part) for part in re.split(r"[./-]", date))
    year, month, day = {
        "dmy": (three, two, one),
        "mdy": (three, one, two),
        "ymd": (one, two, three),
    }[order]
    clock = [int(part) for part in re.findall(r"\d+", time)]
    hour = clock[0] % 12 + 12 if re.search(r"p\.?\s?m", time, re.IGNORECASE) else clock[0]
    if re.search(r"a\.?\s?m", time, re.IGNORECASE) and clock[0] == 12:
        hour = 0
    try:
        return dt.datetime(year + 2000 * (year < 100), month, day, hour, clock[1])  # noqa: DTZ001 - as the phone shows it
    except ValueError:
        return None


_SAID_AT: Final = re.compile(
    r"^(?P<by>[^\W\d_][\w.' -]{0,38}?)\s{1,3}\[?(?P<time>\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?)\]?\s*(?:uhr)?$"
)
_TEAMS: Final = re.compile(
    r"^\[?(?P<date>\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)?,?\s*(?P<time>\d{1,2}:\d{2}(?:\s?[AaPp][Mm])?)\]?\s+(?P<by>[^\W\d_][^\n:]{1,38})$"
)


def read_pasted_chat(data: bytes, name: str) -> list[Message] | None:
    """Return the messages of a chat copied from Slack or Teams: a line with name and time each."""
    if b":" not in data[:4000] and b"." not in data[:4000]:
        return None
    lines = decoded(data, name).split("\n")
    heads = [_SAID_AT.match(line.strip()) or _TEAMS.match(line.strip()) for line in lines]
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if len([one for one in heads if one]) < 2 or not heads[first]:
        return None
    found: list[Message] = []
    for line, head in zip(lines, heads, strict=True):
        if head:
            number = len(found)
            found.append(
                Message(
                    f"{name}#{number}",
                    "",
                    head["by"].strip(),
                    form=CHAT,
                    at=head["time"],
                    part=number,
                )
            )
        elif found:
            last = found[-1]
            found[-1] = last._replace(text=f"{last.text}\n{line}".strip("\n"))
    return [one for one in found if one.text.strip()] or None


def read_chat_json(data: bytes, name: str) -> list[Message] | None:
    """Return the messages of an export of Slack or Teams (JSON); None for other files."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in {b"[", b"{"}:
        return None
    try:
        told = json.loads(decoded(data, name))
    except RecursionError as error:
        raise CannotRead(
            name, "it nests deeper than an export does.", "Export it again."
        ) from error
    except ValueError:
        return None
    entries = told if isinstance(told, list) else told.get("messages") or told.get("value")
    if not isinstance(entries, list):
        return None
    found = [one for number, entry in enumerate(entries) if (one := _entry(entry, name, number))]
    return sorted(found, key=lambda one: one.sent.timestamp() if one.sent else 0) or None


def _entry(entry: Any, name: str, number: int) -> Message | None:
    """Return one entry: Slack has ts, user and text; Teams createdDateTime, from and body."""
    if not isinstance(entry, dict) or entry.get("subtype") in {
        "channel_join",
        "channel_leave",
        "bot_message",
    }:
        return None
    if "body" in entry or "createdDateTime" in entry:
        return _teams(entry, name, number)
    text, stamp = entry.get("text"), entry.get("ts")
    if not isinstance(text, str) or not text.strip():
        return None
    profile = entry.get("user_profile")
    by = profile.get("real_name") if isinstance(profile, dict) else None
    by = by or entry.get("username") or entry.get("user") or ""
    sent = None
    if isinstance(stamp, str | int | float) and re.fullmatch(r"\d{9,11}(?:\.\d+)?", str(stamp)):
        sent = dt.datetime.fromtimestamp(float(stamp), dt.UTC)
    plain = re.sub(r"<(?:[^|>]+\|)?([^>]+)>", r"\1", text).replace("&amp;", "&")
    plain = plain.replace("&lt;", "<").replace("&gt;", ">")
    return Message(f"{name}#{stamp or number}", plain, str(by), sent=sent, form=CHAT, part=number)


def _teams(entry: "dict[str, Any]", name: str, number: int) -> Message | None:
    from sheetrecord.sources.html_text import text_of

    body = entry.get("body")
    content = body.get("content") if isinstance(body, dict) else body
    if not isinstance(content, str) or not content.strip():
        return None
    sender: Any = entry.get("from")
    while isinstance(sender, dict) and "displayName" not in sender:
        sender = next((one for one in sender.values() if isinstance(one, dict)), None)
    by = str(sender.get("displayName") or "") if isinstance(sender, dict) else ""
    html = not isinstance(body, dict) or body.get("contentType") != "text"
    text = text_of(content)[0] if html else content
    try:
        sent = dt.datetime.fromisoformat(str(entry.get("createdDateTime")))
    except ValueError:
        sent = None
    return Message(
        f"{name}#{entry.get('id') or number}", text, by, sent=sent, form=CHAT, part=number
    )
