"""The place of a model by the .prj and .wld3 of ArcGIS beside it: golden coordinates, units, doubts, order."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.bim.georeference import Tie
from twin_plugin.core.bim.journal import settings_key
from twin_plugin.core.bim.load import LoadRequest, load
from twin_plugin.core.bim.model import Confidence
from twin_plugin.core.bim.place_beside import PlaceFiles
from twin_plugin.core.common.crs import parse
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.place_files import place_text, prj_text, read_links, read_prj

RD = "EPSG:28992"
LOCAL = np.array([[0.0, 0.0, 0.0], [10.0, 0.0, 0.0], [0.0, 10.0, 3.0]])


@pytest.fixture
def placed(tmp_path, house, read):
    """A function that reads a house with files beside it."""

    def run(wld3: str | None, crs: str | None = RD, made=None, **options):
        path = (made or house()).write(tmp_path / "model.ifc")
        if wld3 is not None:
            path.with_suffix(".wld3").write_text(wld3)
        if crs is not None:
            path.with_suffix(".prj").write_text(prj_text(crs) or crs)
        return read(path, beside=PlaceFiles().of(path), **options).georeference

    return run


def links(angle_deg: float, unit: float = 1.0, scale: float = 1.0) -> str:
    """Points (3, 4, 1) and (23, 4, 1) m of a model turned by an angle, by hand."""
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    lines = []
    for x, y, z in ((3, 4, 1), (23, 4, 1)):
        east, north = 120000 + scale * (cos * x - sin * y), 480000 + scale * (sin * x + cos * y)
        lines.append(f"{x / unit},{y / unit},{z / unit} {east:.6f},{north:.6f},{7 + z}")
    return "\n".join(lines)


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("written_in", ["metres", "model"])
@pytest.mark.parametrize("angle", [0.0, 33.0, -120.0])
def test_the_place_is_that_of_the_points(placed, house, unit_m, written_in, angle):
    found = placed(links(angle, unit_m if written_in == "model" else 1.0), made=house(unit_m=unit_m))
    assert (found.level, found.confidence, str(found.source)) == (60, Confidence.SURE, ".prj and .wld3")
    assert found.to_map.crs == RD
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    along, across = (120000 + 10 * cos, 480000 + 10 * sin, 7), (120000 - 10 * sin, 480000 + 10 * cos, 10)
    expected = [(120000, 480000, 7), along, across]
    np.testing.assert_allclose(found.to_map.apply(LOCAL), expected, atol=1e-5)


def test_what_is_written_is_read(placed):
    found = placed(place_text((120000.5, 480000.25, -3.75), math.radians(40)))
    np.testing.assert_allclose(found.to_map.apply(LOCAL)[0], (120000.5, 480000.25, -3.75), atol=1e-6)
    assert math.atan2(found.to_map.sin, found.to_map.cos) == pytest.approx(math.radians(40), abs=1e-8)


def test_a_crs_in_feet_has_its_own_heights(placed):
    """Ohio in US feet: 100 m of the model are 328.083 ft of the map, and heights are feet too."""
    foot = 1200 / 3937
    found = placed(place_text((1_800_000, 700_000, 1000), 0.0, 1 / foot), "EPSG:3735")
    assert found.confidence is Confidence.SURE
    expected = [(1_800_000, 700_000, 1000 * foot), (1_800_000 + 10 / foot, 700_000, 1000 * foot)]
    np.testing.assert_allclose(found.to_map.apply(LOCAL[:2]), expected, atol=1e-5)


def test_a_grid_scale_is_kept(placed):
    found = placed(links(10, scale=0.9996))
    assert found.scale_used == pytest.approx(0.9996)
    assert found.confidence is Confidence.SURE


@pytest.mark.parametrize(
    ("text", "crs", "code", "level"),
    [
        (links(0, scale=3.0), RD, "wld3_scale", 0),
        (links(0), None, "wld3_without_crs", 0),
        (links(0), "EPSG:4326", "wld3_without_crs", 0),
        (links(0), "no CRS at all", "prj_unknown", 0),
        ("0,0,0 1,1,1", RD, "place_file_unreadable", 0),
        ("0,0,0 1,1,1\n0,0,0 5,5,5", RD, "place_file_unreadable", 0),
        ("0,0,0 nan,1,1\n9,0,0 5,5,5", RD, "place_file_unreadable", 0),
        ("\x00\xff" * 90, RD, "place_file_unreadable", 0),
    ],
)
def test_what_cannot_be_used_is_said(placed, text, crs, code, level):
    found = placed(text, crs)
    assert code in [warning.code for warning in found.warnings]
    assert found.level == level
    assert found.to_map is None


def test_a_place_in_doubt_is_unsure(placed):
    tilted = placed("0,0,0 120000,480000,0\n100,0,0 120100,480000,2")
    assert [warning.code for warning in tilted.warnings] == ["wld3_tilted"]
    assert tilted.confidence is Confidence.UNSURE
    outside = placed("0,0,0 5000000,480000,0\n100,0,0 5000100,480000,0")
    assert [warning.code for warning in outside.warnings] == ["wld3_outside"]
    assert outside.confidence is Confidence.UNSURE


def test_the_users_placement_goes_before(placed):
    found = placed(links(0), tie=Tie(130000, 470000, 0, 0, RD))
    assert str(found.source) == "placement"
    assert found.to_map.x == 130000


@pytest.mark.parametrize(("east", "codes"), [(120000.0, []), (120005.0, ["place_files_differ"])])
def test_a_map_conversion_goes_before_and_is_compared(placed, house, east, codes):
    made = house()
    made.conversion(RD, east, 480000.0, 7.0)
    found = placed(links(0), made=made)
    assert found.level == 50
    assert found.to_map.x == east
    assert [warning.code for warning in found.warnings] == codes


def test_a_prj_alone_names_the_crs_of_absolute_coordinates(placed, house):
    found = placed(None, made=house(at=(120000, 480000, 0)))
    assert (found.level, str(found.source)) == (30, "absolute coordinates, .prj")
    assert found.to_map.crs == RD
    assert found.confidence is Confidence.SURE


def test_a_prj_alone_is_no_place(placed):
    assert placed(None).level == 0


def test_without_a_prj_source_crs_counts(placed):
    found = placed(links(0), None, source_crs=RD)
    assert found.level == 60


def test_names_in_capitals_and_the_prj_of_a_folder(tmp_path, house):
    path = house().write(tmp_path / "House.ifc")
    (tmp_path / "HOUSE.WLD3").write_text(links(0))
    (tmp_path / "ESRI_CAD.prj").write_text(prj_text(RD))
    found = PlaceFiles().of(path)
    assert found.crs == RD
    assert found.links.target[0][:2] == (120003, 480004)
    assert PlaceFiles().of(tmp_path / "other" / "House.ifc") is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, house):
    inside, outside = tmp_path / "in", tmp_path / "out.wld3"
    path = house().write(inside / "a.ifc")
    outside.write_text(links(0))
    (inside / "a.wld3").symlink_to(outside)
    assert PlaceFiles().of(path, str(inside)) is None
    assert PlaceFiles().of(path) is not None


def test_models_are_loaded_by_their_files(tmp_path, house):
    path = house().write(tmp_path / "models" / "模型 a.ifc")
    path.with_suffix(".wld3").write_text(links(90))
    path.with_suffix(".prj").write_text(prj_text(RD))
    result = load(LoadRequest(folder=str(path.parent), workers=1))
    assert result.crs == RD
    (building,) = result.rows.buildings
    west, south, east, north = building[0].bounds
    assert (west, south, east, north) == pytest.approx((120000 - 8, 480000, 120000, 480010), abs=0.6)


def test_a_changed_file_is_another_setting(tmp_path, house):
    path = house().write(tmp_path / "a.ifc")
    keys = [settings_key("", None, None, PlaceFiles().of(path))]
    for text in (links(0), links(1)):
        path.with_suffix(".wld3").write_text(text)
        keys.append(settings_key("", None, None, PlaceFiles().of(path)))
    assert keys[0] == settings_key("", None)
    assert len(set(keys)) == 3


@pytest.mark.parametrize("code", [28992, 4547, 4526, 25832, 2326, 32650, 31468, 3735])
def test_a_prj_comes_back_as_the_code(tmp_path: Path, code: int) -> None:
    path = tmp_path / "a.prj"
    path.write_text(prj_text(f"EPSG:{code}"), "utf-8")
    assert path.read_text().startswith('PROJCS["')
    assert read_prj(path) == f"EPSG:{code}"
    assert parse(read_prj(path)).is_projected


@pytest.mark.parametrize(
    "text",
    [
        "0,0,0 1,2,3\n1,0,0 2,2,3\n",
        "\ufeff0.0, 0.0, 0.0   1, 2, 3\r\n1,0,0\t2,2,3\r\n\r\n",
        "0 0 0 1 2 3\n1 0 0 2 2 3",
        "0,0,0,1,2,3\n1e0,0,0,2,2,3",
    ],
)
def test_ways_of_writing_the_points(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.wld3"
    path.write_text(text, "utf-8", newline="")
    found = read_links(path)
    assert found.source == ((0, 0, 0), (1, 0, 0))
    assert found.target == ((1, 2, 3), (2, 2, 3))


def test_one_sentence_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.wld3"
    path.write_text("1 2 3")
    with pytest.raises(InputError, match=r"'a\.wld3' has not two different points"):
        read_links(path)
