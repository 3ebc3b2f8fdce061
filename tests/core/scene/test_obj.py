"""OBJ: closed objects that look outwards, materials, the origin and its files beside it."""

from pathlib import Path

import numpy as np
import pytest

from tests.core.scene import cities, closed_bodies
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.place_files import read_links, read_prj
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scene.obj import write_obj
from twin_plugin.core.scene.scene import Buildings

Body = tuple[str, list[closed_bodies.Face]]


def read(path: Path) -> dict[str, Body]:
    """Objects by name: material and faces; a strict parser."""
    points: list[tuple[float, ...]] = []
    found: dict[str, Body] = {}
    name = ""
    for line in path.read_text("utf-8").splitlines():
        kind, *values = line.split()
        if kind == "v":
            points.append(tuple(float(value) for value in values))
        elif kind == "o":
            (name,) = values
            assert name not in found
        elif kind == "usemtl":
            found[name] = (values[0], [])
        elif kind == "f":
            face = [points[int(value) - 1] for value in values]
            assert len(face) in (3, 4)
            found[name][1].append([face])
        else:
            assert kind in ("#", "mtllib")
    return found


def written(folder: Path, buildings: Buildings | None = None, **more) -> dict[str, Body]:
    path = folder / "model.obj"
    write_obj(cities.scene(buildings, **more), path, silent)
    return read(path)


def test_bodies_are_closed_and_keep_their_volumes(tmp_path: Path) -> None:
    found = written(tmp_path)
    volumes = {}
    for name, (_, faces) in found.items():
        assert closed_bodies.faults(faces) == [], name
        volumes[name] = closed_bodies.volume(faces)
    yard = 12 * (600 - 100)
    assert list(volumes.values()) == pytest.approx([yard, 1000, 600, 75, 600, 8 * 6 * 3, 4 * 4 * 13.5, 4 * 4 * 13.5])
    assert list(found)[4:6] == ["3rd_house_", "3rd_house_underground_1"]


def test_a_city_of_concave_and_pierced_plans(tmp_path: Path) -> None:
    city = cities.random_city(150)
    found = written(tmp_path, city)
    for place, (_, faces) in enumerate(found.values()):
        assert closed_bodies.faults(faces) == []
        height = city.bodies.top_m[place] - city.bodies.bottom_m[place]
        assert closed_bodies.volume(faces) == pytest.approx(city.bodies.outlines[place].area * height, rel=3e-4)


def test_materials_are_those_of_the_uses(tmp_path: Path) -> None:
    found = written(tmp_path)
    text = (tmp_path / "model.mtl").read_text("utf-8")
    assert "mtllib model.mtl" in (tmp_path / "model.obj").read_text("utf-8")
    for material, _ in found.values():
        assert f"newmtl {material}\n" in text
    assert found["3rd_house_underground_1"][0] == "underground"
    assert found["yard"][0] != found["3rd_house_"][0]


def test_the_origin_is_told(tmp_path: Path) -> None:
    written(tmp_path)
    head = (tmp_path / "model.obj").read_text("utf-8").splitlines()[:2]
    assert head[1] == "# origin 120000.000 480000.000 -4.000 in EPSG_28992; metres, z up"
    links = read_links(tmp_path / "model.wld3")
    assert (links.source[0], links.target[0]) == ((0, 0, 0), (120000, 480000, -4))
    assert (links.scale, links.turn_rad) == (pytest.approx(1), pytest.approx(0))
    assert read_prj(tmp_path / "model.prj") == "EPSG:28992"


def test_names_that_look_alike_stay_apart(tmp_path: Path) -> None:
    ids = ("a b", "a&b", "a_b", "a_b_2")
    shapes = [cities.square(k * 20, 0, 5, 5) for k in range(4)]
    bodies = Prisms.of_shapes(shapes, [0.0] * 4, [3.0] * 4, range(4), ids)
    assert len(written(tmp_path, Buildings.of_bodies(bodies))) == 4


def test_without_a_crs_of_a_register_the_place_is_not_written(tmp_path: Path) -> None:
    told = write_obj(cities.scene(crs="nonsense"), tmp_path / "a.obj", silent)
    assert not (tmp_path / "a.prj").exists()
    assert any("no .prj" in text for text in told)


def test_an_empty_scene_has_no_object(tmp_path: Path) -> None:
    assert written(tmp_path, Buildings.of_bodies(Prisms.none())) == {}


def test_what_is_only_below_ground_is_written(tmp_path: Path) -> None:
    ids = ("a", "garage")
    bodies = Prisms.of_shapes([cities.square(0, 0, 5, 5)], [0.0], [3.0], [0], ids)
    garage = Prisms.of_shapes([cities.square(9, 0, 5, 5)], [-4.0], [0.0], [1], ids)
    buildings = Buildings(bodies, ("", "parking"), Prisms.none(), np.zeros(0, int), garage)
    found = written(tmp_path, buildings)
    assert list(found) == ["a", "garage_underground_1"]


def test_cancel_stops(tmp_path: Path) -> None:
    left = [7]

    def progress(fraction: float, text: str = "") -> bool:
        left[0] -= 1
        return left[0] > 0

    with pytest.raises(Cancelled):
        write_obj(cities.scene(cities.random_city(1000)), tmp_path / "a.obj", progress)


def test_a_mesh_library_finds_it_watertight(tmp_path: Path) -> None:
    """trimesh, which the project does not need, reads each object as a closed mesh of the same volume."""
    trimesh = pytest.importorskip("trimesh")
    path = tmp_path / "model.obj"
    write_obj(cities.scene(), path, silent)
    for name, (_, faces) in read(path).items():
        corners = sorted({point for face in faces for point in face[0]})
        place = {point: number for number, point in enumerate(corners)}
        fans = [[place[f[0][0]], place[f[0][k]], place[f[0][k + 1]]] for f in faces for k in range(1, len(f[0]) - 1)]
        mesh = trimesh.Trimesh(corners, fans, process=False)
        assert mesh.is_watertight, name
        assert mesh.volume == pytest.approx(closed_bodies.volume(faces))
    whole = trimesh.load(path, force="mesh", process=False)
    assert whole.bounds[1] == pytest.approx([148, 20, 17])
