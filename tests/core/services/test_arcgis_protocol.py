"""ArcGIS REST against a server of our own that answers as ArcGIS does: harvest, query, pages, times, rings."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pyproj
import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services.adapter import Field, Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import arcgis, esri_json
from twin_plugin.core.services.protocols.arcgis import ArcgisLayer
from twin_plugin.core.services.protocols.arcgis_harvest import harvest
from twin_plugin.core.services.protocols.arcgis_pages import ArcgisPage
from twin_plugin.core.services.protocols.fields import Casts
from twin_plugin.core.services.protocols.json_geometry import MalformedGeometryError
from twin_plugin.core.services.record import Health, ServiceRecord
from twin_plugin.core.web.fetch import Trouble, WebError

ROOT = "/arcgis/rest/services"
START_MS = 1_717_200_000_000  # 2024-06-01T00:00:00Z
COUNT = 2345
FIELDS = [
    {"name": "OBJECTID", "type": "esriFieldTypeOID", "alias": "OBJECTID"},
    {"name": "name", "type": "esriFieldTypeString", "alias": "名称"},
    {"name": "depth", "type": "esriFieldTypeDouble", "alias": "depth"},
    {"name": "updated", "type": "esriFieldTypeDate", "alias": "updated"},
    {"name": "shape", "type": "esriFieldTypeGeometry", "alias": "shape"},
]
MERCATOR = {"wkid": 102100, "latestWkid": 3857}


def feature(number):
    values = {"OBJECTID": number, "name": f"井 {number % 10}", "depth": None if number % 9 == 0 else number / 10}
    values["updated"] = None if number % 11 == 0 else START_MS + number * 1000
    return {"attributes": values, "geometry": {"x": 113.9 + number / 10000, "y": 22.5}}


class Arcgis:
    """Answers; `asked` has the parameters of every query of features."""

    def __init__(self, paged=True, size=1000, flag=True):
        self.paged, self.size, self.flag = paged, size, flag
        self.asked = []

    def __call__(self, path, parameters):
        path = path.removeprefix(ROOT)
        if path == "":
            services = [{"name": "Base", "type": "MapServer"}, {"name": "Tool", "type": "GPServer"}]
            return {"currentVersion": 11.1, "folders": ["Water", "Broken"], "services": services}
        if path == "/Water":
            services = [
                {"name": "Water/Wells", "type": "FeatureServer"},
                {"name": "Water/Stopped", "type": "MapServer"},
            ]
            return {"currentVersion": 11.1, "folders": ["Water"], "services": services}
        if path == "/Base/MapServer":
            layers = [{"id": 0, "name": "Group", "subLayerIds": [1]}, {"id": 1, "name": "Roads", "subLayerIds": None}]
            extent = {
                "xmin": 12_670_000,
                "ymin": 2_570_000,
                "xmax": 12_760_000,
                "ymax": 2_620_000,
                "spatialReference": MERCATOR,
            }
            return {"currentVersion": 11.1, "mapName": "Base", "layers": layers, "fullExtent": extent,
                    "documentInfo": {"Title": "底图", "Keywords": "base,map"},
                    "spatialReference": MERCATOR}  # fmt: skip
        if path == "/Water/Wells/FeatureServer":
            return {"currentVersion": 11.1, "layers": [{"id": 0, "name": "Wells"}],
                    "tables": [{"id": 1, "name": "Log"}], "serviceDescription": "Wells of the city"}  # fmt: skip
        if path == "/Water/Wells/FeatureServer/0":
            return {"currentVersion": 11.1, "id": 0, "name": "Wells", "type": "Feature Layer", "fields": FIELDS,
                    "geometryType": "esriGeometryPoint", "maxRecordCount": self.size, "capabilities": "Query",
                    "objectIdField": "OBJECTID", "advancedQueryCapabilities": {"supportsPagination": self.paged},
                    "extent": {"xmin": 113.9, "ymin": 22.5, "xmax": 114.2, "ymax": 22.5,
                               "spatialReference": {"wkid": 4326}}}  # fmt: skip
        if path == "/Water/Wells/FeatureServer/0/query":
            return self.query(parameters)
        if path == "/Water/Stopped/MapServer":
            return {"error": {"code": 500, "message": "Service not started", "details": []}}
        if path == "/Broken":
            return {"error": {"code": 499, "message": "Token Required", "details": []}}
        return 404

    def query(self, parameters):
        self.asked.append(parameters)
        rows = [feature(n) for n in range(1, COUNT + 1)]
        where = parameters.get("where", "1=1")
        if "name" in where and "LIKE" not in where:
            return {"error": {"code": 400, "message": "Cannot perform query", "details": ["no name here"]}}
        if found := re.fullmatch(r"depth > ([\d.]+)", where):
            rows = [
                row
                for row in rows
                if row["attributes"]["depth"] is not None and row["attributes"]["depth"] > float(found[1])
            ]
        elif where != "1=1" and "objectIds" not in parameters:
            return {"error": {"code": 400, "message": f"Invalid where: {where}"}}
        if "geometry" in parameters:
            west, _, east, _ = map(float, parameters["geometry"].split(","))
            rows = [row for row in rows if west <= row["geometry"]["x"] <= east]
        if parameters.get("returnCountOnly") == "true":
            return {"count": len(rows)}
        ids = [row["attributes"]["OBJECTID"] for row in rows]
        if parameters.get("returnIdsOnly") == "true":
            return {"objectIdFieldName": "OBJECTID", "objectIds": ids[::-1]}
        if "objectIds" in parameters:
            wanted = set(map(int, parameters["objectIds"].split(",")))
            return {"features": [row for row in rows if row["attributes"]["OBJECTID"] in wanted]}
        start, size = (
            int(parameters.get("resultOffset", 0)),
            min(int(parameters.get("resultRecordCount", 9999)), self.size),
        )
        reply = {"fields": FIELDS, "features": rows[start : start + size]}
        if self.flag and start + size < len(rows):
            reply["exceededTransferLimit"] = True
        return reply


def wells(url):
    return ServiceRecord("x", "Wells", ServiceProtocol.ARCGIS_FEATURES, f"{url}{ROOT}/Water/Wells/FeatureServer", "0")


def rows_of(found):
    return [row for page in found.pages for row in page]


def test_a_site_is_harvested_through_its_folders():
    with serving(Arcgis()) as url:
        records = []
        with pytest.raises(WebError, match="2 folders or services"):
            records.extend(harvest(url + ROOT, "", Wire()))
        assert {(r.protocol, r.url.removeprefix(url + ROOT), r.layer) for r in records} == {
            (ServiceProtocol.ARCGIS_MAP, "/Base/MapServer", ""),
            (ServiceProtocol.ARCGIS_MAP, "/Base/MapServer", "1"),
            (ServiceProtocol.ARCGIS_FEATURES, "/Water/Wells/FeatureServer", "0"),
            (ServiceProtocol.ARCGIS_FEATURES, "/Water/Wells/FeatureServer", "1"),
        }, "all others come before what failed is told"
        base = next(r for r in records if r.layer == "")
        assert base.title == "底图"
        assert base.keywords == ("base", "map")
        degrees = pyproj.Transformer.from_crs(3857, 4326, always_xy=True).transform(12_670_000, 2_570_000)
        assert (base.box.west, base.box.south) == pytest.approx(degrees, abs=1e-9)
        again = list(harvest(f"{url}{ROOT}/Water/Wells/FeatureServer/0", "", Wire()))
        assert [r.id for r in again] == [r.id for r in records if r.layer == "0"]


def test_the_root_that_wants_a_login_is_denied():
    with serving(lambda path, parameters: {"error": {"code": 499, "message": "Token Required"}}) as url:
        with pytest.raises(WebError) as error:
            list(harvest(url + ROOT, "", Wire()))
        assert error.value.trouble is Trouble.DENIED
        assert ArcgisLayer().probe(wells(url), Wire()).health is Health.DENIED


@pytest.mark.parametrize(
    ("paged", "size", "flag"), [(True, 1000, True), (True, 1000, False), (True, 100, True), (False, 500, True)]
)
def test_every_page_comes(paged, size, flag):
    server = Arcgis(paged, size, flag)
    with serving(server) as url:
        found = ArcgisLayer().query(wells(url), Query(), Wire())
        rows = rows_of(found)
        assert ArcgisLayer().count(wells(url), Query(), Wire()) == COUNT
    assert sorted(int(row.id) for row in rows) == list(range(1, COUNT + 1))
    assert found.notes == []
    assert [field.name for field in found.fields] == ["OBJECTID", "name", "depth", "updated"]
    by_id = {int(row.id): row.values for row in rows}
    assert by_id[12]["updated"] == datetime(2024, 6, 1, 0, 0, 12, tzinfo=UTC)
    assert by_id[11]["updated"] is None
    assert by_id[9]["depth"] is None
    shape = shapely.from_wkb(next(row.geometry for row in rows if row.id == "5"))
    assert (shape.x, shape.y) == pytest.approx((113.9005, 22.5))


def test_box_filter_limit_and_fields_are_the_servers_work():
    server = Arcgis()
    with serving(server) as url:
        query = Query(box=BoundingBox(113.95, 22, 114.0, 23), filter=parse("depth > 60"), fields=("depth",))
        rows = rows_of(ArcgisLayer().query(wells(url), query, Wire()))
        assert ArcgisLayer().count(wells(url), query, Wire()) == len(rows)
        assert len(rows_of(ArcgisLayer().query(wells(url), Query(limit=7), Wire()))) == 7
    assert {int(row.id) for row in rows} == {n for n in range(601, 1001) if n % 9}
    assert all(set(row.values) == {"depth"} for row in rows)
    assert server.asked[0]["outFields"] == "OBJECTID,depth"
    assert server.asked[-1]["resultRecordCount"] == "7"


def test_a_refused_filter_is_evaluated_here():
    server = Arcgis()
    with serving(server) as url:
        found = ArcgisLayer().query(wells(url), Query(filter=parse("name = '井 3' AND depth < 5")), Wire())
        rows = rows_of(found)
    assert {int(row.id) for row in rows} == {3, 13, 23, 33, 43}
    assert any("refused" in note and "evaluated here" in note for note in found.notes)


def test_a_time_without_times_is_said():
    with serving(Arcgis()) as url:
        found = ArcgisLayer().query(wells(url), Query(time="2024-06-01T00:00:00Z/..", limit=3), Wire())
        rows_of(found)
    assert any("no time" in note for note in found.notes)


def test_pictures_have_no_features():
    with serving(Arcgis()) as url:
        whole = ServiceRecord("x", "Base", ServiceProtocol.ARCGIS_MAP, f"{url}{ROOT}/Base/MapServer")
        assert ArcgisLayer().probe(whole, Wire()).health is Health.ALIVE
        assert not ArcgisLayer().describe(whole, Wire()).queryable
        with pytest.raises(InputError, match="pictures"):
            ArcgisLayer().query(whole, Query(), Wire())


def test_describe():
    with serving(Arcgis()) as url:
        described = ArcgisLayer().describe(wells(url), Wire())
    assert described.geometry == "Point"
    assert described.crs == ("EPSG:4326",)
    assert [(f.name, f.type, f.title) for f in described.fields] == [
        ("OBJECTID", "integer", ""), ("name", "text", "名称"), ("depth", "real", ""), ("updated", "datetime", ""),
    ]  # fmt: skip


def square(x, y, size, clockwise=True):
    ring = [[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]]
    return ring if clockwise else ring[::-1]


def test_rings_become_polygons_with_their_own_holes():
    lake, island = square(0, 0, 10), square(4, 4, 2)
    rings = [island, square(2, 2, 6, clockwise=False), lake, square(20, 0, 5), square(21, 1, 1, clockwise=False)]
    shape = shapely.from_wkb(esri_json.wkb({"rings": rings}))
    assert shape.is_valid
    assert shape.area == pytest.approx((100 - 36) + 4 + (25 - 1))
    assert len(shape.geoms) == 3


def test_rings_that_turn_the_wrong_way_are_sorted_by_how_they_lie():
    rings = [square(0, 0, 10, clockwise=False), square(2, 2, 6, clockwise=False), square(4, 4, 2, clockwise=False)]
    shape = shapely.from_wkb(esri_json.wkb({"rings": rings}))
    assert shape.is_valid
    assert shape.area == pytest.approx(100 - 36 + 4)
    alone = shapely.from_wkb(esri_json.wkb({"rings": [square(0, 0, 10), square(20, 20, 1, clockwise=False)]}))
    assert alone.area == pytest.approx(101), "a hole in nothing is a polygon"


@pytest.mark.parametrize(("given", "wkt"), [
    ({"x": 1, "y": 2}, "POINT (1 2)"),
    ({"x": 1, "y": 2, "z": 3}, "POINT Z (1 2 3)"),
    ({"points": [[1, 2], [3, 4]]}, "MULTIPOINT (1 2, 3 4)"),
    ({"paths": [[[0, 0], [1, 1]]]}, "LINESTRING (0 0, 1 1)"),
    ({"paths": [[[0, 0], [1, 1]], [[2, 2], [3, 3]]]}, "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))"),
    ({"paths": [[[0, 0, 5], [1, 1, 6]]], "hasZ": True}, "LINESTRING Z (0 0 5, 1 1 6)"),
    ({"paths": [[[0, 0, 5], [1, 1, 6]]], "hasM": True}, "LINESTRING (0 0, 1 1)"),
    ({"paths": [[[0, 0, 5, 9], [1, 1, 6, None]]], "hasZ": True, "hasM": True}, "LINESTRING Z (0 0 5, 1 1 6)"),
    ({"type": "Point", "coordinates": [1, 2]}, "POINT (1 2)"),
])  # fmt: skip
def test_geometries(given, wkt):
    expected = shapely.from_wkt(wkt)
    found = shapely.from_wkb(esri_json.wkb(given))
    assert shapely.to_wkt(found, output_dimension=3) == shapely.to_wkt(expected, output_dimension=3)


@pytest.mark.parametrize(
    "given", [None, {}, {"x": "NaN", "y": "NaN"}, {"x": None, "y": None}, {"rings": []}, {"paths": []}]
)
def test_empty_geometries(given):
    assert esri_json.wkb(given) is None


@pytest.mark.parametrize("given", [
    {"x": "a", "y": 1}, {"rings": [[[0, 0], [1, 1]]]}, {"rings": 5}, {"curveRings": [[]]},
    {"paths": [[[0, 0], {"c": []}]]},
    {"rings": [[[0, 0], [1, "x"], [2, 2]]]}, [1, 2], {"q": 1},
])  # fmt: skip
def test_geometries_that_cannot_be_read(given):
    with pytest.raises(MalformedGeometryError):
        esri_json.wkb(given)


def test_rows_without_an_id_are_numbered_over_all_pages():
    rows = [{"attributes": {"name": "a"}}, {"attributes": {"name": "b", "OID": 7}}]
    pages = [ArcgisPage(rows), ArcgisPage([{"attributes": {"name": "c"}}])]
    found = arcgis._features(iter(pages), "OID", [], Casts((Field("name", "text"),)), [])
    assert [row.id for page in found for row in page] == ["1", "7", "3"]


ZONES = [
    ({}, True),
    ({"timeZone": "UTC", "respectsDaylightSaving": False}, True),
    ({"timeZone": "China Standard Time", "timeZoneIANA": "Asia/Shanghai", "respectsDaylightSaving": False}, False),
]


@pytest.mark.parametrize(("zone", "is_sent"), ZONES)
def test_times_of_a_filter_are_not_sent_to_a_layer_in_another_zone(zone, is_sent):
    """Such a layer reads them in its own zone: eight hours off in Shenzhen; what it sends is in UTC all the same."""
    server = Arcgis()

    def answers(path, parameters):
        found = server(path, parameters)
        return {**found, "dateFieldsTimeReference": zone} if path.endswith("/0") and zone else found

    later = datetime.fromtimestamp(START_MS / 1000 + 2000, UTC).isoformat().replace("+00:00", "Z")
    asked_for = parse(f"updated >= TIMESTAMP('{later}') AND depth > 5")
    with serving(answers) as url:
        found = ArcgisLayer().query(wells(url), Query(filter=asked_for), Wire())
        rows = rows_of(found)
    numbers = [n for n in range(2000, COUNT + 1) if n % 9 and n % 11]
    assert [row.values["OBJECTID"] for row in rows] == numbers
    assert ("TIMESTAMP" in server.asked[0]["where"]) == is_sent
    assert any("Asia/Shanghai" in note for note in found.notes) != is_sent
