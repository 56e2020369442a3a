"""Each kind of file is read as its messages, and a hostile one is refused in a clear sentence."""

import datetime as dt
import json

import pytest

from capture.mails import US, WORD, captured, docx, facts, mail, mbox
from capture.msgs import msg
from sheetrecord.core.capture.find import capture
from sheetrecord.model.errors import CannotRead
from sheetrecord.sources.reading import read_source

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ann Lee>We open</v>

00:00:03.000 --> 00:00:05.000
<v Ann Lee>on 3 June.</v>

00:00:06.000 --> 00:00:07.000
<v Bo>Good.</v>
"""
SRT = b"""1
00:00:01,000 --> 00:00:03,000
Ann: We open on 3 June.

2
00:00:04,000 --> 00:00:05,000
Bo: Good.
"""
WHATSAPP = "03/05/2026, 14:02 - Messages are encrypted.\n25/05/2026, 14:02 - Ann: hello\nmore\n"
WHATSAPP += "25/05/2026, 14:03 - Bo: <Media omitted>\n[25.05.26, 14:04:01] Bo: fine\n"
SLACK = [
    {
        "type": "message",
        "user": "U1",
        "user_profile": {"real_name": "Ann"},
        "text": "Hi",
        "ts": "1779000000.1",
    },
    {"type": "message", "subtype": "channel_join", "text": "joined", "ts": "1779000001.1"},
]
TEAMS = [
    {
        "id": "1",
        "createdDateTime": "2026-05-11T09:00:00Z",
        "from": {"user": {"displayName": "Ann"}},
        "body": {"contentType": "html", "content": "<p>Hi <b>you</b></p>"},
    }
]
PASTED = b"Ann Lee  10:14 AM\nmorning\nBo  10:20 AM\nhello there\n"
ICS = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART:20260601T090000Z\r\nSUMMARY:Call\r\n"
ICS += b'ORGANIZER;CN="Ann Lee":mailto:ann@x.example\r\nDESCRIPTION:The opening\\, as told\\n is on 3\r\n'
ICS += b"  June.\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

KINDS = {
    "a.vtt": (VTT, [("Ann Lee", "We open on 3 June."), ("Bo", "Good.")]),
    "a.srt": (SRT, [("Ann", "We open on 3 June."), ("Bo", "Good.")]),
    "chat.txt": (WHATSAPP.encode(), [("Ann", "hello\nmore"), ("Bo", "fine")]),
    "slack.json": (json.dumps(SLACK).encode(), [("Ann", "Hi")]),
    "teams.json": (json.dumps({"value": TEAMS}).encode(), [("Ann", "Hi you")]),
    "pasted.txt": (PASTED, [("Ann Lee", "morning"), ("Bo", "hello there")]),
    "call.ics": (ICS, [("Ann Lee", "The opening, as told\n is on 3 June.")]),
    "notes.md": (b"# Call\n\n- open 3 June\n", [("", "# Call\n\n- open 3 June\n")]),
    "a.docx": (docx(["One.", "Two &amp; three."]), [("", "One.\n\nTwo & three.")]),
    "utf16.txt": ("höflich".encode("utf-16"), [("", "höflich")]),
    "old.txt": ("höflich".encode("cp1252"), [("", "höflich")]),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_read_as_its_messages(name: str) -> None:
    data, wanted = KINDS[name]
    file = read_source(data, name)
    assert [(one.by, one.text) for one in file.messages] == wanted
    assert len({one.id for one in file.messages}) == len(wanted)


def test_a_mailbox_is_its_mails_and_a_line_that_begins_with_from_is_none() -> None:
    one = mail("Hello\n\nFrom here on it is easy.\n", id_="<1@x>")
    file = read_source(mbox([one, mail("Bye", id_="<2@x>")]), "all.mbox")
    assert [message.id for message in file.messages] == ["<1@x>", "<2@x>"]
    assert "From here on" in file.messages[0].text


def test_deleted_text_is_none_and_inserted_text_is_text() -> None:
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>'
    body += "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p></w:body></w:document>"
    data = docx(
        [],
        comments=f'<w:comments xmlns:w="{WORD}"><w:comment w:id="1" w:author="Bo" w:date="2026-05-11T09:00:00Z"><w:p><w:r><w:t>Say when.</w:t></w:r></w:p></w:comment></w:comments>',
    )
    data = data.replace(b"", b"")
    file = read_source(_with_document(body, data), "a.docx")
    assert [(one.by, one.text) for one in file.messages] == [("", "new"), ("Bo", "Say when.")]


def _with_document(body: str, data: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return out.getvalue()


BOMB = docx(["x" * 300_000_000])
DTD = docx(["&x;"], '<!DOCTYPE w [<!ENTITY x "y">]>')
HOSTILE = {
    "bomb.docx": (BOMB, "unpacks to more"),
    "dtd.docx": (DTD, "document type"),
    "broken.docx": (b"PK\x03\x04" + b"x" * 400, "damaged"),
    "book.docx": (docx([]).replace(b"word/document.xml", b"xxxx/document.xml"), "no Word document"),
    "a.pdf": (b"%PDF-1.7 x", "the PDF is damaged"),
    "a.bin": (bytes(range(256)), "no text"),
    "deep.json": (b"[" * 200_000, "deeper"),
    "a.msg": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ".msg|damaged"),
    "winmail.dat": (b"\x78\x9f\x3e\x22" + b"x" * 40, "winmail"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_safely_is_refused_in_a_sentence(name: str) -> None:
    data, why = HOSTILE[name]
    with pytest.raises(CannotRead, match=why) as refused:
        read_source(data, name)
    assert refused.value.do
    assert name in str(refused.value)


def test_a_mail_as_outlook_saves_it_is_read_as_any_other() -> None:
    text = "Hi Tom,\n\nOur shareholders meet on 22 June and want to see it.\n"
    one = read_source(msg(text), "a.msg")
    [told] = one.messages
    assert (one.type, told.by, told.address) == ("msg", "Rita Ode", "rita@ode.example")
    assert told.sent == dt.datetime(2026, 5, 11, 9, tzinfo=dt.UTC)
    assert (told.to, told.subject) == (("tom@ours.example",), "The project")
    assert facts(capture([one], US)) == facts(captured(mail(text)))


def test_a_newsletter_that_outlook_saved_is_none_of_a_persons_own() -> None:
    headers = "Message-ID: <n@x>\r\nList-Unsubscribe: <mailto:x@y.example>\r\n"
    [told] = read_source(msg("We open on 22 June.", headers=headers), "a.msg").messages
    assert (told.id, bool(told.bulk)) == ("<n@x>", True)


@pytest.mark.parametrize("cut", [8, 512, 900, 2000])
def test_a_damaged_message_of_outlook_is_refused(cut: int) -> None:
    with pytest.raises(CannotRead):
        read_source(msg("We open on 22 June.")[:cut], "a.msg")
