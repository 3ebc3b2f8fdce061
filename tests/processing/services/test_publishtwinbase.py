"""A twin base published: the servers that are started from the files give back what the base itself holds."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

import pytest
import shapely
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsDataSourceUri,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from shapely.geometry import shape

from tools.servers import features, maps
from tools.servers.postgis import PASSWORD, USER
from tools.servers.process import free_port
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id

ID = "twin:publishtwinbase"
TABLES = ("bim_model", "building", "storey", "opening", "underground")
NAME = "made city 城 to publish"


def get(url: str, **parameters: object) -> bytes:
    """The body of a reply of a server on loopback."""
    if parameters:
        url += ("&" if "?" in url else "?") + urllib.parse.urlencode(parameters)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=60) as reply:
        return reply.read()


@pytest.fixture(scope="module")
def base(run_algorithm, tmp_path_factory):
    """A twin base of eight made buildings, and the folder of its district."""
    folder = tmp_path_factory.mktemp("publish") / "the 区 district"
    run_algorithm("twin:createdemodistrict", {"BUILDINGS": 8, "SEED": 3, "FOLDER": str(folder)})
    path = folder.parent / "base 底座.gpkg"
    run_algorithm("twin:updatetwinbase", {"FOLDER": str(folder / "models"), "TWIN_BASE": str(path)})
    return path, folder


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """A catalogue of 120 records, with a file and a record behind a password among them."""
    path = tmp_path_factory.mktemp("catalogue") / "services.gpkg"
    store = FileCatalogue(path, create=True)
    rows = [
        ServiceRecord(
            record_id(ServiceProtocol.WMS, f"http://127.0.0.1:9/{k}"),
            f"{'雨量' if k % 3 else 'Roads 道路'} {k:03d}",
            ServiceProtocol.WMS,
            f"http://127.0.0.1:9/{k}",
            "layer",
            "Made",
            ("made",),
            subdivision="C03",
            auth="office",
            box=BoundingBox(113.9 + k / 1000, 22.5, 113.9005 + k / 1000, 22.51),
        )
        for k in range(120)
    ]
    rows.append(ServiceRecord("f1", "A file", ServiceProtocol.FILE, "/home/someone/a.gpkg"))
    store.apply(rows, complete=False)
    store.close()
    return path


def counts(source: str) -> dict[str, int]:
    """Rows of each table, by GDAL."""
    dataset = gdal.OpenEx(source, gdal.OF_VECTOR)
    return {table: dataset.GetLayerByName(table).GetFeatureCount() for table in TABLES}


def in_degrees(path, table) -> dict[str, ogr.Geometry]:
    """Geometries of a base by id, in degrees with longitude first, computed by GDAL and not by QGIS."""
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    layer = dataset.GetLayerByName(table)
    source, target = layer.GetSpatialRef().Clone(), osr.SpatialReference()
    target.ImportFromEPSG(4326)
    for reference in (source, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change, found = osr.CoordinateTransformation(source, target), {}
    for feature in layer:
        geometry = feature.GetGeometryRef().Clone()
        geometry.Transform(change)
        found[feature["id"]] = geometry
    return found


def apart(served: dict, expected: ogr.Geometry) -> float:
    """How far a served geometry and the expected one are apart at most, in degrees (1e-8 is a millimetre)."""
    return shapely.hausdorff_distance(shape(served), shapely.from_wkb(bytes(expected.ExportToWkb())))


def test_servers_started_from_the_files_give_what_the_base_holds(run_algorithm, base, catalogue, tmp_path):
    path, district = base
    port, folder = free_port(), tmp_path / "published 发布"
    given = {
        "TWIN_BASE": str(path), "CATALOGUE": str(catalogue), "FOLDER": str(folder), "PORT": port,
        "LAYERS": [f"{district / 'district.gpkg'}|layername=roads"], "TITLE": 'Demo "区" ${HOME}: {x}',
    }  # fmt: skip
    results = run_algorithm(ID, given)
    assert [file.name for file in (folder / "qgis-server").iterdir()] == ["twin.qgz"]
    assert (results["TABLES"], results["RECORDS"]) == (6, 120)
    assert "TIPG" not in results
    expected = counts(str(path))
    with features.pygeoapi(folder / "pygeoapi" / "pygeoapi.yml", port) as url:
        listed = json.loads(get(f"{url}/collections?f=json"))["collections"]
        assert {row["id"] for row in listed} == {*TABLES, "roads", "records"}
        assert json.loads(get(f"{url}/?f=json"))["title"] == 'Demo "区" ${HOME}: {x}'
        for table in TABLES:
            found = json.loads(get(f"{url}/collections/{table}/items", f="json", limit=1000))["features"]
            assert len(found) == expected[table]
            assert json.loads(get(f"{url}/collections/{table}/items", f="json", resulttype="hits"))[
                "numberMatched"
            ] == len(found)
            if table in ("building", "opening"):
                geometries = in_degrees(path, table)
                for feature in found:
                    assert apart(feature["geometry"], geometries[feature["properties"]["id"]]) < 1e-8
        models = json.loads(get(f"{url}/collections/bim_model/items", f="json", limit=1000))["features"]
        assert all(model["geometry"] for model in models), "models stand at their zero point"
        assert not any(str(district) in json.dumps(model) for model in models)
        check_records(url)
    with maps.qgis_server(folder / "qgis-server" / "twin.qgz") as url:
        check_wfs(url, expected, path)


def check_records(url: str) -> None:
    """Pages, words, box and the record itself."""
    items = f"{url}/collections/records/items"
    page = json.loads(get(items, f="json", limit=50, offset=100))
    assert (page["numberMatched"], len(page["features"])) == (120, 20)
    assert "office" not in json.dumps(page)
    assert json.loads(get(items, f="json", q="雨量"))["numberMatched"] == 80
    assert json.loads(get(items, f="json", q="roads 003,雨量 001"))["numberMatched"] == 2
    assert json.loads(get(items, f="json", bbox="113.9,22.4,113.9103,22.6"))["numberMatched"] == 11
    # Text that pygeoapi's own provider would run as Python is only text here.
    assert json.loads(get(items, f="json", q='x") or __import__("os").getpid() or ("'))["numberMatched"] == 0
    one = json.loads(get(f"{items}/{page['features'][0]['id']}", f="json"))
    assert one["properties"]["title"] == page["features"][0]["properties"]["title"]
    assert b"<html" in get(items, f="html").lower()


def check_wfs(url: str, expected: dict[str, int], path) -> None:
    """Counts and places by WFS, a picture by WMS, and nothing that writes."""
    given = {"SERVICE": "WFS", "VERSION": "1.1.0", "REQUEST": "GetFeature"}
    for table in ("building", "storey", "opening", "underground"):
        hits = get(url, **given, TYPENAME=table, RESULTTYPE="hits").decode()
        assert int(re.search(r'numberOfFeatures="(\d+)"', hits).group(1)) == expected[table]
    rows = json.loads(get(url, **given, TYPENAME="building", OUTPUTFORMAT="application/vnd.geo+json"))["features"]
    geometries = in_degrees(path, "building")
    for row in rows:
        # QGIS Server writes degrees with six decimals into JSON, whatever the project says.
        assert apart(row["geometry"], geometries[row["properties"]["id"]]) < 1e-6
    boxes = [geometry.GetEnvelope() for geometry in geometries.values()]
    west, east = min(box[0] for box in boxes), max(box[1] for box in boxes)
    south, north = min(box[2] for box in boxes), max(box[3] for box in boxes)
    picture = get(
        url, SERVICE="WMS", VERSION="1.3.0", REQUEST="GetMap", LAYERS="building", STYLES="", CRS="EPSG:4326",
        BBOX=f"{south},{west},{north},{east}", WIDTH=300, HEIGHT=300, FORMAT="image/png",
    )  # fmt: skip
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 2000
    capabilities = get(url, SERVICE="WFS", VERSION="1.1.0", REQUEST="GetCapabilities").decode()
    operations = re.search(r"<Operations>(.*?)</Operations>", capabilities, re.DOTALL)
    assert operations is None or not {"Insert", "Update", "Delete"} & set(
        re.findall(r"<(?:\w+:)?(\w+)/?>", operations[1])
    )


@pytest.fixture
def connection(postgis, qgis_plugin):
    """A PostgreSQL connection of QGIS with user and password kept."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        pytest.skip("this QGIS has no provider for PostgreSQL")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(postgis.port), "postgres", USER, PASSWORD)
    metadata.saveConnection(
        metadata.createConnection(uri.uri(False), {"saveUsername": True, "savePassword": True}), NAME
    )
    yield NAME
    metadata.deleteConnection(NAME)


def test_a_schema_without_tables_of_a_base_is_told(run_algorithm, connection, tmp_path):
    with pytest.raises(QgsProcessingException, match="'nowhere' holds no table of a twin base"):
        run_algorithm(ID, {"CONNECTION": connection, "SCHEMA": "nowhere", "FOLDER": str(tmp_path / "out")})
    assert not list(tmp_path.iterdir())


def test_a_base_in_postgis_by_tipg_and_qgis_server_without_a_secret_in_any_file(
    run_algorithm, base, connection, postgis, tmp_path
):
    path, district = base
    run_algorithm(
        "twin:updatetwinbase", {"FOLDER": str(district / "models"), "CONNECTION": connection, "SCHEMA": "shown"}
    )
    folder, port = tmp_path / "published", free_port()
    results = run_algorithm(ID, {"CONNECTION": connection, "SCHEMA": "shown", "FOLDER": str(folder), "PORT": port})
    for file in folder.rglob("*"):
        if file.suffix == ".qgz":
            with zipfile.ZipFile(file) as archive:
                texts = [archive.read(name) for name in archive.namelist()]
            assert any(b"dbname='postgres'" in text for text in texts), "the layers are in the database"
        else:
            texts = [file.read_bytes()] if file.is_file() else []
        for text in texts:
            assert b"s3cret" not in text, file
            assert f"user='{USER}'".encode() not in text, file
    expected = counts(str(path))
    lines = [line for line in Path(results["TIPG"]).read_text("utf-8").splitlines() if line[:1] != "#"]
    pairs = dict(line.split("=", 1) for line in lines)
    environment = {name: value.strip("'") for name, value in pairs.items()}
    with features.tipg(postgis, extra=environment) as url:
        listed = json.loads(get(f"{url}/collections?f=json"))["collections"]
        # tipg serves every spatial table of a schema, so those of rooms and shells too.
        unlisted = ("room", "solid", "outline")
        assert {row["id"] for row in listed} == {f"shown.{table}" for table in (*TABLES[1:], *unlisted)}
        for table in TABLES[1:]:
            page = json.loads(get(f"{url}/collections/shown.{table}/items?f=geojson&limit=1"))
            assert page["numberMatched"] == expected[table]
    secrets = {"PGUSER": USER, "PGPASSWORD": PASSWORD}
    with maps.qgis_server(folder / "qgis-server" / "twin.qgz", secrets) as url:
        check_wfs(url, expected, path)
    assert "shown" in (folder / "tipg" / "tipg.env").read_text("utf-8")


def test_layers_of_the_project_are_published_as_they_are_drawn_and_small_things_lie_above(
    run_algorithm, base, tmp_path
):
    path, district = base
    drawn = QgsVectorLayer("Point?crs=EPSG:4547&field=name:string", "My wells 井", "memory")
    drawn.renderer().symbol().setColor(QColor("#123456"))
    feature = QgsFeature(drawn.fields())
    feature.setAttributes(["O'Brien 井"])
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(493000, 2490800)))
    drawn.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(drawn)
    try:
        given = {"TWIN_BASE": str(path), "FOLDER": str(tmp_path / "out")}
        roads = f"{district / 'district.gpkg'}|layername=roads"
        results = run_algorithm(ID, {**given, "LAYERS": [drawn.id(), roads]})
    finally:
        QgsProject.instance().removeMapLayer(drawn.id())
    written = QgsProject()
    assert written.read(results["PROJECT"])
    layers = {layer.serverProperties().shortName(): layer for layer in written.mapLayers().values()}
    wells = layers["my_wells"]
    assert wells.renderer().symbol().color().name() == "#123456"
    assert [row["name"] for row in wells.getFeatures()] == ["O'Brien 井"]
    order = [layer.serverProperties().shortName() for layer in written.layerTreeRoot().layerOrder()]
    assert order.index("my_wells") < order.index("roads") < order.index("building")
    assert all(layer.readOnly() for layer in layers.values())
    assert layers["building"].labelsEnabled(), "the base opens styled"


def test_only_a_publication_is_replaced(run_algorithm, base, tmp_path):
    path, _ = base
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    with pytest.raises(QgsProcessingException, match="already holds files"):
        run_algorithm(ID, {"TWIN_BASE": str(path), "FOLDER": str(mine)})
    assert [file.name for file in mine.iterdir()] == ["letter.txt"]
    folder = tmp_path / "published"
    run_algorithm(ID, {"TWIN_BASE": str(path), "FOLDER": str(folder), "TITLE": "First"})
    run_algorithm(ID, {"TWIN_BASE": str(path), "FOLDER": str(folder), "TITLE": "Second"})
    assert "Second" in (folder / "README.txt").read_text("utf-8")
    before = sorted(file.name for file in tmp_path.iterdir())
    with pytest.raises(QgsProcessingException, match="no catalogue"):
        run_algorithm(ID, {"TWIN_BASE": str(path), "FOLDER": str(folder), "CATALOGUE": str(tmp_path / "none.gpkg")})
    assert "Second" in (folder / "README.txt").read_text("utf-8"), "a failure leaves the earlier publication"
    assert sorted(file.name for file in tmp_path.iterdir()) == before


def test_what_cannot_be_published_is_told(run_algorithm, base, catalogue, tmp_path):
    folder = str(tmp_path / "out")
    with pytest.raises(QgsProcessingException, match="not both"):
        run_algorithm(ID, {"FOLDER": folder})
    with pytest.raises(QgsProcessingException, match="no twin base"):
        run_algorithm(ID, {"TWIN_BASE": str(tmp_path / "none.gpkg"), "FOLDER": folder})
    with pytest.raises(QgsProcessingException, match="no table of a twin base"):
        run_algorithm(ID, {"TWIN_BASE": str(catalogue), "FOLDER": folder})
    with pytest.raises(QgsProcessingException, match="no PostgreSQL connection"):
        run_algorithm(ID, {"CONNECTION": "nowhere", "FOLDER": folder})
    assert not list(tmp_path.iterdir())


def test_a_connection_by_a_postgresql_service_is_told(run_algorithm, qgis_plugin, tmp_path):
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    uri = QgsDataSourceUri()
    uri.setConnection("city_service", "twin", "", "")
    metadata.saveConnection(metadata.createConnection(uri.uri(False), {}), "by service")
    try:
        with pytest.raises(QgsProcessingException, match="names a service"):
            run_algorithm(ID, {"CONNECTION": "by service", "FOLDER": str(tmp_path / "out")})
    finally:
        metadata.deleteConnection("by service")


def test_a_cancel_leaves_nothing(run_algorithm, base, tmp_path):
    from qgis.core import QgsProcessingFeedback

    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    assert run_algorithm(ID, {"TWIN_BASE": str(base[0]), "FOLDER": str(tmp_path / "out")}, feedback) == {}
    assert not list(tmp_path.iterdir())
