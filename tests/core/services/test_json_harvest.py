"""Harvests of OGC APIs, Records, STAC and tiles: a record for each collection, and services behind links."""

from __future__ import annotations

import json
import math

import pyproj
import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import map_images, ogc_api, ogc_records, stac
from twin_plugin.core.services.protocols.service_links import target_of
from twin_plugin.core.services.protocols.service_metadata import box_of, crs_name, extent_of
from twin_plugin.core.services.record import Health, Link, ServiceRecord
from twin_plugin.core.web.fetch import Trouble, WebError

LOGIN = "https://" + "user:word@"
ITEMS = {"rel": "items", "type": "application/geo+json"}


def linked(name, **more):
    """A collection of features."""
    return {"id": name, "title": f"Title of {name}", "links": [{**ITEMS, "href": f"collections/{name}/items"}], **more}


def landing(path, collections, per_page=500):
    def answers(asked, parameters):
        if asked == path:
            return {"links": [{"rel": "data", "href": f"{path.rstrip('/')}/collections", "type": "application/json"}]}
        if asked == f"{path.rstrip('/')}/collections":
            start, size = int(parameters.get("offset", 0)), min(per_page, int(parameters.get("limit", 10)))
            links = [{"rel": "next", "href": f"?limit={size}&offset={start + size}"}]
            more = start + size < len(collections)
            return {"collections": collections[start : start + size], "links": links if more else []}
        return 404

    return answers


def test_thousands_of_collections_come_in_pages():
    collections = [linked(f"layer.{n}") for n in range(4321)]
    wire = Wire()
    with serving(landing("/", collections)) as url:
        records = list(ogc_api.harvest(url, "secret name", wire))
    assert [record.layer for record in records] == [f"layer.{n}" for n in range(4321)]
    assert len({record.id for record in records}) == 4321
    assert len(wire.requests) == 1 + 9
    assert {record.auth for record in records} == {"secret name"}
    assert {record.url for record in records} == {f"{url}/"}


def test_pages_that_break_off_are_an_error_after_what_came():
    """What a harvest does not see would count as gone."""

    def answers(path, parameters):
        if path == "/collections":
            links = [{"rel": "next", "href": "http://127.0.0.1:9/elsewhere?page=2"}]
            return {"collections": [linked("a")], "links": links}
        return 404

    with serving(answers) as url:
        records = ogc_api.harvest(f"{url}/collections", "", Wire())
        assert next(records).layer == "a"
        with pytest.raises(WebError, match="another server"):
            next(records)


def test_cancel_while_harvesting():
    with serving(landing("/", [linked(f"l{n}") for n in range(2000)])) as url, pytest.raises(Cancelled):
        list(ogc_api.harvest(url, "", Wire(), lambda fraction, text="": False))


def test_what_a_collection_says_is_kept_and_what_is_hostile_left_out():
    good = linked(
        "a", description="About", keywords=["水位", 5, None, "水位", "rain"],
        storageCrs="http://www.opengis.net/def/crs/EPSG/0/4490",
        crs=["http://www.opengis.net/def/crs/OGC/1.3/CRS84", "#/crs", 7],
        extent={"spatial": {"bbox": [[113.8, 22.4, -5, 114.6, 22.9, 300]]},
                "temporal": {"interval": [["2024-01-01", None]]}},
    )  # fmt: skip
    good["links"] += [
        {"href": f"{LOGIN}host/x?token=abc&a=1", "rel": "about"}, {"href": "javascript:1", "rel": "x"},
        {"href": 5}, "nonsense", {"href": "http://host/{z}", "templated": True},
    ]  # fmt: skip
    bad = [None, 7, {"title": "no id"}, {"id": 9, "links": []}, linked("b", extent="everywhere", keywords={"a": 1})]
    worse = linked("c", extent={"spatial": {"bbox": [[200, 0, "x", 1]]}, "temporal": {"interval": "now"}}, title=["x"])
    with serving(landing("/", [good, *bad, worse])) as url:
        a, b, c = ogc_api.harvest(url, "", Wire())
    assert a.title == "Title of a"
    assert a.keywords == ("水位", "rain")
    assert a.crs == ("EPSG:4490", "OGC:CRS84")
    assert a.box == BoundingBox(113.8, 22.4, 114.6, 22.9)
    assert (a.time_start, a.time_end) == ("2024-01-01T00:00:00Z", "")
    assert not any("word" in link.href or "abc" in link.href or "javascript" in link.href for link in a.links)
    assert (b.box, b.keywords) == (None, ())
    assert (c.title, c.box, c.time_start) == ("c", None, "")


def test_every_kind_of_collection_has_its_protocol():
    tiles = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    collections = [
        linked("features"),
        {**linked("both"), "links": [{**ITEMS, "href": "x"}, {"rel": tiles, "href": "t"}]},
        {"id": "tiles", "links": [{"rel": tiles, "href": "t"}]},
        {"id": "edr", "data_queries": {"position": {}}, "links": [{**ITEMS, "href": "x"}]},
        {"id": "nothing", "links": []},
        linked("catalogue", itemType="record"),
    ]
    wms = {"id": "r1", "type": "Feature", "geometry": None, "properties": {"title": "A map"},
           "links": [{"href": "http://maps.example/wms?SERVICE=WMS&layers=roads", "rel": "item"}]}  # fmt: skip
    plain = landing("/api", collections)

    def answers(path, parameters):
        return {"features": [wms]} if path == "/api/collections/catalogue/items" else plain(path, parameters)

    with serving(answers) as url:
        records = list(ogc_api.harvest(f"{url}/api", "", Wire()))
        assert [(record.layer, record.protocol) for record in records] == [
            ("features", ServiceProtocol.OGC_FEATURES),
            ("both", ServiceProtocol.OGC_FEATURES),
            ("tiles", ServiceProtocol.OGC_TILES),
            ("edr", ServiceProtocol.OGC_EDR),
            ("catalogue", ServiceProtocol.OGC_RECORDS),
            ("roads", ServiceProtocol.WMS),
        ]
        assert records[-1].url == "http://maps.example/wms"


@pytest.mark.parametrize("reply", [{"hello": 1}, {"links": 5}])
def test_what_is_no_api_is_told(reply):
    with serving(lambda path, parameters: reply) as url, pytest.raises(WebError) as error:
        list(ogc_api.harvest(url, "", Wire()))
    assert error.value.trouble is Trouble.BAD_REPLY


TARGETS = {
    ("http://h/wms?service=WMS&request=GetCapabilities", "", ""): (ServiceProtocol.WMS, "http://h/wms", ""),
    ("http://h/ows?map=a&layers=roads", "OGC:WMS", ""): (ServiceProtocol.WMS, "http://h/ows?map=a", "roads"),
    ("http://h/ows", "OGC:WFS-1.1.0-http-get-capabilities", ""): (ServiceProtocol.WFS, "http://h/ows", ""),
    ("http://h/wmts/1.0.0/WMTSCapabilities.xml", "", ""): (
        ServiceProtocol.WMTS, "http://h/wmts/1.0.0/WMTSCapabilities.xml", ""),
    ("http://h/rest/services/Water/FeatureServer/3", "ESRI:ArcGIS REST", ""): (
        ServiceProtocol.ARCGIS_FEATURES, "http://h/rest/services/Water/FeatureServer", "3"),
    ("http://h/rest/services/Base/MapServer?f=pjson", "", ""): (
        ServiceProtocol.ARCGIS_MAP, "http://h/rest/services/Base/MapServer", ""),
    ("http://h/api/collections/a%3Ab/items?f=json", "", ""): (ServiceProtocol.OGC_FEATURES, "http://h/api", "a:b"),
    ("http://h/api/collections/x/position", "", ""): (ServiceProtocol.OGC_EDR, "http://h/api", "x"),
    ("http://h/FROST/v1.1/Things", "", ""): (ServiceProtocol.SENSORTHINGS, "http://h/FROST/v1.1", ""),
    ("http://h/tiles/{z}/{x}/{y}.png", "", ""): (ServiceProtocol.XYZ, "http://h/tiles/{z}/{x}/{y}.png", ""),
    ("http://h/mesh/tileset.json", "", ""): (ServiceProtocol.TILES_3D, "http://h/mesh/tileset.json", ""),
    ("http://h/x", "", "application/vnd.ogc.wms_xml"): (ServiceProtocol.WMS, "http://h/x", ""),
    ("http://h/report.pdf", "", "application/pdf"): None,
    ("file:///etc/passwd?service=WMS", "", ""): None,
    ("http://h/{a}/wms?service=WMS", "", ""): None,
    ("ftp://h/x?service=WFS", "OGC:WFS", ""): None,
}  # fmt: skip


@pytest.mark.parametrize("given", TARGETS)
def test_a_link_leads_to_its_service(given):
    href, protocol, kind = given
    found = target_of(Link(href, protocol=protocol, type=kind))
    assert (None if found is None else (found.protocol, found.url, found.layer)) == TARGETS[given]


def test_secrets_in_links_stay_out_of_the_catalogue():
    found = target_of(Link(f"{LOGIN}h/wms?service=WMS&token=abc&map=a"))
    assert found.url == "https://h/wms?map=a"


def test_records_of_older_drafts_and_hostile_ones():
    rows = [
        {"id": "a", "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 4], [1, 2]]]},
         "time": {"interval": ["2020-01-01", ".."]},
         "properties": {"title": "A", "themes": [{"concepts": [{"id": "water"}, "rain", 5]}, None], "keywords": "a,b"},
         "links": [{"href": "http://h/wfs?service=WFS&typenames=t", "rel": "item"}]},
        {"id": "b", "geometry": {"type": "Polygon", "coordinates": "x"}, "properties": None, "links": "none"},
        {"id": "c", "properties": {"title": "C"}, "links": [{"href": "http://h/c.pdf"}]},
        {"id": "d", "properties": {"title": "D"}, "linkTemplates": [{"uriTemplate": "http://h/{z}/{x}/{y}"}]},
        {"id": "e", "properties": {"title": "E"},
         "links": [{"href": "http://h/e/wms?service=WMS"}, {"href": "http://h/e/wfs?service=WFS"}]},
    ]  # fmt: skip
    with serving(lambda path, parameters: {"features": rows}) as url:
        records = list(ogc_records.harvest(f"{url}/collections/cat", "", Wire()))
    assert [(r.title, r.protocol) for r in records] == [
        ("A", ServiceProtocol.WFS),
        ("D", ServiceProtocol.XYZ),
        ("E (wms)", ServiceProtocol.WMS),
        ("E (wfs)", ServiceProtocol.WFS),
    ]
    assert records[0].box == BoundingBox(1, 2, 3, 4)
    assert records[0].themes == ("water", "rain")
    assert records[0].keywords == ("a", "b")
    assert (records[0].time_start, records[0].layer) == ("2020-01-01T00:00:00Z", "t")


def item(number):
    return {"type": "Feature", "id": f"s{number}", "geometry": {"type": "Point", "coordinates": [number, 0]},
            "properties": {"datetime": f"2024-01-0{number}T00:00:00Z", "cloud": number * 10},
            "assets": {"data": {"href": f"http://h/{number}.tif?token=abc"}}}  # fmt: skip


def test_a_static_catalogue_is_read_from_its_files():
    files = {
        "/catalog.json": {"type": "Catalog", "stac_version": "1.0.0", "id": "root", "description": "d", "links": [
            {"rel": "child", "href": "./images/collection.json"}, {"rel": "child", "href": "http://127.0.0.1:9/x.json"},
            {"rel": "child", "href": "./missing.json"}, {"rel": "child", "href": "catalog.json"}]},
        "/images/collection.json": {"type": "Collection", "stac_version": "1.0.0", "id": "images", "title": "影像",
                                    "extent": {"spatial": {"bbox": [[0, -1, 9, 1]]}},
                                    "links": [{"rel": "item", "href": f"{n}.json"} for n in (1, 2, 3)]},
        **{f"/images/{n}.json": item(n) for n in (1, 2, 3)},
    }  # fmt: skip
    with serving(lambda path, parameters: files.get(path, 404)) as url:
        came = stac.harvest(f"{url}/catalog.json", "", Wire())
        record = next(came)
        with pytest.raises(WebError, match="could not be read"):
            next(came)
        assert (record.title, record.box) == ("影像", BoundingBox(0, -1, 9, 1))
        query = Query(time="2024-01-02T00:00:00Z/..", filter=parse("cloud < 30"))
        found = stac.Stac().query(record, query, Wire())
        rows = [row for page in found.pages for row in page]
    assert [row.id for row in rows] == ["s2"]
    assert "abc" not in json.dumps([row.values["assets"] for row in rows])
    assert any("read whole" in note for note in found.notes)


def test_the_files_of_a_static_catalogue_are_counted():
    child = {"rel": "child", "href": "b.json"}
    files = {
        "/a.json": {"type": "Catalog", "stac_version": "1.0.0", "id": "a", "description": "d", "links": [child]},
        "/b.json": {"type": "Collection", "stac_version": "1.0.0", "id": "b", "extent": {}, "links": []},
    }
    told = []
    with serving(lambda path, parameters: files.get(path, 404)) as url:
        (record,) = stac.harvest(f"{url}/a.json", "", Wire(), lambda done, text="": not told.append(str(text)))
    assert record.url.endswith("/b.json")
    assert [text for text in told if text.endswith("catalogues")] == ["0 catalogues", "1 catalogues"]


def test_a_static_catalogue_that_is_gone_is_no_empty_one():
    with serving(lambda path, parameters: 404) as url, pytest.raises(WebError) as error:
        list(stac.harvest(f"{url}/catalog.json", "", Wire()))
    assert error.value.trouble is Trouble.NOT_FOUND


def test_a_stac_api_is_asked():
    asked = []

    def answers(path, parameters):
        asked.append((path, parameters))
        if path == "/":
            return {"stac_version": "1.0.0", "links": [{"rel": "data", "href": "/collections"}]}
        if path == "/collections":
            return {"collections": [{"id": "images", "extent": {}, "links": []}], "links": []}
        if path == "/collections/images":
            return {"id": "images", "links": []}
        if path == "/collections/images/items":
            start = int(parameters.get("token", 0))
            links = [{"rel": "next", "href": f"{path}?token={start + 2}"}] if start < 2 else []
            return {"features": [item(n) for n in (start + 1, start + 2)], "links": links}
        return 404

    with serving(answers) as url:
        (record,) = stac.harvest(url, "", Wire())
        assert stac.Stac().probe(record, Wire()).health is Health.ALIVE
        found = registry.adapter(record.protocol).query(record, Query(box=BoundingBox(-1, -1, 9, 1)), Wire())
        rows = [row for page in found.pages for row in page]
    assert [row.id for row in rows] == ["s1", "s2", "s3", "s4"], "a paging token is no secret"
    assert next(p for path, p in asked if path.endswith("/items"))["bbox"] == "-1,-1,9,1"
    assert shapely.from_wkb(rows[0].geometry).x == 1


def test_tiles_are_probed_where_they_are_and_never_queried():
    asked = []

    def answers(path, parameters):
        asked.append(path)
        return 404 if path.endswith("/0.png") else b"\x89PNG"

    with serving(answers) as url:
        record = ServiceRecord(
            "x", "Map", ServiceProtocol.XYZ, f"{url}/{{z}}/{{x}}/{{y}}.png", box=BoundingBox(113.7, 22.4, 114.3, 22.8)
        )
        # The server of the test says JSON, which is no picture.
        assert map_images.Xyz().probe(record, Wire()).health is Health.DEAD
        zoom, x, y = asked[0].removesuffix(".png").strip("/").split("/")
        east, north = pyproj.Transformer.from_crs(4326, 3857, always_xy=True).transform(114.0, 22.6)
        half = math.pi * 6378137
        assert zoom == "9"
        assert (int(x), int(y)) == (int((east + half) / half / 2 * 512), int((half - north) / half / 2 * 512))
        with pytest.raises(InputError, match="pictures"):
            map_images.Xyz().query(record, Query(), Wire())


def test_a_tileset_and_tiles_of_an_api():
    region = [1.9, 0.39, 1.95, 0.4, 0, 100]
    tileset = {"asset": {"version": "1.1"}, "root": {"boundingVolume": {"region": region}}}
    link = {"rel": "item", "href": "tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}?f=mvt", "type": "mvt"}
    matrix = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    listed = {"tilesets": [{"tileMatrixSetURI": matrix, "links": [link]}]}
    files = {"/t/tileset.json": tileset, "/collections/c/tiles": listed, "/collections/c": {"id": "c", "links": []}}
    with serving(lambda path, parameters: files.get(path, 404)) as url:
        mesh = ServiceRecord("x", "Mesh", ServiceProtocol.TILES_3D, f"{url}/t/tileset.json")
        assert map_images.Tiles3d().probe(mesh, Wire()).health is Health.ALIVE
        assert map_images.Tiles3d().describe(mesh, Wire()).box.west == pytest.approx(108.862, abs=1e-3)
        tiles = ServiceRecord("x", "Tiles", ServiceProtocol.OGC_TILES, url, "c")
        assert map_images.OgcTiles().probe(tiles, Wire()).health is Health.ALIVE
        template = map_images.OgcTiles().describe(tiles, Wire()).extra["template"]
        assert template == f"{url}/collections/c/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}?f=mvt"


@pytest.mark.parametrize(
    ("value", "box"),
    [
        ([1, 2, 3, 4], BoundingBox(1, 2, 3, 4)),
        ([1, 2, 0, 3, 4, 9], BoundingBox(1, 2, 3, 4)),
        ([170, 2, -170, 4], BoundingBox(170, 2, -170, 4)),
        ([-180, -90, 180, 90], BoundingBox(-180, -90, 180, 90)),
        ([1, 2, 1, 2], BoundingBox(1, 2, 1, 2)),
        ([-180.1, 2, 3, 4], BoundingBox(-180, 2, 3, 4)),
        ([1, 2, 180.1, 4], BoundingBox(1, 2, 180, 4)),
        ([1, -90.1, 3, 4], BoundingBox(1, -90, 3, 4)),
        ([1, 2, 3, 90.1], BoundingBox(1, 2, 3, 90)),
        ([1, 4, 3, 2], BoundingBox(1, 2, 3, 4)),
        ([0, -90, 360, 90], BoundingBox(-180, -90, 180, 90)),
        ([1, 2, 3], None),
        (["1", 2, 3, 4], None),
        ([500000, 2500000, 500001, 2500001], None),
        (None, None),
        ([True, 2, 3, 4], None),
        ([1, 2, 10**400, 4], None),
    ],
)
def test_boxes(value, box):
    assert box_of(value) == box


def test_extents_in_other_systems_are_converted():
    metres = {"bbox": [[2486000, 467000, 2540000, 560000]], "crs": "http://www.opengis.net/def/crs/EPSG/0/4547"}
    box = extent_of({"extent": {"spatial": metres}})[0]
    assert (box.west, box.east) == pytest.approx((113.68, 114.59), abs=0.01)
    turned = {"bbox": [[22.4, 113.7, 22.9, 114.6]], "crs": "http://www.opengis.net/def/crs/EPSG/0/4326"}
    assert extent_of({"extent": {"spatial": turned}})[0] == BoundingBox(113.7, 22.4, 114.6, 22.9)


@pytest.mark.parametrize(("value", "name"), [
    ("http://www.opengis.net/def/crs/EPSG/0/4547", "EPSG:4547"), ("urn:ogc:def:crs:EPSG::4490", "EPSG:4490"),
    ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"), ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
    ("[EPSG:4326]", "EPSG:4326"), ("#/crs", ""), (5, ""), ("", ""),
])  # fmt: skip
def test_names_of_crs(value, name):
    assert crs_name(value) == name
