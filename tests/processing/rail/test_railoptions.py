"""twin:railoptions from layers to layers: a small town by hand, the demo district, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import (
    NULL,
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

from tests.memory_layers import memory_layer
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:railoptions"
X, Y = 500_000.0, 2_500_000.0
LINE_FIELDS = ("id:string", "line:string", "option:string", "name:string", "state:string", "kind:string",
               "rail_start_m:double", "rail_end_m:double", "cost_mcny:double")  # fmt: skip


def at(*places):
    return ", ".join(f"{X + x} {Y + y}" for x, y in places)


def line(*places):
    return f"LINESTRING({at(*places)})"


def point(x, y):
    return f"POINT({at((x, y))})"


def box(x0, y0, x1, y1):
    return f"POLYGON(({at((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))}))"


def lines(*rows, crs="EPSG:4547", kind="LineString", fields=LINE_FIELDS):
    return memory_layer(kind, rows, fields, "线路 lines", crs)


OPTIONS = [
    (line((0, 0), (2000, 0)), ("a1", "L1", "A", "Deep", "planned", "underground", -20.0, -20.0, 1800.0)),
    (line((0, 400), (1500, 400)), ("b1", "L1", "B", "High", "规划", "高架", 10.0, 10.0, None)),
    (line((1500, 400), (2000, 400)), ("b2", "L1", "B", "High", "规划", "地面", 10.0, 1.0, 150.0)),
    (line((1000, -500), (1000, 900)), ("m1", "L2", "M", "Old", "operating", "tunnel", -12.0, -12.0, None)),
]
STREETS = [
    (line((0, 0), (1000, 0), (2000, 0)), ("s1",)),
    (line((0, 400), (1000, 400), (2000, 400)), ("s2",)),
    (line((1000, 0), (1000, 400)), ("s3",)),
]


def stations(*rows):
    fields = ("station_id:string", "option:string", "name:string")
    return memory_layer("Point", rows, fields, "车站 stations")


def entrances(*rows):
    return memory_layer("Point", rows, ("station_id:string", "sill_elev_m:double"), "出入口 entrances")


def people(*rows, kind="Point"):
    return memory_layer(kind, rows, ("residents:double", "jobs:double"), "人口 people")


def rooms(*rows):
    fields = ("id:string", "bottom_elev_m:double", "top_elev_m:double")
    return memory_layer("Polygon", rows, fields, "地下室 basements")


def town(**more):
    return {
        "ALIGNMENTS": lines(*OPTIONS),
        "STATIONS": stations((point(500, 0), ("A1", "A", "A one")), (point(1100, 0), ("A2", "A", "A two")),
                             (point(500, 400), ("B1", "B", "B one"))),
        "ROADS": memory_layer("LineString", STREETS, ("id:string",), "streets"),
        "PEOPLE": people((point(500, 20), (100, 1)), (point(800, 20), (10, 2)), (point(1400, 20), (1, 4)),
                         (point(500, 420), (7000, 8)), (point(1990, 300), (50_000, 16))),
        **more,
    }  # fmt: skip


def rows_of(place):
    layer = place if isinstance(place, QgsVectorLayer) else QgsVectorLayer(str(place), "", "ogr")
    assert layer.isValid()
    names = layer.fields().names()
    return [{**dict(zip(names, f.attributes(), strict=True)), "shape": f.geometry()} for f in layer.getFeatures()]


@pytest.fixture
def run(run_algorithm, tmp_path):
    def call(**parameters):
        outputs = {name: str(tmp_path / f"{name.lower()} 结果.gpkg")
                   for name in ("OPTIONS", "CATCHMENTS", "PROTECTION", "CONFLICTS", "ENTRANCE_LEVELS")}  # fmt: skip
        found = run_algorithm(ID, {**town(**parameters), **outputs})
        return found, {name: rows_of(place) for name, place in outputs.items()}

    return call


class Heard(QgsProcessingFeedback):
    """Keeps warnings."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []

    def pushWarning(self, text):
        self.warnings.append(text)


def test_options_by_hand(run):
    """A: 375 m from 500 and 1100: from 125 to 1475. B: from 125 to 875 on its own street."""
    found, tables = run(MINUTES="5")
    by = {row["option"]: row for row in tables["OPTIONS"]}
    assert (by["A"]["people_5_min"], by["A"]["jobs_5_min"]) == (111, 7)
    assert (by["B"]["people_5_min"], by["B"]["jobs_5_min"]) == (7000, 8)
    assert (by["M"]["people_5_min"], by["M"]["stations"], by["A"]["stations"]) == (0, 0, 2)
    assert (by["A"]["length_km"], by["A"]["underground_km"]) == (2.0, 2.0)
    assert (by["B"]["elevated_km"], by["B"]["at_grade_km"], by["B"]["state"]) == (1.5, 0.5, "planned")
    assert (by["A"]["cost_mcny"], by["A"]["cost_basis"]) == (1800.0, "stated")
    assert (by["B"]["cost_mcny"], by["B"]["cost_basis"]) == (pytest.approx(1.5 * 450 + 150), "partly assumed")
    assert (by["M"]["cost_mcny"], by["M"]["state"]) == (NULL, "operating")
    # The zone of M is 56 m to each side; that of A and B is 56 and 35.5 m.
    assert by["A"]["other_zones_km"] == pytest.approx(0.112, abs=1e-6)
    assert by["M"]["other_zones_km"] == pytest.approx(0.112 + 0.071, abs=1e-6)
    assert (found["OPTIONS_COUNT"], found["STATIONS_COUNT"]) == (3, 3)
    catchments = {row["station_id"]: row for row in tables["CATCHMENTS"]}
    assert [catchments[s]["people"] for s in ("A1", "A2", "B1")] == [110, 11, 7000]
    west, east = (
        catchments["A1"]["shape"].boundingBox().xMinimum(),
        catchments["A1"]["shape"].boundingBox().xMaximum(),
    )
    assert (west - X, east - X) == pytest.approx((75, 925), abs=0.01)


def test_zones_follow_the_table(run, tmp_path):
    table = tmp_path / "zones.csv"
    text = "kind,words,protection_m,width_m,below_m,above_m,cost_mcny_km\nunderground,tunnel,20,10,1,5,1\n"
    table.write_text(text + "at_grade,地面,10,10,1,5,1\nelevated,高架,10,10,1,5,1\n", encoding="utf-8")
    _, tables = run(ZONES=str(table))
    zone = next(row for row in tables["PROTECTION"] if row["option"] == "A")
    assert (zone["protection_m"], zone["shape"].boundingBox().height()) == (20, pytest.approx(50))
    assert zone["area_m2"] == pytest.approx(2000 * 50 + np.pi * 25**2, rel=0.01)


def test_conflicts_by_hand(run):
    """Structure of A: 6 m to each side, from -21.5 to -14.5; the other line lies 1 m above its crown."""
    basements = rooms(
        (box(100, -20, 120, 20), ("clash", -15.0, 3.0)),
        (box(200, -20, 220, 20), ("over", -10.0, 3.0)),
        (box(300, 10, 320, 30), ("beside", -15.0, 3.0)),
        (box(600, -20, 620, 20), ("unknown", None, 3.0)),
        (box(700, 80, 720, 90), ("far", -15.0, 3.0)),
        (box(490, -10, 510, 10), ("own station", -30.0, 3.0)),
        (None, ("no shape", -1.0, 1.0)),
    )
    fields = ("id:string", "top_elev_m:double", "excavation_m:double")
    works = memory_layer("Polygon", [(box(800, -5, 810, 5), ("w", 0.0, 15.0))], fields, "works")
    found, tables = run(UNDERGROUND=basements, WORKS=works)
    own = {row["object"]: row for row in tables["CONFLICTS"] if row["option"] == "A"}
    assert {name: row["relation"] for name, row in own.items()} == {
        "clash": "clash", "over": "over", "beside": "beside", "unknown": "unknown", "w": "clash", "m1": "over",
    }  # fmt: skip
    assert (own["clash"]["horizontal_gap_m"], own["clash"]["vertical_gap_m"]) == (0, pytest.approx(-0.5))
    assert own["clash"]["overlap_m2"] == pytest.approx(240)
    assert own["over"]["vertical_gap_m"] == pytest.approx(4.5)
    assert own["beside"]["horizontal_gap_m"] == pytest.approx(4)
    assert own["unknown"]["vertical_gap_m"] == NULL
    assert own["w"]["vertical_gap_m"] == pytest.approx(-0.5)
    assert own["m1"]["vertical_gap_m"] == pytest.approx(-13.5 + 14.5)
    row = next(row for row in tables["OPTIONS"] if row["option"] == "A")
    counts = {name: row[name] for name in ("clashes", "clashes_basement", "clashes_works", "clashes_line", "no_levels")}
    assert counts == {"clashes": 2, "clashes_basement": 1, "clashes_works": 1, "clashes_line": 0, "no_levels": 1}
    assert row["in_zone"] == 6
    assert found["CLASHES"] == sum(option["clashes"] for option in tables["OPTIONS"])


def test_heights_of_the_geometry_count_before_fields(run):
    shape = f"LINESTRING Z({X} {Y} -40, {X + 100} {Y} -8, {X + 2000} {Y} -8)"
    layer = lines((shape, OPTIONS[0][1]), kind="LineStringZ")
    _, tables = run(ALIGNMENTS=layer, STATIONS=stations((point(500, 0), ("A1", "A", "A one"))),
                    UNDERGROUND=rooms((box(1000, -3, 1010, 3), ("b", -6.0, 0.0))))  # fmt: skip
    [row] = tables["CONFLICTS"]
    assert (row["relation"], row["vertical_gap_m"]) == ("clash", pytest.approx(-3.5))  # crown -2.5


def test_entrances_against_a_flood(run, tmp_path):
    values = np.full((200, 300), np.nan, np.float32)
    values[:, :60] = 4.0  # x up to 600
    path = tmp_path / "level 水位.tif"
    write_grid(Grid(values, X, Y + 1000.0, 10.0, "EPSG:4547"), path)
    doors = entrances((point(480, 5), ("A1", 3.5)), (point(520, -5), ("A1", 4.25)), (point(1100, 5), ("A2", 3.0)),
                      (point(500, 405), ("B1", None)), (point(500, 405), ("X9", 3.0)))  # fmt: skip
    found, tables = run(ENTRANCES=doors, FLOOD_LEVEL=str(path))
    states = [(row["station_id"], row["state"], row["over_sill_m"]) for row in tables["ENTRANCE_LEVELS"]]
    assert states == [("A1", "below", pytest.approx(0.5)), ("A1", "above", pytest.approx(-0.25)),
                      ("A2", "dry", NULL), ("B1", "unknown", NULL)]  # fmt: skip
    by = {row["option"]: row for row in tables["OPTIONS"]}
    assert (by["A"]["entrances"], by["A"]["entrances_below"], by["B"]["entrances_unknown"]) == (3, 1, 1)
    assert found["ENTRANCES_BELOW"] == 1


def test_without_streets_catchments_are_circles(run):
    _, tables = run(ROADS=None, MINUTES="5", DETOUR=1.5)
    row = next(row for row in tables["CATCHMENTS"] if row["station_id"] == "A1")
    assert row["method"] == "straight"
    assert row["shape"].boundingBox().width() == pytest.approx(500)


def test_other_crs_and_order_change_nothing(run):
    import processing

    _, here = run()
    moved = {
        name: processing.run("native:reprojectlayer", {"INPUT": layer, "TARGET_CRS": "EPSG:4326", "OUTPUT": "memory:"})[
            "OUTPUT"
        ]
        for name, layer in town().items()
        if name != "ALIGNMENTS"
    }
    _, there = run(**moved)
    for one, other in zip(here["OPTIONS"], there["OPTIONS"], strict=True):
        for name in ("people_5_min", "jobs_10_min", "people_15_min", "clashes"):
            assert one[name] == pytest.approx(other[name])


BARE = ("id:string",)
REFUSED = {
    "degrees": (lambda: {"ALIGNMENTS": lines(*OPTIONS, crs="EPSG:4326")}, "no metre on the ground"),
    "web mercator": (lambda: {"ALIGNMENTS": lines(*OPTIONS, crs="EPSG:3857")}, "no metre on the ground"),
    "no crs": (lambda: {"ALIGNMENTS": lines(*OPTIONS, crs="")}, "has no CRS"),
    "option of two lines": (
        lambda: {"ALIGNMENTS": lines(OPTIONS[0], (OPTIONS[0][0], ("x", "L9", *OPTIONS[0][1][2:])))},
        "belongs to the lines 'L1' and 'L9'",
    ),
    "no lines": (lambda: {"ALIGNMENTS": lines()}, "no line with an option"),
    "no option": (
        lambda: {"ALIGNMENTS": memory_layer("LineString", [(OPTIONS[0][0], ("x",))], BARE, "l")},
        "no field 'option'",
    ),
    "no option of stations": (lambda: {"STATIONS": memory_layer("Point", [], BARE, "s")}, "no field 'option'"),
    "no people": (lambda: {"PEOPLE": memory_layer("Point", [], BARE, "p")}, "no field of people"),
    "lines for people": (lambda: {"PEOPLE": lines(*OPTIONS)}, "points or polygons"),
    "far": (lambda: {"STATIONS": stations((point(500, 90_000), ("A1", "A", "far")))}, "No station lies within 200 m"),
    "words": (lambda: {"MINUTES": "5; soon"}, "MINUTES must be 1 to 6 numbers"),
    "no minutes": (lambda: {"MINUTES": ""}, "MINUTES must be 1 to 6 numbers"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(run, case):
    changed, sentence = REFUSED[case]
    with pytest.raises(QgsProcessingException, match=sentence):
        run(**changed())


@pytest.mark.parametrize("row", ["", "underground,tunnel,wide,12,1,5,900", "underground,tunnel,50000,12,1,5,900"])
def test_a_wrong_table_of_zones_is_refused(run, tmp_path, row):
    table = tmp_path / "zones.csv"
    table.write_text(f"kind,words,protection_m,width_m,below_m,above_m,cost_mcny_km\n{row}\n", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="protection zones"):
        run(ZONES=str(table))


def test_what_is_left_out_is_said(run_algorithm):
    heard = Heard()
    parameters = town(
        ALIGNMENTS=lines(
            (line((0, 0), (2000, 0)), ("a1", "L1", "A", "Deep", "planned", "maglev", None, -20.0, None)),
            (None, ("x", "L1", "A", "Deep", "planned", "underground", 0.0, 0.0, None)),
        ),
        STATIONS=stations((point(500, 0), ("A1", "A", "A one")), (point(500, 0), ("Z1", "Z", "no option")),
                          (point(500, 5000), ("A9", "A", "far"))),
        PEOPLE=people((point(500, 20), (-100, 1)), (point(500, 20), (5, None))),
        UNDERGROUND=rooms((box(0, -5, 9, 5), ("u", 99_000.0, 3.0)), (box(0, -5, 9, 5), ("u", 5000.0, 5010.0))),
    )  # fmt: skip
    run_algorithm(ID, {**parameters, "OPTIONS": "memory:"}, heard)
    said = " ".join(heard.warnings)
    for part in ("1 of 1 pieces", "no known kind and count as underground: maglev", "belong to no option", "Z",
                 "1 stations have no street within 200 m", "A9", "-100", "no levels of top and bottom"):  # fmt: skip
        assert part in said, part


def test_streets_that_nobody_walks_and_a_speed_in_metres_a_second_are_said(run_algorithm, tmp_path):
    streets = [(shape, (*values, "motorway" if number == 0 else "residential"))
               for number, (shape, values) in enumerate(STREETS)]  # fmt: skip
    roads = memory_layer("LineString", streets, ("id:string", "highway:string"), "streets")
    heard = Heard()
    outputs = {"OPTIONS": str(tmp_path / "options.gpkg"), "CATCHMENTS": str(tmp_path / "catchments.gpkg")}
    run_algorithm(ID, {**town(ROADS=roads), **outputs, "WALK_SPEED_KMH": 1.25}, heard)
    assert any("1 lines of the roads 'streets' are not for people on foot" in text for text in heard.warnings)
    assert any("is it in m/s" in text for text in heard.warnings)
    heard = Heard()
    run_algorithm(ID, {**town(), **outputs, "WALK_SPEED_KMH": 4.5}, heard)
    assert not [text for text in heard.warnings if "on foot" in text or "m/s" in text]


def test_cancel_writes_nothing(run_algorithm, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.progressChanged.connect(lambda percent: feedback.cancel() if percent > 20 else None)
    place = tmp_path / "options.gpkg"
    run_algorithm(ID, {**town(), "OPTIONS": str(place)}, feedback)
    assert not list(tmp_path.iterdir())


def test_empty_layers_count_as_none(run):
    """Everything but the alignments may be empty."""
    _, tables = run(ENTRANCES=entrances(), PEOPLE=people(), UNDERGROUND=rooms(), WORKS=rooms(), STATIONS=stations())
    row = tables["OPTIONS"][0]
    assert (row["stations"], row["people_5_min"], row["clashes_basement"], row["entrances"]) == (0, 0, 0, 0)
    assert tables["CATCHMENTS"] == []
    assert row["length_km"] == 2.0


def test_in_a_model_behind_a_filter(qgis_plugin, tmp_path):
    """The planned lines of a layer, compared in the same model."""
    value = QgsProcessingModelChildParameterSource
    path = str(tmp_path / "options.gpkg")
    layers = {name: QgsProject.instance().addMapLayer(layer) for name, layer in town().items()}
    model = QgsProcessingModelAlgorithm("options", "tests", "options")
    pick = QgsProcessingModelChildAlgorithm("native:extractbyexpression")
    pick.setChildId("pick")
    pick.addParameterSources("INPUT", [value.fromStaticValue(layers.pop("ALIGNMENTS").id())])
    pick.addParameterSources("EXPRESSION", [value.fromStaticValue("\"state\" <> 'operating'")])
    model.addChildAlgorithm(pick)
    compare = QgsProcessingModelChildAlgorithm(ID)
    compare.setChildId("compare")
    compare.addParameterSources("ALIGNMENTS", [value.fromChildOutput("pick", "OUTPUT")])
    for name, layer in layers.items():
        compare.addParameterSources(name, [value.fromStaticValue(layer.id())])
    output = QgsProcessingModelOutput("options", "options")
    output.setChildId("compare")
    output.setChildOutputName("OPTIONS")
    compare.setModelOutputs({"options": output})
    model.addChildAlgorithm(compare)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    _, ok = model.run({"compare:options": path}, context, QgsProcessingFeedback(False))
    assert ok
    assert [(row["option"], row["people_5_min"]) for row in rows_of(path)] == [("A", 111), ("B", 7000)]
    QgsProject.instance().clear()


def test_entrances_of_a_station_id_that_two_options_share_are_refused(run):
    """Each option counts its stations from S1: the entrances of one would be those of the other."""
    shared = stations((point(500, 0), ("S1", "A", "")), (point(500, 400), ("S1", "B", "")))
    _, tables = run(STATIONS=shared, MINUTES="5")
    by = {row["option"]: row["people_5_min"] for row in tables["OPTIONS"]}
    assert (by["A"], by["B"]) == (110, 7000)
    with pytest.raises(QgsProcessingException, match="S1 belongs to the options A and B"):
        run(STATIONS=shared, ENTRANCES=entrances((point(505, 0), ("S1", 2.0))))
