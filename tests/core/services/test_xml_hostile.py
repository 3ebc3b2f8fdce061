"""XML services that err: pages that come round, wrong counts, errors in every form, thousands of layers."""

from __future__ import annotations

import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.remarks import collected
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, ServiceRecord
from twin_plugin.core.web.fetch import Trouble, WebError

WFS = 'xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"'
URN = "urn:ogc:def:crs:EPSG::4326"


def go_on(*_):
    return True


def rows_of(features):
    return [row for page in features.pages for row in page]


def capabilities(version="2.0.0", types=1, crs=URN):
    listed = "".join(
        f"<FeatureType><Name>t{k}</Name><Title>层 {k}</Title><DefaultCRS>{crs}</DefaultCRS><ows:WGS84BoundingBox>"
        "<ows:LowerCorner>113 22</ows:LowerCorner><ows:UpperCorner>115 23</ows:UpperCorner></ows:WGS84BoundingBox>"
        "</FeatureType>"
        for k in range(types)
    )
    return (
        f'<wfs:WFS_Capabilities {WFS} xmlns:ows="http://www.opengis.net/ows/1.1" version="{version}">'
        f"<FeatureTypeList>{listed}</FeatureTypeList></wfs:WFS_Capabilities>"
    ).encode()


SCHEMA = (
    b'<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="t0" type="t0Type"/><complexType name="t0Type">'
    b'<sequence><element name="geom" type="gml:PointPropertyType"/><element name="level" type="int"/>'
    b'<element name="at" type="dateTime"/></sequence></complexType></schema>'
)


def collection(numbers, matched="unknown", place=None):
    def member(k):
        where = place or f"{22.1 + k / 10000} {113.1 + k / 10000}"
        return (
            f'<wfs:member><t0 gml:id="t0.{k}"><geom><gml:Point srsName="{URN}"><gml:pos>{where}</gml:pos></gml:Point>'
            f"</geom><level>{k}</level><at/></t0></wfs:member>"
        )

    found = "".join(member(k) for k in numbers)
    return f'<wfs:FeatureCollection {WFS} numberMatched="{matched}">{found}</wfs:FeatureCollection>'.encode()


def wfs(features, described=capabilities):
    """Answers of a WFS whose GetFeature is `features(parameters)`."""

    def answers(path, given):
        request = given.get("REQUEST", "")
        if request == "GetCapabilities":
            return described()
        return SCHEMA if request == "DescribeFeatureType" else features(given)

    return answers


def asked(answers, query=None, protocol=ServiceProtocol.WFS, layer="t0"):
    with serving(answers) as url:
        record = ServiceRecord("x", "x", protocol, url, layer)
        found = registry.adapter(protocol).query(record, query or Query(), Wire())
        return rows_of(found), found.notes


def page_of(given, total):
    start, count = int(given.get("STARTINDEX", 0)), int(given["COUNT"])
    return range(start, min(start + count, total))


def test_pages_to_the_end_whatever_is_counted():
    for told in ("unknown", "2500", "7", "9999"):
        rows, notes = asked(wfs(lambda given, told=told: collection(page_of(given, 2500), told)))
        assert [row.values["level"] for row in rows] == list(range(2500))
        assert bool(notes) == (told in ("7", "9999")), notes
    assert shapely.from_wkb(rows[0].geometry).equals(shapely.Point(113.1, 22.1))
    assert rows[0].values["at"] is None


def test_a_server_with_smaller_pages():
    def features(given):
        start = int(given.get("STARTINDEX", 0))
        return collection(range(start, min(start + 100, 1234)))

    rows, _ = asked(wfs(features))
    assert len(rows) == 1234


def test_pages_that_are_too_large_are_made_smaller():
    class Small(Wire):
        def __call__(self, request):
            reply = super().__call__(request)
            if len(reply.body) > 40_000:
                raise WebError("too much", Trouble.TOO_LARGE)
            return reply

    with serving(wfs(lambda given: collection(page_of(given, 700), "700"))) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.WFS, url, "t0")
        found = registry.adapter(ServiceProtocol.WFS).query(record, Query(), Small())
        rows = rows_of(found)
    assert [row.values["level"] for row in rows] == list(range(700))
    assert found.notes == []


def test_pages_that_do_not_move_on():
    rows, notes = asked(wfs(lambda given: collection(range(1000))))
    assert len(rows) == 1000
    assert any("again" in note for note in notes)


def test_pages_that_overlap():
    def features(given):
        start = max(0, int(given.get("STARTINDEX", 0)) - 5)
        return collection(range(start, min(start + 1000, 2300)))

    rows, notes = asked(wfs(features))
    assert sorted(row.values["level"] for row in rows) == list(range(2300))
    assert any("more than once" in note for note in notes)


def test_an_old_server_without_pages():
    def features(given):
        return collection(range(min(int(given["MAXFEATURES"]), 3000)))

    rows, _ = asked(wfs(features, lambda: capabilities("1.1.0")))
    assert len(rows) == 3000


def test_coordinates_the_wrong_way_round_are_put_right():
    rows, notes = asked(wfs(lambda given: collection(page_of(given, 3), "3", place="113.5 22.5")))
    assert shapely.from_wkb(rows[0].geometry).equals(shapely.Point(113.5, 22.5))
    assert any("order of axes" in note for note in notes)


@pytest.mark.parametrize("box", [BoundingBox(112.5, 21.5, 115.5, 23.5), BoundingBox(113.05, 22.05, 113.2, 22.2)])
def test_a_box_that_is_read_the_other_way_round(box):
    def features(given):
        south, west, north, east = (float(value) for value in given["BBOX"].split(",")[:4])
        # It takes the first number for the west.
        found = south <= 113.1 <= north and west <= 22.1 <= east
        return collection(page_of(given, 3) if found and "RESULTTYPE" not in given else (), "3" if found else "0")

    rows, notes = asked(wfs(features), Query(box=box))
    assert len(rows) == 3
    assert any("another order of axes" in note for note in notes)
    with serving(wfs(features)) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.WFS, url, "t0")
        assert registry.adapter(ServiceProtocol.WFS).count(record, Query(box=box), Wire()) is None


def test_an_empty_box_is_empty():
    rows, notes = asked(wfs(lambda given: collection((), "0")), Query(box=BoundingBox(113.5, 22.5, 113.6, 22.6)))
    assert (rows, notes) == ([], [])


def test_a_filter_that_is_refused_is_evaluated_here():
    error = (
        b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception exceptionCode="NoFilters">'
        b"<ows:ExceptionText>not   today</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
    )
    rows, notes = asked(
        wfs(lambda given: error if "FILTER" in given else collection(page_of(given, 50))),
        Query(filter=parse("level > 45")),
    )
    assert [row.values["level"] for row in rows] == [46, 47, 48, 49]
    assert any("refused the filter" in note for note in notes)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            b'<ows:ExceptionReport xmlns:ows="x"><ows:Exception exceptionCode="A"><ows:ExceptionText>broken'
            b"</ows:ExceptionText></ows:Exception></ows:ExceptionReport>",
            "A; broken",
        ),
        (
            b'<ServiceExceptionReport><ServiceException code="B">token=s3cret broken</ServiceException>'
            b"</ServiceExceptionReport>",
            "B: token",
        ),
        (b"<html><body>oops</body></html>", "web page"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "DOCTYPE"),
        (b"<wfs:FeatureCollection xmlns:wfs='x'><wfs:member>", "cut off"),
        (b'{"exceptions": [{"text": "no"}]}', "sent no features"),
        (b"", "empty"),
        (b"<other/>", "no collection of features"),
    ],
)
def test_errors_are_one_sentence(body, said):
    with pytest.raises(WebError, match=said) as caught:
        asked(wfs(lambda given: body))
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_geometries_that_cannot_be_read_are_counted():
    rows, notes = asked(wfs(lambda given: collection(page_of(given, 5), "5", place="1 nan")))
    assert [row.geometry for row in rows] == [None] * 5
    assert any("5 features have a geometry that cannot be read" in note for note in notes)


def test_no_crs_that_is_known():
    def features(given):
        return collection(page_of(given, 2)).replace(URN.encode(), b"local")

    with pytest.raises(Exception, match="coordinate system") as caught:
        asked(wfs(features, lambda: capabilities(crs="local")))
    assert "record" in str(caught.value)


def test_cancel():
    with serving(wfs(lambda given: collection(page_of(given, 100_000)))) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.WFS, url, "t0")
        found = registry.adapter(ServiceProtocol.WFS).query(
            record, Query(), Wire(), lambda fraction, text="": not text.startswith("3,")
        )
        with pytest.raises(Cancelled):
            rows_of(found)


def test_ten_thousand_feature_types():
    with serving(lambda path, given: capabilities(types=10_000)) as url:
        found = list(registry.harvest(ServiceProtocol.WFS)(url, "", Wire(), go_on))
    assert len(found) == len({record.id for record in found}) == 10_000
    assert found[77].title == "层 77"
    assert found[77].box == BoundingBox(113, 22, 115, 23)


def wms_capabilities(count, groups=10):
    layers = "".join(
        f"<Layer><Title>组 {g}</Title><CRS>EPSG:4547</CRS>"
        + "".join(f"<Layer><Name>l{g}_{k}</Name><Title>层 {k}</Title></Layer>" for k in range(count // groups))
        + "</Layer>"
        for g in range(groups)
    )
    return (
        '<WMS_Capabilities xmlns="http://www.opengis.net/wms" version="1.3.0"><Capability><Layer><Title>城</Title>'
        "<CRS>EPSG:4326</CRS><EX_GeographicBoundingBox><westBoundLongitude>113</westBoundLongitude><eastBoundLongitude>115"
        "</eastBoundLongitude><southBoundLatitude>22</southBoundLatitude><northBoundLatitude>23</northBoundLatitude>"
        f"</EX_GeographicBoundingBox>{layers}</Layer></Capability></WMS_Capabilities>"
    ).encode()


def test_ten_thousand_map_layers_inherit_from_their_groups():
    with serving(lambda path, given: wms_capabilities(10_000)) as url:
        found = list(
            registry.harvest(ServiceProtocol.WMS)(
                f"{url}/map?MAP=a&SERVICE=WMS&REQUEST=GetCapabilities", "", Wire(), go_on
            )
        )
    assert len(found) == len({record.id for record in found}) == 10_000
    record = found[1234]
    assert record.box == BoundingBox(113, 22, 115, 23)
    assert record.crs == ("EPSG:4547", "EPSG:4326")
    assert record.themes == ("城", "组 1")
    assert record.url.endswith("/map?MAP=a")


def test_a_map_that_is_an_error_in_disguise():
    error = b"<ServiceExceptionReport><ServiceException>LayerNotDefined</ServiceException></ServiceExceptionReport>"
    with serving(lambda path, given: error) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.WMS, url, "l", box=BoundingBox(113, 22, 114, 23))
        state = registry.adapter(ServiceProtocol.WMS).probe(record, Wire())
    assert state.health is Health.DEAD
    assert "LayerNotDefined" in state.reason


def csw_page(numbers, following, matched):
    found = "".join(
        f"<csw:Record><dc:identifier>r{k}</dc:identifier><dc:title>记录 {k}</dc:title>"
        f'<dct:references scheme="OGC:WMS">http://h/wms{k}?SERVICE=WMS</dct:references></csw:Record>'
        for k in numbers
    )
    spaces = 'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="d" xmlns:dct="t"'
    given = f'nextRecord="{following}"' if following is not None else ""
    return (
        f"<csw:GetRecordsResponse {spaces}><csw:SearchResults {given} "
        f'numberOfRecordsMatched="{matched}">{found}</csw:SearchResults></csw:GetRecordsResponse>'
    ).encode()


@pytest.mark.parametrize("kind", ["right", "wrong count", "no next", "next stands still", "smaller pages"])
def test_catalogues_are_read_to_their_end(kind):
    size = 30 if kind == "smaller pages" else 100

    def answers(path, given):
        start = int(given["STARTPOSITION"]) - 1
        end = min(start + size, 250)
        following = {"no next": None, "next stands still": 1}.get(kind, end + 1 if end < 250 else 0)
        return csw_page(range(start, end), following, 3 if kind == "wrong count" else 250)

    with serving(answers) as url:
        found = list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))
    assert {record.title for record in found} == {f"记录 {k}" for k in range(250)}


def test_a_catalogue_that_goes_round():
    """What came is kept, and the error keeps the rest from counting as withdrawn."""
    wire, found = Wire(), []
    reason = r"10,000 records and sent 100\."
    with serving(lambda *_: csw_page(range(100), 101, 10_000)) as url, pytest.raises(WebError, match=reason):
        found.extend(registry.harvest(ServiceProtocol.CSW)(url, "", wire, go_on))
    assert len(found) == 100
    assert len(wire.requests) < 5


def test_a_catalogue_that_sends_its_only_page_again_is_whole():
    with serving(lambda path, given: csw_page(range(100), None, 100)) as url:
        assert len(list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))) == 100


def test_a_catalogue_that_stops_before_its_end_is_not_whole():
    found = []
    with serving(lambda *_: csw_page(range(40), 0, 90)) as url, pytest.raises(WebError, match="90 records and sent 40"):
        found.extend(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))
    assert len(found) == 40


def test_different_records_of_one_id_are_different_records():
    page = csw_page(range(3), 0, 3).replace(b"<dc:identifier>r1", b"<dc:identifier>r0")
    with serving(lambda path, given: page) as url:
        found = list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))
    assert {record.title for record in found} == {f"记录 {k}" for k in range(3)}


def test_services_that_are_not_read_are_named():
    page = csw_page(range(3), 0, 3).replace(
        b'scheme="OGC:WMS">http://h/wms1?SERVICE=WMS', b'scheme="OGC:SOS">http://h/sos'
    )
    with serving(lambda path, given: page) as url, collected() as remarks:
        assert len(list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))) == 2
    assert remarks.texts() == [
        "Links to services of the kind SOS were left out: they are not read.",
        "1 of 3 records lead to no service that is read.",
    ]


@pytest.mark.parametrize(
    ("kind", "end", "count"), [("service", "/ows/wms", 1), ("dataset", "/ows/wms", 0), ("service", "/news", 0)]
)
def test_the_link_of_a_service_may_name_no_protocol(kind, end, count):
    page = csw_page(range(1), 0, 1).replace(b' scheme="OGC:WMS">http://h/wms0?SERVICE=WMS', f">http://h{end}".encode())
    page = page.replace(b"<dct:references", f"<dc:type>{kind}</dc:type><dct:references".encode())
    with serving(lambda path, given: page) as url:
        found = list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))
    assert [record.protocol for record in found] == [ServiceProtocol.WMS] * count


def test_a_link_to_a_map_is_a_link_to_its_service():
    """Sides, size and format of one map are no part of the address."""
    query = (
        b"SERVICE=WMS&amp;REQUEST=GetMap&amp;BBOX=1,2,3,4&amp;WIDTH=20&amp;Height=9&amp;STYLES=&amp;map=/a&amp;LAYERS=x"
    )
    page = csw_page(range(1), 0, 1).replace(b"SERVICE=WMS", query)
    with serving(lambda path, given: page) as url:
        (found,) = registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on)
    assert (found.url, found.layer) == ("http://h/wms0?map=/a", "x")


def test_links_to_files_and_scripts_are_no_services():
    page = (
        csw_page(range(3), 0, 3)
        .replace(b"http://h/wms1?SERVICE=WMS", b"file:///etc/passwd")
        .replace(
            b"http://h/wms2?SERVICE=WMS",
            b"http://user:s3cret@h/wms2?SERVICE=WMS&amp;token=s3cret",  # pragma: allowlist secret
        )
    )
    with serving(lambda path, given: page) as url:
        found = list(registry.harvest(ServiceProtocol.CSW)(url, "", Wire(), go_on))
    assert "passwd" not in repr(found)
    assert "s3cret" not in repr(found)


def test_a_server_that_is_not_there():
    record = ServiceRecord("x", "x", ServiceProtocol.WFS, "http://127.0.0.1:9/", "t0")
    for protocol in (
        ServiceProtocol.WFS,
        ServiceProtocol.WMS,
        ServiceProtocol.WMTS,
        ServiceProtocol.WCS,
        ServiceProtocol.CSW,
    ):
        state = registry.adapter(protocol).probe(record, Wire())
        assert state.health is Health.DEAD
        with pytest.raises(WebError) as caught:
            list(registry.harvest(protocol)("http://127.0.0.1:9/", "", Wire(), go_on))
        assert caught.value.trouble is Trouble.UNREACHABLE
