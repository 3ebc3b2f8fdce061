"""What is checked of the layers of an assessment before anything is computed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import shapely
from qgis.core import QgsFeatureSource, QgsWkbTypes
from shapely import GeometryType

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.assess import Assessment, Buildings
from ...core.risk.ingress import Water
from ...core.risk.rules import Rule
from ...core.risk.uses import Uses
from ..kernel.meeting import PlacedWater
from ..kernel.rasters import crs_text
from ..kernel.vectors import FeatureTable


def require_polygons(source: QgsFeatureSource) -> None:
    """Check that a layer may hold footprints.

    Raises
    ------
    InputError
        With the layer and the cure, where it holds points or lines, or no geometry.
    """
    name, kind = source.sourceName(), QgsWkbTypes.geometryType(source.wkbType())
    if kind == QgsWkbTypes.GeometryType.PointGeometry:
        raise InputError(
            "The layer '{name}' holds points, and points are no footprints: buffer them, or choose a layer of "
            "polygons.",
            name=name,
        )
    if kind == QgsWkbTypes.GeometryType.LineGeometry:
        raise InputError(
            "The layer '{name}' holds lines, and lines are no footprints: turn closed ones into polygons with 'Lines "
            "to polygons', or choose a layer of polygons.",
            name=name,
        )
    if kind == QgsWkbTypes.GeometryType.NullGeometry:
        raise InputError("The layer '{name}' has no geometry: choose a layer of footprints.", name=name)


def with_polygons(table: FeatureTable) -> tuple[FeatureTable, int]:
    """The table with polygons only, those of collections together, and how many geometries are left out."""
    kinds = shapely.get_type_id(table.geometries)
    other = (kinds >= 0) & ~np.isin(kinds, (GeometryType.POLYGON, GeometryType.MULTIPOLYGON))
    if not other.any():
        return table, 0
    shapes = np.array(table.geometries, object)
    for row in np.flatnonzero(other):
        parts = shapely.get_parts(shapely.get_parts(shapes[row]))
        parts = parts[shapely.get_type_id(parts) == GeometryType.POLYGON]
        shapes[row] = shapely.multipolygons(parts) if len(parts) else None
    return replace(table, geometries=shapes), int(shapely.is_missing(shapes[other]).sum())


def odd_shapes(table: FeatureTable, others: int) -> list[Message]:
    """Warnings of geometries that are no polygons, and of polygons without an area."""
    flat = int((shapely.area(table.geometries) == 0).sum())
    texts = []
    if others:
        texts.append(Message("{n} geometries are no polygons and count as missing.", n=others))
    if flat:
        texts.append(
            Message("{n} footprints have an area of 0: their water is that along their outline; check them.", n=flat)
        )
    return texts


def same_outlines(table: FeatureTable) -> list[Message]:
    """A warning where footprints occur more than once, as where layers were merged."""
    shapes = np.asarray(table.geometries, object)
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    order = np.lexsort(boxes.T)
    like = np.flatnonzero((np.diff(boxes[order], axis=0) == 0).all(axis=1))
    first, second = (shapely.normalize(shapes[order[like + step]]) for step in (0, 1))
    count = int(shapely.equals_exact(first, second, 0.0).sum())
    if not count:
        return []
    return [
        Message(
            "{n} footprints are the same as another one: their buildings, people and damage count twice. Remove them "
            "with 'Delete duplicate geometries', if they are not meant.",
            n=count,
        )
    ]


def named(source: QgsFeatureSource, buildings: Buildings, water: PlacedWater, there: Water) -> tuple[Buildings, Water]:
    """Both with the name and CRS of their layer, as errors call them."""
    return (
        replace(buildings, name=f"'{source.sourceName()}' ({crs_text(source.sourceCrs())[:40]})"),
        replace(there, name=f"'{water.name}' ({crs_text(water.crs)[:40]})"),
    )


def equal_ids(ids: list[str]) -> list[Message]:
    """A warning where buildings share an id."""
    often = {name: count for name, count in Counter(ids).items() if count > 1}
    if not often:
        return []
    return [
        Message(
            "{n} buildings share their id with another one, such as '{id}': openings and storeys of that id count for "
            "the first of them, and joins by it are ambiguous. Give each building an id of its own.",
            n=sum(often.values()),
            id=next(iter(often)),
        )
    ]


def unknown_uses(uses: Uses) -> list[Message]:
    """A warning where texts name no known use."""
    if not uses.unknown:
        return []
    most = sorted(uses.unknown.items(), key=lambda item: -item[1])[:8]
    return [
        Message(
            "{n} buildings have a use that is not in the tables of uses and words and count as residential: {words}. "
            "Add words to building_use.csv, or choose another field.",
            n=sum(uses.unknown.values()),
            words=", ".join(f"{text[:40]} ({n})" for text, n in most),
        )
    ]


def rule_beside_run(rule: Rule, run: str) -> list[Message]:
    """A warning where cells under buildings are asked for, which the simulation keeps dry."""
    if rule is Rule.RING or not run:
        return []
    return [
        Message(
            "The water is that of a run of the flood simulation, which keeps it off the cells of buildings: by the "
            "rule {rule} their depths are too low. Choose ring for RULE, unless the run had no BUILDINGS.",
            rule=rule.value,
        )
    ]


def no_data_around(assessment: Assessment) -> list[Message]:
    """A warning where buildings lie on the water raster, but it has no data around them."""
    n = int((np.isnan(assessment.columns["risk_class"]) & (assessment.places.count > 0)).sum())
    if not n:
        return []
    return [
        Message(
            "{n} buildings have no water data around them, and their class is unknown. If the map leaves dry ground "
            "without data, choose dry for NO_DATA.",
            n=n,
        )
    ]
