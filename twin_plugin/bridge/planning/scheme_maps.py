"""The maps of a comparison of schemes: what is planned, replaced and stays around it, with the parcels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsMapLayer, QgsProject, QgsRectangle, QgsSymbol, QgsVectorLayer

from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.common.tables import columns
from ..kernel import styles
from ..kernel.columns import make_fields
from ..kernel.page_legend import LegendLine
from ..kernel.page_words import PageWords
from ..kernel.vectors import plain, to_qgis
from .city import City
from .comparison_run import ComparisonResult

BODIES = columns(
    """
    part text planned, replaced or standing
    height_m real Height above the base
    """
)
PARCELS = columns("verdict text meets, breaks, unknown or no limit")
MARGIN_SHARE, MARGIN_M = 0.25, 40.0
"""What a map shows around the schemes: a share of their extent, and some metres."""
TEXTS = {
    "planned": Message("planned, with its height in m"),
    "replaced": Message("stands today, and is replaced"),
    "standing": Message("stands today, and stays"),
}


class SchemeMaps:
    """The project of the maps, with a layer of bodies for each scheme, and one of parcels where there are any.

    Attributes
    ----------
    project : QgsProject
    extent : QgsRectangle
        The same for all schemes, so that they can be compared.
    """

    def __init__(self, result: ComparisonResult) -> None:
        self.project = QgsProject()
        self.project.setCrs(result.crs)
        self._names = result.comparison.names
        self.extent = _extent(result.cities)
        self._bodies = [self._layer("Polygon", BODIES, self._around(city), "planning_bodies") for city in result.cities]
        self._parcels = [self._limits(result, name) for name in self._names]

    def close(self) -> None:
        """Let go of the layers and files."""
        self._bodies, self._parcels = [], []
        self.project.clear()

    def shown(self, scheme: int) -> list[QgsMapLayer]:
        """The layers of the map of a scheme, the top one first."""
        parcels = self._parcels[scheme]
        return [self._bodies[scheme], *([parcels] if parcels is not None else [])]

    def legend(self, scheme: int, words: PageWords) -> list[LegendLine]:
        """What is on the map of a scheme."""
        found = [LegendLine(words.say(Message("Buildings")))]
        found += [
            LegendLine(words.say(TEXTS[part]), symbol)
            for part, symbol in _symbols(self._bodies[scheme], "part")
            if part in TEXTS
        ]
        parcels = self._parcels[scheme]
        if parcels is not None:
            texts = {
                "breaks": Message("a limit is broken"),
                "meets": Message("all limits are kept"),
                "unknown": Message("not all can be judged"),
                "no limit": Message("no limit"),
            }
            found.append(LegendLine(words.say(Message("Parcels"))))
            found += [
                LegendLine(words.say(texts[verdict]), symbol)
                for verdict, symbol in _symbols(parcels, "verdict")
                if verdict in texts
            ]
        return found

    def _around(self, city: City) -> Iterable[tuple[Any, dict[str, Any]]]:
        """The bodies within the map: those that stay, those that go, and the planned ones on top."""
        future = city.future
        if future is None:
            return
        box = shapely.box(*(getattr(self.extent, f"{name}imum")() for name in ("xMin", "yMin", "xMax", "yMax")))
        parts = (
            ("standing", city.present.keep(~future.replaced)),
            ("replaced", city.present.keep(future.replaced)),
            ("planned", future.prisms.keep(future.planned)),
        )
        for part, prisms in parts:
            heights = _heights(prisms)
            for outline, height in zip(prisms.object_outlines(), heights, strict=True):
                if shapely.intersects(outline, box):
                    yield outline, {"part": part, "height_m": float(height)}

    def _limits(self, result: ComparisonResult, name: str) -> QgsVectorLayer | None:
        review = result.parcels.get(name)
        if review is None:
            return None
        verdicts = (review.now.verdict(row) for row in range(len(review.plan)))
        both = zip(review.plan.shapes, verdicts, strict=True)
        rows = ((shape, {"verdict": verdict.value}) for shape, verdict in both)
        return self._layer("Polygon", PARCELS, rows, "planning_limits")

    def _layer(self, kind: str, fields: Any, rows: Iterable[tuple[Any, dict[str, Any]]], style: str) -> QgsVectorLayer:
        """A layer in memory, dressed."""
        from qgis.core import QgsFeature

        layer = QgsVectorLayer(f"{kind}?index=yes", style, "memory")
        layer.setCrs(self.project.crs())
        layer.dataProvider().addAttributes(list(make_fields(fields)))
        layer.updateFields()
        features = []
        for shape, values in rows:
            feature = QgsFeature(layer.fields())
            feature.setGeometry(to_qgis(shape))
            feature.setAttributes([plain(values[field.name]) for field in fields])
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        layer.updateExtents()
        styles.apply(layer, style)
        self.project.addMapLayer(layer, False)
        return layer


def _heights(prisms: Prisms) -> np.ndarray:
    """The height of each object, from its lowest point to its highest."""
    base = np.full(prisms.objects, np.inf)
    np.minimum.at(base, prisms.owner, prisms.bottom_m)
    return prisms.object_tops() - base


def _extent(cities: Iterable[City]) -> QgsRectangle:
    """What all schemes plan and replace, with what stands around it."""
    whole = QgsRectangle()
    for city in cities:
        future = city.future
        if future is None:
            continue
        for prisms in (future.prisms.keep(future.planned), city.present.keep(future.replaced)):
            if len(prisms):
                whole.combineExtentWith(QgsRectangle(*prisms.bounds))
    whole.grow(MARGIN_SHARE * max(whole.width(), whole.height()) + MARGIN_M)
    return whole


def _symbols(layer: QgsVectorLayer, field: str) -> list[tuple[str, QgsSymbol]]:
    """The classes of a layer that some of its features have, with their symbols."""
    there = {str(value) for value in layer.uniqueValues(layer.fields().lookupField(field))}
    classes = layer.renderer().categories()
    return [(str(c.value()), c.symbol().clone()) for c in classes if str(c.value()) in there]
