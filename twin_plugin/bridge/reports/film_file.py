"""Files of films, written frame by frame: GIF by our own writer, MP4 (H.264) by PyAV where that is installed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from qgis.PyQt.QtGui import QImage

from ...core.common.errors import InputError, ResourceError, unwritable
from .gif import GifFile, Palette

END_CS = 200
"""How long the last frame of a GIF stays before it begins again, hundredths of a second."""
QUALITY = "20"
"""H.264's constant rate factor: letters and thin lines stay sharp."""


class Gif:
    """A film as .gif; its colours come from some frames that are drawn before."""

    def __init__(self, path: Path, fps: float, samples: Sequence[QImage]) -> None:
        self._path, self._fps = path, fps
        palette = Palette(_pixels(image) for image in samples)
        self._file = _new_file(path)
        try:
            self._gif = GifFile(self._file, (samples[0].width(), samples[0].height()), palette)
        except OSError as error:
            self.discard()
            raise unwritable(path, error) from error
        self._held: np.ndarray | None = None
        self._count = 0

    def write(self, image: QImage) -> None:
        """Write the next frame."""
        self._write_held(None)
        self._held = _pixels(image)

    def close(self) -> None:
        """Write the last frame and the end."""
        self._write_held(END_CS)
        try:
            self._gif.close()
            self._file.close()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def discard(self) -> None:
        """Let go of a file that is not wanted any more."""
        with suppress(OSError):  # what is left of it is removed
            self._file.close()

    def _write_held(self, delay_cs: int | None) -> None:
        """Frames are written one later: only then it is known which one is the last."""
        if self._held is None:
            return
        if delay_cs is None:  # rounded such that the film as a whole keeps its speed
            delay_cs = round(100 * (self._count + 1) / self._fps) - round(100 * self._count / self._fps)
        self._count += 1
        try:
            self._gif.write(self._held, delay_cs)
        except OSError as error:
            raise unwritable(self._path, error) from error


class Mp4:
    """A film as .mp4 that browsers and office programs play: H.264, 4:2:0, its index at the beginning."""

    def __init__(self, path: Path, fps: float, size: tuple[int, int]) -> None:
        av = require_av()
        if size[0] % 2 or size[1] % 2:
            raise InputError(
                "A film as .mp4 needs an even width and height, not {width} x {height}: change one of them by 1.",
                width=size[0],
                height=size[1],
            )
        self._path, self._av, self._count = path, av, 0
        self._file = _new_file(path)
        try:
            self._container = av.open(self._file, "w", format="mp4", options={"movflags": "faststart"})
            rate = Fraction(fps).limit_denominator(1000)
            self._stream = self._container.add_stream(_encoder(av), rate=rate)
            self._stream.width, self._stream.height = size
            self._stream.pix_fmt = "yuv420p"
            self._stream.options = {"crf": QUALITY}
        except (OSError, ValueError) as error:
            self.discard()
            raise unwritable(path, error) from error

    def write(self, image: QImage) -> None:
        """Write the next frame."""
        frame = self._av.VideoFrame.from_ndarray(_pixels(image), format="rgb24")
        self._mux(frame)
        self._count += 1

    def close(self) -> None:
        """Write what the encoder still has and the index, then count the frames of the file."""
        self._mux(None)
        try:
            self._container.close()
            self._file.close()
            with self._av.open(str(self._path)) as again:
                found = sum(1 for packet in again.demux(video=0) if packet.size)
        except (OSError, ValueError) as error:
            raise unwritable(self._path, error) from error
        if found != self._count:
            raise unwritable(self._path, f"{found} of {self._count} frames can be read again")

    def discard(self) -> None:
        """Let go of a file that is not wanted any more."""
        with suppress(OSError):  # what is left of it is removed
            self._file.close()

    def _mux(self, frame: Any) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except (OSError, ValueError) as error:
            raise unwritable(self._path, error) from error


def require_av() -> Any:
    """PyAV, which brings FFmpeg along.

    Raises
    ------
    ResourceError
        Where it is not installed.
    """
    try:
        import av
    except ImportError as error:
        raise ResourceError(
            "A film as .mp4 needs the Python package 'av', which is missing: install it into QGIS's Python with "
            "'python -m pip install av', or choose a name with .gif."
        ) from error
    return av


def _new_file(path: Path) -> BinaryIO:
    try:
        return path.open("w+b")
    except OSError as error:
        raise unwritable(path, error) from error


def _encoder(av: Any) -> str:
    """H.264 by x264, or by what else this PyAV was built with."""
    for name in ("libx264", "libopenh264", "h264_mf", "h264_videotoolbox", "mpeg4"):
        if name in av.codecs_available:
            return name
    raise ResourceError("This PyAV has no encoder for .mp4: choose a name with .gif.")


def _pixels(image: QImage) -> np.ndarray:
    """Red, green and blue, uint8, shape (rows, columns, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()  # it outlives the picture
