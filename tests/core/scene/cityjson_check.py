"""A strict reader of CityJSON 2.0: structure, references, semantics; by the specification, apart from the writer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.core.scene import closed_bodies

SOLID = {"Solid"}
GEOMETRIES = {
    "Building": {"MultiSurface", "Solid"},
    "BuildingPart": SOLID,
    "BuildingStorey": SOLID,
    "BuildingRoom": SOLID,
}
SURFACES = {"RoofSurface", "WallSurface", "GroundSurface", "OuterCeilingSurface"}


def read(path: Path) -> dict[str, Any]:
    """A document, or the features of a sequence joined into one."""
    lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    if path.suffix != ".jsonl":
        return strict(path.read_text("utf-8"))
    city = strict(lines[0])
    if city["CityObjects"] != {} or city["vertices"] != []:
        raise ValueError("the first line has objects")
    for line in lines[1:]:
        feature = strict(line)
        if set(feature) != {"type", "id", "CityObjects", "vertices"} or feature["type"] != "CityJSONFeature":
            raise ValueError("no feature")
        if feature["id"] not in feature["CityObjects"]:
            raise ValueError("id of the feature")
        first = len(city["vertices"])
        for name, value in feature["CityObjects"].items():
            if name in city["CityObjects"]:
                raise ValueError(f"twice: {name}")
            for geometry in value["geometry"]:
                geometry["boundaries"] = _moved(geometry["boundaries"], first)
            city["CityObjects"][name] = value
        city["vertices"] += feature["vertices"]
    return city


def strict(text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a member stands twice")
        return found

    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(text, object_pairs_hook=once, parse_constant=refuse)


def _moved(value: Any, by: int) -> Any:
    return value + by if isinstance(value, int) else [_moved(each, by) for each in value]


def faces(city: dict[str, Any], geometry: dict[str, Any]) -> list[closed_bodies.Face]:
    """The faces of a geometry in metres."""
    scale, zero = city["transform"]["scale"], city["transform"]["translate"]
    points = [[c * s + z for c, s, z in zip(corner, scale, zero, strict=True)] for corner in city["vertices"]]
    shells = geometry["boundaries"] if geometry["type"] == "Solid" else [geometry["boundaries"]]
    return [[[points[corner] for corner in ring] for ring in face] for shell in shells for face in shell]


def faults(city: dict[str, Any]) -> list[str]:
    """What is wrong with a document."""
    found: list[str] = []
    if (city["type"], city["version"]) != ("CityJSON", "2.0"):
        found.append("type or version")
    if set(city) - {"type", "version", "transform", "metadata", "CityObjects", "vertices"}:
        found.append("members that the specification does not have")
    corners = [tuple(corner) for corner in city["vertices"]]
    if any(len(c) != 3 or not all(isinstance(v, int) for v in c) for c in corners):
        found.append("corners that are no whole numbers")
    used: set[int] = set()
    objects = city["CityObjects"]
    scale, zero = city["transform"]["scale"], city["transform"]["translate"]
    points = [tuple(c * s + z for c, s, z in zip(corner, scale, zero, strict=True)) for corner in corners]
    for name, value in objects.items():
        strangers = [p for p in value.get("parents", []) if name not in objects.get(p, {}).get("children", [])]
        strangers += [c for c in value.get("children", []) if objects.get(c, {}).get("parents") != [name]]
        found += [f"{name}: {other} does not know it" for other in strangers]
        if (value["type"] == "Building") == ("parents" in value):
            found.append(f"{name}: parents")
        for geometry in value["geometry"]:
            if geometry["type"] not in GEOMETRIES[value["type"]]:
                found.append(f"{name}: {geometry['type']}")
            solid = geometry["type"] == "Solid"
            shell = geometry["boundaries"][0] if solid else geometry["boundaries"]
            if solid and len(geometry["boundaries"]) != 1:
                found.append(f"{name}: several shells")
            for face in shell:
                for ring in face:
                    used.update(ring)
            body = [[[points[corner] for corner in ring] for ring in face] for face in shell]
            if solid:
                found += [f"{name} lod {geometry['lod']}: {fault}" for fault in closed_bodies.faults(body)]
            found += [f"{name}: {fault}" for fault in _semantics(geometry, shell, body)]
    if used != set(range(len(corners))):
        found.append("corners that nothing uses, or that are missing")
    return found


def _semantics(geometry: dict[str, Any], shell: list[Any], body: list[closed_bodies.Face]) -> list[str]:
    semantics = geometry.get("semantics")
    if semantics is None:
        return []
    values = semantics["values"][0] if geometry["type"] == "Solid" else semantics["values"]
    if len(values) != len(shell):
        return ["semantics do not count like faces"]
    kinds = [each["type"] for each in semantics["surfaces"]]
    if not set(kinds) <= SURFACES or set(values) != set(range(len(kinds))):
        return ["semantics"]
    found = []
    for value, face in zip(values, body, strict=True):
        up = closed_bodies.normal(face)
        share = up[2] / (up @ up) ** 0.5
        kind = kinds[value]
        expected = (kind == "RoofSurface") if share > 0.1 else (kind == "WallSurface") if share > -0.1 else True
        if not expected:
            found.append(f"{kind} looks up by {share}")
    return found
