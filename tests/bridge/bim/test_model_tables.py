"""The rows of models are the same from a GeoPackage, from PostGIS and from layers of a project."""

from __future__ import annotations

import pytest
from qgis.core import QgsVectorLayer

from tests.bridge.names import CONNECTION
from tools.servers.postgis import PASSWORD
from twin_plugin.bridge.bim import model_tables
from twin_plugin.core.bim.tables import TABLES
from twin_plugin.core.common.errors import InputError, ResourceError


def all_rows(tables):
    return sorted(
        (row for chunk in model_tables.read_models(tables, lambda: True) for row in chunk), key=lambda r: r.id
    )


@pytest.fixture
def base(run_algorithm, made_models, tmp_path):
    path = tmp_path / "a 库" / "base.gpkg"
    path.parent.mkdir()
    run_algorithm("twin:updatetwinbase", {"FOLDER": str(made_models), "TWIN_BASE": str(path)})
    return path


def as_layers(path):
    layers = {table: QgsVectorLayer(f"{path}|layername={table}", table, "ogr") for table in TABLES}
    return model_tables.layer_tables(layers.pop("bim_model"), layers)


def compare(one, other):
    assert all_rows(one) == all_rows(other)
    for row in all_rows(one):
        first, second = (model_tables.read_card(tables, row.id) for tables in (one, other))
        assert first.building["id"] == second.building["id"]
        by_id = lambda items: sorted((item["id"], item.get("elev_m"), item.get("sill_elev_m")) for item in items)  # noqa: E731
        for part in ("storeys", "openings", "underground"):
            assert by_id(getattr(first, part)) == by_id(getattr(second, part))
        assert first.crs == second.crs == "EPSG:4547"
        assert first.shapes[0].symDifference(second.shapes[0]).area() < 1e-6


def test_a_base_and_its_layers_tell_the_same(base):
    stored, shown = model_tables.file_tables(str(base)), as_layers(base)
    assert len(all_rows(stored)) == 6
    compare(stored, shown)
    row = all_rows(stored)[0]
    card = model_tables.read_card(stored, row.id)
    assert model_tables.read_card(stored, building_id=card.building["id"]).building == card.building
    assert card.model == row
    assert row.path == f"{row.folder}/{row.id}"


def test_postgis_tells_the_same_without_a_secret(base, connection, run_algorithm, made_models):
    given = {"FOLDER": str(made_models), "CONNECTION": CONNECTION, "SCHEMA": "dock_1"}
    run_algorithm("twin:updatetwinbase", given)
    tables = model_tables.postgres_tables(CONNECTION, "dock_1")
    compare(model_tables.file_tables(str(base)), tables)
    assert PASSWORD not in repr(tables)
    with pytest.raises(ResourceError, match="dock_2"):
        model_tables.postgres_tables(CONNECTION, "dock_2").open("building")
    with pytest.raises(InputError, match="schema"):
        model_tables.postgres_tables(CONNECTION, "a'; DROP")


def test_nothing_is_found_where_nothing_is(base):
    stored = model_tables.file_tables(str(base))
    empty = model_tables.read_card(stored, 'it\'s not "there".ifc')
    assert (empty.model, empty.building) == (None, None)
    assert model_tables.read_card(stored, building_id="no'thing").building is None


def test_reading_stops_when_it_is_told(base, monkeypatch):
    monkeypatch.setattr(model_tables, "CHUNK", 2)
    answers = iter((True, False))
    seen = list(model_tables.read_models(model_tables.file_tables(str(base)), lambda: next(answers)))
    assert [len(chunk) for chunk in seen] == [2, 2]
