"""Layers written by columns hold what rows would: NULL for None and NaN, messages in words, geometries or none."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import NULL, QgsFeatureSink, QgsProcessingFeedback, QgsVectorLayer

from twin_plugin.bridge.kernel.column_writing import BATCH, plain_values, write_columns
from twin_plugin.core.common.errors import Cancelled, ResourceError
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
