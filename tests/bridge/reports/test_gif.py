"""GIFs read back by Qt, and by Pillow where it is installed: every frame, its delay, its colours."""

from __future__ import annotations

import io

import numpy as np
import pytest
from qgis.PyQt.QtGui import QImage, QImageReader

from twin_plugin.bridge.reports.gif import GifFile, Palette, compress


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def decompressed(data):
    """The decoder of the GIF89a specification, written from its text."""
    bits = int.from_bytes(data, "little")
    table, size, last, out = {}, 9, None, bytearray()
    while True:
        code = bits & ((1 << size) - 1)
        bits >>= size
        if code == 256:
            table, size, last = {n: bytes([n]) for n in range(256)}, 9, None
            count = 258
            continue
        if code == 257:
            return bytes(out)
        if last is None:
            entry = table[code]
        else:
            entry = table.get(code) or last + last[:1]
            if count < 4096:
                table[count] = last + entry[:1]
                count += 1
                if count == 1 << size and size < 12:
                    size += 1
        out += entry
        last = entry


@pytest.mark.parametrize("length", [1, 2, 254, 255, 256, 257, 258, 511, 512, 767, 4095, 20_000])
@pytest.mark.parametrize("kinds", [1, 2, 256])
def test_codes_are_read_again(length, kinds):
    """Around each length at which codes become wider, and beyond a full table."""
    dice = np.random.default_rng(length)
    data = dice.integers(0, kinds, length, np.uint8).tobytes()
    assert decompressed(compress(data)) == data


def film():
    """Five frames: a red square wanders over grey; the last two are equal."""
    frames = []
    for step in (0, 1, 2, 3, 3):
        frame = np.full((40, 60, 3), 200, np.uint8)
        frame[10:20, 10 * step : 10 * step + 10] = (180, 20, 30)
        frames.append(frame)
    return frames


def written(frames, delays):
    file = io.BytesIO()
    gif = GifFile(file, (frames[0].shape[1], frames[0].shape[0]), Palette(frames))
    for frame, delay in zip(frames, delays, strict=True):
        gif.write(frame, delay)
    gif.close()
    return file.getvalue()


def test_qt_reads_every_frame(tmp_path, qgis_app):
    path = tmp_path / "film.gif"
    path.write_bytes(written(film(), (25, 25, 10, 25, 200)))
    reader = QImageReader(str(path))
    assert (reader.imageCount(), reader.loopCount()) == (5, -1)
    for frame, delay in zip(film(), (25, 25, 10, 25, 200), strict=True):
        np.testing.assert_array_equal(pixels(reader.read()), frame)
        assert reader.nextImageDelay() == 10 * delay


def test_pillow_reads_every_frame():
    image = pytest.importorskip("PIL.Image").open(io.BytesIO(written(film(), (25, 25, 10, 25, 200))))
    assert (image.n_frames, image.info["loop"]) == (5, 0)
    for number, (frame, delay) in enumerate(zip(film(), (25, 25, 10, 25, 200), strict=True)):
        image.seek(number)
        assert image.info["duration"] == 10 * delay
        np.testing.assert_array_equal(np.asarray(image.convert("RGB")), frame)


def test_many_colours_are_near_the_right_ones():
    """A ramp of 4,096 colours in 255: no pixel is off by more than a map's reader could see."""
    y, x = np.mgrid[0:64, 0:64]
    frame = np.stack([4 * x, 4 * y, 128 + 0 * x], 2).astype(np.uint8)
    palette = Palette([frame])
    assert len(palette.colours) <= 255
    off = palette.colours[palette.indices(frame)].astype(int) - frame
    assert np.sqrt((off**2).sum(2)).max() < 24
    few = np.zeros((4, 4, 3), np.uint8)
    few[1:] = (7, 77, 177)
    np.testing.assert_array_equal(Palette([few]).colours[Palette([few]).indices(few)], few)


def test_only_what_changes_is_written():
    dice = np.random.default_rng(1)
    still = dice.integers(0, 255, (100, 100, 3), np.uint8)
    once, ten = written([still], [10]), written([still] * 10, [10] * 10)
    assert len(ten) - len(once) < 10 * 40
