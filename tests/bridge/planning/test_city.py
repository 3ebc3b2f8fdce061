"""Layers of buildings, schemes, terrain and observers become what reviews of planning look at."""

from __future__ import annotations

import gc

import numpy as np
import pytest
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QMetaType

from twin_plugin.bridge.kernel.prism_layers import HeightFields
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.planning.city import CityLayers, read_city
from twin_plugin.bridge.planning.observers import read_observers
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms

CRS = "EPSG:4547"
X, Y = 500_000.0, 2_500_000.0
KEPT: list[object] = []
"""Layers and contexts live as long as the sources over them."""
KINDS = {str: QMetaType.Type.QString, float: QMetaType.Type.Double, int: QMetaType.Type.Int}


def layer(rows, name="buildings", kind="Polygon", crs=CRS):
    """A layer of (wkt with x and y from the corner of the terrain, attributes)."""
    made = QgsVectorLayer(f"{kind}?crs={crs}", name, "memory")
    KEPT.append(made)
    fields = {key: type(value) for _, values in rows for key, value in values.items() if value is not None}
    made.dataProvider().addAttributes([QgsField(key, KINDS[value]) for key, value in fields.items()])
    made.updateFields()
    for wkt, values in rows:
        feature = QgsFeature(made.fields())
        if wkt:
            geometry = QgsGeometry.fromWkt(wkt)
            if made.crs().authid() == CRS:
                geometry.translate(X, Y)
            feature.setGeometry(geometry)
        for key, value in values.items():
            feature[key] = value
        made.dataProvider().addFeatures([feature])
    return made


def source(made, context):
    KEPT.append(context)
    return QgsProcessingFeatureSource(made, context, False) if made is not None else None


def box(west, south, east, north):
    return f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"


@pytest.fixture(autouse=True)
def kept():
    yield
    KEPT.clear()
    gc.collect()  # errors that a test caught hold layers in their frames: QGIS must still be there when these go


@pytest.fixture
def terrain(qgis_app, tmp_path):
    """A slope of 100 x 100 m that rises eastward from 0 to 10 m, without data in its north-west corner."""
    values = np.tile(np.linspace(0.05, 9.95, 100), (100, 1)).astype(np.float32)
    values[:10, :10] = np.nan
    path = tmp_path / "地形 dtm.tif"
    write_grid(Grid(values, X, Y + 100, 1.0, CRS), path)
    return str(path)  # a layer that pytest kept would be deleted after QGIS


def read(buildings=None, dtm=None, scheme=None, site=None, fields=None):
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    sources = (source(made, context) for made in (scheme, site))
    ground = QgsRasterLayer(dtm, "terrain") if dtm else None
    return read_city(CityLayers(source(buildings, context), ground, *sources, fields), context, feedback)


def test_levels_come_from_the_usual_fields_in_their_order(qgis_app, terrain):
    rows = [
        (box(20, 20, 30, 30), {"id": "roof", "roof_elev_m": 40.0, "height_m": 99.0, "base_elev_m": 1.0}),
        (box(40, 20, 50, 30), {"id": "floor", "height_m": 20.0, "ground_floor_elev_m": 5.0, "base_elev_m": -4.0}),
        (box(60, 20, 70, 30), {"id": "ground", "height_m": 20.0}),
        (box(80, 20, 90, 30), {"id": "storeys", "storeys_above": 5}),
        (box(20, 60, 30, 70), {"id": "unknown"}),
        ("", {"id": "nowhere", "height_m": 5.0}),
        (box(2, 92, 6, 97), {"id": "off", "height_m": 5.0}),
    ]
    city = read(layer(rows), terrain)
    assert city.prisms.ids == ("roof", "floor", "ground", "storeys")
    assert city.prisms.bottom_m.tolist() == pytest.approx([1.0, -4.0, 6.05, 8.05])
    assert city.prisms.top_m.tolist() == pytest.approx([40.0, 25.0, 26.05, 23.05])
    (entry,) = city.entries
    assert (entry.read, entry.left_out, entry.guessed) == (4, 3, 1)
    assert "no height: 2" in entry.why
    assert "3 of 7 features" in city.notes[-1]


def test_storeys_of_a_twin_base_are_bodies_of_their_building(qgis_app):
    rows = [
        (box(0, 0, 20, 20), {"id": "a/0", "building_id": "a", "elev_m": 3.0, "height_m": 4.0}),
        (box(0, 0, 10, 10), {"id": "a/1", "building_id": "a", "elev_m": 7.0, "height_m": 30.0}),
        (box(40, 0, 50, 10), {"id": "b/0", "building_id": "b", "elev_m": 3.0, "height_m": 4.0}),
    ]
    prisms = read(layer(rows)).prisms
    assert prisms.ids == ("a", "b")
    assert prisms.owner.tolist() == [0, 0, 1]
    assert prisms.object_tops().tolist() == [37.0, 7.0]


def test_fields_of_the_user_come_first(qgis_app):
    rows = [(box(0, 0, 20, 20), {"id": "a", "height_m": 3.0, "H": 30.0, "Z": 2.0})]
    prisms = read(layer(rows), fields=HeightFields("", "H", "Z")).prisms
    assert (prisms.bottom_m[0], prisms.top_m[0]) == (2.0, 32.0)
    with pytest.raises(InputError, match="no field 'nothing'"):
        read(layer(rows), fields=HeightFields("nothing"))


def test_the_scheme_takes_the_place_of_what_stands_in_its_site(qgis_app, terrain):
    low = [(box(20, 20, 30, 30), {"id": "a", "height_m": 6.0}), (box(60, 60, 70, 70), {"id": "b", "height_m": 6.0})]
    tower = layer([(box(32, 20, 40, 30), {"id": "t", "height_m": 90.0})], "tower")
    city = read(layer(low), terrain, tower, layer([(box(15, 15, 45, 35), {})], "site"))
    assert city.present.ids == ("a", "b")
    assert city.prisms.ids == ("b", "t")
    assert city.future.planned.tolist() == [False, True]
    assert [entry.read for entry in city.entries] == [2, 1, 1]


@pytest.mark.parametrize(
    ("crs", "wkt"),
    [
        ("EPSG:4326", "POLYGON((114 22.5,114.001 22.5,114.001 22.501,114 22.5))"),
        ("EPSG:3857", "POLYGON((12690000 2573000,12690100 2573000,12690100 2573100,12690000 2573000))"),
    ],
)
def test_buildings_in_degrees_or_web_mercator(qgis_app, crs, wkt):
    with pytest.raises(InputError, match="unit is no metre"):
        read(layer([(wkt, {"height_m": 5.0})], crs=crs))


def test_no_heights_empty_layers_and_a_far_scheme(qgis_app, terrain):
    with pytest.raises(InputError, match="has a polygon and a height"):
        read(layer([(box(0, 0, 5, 5), {"id": "a"})]), None)
    some = layer([(box(0, 0, 5, 5), {"id": "a", "height_m": 4.0})])
    with pytest.raises(InputError, match="is empty"):
        read(some, None, layer([], "none"))
    with pytest.raises(InputError, match="overlaps nothing"):
        read(some, None, layer([(box(9000, 0, 9005, 5), {"id": "z", "height_m": 4.0})], "far"))
    with pytest.raises(InputError, match="nothing to look at"):
        read()
    assert len(read(layer([]), terrain).prisms) == 0


def test_observers_stand_on_the_terrain_outside_the_buildings(qgis_app, terrain):
    city = read(layer([(box(20, 20, 30, 30), {"id": "a", "height_m": 6.0})]), terrain)
    rows = [
        ("POINT(50.5 50.5)", {"id": "free"}),
        ("POINT(25 25)", {"id": "within"}),
        ("POINT(2 98)", {"id": "hole"}),
        ("POINT(500 50)", {"id": "off"}),
        ("POINT(26 26)", {"id": "roof", "eye_elev_m": 12.0}),
    ]
    context = QgsProcessingContext()
    found = read_observers(
        source(layer(rows, "eyes", "Point"), context), "OBSERVERS", city.reader, city.terrain, city.prisms, 1.6, 20
    )
    assert found.observers.ids == ("free", "roof")
    assert found.observers.eye_m.tolist() == pytest.approx([5.05 + 1.6, 12.0], abs=0.01)
    assert "off the terrain: 2; inside a building: 1" in found.entry.why
    with pytest.raises(InputError, match="no observer that can look"):
        read_observers(
            source(layer(rows[1:2], "eyes", "Point"), context), "OBSERVERS", city.reader, city.terrain, city.prisms,
            1.6, 20,
        )  # fmt: skip


def test_polygons_are_no_observers(qgis_app, terrain):
    city = read(None, terrain, None)
    areas = layer([(box(0, 0, 5, 5), {"id": "a"})], "areas")
    with pytest.raises(InputError, match="does not hold points or lines: choose another one for OBSERVERS"):
        read_observers(
            source(areas, QgsProcessingContext()), "OBSERVERS", city.reader, city.terrain, Prisms.none(), 1.6, 20
        )


def test_a_path_has_observers_at_a_spacing(qgis_app, terrain):
    city = read(None, terrain, None)
    path = layer([("LINESTRING(20 20,80 20)", {"id": "p"})], "path", "LineString")
    context = QgsProcessingContext()
    found = read_observers(
        source(path, context), "OBSERVERS", city.reader, city.terrain, Prisms.none(), 1.6, 20
    ).observers
    assert found.ids == ("p/1", "p/2", "p/3", "p/4")
    assert found.along_m.tolist() == [0, 20, 40, 60]


SPIKE = "POLYGON((0 0,20 20,20 0,0 20,-5 20,0 20,0 0))"
"""Crosses itself and has a spike: mended it is a collection of a multipolygon and a line."""


def test_an_outline_that_crosses_itself_and_has_a_spike_keeps_its_area(qgis_app):
    prisms = read(layer([(SPIKE, {"id": "a", "height_m": 30.0})])).prisms
    assert sum(outline.area for outline in prisms.outlines) == pytest.approx(200)
    assert set(prisms.owner.tolist()) == {0}


def test_chosen_heights_go_before_the_usual_field_of_roofs(qgis_app):
    values = {"roof_elev_m": 90.0, "ground_floor_elev_m": 5.0, "base_elev_m": 1.0}
    rows = [(box(x, 0, x + 20, 20), {"id": str(x), "H": height, **values}) for x, height in ((0, 30.0), (40, None))]
    assert read(layer(rows), fields=HeightFields("", "H")).prisms.top_m.tolist() == [35.0, 90.0]
    assert read(layer(rows), fields=HeightFields("", "H", "base_elev_m")).prisms.top_m.tolist() == [31.0, 90.0]
    assert read(layer(rows), fields=HeightFields("roof_elev_m", "H")).prisms.top_m.tolist() == [90.0, 90.0]


def test_levels_of_another_datum_are_named(qgis_app, terrain):
    rows = [(box(80, 20, 90, 30), {"id": "sunk", "base_elev_m": -9.0, "height_m": 12.0}),
            (box(20, 20, 30, 30), {"id": "stands", "base_elev_m": 2.0, "height_m": 12.0})]  # fmt: skip
    (note,) = read(layer(rows), terrain).notes
    assert "1 of 2 buildings of the layer 'buildings' lie wholly below the terrain, such as 'sunk'" in note
    podium = (box(20, 20, 30, 30), {"id": "podium", "base_elev_m": 2.0, "height_m": 12.0})
    tower = (box(20, 20, 30, 30), {"id": "tower", "base_elev_m": 14.0, "height_m": 60.0})
    assert read(layer([podium, tower]), terrain).notes == []
    (note,) = read(layer([tower]), terrain).notes
    assert "All buildings of the layer 'buildings' stand 12 m or more above the terrain" in note
