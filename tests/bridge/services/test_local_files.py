"""Records of the GIS files in a folder."""

from __future__ import annotations

import pytest
from osgeo import ogr

from twin_plugin.bridge.services.local_files import harvest_folder


def no_fetch(_):
    raise AssertionError("files need no request")


def write_table(path):
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    source.CreateLayer(path.stem, None, ogr.wkbPoint)


@pytest.fixture
def folders(qgis_app, tmp_path):
    """A folder with two tables, one of them deeper, and one beside it."""
    for place in ("inside/deep", "outside"):
        (tmp_path / place).mkdir(parents=True)
    for name in ("inside/wells.gpkg", "inside/deep/pipes.gpkg", "outside/secret.gpkg"):
        write_table(tmp_path / name)
    return tmp_path


def test_links_lead_out_of_no_folder_and_hidden_files_stay_hidden(folders):
    (folders / "inside" / "link").symlink_to(folders / "outside", target_is_directory=True)
    (folders / "inside" / "loop").symlink_to(folders / "inside", target_is_directory=True)
    write_table(folders / "inside" / ".hidden.gpkg")
    assert [record.title for record in harvest_folder(str(folders / "inside"), "", no_fetch)] == ["wells", "pipes"]


def test_a_file_of_two_layers_gives_two_records_by_their_names(qgis_app, tmp_path):
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "city.gpkg"))
    for name in ("wells", "pipes"):
        source.CreateLayer(name, None, ogr.wkbPoint)
    del source
    records = list(harvest_folder(str(tmp_path), "", no_fetch))
    assert sorted((record.title, record.layer) for record in records) == [("pipes", "pipes"), ("wells", "wells")]
    assert len({record.id for record in records}) == 2
    write_table(tmp_path / "one.gpkg")
    assert [(one.title, one.layer) for one in harvest_folder(str(tmp_path / "one.gpkg"), "", no_fetch)] == [("one", "")]
