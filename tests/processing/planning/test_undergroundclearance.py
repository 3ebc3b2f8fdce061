"""twin:undergroundclearance from layers to layers: by hand, by other ways of saying the same, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
    QgsVectorLayer,
)

from tests.listener import Listener
from tests.memory_layers import memory_layer
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:undergroundclearance"
X, Y = 500_000.0, 2_500_000.0
OUTPUTS = ("PAIRS", "COVER", "FREE")


def at(*places):
    return ", ".join(" ".join(str(v) for v in (X + x, Y + y, *z)) for x, y, *z in places)


def box(x0, y0, x1, y1):
    return f"POLYGON(({at((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))}))"


def line(*places):
    return f"LINESTRING{'' if len(places[0]) == 2 else ' Z'}({at(*places)})"


def basements(*rows, name="地下室 basements", crs="EPSG:4547"):
    fields = ("id:string", "bottom_elev_m:double", "top_elev_m:double", "kind:string", "connects:string")
    return memory_layer("Polygon", rows, fields, name, crs)


def pipes(*rows, kind="LineStringZ", crs="EPSG:4547", **more):
    names = ("id:string", "kind:string", "diameter_mm:double", "start_node:string", "end_node:string")
    names += tuple(f"{name}:{kind_of}" for name, kind_of in more.items())
    return memory_layer(kind, rows, names, "管线 pipes", crs)


def tunnels(*rows):
    fields = ("id:string", "kind:string", "diameter_m:double", "width_m:double", "height_m:double", "connects:string")
    return memory_layer("LineStringZ", rows, fields, "隧道 tunnels")


ROOM = (box(0, 0, 60, 40), ("B1", -14.0, 0.0, "basement", ""))
BORE = (line((-20, -5, -20.1), (90, -5, -20.1)), ("R1", "metro_tunnel", 6.2, None, None, ""))
MAIN = (line((-20, 0.3, -6), (90, 0.3, -6)), ("W1", "water", 1000.0, "a", "b"))


def rows_of(place):
    layer = place if isinstance(place, QgsVectorLayer) else QgsVectorLayer(str(place), "", "ogr")
    assert layer.isValid()
    names = layer.fields().names()
    return [{**dict(zip(names, f.attributes(), strict=True)), "shape": f.geometry()} for f in layer.getFeatures()]


@pytest.fixture
def run(run_algorithm, tmp_path):
    def call(**parameters):
        outputs = {name: str(tmp_path / f"{name.lower()} 结果.gpkg") for name in OUTPUTS}
        found = run_algorithm(ID, {**parameters, **outputs})
        return found, {name: rows_of(place) for name, place in outputs.items()}

    return call


@pytest.fixture
def ground(tmp_path):
    def write(level=0.0):
        path = tmp_path / f"地面 {level}.tif"
        write_grid(Grid(np.full((100, 120), level, np.float32), X - 40, Y + 120, 2.0, "EPSG:4547"), path)
        return str(path)

    return write


def by_ids(rows):
    return {frozenset((row["id_a"], row["id_b"])): row for row in rows}


def test_gaps_by_hand(run):
    found, tables = run(BASEMENTS=basements(ROOM), TUNNELS=tunnels(BORE), PIPES=pipes(MAIN))
    pairs = by_ids(tables["PAIRS"])
    rail, water = pairs[frozenset({"B1", "R1"})], pairs[frozenset({"B1", "W1"})]
    assert (rail["verdict"], rail["gap_m"]) == ("special_zone", pytest.approx(np.hypot(5, 6.1) - 3.1))
    assert rail["horizontal_m"] == pytest.approx(1.9)
    assert (water["verdict"], water["overlap_m3"]) == ("overlap", pytest.approx(40.414, abs=1e-3))
    assert water["reason"] == "one lies 0.80 m in the other, and they share 40.4 m³"
    assert (found["OVERLAPS"], found["IN_ZONES"], found["PAIRS_COUNT"]) == (1, 1, 2)
    assert found["LEAST_GAP_M"] == pytest.approx(-0.8)
    ends = rail["shape"].constGet()
    first, second = ends.childPoint(0), ends.childPoint(1)
    assert first.distance3D(second) == pytest.approx(rail["gap_m"])


def test_depths_below_a_terrain_and_their_reference(run, ground):
    """A pipe 1 m below the ground at 5 m, by its crown, its axis and its invert."""
    for reference, crown in (("crown", 4.0), ("axis", 4.2), ("invert", 4.4)):
        row = (line((-20, 10), (90, 10)), ("W1", "water", 400.0, "", "", 1.0))
        layer = pipes(row, kind="LineString", depth_m="double")
        _, tables = run(PIPES=layer, DTM=ground(5.0), REFERENCE=reference)
        (cover,) = tables["COVER"]
        assert cover["cover_m"] == pytest.approx(5 - crown)
        assert cover["crown_elev_m"] == pytest.approx(crown)
        assert cover["verdict"] == ("kept" if 5 - crown >= 0.7 else "too_shallow")


def test_the_field_level_of_overrules_the_parameter(run, ground):
    row = (line((-20, 10, 4), (90, 10, 4)), ("W1", "water", 400.0, "", "", "invert"))
    _, tables = run(PIPES=pipes(row, level_of="string"), DTM=ground(5.0), REFERENCE="crown")
    assert tables["COVER"][0]["crown_elev_m"] == pytest.approx(4.4)


def test_fields_of_plateau(run, ground):
    row = (line((-20, 10), (90, 10)), (None, None, None, "n1", "n2", 0.8, 1.2, 0.3))
    more = {"minDepth": "double", "maxDepth": "double", "innerDiamiter": "double"}
    layer = pipes(row, kind="LineString", **more)
    _, tables = run(PIPES=layer, DTM=ground(5.0), REFERENCE="crown")
    assert tables["COVER"][0]["crown_elev_m"] == pytest.approx(4.0)


def test_levels_at_both_ends_and_other_crs(run):
    """The same pipe in degrees, with levels as fields: the gap is that in metres."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject

    shape = QgsGeometry.fromWkt(line((-20, -3), (90, -3)))
    systems = (QgsCoordinateReferenceSystem(code) for code in ("EPSG:4547", "EPSG:4490"))
    shape.transform(QgsCoordinateTransform(*systems, QgsProject.instance()))
    row = (shape.asWkt(12), ("W1", "water", 1000.0, "", "", -6.0, -6.0))
    layer = pipes(row, kind="LineString", crs="EPSG:4490", start_elev_m="double", end_elev_m="double")
    _, tables = run(BASEMENTS=basements(ROOM), PIPES=layer)
    assert tables["PAIRS"][0]["gap_m"] == pytest.approx(2.5, abs=1e-3)


def test_what_is_connected_is_no_pair(run):
    one = (line((0, 50, -3), (10, 50, -3)), ("P1", "water", 300.0, "n1", "n2"))
    two = (line((10, 50, -3), (20, 50, -3)), ("P2", "water", 300.0, "n2", "n3"))
    station = (box(90, -20, 130, 20), ("S1", -25.0, -5.0, "station", "R1"))
    found, tables = run(BASEMENTS=basements(station), PIPES=pipes(one, two), TUNNELS=tunnels(BORE))
    assert tables["PAIRS"] == []
    assert found["PAIRS_COUNT"] == 0


def test_a_tunnel_names_a_room_of_the_station_that_it_runs_into(run):
    fields = ("id:string", "building_id:string", "bottom_elev_m:double", "top_elev_m:double")
    rooms = [
        (box(80, -20, 130, 20), ("S/platform", "S", -25.0, -9.0)),
        (box(80, -20, 130, 20), ("S/hall", "S", -9.0, -3.0)),
    ]
    bore = (BORE[0], ("R1", "rail_tunnel", 6.2, None, None, "S/platform; S/other"))
    station = memory_layer("Polygon", rooms, fields, "station")
    _, tables = run(BASEMENTS=station, TUNNELS=tunnels(bore))
    assert tables["PAIRS"] == []
    other = (BORE[0], ("R1", "rail_tunnel", 6.2, None, None, "T/platform"))
    _, tables = run(BASEMENTS=station, TUNNELS=tunnels(other))
    assert [(row["id_a"], row["verdict"]) for row in tables["PAIRS"]] == [("S", "overlap")]


def test_a_scheme_takes_the_place_of_what_it_covers(run):
    planned = basements((box(10, 5, 50, 30), ("N1", -20.0, 0.0, "", "")), name="方案 scheme")
    found, tables = run(BASEMENTS=basements(ROOM), SCHEME=planned, PIPES=pipes(MAIN), TUNNELS=tunnels(BORE))
    states = {ids: (row["state"], row["verdict"]) for ids, row in by_ids(tables["PAIRS"]).items()}
    assert states == {
        frozenset({"B1", "W1"}): ("removed", "overlap"),
        frozenset({"B1", "R1"}): ("removed", "special_zone"),
        frozenset({"N1", "R1"}): ("planned", "control_zone"),
    }
    assert (found["OVERLAPS"], found["PLANNED_IN_ZONES"], found["PLANNED_OVERLAPS"]) == (0, 1, 0)


def test_free_volume_today_and_with_a_scheme(run, ground):
    parcel = memory_layer("Polygon", [(box(-10, -10, 70, 50), ("L1", "地块"))], ("id:string", "name:string"), "地块")
    box_tunnel = (line((-50, 14, -18.5), (110, 14, -18.5)), ("T1", "road_tunnel", None, 8.0, 7.0, ""))
    found, tables = run(
        BASEMENTS=basements(ROOM), TUNNELS=tunnels(box_tunnel), PARCELS=parcel, DEPTHS="10;20", DTM=ground(0.0)
    )
    assert found["FREE_M3"] == pytest.approx(59_200)
    assert [row["free_m3"] for row in tables["FREE"]] == pytest.approx([24_000, 35_200])
    planned = basements((box(0, 0, 80, 40), ("N1", -20.0, 0.0, "", "")), name="scheme")
    found, _ = run(BASEMENTS=basements(ROOM), SCHEME=planned, PARCELS=parcel, DEPTHS="20", DTM=ground(0.0))
    assert (found["FREE_BEFORE_M3"], found["FREE_M3"]) == pytest.approx((62_400, 96_000 - 70 * 40 * 20))


def test_zones_and_tables_of_the_user(run, tmp_path):
    zone = memory_layer("Polygon", [(box(50, 0, 90, 40), ("Z1", "水源保护区"))], ("id:string", "name:string"), "zones")
    rules = tmp_path / "规则.csv"
    rules.write_text("kind_a,kind_b,horizontal_m,vertical_m,source\nbasement,any,9,,ours\n", "utf-8")
    beside = (line((-20, -8, -6), (90, -8, -6)), ("W1", "water", 1000.0, "", ""))
    _, tables = run(BASEMENTS=basements(ROOM), PIPES=pipes(beside), ZONES=zone, RULES=str(rules))
    found = {ids: row["verdict"] for ids, row in by_ids(tables["PAIRS"]).items()}
    assert found == {frozenset({"B1", "Z1"}): "control_zone", frozenset({"B1", "W1"}): "too_close"}


class Heard(QgsProcessingFeedback):
    """Keeps warnings and lines."""

    def __init__(self):
        super().__init__(False)
        self.warnings, self.lines = [], []

    def pushWarning(self, text):
        self.warnings.append(text)

    def pushInfo(self, text):
        self.lines.append(text)


def test_what_is_left_out_and_guessed_is_said(run_algorithm):
    rows = [
        MAIN,
        (None, ("W2", "water", 300.0, "", "")),
        (line((0, 60, -3), (10, 60, -3)), ("W3", "wine <b>", None, "", "")),
    ]
    heard = Heard()
    bad = (box(0, 60, 10, 70), ("B2", None, 0.0, "", ""))
    run_algorithm(ID, {"BASEMENTS": basements(ROOM, bad), "PIPES": pipes(*rows), "PAIRS": "memory:"}, feedback=heard)
    said = "\n".join(heard.warnings)
    assert "1 of 2 features of the layer '地下室 basements' are left out: no levels: 1" in said
    assert "1 of 3 features of the layer '管线 pipes' are left out" in said
    assert "wine <b>" in said
    assert "a diameter of 0.3 m" in said
    assert "PIPES | 2 | 1 | 1 | no geometry: 1; no size: 1; kind unknown: 1" in heard.lines


def test_rules_that_nobody_has_checked_are_told(run_algorithm, tmp_path):
    heard, rules = Heard(), tmp_path / "rules.csv"
    beside = (line((-20, -2, -6), (90, -2, -6)), ("W1", "water", 1000.0, "", ""))
    given = {"BASEMENTS": basements(ROOM), "PIPES": pipes(beside), "PAIRS": "memory:"}
    run_algorithm(ID, given, feedback=heard)
    assert any("1 of 1 verdicts" in text and "[recalled]" in text for text in heard.warnings)
    rules.write_text("kind_a,kind_b,horizontal_m,vertical_m,source\nbasement,water,3,,GB 50289-2016\n", "utf-8")
    heard = Heard()
    run_algorithm(ID, {**given, "RULES": str(rules)}, feedback=heard)
    assert heard.warnings == []


def test_a_model_measures_the_pipes_that_it_picks(qgis_plugin, tmp_path):
    """Pipes of a layer go through a filter of QGIS into the measurement, and its pairs into another one."""
    layers = {
        "BASEMENTS": basements(ROOM),
        "PIPES": pipes(MAIN, (line((-20, -1, -6), (90, -1, -6)), ("G1", "gas", 200.0, "", ""))),
    }
    QgsProject.instance().addMapLayers(list(layers.values()))
    value, path = QgsProcessingModelChildParameterSource, str(tmp_path / "pairs 结果.gpkg")
    model = QgsProcessingModelAlgorithm("below", "tests", "below")
    pick = QgsProcessingModelChildAlgorithm("native:extractbyexpression")
    pick.setChildId("pick")
    pick.addParameterSources("INPUT", [value.fromStaticValue(layers["PIPES"].id())])
    pick.addParameterSources("EXPRESSION", [value.fromStaticValue("\"kind\" = 'gas'")])
    model.addChildAlgorithm(pick)
    measure = QgsProcessingModelChildAlgorithm(ID)
    measure.setChildId("measure")
    measure.addParameterSources("BASEMENTS", [value.fromStaticValue(layers["BASEMENTS"].id())])
    measure.addParameterSources("PIPES", [value.fromChildOutput("pick", "OUTPUT")])
    output = QgsProcessingModelOutput("pairs", "pairs")
    output.setChildId("measure")
    output.setChildOutputName("PAIRS")
    measure.setModelOutputs({"pairs": output})
    model.addChildAlgorithm(measure)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    _, ok = model.run({"measure:pairs": path}, context, QgsProcessingFeedback(False))
    assert ok
    assert [(row["id_a"], row["id_b"], row["verdict"]) for row in rows_of(path)] == [("B1", "G1", "too_close")]
    QgsProject.instance().clear()


def test_heights_far_from_the_terrain_are_doubted(run_algorithm, ground):
    heard = Heard()
    run_algorithm(ID, {"PIPES": pipes(MAIN), "DTM": ground(500.0), "PAIRS": "memory:"}, feedback=heard)
    assert any("vertical datum" in text for text in heard.warnings)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        (dict, "nothing to measure"),
        (lambda: {"PIPES": pipes((line((0, 0), (9, 0)), ("W", "water", 1.0, "", "")), kind="LineString")},
         "have no vertical datum: give lines with heights"),
        (lambda: {"PIPES": pipes((line((0, 0, 0), (9, 0, 0)), ("W", "water", 1.0, "", "")))}, "no vertical datum"),
        (lambda: {"BASEMENTS": basements((box(0, 0, 9, 9), ("B", None, None, "", "")))}, "fill the fields top_elev_m"),
        (lambda: {"BASEMENTS": basements()}, "Nothing lies below the ground"),
        (lambda: {"BASEMENTS": basements(ROOM, crs="EPSG:3857")}, "no metre on the ground"),
        (lambda: {"BASEMENTS": basements(ROOM), "DEPTHS": "deep"}, "DEPTHS must be"),
        (lambda: {"BASEMENTS": basements(ROOM), "SCHEME": basements(name="empty")}, "The scheme 'empty' is empty"),
        (lambda: {"BASEMENTS": basements(ROOM), "SCHEME": basements((box(9e4, 0, 9.1e4, 9), ("N", -9.0, 0.0, "", "")))},
         "far from all buildings of BASEMENTS"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(run_algorithm, parameters, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        run_algorithm(ID, {**parameters(), "PAIRS": "memory:"})


class Stopped(QgsProcessingFeedback):
    """Cancelled when measuring begins."""

    def setProgressText(self, text):
        if "measuring" in text:
            self.cancel()


def test_a_cancel_writes_nothing(run_algorithm, tmp_path):
    place = tmp_path / "pairs.gpkg"
    parameters = {"BASEMENTS": basements(ROOM), "PIPES": pipes(MAIN), "PAIRS": str(place)}
    assert run_algorithm(ID, parameters, feedback=Stopped(False)) == {}
    assert list(tmp_path.iterdir()) == []


def test_bores_of_one_line_are_connected(run):
    fields = ("id:string", "line:string", "diameter_m:double")
    bores = [(line((0, y, -20), (90, y, -20)), (f"R{y}", of, 6.2)) for y, of in ((0, "L1"), (7, "L1"), (-7, "L2"))]
    _, tables = run(TUNNELS=memory_layer("LineStringZ", bores, fields, "bores"))
    assert list(by_ids(tables["PAIRS"])) == [frozenset({"R0", "R-7"})]


def test_rooms_with_one_id_stay_two_and_are_named(run_algorithm, tmp_path):
    log = Listener()
    rooms = basements(ROOM, (box(61, 0, 90, 40), ROOM[1]))
    found = run_algorithm(ID, {"BASEMENTS": rooms, "PAIRS": str(tmp_path / "pairs.gpkg")}, log)
    assert (found["PAIRS_COUNT"], found["LEAST_GAP_M"]) == (1, pytest.approx(1.0))
    assert "1 features of the layer '地下室 basements' have an id that another one has as well" in "".join(log.warnings)


def test_doubtful_pipes_are_named(run_algorithm, tmp_path):
    log = Listener()
    lines = pipes(
        (line((5, -3, -6), (5, -3, -6)), ("point", "water", 1000.0, None, None)),
        (line((-20, -1, 0), (90, -1, 0)), ("at zero", "water", 600.0, None, None)),
        (line((-20, -1, -6), (90, -1, -6)), ("metres", "water", 0.6, None, None)),
    )
    run_algorithm(ID, {"BASEMENTS": basements(ROOM), "PIPES": lines, "PAIRS": str(tmp_path / "pairs.gpkg")}, log)
    said = "".join(log.warnings)
    assert "1 of 3 features of the layer '管线 pipes' are left out: they have no geometry, no length" in said
    assert "1 features of the layer '管线 pipes' have the height 0 at each vertex" in said
    assert "1 features of the layer '管线 pipes' have diameters such as 0.6 mm, below 10 mm" in said
