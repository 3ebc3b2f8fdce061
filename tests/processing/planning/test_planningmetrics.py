"""twin:planningmetrics from layers to layers: a block counted by hand, the demo district, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import NULL, QgsProcessingException, QgsProject, QgsVectorLayer

from tests.memory_layers import memory_layer
from tests.run_log import Log
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.demo.layers import make_layers

ID = "twin:planningmetrics"
X, Y = 500_000.0, 2_500_000.0
PARCEL_FIELDS = ("parcel_id:string", "容积率:string", "建筑密度:string", "绿地率:double", "建筑限高:string",
                 "退线:double", "用地性质:string")  # fmt: skip
FIELDS = ("id:string", "use:string", "base_elev_m:double", "height_m:double", "storeys_above:integer",
          "storeys_below:integer", "gross_floor_area_m2:double")  # fmt: skip
STOREY_FIELDS = ("id:string", "building_id:string", "number:integer", "area_m2:double", "use:string")


def box(x0, y0, x1, y1):
    corners = ", ".join(f"{X + x} {Y + y}" for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
    return f"POLYGON(({corners}))"


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


def parcels(*rows, crs="EPSG:4547"):
    return memory_layer("Polygon", rows, PARCEL_FIELDS, "控制性详细规划 plan", crs)


def buildings(*rows, name="buildings", crs="EPSG:4547"):
    return memory_layer("Polygon", rows, FIELDS, name, crs)


def green(*shapes):
    """Rows of shape and scheme."""
    return memory_layer("Polygon", [(shape, (scheme,)) for shape, scheme in shapes], ("scheme:string",), "green")


PLAN = (
    (box(0, 0, 100, 80), ("K1", "≤2.0", "30%", 0.30, "24m", 10.0, "R2")),
    (box(100, 0, 200, 80), ("K2", "1.0", "0.4", None, None, None, None)),
)
TOWER = (box(20, 20, 40, 40), ("A", "residential", 5.0, 21.0, 7, 0, None))
OFFICE = (box(90, 50, 130, 70), ("B", "办公", 5.0, 15.0, 4, 1, 4000.0))


def rows(place):
    layer = QgsVectorLayer(str(place))
    names = layer.fields().names()
    return [{n: None if f[n] == NULL else f[n] for n in names} for f in layer.getFeatures()]


@pytest.fixture
def review(run_algorithm, tmp_path):
    def run(feedback=None, **more):
        places = {name: str(tmp_path / f"结果 {name}.gpkg") for name in ("OUTPUT", "CHECKS", "USES")}
        log = feedback or Log()
        given = {"PARCELS": parcels(*PLAN), "BUILDINGS": buildings(TOWER, OFFICE)} | places | more
        results = run_algorithm(ID, given, log)
        return {row["id"]: row for row in rows(results["OUTPUT"])}, results, log

    return run


@pytest.fixture
def terrain(tmp_path):
    def make(level, slope=0.0):
        path = tmp_path / "地形.tif"
        across = level + slope * (np.arange(300) - 50 + 0.5)
        grid = Grid(np.tile(across, (200, 1)).astype(np.float32), X - 50, Y + 150, 1.0, "EPSG:4547")
        write_grid(grid, str(path))
        return str(path)

    return make


def test_a_block_by_hand(review):
    found, results, log = review(GREEN=green((box(0, 40, 100, 80), "")))
    one, two = found["K1"], found["K2"]
    # Tower 7 x 400 m²; office 4000 m² on 5 storeys, 4 of them above ground, a quarter of the outline in K1.
    assert one["floor_area_m2"] == pytest.approx(2800 + 4000 * 4 / 5 / 4)
    assert one["far"] == pytest.approx(3600 / 8000)
    assert one["far_over"] == pytest.approx(3600 / 8000 - 2)
    assert one["density"] == pytest.approx((400 + 200) / 8000)
    assert one["density_limit"] == pytest.approx(0.30)
    assert one["green"] == pytest.approx((4000 - 200) / 8000)
    assert one["height_m"] == pytest.approx(21)
    assert one["setback_m"] == pytest.approx(0)  # the office crosses the boundary
    assert one["setback_m_over"] == pytest.approx(10)
    assert (one["verdict"], one["broken"]) == ("breaks", "setback_m")
    assert (one["main_use"], one["use_permitted"], one["use_verdict"]) == ("residential", "residential", "meets")
    assert two["floor_area_m2"] == pytest.approx(4000 * 4 / 5 * 3 / 4)
    assert (two["verdict"], two["main_use"], two["use_verdict"]) == ("meets", "office", "no limit")
    assert results["PARCELS_COUNT"] == 2
    assert results["BREAKING"] == 1
    assert results["GUESSED"] == 2
    assert results["FLOOR_AREA_M2"] == pytest.approx(2800 + 3200)
    assert "1 buildings stand on several parcels" in log.text
    assert "are guessed" in log.text
    uses = {(row["parcel_id"], row["use"]): row["floor_area_m2"] for row in rows(results["USES"])}
    assert uses == pytest.approx({("K1", "residential"): 2800, ("K1", "office"): 800, ("K2", "office"): 2400})


def test_storeys_of_models_come_first(review):
    storeys = memory_layer(
        "Polygon",
        [
            (box(20, 20, 40, 40), ("s0", "A", 0, 380.0, "shop")),
            (box(20, 20, 40, 40), ("s1", "A", 1, None, None)),
            (box(20, 20, 40, 40), ("s-1", "A", -1, 400.0, "parking")),
        ],
        STOREY_FIELDS,
        "storeys",
    )
    found, results, log = review(STOREYS=storeys, BUILDINGS=buildings(TOWER))
    assert found["K1"]["floor_area_m2"] == pytest.approx(380 + 400)
    assert results["GUESSED"] == 0
    assert "below ground: 1" in log.text
    uses = {row["use"]: row["floor_area_m2"] for row in rows(results["USES"])}
    assert uses == pytest.approx({"retail": 380, "residential": 400})


def test_a_layer_of_storeys_as_buildings(review, terrain):
    fields = ("id:string", "building_id:string", "number:integer", "elev_m:double", "height_m:double", "area_m2:double")
    storeys = [
        (box(20, 20, 40, 40), ("a", "A", 0, 5.0, 4.0, 390.0)),
        (box(20, 20, 40, 40), ("b", "A", 1, 9.0, 3.0, 390.0)),
        (box(10, 10, 50, 50), ("c", "A", -1, 1.0, 3.0, 1590.0)),
    ]
    found, _, _ = review(BUILDINGS=memory_layer("Polygon", storeys, fields, "storeys"), DTM=terrain(5.0))
    assert found["K1"]["floor_area_m2"] == pytest.approx(780)
    assert found["K1"]["density"] == pytest.approx(400 / 8000)  # the basement covers no land
    assert found["K1"]["height_m"] == pytest.approx(7)


def test_heights_from_the_lowest_and_from_the_mean_ground(review, terrain):
    slope = terrain(0.0, 0.1)  # 2 m at x = 20, 4 m at x = 40
    towers = memory_layer("Polygon", [(TOWER[0], ("A", 31.0))], ("id:string", "roof_elev_m:double"), "towers")
    lowest, _, _ = review(BUILDINGS=towers, DTM=slope, GROUND="lowest")
    mean, _, _ = review(BUILDINGS=towers, DTM=slope, GROUND="mean")
    assert lowest["K1"]["height_m"] == pytest.approx(29, abs=0.11)
    assert mean["K1"]["height_m"] == pytest.approx(28, abs=0.11)


def test_before_and_after_a_scheme(review):
    scheme = buildings((box(15, 15, 45, 45), ("P", "residential", 5.0, 60.0, 20, 0, 18000.0)), name="scheme_a 方案甲")
    other = (box(0, 0, 100, 80), "scheme_b")
    land = green((box(0, 40, 60, 80), None), (box(60, 40, 80, 45), "Scheme_A 方案甲"), other)
    given = {"SCHEME": scheme, "GREEN": land, "BUILDINGS": buildings(TOWER)}
    found, results, _ = review(**given)
    one = found["K1"]
    assert one["far_before"] == pytest.approx(2800 / 8000)
    assert one["far"] == pytest.approx(18000 / 8000)
    assert one["green_before"] == pytest.approx(60 * 40 / 8000)
    assert one["green"] == pytest.approx((60 * 40 + 100 - 30 * 5) / 8000)
    assert (one["setback_m_before"], one["setback_m"]) == pytest.approx((20, 15))
    assert (one["verdict_before"], one["verdict"]) == ("meets", "breaks")
    assert set(one["broken"].split("; ")) == {"far", "green", "height_m"}
    assert results["BREAKING_BEFORE"] == 0
    assert results["BREAKING"] == 1
    states = {(row["state"], row["measure"]) for row in rows(results["CHECKS"])}
    assert {("present", "far"), ("scheme", "far"), ("scheme", "use")} <= states
    with_site, _, _ = review(SITE=green((box(0, 0, 60, 60), "")), **given)
    assert with_site["K1"]["green"] == pytest.approx((60 * 20 + 100) / 8000)


def test_storeys_of_a_building_that_goes_are_not_those_of_the_new_one(review):
    storeys = memory_layer("Polygon", [(box(20, 20, 40, 40), ("s", "A", 0, 400.0, None))], STOREY_FIELDS, "storeys")
    scheme = buildings((box(15, 15, 45, 45), ("A", "", 5.0, 30.0, 10, 0, None)), name="scheme")
    found, _, _ = review(SCHEME=scheme, STOREYS=storeys, BUILDINGS=buildings(TOWER))
    assert found["K1"]["floor_area_m2"] == pytest.approx(10 * 900)
    assert found["K1"]["floor_area_before_m2"] == pytest.approx(400)


def test_the_demo_district_by_sql(review, synthetic_district, tmp_path):
    """Areas and floor areas by SQL of SpatiaLite, with nothing of ours in between."""
    district = {layer.name: layer for layer in make_layers(synthetic_district(20, 1))}
    layers = {}
    for name in ("control_plan", "planned_buildings"):
        table = district[name]
        fields = [f"{f.name}:{'string' if f.kind == 'text' else 'double'}" for f in table.fields]
        made = [(shape.wkt, values) for shape, values in table.rows]
        layers[name] = memory_layer(table.geometry, made, fields, name)
    found, _, _ = review(PARCELS=layers["control_plan"], BUILDINGS=layers["planned_buildings"])
    QgsProject.instance().addMapLayers(list(layers.values()))
    query = QgsVectorLayer(
        "?query=select p.parcel_id as id, sum(st_area(st_intersection(h.geometry, p.geometry))) as built,"
        " sum(h.floor_area_m2"
        " * st_area(st_intersection(h.geometry, p.geometry)) / st_area(h.geometry)) as floors"
        " from control_plan p join planned_buildings h on st_intersects(h.geometry, p.geometry)"
        " group by p.parcel_id&nogeometry",
        "sql",
        "virtual",
    )
    assert query.isValid()
    counted = {f["id"]: (f["built"], f["floors"]) for f in query.getFeatures()}
    assert len(counted) > 3
    for identity, row in found.items():
        built, floors = counted.get(identity, (0.0, 0.0))
        assert row["density"] * row["area_m2"] == pytest.approx(built, rel=1e-6, abs=1e-3)
        assert row["floor_area_m2"] == pytest.approx(floors, rel=1e-6, abs=1e-3)


FAR_OFF = (box(9e4, 0, 9e4 + 20, 20), ("P", "", 5.0, 9.0, 3, 0, None))
TWICE = (box(50, 20, 60, 30), ("A", "", 5.0, 9.0, 3, 0, None))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"PARCELS": lambda: parcels()}, "control plan .* is empty"),
        ({"PARCELS": lambda: parcels(*PLAN, crs="")}, "no CRS"),
        ({"BUILDINGS": lambda: buildings(TOWER, crs="EPSG:3857")}, "unit is no metre on the ground"),
        ({"BUILDINGS": lambda: buildings(TOWER, crs="EPSG:4326")}, "unit is no metre on the ground"),
        ({"SCHEME": lambda: buildings(name="empty")}, "is empty"),
        ({"SCHEME": lambda: buildings(FAR_OFF, name="far")}, "overlaps nothing"),
        ({"SCHEME": lambda: buildings(TWICE, name="twice")}, "a model was loaded twice"),
    ],
)
def test_what_is_refused(review, tmp_path, more, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        review(**{name: make() for name, make in more.items()})
    assert not list(tmp_path.glob("*.gpkg"))


def test_what_cannot_be_judged_is_told(review):
    plan = parcels(
        (box(0, 0, 100, 80), ("K1", "by plan", "45", 0.3, None, None, "undecided")),
        (box(90, 0, 200, 80), ("K2", None, None, None, None, None, None)),
        (None, ("K3", "1", None, None, None, None, None)),
    )
    found, _, log = review(PARCELS=plan)
    assert found["K1"]["green"] is None
    assert found["K1"]["verdict"] == "unknown"
    assert found["K1"]["density_limit"] == pytest.approx(0.45)
    assert found["K2"]["verdict"] == "no limit"
    assert len(found) == 2
    told = (
        "no numbers",
        "count as per cent",
        "undecided",
        "1 pairs of parcels",
        "no geometry or area: 1",
        "layer GREEN",
    )
    for text in told:
        assert text in log.text


def test_a_parcel_that_crosses_itself_is_mended(review):
    """A square with a spike: mending leaves a polygon and a line."""
    spike = ((0, 0), (100, 0), (100, 80), (150, 80), (100, 80), (0, 80), (0, 0))
    parcel = f"POLYGON(({', '.join(f'{X + x} {Y + y}' for x, y in spike)}))"
    found, _, _ = review(
        PARCELS=parcels((parcel, ("K1", "2.0", None, None, None, 10.0, None))), BUILDINGS=buildings(TOWER)
    )
    assert found["K1"]["area_m2"] == pytest.approx(8000)
    assert found["K1"]["setback_m"] == pytest.approx(20)


def test_buildings_apart_from_all_parcels_are_told(review):
    found, _, log = review(BUILDINGS=buildings((box(900, 900, 920, 920), ("far", "", 5.0, 9.0, 3, 0, None))))
    assert found["K1"]["buildings"] == 0
    assert "No building stands in a parcel of '控制性详细规划 plan'" in log.text


def test_no_building_at_all(review):
    found, _, log = review(BUILDINGS=buildings())
    assert (found["K1"]["far"], found["K1"]["verdict"]) == (0, "unknown")  # the green ratio
    assert found["K1"]["setback_m"] is None
    assert "No building stands" not in log.text


def test_a_plan_without_limits_is_told(review):
    plan = memory_layer("Polygon", [(box(0, 0, 100, 80), ("K1",))], ("parcel_id:string",), "plan")
    found, _, log = review(PARCELS=plan)
    assert found["K1"]["verdict"] == "no limit"
    assert "no field with a limit" in log.text


def test_a_cancel_writes_nothing(review, tmp_path):
    feedback = Log()
    feedback.cancel()
    with pytest.raises(KeyError):
        review(feedback=feedback)
    assert not list(tmp_path.glob("*.gpkg"))


def test_a_plan_of_another_place_is_named(run_algorithm, tmp_path):
    log = Log()
    away = ((box(5000, 0, 5100, 80), PLAN[0][1]),)
    given = {"PARCELS": parcels(*away), "BUILDINGS": buildings(TOWER), "GREEN": green((box(0, 0, 9, 9), ""))}
    run_algorithm(ID, {**given, "OUTPUT": str(tmp_path / "out.gpkg")}, log)
    text = "\n".join(log.lines)
    assert "No building stands in a parcel of" in text
    assert "No green land lies on a parcel of the control plan" in text
