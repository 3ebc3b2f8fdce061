"""CityJSON: structure, closed bodies, the buildings that come back, texts and ids from outside, cancel."""

import importlib.util
import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.core.scene import cities, cityjson_check, closed_bodies
from twin_plugin.core.common.errors import Cancelled, ResourceError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scene import city_model
from twin_plugin.core.scene.cityjson import write_cityjson
from twin_plugin.core.scene.scene import Buildings

SUFFIXES = ("city.json", "city.jsonl")


def written(buildings: Buildings, folder: Path, name: str = "city.json", **more) -> dict:
    path = folder / name
    write_cityjson(cities.scene(buildings, **more), path, silent)
    return cityjson_check.read(path)


def lods(city: dict, name: str) -> dict[str, dict]:
    return {each["lod"]: each for each in city["CityObjects"][name]["geometry"]}


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_village_is_sound(tmp_path: Path, name: str) -> None:
    city = written(cities.village(), tmp_path, name)
    assert cityjson_check.faults(city) == []
    kinds = [each["type"] for each in city["CityObjects"].values()]
    assert [kinds.count(k) for k in ("Building", "BuildingPart", "BuildingStorey", "BuildingRoom")] == [5, 4, 2, 2]
    assert city["metadata"]["title"] == cities.TITLE
    assert city["metadata"]["referenceSystem"] == "https://www.opengis.net/def/crs/EPSG/0/7415"
    assert city["metadata"]["geographicalExtent"] == [120000.0, 480000.0, -3.5, 120148.0, 480020.0, 13.0]


@pytest.mark.parametrize("name", SUFFIXES)
def test_bodies_have_the_volume_of_their_prisms(tmp_path: Path, name: str) -> None:
    """To 1e-9 of the prisms on the lattice, and to what half a step can change of the others."""
    buildings = cities.random_city(200)
    city = written(buildings, tmp_path, name)
    assert cityjson_check.faults(city) == []
    bodies = buildings.bodies
    snapped = shapely.transform(bodies.outlines, lambda points: np.round(points, 4))
    heights = np.round(bodies.top_m, 4) - np.round(bodies.bottom_m, 4)
    for place, owner in enumerate(bodies.owner.tolist()):
        found = closed_bodies.volume(cityjson_check.faces(city, lods(city, bodies.ids[owner])["1.2"]))
        assert found == pytest.approx(snapped[place].area * heights[place], rel=1e-9)
        exact = bodies.outlines[place].area * (bodies.top_m[place] - bodies.bottom_m[place])
        surface = bodies.outlines[place].length * heights[place] + 2 * snapped[place].area
        assert abs(found - exact) < surface * 0.000071


def test_prisms_on_the_millimetre_keep_their_volume(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    corners = np.round(rng.uniform(0, 40, (50, 2)), 3)
    shapes = [shapely.box(k * 100 + x, y, k * 100 + x + 11.237, y + 7.001) for k, (x, y) in enumerate(corners)]
    base, top = np.round(rng.uniform(-3, 3, 50), 3), np.round(rng.uniform(4, 90, 50), 3)
    bodies = Prisms.of_shapes(shapes, base, top, np.arange(50), [str(k) for k in range(50)])
    city = written(Buildings.of_bodies(bodies), tmp_path)
    for place in range(50):
        found = closed_bodies.volume(cityjson_check.faces(city, lods(city, str(place))["1.2"]))
        assert found == pytest.approx(11.237 * 7.001 * (top[place] - base[place]), rel=1e-6)


def test_a_shell_has_its_surfaces_and_volume(tmp_path: Path) -> None:
    city = written(cities.village(), tmp_path)
    shell = lods(city, "3rd <house>")["2.2"]
    assert closed_bodies.volume(cityjson_check.faces(city, shell)) == pytest.approx(10 * 8 * 7.5, rel=1e-9)
    assert city["CityObjects"]["3rd <house>"]["attributes"]["volume_m3"] == 600.0
    kinds = [shell["semantics"]["surfaces"][value]["type"] for value in shell["semantics"]["values"][0]]
    assert [kinds.count(kind) for kind in ("GroundSurface", "WallSurface", "RoofSurface")] == [1, 4, 2]


def test_a_shell_turned_inside_out_is_turned_back(tmp_path: Path) -> None:
    solid = cities.gable(100, 0, 10, 8, 0, 6, 9)
    ends = np.cumsum(solid.counts)[:-1]
    inward = type(solid).from_faces([[ring[::-1]] for ring in np.split(solid.points, ends)])
    city = written(_with_shell(inward), tmp_path)
    assert cityjson_check.faults(city) == []
    assert lods(city, "3rd <house>")["2.2"]["type"] == "Solid"


@pytest.mark.parametrize(("lod", "found"), [("1.2", ["0", "1.2"]), ("1.3", ["0", "1.2", "1.3"])])
def test_a_shell_with_flat_roofs_has_its_own_level(tmp_path: Path, lod: str, found: list[str]) -> None:
    buildings = replace(cities.village(), shell_lods={2: lod})
    city = written(buildings, tmp_path)
    assert cityjson_check.faults(city) == []
    levels = lods(city, "3rd <house>")
    assert sorted(levels) == found
    assert closed_bodies.volume(cityjson_check.faces(city, levels[lod])) == pytest.approx(600.0)


def test_an_open_shell_is_no_solid_and_counted(tmp_path: Path) -> None:
    solid = cities.gable(100, 0, 10, 8, 0, 6, 9)
    rings = np.split(solid.points, np.cumsum(solid.counts)[:-1])[:-1]
    buildings = _with_shell(type(solid).from_faces([[ring] for ring in rings]))
    path = tmp_path / "open.city.json"
    told = write_cityjson(cities.scene(buildings), path, silent)
    city = cityjson_check.read(path)
    assert lods(city, "3rd <house>")["2.2"]["type"] == "MultiSurface"
    assert "volume_m3" not in city["CityObjects"]["3rd <house>"]["attributes"]
    assert any("1 shells do not close" in text for text in told)


def _with_shell(solid) -> Buildings:
    village = cities.village()
    return Buildings(
        village.bodies, village.uses, village.storeys, village.storey_numbers, village.underground, {2: solid}
    )


@pytest.mark.parametrize("name", SUFFIXES)
def test_what_is_read_back_is_what_was_there(tmp_path: Path, name: str) -> None:
    village = cities.village()
    city = written(village, tmp_path, name)
    owners = [n for n, each in city["CityObjects"].items() if each["type"] == "Building"]
    assert owners == [each for each in village.bodies.ids if each != "flat"]
    for owner in owners:
        place = village.bodies.ids.index(owner)
        mine = village.bodies.owner == place
        attributes = city["CityObjects"][owner]["attributes"]
        assert attributes.get("name", owner) == village.bodies.names[place]
        assert attributes.get("use", "") == village.uses[place]
        base, roof = village.bodies.bottom_m[mine].min(), village.bodies.top_m[mine].max()
        assert (attributes["base_elevation_m"], attributes["roof_elevation_m"]) == (base, roof)
        assert attributes["height_m"] == roof - base
        faces = cityjson_check.faces(city, lods(city, owner)["0"])
        area = sum(closed_bodies.normal(face)[2] / 2 for face in faces)
        assert area == pytest.approx(shapely.area(village.bodies.outlines[mine]).sum(), rel=1e-12)
    house = city["CityObjects"]["3rd <house>"]["attributes"]
    assert (house["storeysAboveGround"], house["storeysBelowGround"]) == (2, 0)
    first = city["CityObjects"]["yard"]["attributes"]
    assert (first["people"], first["ratio"], first["note"], first["listed"]) == (10, 0.5, "a<b", True)
    assert not {"people", "ratio", "note"} & set(city["CityObjects"]["parts/$1"]["attributes"])
    assert city["CityObjects"]["nul\x00&'\""]["attributes"]["name"] == "a\x00b\ud7ff"


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    told = write_cityjson(cities.scene(), tmp_path / "a.json", silent)
    counted = "5 buildings, 3 parts, 2 storeys, 1 underground parts, 2 rooms and 1 closed shells were written."
    assert told[0] == counted
    assert "1 buildings were left out: no body of theirs has a height and an area." in told


def test_what_the_format_does_not_have_is_said(tmp_path: Path) -> None:
    ground = Grid(np.zeros((2, 2)), cities.EAST, cities.NORTH, 10.0, cities.CRS)
    with_terrain = replace(cities.scene(), terrain=ground)
    texts = [write_cityjson(each, tmp_path / "a.json", silent)[-1] for each in (cities.scene(), with_terrain)]
    assert [text.startswith("Terrain, water") for text in texts] == [False, True]


def test_an_empty_scene_is_a_city_without_buildings(tmp_path: Path) -> None:
    for name in SUFFIXES:
        city = written(Buildings.of_bodies(Prisms.none()), tmp_path, name)
        assert (city["CityObjects"], city["vertices"]) == ({}, [])
        assert cityjson_check.faults(city) == []


def test_rings_that_touch_are_cut_apart(tmp_path: Path) -> None:
    """Above the point where a yard touches the outline four walls would share an edge."""
    outline = shapely.Polygon(
        [(0, 0), (20, 0), (20, 20), (0, 20)], [[(10, 0), (14, 6), (6, 6)], [(10, 6), (14, 12), (6, 12)]]
    )
    assert outline.is_valid
    bodies = Prisms(np.array([outline], object), np.zeros(1), np.full(1, 5.0), np.zeros(1, int), ("a",), ("a",))
    path = tmp_path / "touch.city.json"
    told = write_cityjson(cities.scene(Buildings.of_bodies(bodies)), path, silent)
    city = cityjson_check.read(path)
    assert cityjson_check.faults(city) == []
    assert any("In 1 outlines rings touched" in text for text in told)
    solids = [g for each in city["CityObjects"].values() for g in each["geometry"] if g["type"] == "Solid"]
    whole = sum(closed_bodies.volume(cityjson_check.faces(city, each)) for each in solids)
    assert whole == pytest.approx(outline.area * 5, abs=0.2)


def test_slivers_below_a_step_are_left_out(tmp_path: Path) -> None:
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 20.00003, 10)]
    near = shapely.Polygon([(40, 0), (50, 0), (50, 0.00002), (50, 10), (45, 10.00001), (40, 10), (40.00001, 5)])
    bodies = Prisms.of_shapes([*shapes, near], [0.0] * 3, [3.0] * 3, [0, 1, 2], ["a", "b", "c"])
    city = written(Buildings.of_bodies(bodies), tmp_path)
    assert set(city["CityObjects"]) == {"a", "c"}
    assert cityjson_check.faults(city) == []


def test_ids_of_parts_are_no_ids_of_buildings(tmp_path: Path) -> None:
    ids = ("a", "a/part/1", "a/storey/0")
    shapes = [cities.square(k * 20, 0, 10, 10) for k in range(4)]
    bodies = Prisms.of_shapes(shapes, [0.0] * 4, [5.0] * 4, [0, 0, 1, 2], ids)
    storeys = Prisms.of_shapes([shapes[0]] * 3, [0.0, 1, 2], [1.0, 2, 3], [0, 0, 0], ids)
    buildings = Buildings(bodies, ("",) * 3, storeys, np.zeros(3, int), Prisms.none())
    city = written(buildings, tmp_path)
    assert cityjson_check.faults(city) == []
    assert len(city["CityObjects"]) == 3 + 2 + 3


def test_half_of_a_surrogate_stays_valid_json(tmp_path: Path) -> None:
    bodies = Prisms.of_shapes([cities.square(0, 0, 9, 9)], [0.0], [5.0], [0], ["a"], ["bad \ud800 name"])
    path = tmp_path / "a.city.json"
    write_cityjson(cities.scene(Buildings.of_bodies(bodies)), path, silent)
    city = json.loads(path.read_text("utf-8"))
    assert city["CityObjects"]["a"]["attributes"]["name"] == "bad \ud800 name"


def test_a_far_city_shares_its_corners_too(tmp_path: Path) -> None:
    """Boxes 900 km apart, whose corners do not fit into one packed number."""
    shapes = [shapely.box(x, x, x + 10, x + 10) for x in (0, 10, 900_000)]
    bodies = Prisms.of_shapes(shapes, [0.0, 0, 5000], [5.0, 5, 9000], [0, 1, 2], ["a", "b", "c"])
    city = written(Buildings.of_bodies(bodies), tmp_path)
    assert cityjson_check.faults(city) == []
    assert len({tuple(corner) for corner in city["vertices"]}) == len(city["vertices"]) == 22


def test_order_of_buildings_does_not_matter(tmp_path: Path) -> None:
    city = cities.random_city(40)
    turned = Buildings.of_bodies(
        Prisms.of_shapes(
            city.bodies.outlines[::-1], city.bodies.bottom_m[::-1], city.bodies.top_m[::-1],
            np.arange(40), city.bodies.ids[::-1],
        )
    )  # fmt: skip
    one, other = written(city, tmp_path), written(turned, tmp_path, "b.city.json")
    for name in city.bodies.ids:
        volumes = [closed_bodies.volume(cityjson_check.faces(c, lods(c, name)["1.2"])) for c in (one, other)]
        assert math.isclose(*volumes, rel_tol=1e-12)


def test_a_city_of_several_batches_is_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    buildings, whole = cities.village(), written(cities.village(), tmp_path, "whole.json")
    monkeypatch.setattr(city_model, "AT_ONCE", 2)
    city = written(buildings, tmp_path)
    assert cityjson_check.faults(city) == []
    assert list(city["CityObjects"]) == list(whole["CityObjects"])
    assert city["transform"] == whole["transform"]
    for name, value in city["CityObjects"].items():
        assert value["attributes"] == whole["CityObjects"][name]["attributes"]
        pairs = zip(value["geometry"], whole["CityObjects"][name]["geometry"], strict=True)
        for mine, other in pairs:
            assert cityjson_check.faces(city, mine) == cityjson_check.faces(whole, other)


def test_a_block_that_a_shell_replaces_leaves_no_corner(tmp_path: Path) -> None:
    village = cities.village()
    tall = replace(village, shells={2: cities.gable(100, 0, 10, 8, 0, 7, 10)}, shell_lods={2: "1.2"})
    assert cityjson_check.faults(written(tall, tmp_path)) == []


@pytest.mark.parametrize("after", [0, 3, 5, 8])
@pytest.mark.parametrize("name", SUFFIXES)
def test_cancel_stops(tmp_path: Path, after: int, name: str) -> None:
    left = [after]

    def progress(fraction: float, text: str = "") -> bool:
        left[0] -= 1
        return left[0] >= 0

    with pytest.raises(Cancelled):
        write_cityjson(cities.scene(cities.random_city(1000)), tmp_path / name, progress)


def test_a_folder_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot be written"):
        write_cityjson(cities.scene(), tmp_path / "no" / "a.json", silent)


CJIO = """
import json, sys
from cjio import cityjson
with open(sys.argv[1], encoding="utf-8") as stream:
    city = cityjson.reader(stream)
upgraded, before = city.upgrade_version("2.0", 3)[0], len(city.j["vertices"])
city.remove_duplicate_vertices()
city.remove_orphan_vertices()
print(json.dumps([upgraded, city.number_city_objects_level1(), city.get_epsg(), before, len(city.j["vertices"])]))
"""
"""In a process of its own: to import cjio makes json write numbers with six decimals, everywhere."""


def test_the_fields_own_reader_takes_it(tmp_path: Path) -> None:
    """cjio, which the project does not need, reads, upgrades and counts."""
    if importlib.util.find_spec("cjio") is None:
        pytest.skip("cjio is not installed")
    path = tmp_path / "a.city.json"
    write_cityjson(cities.scene(), path, silent)
    done = subprocess.run([sys.executable, "-c", CJIO, str(path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    upgraded, objects, epsg, before, after = json.loads(done.stdout.splitlines()[-1])
    assert upgraded
    assert (objects, epsg) == (5, 7415)
    assert before == after
