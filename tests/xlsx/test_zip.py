"""The zip container: what is found, copied raw, and refused."""

import io
import struct
import zipfile
import zlib

import pytest

from sheetrecord.xlsx import Limits, Refused, SetCell, patch
from sheetrecord.xlsx.archive.compressed import CLOSE
from sheetrecord.xlsx.archive.members import Container
from xlsx.makebooks import members, simple, values


def zipped(files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_members_are_read_whole_and_in_chunks():
    files = {"a.xml": b"one", "folder/b.xml": b"x" * 700_000, "empty": b""}
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        container = Container(zipped(files.items(), method))
        assert container.names() == list(files)
        assert {n: container.read(n) for n in files} == files
        assert {n: b"".join(container.stream(n)) for n in files} == files


def test_names_are_found_in_any_case_with_any_slash():
    container = Container(zipped([("XL\\Workbook.xml", b"x"), ("/other.xml", b"y")]))
    assert container.read("xl/workbook.xml") == b"x"
    assert container.read("OTHER.xml") == b"y"
    assert container.find("none.xml") is None


class Unseekable(io.RawIOBase):
    """A pipe: the zip module then writes data descriptors."""

    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += bytes(data)
        return len(data)


def streamed(files, *, zip64=False):
    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            with archive.open(name, "w", force_zip64=zip64) as part:
                part.write(data)
    return out.data


@pytest.mark.parametrize("zip64", [False, True], ids=["plain", "zip64"])
def test_a_workbook_written_to_a_pipe_is_patched(zip64):
    before = streamed(members(simple({"A1": 1, "B1": "x"})), zip64=zip64)
    after = patch(before, [SetCell("Fees", "A1", 2)]).data
    assert values(after) == {"A1": 2, "B1": "x"}
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.testzip() is None


def test_bytes_before_the_zip_and_a_comment_are_understood():
    buffer = io.BytesIO(simple({"A1": 1}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"a comment"
    after = patch(b"#!prefix" + buffer.getvalue(), [SetCell("Fees", "A1", 2)]).data
    assert values(after) == {"A1": 2}
    assert after.endswith(b"a comment")


def flagged(data, flag):
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", flag) + data[at + 2 :]


GOOD = zipped([("a.xml", b"hello " * 100), ("b.xml", b"y")])
LOCAL_NAME = GOOD.index(b"a.xml")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"just text", "not-a-workbook", id="text"),
        pytest.param(GOOD[:-30], "zip", id="end-cut-off"),
        pytest.param(GOOD[:200], "zip", id="half-cut-off"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "xls", id="xls"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            id="password",
        ),
        pytest.param(flagged(GOOD, 1), "encrypted", id="encrypted-member"),
        pytest.param(
            zipped([("a.xml", b"x")], zipfile.ZIP_BZIP2), "zip-method", id="odd-compression"
        ),
        pytest.param(
            GOOD[:LOCAL_NAME] + b"z" + GOOD[LOCAL_NAME + 1 :], "zip", id="name-differs-inside"
        ),
        pytest.param(
            zipped([("a.xml", b"x"), ("A.xml", b"y")]), "zip-duplicate", id="twice-but-for-case"
        ),
        pytest.param(
            zipped([("a.xml", b"x"), ("\\a.xml", b"y")]), "zip-duplicate", id="twice-by-path"
        ),
    ],
)
def test_a_file_two_programs_would_read_differently_is_refused(data, reason):
    with pytest.raises(Refused) as refusal:
        Container(data)
    assert refusal.value.reason == reason


def test_a_member_that_is_not_what_the_list_says_is_refused():
    at = GOOD.index(b"a.xml") + 5
    broken = GOOD[: at + 3] + bytes([GOOD[at + 3] ^ 0x55]) + GOOD[at + 4 :]
    for read in (lambda c: c.read("a.xml"), lambda c: b"".join(c.stream("a.xml"))):
        with pytest.raises(Refused):
            read(Container(broken))


def test_a_member_that_inflates_to_more_than_it_claims_is_refused():
    data = bytearray(zipped([("a.xml", b"x" * 100_000)]))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 1000)
    for read in (lambda c: c.read("a.xml"), lambda c: b"".join(c.stream("a.xml"))):
        with pytest.raises(Refused, match="damaged"):
            read(Container(bytes(data)))


def test_a_member_bigger_than_allowed_is_refused_before_it_is_inflated():
    container = Container(zipped([("a.xml", b"x" * 100_000)]), Limits(inflated=50_000))
    for look in (container.read, container.stream):
        with pytest.raises(Refused, match=r"more than 50,000 bytes"):
            look("a.xml")


def test_members_that_overlap_are_refused():
    data = bytearray(GOOD)
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    size = struct.unpack_from("<L", data, data.index(b"PK\x01\x02") + 20)[0]
    at = data.index(b"PK\x01\x02") + 20
    data[at : at + 4] = struct.pack("<L", size + 20)
    assert second
    with pytest.raises(Refused, match="overlap"):
        Container(bytes(data))


@pytest.mark.parametrize(("rows", "most"), [(30, 1.08), (20_000, 1.08), (40_000, 1.5)])
def test_a_written_part_is_about_as_small_as_other_programs_make_it(rows, most):
    """A large one, where time counts, may be half as large again."""
    long = (
        '=IF(OR({0}{1}="",N(SUM($A{1}:$B{1}))<=0),"",IF(ISNUMBER(MATCH({0}{1},$A$1:$A$9,0)),{1},0))'
    )
    cells = {f"{c}{r}": (long.format(c, r), r) for r in range(1, rows + 1) for c in "GHI"}
    book = simple(cells | {f"A{r}": f"Client {r * 7919 % 1000}" for r in range(1, rows + 1)})
    after = patch(book, [SetCell("Fees", "C2", "new")]).data
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        part = package.getinfo("xl/worksheets/sheet1.xml")
        usual = len(zlib.compress(package.read(part), 6))
    assert (part.file_size > CLOSE) == (most > 1.1)
    assert part.compress_size <= usual * most
