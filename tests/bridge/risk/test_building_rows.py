"""Buildings of a GeoPackage read by SQLite are those that QGIS reads; other layers are left to QGIS."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest
import shapely
from osgeo import ogr, osr
from qgis.core import QgsProcessingFeedback, QgsVectorLayer

from twin_plugin.bridge.kernel.layer_file import rows_of
from twin_plugin.bridge.kernel.vectors import read_table
from twin_plugin.bridge.risk.building_rows import FileRows, read_file
from twin_plugin.core.common.errors import Cancelled, InputError

FIELDS = (
    ("id", ogr.OFTString, 0),
    ("用途", ogr.OFTString, 0),
    ("floors", ogr.OFTInteger, 0),
    ("big", ogr.OFTInteger64, 0),
    ("elev_m", ogr.OFTReal, 0),
    ("listed", ogr.OFTInteger, ogr.OFSTBoolean),
)
SHAPES = (
    "POLYGON((0 0,9 0,9 9,0 9,0 0))",
    "MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((20 0,29 0,29 9,20 0)))",
    "POLYGON Z((0 0 1,9 0 2,9 9 3,0 0 1))",
    "POLYGON M((0 0 1,9 0 2,9 9 3,0 0 1))",
    "CURVEPOLYGON(CIRCULARSTRING(0 0,5 5,0 10,-5 5,0 0))",
    "GEOMETRYCOLLECTION(POINT(0 0),POLYGON((0 0,9 0,9 9,0 0)))",
    "POLYGON EMPTY",
    None,
)


@pytest.fixture
def place(qgis_app, tmp_path):
    """A GeoPackage with a table `houses 房`, whose rows have gaps between their numbers, and another table."""
    path = tmp_path / "in 输入.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(4547)
    for name in ("other", "houses 房"):
        layer = source.CreateLayer(name, crs, ogr.wkbUnknown)
        for field, kind, sub in FIELDS:
            definition = ogr.FieldDefn(field, kind)
            definition.SetSubType(sub)
            layer.CreateField(definition)
        for number, wkt in enumerate(SHAPES * 3 if name != "other" else ()):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetFID(1 + 7 * number)
            if wkt:
                feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
            values = (f"b'{number}", "住宅", number, 2**40 + number, 0.1 * number, number % 2)
            for (field, *_), value in zip(FIELDS, values, strict=True):
                if (number + len(field)) % 5:
                    feature[field] = value
            layer.CreateFeature(feature)
    return path


def layer_of(path, more=""):
    return QgsVectorLayer(f"{path}|layername=houses 房{more}", "houses", "ogr")


def go_on():
    return True


def test_rows_are_those_that_qgis_reads(place):
    layer, feedback = layer_of(place), QgsProcessingFeedback()
    rows = rows_of(layer, go_on)
    table, read = read_file(rows, rows.columns, layer, feedback), read_table(layer, feedback)
    assert table.ids.tolist() == read.ids.tolist()
    assert table.columns == read.columns
    assert {name: list(map(type, values)) for name, values in table.columns.items()} == {
        name: list(map(type, values)) for name, values in read.columns.items()
    }
    ((part, shapes, columns),) = FileRows(rows, table.ids, "houses", go_on).blocks(["用途", "listed"])
    assert part == slice(0, len(read))
    assert columns == {name: read.columns[name] for name in ("用途", "listed")}
    polygon = np.isin(shapely.get_type_id(read.geometries), (3, 6))
    assert shapely.to_wkb(shapes[polygon]).tolist() == shapely.to_wkb(read.geometries[polygon]).tolist()
    assert shapely.area(shapes).tolist() == pytest.approx(shapely.area(read.geometries).tolist(), nan_ok=True)
    rows.close()


def test_what_a_table_does_not_hold_alone_is_left_to_qgis(place):
    assert rows_of(None, go_on) is None
    assert rows_of(layer_of(place, "|subset=floors > 3"), go_on) is None
    edited = layer_of(place)
    edited.startEditing()
    assert rows_of(edited, go_on) is None
    edited.rollBack()
    assert rows_of(QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "m", "memory"), go_on) is None
    rows = rows_of(layer_of(place), go_on)
    with pytest.raises(Cancelled):
        list(rows.blocks(["id"], lambda: False))


@pytest.mark.parametrize("change", [
    "UPDATE {t} SET floors = 'many' WHERE fid = 8",
    "UPDATE {t} SET floors = 3000000000 WHERE fid = 8",
    "UPDATE {t} SET listed = 2 WHERE fid = 8",
    "UPDATE {t} SET elev_m = x'00' WHERE fid = 8",
    "ALTER TABLE {t} ADD COLUMN built DATETIME",
    "ALTER TABLE {t} ADD COLUMN photo BLOB",
])  # fmt: skip
def test_values_that_their_column_does_not_promise_are_left_to_qgis(place, change):
    with sqlite3.connect(place) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(change.format(t='"houses 房"'))
    assert rows_of(layer_of(place), go_on) is None


def test_letters_that_are_none_are_replaced(place):
    with sqlite3.connect(place) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE \"houses 房\" SET id = CAST(x'61ff62' AS TEXT) WHERE fid = 8")
    layer = layer_of(place)
    table = read_file(rows_of(layer, go_on), ["id"], layer, QgsProcessingFeedback())
    assert table.columns["id"][1] == "a\ufffdb"


def test_a_file_that_changes_between_two_looks_is_named(place):
    layer = layer_of(place)
    rows = rows_of(layer, go_on)
    table = read_file(rows, ["id"], layer, QgsProcessingFeedback())
    with sqlite3.connect(place) as database:
        database.execute("UPDATE gpkg_contents SET description = 'changed'")
    with pytest.raises(InputError, match="was changed while it was read"):
        list(FileRows(rows, table.ids, "houses", go_on).blocks(["id"]))
