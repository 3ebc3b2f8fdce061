"""The IFC files: valid, in the right place, the same bytes again, and labelled as made."""

from __future__ import annotations

import hashlib
import math

import ifcopenshell
import ifcopenshell.geom
import ifcopenshell.validate
import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled, ResourceError
from twin_plugin.core.demo.district import make_district, write_models
from twin_plugin.core.demo.layers import sill_point


@pytest.fixture(scope="module")
def district(synthetic_district):
    return synthetic_district(60, 1)


@pytest.fixture(scope="module")
def models(district, tmp_path_factory):
    return write_models(district, tmp_path_factory.mktemp("模型 models"))


def picked(district, *uses):
    return [next(plan for plan in district.plans if plan.use == use) for use in uses]


def meshes(path):
    """Vertices in metres of every element, by GlobalId."""
    model = ifcopenshell.open(str(path))
    settings = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    elements = [e for e in model.by_type("IfcElement") if not e.is_a("IfcOpeningElement")]
    iterator = ifcopenshell.geom.iterator(settings, model, 1, include=elements, geometry_library="manifold")
    found = {}
    for shape in iterator:
        found[shape.guid] = np.array(shape.geometry.verts).reshape(-1, 3)
    assert len(found) == len(elements)
    return model, found


def test_one_small_file_for_each_building(district, models):
    assert len(models) == 60
    assert len({path.name for path in models}) == 60
    assert max(path.stat().st_size for path in models) < 150_000


@pytest.mark.slow
@pytest.mark.parametrize("use", ["home", "office", "hospital", "metro"])
def test_files_are_valid(district, models, use):
    (plan,) = picked(district, use)
    logger = ifcopenshell.validate.json_logger()
    ifcopenshell.validate.validate(
        ifcopenshell.open(str(models[plan.number - 1])), logger, express_rules=use == "metro"
    )
    assert logger.statements == []


def test_the_same_seed_writes_the_same_bytes(district, models, tmp_path):
    again = write_models(make_district(60, 1), tmp_path)
    for one, other in zip(models, again, strict=True):
        assert hashlib.sha256(one.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest()


def test_another_seed_gives_other_ids(district, models, tmp_path):
    other = write_models(make_district(3, 2), tmp_path)[0]
    ids = {e.GlobalId for e in ifcopenshell.open(str(other)).by_type("IfcRoot")}
    assert not ids & {e.GlobalId for e in ifcopenshell.open(str(models[0])).by_type("IfcRoot")}


def test_ids_are_unique_over_files(models):
    seen = [e.GlobalId for path in models[:8] for e in ifcopenshell.open(str(path)).by_type("IfcRoot")]
    assert len(seen) == len(set(seen))


def test_they_say_that_they_are_made(models):
    for path in models[::20]:
        text = path.read_text()
        assert "not real" in text[:600]
        model = ifcopenshell.open(str(path))
        for kind in ("IfcProject", "IfcSite", "IfcBuilding"):
            assert "not real" in model.by_type(kind)[0].Description
            assert "虚构" in model.by_type(kind)[0].Description
        assert "Demo" in model.by_type("IfcBuilding")[0].Name


@pytest.mark.parametrize("unit", ["m", "mm"])
def test_corners_come_out_where_they_were_planned(district, models, unit):
    plan = next(p for p in district.plans if p.unit == unit and p.use == "home")
    model, found = meshes(models[plan.number - 1])
    conversion = model.by_type("IfcMapConversion")[0]
    assert conversion.TargetCRS.Name == "EPSG:4547"
    assert conversion.Scale == pytest.approx(1.0 if unit == "m" else 0.001)
    slab = next(s for s in model.by_type("IfcSlab") if s.PredefinedType == "FLOOR" or s.PredefinedType == "BASESLAB")
    # The mesh is in metres already, so the scale to the map's metres is 1.
    v = found[slab.GlobalId]
    turn = math.hypot(conversion.XAxisAbscissa, conversion.XAxisOrdinate)
    cos, sin = conversion.XAxisAbscissa / turn, conversion.XAxisOrdinate / turn
    x = conversion.Eastings + v[:, 0] * cos - v[:, 1] * sin
    y = conversion.Northings + v[:, 0] * sin + v[:, 1] * cos
    for corner in plan.footprint[0]:
        point = sill_point(plan, *corner)
        assert np.hypot(x - point.x, y - point.y).min() < 0.002


def test_the_sills_are_in_the_geometry(district, models):
    checked = 0
    for plan in district.plans[::6]:
        model, found = meshes(models[plan.number - 1])
        height = model.by_type("IfcMapConversion")[0].OrthogonalHeight
        assert height == pytest.approx(plan.ground_floor_m)
        lows = {
            "door": [found[d.GlobalId][:, 2].min() for d in model.by_type("IfcDoor")],
            "window": [found[d.GlobalId][:, 2].min() for d in model.by_type("IfcWindow")],
            "ramp": [found[d.GlobalId][:, 2].max() for d in model.by_type("IfcRamp")],
            "vent": [found[d.GlobalId][:, 2].min() for d in model.by_type("IfcAirTerminal")],
        }
        lows["metro entrance"] = lows["door"]
        for sill in plan.sills:
            checked += 1
            assert np.abs(np.array(lows[sill.kind]) - sill.z).min() < 0.002
    assert checked > 50


def test_ramps_stay_inside_and_reach_the_basement(district):
    for plan in district.plans:
        for element in plan.elements:
            if element.ifc_class != "IfcRamp":
                continue
            run, crest = element.ring[1][0], element.ring[3][1]
            assert (crest + 3.6) / run < 0.19
            cos, sin = math.cos(element.angle_rad), math.sin(element.angle_rad)
            corners = [(0, 0), (run, 0), (run, element.size_m), (0, element.size_m)]
            box = shapely.Polygon([(element.x + a * cos - b * sin, element.y + a * sin + b * cos) for a, b in corners])
            assert shapely.Polygon(plan.footprint[0]).buffer(0.01).covers(box)


def test_uses_storeys_and_parts(district, models):
    counts = [plan.storeys_above for plan in district.plans]
    assert min(counts) >= 2
    assert max(counts) <= 20
    assert {plan.storeys_below for plan in district.plans} >= {0, 1, 2}
    (metro,) = picked(district, "metro")
    model = ifcopenshell.open(str(models[metro.number - 1]))
    assert len(model.by_type("IfcDoor")) == 4
    assert min(s.Elevation for s in model.by_type("IfcBuildingStorey")) < -10
    assert {plan.unit for plan in district.plans} == {"m", "mm"}


def test_a_folder_that_cannot_be_written_is_told(district, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("here first")
    with pytest.raises(ResourceError, match="choose another place"):
        write_models(district, blocked)


def test_cancel_between_files(district, tmp_path):
    calls = []

    def progress(fraction, text=""):
        calls.append(fraction)
        return len(calls) < 4

    with pytest.raises(Cancelled):
        write_models(district, tmp_path, progress)
    assert len(list(tmp_path.iterdir())) == 3
