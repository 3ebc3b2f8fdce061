"""GCJ-02 and BD-09: published examples, the offsets over Shenzhen, the way back, and the border with Hong Kong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.china_offset import corrected, from_wgs84, read_regions, to_wgs84
from twin_plugin.core.services.record import Offset

TABLE = Path(__file__).parents[3] / "resources" / "tables" / "gcj02_regions.csv"
GEOD = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def regions():
    return read_regions(TABLE)


def metres(a, b):
    return GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2]


def grid(west, east, south, north, count=60):
    x, y = np.meshgrid(np.linspace(west, east, count), np.linspace(south, north, count))
    return np.column_stack([x.ravel(), y.ravel()])


def dms(degrees, minutes, seconds):
    return degrees + minutes / 60 + seconds / 3600


# Examples in the documentation of eviltransform (WGS 84 to GCJ-02) and coordtransform.
@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
        ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
    ],
)
def test_published_examples(regions, wgs84, gcj02):
    assert metres(from_wgs84(np.array([wgs84]), Offset.GCJ02, regions), np.array([gcj02]))[0] < 1e-3
    assert metres(to_wgs84(np.array([gcj02]), Offset.GCJ02, regions), np.array([wgs84]))[0] < 1e-3


def test_published_example_of_bd09(regions):
    gcj02, bd09 = np.array([[116.404, 39.915]]), np.array([[116.41036949371029, 39.92133699351021]])
    wgs84 = to_wgs84(gcj02, Offset.GCJ02, regions)
    assert metres(from_wgs84(wgs84, Offset.BD09, regions), bd09)[0] < 1e-3
    assert metres(to_wgs84(bd09, Offset.BD09, regions), wgs84)[0] < 1e-3


@pytest.mark.parametrize(("offset", "least", "most"), [(Offset.GCJ02, 567, 618), (Offset.BD09, 1178, 1258)])
def test_golden_offsets_over_shenzhen(regions, offset, least, most):
    points = grid(113.76, 114.62, 22.45, 22.86)
    points = points[regions.shifted(points)]
    found = metres(points, from_wgs84(points, offset, regions))
    # Extremes of a grid depend a little on the grid.
    assert found.min() == pytest.approx(least, abs=2.5)
    assert found.max() == pytest.approx(most, abs=2.5)


@pytest.mark.parametrize("offset", [Offset.GCJ02, Offset.BD09])
def test_the_way_back_is_exact(regions, offset):
    points = np.vstack([grid(74, 134, 18, 53), grid(113.76, 114.62, 22.57, 22.86)])
    points = points[regions.shifted(points)]
    again = to_wgs84(from_wgs84(points, offset, regions), offset, regions)
    assert metres(points, again).max() < 1e-6


def test_no_shift_beyond_the_border(regions):
    places = {
        "Hong Kong, Central": (114.1588, 22.2819),
        "Hong Kong, Sheung Shui": (114.1281, 22.5010),
        "Macau": (113.5439, 22.1987),
        "Taipei": (121.5654, 25.0330),
        "Hanoi": (105.8342, 21.0278),
        "Tokyo": (139.6917, 35.6895),
        "London": (-0.1276, 51.5072),
    }
    points = np.array(list(places.values()))
    np.testing.assert_array_equal(from_wgs84(points, Offset.GCJ02, regions), points)
    np.testing.assert_array_equal(to_wgs84(points, Offset.GCJ02, regions), points)


def test_both_sides_of_the_border_river(regions):
    """Stations and buildings a few hundred metres from the Shenzhen River, and from Macau's Border Gate."""
    shenzhen = np.array(
        [
            (114.0650, 22.5170),  # Futian port
            (114.1130, 22.5330),  # Luohu port
            (114.2345, 22.5560),  # Shatoujiao, east of Chung Ying Street
            (113.9170, 22.4850),  # Shekou
            (113.5510, 22.2170),  # Gongbei
        ]
    )
    beyond = np.array(
        [
            (114.0655, 22.5125),  # Lok Ma Chau
            (114.1135, 22.5280),  # Lo Wu station
            (114.2200, 22.5430),  # Sha Tau Kok, south of the river
            (113.5490, 22.2130),  # Border Gate, Macau's side
        ]
    )
    assert regions.shifted(shenzhen).all()
    assert not regions.shifted(beyond).any()
    again = to_wgs84(from_wgs84(shenzhen, Offset.GCJ02, regions), Offset.GCJ02, regions)
    assert metres(shenzhen, again).max() < 1e-6


def test_official_points_of_hong_kong_s_boundary(regions):
    """Points 1 to 7 of State Council Order No. 221 of 1997 lie on the ring, within its 5 m."""
    official = shapely.points(
        [
            (dms(114, 13, 34.85), dms(22, 32, 37.21)),
            (dms(114, 13, 32.40), dms(22, 32, 45.42)),
            (dms(114, 13, 36.91), dms(22, 32, 52.26)),
            (dms(114, 13, 36.86), dms(22, 32, 52.83)),
            (dms(114, 12, 24.25), dms(22, 33, 23.49)),
            (dms(113, 59, 42.20), dms(22, 30, 36.23)),
            (dms(113, 56, 52.10), dms(22, 28, 20.49)),
        ]
    )
    assert (shapely.distance(regions.exempt.boundary, official) * 111_000).max() < 8


def test_inverse_keeps_shenzhen_up_to_the_river(regions):
    """A strip of 600 m along the border has the same coordinates on both sides; there the mainland wins."""
    river = []
    for longitude in np.linspace(114.03, 114.20, 12):
        across = shapely.intersection(regions.exempt, shapely.LineString([(longitude, 22.3), (longitude, 22.7)]))
        river.append((longitude, across.bounds[3] + 20 / 111_000))
    river = np.array(river)
    shown = from_wgs84(river, Offset.GCJ02, regions)
    inside_by_number = ~regions.shifted(shown)
    assert inside_by_number.any()
    assert metres(river, to_wgs84(shown, Offset.GCJ02, regions)).max() < 1e-6


def test_geometries(regions):
    truth = [
        shapely.Point(114.05, 22.55),
        None,
        shapely.Polygon([(114.0, 22.6, 1.0), (114.1, 22.6, 2.0), (114.1, 22.7, 3.0), (114.0, 22.6, 1.0)]),
        shapely.from_wkt("POLYGON EMPTY"),
        shapely.MultiLineString([[(113.9, 22.55), (114.0, 22.6)], [(114.16, 22.28), (114.17, 22.29)]]),
    ]

    def shown(geometry):
        if geometry is None:
            return None
        return shapely.transform(
            geometry,
            lambda c: np.column_stack([from_wgs84(c[:, :2], Offset.GCJ02, regions), *c.T[2:]]),
            include_z=bool(geometry.has_z),
        )

    found = corrected([shown(geometry) for geometry in truth], Offset.GCJ02, regions)
    assert found[1] is None
    for given, got in zip(truth, found, strict=True):
        if given is not None:
            assert got.geom_type == given.geom_type
            assert got.has_z == given.has_z
            assert got.equals_exact(given, 1e-11)
    # The line in Hong Kong did not move at all.
    assert found[4].geoms[1].equals(truth[4].geoms[1])
    assert list(corrected([], Offset.GCJ02, regions)) == []


def test_no_data_stays(regions):
    points = np.array([[np.nan, np.nan], [114.05, 22.55]])
    found = to_wgs84(points, Offset.BD09, regions)
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1]).all()


def test_no_offset_is_none(regions):
    points = np.array([[114.05, 22.55]])
    np.testing.assert_array_equal(to_wgs84(points, Offset.NONE, regions), points)


@pytest.mark.parametrize("text", ["", "region,kind\nx,applies\n", "region,kind,longitude,latitude\nx,applies,a,b\n"])
def test_a_table_that_is_none(tmp_path, text):
    path = tmp_path / "区 域.csv"
    path.write_text(text, encoding="utf-8")
    if text:
        with pytest.raises(InputError, match=r"区 域\.csv"):
            read_regions(path)
    else:
        assert read_regions(path).applies.is_empty
