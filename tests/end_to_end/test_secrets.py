"""A password and a token, used in every way that the plugin offers, are found nowhere afterwards.

The ways: authentication configurations of QGIS (user and password; a token as header; a token for the address), refused
addresses with either in them, imported catalogues with either in them, and a PostGIS connection. The places: every file
that is written (catalogues, layers, projects, the profile with QGIS's own files, histories), the message log, standard
output, reports, results and errors with their tracebacks.
"""

from __future__ import annotations

import base64
import csv
import json
import os
import subprocess
import traceback
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsDataSourceUri,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsProviderRegistry,
)

from tests.hostile import Server, reply
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord, record_id

ROOT = Path(__file__).parents[2]
CONNECTION = "secret city 城"
pytestmark = pytest.mark.end_to_end


class Told(QgsProcessingFeedback):
    """Keeps all that an algorithm says."""

    def __init__(self) -> None:
        super().__init__(True)


@pytest.fixture
def told(qgis_plugin):
    """All that the message log, algorithms and errors said."""
    texts = []
    log = QgsApplication.messageLog()

    def heard(message, tag, level):
        texts.append(f"{tag}: {message}")

    log.messageReceived.connect(heard)
    yield texts
    log.messageReceived.disconnect(heard)


@pytest.fixture
def run(told):
    """A function that runs an algorithm as the toolbox does, the check of its parameters first; None for an error."""

    def run(algorithm_id, **parameters):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"twin:{algorithm_id}")
        context, feedback = QgsProcessingContext(), Told()
        fits, text = algorithm.checkParameterValues(parameters, context)
        told.append(text)
        if not fits:
            return None
        # What Processing writes into its history, after the check and not before.
        told.append(algorithm.asPythonCommand(parameters, context) + repr(algorithm.asMap(parameters, context)))
        try:
            results, _ = algorithm.run(parameters, context, feedback, {}, False)
        except QgsProcessingException:
            told.append(traceback.format_exc())
            results = None
        told.extend((feedback.textLog(), feedback.htmlLog(), repr(results)))
        return results

    return run


def found_in(folder: Path, *secrets: str) -> list[str]:
    """The files below a folder, and those inside of archives, that hold a secret as it is, in base64 or quoted."""
    wanted = [form for secret in secrets for form in forms(secret)]
    hits = []
    for path in folder.rglob("*"):
        if path.is_file():
            contents = {str(path): path.read_bytes()}
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    contents |= {f"{path}/{name}": archive.read(name) for name in archive.namelist()}
            hits += [name for name, content in contents.items() if any(form in content for form in wanted)]
    return hits


def forms(secret: str) -> list[bytes]:
    return [secret.encode(), base64.b64encode(f"twin:{secret}".encode())[:-4], secret.encode("utf-16-le")]


def api(server: Server, allowed) -> None:
    """An OGC API that answers only whom `allowed` accepts."""
    point = {"type": "Point", "coordinates": [114.0, 22.5]}
    items = [{"type": "Feature", "id": n, "properties": {"n": n}, "geometry": point} for n in range(3)]
    here = server.url("/api")
    rain = {"id": "rain", "title": "Rain", "links": [{"rel": "items", "href": f"{here}/collections/rain/items"}]}
    links = (("data", "collections"), ("conformance", "conformance"), ("service-desc", "doc"))
    kind = "application/vnd.oai.openapi+json;version=3.0"
    landing = {
        "title": "Made",
        "links": [
            {"rel": rel, "href": f"{here}/{part}", "type": kind if part == "doc" else "application/json"}
            for rel, part in links
        ],
    }
    pages = {
        "/api": landing,
        "/api/": landing,
        "/api/doc": {"openapi": "3.0.0", "info": {"title": "Made"}, "paths": {}},
        "/api/conformance": {"conformsTo": []},
        "/api/collections": {"collections": [rain]},
        "/api/collections/rain": rain,
        "/api/collections/rain/items": {"type": "FeatureCollection", "features": items},
    }

    def answer(connection, asked):
        page = pages.get(asked.path.partition("?")[0])
        if not allowed(asked):
            connection.sendall(reply(b"no", 401, WWW_Authenticate='Basic realm="made"'))
        else:
            connection.sendall(reply(json.dumps(page).encode()) if page else reply(b"{}", 404))

    server.answers["*"] = answer


def identifier(name: str) -> str:
    configs = QgsApplication.authManager().availableAuthMethodConfigs()
    return next(key for key, config in configs.items() if config.name() == name)


@pytest.mark.parametrize("way", ["password", "header", "address"])
def test_services_that_want_a_login(run, told, credentials, canary, tmp_path, way):
    given = {
        "password": {"method": "Basic", "username": "twin", "password": canary},
        "header": {"method": "APIHeader", "X-Api-Key": canary},
        "address": {"method": "APIHeader", "?token": canary},
    }[way]
    name = credentials(f"城 {way}", **given)

    def allowed(asked):
        login = f"Basic {base64.b64encode(f'twin:{canary}'.encode()).decode()}"
        return (
            asked.headers.get("authorization") == login
            or asked.headers.get("x-api-key") == canary
            or f"token={canary}" in asked.path
        )

    path, folder = str(tmp_path / "目录.gpkg"), tmp_path
    with Server() as server:
        api(server, allowed)
        harvested = run("harvestservices", URL=server.url("/api"), AUTHCFG=identifier(name), CATALOGUE=path)
        assert harvested["ADDED"] == 1, told
        with closing(FileCatalogue(path)) as catalogue:
            (record,) = catalogue.records()
        assert record.auth == name
        assert run("queryservice", CATALOGUE=path, SERVICE=record.id, OUTPUT=str(folder / "q.gpkg"))["COUNT"] == 3
        assert run("checkservices", CATALOGUE=path, OUTPUT=str(folder / "c.gpkg"))["ALIVE"] == 1
        assert run("exportservices", CATALOGUE=path, OUTPUT=str(folder / "e.json")) is not None
        save_layer(record, folder, way, told)
        # What fails quotes its request.
        server.answers["*"] = reply(b'{"description": "failed"}', 500)
        assert run("queryservice", CATALOGUE=path, SERVICE=record.id, OUTPUT=str(folder / "f.gpkg")) is None
        server.answers["*"] = lambda connection, asked: connection.sendall(
            reply(asked.path.encode() + repr(asked.headers).encode(), 400, kind="application/json")
        )
        assert run("harvestservices", URL=server.url("/api"), AUTHCFG=identifier(name), CATALOGUE=path) is None
    assert found_in(tmp_path, canary) == []
    assert not any(form.decode("latin-1") in text for text in told for form in forms(canary))


def save_layer(record, folder, way, told):
    """The service as a layer in a project, as the dock adds it."""
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import qgis_layers

    with http.opened() as fetch:
        source = qgis_layers.plan(record, fetch)
    if way == "address":  # QGIS's own provider cannot put a token into such an address
        assert source is None
        return
    layer = qgis_layers.make(source)
    project = QgsProject()
    project.addMapLayer(layer)
    for name in ("saved.qgs", "saved.qgz"):
        assert project.write(str(folder / name))
    told.append(layer.source())


def test_addresses_with_a_secret_are_refused_and_imports_lose_them(run, told, canary, tmp_path):
    path = str(tmp_path / "目录.gpkg")
    addresses = [
        f"http://twin:{canary}@127.0.0.1:9/api",
        f"http://127.0.0.1:9/wms?service=WMS&token={canary}",
        f"http://127.0.0.1:9/wms?tk={canary}",
        f"http://127.0.0.1:9/a;jsessionid={canary}",
    ]
    for url in addresses:
        assert run("harvestservices", URL=url, CATALOGUE=path) is None
    source = tmp_path / "given"
    source.mkdir()
    with open(source / "in.csv", "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title", "protocol", "url", "layer", "description"])
        for number, url in enumerate(addresses):
            rows.writerow([f"r{number}", f"Service {number}", "wms", url, "x", f"see {url} for it"])
    out = tmp_path / "written"
    out.mkdir()
    imported = str(out / "imported.gpkg")
    assert run("importservices", INPUT=str(source / "in.csv"), CATALOGUE=imported) is not None
    run("exportservices", CATALOGUE=imported, OUTPUT=str(out / "out.json"))
    run("exportservices", CATALOGUE=imported, OUTPUT=str(out / "out.csv"))
    run("checkservices", CATALOGUE=imported, OUTPUT=str(out / "checked.gpkg"), TIMEOUT=1)
    (source / "in.csv").unlink()
    assert found_in(tmp_path, canary) == []
    assert canary not in "".join(told)


def test_a_source_that_gives_secrets_away(run, told, canary, tmp_path):
    """A server whose links hold a token and a password: neither is kept."""
    path = str(tmp_path / "目录.gpkg")
    with Server() as server:
        place = f"twin:{canary}@127.0.0.1:{server.port}/api/collections/rain"
        links = [
            {"rel": "items", "href": server.url("/api/collections/rain/items"), "type": "application/geo+json"},
            {"rel": "alternate", "href": f"http://{place}?f=html", "type": "text/html"},
            {"rel": "license", "href": server.url(f"/license?token={canary}"), "type": "text/html"},
        ]
        collection = {"id": "rain", "title": f"see http://u:{canary}@h/?key={canary}", "links": links}
        page = {"links": [{"rel": "data", "href": server.url("/api/collections")}]}
        server.answers["/api"] = reply(json.dumps(page).encode())
        server.answers["/api/collections"] = reply(json.dumps({"collections": [collection]}).encode())
        assert run("harvestservices", URL=server.url("/api"), CATALOGUE=path)["ADDED"] == 1
    assert found_in(tmp_path, canary) == []
    assert canary not in "".join(told)


@pytest.fixture
def secret_connection(postgis, credentials, canary):
    """A connection of QGIS whose user and password are an authentication configuration, and their role there."""
    database = postgis.new_database("secrets")
    database.sql("CREATE EXTENSION postgis")
    database.sql(f"DROP ROLE IF EXISTS canary; CREATE ROLE canary LOGIN SUPERUSER PASSWORD '{canary}'")
    database.sql("CREATE TABLE wells (id serial PRIMARY KEY, n int, geom geometry(Point, 4326))")
    point = "ST_SetSRID(ST_MakePoint(114, 22.5), 4326)"
    database.sql(f"INSERT INTO wells (n, geom) SELECT k, {point} FROM generate_series(1, 5) k")  # noqa: S608
    name = credentials("城 database", username="canary", password=canary)
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    uri = QgsDataSourceUri()
    uri.setConnection("127.0.0.1", str(database.port), "secrets", "", "")
    uri.setAuthConfigId(identifier(name))
    metadata.saveConnection(metadata.createConnection(uri.uri(False), {}), CONNECTION)
    yield CONNECTION
    metadata.deleteConnection(CONNECTION)
    database.sql("DROP OWNED BY canary; DROP ROLE canary")


def test_a_database_with_a_password(run, told, secret_connection, canary, tmp_path):
    path = str(tmp_path / "目录.gpkg")
    assert run("harvestservices", URL=secret_connection, CATALOGUE=path)["ADDED"] == 1, told
    with closing(FileCatalogue(path)) as catalogue:
        (record,) = catalogue.records()
    assert run("queryservice", CATALOGUE=path, SERVICE=record.id, OUTPUT=str(tmp_path / "q.gpkg"))["COUNT"] == 5
    assert run("checkservices", CATALOGUE=path, OUTPUT=str(tmp_path / "c.gpkg"))["ALIVE"] == 1
    save_layer(record, tmp_path, "postgis", told)
    own = {"CONNECTION": secret_connection, "SCHEMA": "services"}
    assert run("harvestservices", URL=secret_connection, **own)["ADDED"] >= 1
    run("searchservices", **own, OUTPUT=str(tmp_path / "s.gpkg"))
    gone = ServiceRecord(
        record_id(ServiceProtocol.POSTGIS, CONNECTION, "public.gone"),
        "Gone",
        ServiceProtocol.POSTGIS,
        CONNECTION,
        "public.gone",
    )
    with closing(FileCatalogue(path, create=True)) as catalogue:
        catalogue.apply([gone])
    assert run("queryservice", CATALOGUE=path, SERVICE=gone.id, OUTPUT=str(tmp_path / "g.gpkg")) is None
    models = tmp_path / "models"
    models.mkdir()
    run("updatetwinbase", FOLDER=str(models), CONNECTION=secret_connection, SCHEMA="base", CRS="EPSG:4547")
    assert found_in(tmp_path, canary) == []
    assert canary not in "".join(told)


STORE = """
import os, sys
from qgis.core import QgsApplication, QgsAuthMethodConfig
application = QgsApplication([], False, sys.argv[1])
application.initQgis()
manager = QgsApplication.authManager()
assert manager.setMasterPassword(sys.stdin.readline().strip(), True)
config = QgsAuthMethodConfig("Basic")
config.setName("City")
config.setConfig("username", "twin")
config.setConfig("password", sys.stdin.readline().strip())
done = manager.storeAuthenticationConfig(config)
assert done[0] if isinstance(done, tuple) else done
print(config.id(), flush=True)
os._exit(0)
"""


def test_qgis_process_and_its_profile(canary, tmp_path):
    """In a profile of its own: the password is in none of its files, nor in what is printed or logged."""
    master = "-".join(("Meister", "passwort", "7"))
    secret = tmp_path / "kept apart" / "master"
    secret.parent.mkdir()
    secret.write_text(master)
    home = tmp_path / "config 城"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QGIS_")}
    environment |= {
        "QGIS_CUSTOM_CONFIG_PATH": str(home),
        "QGIS_AUTH_PASSWORD_FILE": str(secret),
        "QGIS_LOG_FILE": str(tmp_path / "qgis.log"),
        "QGIS_DEBUG": "9",
    }

    def tool(*command, given=""):
        return subprocess.run(
            [str(ROOT / "tools" / "env.sh"), *map(str, command)],
            input=given, capture_output=True, text=True, env=environment, timeout=200, check=False,
        )  # fmt: skip

    profile = home / "profiles" / "default"
    stored = tool("python", "-c", STORE, str(profile), given=f"{master}\n{canary}\n")
    key = stored.stdout.strip().splitlines()[-1]
    path = tmp_path / "目录.gpkg"
    printed = []
    with Server() as server:
        api(
            server,
            lambda asked: base64.b64decode(asked.headers.get("authorization", "")[6:]).decode() == f"twin:{canary}",
        )
        for url in (server.url("/api"), server.url("/nothing"), f"http://twin:{canary}@127.0.0.1:{server.port}/api"):
            given = {"inputs": {"URL": url, "AUTHCFG": key, "CATALOGUE": str(path)}}
            done = tool("qgis_process", "--json", "run", "twin:harvestservices", "-", given=json.dumps(given))
            printed.append(done.stdout + done.stderr)
            if url == server.url("/api"):
                assert done.returncode == 0, printed
                assert json.loads(done.stdout)["results"]["ADDED"] == 1
            else:
                assert done.returncode == 1
    secret.unlink()
    assert (profile / "qgis-auth.db").exists()
    assert found_in(tmp_path, canary, master) == []
    assert canary not in "".join(printed)


def test_the_search_itself_finds_secrets(canary, tmp_path):
    """What finds nothing must be able to find something."""
    (tmp_path / "a.txt").write_text(f"x{canary}y")
    with zipfile.ZipFile(tmp_path / "b.qgz", "w") as archive:
        archive.writestr("b.qgs", base64.b64encode(f"twin:{canary}".encode()))
    (tmp_path / "c.bin").write_bytes(canary.encode("utf-16-le"))
    assert {Path(name).name for name in found_in(tmp_path, canary)} == {"a.txt", "b.qgs", "b.qgz", "c.bin"}
