"""Files and tables that are put in place together: all of them or none, whatever fails."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.failing_writer.trial import Trial, tables

STEPS = ("open", "write", "truncate", "sync", "rename", "link")  # closing is tried in tests/processing


def write(path, table, text):
    """Write a GeoPackage with one row."""
    from osgeo import gdal, ogr

    dataset = gdal.GetDriverByName("GPKG").Create(path, 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer(table, None, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("text", ogr.OFTString))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["text"] = text
    feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (1 2)"))
    layer.CreateFeature(feature)


def publish(work, folder, outputs):
    """Write each output in a folder of its own, then publish all: [name of the file, table] each."""
    from twin_plugin.bridge.kernel.publication import Publication

    publication = Publication(lambda: True)
    for number, (name, table) in enumerate(outputs):
        place = Path(work) / str(number)
        place.mkdir(exist_ok=True)
        if name.endswith(".gpkg"):
            now = place / f"{table or Path(name).stem}.gpkg"
            now.unlink(missing_ok=True)
            write(str(now), now.stem, "new")
        else:
            now = place / name
            now.write_text(f"new {name}")
        publication.add([now], Path(folder) / name, table)
    return {str(now): place for now, place in publication.run().items()}


@pytest.fixture
def places(tmp_path):
    work, folder = tmp_path / "work", tmp_path / "folder"
    work.mkdir()
    folder.mkdir()
    return work, folder


def test_two_tables_become_one_new_geopackage(qgis_app, places):
    publish(*places, [["a.gpkg", "one"], ["a.gpkg", "two"], ["note.txt", ""]])
    found = tables(places[1] / "a.gpkg")
    assert {name: rows[0][-1] for name, rows in found.items()} == {"one": "new", "two": "new"}
    assert (places[1] / "note.txt").read_text() == "new note.txt"


@pytest.mark.slow
def test_tables_of_two_geopackages_and_a_file_change_together_or_not_at_all(failing_child, places):
    work, folder = places
    for name in ("a", "b"):
        write(str(folder / f"{name}.gpkg"), "mine", "old")
    (folder / "note.txt").write_text("old")
    outputs = [["a.gpkg", "mine"], ["b.gpkg", "fresh"], ["note.txt", ""]]
    trial = Trial(failing_child, folder, publish, str(work), str(folder), outputs, error="ResourceError")
    trial.count_through(errno.EIO, STEPS)
    assert trial.failed >= 40
