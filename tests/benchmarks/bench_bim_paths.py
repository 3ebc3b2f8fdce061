"""CPU seconds of reading models that are written in unusual ways or whose shapes are no boxes, beside a plain one.

A synthetic office of eight storeys is written once with boxes alone, and once for each peculiarity: blanks, comments
and an old schema, for which the whole text was parsed once, and arcs, sections and cuts, which needed a kernel. Each is
read several times by one process; the least CPU time counts. Beside it stands ifcopenshell's default kernel over the
same file. Writes build/bench/bim_paths.json.

    python tests/benchmarks/bench_bim_paths.py [--checkout DIR]

reads the models with another checkout of the plugin, to compare with an earlier state.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.guid

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
STOREYS, WALLS, COLUMNS = 8, 40, 20
STOREY_M, WALL_M = 3.5, 6.0
ROUNDS = 5


class Office:
    """A model of storeys with a slab, walls, columns and doors."""

    def __init__(self, schema: str) -> None:
        self.f = ifcopenshell.file(schema=schema)
        e = self.f.create_entity
        self.up, self.east = e("IfcDirection", (0.0, 0.0, 1.0)), e("IfcDirection", (1.0, 0.0, 0.0))
        units = e("IfcUnitAssignment", [e("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")])
        self.context = e("IfcGeometricRepresentationContext", None, "Model", 3, 1e-5, self.axis(0, 0, 0), None)
        project = e(
            "IfcProject", self.guid(), None, "Bench", RepresentationContexts=[self.context], UnitsInContext=units
        )
        self.place = e("IfcLocalPlacement", None, self.axis(0, 0, 0))
        self.building = e(
            "IfcBuilding", self.guid(), None, "Office", ObjectPlacement=self.place, CompositionType="ELEMENT"
        )
        e("IfcRelAggregates", self.guid(), None, None, None, project, [self.building])

    def guid(self) -> str:
        return str(ifcopenshell.guid.new())

    def axis(self, x: float, y: float, z: float) -> Any:
        point = self.f.create_entity("IfcCartesianPoint", (float(x), float(y), float(z)))
        return self.f.create_entity("IfcAxis2Placement3D", point, self.up, self.east)

    def flat(self, x: float, y: float) -> Any:
        point = self.f.create_entity("IfcCartesianPoint", (float(x), float(y)))
        return self.f.create_entity("IfcAxis2Placement2D", point, None)

    def box(self, width: float, depth: float) -> Any:
        middle = self.flat(width / 2, depth / 2)
        return self.f.create_entity("IfcRectangleProfileDef", "AREA", None, middle, width, depth)

    def solid(self, profile: Any, height: float, z: float = 0.0) -> Any:
        return self.f.create_entity("IfcExtrudedAreaSolid", profile, self.axis(0, 0, z), self.up, height)

    def storey(self, number: int, parts: list[tuple[str, Any, float, float]]) -> None:
        """A storey of elements: class, shape, and where it stands."""
        e, z = self.f.create_entity, number * STOREY_M
        place = e("IfcLocalPlacement", self.place, self.axis(0, 0, z))
        storey = e("IfcBuildingStorey", self.guid(), None, f"Level {number}", ObjectPlacement=place, Elevation=z)
        storey.CompositionType = "ELEMENT"
        e("IfcRelAggregates", self.guid(), None, None, None, self.building, [storey])
        elements = []
        for kind, item, x, y in parts:
            cut = item.is_a("IfcBooleanResult")
            shape = e("IfcShapeRepresentation", self.context, "Body", "CSG" if cut else "SweptSolid", [item])
            element = e(kind, self.guid(), None, kind[3:])
            element.ObjectPlacement = e("IfcLocalPlacement", place, self.axis(x, y, 0))
            element.Representation = e("IfcProductDefinitionShape", None, None, [shape])
            elements.append(element)
        e("IfcRelContainedInSpatialStructure", self.guid(), None, None, None, elements, storey)


Shape = Callable[[Office], Any]


def _line(o: Office, points: list[tuple[float, float]]) -> Any:
    return o.f.create_entity("IfcPolyline", [o.f.create_entity("IfcCartesianPoint", point) for point in points])


def _closed(o: Office, curve: Any) -> Any:
    return o.f.create_entity("IfcArbitraryClosedProfileDef", "AREA", None, curve)


def plain_wall(o: Office) -> Any:
    return o.solid(o.box(WALL_M, 0.3), 3.2)


def indexed_wall(o: Office) -> Any:
    """A wall with a round end, as an indexed curve."""
    e = o.f.create_entity
    points = [(0.0, 0.0), (WALL_M, 0.0), (WALL_M + 0.15, 0.15), (WALL_M, 0.3), (0.0, 0.3)]
    parts = [e("IfcLineIndex", (1, 2)), e("IfcArcIndex", (2, 3, 4)), e("IfcLineIndex", (4, 5, 1))]
    curve = e("IfcIndexedPolyCurve", e("IfcCartesianPointList2D", points), parts, False)
    return o.solid(_closed(o, curve), 3.2)


def arc_wall(o: Office) -> Any:
    """The same as a composite curve with a trimmed circle."""
    e = o.f.create_entity
    ends = [e("IfcCartesianPoint", (WALL_M, y)) for y in (0.0, 0.3)]
    circle = e("IfcCircle", o.flat(WALL_M, 0.15), 0.15)
    arc = e("IfcTrimmedCurve", circle, [ends[0]], [ends[1]], True, "CARTESIAN")
    line = _line(o, [(WALL_M, 0.3), (0.0, 0.3), (0.0, 0.0), (WALL_M, 0.0)])
    parts = [e("IfcCompositeCurveSegment", "CONTINUOUS", True, part) for part in (arc, line)]
    return o.solid(_closed(o, e("IfcCompositeCurve", parts, False)), 3.2)


def clipped_wall(o: Office) -> Any:
    """A wall under a slanted plane, bounded by a polygon."""
    e = o.f.create_entity
    place = e(
        "IfcAxis2Placement3D", e("IfcCartesianPoint", (0.0, 0.0, 2.8)), e("IfcDirection", (0.1, 0.0, 1.0)), o.east
    )
    border = _line(o, [(-1.0, -1.0), (9.0, -1.0), (9.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)])
    half = e("IfcPolygonalBoundedHalfSpace", e("IfcPlane", place), False, o.axis(0, 0, 0), border)
    return e("IfcBooleanClippingResult", "DIFFERENCE", plain_wall(o), half)


def pierced_wall(o: Office) -> Any:
    """A wall less a box."""
    hole = o.solid(o.box(1.0, 1.0), 2.0, 0.5)
    return o.f.create_entity("IfcBooleanResult", "DIFFERENCE", plain_wall(o), hole)


def plain_column(o: Office) -> Any:
    return o.solid(o.box(0.4, 0.4), 3.2)


def round_column(o: Office) -> Any:
    return o.solid(o.f.create_entity("IfcCircleProfileDef", "AREA", None, o.flat(0.2, 0.2), 0.2), 3.2)


def steel_column(o: Office) -> Any:
    sizes = (0.3, 0.3, 0.011, 0.019, 0.027)
    return o.solid(o.f.create_entity("IfcIShapeProfileDef", "AREA", None, o.flat(0.2, 0.2), *sizes), 3.2)


def office(schema: str = "IFC4", wall: Shape = plain_wall, column: Shape = plain_column) -> bytes:
    o = Office(schema)
    for number in range(STOREYS):
        parts = [("IfcSlab", o.solid(o.box(62.0, 32.0), 0.3), -1.0, -1.0)]
        parts += [("IfcWall", wall(o), WALL_M * (at % 10), 10.0 * (at // 10)) for at in range(WALLS)]
        parts += [("IfcWall", o.solid(o.box(0.3, 30.3), 3.2), x, 0.0) for x in (0.0, 59.7)]
        parts += [("IfcColumn", column(o), 3.0 * at, 5.0) for at in range(COLUMNS)]
        parts += [("IfcDoor", o.solid(o.box(1.0, 0.1), 2.1), WALL_M * at + 2.0, 0.0) for at in range(10)]
        o.storey(number, parts)
    return str(o.f.to_string()).encode()


def with_blanks(text: bytes) -> bytes:
    """Blanks between all values; no string of the model holds a comma or a bracket."""
    begin = text.index(b"DATA;") + 5
    return text[:begin] + re.sub(rb"([(,)=])", rb" \1 ", text[begin:])


def with_comments(text: bytes) -> bytes:
    begin = text.index(b"DATA;") + 5
    return text[:begin] + text[begin:].replace(b";\n#", b";\n\n/* " + b"-" * 60 + b" */\n#")


def models() -> dict[str, bytes]:
    plain = office()
    return {
        "plain": plain,
        "blanks in records": with_blanks(plain),
        "comments between records": with_comments(plain),
        "schema IFC2X_FINAL": office("IFC2X3").replace(b"'IFC2X3'", b"'IFC2X_FINAL'"),
        "walls of indexed curves": office(wall=indexed_wall),
        "walls of trimmed circles": office(wall=arc_wall),
        "round columns": office(column=round_column),
        "steel columns": office(column=steel_column),
        "walls cut by half spaces": office(wall=clipped_wall),
        "walls less boxes": office(wall=pierced_wall),
    }


def reader(checkout: Path) -> Callable[[Path], Any]:
    """What reads a file, of this or of an earlier state of the plugin."""
    sys.path.insert(0, str(checkout))
    from twin_plugin.core.bim import read

    job = getattr(read, "ModelJob", None) or read.Job
    return lambda path: read.read_model(job(path.name, str(path)))


def least_cpu_s(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, Any]:
    """The least CPU seconds of several times, the first left out, and what it gives."""
    result, least = work(), float("inf")
    for _ in range(rounds):
        before = time.process_time()
        result = work()
        least = min(least, time.process_time() - before)
    return least, result


def kernel(path: Path) -> int:
    """Every element by ifcopenshell's default kernel; how many shapes there are."""
    from ifcopenshell import geom

    text = path.read_text("latin-1").replace("IFC2X_FINAL", "IFC2X3")
    model = ifcopenshell.file.from_string(text)
    iterator, count = geom.iterator(geom.settings(), model, 1), 0
    more = iterator.initialize()
    while more:
        count += len(iterator.get().geometry.faces_buffer) > 0
        more = iterator.next()
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkout", type=Path, default=ROOT, help="the plugin to measure")
    parser.add_argument("--no-peer", action="store_true", help="only the reader itself")
    options = parser.parse_args()
    read = reader(options.checkout.resolve())
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in models().items():
            path = Path(folder) / "model.ifc"
            path.write_bytes(text)
            spent, report = least_cpu_s(lambda path=path: read(path))
            row = {"cpu_s": spent, "mb": len(text) / 1e6, "engine": report.engine, "meshed": report.meshed}
            if not options.no_peer:
                row["kernel_cpu_s"], row["kernel_shapes"] = least_cpu_s(lambda path=path: kernel(path), 1)
            found[name] = row
            plain = found["plain"]["cpu_s"]
            peer = f", the kernel {row['kernel_cpu_s'] / spent:5.1f} times" if not options.no_peer else ""
            print(f"{name:<26} {1e3 * spent:7.1f} ms CPU, {spent / plain:4.2f} of plain{peer}; {row['engine']}")
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "bim_paths.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
