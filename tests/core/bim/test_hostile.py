"""Files and folders made to hurt: each is told, the others are read, and nothing outside the outputs is touched."""

from __future__ import annotations

import os
import re
import time
import zipfile

import pytest

from twin_plugin.core.bim.load import LoadRequest, load
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.pool import read_models
from twin_plugin.core.bim.read import ModelJob
from twin_plugin.core.common.text import plain

HEADER = (
    b"ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');\nFILE_NAME('','',(''),(''),'','','');\n"
    b"FILE_SCHEMA(('IFC4'));\nENDSEC;\nDATA;\n"
)
GIGABYTE = 10**9

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files or names")


def tree(folder):
    """What is in a folder, with sizes, times and modes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        stat = path.lstat()
        found[str(path)] = (stat.st_size, stat.st_mtime_ns, stat.st_mode)
    return found


def sparse(path, size, start=b""):
    with path.open("wb") as stream:
        stream.write(start)
        stream.truncate(size)


def rows(loaded):
    return {values["id"]: values for _, values in loaded.rows.report}


@posix
def test_a_hostile_folder(house, tmp_path, monkeypatch):
    folder = tmp_path / "in"
    folder.mkdir()
    good = house().write(folder / "good.ifc")
    names = ('it\'s "x"; DROP TABLE building; --.ifc', "..\\..\\up.ifc", "a%s {0} %(x).ifc", "new\nline.ifc")
    strange = os.fsdecode("河".encode("gbk") + b".ifc")
    for name in (*names, strange):
        (folder / name).write_bytes(good.read_bytes())
    with zipfile.ZipFile(folder / "parts.ifczip", "w") as archive:
        archive.write(good, "../../../up.ifc")
    with zipfile.ZipFile(folder / "bomb.ifczip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m.ifc", b"\0" * 60_000_000)
    sparse(folder / "junk.ifc", GIGABYTE)
    (folder / "cut.ifc").write_bytes(good.read_bytes()[:-2000] + b"\0" * 50_000)
    os.symlink(folder, folder / "loop", target_is_directory=True)
    os.symlink(folder / "self.ifc", folder / "self.ifc")
    os.mkfifo(folder / "pipe.ifc")
    (folder / "closed").mkdir()
    house().write(folder / "closed" / "unseen.ifc")
    look = os.scandir

    def scandir(path="."):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    before = tree(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        loaded = load(LoadRequest(folder=str(folder), workers=2))
    assert tree(tmp_path) == before
    report = rows(loaded)
    assert all(values["reason"] for values in report.values() if values["status"] != "ok")
    names = (*names, plain(strange))
    for name in ("good.ifc", *names, "parts.ifczip"):
        assert report[name]["status"] == "ok", report[name]
        assert report[name]["buildings"] == 1
    told = {"bomb.ifczip": "would expand", "junk.ifc": "is empty", "pipe.ifc": "a pipe", "self.ifc": "symbolic links"}
    for name, words in told.items():
        assert report[name]["status"] == "failed"
        assert words in report[name]["reason"]
    assert report["cut.ifc"]["status"] == "partial"
    assert set(report) == {"good.ifc", *names, "parts.ifczip", "cut.ifc", *told}
    assert any("closed' cannot be looked into: Permission denied" in text for text in loaded.messages)
    assert all(text.encode("utf-8") for text in (*loaded.messages, *(row["path"] for row in report.values())))


def test_zeros_after_a_header_cost_little(tmp_path, read):
    sparse(tmp_path / "headed.ifc", GIGABYTE // 5, HEADER)
    started = time.process_time()
    report = read(tmp_path / "headed.ifc")
    assert report.status is ReadStatus.PARTIAL
    assert "truncated" in report.reason
    assert time.process_time() - started < 10


@pytest.mark.slow
def test_what_hangs_or_crashes_a_kernel_is_drawn_without_it(house, tmp_path):
    """A placement that hangs on itself, and a cut cut four thousand times, which overflows the kernel's stack."""
    hung = house()
    placement = hung.f.by_type("IfcWall")[0].ObjectPlacement
    placement.PlacementRelTo = placement
    deep = house()
    shape = deep.f.by_type("IfcWall")[0].Representation.Representations[0]
    item, plane = shape.Items[0], deep.f.create_entity("IfcPlane", deep.axis(0, 0, 2.9))
    half = deep.f.create_entity("IfcHalfSpaceSolid", plane, False)
    for _ in range(4000):
        item = deep.f.create_entity("IfcBooleanClippingResult", "DIFFERENCE", item, half)
    shape.Items = [item]
    for name, model in (("hung", hung), ("deep", deep), ("good", house())):
        model.write(tmp_path / f"{name}.ifc")
    jobs = [ModelJob(name, str(tmp_path / f"{name}.ifc")) for name in ("hung", "deep", "good")]
    reports = {report.id: report for report in read_models(jobs, workers=2, time_out=6)}
    assert reports["good"].status is ReadStatus.OK
    for name in ("hung", "deep"):
        assert reports[name].status is ReadStatus.PARTIAL
        assert "hung or crashed" in reports[name].reason
        assert reports[name].buildings[0].footprint_area_m2 == pytest.approx(80, abs=0.1)


def test_a_shape_that_reaches_beyond_the_earth_is_left_out(house, read):
    model = house()
    model.f.by_type("IfcWall")[0].Representation.Representations[0].Items[0].Depth = 1e300
    (building,) = read(model).buildings
    assert building.height_m == pytest.approx(3.2)


def test_shapes_and_parts_that_contain_themselves(house, read):
    model = house()
    e = model.f.create_entity
    shape = model.f.by_type("IfcWall")[0].Representation.Representations[0]
    move = e("IfcCartesianTransformationOperator3D", None, None, e("IfcCartesianPoint", (0.0, 0.0, 0.0)), 1.0, None)
    shape.Items = [e("IfcMappedItem", e("IfcRepresentationMap", model.axis(0, 0, 0), shape), move)]
    e("IfcRelAggregates", model.guid(), None, None, None, model.storey, [model.site])
    report = read(model)
    assert report.meshed == 7
    assert report.buildings[0].footprint_area_m2 == pytest.approx(80, abs=0.1)


def test_ids_that_occur_twice(house, tmp_path):
    model = house()
    one, other = model.f.by_type("IfcWall")[:2]
    other.GlobalId = one.GlobalId
    model.window.GlobalId = model.door.GlobalId
    path = model.write(tmp_path / "twice.ifc")
    lines = path.read_text().splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("#"))
    path.write_text("\n".join([*lines[: first + 30], *lines[first + 20 :]]))
    loaded = load(LoadRequest(files=(str(path),), workers=1))
    ids = [values["id"] for _, values in loaded.rows.openings]
    assert len(ids) == len(set(ids)) == 2
    assert loaded.counts == {"ok": 1, "without_building": 0, "without_place": 1}


def test_boxes_of_any_profile(house, read):
    """Boxes are made of outlines and surfaces too, not of rectangles only."""
    from twin_plugin.core.bim.mesh import BOXES

    model = house()
    e = model.f.create_entity
    for solid in model.f.by_type("IfcExtrudedAreaSolid"):
        width, depth = solid.SweptArea.XDim, solid.SweptArea.YDim
        ring = [e("IfcCartesianPoint", at) for at in ((0.0, 0.0), (width, 0.0), (width, depth), (0.0, depth))]
        solid.SweptArea = e("IfcArbitraryClosedProfileDef", "AREA", None, e("IfcPolyline", [*ring, ring[0]]))
    assert read(model, kernel_fallback=BOXES).buildings[0].footprint_area_m2 == pytest.approx(80, abs=0.1)


def damage(path, line_of, old, new):
    """Replace a reference in the lines of a class, as a broken export does; the file is closed as it was."""
    lines = path.read_text().splitlines()
    path.write_text("\n".join(re.sub(old, new, line) if f"={line_of}(" in line else line for line in lines) + "\n")
    return path


@pytest.mark.parametrize(
    ("line_of", "old", "new", "left"),
    [
        ("IFCWALL", r"#\d+,\$,\$\);$", "4.,$,$);", (80, "office", True)),
        ("IFCPRODUCTDEFINITIONSHAPE", r"\(#\d+\)", "(0.5)", (None, None, True)),
        ("IFCPRODUCTDEFINITIONSHAPE", r"\(#\d+\)", "(#1)", (None, None, True)),
        ("IFCPROPERTYSET", r"\(#\d+\)", "(#1)", (80, "residential", True)),
        ("IFCRELDEFINESBYPROPERTIES", r"#\d+\);$", "'x');", (80, "residential", True)),
        ("IFCRELCONTAINEDINSPATIALSTRUCTURE", r"#\d+\);$", "2.);", (80, "office", True)),
        ("IFCMAPCONVERSION", r"\(#\d+", "(0.", (80, "office", True)),
        ("IFCMAPCONVERSION", r",504000.", ",'east'", (80, "office", False)),
        ("IFCLOCALPLACEMENT", r"#\d+\);$", "#2);", (None, None, True)),
        ("IFCLOCALPLACEMENT", r"#\d+\);$", "$);", (None, None, True)),
        ("IFCUNITASSIGNMENT", r"\(\(.*\)\)", "($)", (80, "office", True)),
        ("IFCPROJECT", r"\(#\d+\),#\d+", "$,$", (80, "office", True)),
    ],
)
def test_damaged_references_cost_what_hangs_on_them_only(house, tmp_path, read, line_of, old, new, left):
    """`left` is the footprint (80 m² by the slab), the use by the property set, and whether there is a place."""
    model = house()
    model.conversion("EPSG:4547", 504000.0, 2490000.0)
    model.properties(model.building, "Pset_BuildingCommon", {"OccupancyType": ("IfcLabel", "Office")})
    path = model.write(tmp_path / "damaged.ifc")
    whole = path.read_text()
    damage(path, line_of, old, new)
    assert path.read_text() != whole
    report = read(path)
    area, use, placed = left
    assert (report.georeference.to_map is not None) == placed
    assert [building.use for building in report.buildings] == ([use] if use else [])
    assert [building.footprint_area_m2 for building in report.buildings] == ([pytest.approx(area)] if area else [])
    assert report.status is ReadStatus.OK or report.reason
    assert report.buildings or "no building" in report.reason
