"""Places on Earth against PROJ: earth-centred coordinates, local frames, the geoid."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common import crs as registry
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.scene.earth import (
    GEOIDS,
    Earthing,
    LocalFrame,
    Undulation,
    datum_note,
    to_degrees,
    to_ecef,
    undulation,
)

POINTS = np.array([[500_000, 2_495_000, 20.0], [506_000, 2_495_000, -30], [488_000, 2_510_000, 612]])


def test_ecef_is_proj_s():
    lon, lat, height = (np.array(v, float) for v in ([114.06, -70, 10.5], [22.55, -33, 78], [-3.0, 4000, 12]))
    there = registry.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    assert to_ecef(lon, lat, height) == pytest.approx(np.column_stack(there.transform(lon, lat, height)), abs=1e-6)


def test_local_frame_is_proj_s_topocentric():
    frame = LocalFrame(114.06, 22.55, 12.0)
    earthing = Earthing("EPSG:4547", Undulation.constant(-3.0), frame)
    steps = "+proj=pipeline +step +proj=cart +ellps=WGS84 +step +proj=topocentric +ellps=WGS84"
    there = registry.Transformer.from_pipeline(f"{steps} +lon_0=114.06 +lat_0=22.55 +h_0=12")
    lon, lat = to_degrees("EPSG:4547", POINTS[:, 0], POINTS[:, 1])
    expected = np.column_stack(there.transform(np.radians(lon), np.radians(lat), POINTS[:, 2] - 3.0, radians=True))
    assert earthing.local(POINTS) == pytest.approx(expected, abs=1e-6)


def test_matrix_takes_the_frame_to_the_earth():
    frame = LocalFrame(114.06, 22.55, 12.0)
    matrix = np.array(frame.matrix()).reshape(4, 4).T
    point = np.array([100.0, -50, 30, 1])
    back = frame.from_ecef((matrix @ point)[None, :3])
    assert back[0] == pytest.approx(point[:3], abs=1e-7)
    assert np.linalg.det(matrix[:3, :3]) == pytest.approx(1.0)


def test_a_number_counts_everywhere():
    given = Undulation.constant(-3.1)
    assert given.at(np.array([0.0, 114]), np.array([0.0, 22])).tolist() == [-3.1, -3.1]
    assert given.span_m == (-3.1, -3.1)


def test_the_geoid_of_proj():
    grids = [name for _, name in GEOIDS]
    try:
        found = undulation((113.8, 22.4, 114.3, 22.7))
    except InputError:
        pytest.skip(f"none of {', '.join(grids)} is installed")
    # EGM96 at Shenzhen's centre is -3 m; EGM2008 differs by decimetres.
    assert found.at(np.array([114.06]), np.array([22.55]))[0] == pytest.approx(-2.97, abs=0.6)
    exact = []
    for lon, lat in ((113.91, 22.43), (114.2, 22.66)):
        alone = undulation((lon, lat, lon, lat))
        exact.append(alone.at(np.array([lon]), np.array([lat]))[0])
    assert found.at(np.array([113.91, 114.2]), np.array([22.43, 22.66])) == pytest.approx(exact, abs=0.005)


def test_without_a_grid_the_offset_is_asked_for():
    with pytest.raises(InputError, match="GEOID_OFFSET_M"):
        undulation((113.8, 22.4, 114.3, 22.7), [("none", "no_such_grid.tif")])


def test_positions_off_the_earth_are_refused():
    with pytest.raises(InputError, match="no place on Earth"):
        to_degrees("EPSG:4547", np.array([1e12]), np.array([1e12]))


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:4526", "EPSG:32650", "EPSG:25832", "EPSG:28992"])
def test_datums_near_wgs84_need_no_word(crs):
    assert datum_note(crs) is None
    assert datum_note(registry.CRS.from_user_input(crs).to_wkt()) is None


def test_other_datums_are_told():
    assert "a hundred metres off" in datum_note("EPSG:2382")  # Xian 1980: PROJ has nothing
    assert "within 15 m" in datum_note("EPSG:2435")  # Beijing 1954
