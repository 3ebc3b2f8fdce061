"""Layers written by columns hold what rows would: NULL for None and NaN, messages in words, geometries or none."""

from __future__ import annotations

import math
import sqlite3

import numpy as np
import pytest
import shapely
from osgeo import ogr
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QMetaType

from twin_plugin.bridge.kernel import output_checks
from twin_plugin.bridge.kernel.column_writing import BATCH, plain_values, write_blocks, write_columns
from twin_plugin.bridge.kernel.counting_sink import CountingSink
from twin_plugin.bridge.kernel.output_checks import check
from twin_plugin.core.common.errors import Cancelled, ResourceError
from twin_plugin.core.common.geopackage import statement
from twin_plugin.core.common.messages import Message


@pytest.fixture
def layer(qgis_app):
    return QgsVectorLayer(
        "Point?crs=EPSG:4547&field=id:string&field=depth_m:double&field=people:integer", "made", "memory"
    )


def test_columns_are_what_was_given(layer):
    columns = {
        "id": ["a", Message("{n} rows", n=2), None],
        "depth_m": np.array([0.5, np.nan, 1e-9]),
        "people": np.array([3, None, 7], object),
    }
    points = np.array([shapely.Point(1, 2), None, shapely.Point(3, 4)], object)
    sink = layer.dataProvider()
    assert write_columns(sink, layer.fields(), points, columns, QgsProcessingFeedback()) == 3
    rows = list(layer.getFeatures())
    assert [feature["id"] for feature in rows] == ["a", "2 rows", NULL]
    assert [feature["depth_m"] for feature in rows] == [0.5, NULL, 1e-9]
    assert [feature["people"] for feature in rows] == [3, NULL, 7]
    assert [feature.hasGeometry() for feature in rows] == [True, False, True]


def test_more_than_a_batch_keeps_its_order_and_absent_columns_are_null(layer):
    count = 2 * BATCH + 3
    points = shapely.points(np.arange(count), np.zeros(count))
    ids = [str(number) for number in range(count)]
    write_columns(layer.dataProvider(), layer.fields(), points, {"id": ids}, QgsProcessingFeedback())
    rows = list(layer.getFeatures())
    assert [feature["id"] for feature in rows] == ids
    assert {feature["depth_m"] for feature in rows} == {NULL}


def test_numbers_of_arrays_become_those_of_python():
    assert plain_values([np.float64(1.5), np.float32("nan"), np.int64(3), float("nan")]) == [1.5, None, 3, None]
    assert plain_values(np.array([True, False])) == [True, False]


class Refusing(QgsFeatureSink):
    def addFeatures(self, features, flags=None):
        return False

    def lastError(self):
        return "no room"


def test_a_refusal_and_a_cancel_end_the_writing(layer):
    point = np.array([shapely.Point(0, 0)], object)
    with pytest.raises(ResourceError, match="no room"):
        write_columns(Refusing(), layer.fields(), point, {}, QgsProcessingFeedback())
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    with pytest.raises(Cancelled):
        write_columns(layer.dataProvider(), layer.fields(), point, {}, feedback)


TYPES = {"id": "QString", "use 用途": "QString", "n": "Int", "big": "LongLong", "depth_m": "Double", "wet": "Bool",
         "day": "QDate"}  # fmt: skip
SQUARE, HOLED = shapely.box(0, 0, 4, 4), shapely.box(10, 0, 14, 4) - shapely.box(11, 1, 12, 2)
SHAPES = [SQUARE, shapely.MultiPolygon([SQUARE, HOLED]), None, shapely.Polygon(), HOLED,
          shapely.Polygon([(0, 0, 1), (4, 0, 2), (4, 4, 3)])]  # fmt: skip
ROWS = [
    ("a", "住宅", 1, 2**40, 0.1, True, QDate(2026, 2, 3)),
    ("", None, None, None, None, None, None),
    ("c'\"{}", "x", -5, -1, math.inf, False, QDate()),
    ("d", "😀", 0, 0, 1e-300, True, QDate(1, 1, 1)),
    ("e", "long " * 2000, 2**31 - 1, 2**63 - 1, -0.0, False, None),
    (Message("{n} rows", n=3), "[% 1 %]", 7, 8, float("nan"), None, QDate(9999, 12, 31)),
]


@pytest.fixture
def fields():
    result = QgsFields()
    for name, kind in TYPES.items():
        result.append(QgsField(name, getattr(QMetaType.Type, kind)))
    return result


@pytest.fixture
def new_sink(qgis_app, fields):
    """A function from a path to a counting sink of MultiPolygons."""

    def create(path, kind=QgsWkbTypes.Type.MultiPolygon):
        crs = QgsCoordinateReferenceSystem("EPSG:4547")
        return CountingSink(
            QgsProcessingUtils.createFeatureSink(str(path), QgsProcessingContext(), fields, kind, crs)[0], str(path)
        )

    return create


def columns_of(rows):
    return {name: list(values) for name, values in zip(TYPES, zip(*rows, strict=True), strict=True)}


def feature_by_feature(sink, fields):
    """The same rows as QGIS's own sink writes them."""
    for shape, values in zip(SHAPES, ROWS, strict=True):
        feature = QgsFeature(fields)
        if shape is not None:
            geometry = QgsGeometry()
            geometry.fromWkb(shapely.to_wkb(shape))
            feature.setGeometry(geometry)
        feature.setAttributes(plain_values(values))
        sink.addFeature(feature)
    sink.close()


def test_a_geopackage_is_byte_for_byte_what_qgis_writes_feature_by_feature(new_sink, fields, tmp_path):
    places = [tmp_path / folder / "r 结果.gpkg" for folder in "ab"]
    for place in places:
        place.parent.mkdir()
    sink = new_sink(places[0])
    shapes = np.array(SHAPES, object)
    blocks = [(shapes[:2], columns_of(ROWS[:2])), (shapes[2:], columns_of(ROWS[2:]))]
    assert write_blocks(sink, fields, blocks, QgsProcessingFeedback()) == sink.count == len(ROWS)
    feature_by_feature(new_sink(places[1]), fields)
    first, second = map(content_of, places)
    assert first == second
    check(places[0], len(ROWS))


def content_of(path):
    with sqlite3.connect(path) as database:
        ((table,),) = database.execute("SELECT table_name FROM gpkg_contents").fetchall()
        schema = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        rows = database.execute(statement("SELECT * FROM {table}", table=table)).fetchall()
        about = [database.execute(statement("SELECT * FROM {name}", name=name)).fetchall() for name in (
            "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_extensions", "sqlite_sequence")]  # fmt: skip
        box = database.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents").fetchall()
        query = statement("SELECT id, minx, maxx, miny, maxy FROM {index} ORDER BY id", index=f"rtree_{table}_geom")
        found = database.execute(query).fetchall()
        assert database.execute("SELECT rtreecheck(?)", [f"rtree_{table}_geom"]).fetchone() == ("ok",)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return schema, rows, about, box, found


def test_others_can_change_the_layer_afterwards(new_sink, fields, tmp_path):
    place = tmp_path / "r.gpkg"
    squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3000)], object)
    write_columns(new_sink(place), fields, squares, {"n": np.arange(3000)}, QgsProcessingFeedback())
    source = ogr.Open(str(place), 1)
    layer = source.GetLayer(0)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt("MULTIPOLYGON(((500 0,501 0,501 1,500 0)))"))
    layer.CreateFeature(feature)
    layer.DeleteFeature(501)
    layer.SetSpatialFilterRect(500.2, 0.2, 500.4, 0.4)
    assert [found.GetFID() for found in layer] == [3001]
    layer.SetSpatialFilter(None)
    assert layer.GetFeatureCount() == 3000


def test_a_layer_with_times_and_a_cancelled_one(new_sink, fields, tmp_path, monkeypatch):
    """Times have several forms as text: QGIS writes those. A cancel between batches leaves no count behind."""
    fields.append(QgsField("at", QMetaType.Type.QDateTime))
    sink = new_sink(tmp_path / "t.gpkg")
    write_columns(sink, fields, np.array([SQUARE], object), {"n": [4]}, QgsProcessingFeedback())
    sink.close()
    assert [row["n"] for row in QgsVectorLayer(str(tmp_path / "t.gpkg"), "t", "ogr").getFeatures()] == [4]
    feedback = QgsProcessingFeedback()

    def blocks():
        yield np.array([SQUARE], object), {"n": [4]}
        feedback.cancel()
        yield np.array([SQUARE], object), {"n": [5]}

    fields.remove(fields.size() - 1)
    sink = new_sink(tmp_path / "c.gpkg")
    with pytest.raises(Cancelled):
        write_blocks(sink, fields, blocks(), feedback)
    assert sink.count == 0
    monkeypatch.setattr(output_checks, "_STEPS", 1)
    with pytest.raises(Cancelled):
        check(tmp_path / "t.gpkg", 1, lambda: False)
