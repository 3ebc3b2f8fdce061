"""Tables that go from one GeoPackage into another with their CRS, index and counts, as GDAL itself would write them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.common.geopackage_tables import GeoPackageTables

ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

LOCAL = 'LOCAL_CS["site grid {}",UNIT["metre",1]]'


def write(path, table, points, crs=None, options=()):
    """Write points as a layer; crs is an EPSG number or WKT."""
    reference = None
    if crs is not None:
        reference = osr.SpatialReference()
        reference.SetFromUserInput(crs if isinstance(crs, str) else f"EPSG:{crs}")
    driver = ogr.GetDriverByName("GPKG")
    source = driver.Open(str(path), 1) if path.exists() else driver.CreateDataSource(str(path))
    layer = source.CreateLayer(table, reference, ogr.wkbPoint, list(options))
    layer.CreateField(ogr.FieldDefn("text {x}", ogr.OFTString))
    for x, y in points:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"))
        feature["text {x}"] = f"at {x}"
        layer.CreateFeature(feature)
    del layer, source


def replace(path, source, table):
    tables = GeoPackageTables([path], 1.0, lambda: True)
    try:
        tables.replace(path, source, table)
        tables.commit()
    finally:
        tables.discard()


def points(path, table, box=None):
    source = ogr.Open(str(path))
    layer = source.GetLayerByName(table)
    if box is not None:
        layer.SetSpatialFilterRect(*box)
    return [(f.GetFID(), f.GetGeometryRef().GetX(), f["text {x}"]) for f in layer]


def crs_of(path, table):
    source = ogr.Open(str(path))
    return source.GetLayerByName(table).GetSpatialRef().ExportToWkt()


def query(path, text):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(text).fetchall()


@pytest.mark.parametrize("crs", [None, 4547, 4326, LOCAL.format("A")])
def test_a_table_arrives_as_gdal_wrote_it(tmp_path, crs):
    target, source = tmp_path / "target.gpkg", tmp_path / "source.gpkg"
    write(target, "mine", [(1, 1)], 4547)
    write(source, 'a "quoted" {name} 表', [(10, 10), (20, 20), (30, 30)], crs)
    name = 'a "quoted" {name} 表'
    replace(target, source, name)
    assert points(target, "mine") == [(1, 1.0, "at 1")]
    assert points(target, name) == points(source, name) == [(1, 10.0, "at 10"), (2, 20.0, "at 20"), (3, 30.0, "at 30")]
    assert points(target, name, (15, 15, 25, 25)) == [(2, 20.0, "at 20")]  # through the spatial index
    if crs is not None:
        assert crs_of(target, name) == crs_of(source, name)
    assert query(target, "PRAGMA integrity_check") == [("ok",)]
    assert query(target, "PRAGMA foreign_key_check") == []
    # What follows through GDAL keeps index and count up to date: the triggers are there.
    opened = ogr.Open(str(target), 1)
    opened.GetLayerByName(name).DeleteFeature(2)
    del opened
    assert points(target, name, (15, 15, 25, 25)) == []
    opened = ogr.Open(str(target))
    assert opened.GetLayerByName(name).GetFeatureCount() == 2


def test_crs_of_the_same_number_and_another_meaning_are_kept_apart(tmp_path):
    target, source = tmp_path / "target.gpkg", tmp_path / "source.gpkg"
    write(target, "mine", [(1, 1)], LOCAL.format("A"))
    write(source, "new", [(2, 2)], LOCAL.format("B"))
    assert query(target, "SELECT max(srs_id) FROM gpkg_spatial_ref_sys") == query(
        source, "SELECT max(srs_id) FROM gpkg_spatial_ref_sys"
    )
    replace(target, source, "new")
    assert "site grid A" in crs_of(target, "mine")
    assert "site grid B" in crs_of(target, "new")
    numbers = dict(query(target, "SELECT table_name, srs_id FROM gpkg_geometry_columns"))
    assert numbers["mine"] != numbers["new"]
    (blob,) = query(target, "SELECT geom FROM new")[0]
    assert int.from_bytes(blob[4:8], "little") == numbers["new"]


def test_the_old_table_goes_with_all_that_was_said_about_it(tmp_path):
    target, source = tmp_path / "target.gpkg", tmp_path / "source.gpkg"
    write(target, "Storm", [(1, 1), (2, 2)], 4547, ["GEOMETRY_NAME=shape"])
    write(source, "storm", [(5, 5)], 4326)
    replace(target, source, "storm")
    for about in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_extensions"):
        assert {name for (name,) in query(target, f"SELECT table_name FROM {about}") if name} == {"storm"}  # noqa: S608
    names = {name for (name,) in query(target, "SELECT name FROM sqlite_master")}
    assert "rtree_storm_geom" in names
    assert not {name for name in names if "shape" in name}
    assert points(target, "storm") == [(1, 5.0, "at 5")]


def test_a_geopackage_of_another_program_without_gdals_tables(tmp_path):
    target, source = tmp_path / "target.gpkg", tmp_path / "source.gpkg"
    write(target, "mine", [(1, 1)], 4547, ["SPATIAL_INDEX=NO"])
    with closing(sqlite3.connect(target)) as database:
        database.executescript(
            "DROP TRIGGER trigger_insert_feature_count_mine; DROP TRIGGER trigger_delete_feature_count_mine;"
            "DROP TABLE gpkg_ogr_contents; DROP TABLE IF EXISTS gpkg_extensions"
        )
    write(source, "new", [(5, 5)], 4326)
    replace(target, source, "new")
    assert points(target, "new") == [(1, 5.0, "at 5")]
    assert points(target, "new", (4, 4, 6, 6)) == [(1, 5.0, "at 5")]


@pytest.mark.parametrize("kind", ["TABLE mine (a)", "VIEW mine AS SELECT 1"])
def test_what_is_no_layer_is_not_replaced(tmp_path, kind):
    target, source = tmp_path / "target.gpkg", tmp_path / "source.gpkg"
    write(target, "other", [(1, 1)])
    with closing(sqlite3.connect(target)) as database, database:
        database.execute(f"CREATE {kind}")
    write(source, "mine", [(5, 5)])
    before = query(target, "SELECT name, sql FROM sqlite_master")
    with pytest.raises(ResourceError, match="is not a layer"):
        replace(target, source, "mine")
    assert query(target, "SELECT name, sql FROM sqlite_master") == before
