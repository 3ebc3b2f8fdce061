"""The catalogue's file as GDAL and QGIS see it: a valid layer that may be edited there, and stays searchable."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from osgeo import ogr
from qgis.core import QgsFeature, QgsGeometry, QgsProviderRegistry, QgsRectangle, QgsVectorLayer, edit

from tests.catalogue_records import made_records
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search


@pytest.fixture
def path(tmp_path, qgis_app):
    found = tmp_path / "the catalogue 目录.gpkg"
    catalogue = FileCatalogue(found, create=True)
    catalogue.apply(made_records(60))
    catalogue.close()
    return found


def searched(path, **values):
    catalogue = FileCatalogue(path)
    try:
        return catalogue.search(Search(include_gone=True, limit=0, **values))
    finally:
        catalogue.close()


def index_is_whole(path):
    """Both indexes hold exactly what the table does."""
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.execute("INSERT INTO rtree_service_words(rtree_service_words) VALUES ('integrity-check')")
        places = database.execute("SELECT id FROM rtree_service_geom ORDER BY id").fetchall()
        assert places == database.execute("SELECT fid FROM service WHERE geom NOT NULL ORDER BY fid").fetchall()
        words = database.execute("SELECT rowid FROM rtree_service_words ORDER BY rowid").fetchall()
        assert words == database.execute("SELECT fid FROM service ORDER BY fid").fetchall()
    database.close()


def test_the_file_is_a_valid_geopackage(path):
    validate_gpkg = pytest.importorskip("osgeo_utils.samples.validate_gpkg")
    validate_gpkg.check(str(path), extra_checks=True, warning_as_error=False)


def test_only_the_catalogue_is_listed(path):
    source = ogr.Open(str(path))
    assert {source.GetLayer(n).GetName() for n in range(source.GetLayerCount())} == {"service", "service_catalogue"}
    names = [part.name() for part in QgsProviderRegistry.instance().querySublayers(str(path))]
    assert sorted(names) == ["service", "service_catalogue"]


def test_it_is_a_spatial_layer(path):
    layer = QgsVectorLayer(f"{path}|layername=service", "services", "ogr")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:4326"
    assert layer.featureCount() == 60
    assert not layer.extent().isEmpty()
    assert layer.dataProvider().hasSpatialIndex() == layer.SpatialIndexPresence.SpatialIndexPresent
    inside = sum(1 for _ in layer.getFeatures(QgsRectangle(113.8, 22.4, 114.3, 22.9)))
    assert 0 < inside < 60


def test_what_is_edited_in_qgis_is_found(path):
    layer = QgsVectorLayer(f"{path}|layername=service", "services", "ogr")
    first = next(layer.getFeatures())
    key = first["id"]
    with edit(layer):
        layer.changeAttributeValue(first.id(), layer.fields().indexOf("title"), "变电站 unlike-any-other")
        layer.changeGeometry(first.id(), QgsGeometry.fromWkt("MultiPolygon(((50 50, 51 50, 51 51, 50 51, 50 50)))"))
        added = QgsFeature(layer.fields())
        added["id"], added["title"], added["protocol"], added["url"] = (
            "by-hand",
            "Added by hand",
            "wfs",
            "https://x.example",
        )
        added.setGeometry(QgsGeometry.fromWkt("MultiPolygon(((60 60, 61 60, 61 61, 60 61, 60 60)))"))
        layer.addFeature(added)
        last = max(layer.allFeatureIds())
        layer.deleteFeature(last)
    del layer
    assert [record.id for record in searched(path, text="unlike-any").records] == [key]
    assert [record.id for record in searched(path, text="变").records] == [key]
    found = searched(path, box=BoundingBox(50.5, 50.5, 50.6, 50.6)).records
    assert key in {record.id for record in found}
    assert next(record for record in found if record.id == key).box == BoundingBox(50, 50, 51, 51)
    by_hand = searched(path, text="by hand").records[0]
    assert (by_hand.box, by_hand.keywords, by_hand.health) == (BoundingBox(60, 60, 61, 61), (), "unknown")
    assert searched(path).total == 60
    index_is_whole(path)


def test_our_own_writing_keeps_both_indexes(path):
    catalogue = FileCatalogue(path, create=True)
    key = catalogue.search(Search(box=BoundingBox(113.9, 22.5, 113.95, 22.55))).records[0].id
    catalogue.edit(key, {"box": None, "title": "moved away"})
    catalogue.close()
    assert searched(path, text="moved away").total == 1
    index_is_whole(path)


def test_a_catalogue_beside_other_tables(tmp_path, qgis_app):
    path = tmp_path / "base.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    source.CreateLayer("building", geom_type=ogr.wkbPolygon)
    source = None
    catalogue = FileCatalogue(path, create=True)
    catalogue.apply(made_records(3))
    catalogue.close()
    assert searched(path).total == 3
    assert QgsVectorLayer(f"{path}|layername=building", "b", "ogr").isValid()


def test_a_foreign_table_of_that_name_stays(tmp_path, qgis_app):
    from twin_plugin.core.common.errors import InputError

    path = tmp_path / "base.gpkg"
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    source.CreateLayer("service", geom_type=ogr.wkbPolygon)
    source = None
    with pytest.raises(InputError, match="another file"):
        FileCatalogue(path, create=True)


def test_a_harvest_leaves_alone_what_was_edited_in_qgis(path):
    source = "https://one.example"
    records = [replace(record, source=source, gone="") for record in made_records(3)]
    catalogue = FileCatalogue(path, create=True)
    catalogue.apply(records, source)
    assert not any(record.edited for record in catalogue.get([record.id for record in records]).values())
    catalogue.close()
    layer = QgsVectorLayer(f"{path}|layername=service", "services", "ogr")
    here = {feature["id"]: feature.id() for feature in layer.getFeatures()}
    with edit(layer):
        for name, value in (("title", "Mine"), ("subdivision", "B08")):
            layer.changeAttributeValue(here[records[0].id], layer.fields().indexOf(name), value)
        box = QgsGeometry.fromWkt("MultiPolygon(((50 50, 51 50, 51 51, 50 51, 50 50)))")
        layer.changeGeometry(here[records[1].id], box)
    catalogue = FileCatalogue(path, create=True)
    catalogue.apply([replace(record, title="Theirs", cadence="P1D") for record in records], source)
    mine, moved, untouched = (catalogue.one(record.id) for record in records)
    catalogue.close()
    assert (mine.edited, mine.title, mine.subdivision, mine.subdivision_sure) == (
        ("subdivision", "title"), "Mine", "B08", 1.0,
    )  # fmt: skip
    assert (moved.edited, moved.box, moved.title) == (("box",), BoundingBox(50, 50, 51, 51), "Theirs")
    assert (untouched.edited, untouched.title, mine.cadence) == ((), "Theirs", "P1D")
