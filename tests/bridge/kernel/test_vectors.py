"""Vector layers to tables and back."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingFeedback, QgsVectorLayer

from tests.listener import Listener
from twin_plugin.bridge.kernel import vectors
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.core.bim.tables import OPENING
from twin_plugin.core.common.errors import Cancelled, InputError


@pytest.fixture
def memory_layer(qgis_app):
    """A function from (wkt, attributes) rows to a memory layer with the fields of the opening table."""

    def make(rows, kind="PointZ", crs="EPSG:4547"):
        layer = QgsVectorLayer(f"{kind}?crs={crs}", "openings 门", "memory")
        layer.dataProvider().addAttributes(make_fields(OPENING.columns).toList())
        layer.updateFields()
        items = [(shapely.from_wkt(text) if text else None, values) for text, values in rows]
        vectors.write_rows(layer.dataProvider(), layer.fields(), items, QgsProcessingFeedback(False))
        return layer

    return make


def test_round_trip_keeps_geometry_and_null(memory_layer):
    layer = memory_layer(
        [("POINT Z (1 2 3)", {"id": "a", "sill_elev_m": np.float32(2.5)}), (None, {"id": "b", "width_m": np.nan})]
    )
    table = vectors.read_table(layer.dataProvider(), QgsProcessingFeedback(False))
    assert len(table) == 2
    assert (table.geometries[0].x, table.geometries[0].z) == (1, 3)
    assert table.geometries[1] is None
    assert table.columns["id"] == ["a", "b"]
    assert table.columns["sill_elev_m"] == [2.5, None]
    assert table.columns["width_m"] == [None, None]
    assert table.get("absent") == [None, None]


def test_reprojects(memory_layer):
    layer = memory_layer([("POINT Z (492797.779 2490276.367 5)", {"id": "a"})])
    table = vectors.read_table(layer, QgsProcessingFeedback(False), QgsCoordinateReferenceSystem("EPSG:4326"))
    assert table.geometries[0].x == pytest.approx(113.93, abs=1e-5)
    assert table.geometries[0].y == pytest.approx(22.51, abs=1e-5)


def test_layer_without_crs_is_told(memory_layer):
    layer = memory_layer([("POINT Z (1 2 3)", {})], crs="")
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(InputError, match="no CRS"):
        vectors.read_table(layer, QgsProcessingFeedback(False), QgsCoordinateReferenceSystem("EPSG:4326"))


def test_geometries_that_cannot_be_transformed_are_no_missing_ones(memory_layer):
    metres = QgsCoordinateReferenceSystem("EPSG:4547")
    good, bad = ("POINT Z (113.93 22.51 5)", {"id": "a"}), ("POINT Z (492797.779 2490276.367 5)", {"id": "b"})
    feedback = Listener()
    table = vectors.read_table(memory_layer([good, bad], crs="EPSG:4326"), feedback, metres)
    assert table.geometries[0].x == pytest.approx(492797.779, abs=1)
    assert table.geometries[1] is None
    assert "1 geometries of the layer 'openings 门' cannot be transformed from EPSG:4326" in feedback.warnings[0]
    with pytest.raises(InputError, match="cannot be transformed from EPSG:4326 to EPSG:4547: set the CRS"):
        vectors.read_table(memory_layer([bad, (None, {})], crs="EPSG:4326"), feedback, metres)


def test_cancel_stops_reading(memory_layer):
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    with pytest.raises(Cancelled):
        vectors.read_table(memory_layer([("POINT Z (1 2 3)", {})]), feedback)
