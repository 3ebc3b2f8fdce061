"""What a shapefile as an output loses: the ends of long field names and of long texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from osgeo import gdal
from qgis.core import QgsFeature, QgsFeatureSink, QgsFields

from ...core.common.messages import Message

NAME_BYTES, TEXT_BYTES = 10, 254
"""What dBASE keeps of a field's name and of a text (ESRI Shapefile Technical Description, 1998; dBASE III and IV)."""
NO_FLAGS = QgsFeatureSink.Flags()
SHOWN = 8
"""Names that a warning lists."""


def is_shapefile(place: str) -> bool:
    """Whether a destination is a shapefile."""
    return PurePath(place).suffix.lower() == ".shp"


class ShapefileSink(QgsFeatureSink):
    """Passes features on and counts the texts that are longer than a shapefile's; `sink` belongs to whoever made it.

    Attributes
    ----------
    names : list of str
        The fields as they should be called.
    long_texts : Counter of str
        How many texts of a field are cut.
    """

    def __init__(self, sink: QgsFeatureSink, fields: QgsFields) -> None:
        super().__init__()
        self._sink = sink
        self.names = fields.names()
        self.long_texts: Counter[str] = Counter()

    def addFeature(self, feature: QgsFeature, flags: QgsFeatureSink.Flags = NO_FLAGS) -> bool:
        self._look_at(feature)
        return self._sink.addFeature(feature, flags)

    def _look_at(self, feature: QgsFeature) -> None:
        """Count the texts of a feature that are too long."""
        for name, value in zip(self.names, feature.attributes(), strict=False):
            if isinstance(value, str) and len(value) > TEXT_BYTES // 4 and len(value.encode()) > TEXT_BYTES:
                self.long_texts[name] += 1

    def addFeatures(self, features: Iterable[QgsFeature], flags: QgsFeatureSink.Flags = NO_FLAGS) -> bool:
        several = list(features)
        for feature in several:
            self._look_at(feature)
        return self._sink.addFeatures(several, flags)

    def flushBuffer(self) -> bool:
        return self._sink.flushBuffer()

    def lastError(self) -> str:
        return self._sink.lastError()


def losses(sinks: Mapping[str, ShapefileSink], results: Mapping[str, Any]) -> list[Message]:
    """A warning for each shapefile with cut field names, and for each with cut texts.

    Parameters
    ----------
    sinks : mapping of str to ShapefileSink
        By output.
    results : mapping of str to object
        The finished files by output.
    """
    messages = []
    for output, sink in sinks.items():
        place = str(results.get(output) or "")
        pairs = [(name, kept) for name, kept in zip(sink.names, _names(place), strict=False) if name != kept]
        if pairs:
            shown = ", ".join(f"{name} = {kept}" for name, kept in pairs[:SHOWN])
            messages.append(
                Message(
                    "The shapefile '{place}' cuts {n} names of fields to {most} letters, so that tools and styles do "
                    "not find them: {names}. Write a GeoPackage (.gpkg) to keep them.",
                    place=place,
                    n=len(pairs),
                    most=NAME_BYTES,
                    names=shown + (" …" if len(pairs) > SHOWN else ""),
                )
            )
        if sink.long_texts:
            messages.append(
                Message(
                    "The shapefile '{place}' cuts texts to {most} bytes: {fields}. Write a GeoPackage (.gpkg) to keep "
                    "them.",
                    place=place,
                    most=TEXT_BYTES,
                    fields=", ".join(f"{name} ({count})" for name, count in sink.long_texts.items()),
                )
            )
    return messages


def _names(place: str) -> list[str]:
    """The names of the fields of a finished file; [] where it cannot be opened."""
    dataset = gdal.OpenEx(place, gdal.OF_VECTOR) if place else None
    if dataset is None:
        return []
    definition = dataset.GetLayer(0).GetLayerDefn()
    return [definition.GetFieldDefn(number).GetName() for number in range(definition.GetFieldCount())]
