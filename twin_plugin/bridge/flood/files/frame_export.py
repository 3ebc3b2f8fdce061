"""A RESULT as a folder of files that other programs read: GeoTIFFs over time, or the grids of LISFLOOD-FP."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
from qgis.core import QgsDateTimeRange
from qgis.PyQt.QtCore import QDateTime, Qt

from ....core.common.errors import InputError, unwritable
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ...kernel.flood_run import RUN_ITEM, run_of_file
from ...kernel.raster_kinds import KIND_ITEM
from ...kernel.raster_writer import Band, write_bands
from ...kernel.text_grid import write_text_grid
from ...kernel.timed_raster import MOST_BANDS, dress
from .frame_values import QUANTITIES, FrameValues
from .mesh_file import EPOCH

INDEX = "frames.csv"
"""Lists each file with its quantity, band and time."""
LAST_S = 60.0
"""How long the only frame of a RESULT is shown."""
LISFLOOD_QUANTITIES = {"depth": ".wd", "water_level": ".elev"}
"""What LISFLOOD-FP calls them (user manual, release 5.9.6, section 5.3)."""

Row = tuple[str, str, int, float, str]
"""File, quantity, band, minutes after the start, moment."""


@dataclass
class FrameExport:
    """Writes the frames of a RESULT into a folder.

    Attributes
    ----------
    frames : FrameValues
    folder : Path
        Exists and is empty.
    start : datetime or None
        The moment at which the flood starts, UTC; None for the one that every RESULT has.
    rows : list
        What was written, for the index.
    """

    frames: FrameValues
    folder: Path
    start: datetime | None = None
    rows: list[Row] = field(default_factory=list)

    def series(self, quantities: Sequence[str], progress: Progress) -> None:
        """A GeoTIFF with its style for each quantity and time."""
        stamps = self._stamps()
        for done, (quantity, step) in self._each(quantities):
            advance(progress, done, Message("Writing the frames"))
            name = f"{quantity}_{stamps[step]}.tif"
            write_bands(self.frames.place, self.folder / name, [self._band(quantity, step)], self._metadata(quantity))
            dress(self.folder / name, QUANTITIES[quantity].style, [self._range(step)])
            self._enter(name, quantity, 1, step)

    def stacks(self, quantities: Sequence[str], progress: Progress) -> None:
        """A GeoTIFF with its style for each quantity, with a band for each time."""
        steps = range(len(self.frames.minutes))
        if len(steps) > MOST_BANDS:
            raise InputError(
                "The result has {n:,} times, and a GeoTIFF holds {most:,} bands at most: choose FORMAT series.",
                n=len(steps),
                most=MOST_BANDS,
            )
        for number, quantity in enumerate(quantities):
            path = self.folder / f"{quantity}.tif"

            def values(step: int, quantity: str = quantity, number: int = number) -> np.ndarray:
                done = (number + step / len(steps)) / len(quantities)
                advance(progress, done, Message("Writing the frames"))
                return self.frames.values(quantity, step)

            bands = [self._band(quantity, step, partial(values, step)) for step in steps]
            write_bands(self.frames.place, path, bands, self._metadata(quantity))
            dress(path, QUANTITIES[quantity].style, [self._range(step) for step in steps])
            for step in steps:
                self._enter(path.name, quantity, step + 1, step)

    def lisflood(self, root: str, progress: Progress) -> None:
        """Depth and level at each time as LISFLOOD-FP names and writes them: text grids, numbered from 0."""
        for done, (quantity, step) in self._each(list(LISFLOOD_QUANTITIES)):
            advance(progress, done, Message("Writing the frames"))
            name = f"{root}-{step:04d}{LISFLOOD_QUANTITIES[quantity]}"
            write_text_grid(self.frames.place, self.frames.values(quantity, step), self.folder / name)
            self._enter(name, quantity, 1, step)

    def index(self) -> None:
        """Write the list of the files, and leave none that GDAL wrote for itself."""
        for statistics in self.folder.glob("*.aux.xml"):
            statistics.unlink()
        path = self.folder / INDEX
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                table = csv.writer(file)
                table.writerow(("file", "quantity", "band", "minutes", "time_utc"))
                table.writerows((name, what, band, f"{at:g}", moment) for name, what, band, at, moment in self.rows)
        except OSError as error:
            raise unwritable(path, error) from error

    def _each(self, quantities: Sequence[str]) -> Iterator[tuple[float, tuple[str, int]]]:
        """Share done before it, and quantity and step of each frame."""
        steps = len(self.frames.minutes)
        for number in range(len(quantities) * steps):
            which, step = divmod(number, steps)
            yield number / (len(quantities) * steps), (quantities[which], step)

    def _enter(self, name: str, quantity: str, band: int, step: int) -> None:
        moment = self._moment(step).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.rows.append((name, quantity, band, float(self.frames.minutes[step]), moment))

    def _moment(self, step: int) -> datetime:
        start = self.start or datetime.fromisoformat(EPOCH).replace(tzinfo=UTC)
        minutes = float(self.frames.minutes[step])
        try:
            return start + timedelta(minutes=minutes)
        except OverflowError as error:
            raise InputError(
                "The result has a frame {minutes:,.0f} min after {start}, which no date can say: choose another "
                "START_TIME, and check the times of RESULT.",
                minutes=minutes,
                start=start.isoformat(" ", "minutes"),
            ) from error

    def _stamps(self) -> list[str]:
        """The time of each frame as names have it, with milliseconds only where frames need them."""
        moments = [self._moment(step) for step in range(len(self.frames.minutes))]
        fine = any(moment.microsecond for moment in moments)
        return [f"{m:%Y%m%dT%H%M%S}{f'_{m.microsecond // 1000:03d}' if fine else ''}Z" for m in moments]

    def _range(self, step: int) -> QgsDateTimeRange:
        """How long a frame is shown: until the next one."""
        minutes = self.frames.minutes
        last = step == len(minutes) - 1
        span_s = 60 * float(minutes[step] - minutes[step - 1] if last else minutes[step + 1] - minutes[step])
        if len(minutes) == 1:
            span_s = LAST_S
        begin = QDateTime.fromMSecsSinceEpoch(round(1000 * self._moment(step).timestamp()), Qt.TimeSpec.UTC)
        return QgsDateTimeRange(begin, begin.addMSecs(round(1000 * span_s)), True, False)

    def _band(self, quantity: str, step: int, values: Callable[[], np.ndarray] | None = None) -> Band:
        what, moment = QUANTITIES[quantity], self._moment(step)
        minutes = float(self.frames.minutes[step])
        about = {"TIME_UTC": moment.isoformat(timespec="milliseconds"), "MINUTES": f"{minutes:g}"}
        title = f"{what.title}, {minutes:g} min"
        return Band(values or partial(self.frames.values, quantity, step), title, what.unit, about)

    def _metadata(self, quantity: str) -> dict[str, str]:
        run = run_of_file(self.frames.result.path)
        return {KIND_ITEM: f"FRAME_{quantity.upper()}"} | ({RUN_ITEM: run} if run else {})
