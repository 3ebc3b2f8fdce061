"""Harvesting a folder of GIS files: links that lead out of it are left out."""

from __future__ import annotations

import logging
import os

import pytest

from tests.planted import PLANTED
from twin_plugin.bridge.services.local_files import harvest_folder, open_local

POINT = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
    '"geometry":{"type":"Point","coordinates":[114,22]}}]}'
)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no symbolic links")
def test_links_out_of_a_folder_are_not_harvested(qgis_app, tmp_path, caplog):
    folder = tmp_path / "data"
    (folder / "base.gdb").parent.mkdir()
    (folder / "a.geojson").write_text(POINT, encoding="utf-8")
    (tmp_path / "secret.geojson").write_text(POINT, encoding="utf-8")
    (tmp_path / "secret.gdb").mkdir()
    (folder / "inside.geojson").symlink_to("a.geojson")
    (folder / "out.geojson").symlink_to(tmp_path / "secret.geojson")
    (folder / "base.gdb").symlink_to(tmp_path / "secret.gdb", target_is_directory=True)
    with caplog.at_level(logging.WARNING):
        titles = {record.title for record in harvest_folder(str(folder), "", None)}
    assert titles == {"a", "inside"}
    assert sum("leads out of the folder" in message for message in caplog.messages) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names of files")
def test_a_layer_is_named_as_its_file_and_its_name_is_no_expression(qgis_app, tmp_path):
    names = [text for text in PLANTED if "/" not in text]
    for number, name in enumerate(names):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / f"{name}.geojson").write_text(POINT, encoding="utf-8")
    records = list(harvest_folder(str(tmp_path), "", None))
    assert sorted(record.title for record in records) == sorted(names)
    shown = [open_local(record).name() for record in records]
    assert sorted(name.replace("\u2060", "") for name in shown) == sorted(names)
    assert not [name for name in shown if "[%" in name or "<b" in name]
