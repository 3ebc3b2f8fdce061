"""The twin base in a PostGIS that the test starts on loopback: the content of the GeoPackage, and no secret told."""

from __future__ import annotations

import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsDataSourceUri,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProviderRegistry,
    QgsVectorLayer,
)

from tests.bridge.names import CONNECTION as NAME
from tests.bridge.names import UNLOCKING_PHRASE
from tools.servers.postgis import PASSWORD, USER
from twin_plugin.bridge.postgres.sql import statement

ID = "twin:updatetwinbase"


class Listener(QgsProcessingFeedback):
    def __init__(self) -> None:
        super().__init__(True)


def test_the_same_content_as_in_a_geopackage(run_algorithm, connection, made_models, content, tmp_path):
    path = tmp_path / "base.gpkg"
    run_algorithm(ID, {"FOLDER": str(made_models), "TWIN_BASE": str(path)})
    listener = Listener()
    given = {"FOLDER": str(made_models), "CONNECTION": NAME, "SCHEMA": "district_1"}
    results = run_algorithm(ID, given, listener)
    assert (results["READ"], results["FAILED"]) == (6, 0)
    assert "TWIN_BASE" not in results
    told = listener.textLog() + repr(results)
    assert "s3cret" not in told
    uri = QgsDataSourceUri(connection.uri())
    source = f"PG:{uri.connectionInfo(True)} schemas=district_1"
    assert content(source) == content(path)
    again = run_algorithm(ID, given)
    assert (again["READ"], again["UNCHANGED"]) == (0, 6)
    for table in ("building", "storey", "opening", "underground", "bim_model"):
        full = QgsDataSourceUri(connection.uri())
        full.setDataSource("district_1", table, "" if table == "bim_model" else "geom", "", "fid")
        layer = QgsVectorLayer(full.uri(False), table, "postgres")
        assert layer.isValid()
        assert layer.featureCount() > 0
        if table != "bim_model":
            assert layer.crs().authid() == "EPSG:4547"
            query = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'district_1' AND tablename = {table}"
            indexes = connection.executeSql(statement(query, table=table))
            assert any("gist" in row[0] for row in indexes)
        if table in ("building", "storey", "opening"):
            assert layer.labelsEnabled(), "it opens styled"
    rows = connection.executeSql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
    assert rows == [[0]]


def test_shells_are_the_same_as_in_a_geopackage(run_algorithm, connection, district_models, content, tmp_path):
    path, folder = tmp_path / "base 库.gpkg", str(district_models(3, 7))
    uri = QgsDataSourceUri(connection.uri())
    source = f"PG:{uri.connectionInfo(True)} schemas=shells"
    given = {"FOLDER": folder, "CONNECTION": NAME, "SCHEMA": "shells"}
    run_algorithm(ID, given)
    connection.executeSql("DROP TABLE shells.solid, shells.outline")  # as in a base of an older version
    for shells in ("lod22", "lod12"):
        run_algorithm(ID, {"FOLDER": folder, "TWIN_BASE": str(path), "SHELLS": shells})
        assert run_algorithm(ID, {**given, "SHELLS": shells})["READ"] == 3
        again = run_algorithm(ID, given)
        assert (again["READ"], again["UNCHANGED"]) == (0, 3)
        found = content(source)
        assert found == content(path)
        assert {row["lod"] for row in found["solid"].values()} == {f"{shells[3]}.{shells[4]}"}
    for table in ("solid", "outline"):
        full = QgsDataSourceUri(connection.uri())
        full.setDataSource("shells", table, "geom", "", "fid")
        layer = QgsVectorLayer(full.uri(False), table, "postgres")
        assert layer.featureCount() == len(found[table])
        assert layer.crs().authid() == "EPSG:4547"
        assert layer.listStylesInDatabase()[0] == 1
        query = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'shells' AND tablename = {table}"
        assert any("gist" in row[0] for row in connection.executeSql(statement(query, table=table)))


def test_ground_floors_are_compared_with_a_terrain(connection, run_algorithm, made_models, tmp_path):
    driver = gdal.GetDriverByName("GTiff")
    dataset = driver.Create(str(tmp_path / "dtm.tif"), 100, 100, 1, gdal.GDT_Float32)
    reference = osr.SpatialReference()
    reference.SetFromUserInput("EPSG:4547")
    dataset.SetProjection(reference.ExportToWkt())
    dataset.SetGeoTransform((450_000, 1000, 0, 2_540_000, 0, -1000))
    dataset.GetRasterBand(1).Fill(500.0)
    del dataset  # closes the file
    given = {"FOLDER": str(made_models), "CONNECTION": NAME, "SCHEMA": "ground"}
    run_algorithm(ID, {**given, "DTM": str(tmp_path / "dtm.tif")})
    found = connection.executeSql("SELECT warnings FROM ground.bim_model")
    assert len(found) == 6
    assert all("below the terrain" in row[0] for row in found)


def test_an_interrupted_run_leaves_whole_transactions(connection, made_models, run_algorithm, monkeypatch):
    from twin_plugin.bridge.bim.postgres_store import PostgresBase
    from twin_plugin.core.bim import update

    monkeypatch.setattr(update, "BATCH_MODELS", 2)
    monkeypatch.setattr(update, "BATCH_S", 600.0)  # a slow machine must not commit a single model
    write, calls = PostgresBase.insert, []

    def stop(self, table, rows):
        calls.append(table)
        if len(calls) == 17:
            # The server ends the connection, as it does when a process is killed.
            ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
            connection.executeSql(ends)
        write(self, table, rows)

    given = {"FOLDER": str(made_models), "CONNECTION": NAME, "SCHEMA": "broken", "CRS": "EPSG:4547", "WORKERS": 1}
    with monkeypatch.context() as patch:
        patch.setattr(PostgresBase, "insert", stop)
        with pytest.raises(QgsProcessingException, match="what was committed is kept"):
            run_algorithm(ID, given)
    models = connection.executeSql("SELECT id FROM broken.bim_model ORDER BY 1")
    owners = connection.executeSql("SELECT model_id FROM broken.building ORDER BY 1")
    assert len(models) == 2
    assert models == owners
    assert run_algorithm(ID, given)["READ"] == 4


def test_one_writer_at_a_time(connection, run_algorithm, made_models):
    from twin_plugin.bridge.bim.postgres_store import PostgresBase

    base = PostgresBase(NAME, "locked")
    with pytest.raises(QgsProcessingException, match="one writer"):
        run_algorithm(ID, {"FOLDER": str(made_models), "CONNECTION": NAME, "SCHEMA": "locked"})
    base.close()


def test_what_cannot_be_used_is_told_without_secrets(connection, run_algorithm, made_models, postgis):
    given = {"FOLDER": str(made_models)}
    with pytest.raises(QgsProcessingException, match="use letters"):
        run_algorithm(ID, {**given, "CONNECTION": NAME, "SCHEMA": 'x"; DROP SCHEMA public; --'})
    with pytest.raises(QgsProcessingException, match="no PostgreSQL connection 'nowhere'"):
        run_algorithm(ID, {**given, "CONNECTION": "nowhere"})
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), "nowhere", USER, PASSWORD)
    metadata.saveConnection(
        metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True}), "bad"
    )
    try:
        with pytest.raises(QgsProcessingException, match="cannot be opened") as error:
            run_algorithm(ID, {**given, "CONNECTION": "bad"})
        assert "s3cret" not in str(error.value)
    finally:
        metadata.deleteConnection("bad")
    assert gdal.GetLastErrorMsg() == "" or "s3cret" not in gdal.GetLastErrorMsg()


def test_a_locked_authentication_configuration_is_told(qgis_plugin, run_algorithm, made_models):
    """As in qgis_process without QGIS's master password; in the desktop QGIS asks for it."""
    manager = QgsApplication.authManager()
    was_set = manager.masterPasswordIsSet()
    if was_set:
        manager.clearMasterPassword()
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        pytest.skip("this QGIS has no provider for PostgreSQL")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", "9", "postgres", "", "", QgsDataSourceUri.SslMode.SslPrefer, "abc1234")
    metadata.saveConnection(metadata.createConnection(uri.uri(False), {}), "locked")
    try:
        with pytest.raises(QgsProcessingException, match="QGIS_AUTH_PASSWORD_FILE"):
            run_algorithm(ID, {"FOLDER": str(made_models), "CONNECTION": "locked"})
    finally:
        metadata.deleteConnection("locked")
        if was_set:
            assert manager.setMasterPassword(UNLOCKING_PHRASE, True)
