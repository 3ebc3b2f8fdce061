"""Values of a layer's features by limited expressions, with all that could not be used, by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeedback,
    QgsFields,
    QgsPointXY,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ...core.common.errors import Cancelled, InputError
from ...core.common.messages import Message
from ...core.cql2 import instants
from ...core.themes.district import District
from ..kernel import limited_expressions
from ..kernel.crs_scale import ground_metres
from ..kernel.gdal_calls import every_feature
from ..kernel.vectors import field_named
from . import live_layers
from .district_area import DistrictArea

OUTSIDE = Message("outside the district")
NO_PLACE = Message("without a place")
NO_FILTER_VALUE = Message("whose filter cannot be evaluated")
NO_VALUE = Message("without a value")
NO_NUMBER = Message("whose value is no number")
LOOK_EVERY = 500
"""Features between two looks whether to go on."""


@dataclass(frozen=True)
class LayerFeatures:
    """The features of a vector layer as they are now, which any thread can read.

    Attributes
    ----------
    count : int
        Features of the layer, with its filter; below 0 where its source does not say.
    subset : str
        The layer's filter, "" for none and for one that is a part of its source.
    """

    name: str
    source: QgsVectorLayerFeatureSource
    fields: QgsFields
    crs: QgsCoordinateReferenceSystem
    has_geometry: bool
    count: int
    subset: str

    @classmethod
    def of(cls, layer: QgsVectorLayer) -> LayerFeatures:
        """Those of a valid layer; to be called in the layer's thread."""
        return cls(
            layer.name(),
            QgsVectorLayerFeatureSource(layer),
            QgsFields(layer.fields()),
            layer.crs(),
            layer.geometryType() != QgsWkbTypes.GeometryType.NullGeometry,
            layer.featureCount(),
            "" if layer.providerType() == live_layers.SENSORS else layer.subsetString(),
        )


@dataclass
class FeatureReader:
    """Reads expressions of the features that lie in a district and fulfil a filter.

    Attributes
    ----------
    features : LayerFeatures
    where : str
        A limited expression; "" for all.
    expressions : tuple of str
        Limited expressions, whose values `read` gives; fields by their name in quotes.
    district : District, optional
    matched : int
        Features that `read` has given.
    left_out : Counter
        Features that it could not give, by reason.
    notes : list of Message
        What a reader of the values must know.
    """

    features: LayerFeatures
    where: str
    expressions: tuple[str, ...]
    district: District | None = None
    matched: int = 0
    left_out: Counter[Message] = field(default_factory=Counter)
    notes: list[Message] = field(default_factory=list)

    def read(self, feedback: QgsFeedback | None = None) -> Iterator[tuple[Any, ...]]:
        """Id and values of each feature that counts; None for NULL and for what cannot be evaluated.

        Raises
        ------
        InputError
            Where an expression is not limited or names a field that the layer lacks, lengths or areas are asked of a
            CRS without true metres, the layer has no CRS, or its file is damaged.
        Cancelled
        """
        features = self.features
        self._require_expressions()
        area = self._area()
        if features.subset:
            self.notes.append(Message("The layer has the filter {filter}.", filter=features.subset[:100]))
        context = QgsExpressionContext()
        context.setFields(features.fields)
        where, *values = (QgsExpression(text) for text in (self.where or "TRUE", *self.expressions))
        for expression in (where, *values):
            expression.prepare(context)
        seen = 0
        request = self._request(area, [where, *values])
        if feedback is not None:
            request.setFeedback(feedback)  # ends the wait for a service too
        for feature in every_feature(features.source, features.name, request):
            if seen % LOOK_EVERY == 0 and feedback is not None and feedback.isCanceled():
                raise Cancelled
            seen += 1
            if area is not None and not self._inside(area, feature):
                continue
            context.setFeature(feature)
            if self._fulfils(where, context):
                self.matched += 1
                yield feature.id(), *(_value(expression, context) for expression in values)
        if feedback is not None and feedback.isCanceled():
            raise Cancelled
        if area is not None and features.count > seen:
            self.left_out[OUTSIDE] += features.count - seen

    def _require_expressions(self) -> None:
        """Refuse what is not limited, and lengths and areas of a CRS that has no true metres."""
        names = self.features.fields.names()
        for text in filter(None, (self.where, *self.expressions)):
            limited_expressions.check(text, names)
        if any(map(measures, (self.where, *self.expressions))) and not self._has_true_metres():
            raise InputError(
                "Lengths and areas cannot be measured in {crs}, the CRS of the layer '{layer}': reproject it to a "
                "projected CRS of the place in metres.",
                crs=self.features.crs.authid() or self.features.crs.description() or "no CRS",
                layer=self.features.name,
            )

    def _has_true_metres(self) -> bool:
        """Whether a unit of the CRS is a metre on the ground, at the district or else at a feature."""
        if self.district is not None:
            return in_true_metres(self.features.crs, self.district)
        feature = next(self.features.source.getFeatures(QgsFeatureRequest().setLimit(1)), None)
        at = feature.geometry().boundingBox().center() if feature is not None else QgsPointXY()
        return _true_at(self.features.crs, at)

    def _area(self) -> DistrictArea | None:
        if self.district is None:
            return None
        if not self.features.has_geometry:
            self.notes.append(Message("The table has no geometry: rows of every district count."))
            return None
        if not self.features.crs.isValid():
            raise InputError(
                "The layer '{layer}' has no CRS: set it in the layer's properties.", layer=self.features.name
            )
        return DistrictArea(self.district, self.features.crs)

    def _request(self, area: DistrictArea | None, expressions: list[QgsExpression]) -> QgsFeatureRequest:
        request = QgsFeatureRequest()
        wanted = {name for expression in expressions for name in expression.referencedColumns()}
        available = self.features.fields.names()
        request.setSubsetOfAttributes(
            [available.index(own) for name in wanted if (own := field_named(available, name))]
        )
        if area is not None:
            if not (box := area.box()).isEmpty():
                request.setFilterRect(box)
        elif not any(expression.needsGeometry() for expression in expressions):
            request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        return request

    def _inside(self, area: DistrictArea, feature: QgsFeature) -> bool:
        inside = area.holds(feature.geometry())
        if not inside:
            self.left_out[NO_PLACE if inside is None else OUTSIDE] += 1
        return bool(inside)

    def _fulfils(self, where: QgsExpression, context: QgsExpressionContext) -> bool:
        """Whether the filter is true; NULL is not."""
        result = where.evaluate(context)
        if where.hasEvalError() or isinstance(result, str):
            self.left_out[NO_FILTER_VALUE] += 1
            return False
        return result is not None and result != NULL and bool(result)


def quoted(field_name: str) -> str:
    """The limited expression for a field; "" for none."""
    return QgsExpression.quotedColumnRef(field_name) if field_name else ""


def moment(value: Any) -> datetime | None:
    """A time from the value of a field: a date and time, a date, or text in ISO 8601; one without a zone is in UTC."""
    if isinstance(value, QDateTime):
        zoned = value.timeSpec() != Qt.TimeSpec.LocalTime
        text = (value.toUTC() if zoned else value).toString("yyyy-MM-ddTHH:mm:ss.zzz")
    elif isinstance(value, QDate):
        text = value.toString("yyyy-MM-dd")
    else:
        text = value
    read = instants.read(text) if isinstance(text, str) else None
    return instants.first(read) if read is not None else None


def _value(expression: QgsExpression, context: QgsExpressionContext) -> Any:
    value = expression.evaluate(context)
    return None if expression.hasEvalError() or value == NULL else value


def measures(text: str) -> bool:
    """Whether a limited expression asks for lengths or areas."""
    return "$geometry" in text.lower()


def in_true_metres(crs: QgsCoordinateReferenceSystem, district: District) -> bool:
    """Whether a unit of a CRS is a metre on the ground at a district."""
    return crs.isValid() and _true_at(crs, DistrictArea(district, crs).box().center())


def _true_at(crs: QgsCoordinateReferenceSystem, at: QgsPointXY) -> bool:
    return crs.isValid() and not crs.isGeographic() and abs(ground_metres(crs, at) - 1.0) < 1e-6
