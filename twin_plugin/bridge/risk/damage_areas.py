"""Expected annual damage by district: which district holds each asset, and the rows of AREAS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDistanceArea,
    QgsFeatureSource,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.tables import columns
from ...core.risk.districts import OUTSIDE, UNPLACED, Membership, membership, sums
from ..kernel.input_table import Entry, reasons, table_lines
from ..kernel.vectors import FeatureTable, field_named, read_table, to_qgis
from .damage_run import DamageResult

COLUMNS = columns("""
    name text Name of the district
    kind text district, outside (assets in no district) or unplaced (assets without a geometry)
    assets integer Assets
    unknown integer Assets with an unknown event, which ead does not hold
    ead real Expected annual damage of the known assets, in the unit of the damage a year; empty where none is known
    share_pct real Share of the total, %
    tail_share_pct real Share of both tails in ead, %
    area_km2 real Area of the district, km²
    ead_per_km2 real ead by area
    times_mean real ead_per_km2 as a multiple of that of all districts together
    ead_measure real Expected annual damage with the measure
    avoided real ead less ead_measure of the assets that are known in both
    unit text Unit of the damage
""")
DISTRICT, NOWHERE = "district", {OUTSIDE: "outside", UNPLACED: "unplaced"}


class Districts:
    """The polygons of DISTRICTS, and the assets in each.

    Parameters
    ----------
    source : QgsFeatureSource
    name_field : str
        Empty: districts are named by their feature ids.
    crs : QgsCoordinateReferenceSystem
        Of the assets.

    Raises
    ------
    InputError
        When the layer has no polygons, or the assets have no place.
    """

    def __init__(
        self,
        source: QgsFeatureSource,
        name_field: str,
        crs: QgsCoordinateReferenceSystem,
        transforms: QgsCoordinateTransformContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PolygonGeometry:
            raise InputError(
                "The layer '{layer}' of DISTRICTS holds no polygons: choose one of areas.", layer=source.sourceName()
            )
        if not crs.isValid():
            raise InputError(
                "AREAS needs assets with a place and a CRS: the first layer of ASSESSMENTS has none. Choose a layer "
                "with geometries, or set its CRS in the layer's properties."
            )
        table = read_table(source, feedback, crs, (name_field,) if name_field else (), transforms)
        if not len(table):
            raise InputError("The layer '{layer}' of DISTRICTS has no features.", layer=source.sourceName())
        self._shapes, self._names = shapely.make_valid(table.geometries), _names(table, name_field)
        self._areas_km2 = _areas_km2(self._shapes, crs, transforms)

    def rows(self, result: DamageResult) -> tuple[list[tuple[Any, dict[str, Any]]], list[Message], list[Message]]:
        """The rows of AREAS, warnings, and lines of the log."""
        shapes = result.sides[0].events.shapes
        member = membership(np.array([shapes.get(asset) for asset in result.assets], object), self._shapes)
        rows = list(self._rows(result, member))
        return rows, self._warnings(member), self._lines(rows)

    def _rows(self, result: DamageResult, member: Membership) -> Iterator[tuple[Any, dict[str, Any]]]:
        n = len(self._shapes)
        found = [side.found for side in result.sides]
        ead = [sums(each.total, member, n) for each in found]
        tails = sums(found[0].rare_tail + found[0].frequent_tail, member, n)
        avoided = sums(found[0].total - found[-1].total, member, n)
        assets = sums(np.ones(len(result.assets)), member, n)
        unknown = sums(np.isnan(found[0].total).astype(float), member, n)
        total, area_km2 = ead[0].sum(), self._areas_km2.sum()
        mean = ead[0][:n].sum() / area_km2 if area_km2 else 0.0
        for row in range(n + 2):
            inside = row < n
            if not inside and not assets[row]:
                continue
            unseen = assets[row] > 0 and unknown[row] == assets[row]
            density = ead[0][row] / self._areas_km2[row] if inside and self._areas_km2[row] and not unseen else None
            values = {
                "name": self._names[row] if inside else None,
                "kind": DISTRICT if inside else NOWHERE[n - 1 - row],
                "assets": int(assets[row]),
                "unknown": int(unknown[row]),
                "ead": None if unseen else ead[0][row],
                "share_pct": 100.0 * ead[0][row] / total if total and not unseen else None,
                "tail_share_pct": 100.0 * tails[row] / ead[0][row] if ead[0][row] else None,
                "area_km2": self._areas_km2[row] if inside else None,
                "ead_per_km2": density,
                "times_mean": density / mean if density is not None and mean else None,
                "unit": result.unit or None,
            }
            if len(ead) > 1:
                values |= {"ead_measure": ead[1][row], "avoided": avoided[row]}
            yield self._shapes[row] if inside else None, values

    def _warnings(self, member: Membership) -> list[Message]:
        nowhere = int((member.district == UNPLACED).sum())
        outside = int((member.district == OUTSIDE).sum())
        double = len(self._names) - len(set(self._names))
        notes = [
            (outside, Message("{n} assets lie in no district: AREAS has a row for them.", n=outside)),
            (nowhere, Message("{n} assets have no geometry: AREAS has a row for them.", n=nowhere)),
            (
                member.several,
                Message("{n} assets lie in several districts: each counts in the last of them.", n=member.several),
            ),
            (
                double,
                Message(
                    "{n} districts have the name of another one: their rows cannot be distinguished by it.", n=double
                ),
            ),
        ]
        return [text for count, text in notes if count]

    def _lines(self, rows: Sequence[tuple[Any, dict[str, Any]]]) -> list[Message]:
        missing = int(shapely.is_missing(self._shapes).sum())
        why = reasons([Message("no geometry") if missing else None])
        empty = sum(values["kind"] == DISTRICT and not values["assets"] for _, values in rows)
        return [
            *table_lines([Entry(Message("Districts"), len(self._shapes) - missing, missing, 0, why)]),
            Message(
                "The rows of AREAS add up to {sum:.6g}; {n} districts hold no asset.",
                sum=sum(values["ead"] or 0.0 for _, values in rows),
                n=empty,
            ),
        ]


def _names(table: FeatureTable, field: str) -> list[str]:
    if not field:
        return [str(number) for number in table.ids]
    values = table.get(field_named(table.columns, field))
    return ["" if value is None else str(value) for value in values]


def _areas_km2(
    shapes: np.ndarray, crs: QgsCoordinateReferenceSystem, transforms: QgsCoordinateTransformContext
) -> np.ndarray:
    """Areas on the ellipsoid, which hold in degrees too."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, transforms)
    measure.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    areas = [0.0 if shape is None else measure.measureArea(to_qgis(shape)) for shape in shapes]
    return np.array(areas, float) / 1e6
