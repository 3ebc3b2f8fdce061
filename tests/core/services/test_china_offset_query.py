"""Services in GCJ-02 and BD-09: what is asked in WGS 84 comes back in WGS 84, whole and in its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.crs_registry import CrsRegistry
from twin_plugin.core.cql2.evaluate import FeatureRow, predicate
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services.adapter import Feature, Features, Query
from twin_plugin.core.services.china_offset import from_wgs84, read_regions
from twin_plugin.core.services.china_offset_query import count, query_in_wgs84, shifted_box
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Offset, ServiceRecord

BOX = BoundingBox(113.93, 22.50, 113.96, 22.53)
OFFSETS = pytest.mark.parametrize("offset", [Offset.GCJ02, Offset.BD09])


@pytest.fixture(scope="module")
def regions():
    return read_regions(Path(__file__).parents[3] / "resources" / "tables" / "gcj02_regions.csv")


class Shifted:
    """A service that keeps points in shifted coordinates, or in another CRS made of them."""

    def __init__(self, points, offset, regions, crs="EPSG:4326"):
        self.shapes = shapely.points(from_wgs84(points, offset, regions))
        self.crs = crs
        self.asked = None

    def query(self, record, query, fetch, progress=None):
        self.asked = query
        test = predicate(query.filter) if query.filter is not None else lambda row: True
        box = query.box
        rows = []
        for k, shape in enumerate(self.shapes):
            if box is not None and not shapely.box(box.west, box.south, box.east, box.north).intersects(shape):
                continue
            if test(FeatureRow({"k": k}, shape)):
                kept = CrsRegistry().transformed(shape, "EPSG:4326", self.crs)
                rows.append(Feature(str(k), shapely.to_wkb(kept), {"k": k}))
        pages = [rows[start : start + 50] for start in range(0, len(rows), 50)]
        return Features((), self.crs, iter(pages), [])

    def count(self, record, query, fetch):
        return len(self.shapes)


@pytest.fixture(scope="module")
def points():
    stream = np.random.default_rng(4)
    return np.column_stack([stream.uniform(113.90, 113.99, 900), stream.uniform(22.47, 22.56, 900)])


def record(offset):
    return ServiceRecord("x", "x", ServiceProtocol.WFS, "http://h/", coord_offset=offset)


def rows_of(features):
    return [row for page in features.pages for row in page]


@OFFSETS
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4547"])
def test_a_box_gives_what_truly_lies_in_it(points, regions, offset, crs):
    found = query_in_wgs84(Shifted(points, offset, regions, crs), record(offset), Query(box=BOX), None, regions)
    rows = rows_of(found)
    inside = (points >= [BOX.west, BOX.south]).all(axis=1) & (points <= [BOX.east, BOX.north]).all(axis=1)
    assert sorted(row.values["k"] for row in rows) == np.flatnonzero(inside).tolist()
    for row in rows:
        assert shapely.from_wkb(row.geometry).distance(shapely.Point(points[row.values["k"]])) < 1e-8
    assert found.crs == "EPSG:4326"
    assert any("to WGS 84" in note for note in found.notes)


@OFFSETS
def test_geometries_of_a_filter_are_shifted_too(points, regions, offset):
    condition = parse("S_WITHIN(geom, POLYGON((113.93 22.5, 113.96 22.5, 113.945 22.53, 113.93 22.5))) AND k > 100")
    service = Shifted(points, offset, regions)
    found = rows_of(query_in_wgs84(service, record(offset), Query(filter=condition), None, regions))
    test = predicate(condition)
    expected = [k for k, point in enumerate(points) if test(FeatureRow({"k": k}, shapely.Point(point)))]
    # A polygon's sides bend a little under the shift: a few centimetres.
    assert len(set(expected) ^ {row.values["k"] for row in found}) <= 1
    assert len(expected) > 10


def test_limits_count_what_is_left(points, regions):
    service = Shifted(points, Offset.GCJ02, regions)
    assert len(rows_of(query_in_wgs84(service, record(Offset.GCJ02), Query(box=BOX, limit=7), None, regions))) == 7


def test_without_a_shift_nothing_changes(points, regions):
    service = Shifted(points, Offset.NONE, regions)
    query = Query(box=BOX, limit=3)
    query_in_wgs84(service, record(Offset.NONE), query, None, regions)
    assert service.asked is query


def test_counts(points, regions):
    service = Shifted(points, Offset.GCJ02, regions)
    assert count(service, record(Offset.GCJ02), Query(), None, regions) == 900
    assert count(service, record(Offset.GCJ02), Query(box=BOX), None, regions) is None
    assert (
        count(service, record(Offset.GCJ02), Query(filter=parse("S_WITHIN(geom, POINT(1 1))")), None, regions) is None
    )
    assert count(service, record(Offset.NONE), Query(box=BOX), None, regions) == 900


@OFFSETS
def test_the_box_holds_both_sides_of_the_border(regions, offset):
    box = BoundingBox(114.0, 22.4, 114.2, 22.6)
    x, y = np.meshgrid(np.linspace(114.0, 114.2, 80), np.linspace(22.4, 22.6, 80))
    grid = np.column_stack([x.ravel(), y.ravel()])
    moved = from_wgs84(grid, offset, regions)
    wide = shifted_box(box, offset, regions)
    assert (moved >= [wide.west, wide.south]).all()
    assert (moved <= [wide.east, wide.north]).all()
    assert wide.east - wide.west < 0.24


@OFFSETS
def test_the_box_ends_where_the_world_does(regions, offset):
    whole = BoundingBox(-180.0, -90.0, 180.0, 90.0)
    assert shifted_box(whole, offset, regions) == whole
    over_the_date_line = BoundingBox(170.0, -10.0, -170.0, 10.0)
    assert shifted_box(over_the_date_line, offset, regions) == over_the_date_line
