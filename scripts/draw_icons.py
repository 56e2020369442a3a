#!/usr/bin/env python3
"""Draw the icons of the page: the mark of `publish/assets/icon.svg` as PNG, in three sizes."""

import struct
import sys
import zlib
from pathlib import Path

SIZES = (16, 32, 80)
FOLDER = Path(__file__).resolve().parents[1] / "src/sheetrecord/web"
GROUND, INK = (0x1F, 0x5C, 0x66), (0xFF, 0xFF, 0xFF)
SIDE, ROUND, HALF = 16.0, 3.0, 0.8
"""The mark's side, the radius of its corners and half the width of its lines, in its own units."""
LINES = ((4.0, 12.0, 4.5), (4.0, 12.0, 8.0), (4.0, 9.0, 11.5))
"""Where its three lines begin and end, and how high they stand."""
FINE = 8
"""Samples along each side of a pixel."""


def within_ground(x: float, y: float) -> bool:
    """Return True if a point is within the square with round corners."""
    across = max(ROUND - x, 0.0, x - (SIDE - ROUND))
    down = max(ROUND - y, 0.0, y - (SIDE - ROUND))
    return across * across + down * down <= ROUND * ROUND


def within_line(x: float, y: float) -> bool:
    """Return True if a point is on one of the lines, their round ends included."""
    return any(
        max(left - x, 0.0, x - right) ** 2 + (y - height) ** 2 <= HALF * HALF
        for left, right, height in LINES
    )


def pixel(column: int, row: int, size: int) -> bytes:
    """Return one pixel: red, green, blue and how much of it the mark covers."""
    ground = ink = 0
    for step in range(FINE * FINE):
        x = (column + (step % FINE + 0.5) / FINE) * SIDE / size
        y = (row + (step // FINE + 0.5) / FINE) * SIDE / size
        if within_ground(x, y):
            ground += 1
            ink += within_line(x, y)
    share = ink / ground if ground else 0.0
    mixed = [round(a + (b - a) * share) for a, b in zip(GROUND, INK, strict=True)]
    return bytes([*mixed, round(255 * ground / (FINE * FINE))])


def png(size: int) -> bytes:
    """Return the mark as a PNG of so many pixels a side."""
    rows = b"".join(b"\0" + b"".join(pixel(x, y, size) for x in range(size)) for y in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def main() -> int:
    """Write the icons."""
    for size in SIZES:
        (FOLDER / f"icon-{size}.png").write_bytes(png(size))
    return 0


if __name__ == "__main__":
    sys.exit(main())
