"""Placing by hand: points of a model land where its row says, by the same rule that reading it follows."""

from __future__ import annotations

import math
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

from tests.failing_writer.calls import every_failure
from tests.failing_writer.trial import sentence
from twin_plugin.bridge.bim import hand_placement
from twin_plugin.bridge.bim.hand_placement import HandPlacement, LocalModel
from twin_plugin.bridge.kernel.columns import make_fields
from twin_plugin.core.bim.georeference import Tie, from_tie
from twin_plugin.core.bim.tables import BUILDING
from twin_plugin.core.common.errors import ResourceError

# An L, clockwise and closed, off the model's zero point.
RING = "Polygon ((2 1, 2 11, 8 11, 8 5, 14 5, 14 1, 2 1))"
BEARINGS = [0.0, 30.0, 90.0, 179.5, 271.25]


@pytest.fixture
def local(qgis_app):
    return LocalModel("a.ifc", "/models/a.ifc", QgsGeometry.fromWkt(RING), 0.45)


@pytest.mark.parametrize("bearing", BEARINGS)
def test_the_preview_lies_where_the_import_will_put_the_model(local, bearing):
    place = HandPlacement(500_123.25, 2_490_321.5, 4.2, bearing)
    to_map = from_tie(Tie(place.x, place.y, place.z, place.bearing_deg, "EPSG:4547")).to_map
    points = np.array([[v.x(), v.y()] for v in local.footprint.vertices()])
    outline = local.outline(place)
    shown = np.array([[v.x(), v.y()] for v in outline.vertices()])
    assert shown == pytest.approx(to_map.apply(points), abs=1e-6)
    assert outline.area() == pytest.approx(local.footprint.area())


@pytest.mark.parametrize("bearing", BEARINGS)
def test_an_anchor_is_where_it_was_put_and_its_direction_points_where_it_was_told(local, bearing):
    start = HandPlacement(0.0, 0.0, 1.5, bearing)
    put, toward = QgsPointXY(500_000.0, 2_490_000.0), QgsPointXY(500_040.0, 2_490_030.0)
    for anchor in local.anchors():
        placed = anchor.turned(anchor.moved(start, put), toward)
        assert placed.z == 1.5
        assert placed.to_map(anchor.x, anchor.y).distance(put) < 1e-6, anchor.name
        end = placed.to_map(anchor.toward_x, anchor.toward_y)
        assert hand_placement.bearing_deg(put, end) == pytest.approx(hand_placement.bearing_deg(put, toward), abs=1e-6)
        assert 0.0 <= placed.bearing_deg < 360.0
        assert anchor.turned(placed, put) == placed, "a point has no direction"


def test_corners_are_vertices_and_point_along_the_wall(local):
    corners = {anchor.name: anchor for anchor in local.anchors()}
    assert list(corners) == ["zero", "middle", "south-west", "south-east", "north-east", "north-west"]
    assert (corners["south-west"].x, corners["south-west"].y) == (2, 1)
    assert (corners["south-west"].toward_x, corners["south-west"].toward_y) == (14, 1)
    assert (corners["north-west"].toward_x, corners["north-west"].toward_y) == (2, 1)
    north = hand_placement.bearing_deg(QgsPointXY(0, 0), QgsPointXY(0, 5))
    assert north == 0
    assert hand_placement.bearing_deg(QgsPointXY(0, 0), QgsPointXY(5, 0)) == 90


def test_a_model_without_a_footprint_cannot_be_shown(qgis_app):
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:4547", "b", "memory")
    layer.dataProvider().addAttributes(list(make_fields(BUILDING.columns)))
    layer.updateFields()
    assert hand_placement.local_model("a", "a", layer) is None
    for floor, wkt in (
        (0.6, "MultiPolygon (((0 0, 5 0, 5 5, 0 5, 0 0)))"),
        (NULL, "MultiPolygon (((9 0, 12 0, 12 5, 9 0)))"),
    ):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature["ground_floor_elev_m"] = floor
        layer.dataProvider().addFeature(feature)
    found = hand_placement.local_model("a", "a", layer)
    assert found.ground_floor_m == 0.6
    assert found.footprint.area() == pytest.approx(25 + 7.5)


def test_the_plane_is_the_first_in_metres_else_the_utm_zone(qgis_app):
    degrees, feet, metres = (QgsCoordinateReferenceSystem(c) for c in ("EPSG:4326", "EPSG:2263", "EPSG:4547"))
    context, centre = QgsCoordinateTransformContext(), QgsPointXY(113.94, 22.52)
    assert hand_placement.metric_crs([degrees, feet, metres], centre, degrees, context) == metres
    assert (
        hand_placement.metric_crs([QgsCoordinateReferenceSystem(), degrees, feet], centre, degrees, context).authid()
        == "EPSG:32649"
    )
    assert hand_placement.metric_crs([], QgsPointXY(-70.0, -33.0), degrees, context).authid() == "EPSG:32719"


def test_rows_are_kept_replaced_and_read_again(qgis_app, tmp_path):
    file = tmp_path / "a 文件夹" / "placements.gpkg"
    first = hand_placement.row_of("/m/a.ifc", HandPlacement(1.0, 2.0, 3.0, 90.0), "EPSG:4547")
    other = hand_placement.row_of("/m/中 'b'.ifc", HandPlacement(4.0, 5.0), "EPSG:4547")
    source = hand_placement.keep_rows(file, [first, other])
    moved = hand_placement.row_of("/m/a.ifc", HandPlacement(10.00004, 20.0, 3.0, 45.1234567), "EPSG:4547")
    assert hand_placement.keep_rows(file, [moved]) == source
    rows = {row["path"]: row for row in hand_placement.rows_of(QgsVectorLayer(source, "p", "ogr"))}
    assert rows == {"/m/a.ifc": moved, "/m/中 'b'.ifc": other}
    assert math.isclose(rows["/m/a.ifc"]["bearing_deg"], 45.123457)
    held = hand_placement.placement_layer([moved])
    assert hand_placement.rows_of(held) == [moved]


def keep(file, path, x):
    """Keep one placement, in another process."""
    hand_placement.keep_rows(Path(file), [hand_placement.row_of(path, HandPlacement(x, 2.0), "EPSG:4547")])


def kept(file):
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        defined = sorted(database.execute("SELECT type, name FROM sqlite_master"))
        return defined, sorted(database.execute("SELECT path, x FROM model_placement"))


@pytest.mark.slow
@pytest.mark.parametrize("new", [True, False])
def test_whatever_write_fails_the_placements_are_the_old_or_the_new(failing_child, tmp_path, new):
    (tmp_path / "start").mkdir()
    file, start = tmp_path / "watched" / "placements.gpkg", tmp_path / "start" / "placements.gpkg"
    file.parent.mkdir()
    keep(start, "a.ifc", 1.0)
    defined, old = kept(start)
    sentences = []
    for failure in every_failure(failing_child.watch):
        file.unlink(missing_ok=True)
        if not new:
            shutil.copyfile(start, file)
        said = sentence(failing_child, keep, str(file), "a.ifc", 3.0, folder=file.parent, failure=failure)
        sentences.append(said)
        assert {item.name for item in file.parent.iterdir()} <= {file.name}, failure
        if file.exists():
            assert kept(file)[0] == defined, failure
            assert kept(file)[1] in ([[("a.ifc", 3.0)]] if not said else [old, [("a.ifc", 3.0)], []]), failure
        else:
            assert new, failure
            assert said, failure
    assert sum(map(bool, sentences)) > 5
    assert sentences[-1] == ""


def test_a_table_that_another_program_has_locked_stays_as_it_was(qgis_app, tmp_path, held, monkeypatch):
    file = tmp_path / "placements.gpkg"
    keep(file, "a.ifc", 1.0)
    before = kept(file)
    monkeypatch.setattr(hand_placement, "PATIENCE_S", 0.1)
    holder = held(file, "BEGIN IMMEDIATE")
    with pytest.raises(ResourceError, match=r"cannot be kept in .*close what has it open"):
        keep(file, "a.ifc", 2.0)
    holder.communicate("")
    assert kept(file) == before


def test_what_is_no_table_of_placements_is_left_alone(qgis_app, tmp_path):
    file = tmp_path / "placements.gpkg"
    file.write_text("not a geopackage")
    with pytest.raises(ResourceError, match="no table of placements"):
        hand_placement.keep_rows(file, [hand_placement.row_of("a", HandPlacement(0, 0), "EPSG:4547")])
    assert file.read_text() == "not a geopackage"
    closed = tmp_path / "file"
    closed.write_text("")
    with pytest.raises(ResourceError, match="cannot be"):
        hand_placement.keep_rows(closed / "placements.gpkg", [])
    assert hand_placement.rows_of(QgsVectorLayer("NoGeometry?field=path:string", "p", "memory")) == []
