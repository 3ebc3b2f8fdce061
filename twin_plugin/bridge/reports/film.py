"""A flood over time as a film: the map is drawn at each time of a RESULT and handed to a file, one frame at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDateTimeRange,
    QgsExpressionContext,
    QgsMapLayer,
    QgsMapRendererCache,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QEventLoop, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage

from ...core.common.clock import clock
from ...core.common.errors import Cancelled, InputError, unwritable
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ..kernel.map_classes import classes
from ..kernel.rasters import crs_unit_m
from . import mesh_style
from .film_file import Gif, Mp4
from .film_page import FilmPage, PageText

LOOK_MS = 50
"""How often a drawing looks whether to go on."""
MOST_PIXELS = 3840 * 2160
LEAST_WIDTH, LEAST_HEIGHT = 320, 240
SAMPLES = 3
"""Frames from which a GIF takes its colours: the first, one in the middle and the last."""


class FilmFile(Protocol):
    """What takes frames."""

    def write(self, image: QImage) -> None: ...
    def close(self) -> None: ...
    def discard(self) -> None: ...


@dataclass(frozen=True)
class FilmSettings:
    """What a film shows and how.

    Attributes
    ----------
    size : QSize
        In pixels.
    fps : float
        Frames in a second.
    extent : QgsRectangle
        In the CRS of the RESULT; null for all of it.
    from_min, to_min : float
        Only the times between these are shown, in minutes after the start.
    title : str
    legend, arrows, scale_bar : bool
        Whether they are shown; the legend is that of the depth.
    """

    size: QSize
    fps: float = 4.0
    extent: QgsRectangle = field(default_factory=QgsRectangle)
    from_min: float = 0.0
    to_min: float = float("inf")
    title: str = ""
    legend: bool = True
    arrows: bool = True
    scale_bar: bool = True


class Film:
    """Draws the frames of a flood.

    Parameters
    ----------
    mesh : QgsMeshLayer
        A RESULT; it is dressed for the film, and so a copy of a layer of the project.
    over, under : sequences of QgsMapLayer
        What is drawn above and below the flood, top first.
    settings : FilmSettings
    transforms : QgsCoordinateTransformContext
    expressions : QgsExpressionContext, optional
        What styles and labels refer to, such as the user's language.

    Attributes
    ----------
    minutes : list of float
        Time of each frame.

    Raises
    ------
    InputError
        When the size is out of bounds, the RESULT has no times in the range, or the extent shows nothing of it.
    """

    def __init__(
        self,
        mesh: QgsMeshLayer,
        over: Sequence[QgsMapLayer],
        under: Sequence[QgsMapLayer],
        settings: FilmSettings,
        transforms: QgsCoordinateTransformContext,
        expressions: QgsExpressionContext | None = None,
    ) -> None:
        self._mesh, self._settings = mesh, settings
        _require_size(settings.size)
        times_ms = _times_ms(mesh)
        chosen = [at for at in times_ms if settings.from_min <= at / 60_000 <= settings.to_min]
        if not chosen:
            raise InputError(
                "The result '{name}' has no frame from {first:g} min to {last:g} min: its times go from {low:g} to "
                "{high:g} min.",
                name=mesh.name(),
                first=settings.from_min,
                last=settings.to_min,
                low=times_ms[0] / 60_000,
                high=times_ms[-1] / 60_000,
            )
        self._times_ms = chosen
        self.minutes = [at / 60_000 for at in chosen]
        _dress(mesh, settings.arrows)
        legend = classes("flood_depth") if settings.legend else ()
        arrows = settings.legend and settings.arrows and "velocity" in mesh_style.groups(mesh)
        self._page = FilmPage(settings.size, PageText(settings.title, legend, arrows, settings.scale_bar))
        self._layers = [*over, mesh, *under]
        self._map = self._map_settings(transforms, expressions)
        self._still = QgsMapRendererCache()

    def write(self, path: Path, frames_folder: Path | None, progress: Progress) -> None:
        """Write the film, and where a folder is given each frame as a PNG into it.

        Raises
        ------
        ResourceError
            When a file cannot be written, or a .mp4 is asked for without PyAV.
        Cancelled
        """
        film = self._open(path, progress)
        try:
            for number, image in enumerate(self._frames(range(len(self.minutes)), progress)):
                film.write(image)
                if frames_folder is not None:
                    name = f"frame_{number:04d}_{clock(self.minutes[number]).replace(':', 'h')}.png"
                    _save(image, frames_folder / name)
            film.close()
        except BaseException:
            film.discard()
            raise

    def frame(self, number: int, go_on: Progress) -> QImage:
        """One frame of the film."""
        minutes = self.minutes[number]
        begin = self._mesh.temporalProperties().timeExtent().begin().addMSecs(self._times_ms[number])
        self._map.setTemporalRange(QgsDateTimeRange(begin, begin.addMSecs(1)))
        for layer in self._layers:
            times = layer.temporalProperties()
            if times is not None and times.isActive():
                self._still.invalidateCacheForLayer(layer)
        image = _draw(self._map, self._still, go_on)
        share = (number + 1) / len(self.minutes)
        pixel_m = self._map.mapUnitsPerPixel() * crs_unit_m(self._map.destinationCrs())
        return self._page.draw(image, minutes, share, pixel_m)

    def _open(self, path: Path, progress: Progress) -> FilmFile:
        size = self._settings.size
        if path.suffix.lower() == ".mp4":
            return Mp4(path, self._settings.fps, (size.width(), size.height()))
        if path.suffix.lower() != ".gif":
            raise InputError("'{path}' cannot be a film: choose a name with .gif or .mp4.", path=path)
        last = len(self.minutes) - 1
        some = sorted({round(last * number / (SAMPLES - 1)) for number in range(SAMPLES)})
        return Gif(path, self._settings.fps, list(self._frames(some, part(progress, 0.0, 0.0))))

    def _frames(self, numbers: Sequence[int], progress: Progress) -> Iterator[QImage]:
        for done, number in enumerate(numbers):
            advance(progress, done / len(numbers), Message("Drawing the film"))
            yield self.frame(number, progress)

    def _map_settings(
        self, transforms: QgsCoordinateTransformContext, expressions: QgsExpressionContext | None
    ) -> QgsMapSettings:
        result = QgsMapSettings()
        if expressions is not None:
            result.setExpressionContext(expressions)
        result.setTransformContext(transforms)
        result.setDestinationCrs(self._mesh.crs() if self._mesh.crs().isValid() else QgsCoordinateReferenceSystem())
        result.setLayers(self._layers)
        result.setBackgroundColor(QColor("#f4f3ef"))
        result.setOutputSize(self._page.map_size)
        result.setOutputDpi(self._page.dpi)
        for flag in (QgsMapSettings.Flag.Antialiasing, QgsMapSettings.Flag.HighQualityImageTransforms):
            result.setFlag(flag, True)
        result.setExtent(self._shown())
        result.setIsTemporal(True)
        return result

    def _shown(self) -> QgsRectangle:
        """What the film shows: the extent of the settings, or all of the RESULT."""
        wanted, whole = self._settings.extent, self._mesh.extent()
        if wanted.isNull():
            return whole
        if wanted.isEmpty() or not wanted.intersects(whole):
            raise InputError(
                "The EXTENT of the film shows nothing of the result '{name}': choose a part of it, and check the CRS "
                "of the extent.",
                name=self._mesh.name(),
            )
        return wanted


def _require_size(size: QSize) -> None:
    width, height = size.width(), size.height()
    if width < LEAST_WIDTH or height < LEAST_HEIGHT or width * height > MOST_PIXELS:
        raise InputError(
            "A film of {width} x {height} pixels cannot be drawn: choose at least {low} x {low2}, and no more than "
            "3840 x 2160 have together.",
            width=width,
            height=height,
            low=LEAST_WIDTH,
            low2=LEAST_HEIGHT,
        )


def _times_ms(mesh: QgsMeshLayer) -> list[int]:
    """Times of the depth after the start."""
    group = mesh_style.groups(mesh).get("depth")
    count = 0 if group is None else mesh.datasetCount(QgsMeshDatasetIndex(group, 0))
    times = [mesh.datasetRelativeTimeInMilliseconds(QgsMeshDatasetIndex(group, n)) for n in range(count)]
    if not times or min(times) < 0 or not mesh.temporalProperties().timeExtent().begin().isValid():
        raise InputError(
            "'{name}' has no depths over time: choose the output RESULT of the flood simulation.", name=mesh.name()
        )
    return times


def _dress(mesh: QgsMeshLayer, arrows: bool) -> None:
    """Depth in the classes of the legend, whatever the layer of the project showed; over its own time."""
    mesh_style.dress(mesh)
    if not arrows:
        settings = mesh.rendererSettings()
        settings.setActiveVectorDatasetGroup(-1)
        mesh.setRendererSettings(settings)
    capabilities, times = mesh.dataProvider().temporalCapabilities(), mesh.temporalProperties()
    if capabilities.hasReferenceTime():
        times.setReferenceTime(capabilities.referenceTime(), capabilities)
    times.setIsActive(True)


def _draw(settings: QgsMapSettings, still: QgsMapRendererCache, go_on: Progress) -> QImage:
    """Draw a map in threads of QGIS's own, looking meanwhile whether to go on; what is still there is taken from
    `still`.
    """
    job, loop, timer = QgsMapRendererParallelJob(settings), QEventLoop(), QTimer()
    stopped = False
    job.setCache(still)

    def look() -> None:
        nonlocal stopped
        if not stopped and not go_on(math.nan, ""):
            stopped = True
            job.cancelWithoutBlocking()

    timer.timeout.connect(look)
    job.finished.connect(loop.quit)
    job.start()
    timer.start(LOOK_MS)
    loop.exec()
    timer.stop()
    if stopped:
        raise Cancelled
    return job.renderedImage()


def _save(image: QImage, path: Path) -> None:
    if not image.save(str(path)):
        raise unwritable(path, "the picture cannot be written")
