"""Tables of PostGIS as services: filtered in the database with bound values, and the latest of each site among many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import shapely
from qgis.core import QgsDataSourceUri, QgsProject, QgsProviderRegistry, QgsVectorLayer

from twin_plugin.bridge.postgres.postgis_session import Session
from twin_plugin.bridge.services import postgis_observations, protocols
from twin_plugin.bridge.services.local_files import open_local
from twin_plugin.bridge.services.postgis_service import table_of
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled, InputError, ResourceError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import latest_sql
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.latest_sql import Form
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord

NAME = "tables 城"
BOX = BoundingBox(113.935, 22.495, 113.955, 22.515)
START = datetime(2024, 6, 1, tzinfo=UTC)
SITES, STEPS = 400, 25

OBSERVATIONS = """
CREATE SCHEMA sense;
CREATE TABLE sense.sites (id integer PRIMARY KEY, name text, geom geometry(Point, 4547));
INSERT INTO sense.sites SELECT i, 'site ' || i,
  ST_Transform(ST_SetSRID(ST_MakePoint(113.9 + (i % 20) * 0.004, 22.48 + (i / 20) * 0.003), 4326), 4547)
  FROM generate_series(0, {sites} - 1) i;
CREATE TABLE sense.observation (
  site_id integer REFERENCES sense.sites (id), time timestamptz, "val%ue" double precision, unit text);
INSERT INTO sense.observation SELECT i % {sites},
  '2024-06-01T00:00:00Z'::timestamptz + (i / {sites}) * interval '5 minutes',
  CASE WHEN i % 97 = 0 THEN NULL ELSE (i * 7919 % 1000) / 10.0 END, 'mm'
  FROM generate_series(0, {sites} * {steps} - 1) i WHERE i % {sites} <> 7;
CREATE INDEX ON sense.observation (site_id, time DESC);
"""


@pytest.fixture(scope="module")
def database(postgis_city, qgis_plugin):
    """The made city in PostGIS, with a table of observations, and a connection of QGIS to it."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        pytest.skip("this QGIS has no provider for PostgreSQL")
    postgis_city.sql(OBSERVATIONS.format(sites=SITES, steps=STEPS))
    uri = QgsDataSourceUri()
    uri.setConnection(
        "127.0.0.1", str(postgis_city.port), postgis_city.database, postgis_city.user, postgis_city.password
    )
    made = metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True})
    metadata.saveConnection(made, NAME)
    yield postgis_city
    metadata.deleteConnection(NAME)
    postgis_city.sql("DROP SCHEMA sense CASCADE")


def record(layer):
    return ServiceRecord("x", layer, ServiceProtocol.POSTGIS, NAME, layer)


def nothing(request):
    raise AssertionError("a database is no address")


def rows_of(features):
    return [row for page in features.pages for row in page]


def ask(layer, query, progress=lambda fraction, text="": True):
    return protocols.adapter(ServiceProtocol.POSTGIS).query(record(layer), query, nothing, progress)


@pytest.mark.parametrize("table", ["wells", "pipes", "plots"])
def test_a_box_is_the_databases_work(database, city, table):
    found = ask(f"city.{table}", Query(box=BOX))
    rows = rows_of(found)
    expected = {str(row.fid) for row in city.within(table, BOX.west, BOX.south, BOX.east, BOX.north)}
    assert {row.id for row in rows} == expected
    assert found.crs == ("EPSG:4547" if table == "plots" else "EPSG:4326")
    assert protocols.adapter(ServiceProtocol.POSTGIS).count(record(f"city.{table}"), Query(box=BOX), nothing) == len(
        expected
    )


FILTERS = {
    "kind = '雨水井' AND depth_m > 5": lambda v: v["kind"] == "雨水井" and (v["depth_m"] or 0) > 5,
    "name LIKE '100\\%\\_%' OR name LIKE 'O''Brien%1号'": lambda v: (
        v["name"].startswith("100%_") or (v["name"].startswith("O'Brien") and v["name"].endswith("1号"))
    ),
    "state IS NULL AND level IN (1, 2)": lambda v: v["state"] is None and v["level"] in (1, 2),
    "updated >= TIMESTAMP('2024-06-20T00:00:00Z')": lambda v: (
        v["updated"] is not None and v["updated"] >= datetime(2024, 6, 20, tzinfo=UTC)
    ),
    "ACCENTI(name) LIKE ACCENTI('O''Brien%') AND level > 3": lambda v: (
        v["name"].startswith("O'Brien") and (v["level"] or 0) > 3
    ),
}


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_means_the_same_in_the_database_and_here(database, city, text):
    found = ask("city.wells", Query(filter=parse(text)))
    rows = rows_of(found)
    expected = {str(row.fid): row for row in city.rows["wells"] if FILTERS[text](row.values)}
    assert expected
    assert {row.id for row in rows} == set(expected)
    assert bool(found.notes) == ("ACCENTI" in text), "what was done here is said"
    for row in rows[:50]:
        values = expected[row.id].values
        assert {name: row.values[name] for name in values} == values


def test_what_is_hostile_in_a_filter_stays_a_text(database, city):
    text = "name = 'x''); DROP TABLE city.wells; --'"
    assert rows_of(ask("city.wells", Query(filter=parse(text)))) == []
    assert database.sql("SELECT count(*) FROM city.wells") == [[str(len(city.rows["wells"]))]]
    with pytest.raises(InputError, match="lacks"):
        ask("city.wells", Query(filter=parse('"fid; DROP" = 1')))


def test_limit_fields_time_and_cancel(database, city):
    found = ask("city.wells", Query(limit=10, fields=("name",)))
    assert [field.name for field in found.fields] == ["name"]
    assert len(rows_of(found)) == 10
    span = "2024-06-03T00:00:00Z/2024-06-03T12:00:00Z"
    start = datetime(2024, 6, 3, tzinfo=UTC)
    rows = rows_of(ask("city.wells", Query(time=span)))
    assert {row.id for row in rows} == {
        str(row.fid)
        for row in city.rows["wells"]
        if row.values["updated"] and start <= row.values["updated"] <= start + timedelta(hours=12)
    }
    asked = []

    def stop(fraction, text=""):
        asked.append(text)
        return len(asked) < 2

    with pytest.raises(Cancelled):
        rows_of(ask("city.wells", Query(), stop))


def test_a_column_that_names_no_crs_takes_that_of_its_rows(database):
    database.sql(
        "CREATE TABLE sense.loose (id integer PRIMARY KEY, geom geometry);"
        "INSERT INTO sense.loose VALUES (1, ST_SetSRID(ST_MakePoint(500000, 2490000), 4547));"
    )
    found = ask("sense.loose", Query())
    assert found.crs == "EPSG:4547"
    (row,) = rows_of(found)
    assert shapely.from_wkb(row.geometry).x == 500_000


def test_what_cannot_be_read_is_told_without_secrets(database):
    with pytest.raises(InputError, match="no longer exists"):
        ask("city.nowhere", Query())
    nowhere = ServiceRecord("x", "x", ServiceProtocol.POSTGIS, "nowhere", "a.b")
    with pytest.raises(InputError, match="no PostgreSQL connection"):
        protocols.adapter(ServiceProtocol.POSTGIS).query(nowhere, Query(), nothing)
    with Session(NAME) as session, pytest.raises(ResourceError) as error:
        session.select("DELETE FROM city.wells")
    assert "read-only" in str(error.value)
    assert database.password not in str(error.value)


@pytest.fixture
def truth(database):
    """The latest observation of each site, found one by one."""
    text = """SELECT s.id, s.name, extract(epoch FROM o.time), o."val%ue", ST_X(g), ST_Y(g) FROM sense.sites s
      CROSS JOIN LATERAL (SELECT ST_Transform(s.geom, 4326) AS g) p
      LEFT JOIN sense.observation o ON o.site_id = s.id AND o.time =
      (SELECT max(time) FROM sense.observation x WHERE x.site_id = s.id) ORDER BY 1"""
    return database.sql(text)


def test_the_latest_of_each_site(database, truth):
    found = protocols.latest(record("sense.sites"), Query(), nothing)
    rows = {row.values["site_id"]: row for row in rows_of(found)}
    assert len(rows) == SITES
    for site, name, moment, value, x, y in truth:
        row = rows[site]
        assert row.values["site"] == name
        assert row.values["value"] == (float(value) if value else None)
        assert row.values["time"] == (datetime.fromtimestamp(float(moment), UTC) if moment else None)
        assert shapely.from_wkb(row.geometry).coords[0] == pytest.approx((float(x), float(y)))
    assert rows["7"].values["time"] is None, "a silent site is there"


def test_both_forms_give_the_same(database):
    with Session(NAME) as session:
        table = postgis_observations.observation_table(session, table_of(session, record("sense.sites")))
        assert table.indexed
        end = START + timedelta(minutes=31)
        found = []
        for form in Form:
            for given in ({}, {"start": START + timedelta(minutes=2), "end": end}):
                made = latest_sql.latest(table, form=form, **given)
                found.append(sorted(session.select(made.text, made.parameters), key=str))
        plan = latest_sql.latest(table)
        explained = "\n".join(row[0] for row in session.select(f"EXPLAIN {plan.text}", plan.parameters))
    assert found[0] == found[2]
    assert found[1] == found[3]
    assert found[0] != found[1]
    assert "Index" in explained
    assert "Sort" not in explained, "the index already has the order"


def test_a_series_of_sites_in_a_box(database):
    query = Query(box=BOX, time="2024-06-01T00:10:00Z/2024-06-01T00:20:00Z", filter=parse("value > 50"))
    rows = rows_of(protocols.series(record("sense.sites"), query, nothing))
    text = """SELECT count(*) FROM sense.sites s JOIN sense.observation o ON o.site_id = s.id WHERE o."val%ue" > 50
      AND o.time BETWEEN '2024-06-01T00:10:00Z' AND '2024-06-01T00:20:00Z'
      AND ST_Intersects(s.geom, ST_Transform(ST_MakeEnvelope(113.935, 22.495, 113.955, 22.515, 4326), 4547))"""
    assert [[str(len(rows))]] == database.sql(text)
    assert rows


def test_the_latest_as_a_layer(database, truth):
    layer = postgis_observations.latest_layer(record("sense.sites"))
    assert layer.isValid(), layer.error().message()
    features = {feature["site_id"]: feature for feature in layer.getFeatures()}
    assert len(features) == SITES == layer.featureCount()
    assert layer.crs().authid() == "EPSG:4547"
    for site, _, _, value, _, _ in truth:
        assert features[site]["val%ue"] == (float(value) if value else None)
    early = postgis_observations.latest_layer(record("sense.sites"), "../2024-06-01T00:00:00Z")
    assert {f["time"].toSecsSinceEpoch() for f in early.getFeatures() if f["time"]} == {int(START.timestamp())}


def test_a_table_without_observations_says_what_it_needs(database):
    with pytest.raises(InputError, match="well_id"):
        protocols.latest(record("city.wells"), Query(), nothing)


def test_a_saved_project_has_no_password(database, tmp_path):
    project = QgsProject()
    layers = [postgis_observations.latest_layer(record("sense.sites")), open_local(record("city.wells"))]
    project.addMapLayers(layers)
    assert all(layer.isValid() for layer in layers)
    assert sum(1 for _ in layers[1].getFeatures()) == 8000
    path = tmp_path / "saved 项目.qgs"
    assert project.write(str(path))
    text = path.read_text("utf-8")
    assert "sense" in text
    assert "s3cret" not in text
    assert not any("s3cret" in layer.source() for layer in layers)
    project.clear()


def test_harvested_and_fetched_as_people_do(database, truth, run_algorithm, tmp_path):
    path, output = str(tmp_path / "catalogue 目录.gpkg"), tmp_path / "latest.gpkg"
    assert run_algorithm("twin:harvestservices", {"URL": NAME, "CATALOGUE": path})["ADDED"] > 3
    given = {"CATALOGUE": path, "SERVICE": "sites", "OUTPUT": str(output)}
    assert run_algorithm("twin:fetchobservations", given)["COUNT"] == SITES
    layer = QgsVectorLayer(str(output), "latest", "ogr")
    values = {feature["site_id"]: feature["value"] for feature in layer.getFeatures()}
    assert {site: float(value) for site, _, _, value, _, _ in truth if value} == {
        site: value for site, value in values.items() if isinstance(value, float)
    }
    every = {**given, "LATEST": False, "OUTPUT": str(tmp_path / "series.gpkg")}
    assert run_algorithm("twin:fetchobservations", every)["COUNT"] == (SITES - 1) * STEPS
