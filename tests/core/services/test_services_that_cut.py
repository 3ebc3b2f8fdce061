"""Services that are strict, limited or cut: all rows come, or what may be missing is said."""

from __future__ import annotations

import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from tests.core.services.test_xml_hostile import WFS, capabilities, collection, page_of, wfs
from twin_plugin.core.common.remarks import collected
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols.fields import Casts
from twin_plugin.core.services.protocols.sensorthings_client import Stream
from twin_plugin.core.services.protocols.sensorthings_observations import FIELDS, observed
from twin_plugin.core.services.record import ServiceRecord


def feature(number):
    place = {"type": "Point", "coordinates": [113.9 + number * 1e-5, 22.5]}
    return {"type": "Feature", "id": number, "geometry": place, "properties": {"n": number}}


def api(items, refuses=lambda parameters: 0, own=None):
    """Answers of an OGC API with one collection, whose features are `items(parameters)`."""

    def answers(path, given):
        if own and own.items() - given.items():
            return 400
        if status := refuses(given):
            return status
        collection = {"id": "c", "links": [{"rel": "items", "href": "/collections/c/items"}]}
        return {
            "": {"links": [{"rel": "data", "href": "/collections"}]},
            "/conformance": {"conformsTo": []},
            "/collections": {"collections": [collection], "links": []},
            "/collections/c": collection,
            "/collections/c/items": items(given) if path.endswith("items") else {},
        }.get(path.rstrip("/"), 404)

    return answers


def harvested(answers, protocol=ServiceProtocol.OGC_FEATURES, path="", parameters=""):
    """Records and remarks of a harvest."""
    with serving(answers) as url, collected() as remarks:
        found = list(registry.harvest(protocol)(url + path + parameters, "", Wire(), lambda *_: True))
    return found, remarks.texts()


def asked(answers, protocol=ServiceProtocol.OGC_FEATURES, layer="c", parameters="", path=""):
    """Rows and notes of a query for everything."""
    with serving(answers) as url:
        record = ServiceRecord("x", "x", protocol, url + path + parameters, layer)
        found = registry.adapter(protocol).query(record, Query(), Wire())
        return [row for page in found.pages for row in page], found.notes


def page(numbers, **more):
    return {"type": "FeatureCollection", "features": [feature(number) for number in numbers], **more}


def test_a_strict_api_is_asked_without_the_parameter_that_it_refuses():
    """Test 21 of the standard: 400 to parameters that it does not know; `limit` is none of its list's."""
    strict = api(lambda given: page(range(5), numberMatched=5), lambda given: 400 if given.get("limit") == "500" else 0)
    assert [record.layer for record in harvested(strict)[0]] == ["c"]


@pytest.mark.parametrize("status", [400, 413, 422, 500])
def test_an_api_with_a_limit_of_its_own_is_asked_for_fewer(status):
    def items(given):
        size, start = int(given.get("limit", 10)), int(given.get("token", 0))
        links = [{"rel": "next", "href": f"/collections/c/items?limit={size}&token={start + size}"}]
        return page(range(start, min(300, start + size)), numberMatched=300, links=links if start + size < 300 else [])

    limited = api(items, lambda given: status if int(given.get("limit", 10)) > 267 else 0)
    assert [record.layer for record in harvested(limited)[0]] == ["c"]
    rows, notes = asked(limited)
    assert ([row.values["n"] for row in rows], notes) == (list(range(300)), [])


def test_a_service_that_refuses_everything_is_told():
    with pytest.raises(Exception, match="answered 500"):
        asked(api(lambda given: page([]), lambda given: 500 if "limit" in given or not given else 0))


def test_parameters_of_the_address_go_along():
    own = {"api-version": "2.0"}
    answers = api(lambda given: page(range(3), numberMatched=3), own=own)
    records, _ = harvested(answers, parameters="?api-version=2.0&f=json&limit=1")
    assert "api-version=2.0" in records[0].url
    rows, _ = asked(answers, parameters="?api-version=2.0")
    assert len(rows) == 3


def test_rows_without_a_next_link_are_gone_on_for_by_offset():
    def items(given):
        start = int(given.get("offset", 0))
        return page(range(start, min(35, start + 10)), numberMatched=35)

    rows, notes = asked(api(items))
    assert ([row.values["n"] for row in rows], notes) == (list(range(35)), [])


def test_a_server_that_ignores_the_offset_is_noted():
    rows, notes = asked(api(lambda given: page(range(10), numberMatched=35)))
    assert len(rows) == 10
    assert any("35" in note for note in notes)
    rows, notes = asked(api(lambda given: page(range(10), numberMatched=35), lambda given: 400 * ("offset" in given)))
    assert len(rows) == 10
    assert any("Truncated" in note for note in notes)


def test_rows_are_asked_for_beyond_where_neither_total_nor_link_are_given():
    def items(given):
        start = int(given.get("offset", 0))
        return page(range(start, min(35, start + 10)))

    rows, notes = asked(api(items))
    assert ([row.values["n"] for row in rows], notes) == (list(range(35)), [])
    assert isinstance(rows[0].values["n"], (int, float))


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("status", [0, 400, 404, 500])
def test_a_server_without_an_offset_has_sent_all(status, keys):
    """It refuses the parameter, or sends the same again: that is neither a fault nor a page more."""
    rows = [feature(number) for number in range(10)]
    for row in rows if not keys else ():
        del row["id"]
    whole = {"type": "FeatureCollection", "features": rows}
    found, notes = asked(api(lambda given: whole, lambda given: status * ("offset" in given)))
    assert ([row.values["n"] for row in found], notes) == (list(range(10)), [])
    assert isinstance(found[0].values["n"], int)


def test_no_row_is_asked_for_beyond_a_total_a_link_or_nothing():
    for more in ({"numberMatched": 3}, {"links": [{"rel": "next", "href": "/collections/c/items?token=2"}]}):
        asked_for = []

        def items(given, more=more, asked_for=asked_for):
            asked_for.append(given)
            return page(range(3, 5)) if "token" in given else page(range(3), **more)

        assert len(asked(api(items))[0]) == 3 + 2 * ("links" in more)
        assert not any("offset" in given for given in asked_for)
    asked_for.clear()
    assert asked(api(lambda given: asked_for.append(given) or page([]))) == ([], [])
    assert not any("offset" in given for given in asked_for)


def test_that_more_may_be_there_is_noted_where_asking_for_it_fails():
    rows, notes = asked(api(lambda given: page(range(10)), lambda given: 503 * ("offset" in given)))
    assert len(rows) == 10
    assert any("is not known" in note for note in notes)


def test_collections_without_a_next_link_are_gone_on_for():
    every = [{"id": f"c{n}", "links": [{"rel": "items", "href": f"/collections/c{n}/items"}]} for n in range(25)]

    def answers(path, given):
        start = int(given.get("offset", 0))
        return {"collections": every[start : start + 10], "links": [], "numberMatched": 25}

    assert len(harvested(answers, path="/collections")[0]) == 25


def test_pages_that_fail_in_the_middle_leave_what_came():
    def items(given):
        start = int(given.get("offset", 0))
        links = [{"rel": "next", "href": f"/collections/c/items?offset={start + 10}"}]
        return page(range(start, start + 10), numberMatched=35, links=links)

    rows, notes = asked(api(items, lambda given: 500 if given.get("offset") == "20" else 0))
    assert len(rows) == 20
    assert any("Truncated after 20 rows" in note for note in notes)
    assert not any("count is wrong" in note for note in notes)

    def features(given):
        return 500 if int(given.get("STARTINDEX", 0)) >= 2000 else collection(page_of(given, 3500), "3500")

    rows, notes = asked(wfs(features), ServiceProtocol.WFS, "t0")
    assert len(rows) == 2000
    assert any("Truncated after 2,000 rows" in note for note in notes)


def test_no_features_may_be_null():
    assert asked(api(lambda given: {"type": "FeatureCollection", "features": None})) == ([], [])


REFUSED = (
    b'<ows:ExceptionReport xmlns:ows="x"><ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>Cannot do '
    b"natural order without a primary key</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
)


def test_a_view_without_key_is_sorted():
    """GeoServer: the order of the first page would not be that of the others."""

    def features(given):
        if "STARTINDEX" in given and "SORTBY" not in given:
            return REFUSED
        numbers = list(range(2500)) if "SORTBY" in given else list(range(2499, -1, -1))
        return collection([numbers[place] for place in page_of(given, 2500)], "2500")

    rows, notes = asked(wfs(features), ServiceProtocol.WFS, "t0")
    assert [row.values["level"] for row in rows] == list(range(2500))
    assert any("sorts by level" in note for note in notes)


OLD = b"""<WFS_Capabilities version="1.0.0" xmlns="http://www.opengis.net/wfs"><FeatureTypeList><FeatureType>
<Name>t0</Name><SRS>EPSG:4326</SRS></FeatureType></FeatureTypeList></WFS_Capabilities>"""


@pytest.mark.parametrize(("count", "noted"), [(1000, True), (1024, True), (999, False), (7, False)])
def test_an_old_service_at_a_round_number_may_hold_back_others(count, noted):
    rows, notes = asked(wfs(lambda given: collection(range(count)), lambda: OLD), ServiceProtocol.WFS, "t0")
    assert len(rows) == count
    assert any("may hold back" in note for note in notes) == noted


def polygon(srs, positions, attributes=""):
    ring = f"<gml:LinearRing><gml:posList{attributes}>{positions}</gml:posList></gml:LinearRing>"
    return (
        f'<wfs:FeatureCollection {WFS} numberMatched="1"><wfs:member><t0 gml:id="a"><geom><gml:Polygon srsName="{srs}">'
        f"<gml:exterior>{ring}</gml:exterior></gml:Polygon></geom></t0></wfs:member></wfs:FeatureCollection>"
    ).encode()


FLAT = "22.50 113.90 22.50 113.91 22.51 113.91 22.50 113.90 22.50 113.90 22.50 113.90"
HIGH = "22.50 113.90 10 22.50 113.91 10 22.51 113.91 10 22.50 113.90 10"


@pytest.mark.parametrize(
    ("srs", "positions", "attributes", "has_z"),
    [
        ("urn:ogc:def:crs:EPSG::4979", HIGH, "", True),
        ("urn:ogc:def:crs:EPSG::4326", HIGH, "", True),
        ("urn:ogc:def:crs:EPSG::4326", HIGH, ' srsDimension="3"', True),
        ("urn:ogc:def:crs:EPSG::4326", FLAT, "", False),
        ("urn:ogc:def:crs:EPSG::4326", FLAT, ' srsDimension="2"', False),
    ],
)
def test_heights_that_no_attribute_tells(srs, positions, attributes, has_z):
    answers = wfs(lambda given: polygon(srs, positions, attributes) if "RESULTTYPE" not in given else REFUSED)
    rows, _ = asked(answers, ServiceProtocol.WFS, "t0")
    shape = shapely.from_wkb(rows[0].geometry)
    assert shape.has_z == has_z
    assert shape.bounds == (113.9, 22.5, 113.91, 22.51)


def test_geojson_in_metres_that_names_no_system_is_that_of_its_layer():
    described = capabilities(crs="urn:ogc:def:crs:EPSG::2326").replace(
        b"</DefaultCRS>", b"</DefaultCRS><OutputFormats><Format>application/json</Format></OutputFormats>"
    )
    point = {"type": "Feature", "id": "1", "geometry": {"type": "Point", "coordinates": [835000, 815000]}}
    answers = wfs(lambda given: {"type": "FeatureCollection", "features": [point]}, lambda: described)
    rows, notes = asked(answers, ServiceProtocol.WFS, "t0")
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y) == pytest.approx((114.1646, 22.2738), abs=1e-3)
    assert any("taken for EPSG:2326" in note for note in notes)
    degrees = described.replace(b"2326", b"4326")
    with pytest.raises(Exception, match="no degrees"):
        asked(
            wfs(lambda given: {"type": "FeatureCollection", "features": [point]}, lambda: degrees),
            ServiceProtocol.WFS,
            "t0",
        )


def test_other_services_of_arcgis_are_named():
    def answers(path, given):
        if path.endswith("/FeatureServer"):
            return {"currentVersion": 10.9, "layers": [{"id": 0, "name": "Lamps"}]}
        kinds = ("FeatureServer", "ImageServer", "SceneServer", "VectorTileServer")
        return {"currentVersion": 10.9, "services": [{"name": f"s{kind}", "type": kind} for kind in kinds]}

    records, remarks = harvested(answers, ServiceProtocol.ARCGIS_FEATURES, "/rest/services")
    assert len(records) == 1
    for kind in ("ImageServer", "SceneServer", "VectorTileServer"):
        assert any(f"'s{kind}' ({kind}) was left out" in text for text in remarks)
    assert len(remarks) == 3


def test_collections_that_are_not_read_are_named():
    """Coverages and maps of OGC APIs, and nothing else."""
    kinds = {"a": "items", "b": "http://www.opengis.net/def/rel/ogc/1.0/coverage", "c": "map"}
    every = [{"id": k, "title": f"Layer {k}", "links": [{"rel": rel, "href": f"/x/{k}"}]} for k, rel in kinds.items()]
    records, remarks = harvested(lambda path, given: {"collections": every, "links": []}, path="/collections")
    assert [record.layer for record in records] == ["a"]
    assert len(remarks) == 1
    assert "2 collections" in remarks[0]
    assert "Layer b, Layer c." in remarks[0]


def test_parts_of_a_catalogue_on_other_servers_are_named():
    def answers(path, given):
        links = [{"rel": "child", "href": "a.json"}, {"rel": "child", "href": "http://other.example/b.json"}]
        kind = "Catalog" if path.endswith("catalog.json") else "Collection"
        extent = {"spatial": {"bbox": [[113, 22, 114, 23]]}}
        return {
            "type": kind,
            "stac_version": "1.0.0",
            "id": path,
            "extent": extent,
            "links": links[: 2 * (kind == "Catalog")],
        }

    _, remarks = harvested(answers, ServiceProtocol.STAC, "/catalog.json")
    assert len(remarks) == 1
    assert "other.example" in remarks[0]


@pytest.mark.parametrize(
    ("result", "value", "text"),
    [
        ("1.25", 1.25, None),
        (1.5, 1.5, None),
        ("NaN", None, None),
        ("dry", None, "dry"),
        ("", None, None),
        (True, None, "true"),
    ],
)
def test_numbers_in_texts_are_numbers(result, value, text):
    stream = Stream(1, "d", "m", "level", "s", "1", "g", None, (None, None), {})
    row = observed(stream, {"@iot.id": 1, "phenomenonTime": "2024-06-01T08:00:00Z", "result": result}, Casts(FIELDS))
    assert (row.values["value"], row.values["text"]) == (value, text)


def arcgis(cap, total, **more):
    """A layer of so many rows, of which the server gives `cap` at once and may not say that there are others."""
    layer = {
        "id": 0, "type": "Feature Layer", "currentVersion": 10.9, "objectIdField": "OBJECTID",
        "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}], "maxRecordCount": 1000,
        "advancedQueryCapabilities": {"supportsPagination": True}, **more,
    }  # fmt: skip

    def answers(path, given):
        if not path.endswith("query"):
            return layer
        start = int(given["resultOffset"])
        end = min(total, start + min(int(given["resultRecordCount"]), cap))
        return {
            "features": [{"attributes": {"OBJECTID": k}, "geometry": {"x": 114, "y": 22}} for k in range(start, end)]
        }

    return answers


@pytest.mark.parametrize(("cap", "total"), [(500, 2300), (500, 500), (200, 230), (1000, 2300), (5000, 37)])
def test_an_arcgis_server_that_cuts_below_its_own_word(cap, total):
    rows, notes = asked(arcgis(cap, total), ServiceProtocol.ARCGIS_FEATURES, "0", path="/W/FeatureServer")
    assert (len(rows), notes) == (total, [])


def test_a_next_link_that_forgets_the_filter_keeps_it():
    conforms = [f"http://www.opengis.net/spec/{part}/conf/{name}" for part, name in (
        ("ogcapi-features-3/1.0", "filter"), ("ogcapi-features-3/1.0", "features-filter"), ("cql2/1.0", "cql2-text"),
        ("cql2/1.0", "basic-cql2"))]  # fmt: skip

    def answers(path, given):
        if not path.endswith("items"):
            return {"id": "c", "links": [], "conformsTo": conforms}
        start = int(given.get("offset", 0))
        numbers = [n for n in range(100) if n >= 50 or "filter" not in given]
        links = [{"rel": "next", "href": f"/collections/c/items?offset={start + 10}&limit=10"}]
        return page(numbers[start : start + 10], links=links if start + 10 < len(numbers) else [])

    with serving(answers) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.OGC_FEATURES, url, "c")
        found = registry.adapter(ServiceProtocol.OGC_FEATURES).query(record, Query(filter=parse("n >= 50")), Wire())
        assert sorted(row.values["n"] for rows in found.pages for row in rows) == list(range(50, 100))


@pytest.mark.parametrize(
    ("extent", "time", "noted"),
    [
        ({}, "2024-09-07T00:00:00Z/2024-09-07T02:00:00Z", True),
        ({"temporal": {"interval": [[None, None]]}}, "2024-09-07T00:00:00Z/2024-09-07T02:00:00Z", False),
        ({}, "", False),
    ],
)
def test_a_service_without_a_span_of_time_may_pass_over_the_time(extent, time, noted):
    def answers(path, given):
        return page(range(5)) if path.endswith("items") else {"id": "c", "links": [], "extent": extent}

    with serving(answers) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.OGC_FEATURES, url, "c")
        found = registry.adapter(ServiceProtocol.OGC_FEATURES).query(record, Query(time=time), Wire())
        assert sum(len(rows) for rows in found.pages) == 5
        assert ("names no span of time" in " ".join(found.notes)) == noted


def test_a_next_link_with_a_token_is_left_as_it_is():
    def items(given):
        if "token" in given:
            return page(range(10, 12)) if given.keys() == {"token"} else 400
        return page(range(10), links=[{"rel": "next", "href": "/collections/c/items?token=x"}])

    assert len(asked(api(items))[0]) == 12


def test_links_to_the_inner_name_of_a_server_are_asked_at_its_own_address():
    """A server behind a proxy that does not know its name; the host is another, the place the same."""

    def items(given):
        start = int(given.get("offset", 0))
        link = f"http://geoserver:8080/inner/collections/c/items?offset={start + 10}&limit=10"
        return page(range(start, min(35, start + 10)), numberMatched=35, links=[{"rel": "next", "href": link}])

    rows, notes = asked(api(lambda given: {**items(given), **({"links": []} if given.get("offset") == "30" else {})}))
    assert [row.values["n"] for row in rows] == list(range(35))
    assert notes == ["Links of the service lead to another address: its pages were asked for at its own."]


@pytest.mark.parametrize(
    "link",
    [
        "http://other.example/steal?offset=10",
        "http://other.example/collections/d/items?offset=10",
        "http://other.example/",
    ],
)
def test_links_to_another_place_are_not_followed(link):
    rows, notes = asked(api(lambda given: page(range(10), numberMatched=35, links=[{"rel": "next", "href": link}])))
    assert len(rows) == 10
    assert any("Truncated" in note and "other.example" in note for note in notes)
    assert any("35 features match and sent 10." in note for note in notes)


@pytest.mark.parametrize("offset", ["refused", "ignored"])
@pytest.mark.parametrize("at_once", [1000, 70])
def test_an_arcgis_server_without_pages_against_its_word(offset, at_once):
    """pyesridump, ArcREST 241: `supportsPagination`, and the offset is refused or changes nothing."""
    paged, total = arcgis(500, 1234), 1234

    def answers(path, given):
        if not path.endswith("query"):
            return paged(path, given)
        if given.get("returnIdsOnly") == "true":
            return {"objectIds": list(range(total))}
        if "objectIds" in given:
            numbers = [int(text) for text in given["objectIds"].split(",")][:at_once]
            return {"features": [{"attributes": {"OBJECTID": k}, "geometry": {"x": 114, "y": 22}} for k in numbers]}
        if offset == "refused":
            return {"error": {"code": 400, "message": "Pagination is not supported."}}
        return {**paged(path, {**given, "resultOffset": "0"}), "exceededTransferLimit": True}

    rows, notes = asked(answers, ServiceProtocol.ARCGIS_FEATURES, "0", path="/W/FeatureServer")
    assert sorted(row.values["OBJECTID"] for row in rows) == list(range(total))
    assert notes == ["The service has no pages, against its word: its rows were asked for by their ids."]


def test_an_arcgis_server_that_goes_round_and_has_no_ids_is_noted():
    paged = arcgis(500, 1234)

    def answers(path, given):
        if given.get("returnIdsOnly") == "true":
            return {"error": {"code": 400, "message": "No ids."}}
        return {**paged(path, {**given, "resultOffset": "0"}), "exceededTransferLimit": True}

    rows, notes = asked(answers, ServiceProtocol.ARCGIS_FEATURES, "0", path="/W/FeatureServer")
    assert len(rows) == 500
    assert any("same rows again" in note for note in notes)
