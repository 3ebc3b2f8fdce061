"""Layers of QGIS's own providers from records, against real servers, with nothing secret in what is saved."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import replace

import pytest

from tests.hostile import Server, reply
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Offset, ServiceRecord, record_id
from twin_plugin.core.web.fetch import WebError


def record(protocol, url, layer="", **values):
    title = values.pop("title", layer or "Made service 城")
    return ServiceRecord(record_id(protocol, url, layer), title, protocol, url, layer, **values)


def by_layer(records, part):
    return next(one for one in records if part in one.layer)


def test_ogc_api_features(layer_of, harvested, tipg, city):
    from qgis.core import QgsFeatureRequest, QgsRectangle

    layer = layer_of(by_layer(harvested(ServiceProtocol.OGC_FEATURES, tipg), "wells"))
    assert layer.dataProvider().name() == "OAPIF"
    box = (113.935, 22.495, 113.955, 22.515)
    found = layer.getFeatures(QgsFeatureRequest().setFilterRect(QgsRectangle(*box)))
    assert sorted(feature["name"] for feature in found) == sorted(r.values["name"] for r in city.within("wells", *box))


@pytest.mark.parametrize("server", ["qgis_server", "mapserver"])
def test_wfs(layer_of, harvested, request, server, city):
    url = request.getfixturevalue(server)
    layer = layer_of(by_layer(harvested(ServiceProtocol.WFS, url), "pipes"))
    assert layer.dataProvider().name() == "WFS"
    assert sum(1 for _ in layer.getFeatures()) == len(city.rows["pipes"])


@pytest.mark.parametrize("server", ["qgis_server", "mapserver"])
def test_wms_draws(layer_of, harvested, request, server, city):
    from qgis.core import QgsCoordinateReferenceSystem, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle
    from qgis.PyQt.QtCore import QSize

    url = request.getfixturevalue(server)
    layer = layer_of(by_layer(harvested(ServiceProtocol.WMS, url), "plots"))
    assert layer.dataProvider().name() == "wms"
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(QgsRectangle(113.93, 22.49, 113.96, 22.52))
    settings.setOutputSize(QSize(200, 200))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    colours = {picture.pixel(x, y) for x in range(0, 200, 3) for y in range(0, 200, 3)}
    assert len(colours) > 1, job.errors()


def test_files_and_tables(layer_of, harvested, city):
    layer = layer_of(by_layer(harvested(ServiceProtocol.FILE, str(city.path)), "plots"))
    assert (layer.featureCount(), layer.crs().authid()) == (len(city.rows["plots"]), "EPSG:4547")


def test_a_file_of_the_web_is_read_by_its_checked_address(layer_of):
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [114, 22.5]}}
    body = json.dumps({"type": "FeatureCollection", "features": [point]}).encode()
    from twin_plugin.bridge.services import qgis_layers

    with Server({"*": reply(body)}) as server:
        one = record(ServiceProtocol.FILE, server.url("/a/rain.geojson"))
        source = qgis_layers._web_file(one)
        assert source.uri == f"/vsicurl/{server.url('/a/rain.geojson')}"
        layer = qgis_layers.make(source)
        assert layer.featureCount() == 1
    for url in ("http://h/x.vrt", "http://u:p@h/x.tif", "file:///etc/passwd", "http://h/x"):
        with pytest.raises((InputError, WebError)):
            qgis_layers._web_file(record(ServiceProtocol.FILE, url))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A picture of one point.
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\0\x20\x40\x60\xff")),
        chunk(b"IEND", b""),
    )
)


def drawn(layer):
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsRectangle
    from qgis.PyQt.QtCore import QSize

    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(QgsRectangle(12000000, 2000000, 13000000, 3000000))
    settings.setOutputSize(QSize(256, 256))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()


def test_a_token_in_the_address_is_added_when_it_is_asked_and_never_saved(layer_of, login_for, canary, tmp_path):
    from qgis.core import QgsProject

    with Server({"*": reply(PNG, kind="image/png")}) as server, Server({"*": reply(PNG, kind="image/png")}) as other:
        name = login_for(server.url(), "天地图", "APIHeader", **{"?tk": canary})
        layer = layer_of(record(ServiceProtocol.XYZ, server.url("/img/{z}/{x}/{y}.png?T=vec_w"), auth=name))
        assert canary not in layer.source()
        drawn(layer)
        assert len(server.asked) > 1
        for asked in server.asked:
            assert f"tk={canary}" in asked.path
            assert "T=vec_w" in asked.path
            assert "twin-auth" not in asked.path
            assert canary not in repr(asked.headers)
        project = QgsProject()
        project.addMapLayer(layer)
        path = tmp_path / "saved.qgs"
        assert project.write(str(path))
        assert canary not in path.read_text(encoding="utf-8")
        # Somebody else's project cannot draw the token to another server, be it another port of the same host.
        stolen = layer.source().replace(str(server.port), str(other.port))
        from qgis.core import QgsRasterLayer

        drawn(QgsRasterLayer(stolen, "stolen", "wms"))
        assert other.asked
        assert canary not in repr(other.asked)


def test_credentials_are_named_in_the_source_only_for_their_own_server(login_for, canary, qgis_plugin):
    from twin_plugin.bridge.net import auth
    from twin_plugin.bridge.services import qgis_layers

    name = login_for("http://h")
    one = record(ServiceProtocol.WFS, "http://h/wfs", "a:b", auth=name)
    uri = qgis_layers._wfs(one, None).uri
    assert auth.id_of(name) in uri
    assert canary not in uri
    assert auth.id_of(name) not in qgis_layers._tiles(one, "http://other/{z}/{x}/{y}").uri


def test_what_does_not_answer_is_not_made_a_layer(layer_of):
    for protocol in (
        ServiceProtocol.WMS,
        ServiceProtocol.WFS,
        ServiceProtocol.XYZ,
        ServiceProtocol.OGC_FEATURES,
        ServiceProtocol.ARCGIS_MAP,
    ):
        with pytest.raises(InputError, match="was not added"):
            layer_of(record(protocol, "http://127.0.0.1:9/{z}/{x}/{y}", "x"))
    with pytest.raises(InputError, match="synthetic"):
        layer_of(record(ServiceProtocol.WMS, "http://127.0.0.1:9/", "x", made=True))


def test_what_has_no_provider_is_left_to_the_query(layer_of, harvested, tipg):
    assert layer_of(record(ServiceProtocol.STAC, "http://127.0.0.1:9/")) is None
    shifted = replace(by_layer(harvested(ServiceProtocol.OGC_FEATURES, tipg), "wells"), coord_offset=Offset.GCJ02)
    assert layer_of(shifted) is None


def test_shifted_tiles_are_told(layer_of):
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import qgis_layers

    with Server({"*": reply(PNG, kind="image/png")}) as server, http.opened() as fetch:
        one = record(ServiceProtocol.XYZ, server.url("/{z}/{x}/{y}.png"), coord_offset=Offset.GCJ02)
        assert "shifted" in qgis_layers.plan(one, fetch).notes[0]


def test_a_scene_of_3d_tiles(layer_of):
    volume = {"region": [1.98, 0.39, 1.99, 0.4, 0, 100]}
    root = {"boundingVolume": volume, "geometricError": 100, "refine": "ADD", "content": {"uri": "a.glb"}}
    tileset = {"asset": {"version": "1.1"}, "geometricError": 100, "root": root}
    with Server({"*": reply(json.dumps(tileset).encode())}) as server:
        layer = layer_of(record(ServiceProtocol.TILES_3D, server.url("/mesh/tileset.json")))
        assert layer.dataProvider().name() == "cesiumtiles"
        assert not layer.extent().isNull()


def test_vector_tiles_of_an_ogc_api(layer_of, harvested, tipg):
    found = by_layer(harvested(ServiceProtocol.OGC_FEATURES, tipg), "plots")
    layer = layer_of(record(ServiceProtocol.OGC_TILES, found.url, found.layer, crs=("EPSG:3857",)))
    assert type(layer).__name__ == "QgsVectorTileLayer"
    assert "{z}" in layer.sourcePath()


def test_every_provider_of_a_definition_row_is_one(qgis_plugin):
    from twin_plugin.bridge.services import protocols, qgis_layers

    assert {one.definition.provider for one in ServiceProtocol if one.definition.provider} == qgis_layers.PROVIDERS
    assert all(callable(protocols.adapter(one).query) for one in ServiceProtocol)
