"""The page's icons are what the script draws, in the sizes that a manifest names."""

import importlib.util
import struct
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "draw_icons.py"


def pixels(png: bytes) -> tuple[tuple[int, int], bytes]:
    """Return a PNG's size and its rows, whatever compressor made it."""
    width, height = struct.unpack(">II", png[16:24])
    size = struct.unpack(">I", png[33:37])[0]
    assert png[37:41] == b"IDAT"
    return (width, height), zlib.decompress(png[41 : 41 + size])


@pytest.mark.parametrize("size", [16, 32, 80])
def test_an_icon_is_drawn_by_the_script(size: int) -> None:
    spec = importlib.util.spec_from_file_location("draw_icons", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    drawn = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawn)
    held = (ROOT / f"src/sheetrecord/web/icon-{size}.png").read_bytes()
    assert pixels(held) == pixels(drawn.png(size))
    assert pixels(held)[0] == (size, size)
