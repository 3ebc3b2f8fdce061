"""The catalogue in PostGIS: the same answers as in a GeoPackage, without secrets in any text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsDataSourceUri, QgsProviderRegistry, QgsVectorLayer

from tests.catalogue_records import SEARCHES, made_records
from twin_plugin.bridge.services.catalogues import open_catalogue
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.services.catalogue.store import Probe, Search
from twin_plugin.core.services.record import Health

NAME = "services 城"


@pytest.fixture(scope="module")
def connection(postgis, qgis_plugin):
    """The name of a connection to a database of our own."""
    database = postgis.new_database("catalogue")
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        pytest.skip("this QGIS has no provider for PostgreSQL")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(database.port), database.database, database.user, database.password)
    made = metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True})
    metadata.saveConnection(made, NAME)
    yield made
    metadata.deleteConnection(NAME)


@pytest.fixture(scope="module")
def both(connection, tmp_path_factory):
    """The same records in PostGIS and in a file."""
    stores = [
        open_catalogue(connection=NAME, schema="filled", create=True),
        open_catalogue(str(tmp_path_factory.mktemp("same") / "filled.gpkg"), create=True),
    ]
    for store in stores:
        store.apply(made_records())
    yield stores
    for store in stores:
        store.close()


@pytest.fixture
def store(connection, request):
    made = open_catalogue(connection=NAME, schema=f"t{abs(hash(request.node.name))}", create=True)
    yield made
    made.close()


@pytest.mark.parametrize("search", SEARCHES, ids=range(len(SEARCHES)))
def test_the_same_answers_as_a_file(both, search):
    database, file = both
    assert database.search(search) == file.search(search)
    assert database.facets(search) == file.facets(search)


def test_the_same_after_harvests_edits_and_probes(both, store, tmp_path):
    file = open_catalogue(str(tmp_path / "f.gpkg"), create=True)
    records = [replace(record, source="https://one.example") for record in made_records(40)]
    for one in (store, file):
        first = one.apply(records, "https://one.example")
        one.edit(records[0].id, {"title": "Mine", "subdivision": "C07", "box": BoundingBox(170, 0, -170, 5)})
        one.set_health(
            [Probe(records[1].id, Health.SLOW, "slow", 900.0, "2026-01-01T00:00:00Z"), Probe("none", Health.DEAD)]
        )
        second = one.apply(records[:30], "https://one.example")
        assert (first.added, second.gone) == (40, sum(not record.gone for record in records[30:]))
    wanted = Search(include_gone=True, limit=0)
    for ours, theirs in zip(store.search(wanted).records, file.search(wanted).records, strict=True):
        assert replace(ours, harvested="", gone="") == replace(theirs, harvested="", gone="")
    assert store.search(Search(box=BoundingBox(-175, 1, -174, 2), text="Mine")).total == 1
    file.close()


def test_a_harvest_leaves_alone_what_another_program_edited(store, connection):
    source = "https://one.example"
    records = [replace(record, source=source, gone="") for record in made_records(2)]
    store.apply(records, source)
    table = f'"{store.schema}".service'
    change = f"UPDATE {table} SET title = 'Mine', subdivision = 'B08' WHERE id = '{records[0].id}'"  # noqa: S608
    connection.executeSql(change)
    store.apply([replace(record, title="Theirs", cadence="P1D") for record in records], source)
    mine, untouched = (store.one(record.id) for record in records)
    assert (mine.edited, mine.title, mine.subdivision, mine.subdivision_sure, mine.cadence) == (
        ("subdivision", "title"), "Mine", "B08", 1.0, "P1D",
    )  # fmt: skip
    assert (untouched.edited, untouched.title) == ((), "Theirs")


def test_hostile_texts_stay_texts(store):
    record = replace(made_records(1)[0], title="'); DROP TABLE service; -- %s ? \\ \x00", gone="")
    store.apply([record])
    assert store.search(Search(text="DROP ? %s")).records[0].title == "'); DROP TABLE service; -- %s ? \\ "


def test_it_is_a_layer_of_qgis(both, connection):
    uri = QgsDataSourceUri(connection.uri())
    uri.setDataSource("filled", "service", "geom", "", "fid")
    layer = QgsVectorLayer(uri.uri(False), "services", "postgres")
    assert layer.isValid()
    assert layer.featureCount() == 300
    assert layer.crs().authid() == "EPSG:4326"
    indexes = connection.executeSql("SELECT indexdef FROM pg_indexes WHERE schemaname = 'filled'")
    assert any("gist" in row[0] for row in indexes)
    assert any("gin_trgm_ops" in row[0] for row in indexes)


def test_a_failure_writes_nothing(store, monkeypatch):
    monkeypatch.setattr(store, "_touch", lambda *_: store._run("SELECT 1 / 0"))
    with pytest.raises(ResourceError, match="division by zero"):
        store.apply(made_records(5))
    monkeypatch.undo()
    assert store.search(Search(include_gone=True)).total == 0
    assert store.apply(made_records(5)).added == 5


def test_what_cannot_be_used_is_told_without_secrets(connection, postgis):
    with pytest.raises(InputError, match="no PostgreSQL connection 'nowhere'"):
        open_catalogue(connection="nowhere")
    with pytest.raises(InputError, match="use letters"):
        open_catalogue(connection=NAME, schema='x"; DROP SCHEMA public; --', create=True)
    with pytest.raises(InputError, match="does not exist"):
        open_catalogue(connection=NAME, schema="absent")
    connection.executeSql("CREATE SCHEMA foreign_one")
    connection.executeSql("CREATE TABLE foreign_one.service (a integer)")
    with pytest.raises(InputError, match="choose another"):
        open_catalogue(connection=NAME, schema="foreign_one", create=True)
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), "nowhere", postgis.user, postgis.password)
    metadata.saveConnection(metadata.createConnection(uri.uri(False), {"savePassword": True}), "bad")
    try:
        with pytest.raises(ResourceError, match="cannot be used") as error:
            open_catalogue(connection="bad")
        assert "s3cret" not in str(error.value)
    finally:
        metadata.deleteConnection("bad")
    for given in ({}, {"path": "x.gpkg", "connection": NAME}):
        with pytest.raises(InputError, match="CATALOGUE"):
            open_catalogue(**given)
