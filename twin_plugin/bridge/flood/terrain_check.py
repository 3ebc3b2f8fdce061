"""Joins a terrain, its checks, the table of what was found and the mended raster for twin:checkterrain."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from qgis.core import QgsPointXY, QgsRasterLayer

from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.flood.terrain_checks.findings import Finding, found_faults, whole_finding
from ...core.flood.terrain_checks.limits import CellLimits, Kind, Limits, Severity
from ...core.flood.terrain_checks.no_data import HIGHEST_M
from ...core.flood.terrain_checks.run_warnings import STEEP
from ...core.flood.terrain_checks.survey import TILE, Plan, Survey, survey
from ...core.flood.terrain_checks.water_lines import WaterLines
from ..kernel import enum_labels
from ..kernel.crs_scale import ground_metres
from ..kernel.raster_kinds import KIND_ITEM, MENDED_ITEM, TERRAIN
from ..kernel.raster_units import scale_note
from ..kernel.rasters import crs_text
from ..kernel.tiled_raster import TiledRaster
from ..kernel.translation import localized
from .terrain_source import Remark, TerrainSource

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS_A_LOOK = 500
"""So many rows are drawn between two looks whether to go on."""


@dataclass(frozen=True)
class Wanted:
    """What is checked and mended, with its limits, and the lines where water passes.

    Attributes
    ----------
    checks, mends : frozenset of Kind
    limits : Limits
    lines : geometries
        In the CRS of the terrain.
    """

    checks: frozenset[Kind]
    mends: frozenset[Kind]
    limits: Limits = field(default_factory=Limits)
    lines: Iterable[shapely.Geometry | None] = ()


@dataclass(frozen=True)
class Checked:
    """The findings of a terrain, not yet drawn, and the survey."""

    survey: Survey
    source: TerrainSource
    _limits: CellLimits
    _wanted: Wanted
    _lines: list[Message]
    _remarks: list[Remark]

    def rows(self, progress: Progress) -> Iterator[tuple[shapely.Geometry | None, dict[str, Any]]]:
        """(polygons, values by column) of each finding, in the user's language."""
        for number, finding in enumerate(self._findings(), 1):
            if number % ROWS_A_LOOK == 0:
                advance(progress, 0.0)
            texts = {name: localized(finding.values[name]) for name in ("what", "cure")}
            yield finding.shape, {"id": number} | finding.values | texts

    @staticmethod
    def counted(rows: Iterable[Any], counts: dict[Kind, int]) -> Iterator[Any]:
        """The rows as they are, counted by their kinds."""
        for row in rows:
            counts[Kind(row[1]["kind"])] += 1
            yield row

    def summary(self, counts: dict[Kind, int]) -> list[Message]:
        """What the log says at the end: what was read, found, mended and left."""
        census, name = self.survey.census, self.source.name
        cells = census.known + census.missing
        lines = [
            Message(
                "{cells:,} cells of the terrain '{layer}' were checked; {missing:,} of them ({share:.2%}) have no "
                "data.",
                cells=cells,
                layer=name,
                missing=census.missing,
                share=census.missing / cells,
            )
        ]
        lines += self._lines
        if not census.known:
            return [*lines, Message("The terrain '{layer}' has no heights: nothing could be checked.", layer=name)]
        if not sum(counts.values()):
            return [*lines, Message("Nothing is wrong with the terrain '{layer}': OUTPUT is empty.", layer=name)]
        for kind, count in counts.items():
            if count:
                lines.append(Message("{kind}: {count:,}", kind=enum_labels.label(kind.value), count=count))
        return [
            *lines,
            Message(
                "{count:,} cells were mended; what was not is for you to judge: see the column 'mended' of OUTPUT.",
                count=self.survey.changed,
            ),
        ]

    def _findings(self) -> Iterator[Finding]:
        for remark in self._remarks:
            facts = (remark.kind, remark.severity, remark.what, remark.cure, remark.mended)
            yield whole_finding(*facts, self.source.cells)
        yield from found_faults(self.survey, self.source.cells, self._limits, self._wanted.mends)


def check_terrain(
    source: TerrainSource, layer: QgsRasterLayer, wanted: Wanted, path: str, progress: Progress
) -> Checked:
    """Check a terrain, and write the mended one where there is a path.

    Raises
    ------
    InputError
        When the terrain cannot be read, or a limit reaches too far on its cells.
    ResourceError
        When the mended one cannot be written.
    Cancelled
        When `progress` answers False.
    """
    limits = CellLimits(wanted.limits, source.cell_m)
    lines = WaterLines.of(_parts(wanted.lines), source.cells)
    plan = Plan(wanted.checks, wanted.mends, limits, lines, TILE)
    mended = ",".join(sorted(kind.value for kind in wanted.mends & wanted.checks))
    facts = {KIND_ITEM: TERRAIN, MENDED_ITEM: mended}
    crs = crs_text(source.crs)
    raster = TiledRaster(path, source.cells, crs, source.kind, "Mended terrain", facts) if path else None
    with raster or nullcontext():
        found = survey(source, plan, raster.write if raster else None, part(progress, 0.0, 0.9))
        if raster:
            raster.finish(part(progress, 0.9, 1.0))
    remarks = [remark for remark in source.remarks if remark.kind in wanted.checks]
    return Checked(
        found,
        source,
        limits,
        wanted,
        _line_counts(wanted, lines),
        remarks + _remarks(found, source, layer, wanted.checks),
    )


def _line_counts(wanted: Wanted, lines: WaterLines) -> list[Message]:
    """How many lines were given and how many are used: those outside the terrain do nothing."""
    given = sum(1 if shape is None else len(shapely.get_parts(shape)) for shape in wanted.lines)
    used = sum(len(row) > 0 for row, _ in lines.lines)
    if not given:
        return []
    return [
        Message(
            "Lines where water passes: {given:,} were read, {used:,} lie on the terrain; {out:,} are left out, outside "
            "or without a line.",
            given=given,
            used=used,
            out=given - used,
        )
    ]


def _parts(shapes: Iterable[shapely.Geometry | None]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """x and y of each line."""
    for shape in shapes:
        if shape is None:
            continue
        for line in shapely.get_parts(shape):
            points = shapely.get_coordinates(line)
            if len(points) > 1 and np.isfinite(points).all():
                yield points[:, 0], points[:, 1]


def _remarks(found: Survey, source: TerrainSource, layer: QgsRasterLayer, checks: frozenset[Kind]) -> list[Remark]:
    """What the values, and the place, say of the whole terrain."""
    remarks = []
    high = found.census.greatest * source.factor + source.offset
    if Kind.UNITS in checks and (found.slope > STEEP or (found.census.varied and high > HIGHEST_M)):
        what = Message(
            "Half of the terrain is steeper than {slope:.0%}, and its heights reach {high:,.0f} m: they are rather in "
            "cm or mm, or no heights.",
            slope=found.slope,
            high=high,
        )
        remarks.append(Remark(Kind.UNITS, Severity.WRONG, what, Message("Choose the unit in HEIGHT_UNIT."), False))
    if Kind.UNITS in checks and found.census.varied and found.census.whole and source.factor == 1.0:
        what = Message("All heights are whole metres: steps hide kerbs and make ponds of their own.")
        remarks.append(Remark(Kind.UNITS, Severity.NOTE, what, Message("Choose a terrain with decimals."), False))
    level = found.census.least
    if Kind.FLAT in checks and found.census.known > 1 and level == found.census.greatest:
        height_m = level * source.factor + source.offset
        what = Message("Every cell of the terrain '{layer}' has the height {m:g} m.", layer=source.name, m=height_m)
        cure = Message("Choose a raster of heights, if the ground is not so even.")
        remarks.append(Remark(Kind.FLAT, Severity.CHECK, what, cure, False))
    if Kind.FORM in checks and source.crs.isValid() and (note := _scale_note(source, layer)):
        cure = Message("Reproject the terrain: choose the place's own projected CRS as CRS.")
        remarks.append(Remark(Kind.FORM, Severity.WRONG, note, cure, False))
    return remarks


def _scale_note(source: TerrainSource, layer: QgsRasterLayer) -> Message | None:
    """That a metre of the CRS of the cells is not one on the ground; None where it is."""
    if source.crs == layer.crs():
        return scale_note(layer)
    cells = source.cells
    true = ground_metres(source.crs, QgsPointXY((cells.west + cells.east) / 2, (cells.south + cells.north) / 2))
    if true == 1.0 or math.isnan(true):
        return None
    return Message(
        "A metre of {crs}, the CRS of the mended terrain, is {true:.2f} m on the ground here, so slopes, areas and "
        "volumes are wrong.",
        crs=source.crs.authid() or source.crs.description(),
        true=true,
    )
