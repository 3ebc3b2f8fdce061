"""What is checked of the layers of an assessment before anything is computed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsWkbTypes

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.assess import Assessment
from ...core.risk.footprints import Footprints
from ...core.risk.rules import Rule
from ...core.risk.uses import Uses
from ..kernel.rasters import crs_text


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


def odd_shapes(footprints: Footprints) -> list[Message]:
    """Warnings of geometries that are no polygons, and of polygons without an area."""
    flat = int(footprints.flat.sum())
    texts = []
    if footprints.others:
        texts.append(Message("{n} geometries are no polygons and count as missing.", n=footprints.others))
    if flat:
        texts.append(
            Message("{n} footprints have an area of 0: their water is that along their outline; check them.", n=flat)
        )
    return texts


def same_outlines(footprints: Footprints) -> list[Message]:
    """A warning where footprints occur more than once, as where layers were merged."""
    there = np.flatnonzero(~footprints.missing)
    box = footprints.box[there] + 0.0  # -0 is 0
    # A number for each box: equal ones have the same, and few others do.
    key = np.zeros(len(there), np.uint64)
    for column in box.T:
        key = (key ^ np.ascontiguousarray(column).view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    order = np.argsort(key, kind="stable")
    like = np.flatnonzero(key[order][1:] == key[order][:-1])
    first, second = (shapely.normalize(footprints.shapes(there[order[like + step]])) for step in (0, 1))
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


def named(name: str, crs: QgsCoordinateReferenceSystem) -> str:
    """A layer with its CRS, as errors call it."""
    return f"'{name}' ({crs_text(crs)[:40]})"


def equal_ids(ids: list[str]) -> list[Message]:
    """A warning where buildings share an id."""
    if len(set(ids)) == len(ids):
        return []
    often = {name: count for name, count in Counter(ids).items() if count > 1}
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
