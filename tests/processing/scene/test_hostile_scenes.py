"""Layers that would make a scene wrong without a word: other places, levels, parts that cancel out, and EXTENT."""

from __future__ import annotations

import json

import numpy as np
import pyproj
import pytest
import shapely
from qgis.core import QgsProcessingException

from tests.core.scene.glb_reader import Glb
from tests.memory_layers import written_layer
from tests.run_log import Log

X, Y = 492_700.0, 2_491_000.0


def box(x, y, width=20.0, depth=15.0):
    return shapely.box(X + x, Y + y, X + x + width, Y + y + depth)


def body(identity, **more):
    return {"id": identity, "use": "office", "base_elev_m": 4, "roof_elev_m": 20} | more


def cube(x, low, high):
    """A closed shell over box(x, 0), its faces counter-clockwise from outside."""
    ring = list(box(x, 0).exterior.coords)[-2::-1]
    ring = ring if shapely.Polygon(ring).exterior.is_ccw else ring[::-1]
    faces = [[(*p, high) for p in ring], [(*p, low) for p in ring[::-1]]]
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        faces.append([(*a, low), (*b, low), (*b, high), (*a, high)])
    text = ",".join("((" + ",".join(f"{x} {y} {z}" for x, y, z in [*face, face[0]]) + "))" for face in faces)
    return f"MULTIPOLYGON Z({text})"


@pytest.fixture
def export(run_algorithm, tmp_path):
    """A function that writes CityJSON of layers, rows by parameter; gives the document, the results and the log."""

    def run(buildings, epsg=4547, **more):
        log, target = Log(), tmp_path / "城 市.city.json"
        layers = {
            name: written_layer(tmp_path / f"{name}.gpkg", name.lower(), rows) if isinstance(rows, list) else rows
            for name, rows in more.items()
        }
        given = {"BUILDINGS": written_layer(tmp_path / "b.gpkg", "building", buildings, epsg)} | layers
        results = run_algorithm("twin:exportscene", given | {"CITYJSON": str(target)}, log)
        return json.loads(target.read_text(encoding="utf-8")), results, log

    return run


def lods(document, identity):
    return [one["lod"] for one in document["CityObjects"][identity]["geometry"]]


def test_an_extent_leaves_the_level_of_detail_of_shells_as_it_is(export):
    solids = [(cube(40, 4, 20), {"id": "b", "lod": "1.2"}), (cube(0, 4, 20), {"id": "a", "lod": "1.3"})]
    buildings = [(box(0, 0).wkt, body("a")), (box(40, 0).wkt, body("b"))]
    whole, _, _ = export(buildings, SOLIDS=solids)
    part, _, _ = export(buildings, SOLIDS=solids, EXTENT=f"{X + 35},{X + 90},{Y - 5},{Y + 20} [EPSG:4547]")
    assert lods(part, "b") == lods(whole, "b")
    assert "2.2" not in lods(part, "b")
    assert "1.3" in lods(whole, "a")


def test_storeys_basements_rooms_and_shells_of_another_place_or_datum_are_named(export):
    storey = {"building_id": "a", "number": 1, "elev_m": 8, "height_m": 3}
    _, results, log = export(
        [(box(0, 0).wkt, body("a"))],
        STOREYS=[(box(5000, 0).wkt, storey), (box(0, 0).wkt, storey)],
        UNDERGROUND=[(box(0, 0).wkt, {"building_id": "a", "top_elev_m": 404, "bottom_elev_m": 398})],
        ROOMS=[(box(0, 700).wkt, {"id": "r", "building_id": "a", "elev_m": 8, "height_m": 3})],
        SOLIDS=[(cube(0, 1004, 1020), {"id": "a", "lod": "2.2"})],
    )
    assert results["STOREYS_COUNT"] == 2
    for sentence in (
        "1 of 2 bodies of the layer 'storeys' lie 4,980 m or more beside the building that they name, such as 'a'",
        "1 of 1 bodies of the layer 'underground' lie 378 m or more above or below the building that they name",
        "1 of 1 bodies of the layer 'rooms' lie 685 m or more beside",
        "1 of 1 bodies of the layer 'solids' lie 984 m or more above or below",
    ):
        assert sentence in log.text.lower(), log.text


def test_what_belongs_to_a_building_is_not_called_apart(export):
    _, _, log = export(
        [(box(0, 0).wkt, body("a"))],
        STOREYS=[(box(0, 0).wkt, {"building_id": "a", "number": 0, "elev_m": 4, "height_m": 3})],
        UNDERGROUND=[(box(-15, -15, 60, 60).wkt, {"building_id": "a", "top_elev_m": 3, "bottom_elev_m": -9})],
        SOLIDS=[(cube(0, 4, 20), {"id": "a", "lod": "2.2"})],
    )
    assert "that they name" not in log.text


def test_a_base_that_nobody_stated_is_counted_as_guessed(export):
    document, _, log = export([(box(0, 0).wkt, body("a")), (box(40, 0).wkt, body("b", base_elev_m=None))])
    assert document["CityObjects"]["b"]["attributes"]["base_elevation_m"] == 0
    assert "1 of 2 features of the layer 'b' state no base, and there is no terrain: they stand at" in log.text
    assert "BUILDINGS | 2 | 0 | 1 | base at 0 m: 1" in log.text


def area(document, identity):
    """The footprint of a building and its parts, from the corners that are written."""
    scale, move = (np.array(document["transform"][key]) for key in ("scale", "translate"))
    corners = np.array(document["vertices"]) * scale + move
    found = 0.0
    for name, item in document["CityObjects"].items():
        if name == identity or item.get("parents") == [identity]:
            for shape in item["geometry"]:
                if shape["lod"] == "0":
                    for outer, *holes in shape["boundaries"]:
                        found += shapely.Polygon(corners[outer, :2], [corners[hole, :2] for hole in holes]).area
    return found


def test_parts_that_overlap_do_not_cancel_out(export):
    overlapping = shapely.MultiPolygon([box(0, 0), box(10, 5)]).wkt  # 300 + 300 - 100 m²
    bow = f"MULTIPOLYGON((({X} {Y + 90},{X + 20} {Y + 110},{X + 20} {Y + 90},{X} {Y + 110},{X} {Y + 90})))"
    document, results, _ = export([(overlapping, body("a")), (cube(60, 4, 20), body("shell")), (bow, body("bow"))])
    assert results["BUILDINGS_COUNT"] == 3
    assert area(document, "a") == pytest.approx(500, abs=0.01)
    assert area(document, "shell") == pytest.approx(300, abs=0.01)  # its floor and its roof lie one over the other
    assert area(document, "bow") == pytest.approx(200, abs=0.01)


def line(x, z=1.0, far=40.0):
    return f"LINESTRING Z({X + x} {Y} {z},{X + x + far} {Y} {z})"


def test_pipes_of_another_place_or_of_no_possible_height_are_left_out(export):
    pipe = {"kind": "storm", "diameter_mm": 500}
    rows = [(line(0), pipe), (line(30_000), pipe), (line(0, far=3e7), pipe), (line(0, z=9999), pipe)]
    _, results, log = export([(box(0, 0).wkt, body("a"))], PIPES=rows)
    assert results["PIPES_COUNT"] == 1
    assert "2 of 3 lines of PIPES and TUNNELS lie more than 10 km from the buildings" in log.text
    assert "2 vertices of the layer" in log.text


def test_an_extent_holds_for_pipes_and_schemes(export):
    pipe = {"kind": "storm", "diameter_mm": 500}
    _, results, log = export(
        [(box(0, 0).wkt, body("a")), (box(400, 0).wkt, body("b"))],
        PIPES=[(line(0), pipe), (line(400), pipe)],
        SCHEME_A=[(box(0, 0).wkt, body("s")), (box(400, 0).wkt, body("t"))],
        EXTENT=f"{X - 5},{X + 90},{Y - 5},{Y + 20} [EPSG:4547]",
    )
    assert results["PIPES_COUNT"] == 1
    assert "Lines within EXTENT | 1 | 1" in log.text
    assert log.text.count("Buildings within EXTENT | 1 | 1") == 2


def test_records_of_stages_are_left_out_for_the_reason_that_is_given(export):
    row = {"object_id": "a", "stage": "design", "valid_from": "2025-01-01", "valid_to": "", "recorded_at": "2025-01-01",
           "superseded_at": ""}  # fmt: skip
    rows = [("", row), ("", row | {"object_id": "x"}), ("", row | {"stage": "operation", "valid_from": "2026-01-01",
            "valid_to": "2025-06-01"})]  # fmt: skip
    _, _, log = export([(box(0, 0).wkt, body("a"))], STAGES=rows)
    assert "STAGES | 1 | 2 | 0 | of no building: 1; ends before it begins: 1" in log.text


def test_tiles_across_the_meridian_of_180_degrees_lie_where_they_should(run_algorithm, tmp_path):
    """Fiji, in its own grid: corners come back from earth-centred coordinates within a millimetre."""
    own = pyproj.Transformer.from_crs(4326, 32760, always_xy=True)
    places = [(179.9999, -17.0), (-179.9999, -17.0)]
    rows = []
    for number, place in enumerate(places):
        x, y = own.transform(*place)
        rows.append((shapely.box(x, y, x + 8, y + 8).wkt, body(f"f/{number}")))
    layer = written_layer(tmp_path / "fiji.gpkg", "building", rows, 32760)
    log = Log()
    run_algorithm("twin:exporttiles", {"BUILDINGS": layer, "FOLDER": str(tmp_path / "t"), "WORKERS": 1}, log)
    document = json.loads((tmp_path / "t" / "tileset.json").read_text(encoding="utf-8"))
    west, _, east, _, low, high = document["root"]["boundingVolume"]["region"]
    assert np.degrees([west, east]) == pytest.approx([179.9999, -179.99982], abs=2e-5)
    assert high - low == pytest.approx(16, abs=0.01)
    least, most = document["asset"]["extras"]["zero_above_ellipsoid_m"]
    assert 50 < least <= most < 55
    move = np.array(document["root"]["transform"]).reshape(4, 4).T
    (path,) = (tmp_path / "t").rglob("*-near-*.glb")
    points = np.concatenate([one.points for one in Glb(path.read_bytes()).primitives()])
    local = np.column_stack([points[:, 0], -points[:, 2], points[:, 1], np.ones(len(points))])
    lon, lat, _ = pyproj.Transformer.from_crs(4978, 4979, always_xy=True).transform(*(local @ move.T)[:, :3].T)
    found = np.column_stack(own.transform(lon, lat))
    corners = np.concatenate([np.array(shapely.from_wkt(wkt).exterior.coords) for wkt, _ in rows])
    assert np.abs(found[:, None] - corners[None]).max(axis=2).min(axis=1).max() < 0.002


def test_degrees_across_the_meridian_need_a_chosen_crs(run_algorithm, tmp_path):
    rows = [(shapely.box(x, -17, x + 1e-4, -16.9999).wkt, body(f"f/{x}")) for x in (179.999, -179.999)]
    layer = written_layer(tmp_path / "fiji.gpkg", "building", rows, 4326)
    given = {"BUILDINGS": layer, "FOLDER": str(tmp_path / "t"), "WORKERS": 1}
    with pytest.raises(QgsProcessingException, match="both sides of the meridian of 180 degrees"):
        run_algorithm("twin:exporttiles", given)
    assert run_algorithm("twin:exporttiles", given | {"CRS": "EPSG:32760"})["TILES_COUNT"] == 1


def test_tiles_say_what_lies_apart_from_its_building_too(run_algorithm, tmp_path):
    log = Log()
    buildings = written_layer(tmp_path / "b.gpkg", "building", [(box(0, 0).wkt, body("a"))])
    storey = {"building_id": "a", "number": 1, "elev_m": 8, "height_m": 3}
    storeys = written_layer(tmp_path / "s.gpkg", "storey", [(box(5000, 0).wkt, storey)])
    solids = written_layer(tmp_path / "k.gpkg", "solids", [(cube(0, 1004, 1020), {"id": "a", "lod": "2.2"})])
    given = {"BUILDINGS": buildings, "STOREYS": storeys, "SOLIDS": solids, "FOLDER": str(tmp_path / "t")}
    run_algorithm("twin:exporttiles", given | {"WORKERS": 1}, log)
    assert "1 of 1 bodies of the layer 's' lie 4,980 m or more beside" in log.text
    assert "1 of 1 bodies of the layer 'k' lie 984 m or more above or below" in log.text


def test_a_terrain_in_feet_is_read_in_metres_and_called_so(run_algorithm, tmp_path):
    """A compound CRS with NAVD88 in feet: neither the CRS nor the datum of the scene says feet."""
    from osgeo import gdal, osr

    crs = osr.SpatialReference()
    crs.SetFromUserInput("EPSG:32618+6360")
    path = str(tmp_path / "feet.tif")
    raster = gdal.GetDriverByName("GTiff").Create(path, 60, 60, 1, gdal.GDT_Float32)
    raster.SetProjection(crs.ExportToWkt())
    raster.SetGeoTransform((586_000, 5, 0, 4_507_300, 0, -5))
    raster.GetRasterBand(1).WriteArray(np.full((60, 60), 300, np.float32))
    raster = None
    rows = [(shapely.box(586_100, 4_507_100, 586_120, 4_507_120).wkt, {"id": "a", "height_m": 10})]
    given = {"BUILDINGS": written_layer(tmp_path / "b.gpkg", "building", rows, 32618), "DTM": path}
    run_algorithm("twin:exportscene", given | {"GLTF": str(tmp_path / "s.glb"), "CITYJSON": str(tmp_path / "s.json")})
    extras = Glb((tmp_path / "s.glb").read_bytes()).document["asset"]["extras"]
    assert extras["vertical"] == "NAVD88 height"
    assert extras["crs"] == "EPSG:32618"
    assert extras["origin"][2] == pytest.approx(91, abs=1)
    (item,) = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["CityObjects"].values()
    assert item["attributes"]["roof_elevation_m"] == pytest.approx(300 * 1200 / 3937 + 10, abs=1e-3)
