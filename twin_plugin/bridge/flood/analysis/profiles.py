"""Profiles and discharges of a RESULT along lines, from the values of the cells that each line crosses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ....core.common.errors import InputError
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance, silent
from ....core.flood.analysis.cross_section import CrossSection, volumes_m3
from ....core.flood.analysis.line_cells import cut_at_cells
from ....core.flood.analysis.result_times import ChosenTimes
from ...kernel.ugrid_reader import WATER, Result
from .hydrographs import FLOW_VARIABLES, block_notes
from .query_features import QueryFeatures

if TYPE_CHECKING:
    import shapely

MOST_ROWS = 2_000_000


class Profiles:
    """Terrain, water and discharge along lines.

    Parameters
    ----------
    result : Result
        In a CRS in metres.
    lines : QueryFeatures
        Lines, or polygons, whose outlines are lines with the inside on the left: the discharge is positive outwards.
    times : ChosenTimes
        Of the profiles; discharges are of all steps.
    progress : Progress

    Attributes
    ----------
    notes : list of Message
    without_length : int
        Lines that were left out because they have no length.

    Raises
    ------
    InputError
        When the RESULT lacks a variable, or there would be too many rows.
    """

    def __init__(self, result: Result, lines: QueryFeatures, times: ChosenTimes, progress: Progress = silent) -> None:
        self._minutes, self._times = result.minutes, times
        cut = [cut_at_cells(_parts(shape), result.cells) for shape in lines.shapes]
        kept = [place for place, line in enumerate(cut) if len(line)]
        self.without_length = len(cut) - len(kept)
        self._ids = [lines.ids[place] for place in kept]
        self._require_few(sum(len(line) for line in cut))
        cells = np.unique(np.concatenate([np.zeros(0, np.int64), *(line.cells() for line in cut)]))
        faces = result.faces_of(cells)
        cells, faces = cells[faces >= 0], faces[faces >= 0]
        self._sections = [CrossSection(cut[place], cells) for place in kept]
        self._terrain = result.bed(faces)
        self._profiles: dict[float | None, list[np.ndarray]] = {}
        self._sums: list[list[Any]] = []
        self._read(result, faces, progress)
        self.notes = [*lines.notes, *times.notes, *self._doubts(), *block_notes(result)]

    @property
    def count(self) -> int:
        """Lines with rows."""
        return len(self._ids)

    def profile_rows(self) -> Iterator[tuple[None, Mapping[str, Any]]]:
        """Rows by column of `PROFILE`: line by line, the maximum first, then the times."""
        for name, section in zip(self._ids, self._sections, strict=True):
            line, terrain = section.line, section.along(self._terrain)
            for minutes, (depth, level, *moving) in self._profiles.items():
                flow = section.flow_m2s(*moving) if moving else np.full(len(line), np.nan)
                water = (section.along(level), section.along(depth), flow)
                for row in zip(line.middle_m, line.length_m, terrain, *water, strict=True):
                    names = ("distance_m", "length_m", "terrain_m", "level_m", "depth_m", "through_m2s")
                    yield None, {"line_id": name, "time_min": minutes, **dict(zip(names, row, strict=True))}

    def discharge_rows(self) -> Iterator[tuple[None, Mapping[str, Any]]]:
        """Rows by column of `DISCHARGE`, line by line."""
        for place, name in enumerate(self._ids):
            sums = [at_time[place] for at_time in self._sums]
            volumes = volumes_m3(self._minutes, np.array([through.discharge_m3s for through in sums]))
            for minutes, through, volume in zip(self._minutes.tolist(), sums, volumes.tolist(), strict=True):
                names = ("discharge_m3s", "wet_width_m", "wet_area_m2", "velocity_ms")
                values = {column: getattr(through, column) for column in names}
                yield None, {"line_id": name, "time_min": minutes, **values, "volume_m3": volume}

    def volume_m3(self) -> float:
        """Water through all lines over all steps."""
        flows = [sum(through.discharge_m3s for through in at_time) for at_time in self._sums]
        return float(volumes_m3(self._minutes, np.array(flows))[-1]) if flows else 0.0

    def _read(self, result: Result, faces: np.ndarray, progress: Progress) -> None:
        """The values of every step once, kept where a profile needs them."""
        deepest, highest = np.full(len(faces), np.nan), np.full(len(faces), np.nan)
        if self._times.maximum:
            self._profiles[None] = [deepest, highest]
        names = (*FLOW_VARIABLES, WATER) if result.has_water else FLOW_VARIABLES
        for step, (done, minutes, values) in enumerate(result.frames(faces, names)):
            advance(progress, done, "reading the result")
            depth, level, *velocity = values[: len(FLOW_VARIABLES)]
            np.fmax(deepest, depth, out=deepest)
            np.fmax(highest, level, out=highest)
            moving = (values[-1] if result.has_water else depth, *velocity)
            self._sums.append([section.through(*moving) for section in self._sections])
            if step in self._times.steps:
                self._profiles[minutes] = [depth, level, *moving]

    def _require_few(self, pieces: int) -> None:
        rows = pieces * (len(self._times.steps) + self._times.maximum)
        if rows > MOST_ROWS:
            raise InputError(
                "The profiles would have {rows:,} rows, more than {most:,}: choose fewer TIMES, or shorter lines.",
                rows=rows,
                most=MOST_ROWS,
            )

    def _doubts(self) -> Iterator[Message]:
        if self.without_length:
            yield Message("{n} lines have no length and are left out.", n=self.without_length)
        for name, section in zip(self._ids, self._sections, strict=True):
            whole, gap = float(section.line.length_m.sum()), section.gap_m
            if section.border_m > 1e-3 * whole:
                yield Message(
                    "{border:.1f} m of the {whole:.1f} m of the line '{id}' run along the border of the result, or of "
                    "cells that are cut out: the discharge there is half of that of the cells beside it. Move the line "
                    "into the cells.",
                    border=section.border_m,
                    whole=whole,
                    id=name,
                )
            if gap > 1e-3 * whole:
                yield Message(
                    "{gap:.1f} m of the {whole:.1f} m of the line '{id}' lie outside the result, in buildings or where "
                    "the terrain has no data: no water passes there.",
                    gap=gap,
                    whole=whole,
                    id=name,
                )


def _parts(shape: shapely.Geometry) -> list[np.ndarray]:
    """The vertices of each part of a line, or of each ring of a polygon with the inside on its left."""
    import shapely
    from shapely.geometry.polygon import orient

    parts = []
    for part in shapely.get_parts(shape):
        if shapely.get_dimensions(part) == 2:
            turned = orient(part, 1.0)
            parts += [shapely.get_coordinates(ring) for ring in (turned.exterior, *turned.interiors)]
        else:
            parts.append(shapely.get_coordinates(part))
    return parts
