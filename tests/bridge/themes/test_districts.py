"""Own districts from polygons: one outline, in a CRS that documents can name, kept and never overwritten."""

from __future__ import annotations

import json

import pytest
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsSettings

from tests.memory_layers import memory_layer
from twin_plugin.bridge.kernel import resources, runtime
from twin_plugin.bridge.themes import documents
from twin_plugin.bridge.themes.districts import district_from_layer, district_id, save_district
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.themes.district_documents import CORNER_LIMIT

pytestmark = pytest.mark.usefixtures("qgis_app")
A = "POLYGON((500000 2490000, 500100 2490000, 500100 2490100, 500000 2490100, 500000 2490000))"
B = "POLYGON((500100 2490000, 500200 2490000, 500200 2490100, 500100 2490100, 500100 2490000))"
FAR = "POLYGON((600100 2490000, 600200 2490000, 600200 2490100, 600100 2490100, 600100 2490000))"
HOLE = "POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (2 2, 3 2, 3 3, 2 2))"


def polygons(*wkts, crs="EPSG:4547"):
    return memory_layer("Polygon", [(wkt, [1]) for wkt in wkts], ["n:integer"], "outline", crs)


def test_touching_polygons_make_one_outline():
    district = district_from_layer(polygons(A, B), "My bay 2")
    outline = shapely.Polygon(district.outline)
    assert outline.equals(shapely.union(shapely.from_wkt(A), shapely.from_wkt(B)))
    assert (district.id, district.title, district.crs) == ("my_bay_2", {"en": "My bay 2"}, "EPSG:4547")
    assert (district.approximate, district.note) == (False, {})


def test_a_crs_without_a_code_becomes_degrees():
    layer = polygons(A)
    parameters = "+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m"
    layer.setCrs(QgsCoordinateReferenceSystem.fromProj(parameters))
    district = district_from_layer(layer, "后海片区")
    assert district.crs == "EPSG:4326"
    assert shapely.Polygon(district.outline).centroid.distance(shapely.Point(114.0005, 22.5065)) < 0.01
    assert district.title == {"zh": "后海片区"}
    assert district.id == district_id("后海片区")
    assert district.id.startswith("district_")


def test_holes_are_filled_and_said():
    district = district_from_layer(polygons(HOLE), "x")
    assert shapely.Polygon(district.outline).area == 81
    assert "filled" in district.note["en"]


@pytest.mark.parametrize(
    ("wkts", "expected"), [((A, FAR), "apart in 2 parts"), ((), "has no polygon"), (("",), "has no polygon")]
)
def test_what_is_no_outline_is_refused(wkts, expected):
    with pytest.raises(InputError, match=expected):
        district_from_layer(polygons(*wkts), "x")


def test_a_layer_without_crs_is_refused():
    layer = polygons(A)
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(InputError, match="no CRS"):
        district_from_layer(layer, "x")


def test_a_district_is_kept_and_a_document_that_is_there_stays(tmp_path):
    settings = QgsSettings()
    settings.setValue(runtime.FOLDER_KEY, str(tmp_path / "own"))
    try:
        district = district_from_layer(polygons(A), "My bay")
        path = save_district(district)
        assert path == runtime.own_folder("districts") / "my_bay.json"
        assert documents.district_named("my_bay").value == district
        assert save_district(district) == path
        other = district_from_layer(polygons(B), "My bay")
        with pytest.raises(InputError, match="another document"):
            save_district(other)
        assert documents.read_district(path) == district
    finally:
        settings.remove(runtime.FOLDER_KEY)


def test_the_limit_of_corners_is_that_of_the_schema():
    schema = json.loads((resources.SCHEMAS / "district.schema.json").read_text("utf-8"))
    assert schema["properties"]["outline"]["maxItems"] == CORNER_LIMIT
