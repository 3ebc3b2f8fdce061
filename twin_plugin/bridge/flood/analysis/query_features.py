"""The points and lines at which a RESULT is asked, from a layer or from coordinates, in the CRS of the RESULT."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from ....core.common.coordinate_text import read_pairs
from ....core.common.errors import InputError
from ....core.common.messages import note
from ...kernel.ugrid_reader import Result
from ...kernel.vectors import read_table

if TYPE_CHECKING:
    import shapely


@dataclass(frozen=True)
class QueryFeatures:
    """Geometries with their ids, in the CRS of the RESULT; those without a geometry are left out.

    Attributes
    ----------
    ids : list of str
    shapes : list of shapely geometries
    notes : list of str
        Messages: what a careful user must know.
    """

    ids: list[str]
    shapes: list[shapely.Geometry]
    notes: list[str] = field(default_factory=list)


class FeatureReader:
    """Reads features for a RESULT.

    Parameters
    ----------
    result : Result
    context, feedback
        Of the run.
    """

    def __init__(self, result: Result, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> None:
        self._result, self._context, self._feedback = result, context, feedback
        self._notes: list[str] = []

    def of_layer(self, source: QgsFeatureSource, id_field: str) -> QueryFeatures:
        """The features of a layer; the id is that of a field, or the feature's own where the field is empty."""
        import shapely

        own = self._own_crs(source.sourceCrs(), source.sourceName())
        fields = (id_field,) if id_field else ()
        table = read_table(source, self._feedback, own, fields, self._context.transformContext())
        values = next(iter(table.columns.values()), [None] * len(table))
        ids, shapes = [], []
        for number, value, shape in zip(table.ids.tolist(), values, table.geometries, strict=True):
            if shape is not None and not shapely.is_empty(shape):
                ids.append(_text(value) or str(number))
                shapes.append(shapely.force_2d(shape))
        if missing := len(table) - len(ids):
            note(
                self._notes,
                "{n} features of the layer '{layer}' have no geometry and are left out.",
                n=missing,
                layer=source.sourceName(),
            )
        if not ids:
            note(self._notes, "The layer '{layer}' has no features with a geometry.", layer=source.sourceName())
        if twice := [name for name, count in Counter(ids).items() if count > 1]:
            note(
                self._notes,
                "The id '{id}' occurs more than once in the layer '{layer}': choose a field with unique values.",
                id=twice[0],
                layer=source.sourceName(),
            )
        return QueryFeatures(ids, shapes, self._notes)

    def of_sites(self, source: QgsFeatureSource, id_field: str) -> QueryFeatures:
        """One point for each id of a layer that has many features of it: the first with a geometry."""
        import shapely

        own = self._own_crs(source.sourceCrs(), source.sourceName())
        table = read_table(source, self._feedback, own, (id_field,), self._context.transformContext())
        places: dict[str, shapely.Geometry] = {}
        for value, shape in zip(table.columns[id_field], table.geometries, strict=True):
            if shape is not None and not shapely.is_empty(shape):
                places.setdefault(_text(value), shapely.force_2d(shape))
        if not places:
            note(self._notes, "The layer '{layer}' has no features with a geometry.", layer=source.sourceName())
        return QueryFeatures(list(places), list(places.values()), self._notes)

    def of_text(self, text: str, *, as_line: bool) -> QueryFeatures:
        """Points of coordinates, numbered from 1, or one line along them."""
        import shapely

        pairs, code = read_pairs(text)
        if code:
            crs = QgsCoordinateReferenceSystem(code)
            if not crs.isValid():
                raise InputError("The CRS '{code}' of the coordinates is unknown: write it as EPSG:4547.", code=code)
            pairs = self._moved(pairs, crs, self._own_crs(crs, code))
        if not pairs:
            raise InputError("COORDINATES has no pair of x and y: enter them as in '493000,2491000; 493050,2491020'.")
        if as_line and len(pairs) < 2:
            raise InputError("A line needs two pairs of coordinates at least.")
        shapes = [shapely.LineString(pairs)] if as_line else [shapely.Point(pair) for pair in pairs]
        return QueryFeatures([str(number + 1) for number in range(len(shapes))], shapes, self._notes)

    def _own_crs(self, crs: QgsCoordinateReferenceSystem, name: str) -> QgsCoordinateReferenceSystem:
        """The CRS of the RESULT; where it has none, that of the features, with a note."""
        own = self._result.crs
        if not own.isValid() and crs.isValid():
            note(
                self._notes,
                "The result '{path}' has no CRS: the coordinates of '{name}' are taken as they are.",
                path=self._result.path,
                name=name,
            )
            return crs
        return own

    def _moved(
        self,
        pairs: list[tuple[float, float]],
        crs: QgsCoordinateReferenceSystem,
        own: QgsCoordinateReferenceSystem,
    ) -> list[tuple[float, float]]:
        transform = QgsCoordinateTransform(crs, own, self._context.transformContext())
        try:
            points = [transform.transform(x, y) for x, y in pairs]
        except QgsCsException as error:
            raise InputError(
                "The coordinates cannot be transformed from {crs} to {own}: check their CRS and the order of x and y.",
                crs=crs.authid(),
                own=own.authid(),
            ) from error
        return [(point.x(), point.y()) for point in points]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
