"""Alignments: arcs and clothoids against closed formulas, profiles, cant, stations, older schemas and damage."""

from __future__ import annotations

import math

import ifcopenshell
import ifcopenshell.guid
import numpy as np
import pytest

from twin_plugin.core.bim.alignment_curves import PlanSegment, Profile, ProfileSegment
from twin_plugin.core.bim.read import ModelJob, read_model
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.wanted import Wanted

AXES = Wanted(alignments=True)
MM = 1e-3
NONE = np.zeros(0)


class Track:
    """A model of one alignment; segments are in metres and radians, and written in its units."""

    def __init__(self, unit_m: float = 1.0, schema: str = "IFC4X3_ADD2") -> None:
        self.f, self.unit_m = ifcopenshell.file(schema=schema), unit_m
        e = self.f.create_entity
        prefix = "MILLI" if unit_m == MM else None
        length = e("IfcSIUnit", UnitType="LENGTHUNIT", Prefix=prefix, Name="METRE")
        radian = e("IfcSIUnit", UnitType="PLANEANGLEUNIT", Name="RADIAN")
        self.up, self.east = e("IfcDirection", (0.0, 0.0, 1.0)), e("IfcDirection", (1.0, 0.0, 0.0))
        self.context = e("IfcGeometricRepresentationContext", None, "Model", 3, 1e-5, self.axis((0, 0, 0)), None)
        units = e("IfcUnitAssignment", [length, radian])
        self.project = e("IfcProject", self.guid(), None, "T", RepresentationContexts=[self.context])
        self.project.UnitsInContext = units
        self.alignment = e("IfcAlignment", self.guid(), None, "Axis <1>")
        self.alignment.ObjectPlacement = e("IfcLocalPlacement", None, self.axis((0, 0, 0)))
        self.layouts = {}

    def guid(self):
        return ifcopenshell.guid.new()

    def n(self, metres: float) -> float:
        return float(metres) / self.unit_m

    def axis(self, at, east=None):
        point = self.f.create_entity("IfcCartesianPoint", tuple(self.n(x) for x in at))
        return self.f.create_entity("IfcAxis2Placement3D", point, self.up, east or self.east)

    def nest(self, whole, part):
        self.f.create_entity("IfcRelNests", self.guid(), None, None, None, whole, [part])

    def segment(self, kind: str, design):
        if kind not in self.layouts:
            self.layouts[kind] = self.f.create_entity(kind, self.guid())
            self.nest(self.alignment, self.layouts[kind])
        self.nest(self.layouts[kind], self.f.create_entity("IfcAlignmentSegment", self.guid(), DesignParameters=design))

    def plan(self, x, y, direction, length, r0=0.0, r1=0.0, kind="LINE"):
        point = self.f.create_entity("IfcCartesianPoint", (self.n(x), self.n(y)))
        values = (direction, self.n(r0), self.n(r1), self.n(length), None, kind)
        self.segment(
            "IfcAlignmentHorizontal", self.f.create_entity("IfcAlignmentHorizontalSegment", None, None, point, *values)
        )

    def profile(self, start, length, height, g0, g1, kind="CONSTANTGRADIENT"):
        values = (self.n(start), self.n(length), self.n(height), g0, g1, None, kind)
        self.segment("IfcAlignmentVertical", self.f.create_entity("IfcAlignmentVerticalSegment", None, None, *values))

    def cant(self, start, length, left0, left1, right0=0.0, right1=0.0):
        values = [self.n(x) for x in (start, length, left0, left1, right0, right1)]
        design = self.f.create_entity("IfcAlignmentCantSegment", None, None, *values, "LINEARTRANSITION")
        self.segment("IfcAlignmentCant", design)
        self.layouts["IfcAlignmentCant"].RailHeadDistance = self.n(1.5)

    def read(self, folder):
        path = folder / "an axis 轴线.ifc"
        self.f.write(str(path))
        return read_model(ModelJob("m", str(path), asked=AXES))


def end(part: PlanSegment):
    return part.points(part.stations(NONE))[-1]


def fresnel(length: float, radius: float) -> tuple[float, float]:
    """The end of a clothoid from a straight to a radius, by its power series."""
    x = y = 0.0
    for n in range(12):
        share = (-1.0) ** n / (2.0 * radius * length) ** (2 * n)
        x += share * length ** (4 * n + 1) / (math.factorial(2 * n) * (4 * n + 1))
        share /= 2.0 * radius * length
        y += share * length ** (4 * n + 3) / (math.factorial(2 * n + 1) * (4 * n + 3))
    return x, y


def test_an_arc_is_that_of_its_circle():
    part = PlanSegment(100.0, 200.0, 0.0, 300.0 * math.pi / 2, 1 / 300.0, 1 / 300.0, "CIRCULARARC")
    points = part.points(part.stations(NONE))
    assert points[-1] == pytest.approx((400.0, 500.0), abs=1e-6)
    assert np.hypot(points[:, 0] - 100.0, points[:, 1] - 500.0) == pytest.approx(300.0, abs=1e-6)
    right = PlanSegment(0.0, 0.0, math.pi / 2, 50.0 * math.pi, -1 / 50.0, -1 / 50.0, "CIRCULARARC")
    assert end(right) == pytest.approx((100.0, 0.0), abs=1e-6)


@pytest.mark.parametrize(("length", "radius"), [(60.0, 300.0), (150.0, 500.0), (80.0, 100.0)])
def test_a_clothoid_is_that_of_the_series(length, radius):
    part = PlanSegment(0.0, 0.0, 0.0, length, 0.0, 1 / radius, "CLOTHOID")
    assert end(part) == pytest.approx(fresnel(length, radius), abs=1e-9)
    # Walked back from its end it turns the other way, and comes to where it began.
    x, y = fresnel(length, radius)
    back = PlanSegment(x, y, length / (2 * radius) + math.pi, length, -1 / radius, 0.0, "CLOTHOID")
    assert end(back) == pytest.approx((0.0, 0.0), abs=1e-9)


@pytest.mark.parametrize(
    "kind", ["CLOTHOID", "BLOSSCURVE", "COSINECURVE", "SINECURVE", "HELMERTCURVE", "VIENNESEBEND", "CUBIC"]
)
def test_every_transition_turns_by_the_mean_of_its_curvatures(kind):
    part = PlanSegment(0.0, 0.0, 0.3, 100.0, 0.0, 0.004, kind)
    turned = part.directions(np.array([0.0, 100.0]))
    assert turned == pytest.approx((0.3, 0.3 + 0.004 * 100.0 / 2))
    at = np.linspace(0, 100, 20_001)
    heading = part.directions(at)
    step = np.diff(at)
    middle = (np.cos(heading[:-1]) + np.cos(heading[1:])) / 2, (np.sin(heading[:-1]) + np.sin(heading[1:])) / 2
    assert end(part) == pytest.approx((float(middle[0] @ step), float(middle[1] @ step)), abs=1e-6)


def test_a_chord_stays_within_a_millimetre():
    part = PlanSegment(0.0, 0.0, 0.0, 200.0, 1 / 120.0, 1 / 120.0, "CIRCULARARC")
    points = part.points(part.stations(NONE))
    chords = np.hypot(*np.diff(points, axis=0).T)
    sagitta = 120.0 - np.sqrt(120.0**2 - (chords / 2) ** 2)
    assert sagitta.max() <= 1.01 * MM


def test_heights_are_those_of_the_formulas():
    profile = Profile(
        [
            ProfileSegment(0.0, 100.0, 10.0, 0.02, 0.02),
            ProfileSegment(100.0, 80.0, 12.0, 0.02, -0.01, "PARABOLICARC"),
            ProfileSegment(180.0, 60.0, 12.4, -0.01, 0.02, "CIRCULARARC"),
        ]
    )
    at = np.array([0.0, 50.0, 140.0, 180.0])
    crest = 12.0 + 0.02 * 40 - 0.03 * 40 * 40 / (2 * 80)
    assert profile.heights(at) == pytest.approx((10.0, 11.0, crest, 12.4))
    # An arc between two gradients: radius L / (sin b - sin a), height R (cos a - cos b).
    a, b = math.atan(-0.01), math.atan(0.02)
    radius = 60.0 / (math.sin(b) - math.sin(a))
    assert profile.heights(np.array([240.0]))[0] == pytest.approx(12.4 + radius * (math.cos(a) - math.cos(b)))
    assert profile.gradients(np.array([240.0]))[0] == pytest.approx(0.02)
    assert profile.heights(np.array([-5.0, 999.0])) == pytest.approx((10.0, profile.heights(np.array([240.0]))[0]))


@pytest.mark.parametrize("unit_m", [1.0, MM])
def test_a_track_has_its_segments_with_stations_and_cant(tmp_path, unit_m):
    track = Track(unit_m)
    track.alignment.ObjectPlacement.RelativePlacement = track.axis((1000, 2000, 5))
    track.plan(0, 0, 0, 100)
    track.plan(100, 0, 0, 60, 0, 300, "CLOTHOID")
    x, y = fresnel(60.0, 300.0)
    track.plan(100 + x, y, 0.1, 90, 300, 300, "CIRCULARARC")
    track.profile(0, 100, 20, 0.01, 0.01)
    track.profile(100, 150, 21, 0.01, -0.02, "PARABOLICARC")
    track.cant(0, 100, 0, 0)
    track.cant(100, 60, 0, 0.08)
    track.cant(160, 90, 0.08, 0.08)
    referent = track.f.create_entity("IfcReferent", track.guid())
    group = track.f.create_entity("IfcPropertySet", track.guid(), None, "Pset_Stationing")
    station = track.f.create_entity("IfcLengthMeasure", track.n(1500.0))
    group.HasProperties = [track.f.create_entity("IfcPropertySingleValue", "Station", None, station)]
    track.f.create_entity("IfcRelDefinesByProperties", track.guid(), None, None, None, [referent], group)
    track.nest(track.alignment, referent)
    report = track.read(tmp_path)
    one, two, three = report.alignments
    assert (one.kind, two.kind, three.kind) == ("line", "clothoid", "circulararc")
    assert (one.start_station_m, three.end_station_m) == (pytest.approx(1500.0), pytest.approx(1750.0))
    assert (one.start_radius_m, two.start_radius_m) == (None, None)
    assert (two.end_radius_m, three.start_radius_m) == (pytest.approx(300.0), pytest.approx(300.0))
    assert two.line.coords[-1] == pytest.approx(
        (1100 + x, 2000 + y, 5 + 21 + 0.01 * 60 - 0.03 * 60**2 / (2 * 150)), abs=1e-6
    )
    radius = 300.0
    middle = (1100 + x - radius * math.sin(0.1), 2000 + y + radius * math.cos(0.1))
    assert [math.dist(point[:2], middle) for point in three.line.coords] == pytest.approx(
        [radius] * len(three.line.coords), abs=MM
    )
    assert (one.start_gradient, three.end_gradient) == (pytest.approx(0.01), pytest.approx(-0.02))
    assert (one.start_cant_m, two.end_cant_m, three.end_cant_m) == (0.0, pytest.approx(0.08), pytest.approx(0.08))
    assert one.name == "Axis <1>"
    assert not [w for w in report.warnings if w.code.startswith("alignment")]


def test_rows_lie_at_the_place_of_the_model(tmp_path):
    track = Track()
    e = track.f.create_entity
    e("IfcMapConversion", track.context, e("IfcProjectedCRS", "EPSG:4547"), 500_000.0, 2_490_000.0, 10.0)
    track.plan(10, 20, math.pi / 2, 50)
    rows = place_model(track.read(tmp_path), "EPSG:4547")
    line, row = rows.alignments[0]
    assert list(line.coords) == [
        pytest.approx((500_010, 2_490_020, 10)),
        pytest.approx((500_010, 2_490_070, 10)),
    ]
    assert (row["model_id"], row["segment"], row["has_profile"]) == ("m", 1, False)
    assert row["id"].startswith(row["alignment_id"])
    assert not rows.unplaced


def test_what_is_odd_is_told(tmp_path):
    track = Track()
    track.plan(0, 0, 0, 100)
    track.plan(105, 0, 0, 50, 0, 200, "CUBIC")
    track.plan(155, 2, 0, 0)
    track.profile(0, 100, 1, 0.0, 0.0)
    report = track.read(tmp_path)
    codes = {warning.code: warning.values["count"] for warning in report.warnings if "alignment" in warning.code}
    assert codes["alignment_curves_near"] == 1
    assert codes["alignment_gaps"] >= 1
    assert codes["alignment_profiles_short"] == 1
    assert len(report.alignments) == 2


@pytest.mark.parametrize("length", [float("nan"), -5.0, 1e400])
def test_a_damaged_segment_leaves_the_alignment_out(tmp_path, length):
    track = Track()
    track.plan(0, 0, 0, 100)
    path = tmp_path / "m.ifc"
    track.f.write(str(path))
    text = path.read_text().replace(",100.,$,.LINE.", f",{length if length == -5.0 else '$'},$,.LINE.")
    path.write_text(text)
    report = read_model(ModelJob("m", str(path), asked=AXES))
    assert report.alignments == ()
    assert {w.code for w in report.warnings} >= {"alignments_unread"}


def test_an_alignment_that_is_only_drawn_is_a_polyline(tmp_path):
    track = Track(MM)
    e = track.f.create_entity
    points = [e("IfcCartesianPoint", tuple(track.n(x) for x in at)) for at in ((0, 0, 1), (30, 40, 2), (30, 90, 2))]
    shape = e("IfcShapeRepresentation", track.context, "Axis", "Curve3D", [e("IfcPolyline", points)])
    track.alignment.Representation = e("IfcProductDefinitionShape", None, None, [shape])
    (part,) = track.read(tmp_path).alignments
    assert (part.kind, part.has_profile) == ("polyline", True)
    assert part.length_m == pytest.approx(100.0)
    assert part.line.coords[1] == pytest.approx((30, 40, 2))


OLD = """ISO-10303-21;
HEADER;
FILE_DESCRIPTION(('x'),'2;1');
FILE_NAME('a','2020-01-01T00:00:00',(''),(''),'','','');
FILE_SCHEMA(('IFC4X1'));
ENDSEC;
DATA;
#1=IFCPROJECT('0000000000000000000001',$,'P',$,$,$,$,(#3),#2);
#2=IFCUNITASSIGNMENT((#4,#5));
#3=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,#6,$);
#4=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);
#5=IFCSIUNIT(*,.PLANEANGLEUNIT.,$,.RADIAN.);
#6=IFCAXIS2PLACEMENT3D(#7,$,$);
#7=IFCCARTESIANPOINT((0.,0.,0.));
#8=IFCLOCALPLACEMENT($,#9);
#9=IFCAXIS2PLACEMENT3D(#10,$,$);
#10=IFCCARTESIANPOINT((1000.,2000.,5.));
#20=IFCALIGNMENT('0000000000000000000002',$,'Old; (axis)',$,$,#8,$,#21,.NOTDEFINED.);
#21=IFCALIGNMENTCURVE(#22,#23,'tag');
#22=IFCALIGNMENT2DHORIZONTAL(250.,(#30,#31,#32));
#23=IFCALIGNMENT2DVERTICAL((#40,#41));
#30=IFCALIGNMENT2DHORIZONTALSEGMENT(.T.,$,$,#33);
#31=IFCALIGNMENT2DHORIZONTALSEGMENT(.T.,$,$,#34);
#32=IFCALIGNMENT2DHORIZONTALSEGMENT(.T.,$,$,#35);
#33=IFCLINESEGMENT2D(#36,0.,100.);
#34=IFCTRANSITIONCURVESEGMENT2D(#37,0.,60.,$,300.,.T.,.T.,.CLOTHOIDCURVE.);
#35=IFCCIRCULARARCSEGMENT2D(#38,0.1,90.,300.,.F.);
#36=IFCCARTESIANPOINT((0.,0.));
#37=IFCCARTESIANPOINT((100.,0.));
#38=IFCCARTESIANPOINT((159.94003,1.99914));
#40=IFCALIGNMENT2DVERSEGLINE(.T.,$,$,0.,100.,20.,0.01);
#41=IFCALIGNMENT2DVERSEGPARABOLICARC(.T.,$,$,100.,150.,21.,0.01,5000.,.T.);
ENDSEC;
END-ISO-10303-21;
"""


def test_an_alignment_of_an_older_schema_is_read_from_the_text(tmp_path):
    path = tmp_path / "old.ifc"
    path.write_text(OLD)
    report = read_model(ModelJob("m", str(path), asked=AXES))
    one, two, three = report.alignments
    assert (one.kind, two.kind, three.kind) == ("line", "clothoid", "circulararc")
    assert one.name == "Old; (axis)"
    assert (one.start_station_m, three.end_station_m) == (250.0, 500.0)
    x, y = fresnel(60.0, 300.0)
    # A crest of radius 5000 m: the gradient falls by 60 / 5000.
    assert two.line.coords[-1] == pytest.approx((1100 + x, 2000 + y, 5 + 21 + 0.6 - 60**2 / (2 * 5000)), abs=1e-6)
    assert three.start_radius_m == pytest.approx(-300.0)
    assert three.end_gradient == pytest.approx(0.01 - 150 / 5000)
    assert read_model(ModelJob("m", str(path))).alignments == ()
