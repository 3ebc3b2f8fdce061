"""Films as GIF89a, written frame by frame: one palette for all, and of each frame only what changed.

Pillow, which writes GIFs as well, keeps every frame of a film in memory until the last one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import BinaryIO

import numpy as np

COLOURS = 255
"""One of the 256 entries stands for what did not change."""
UNCHANGED = 255
SHIFT, LEVELS = 2, 64
"""Colours that differ by less than 4 of 256 count as one."""
ROUNDS = 4
"""After so many the palette changes by less than a level."""
LONGEST_BLOCK = 255
CLEAR, END, FIRST, LARGEST = 256, 257, 258, 4096
"""Codes of GIF's variant of LZW for 8 bits a pixel."""


class Palette:
    """The colours of a film, from some of its frames.

    Parameters
    ----------
    frames : iterable of uint8 arrays, shape (rows, columns, 3)
        Red, green, blue.

    Attributes
    ----------
    colours : uint8 array, shape (n, 3), n up to `COLOURS`
    """

    def __init__(self, frames: Iterable[np.ndarray]) -> None:
        counts = np.zeros(LEVELS**3)
        sums = np.zeros((LEVELS**3, 3))
        for frame in frames:
            keys, pixels = _keys(frame).ravel(), frame.reshape(-1, 3)
            counts += np.bincount(keys, minlength=len(counts))
            for channel in range(3):
                sums[:, channel] += np.bincount(keys, pixels[:, channel], len(counts))
        there = np.flatnonzero(counts)
        means, weights = sums[there] / counts[there, None], np.sqrt(counts[there])  # thin lines and letters count too
        chosen = _spread(means, weights)
        for _ in range(ROUNDS if len(there) > COLOURS else 0):
            nearest = _nearest(means, chosen)
            total = np.bincount(nearest, weights, len(chosen))
            for channel in range(3):
                moved = np.bincount(nearest, weights * means[:, channel], len(chosen))
                chosen[:, channel] = np.where(total > 0, moved / np.maximum(total, 1e-9), chosen[:, channel])
        self.colours = np.rint(chosen).astype(np.uint8)
        self._index = np.full(LEVELS**3, -1, np.int16)

    def indices(self, frame: np.ndarray) -> np.ndarray:
        """The entry nearest to each pixel, uint8, shape (rows, columns)."""
        keys = _keys(frame)
        new = np.unique(keys[self._index[keys] < 0])
        if len(new):
            middle = np.stack([(new >> 12) & 63, (new >> 6) & 63, new & 63], 1) * 4.0 + 1.5
            self._index[new] = _nearest(middle, self.colours.astype(float))
        return self._index[keys].astype(np.uint8)


class GifFile:
    """A GIF open for frames; it is complete when it is closed.

    Parameters
    ----------
    file : binary file
    size : (int, int)
        Width and height in pixels.
    palette : Palette
    """

    def __init__(self, file: BinaryIO, size: tuple[int, int], palette: Palette) -> None:
        self._file, self._palette = file, palette
        self._last: np.ndarray | None = None
        table = np.zeros((256, 3), np.uint8)
        table[: len(palette.colours)] = palette.colours
        file.write(b"GIF89a" + struct.pack("<HHBBB", *size, 0xF7, 0, 0) + table.tobytes())
        file.write(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")  # play it again and again

    def write(self, frame: np.ndarray, delay_cs: int) -> None:
        """Write the next frame, shown for `delay_cs` hundredths of a second."""
        indices = self._palette.indices(frame)
        shown, left, top = indices, 0, 0
        if self._last is not None:
            changed = indices != self._last
            left, top, right, bottom = _box(changed)
            part = np.s_[top:bottom, left:right]
            shown = np.where(changed[part], indices[part], np.uint8(UNCHANGED))
        self._last = indices
        rows, columns = shown.shape
        # Stays where it is when the next frame comes; one entry is see-through.
        self._file.write(b"\x21\xf9\x04" + struct.pack("<BHBB", 0x05, delay_cs, UNCHANGED, 0))
        self._file.write(b"\x2c" + struct.pack("<HHHHB", left, top, columns, rows, 0) + b"\x08")
        packed = compress(shown.tobytes())
        for start in range(0, len(packed), LONGEST_BLOCK):
            block = packed[start : start + LONGEST_BLOCK]
            self._file.write(bytes([len(block)]) + block)
        self._file.write(b"\x00")

    def close(self) -> None:
        """Write the end."""
        self._file.write(b"\x3b")


def compress(indices: bytes) -> bytes:
    """Indices of pixels as GIF's LZW codes, of 9 to 12 bits, the lowest bit first (GIF89a, appendix F)."""
    out, held, bits = bytearray(), CLEAR, 9
    size, code, table = 9, FIRST, {}
    pixels = iter(indices)
    prefix = next(pixels)
    for pixel in pixels:
        key = prefix << 8 | pixel
        known = table.get(key)
        if known is not None:
            prefix = known
            continue
        held |= prefix << bits
        bits += size
        if code < LARGEST:
            table[key] = code
            size += code == 1 << size
            code += 1
        else:
            held |= CLEAR << bits
            bits += size
            size, code, table = 9, FIRST, {}
        prefix = pixel
        if bits >= 64:
            out += (held & 0xFFFFFFFFFFFFFFFF).to_bytes(8, "little")
            held >>= 64
            bits -= 64
    held |= prefix << bits
    bits += size
    if code == 1 << size and size < 12:  # the reader adds a code for the last one too
        size += 1
    held |= END << bits
    bits += size
    return bytes(out + held.to_bytes((bits + 7) // 8, "little"))


def _keys(frame: np.ndarray) -> np.ndarray:
    red, green, blue = (frame[..., channel].astype(np.int32) >> SHIFT for channel in range(3))
    return red << 12 | green << 6 | blue


def _nearest(colours: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The chosen colour nearest to each colour; arrays of shape (n, 3)."""
    parts = np.array_split(colours, max(1, len(colours) // 4096))
    squares = (chosen**2).sum(1)
    return np.concatenate([(squares - 2.0 * part @ chosen.T).argmin(1) for part in parts])


def _spread(means: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Up to `COLOURS` of the colours, the commonest first, then each the one that is farthest from those before it."""
    chosen = [int(weights.argmax())]
    apart = ((means - means[chosen[0]]) ** 2).sum(1)
    while len(chosen) < min(COLOURS, len(means)):
        chosen.append(int((apart * weights).argmax()))
        apart = np.minimum(apart, ((means - means[chosen[-1]]) ** 2).sum(1))
    return means[chosen]


def _box(changed: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what changed; one pixel where nothing did."""
    rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
    if not len(rows):
        return 0, 0, 1, 1
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
