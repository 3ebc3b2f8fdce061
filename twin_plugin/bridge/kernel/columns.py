"""Columns and geometries of a table as QGIS and OGR name them."""

from __future__ import annotations

from osgeo import ogr
from qgis.core import QgsField, QgsFields

from ...core.common.tables import Column
from .compat import BOOLEAN, DATETIME, INTEGER, LONG, REAL, TEXT

_TYPES = {
    "text": (TEXT, ogr.OFTString),
    "real": (REAL, ogr.OFTReal),
    "integer": (INTEGER, ogr.OFTInteger),
    "long": (LONG, ogr.OFTInteger64),
    "boolean": (BOOLEAN, ogr.OFTInteger),
    "datetime": (DATETIME, ogr.OFTDateTime),
}

OGR_GEOMETRIES = {
    "": ogr.wkbNone,
    "Point": ogr.wkbPoint,
    "PointZ": ogr.wkbPoint25D,
    "LineString": ogr.wkbLineString,
    "LineStringZ": ogr.wkbLineString25D,
    "Polygon": ogr.wkbPolygon,
    "MultiPolygon": ogr.wkbMultiPolygon,
    "MultiPolygonZ": ogr.wkbMultiPolygon25D,
}
"""OGR's numbers of the geometries that a `Table` may name."""


def make_fields(columns: tuple[Column, ...]) -> QgsFields:
    """The QgsFields of some columns, with their meaning as comment."""
    fields = QgsFields()
    for column in columns:
        item = QgsField(column.name, _TYPES[column.kind][0])
        item.setComment(column.meaning)
        fields.append(item)
    return fields


def ogr_field(column: Column) -> ogr.FieldDefn:
    """The definition of a column with which OGR creates it."""
    definition = ogr.FieldDefn(column.name, _TYPES[column.kind][1])
    definition.SetSubType(ogr.OFSTBoolean if column.kind == "boolean" else ogr.OFSTNone)
    return definition
