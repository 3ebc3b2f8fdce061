"""CityGML 3.0 and 2.0: order of the schema, closed bodies, ids that are names, texts from outside."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely

from tests.core.scene import cities, closed_bodies
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scene.citygml import VERSIONS, write_citygml
from twin_plugin.core.scene.scene import Buildings
from twin_plugin.core.scene.xml_text import XmlIds, xml_text

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
ORDER = {
    "3.0": "name genericAttribute boundary lod0MultiSurface lod1Solid lod2Solid lod2MultiSurface height function "
    "storeysAboveGround storeysBelowGround sortKey buildingRoom buildingSubdivision buildingPart",
    "2.0": "name stringAttribute intAttribute doubleAttribute function measuredHeight storeysAboveGround "
    "storeysBelowGround lod0FootPrint lod1Solid lod2Solid boundedBy consistsOfBuildingPart",
}
"""Elements of a building in the order of the schemas (core.xsd, construction.xsd, building.xsd)."""
FREE = {"stringAttribute", "intAttribute", "doubleAttribute"}
"""A choice: they may come in any order."""


def document(folder: Path, version: str, buildings: Buildings | None = None) -> ElementTree.Element:
    path = folder / f"{version}.gml"
    write_citygml(cities.scene(buildings), path, silent, version)
    return ElementTree.parse(path).getroot()  # noqa: S314  our own


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def named(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in root.iter() if local(each) == name]


def own_id(element: ElementTree.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def ring(element: ElementTree.Element) -> list[tuple[float, ...]]:
    numbers = [float(text) for text in named(element, "posList")[0].text.split()]
    points = list(zip(*[iter(numbers)] * 3, strict=True))
    if points[0] != points[-1]:
        raise ValueError("a ring that does not close")
    return points[:-1]


def faces(root: ElementTree.Element, solid: ElementTree.Element) -> list[closed_bodies.Face]:
    polygons = {own_id(each): each for each in named(root, "Polygon") if own_id(each)}
    found = []
    for member in named(solid, "surfaceMember"):
        link = next((value for key, value in member.attrib.items() if key.endswith("}href")), "")
        polygon = polygons[link[1:]] if link else named(member, "Polygon")[0]
        found.append([ring(side) for side in polygon])
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_elements_stand_in_the_order_of_the_schema(tmp_path: Path, version: str) -> None:
    order = ORDER[version].split()
    for kind in ("Building", "BuildingPart", "Storey", "BuildingRoom"):
        for each in named(document(tmp_path, version), kind):
            names = ["stringAttribute" if local(child) in FREE else local(child) for child in each]
            assert set(names) <= set(order)
            assert [order.index(name) for name in names] == sorted(order.index(name) for name in names)


@pytest.mark.parametrize("version", VERSIONS)
def test_bodies_are_closed_and_look_outwards(tmp_path: Path, version: str) -> None:
    root = document(tmp_path, version)
    solids = named(root, "Solid")
    assert len(solids) == {"3.0": 13, "2.0": 9}[version]
    for solid in solids:
        assert closed_bodies.faults(faces(root, solid)) == []
    shell = named(root, "lod2Solid")
    assert len(shell) == 1
    assert closed_bodies.volume(faces(root, shell[0])) == pytest.approx(600.0, rel=1e-9)
    roofs = named(root, "RoofSurface")
    assert len(roofs) == 1
    assert len(named(roofs[0], "Polygon")) == 2


@pytest.mark.parametrize("version", VERSIONS)
def test_a_shell_with_flat_roofs_takes_the_place_of_the_block(tmp_path: Path, version: str) -> None:
    root = document(tmp_path, version, replace(cities.village(), shell_lods={2: "1.3"}))
    assert not named(root, "lod2Solid")
    assert not named(root, "RoofSurface")
    (house,) = [each for each in named(root, "Building") if own_id(each).startswith("id_3rd")]
    solids = [each for each in house if local(each) == "lod1Solid"]
    assert len(solids) == 1
    assert closed_bodies.volume(faces(root, solids[0])) == pytest.approx(600.0)


@pytest.mark.parametrize("version", VERSIONS)
def test_volumes_are_those_of_the_prisms(tmp_path: Path, version: str) -> None:
    city = cities.random_city(60)
    root = document(tmp_path, version, city)
    for place, building in enumerate(named(root, "Building")):
        outline = shapely.transform(city.bodies.outlines[place], lambda points: np.round(points, 4))
        height = np.round(city.bodies.top_m[place], 4) - np.round(city.bodies.bottom_m[place], 4)
        found = closed_bodies.volume(faces(root, named(building, "lod1Solid")[0]))
        assert found == pytest.approx(outline.area * height, rel=1e-9)


@pytest.mark.parametrize("version", VERSIONS)
def test_ids_are_names_and_texts_stay_texts(tmp_path: Path, version: str) -> None:
    root = document(tmp_path, version)
    ids = [own_id(each) for each in root.iter() if own_id(each)]
    assert len(set(ids)) == len(ids)
    assert all(NAME.match(each) for each in ids)
    assert not named(root, "script")
    buildings = named(root, "Building")
    assert own_id(buildings[0]) == "yard"
    kept = ["".join(each.itertext()) for each in root.iter() if local(each) in ("StringAttribute", "stringAttribute")]
    assert any("parts/$1" in text for text in kept)
    texts = [each.find("{*}name").text for each in buildings]
    assert texts == ["Courtyard", "Three & parts", "<script>alert('x')</script>", "a\ufffdb\ud7ff", "商住楼"]
    assert named(root, "Envelope")[0].attrib["srsName"] == "urn:ogc:def:crs:EPSG::7415"


def test_what_version_2_does_not_have_is_said(tmp_path: Path) -> None:
    told = write_citygml(cities.scene(), tmp_path / "a.gml", silent, "2.0")
    assert "0 storeys" in told[0]
    assert any("CityGML 2.0 has no storeys" in text for text in told)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_empty_scene_is_a_model_without_members(tmp_path: Path, version: str) -> None:
    root = document(tmp_path, version, Buildings.of_bodies(Prisms.none()))
    assert not named(root, "cityObjectMember")
    assert len(named(root, "Envelope")) == 1


def test_cancel_stops(tmp_path: Path) -> None:
    left = [7]

    def progress(fraction: float, text: str = "") -> bool:
        left[0] -= 1
        return left[0] > 0

    with pytest.raises(Cancelled):
        write_citygml(cities.scene(cities.random_city(1000)), tmp_path / "a.gml", progress)


def test_ids_of_different_objects_differ() -> None:
    ids = XmlIds()
    found = [ids.new(text) for text in ("a b", "a_20_b", "a_20_b", "", "1", "中", "-", "é", "a")]
    assert len(set(found)) == len(found)
    assert all(NAME.match(each) for each in found)
    assert found[-1] == "a"


def test_texts_survive_a_parser() -> None:
    text = "a<b>&\"c' \t\n\r 中 \U0001f3e0 ]]>"
    element = ElementTree.fromstring(f'<x y="{xml_text(text)}">{xml_text(text)}</x>')  # noqa: S314  our own
    assert element.text == element.attrib["y"] == text
    assert xml_text("\x00\x1f\ufffe\ud800") == "\ufffd" * 4
