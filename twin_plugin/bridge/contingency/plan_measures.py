"""The mobile pumps and barriers of a city, and the openings where barriers help most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.contingency.measures import BARRIER, Measure, RankedOpening, kind_of
from ...core.risk.field_values import number_of
from ..kernel.input_table import Entry
from ..kernel.vectors import FeatureTable, field_named, read_table

KIND, NAME, COUNT = ("kind", "type", "类型"), ("name", "名称"), ("count", "number", "数量")
RATE, HEIGHT = ("rate_m3s", "rate", "capacity_m3s", "流量"), ("height_m", "height", "高度")
MOST = 100_000


def read_measures(
    source: QgsFeatureSource | None, feedback: QgsProcessingFeedback
) -> tuple[list[Measure], list[Entry]]:
    """The measures in a table: kind (pump, barrier), name, rate_m3s or height_m, count (1 where it is empty).

    Raises
    ------
    InputError
        When it has no field of the kind, or no row can be used.
    """
    if source is None:
        return [], []
    table = read_table(source, feedback)
    if not _own(table, KIND):
        raise InputError(
            "The table '{name}' of MEASURES has no field kind: it needs kind (pump or barrier), and may have name, "
            "rate_m3s, height_m and count.",
            name=source.sourceName(),
        )
    columns = [_column(table, names) for names in (KIND, NAME, RATE, HEIGHT, COUNT)]
    found = []
    for word, name, rate, height, given in zip(*columns, strict=True):
        kind = kind_of(str(word or ""))
        count = 1.0 if given in (None, "") else number_of(given, True)
        amount = number_of(height if kind == BARRIER else rate, False)
        impossible = amount <= 0 or not 1 <= count <= MOST
        if kind and not impossible:
            found.append(Measure(kind, str(name or ""), amount, int(count)))
    if not found:
        raise InputError(
            "The table '{name}' of MEASURES has no row that can be used: kind must be pump or barrier, count 1 or "
            "more, rate_m3s and height_m above 0.",
            name=source.sourceName(),
        )
    out = len(table) - len(found)
    why = Message("neither pump nor barrier, or no possible count, rate or height: {n}", n=out) if out else ""
    return sorted(found, key=lambda m: (m.kind, m.name, m.count)), [Entry(Message("Measures"), len(found), out, 0, why)]


def read_ranking(
    source: QgsFeatureSource | None,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[list[RankedOpening], list[Entry]]:
    """The openings that a ranking names, as RANKING of the flooding of basements; its places where it has them.

    Raises
    ------
    InputError
        When it has no fields rank and opening_id.
    """
    if source is None:
        return [], []
    spatial = source.sourceCrs().isValid()
    table = read_table(source, feedback, crs if spatial else None, transform_context=context.transformContext())
    for field in ("rank", "opening_id"):
        if not field_named(table.columns, field):
            sentence = "The table '{name}' of RANKING has no field {field}."
            raise InputError(sentence, name=source.sourceName(), field=field)
    names = (("rank",), ("opening_id",), ("room_id",), ("head_max_m",))
    found = []
    for shape, rank, opening, room, head in zip(table.geometries, *(_column(table, n) for n in names), strict=True):
        number, water = number_of(rank, True), number_of(head, False)
        if opening in (None, "") or not number >= 1 or not water > 0:
            continue
        place = shapely.point_on_surface(shape) if shape is not None else shapely.Point()
        title = f"{opening} ({room})" if room else str(opening)
        at = shapely.get_x(place), shapely.get_y(place)
        found.append(RankedOpening(str(opening), title, int(number), water, math.nan, float(at[0]), float(at[1])))
    out = len(table) - len(found)
    why = Message("no rank, no opening or no water above the sill: {n}", n=out) if out else ""
    return found, [Entry(Message("Ranked openings"), len(found), out, 0, why)]


def _own(table: FeatureTable, names: Sequence[str]) -> str:
    return next((found for name in names if (found := field_named(table.columns, name))), "")


def _column(table: FeatureTable, names: Sequence[str]) -> list[Any]:
    return table.get(_own(table, names))
