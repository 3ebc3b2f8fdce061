"""twin:powerflow from layers to layers: the worked feeder, who is without power, where a station fits, refusals."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.memory_layers import memory_layer
from twin_plugin.bridge.demo.layers import write_layers

ID = "twin:powerflow"
X, Y = 493_000.0, 2_490_800.0
NODE_FIELDS = ("id:string", "name:string", "kv:real", "feeder:string")
CABLE_FIELDS = ("id:string", "from_node:string", "to_node:string", "length_km:real", "cable:string", "state:string")
SOURCE_FIELDS = ("id:string", "node:string", "mva:real", "vk_percent:real", "vkr_percent:real", "pfe_kw:real",
                 "i0_percent:real", "state:string")  # fmt: skip
LOAD_FIELDS = ("node:string", "hour:integer", "p_kw:real", "q_kvar:real", "generation_kw:real", "storage_kw:real")
TYPE = "NA2XS2Y 1x240 6/10 kV"
GOLDEN = [87.55, 70.18, 52.72, 35.23, 17.87, 4.53]


def nodes(count=7, **more):
    rows = [(f"POINT({X + 800 * k} {Y})", (f"N{k}", f"节点 {k}", 10.0, "F1")) for k in range(count)]
    return memory_layer("Point", [*rows, *more.get("rows", ())], NODE_FIELDS, "节点 nodes")


def cables(count=7, **more):
    rows = [
        (f"LINESTRING({X + 800 * k} {Y}, {X + 800 * (k + 1)} {Y})",
         (f"L{k}", f"N{k}", f"N{k + 1}", more.get("length_km", 0.8), TYPE, "in service"))
        for k in range(count - 1)
    ]  # fmt: skip
    return memory_layer("LineString", [*rows, *more.get("rows", ())], CABLE_FIELDS, "馈线 feeders")


def sources(*more, mva=40.0):
    rows = [(f"POINT({X} {Y})", ("T0", "N0", mva, 16.2, 0.34, 18.0, 0.05, "in service")), *more]
    return memory_layer("Point", rows, SOURCE_FIELDS, "变电站")


def loads(*more, p_kw=1200.0, hours=(0,)):
    rows = [
        (None, (f"N{k}", hour, p_kw, 300.0, 800.0 * (k == 6), 500.0 * (k == 6))) for k in range(1, 7) for hour in hours
    ]
    return memory_layer("NoGeometry", [*rows, *more], LOAD_FIELDS, "负荷")


def worked(tmp_path, **more):
    places = {
        name: str(tmp_path / f"输出 {name}.gpkg") for name in ("LINES", "NODES_OUT", "SUPPLY", "BY_FEEDER", "BY_HOUR")
    }
    return {"NODES": nodes(), "FEEDERS": cables(), "SUBSTATIONS": sources(), "LOADS": loads(), **places, **more}


def rows_of(place):
    found = place if isinstance(place, QgsVectorLayer) else QgsVectorLayer(str(place), "", "ogr")
    assert found.isValid()
    names = found.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in found.getFeatures()]


class Log(QgsProcessingFeedback):
    """Keeps what a run says."""

    def __init__(self):
        super().__init__(False)
        self.said = []

    def pushWarning(self, text):
        self.said.append(text)

    def pushInfo(self, text):
        self.said.append(text)

    @property
    def text(self):
        return "\n".join(self.said)


@pytest.mark.parametrize("method", ["builtin", "pandapower", "auto"])
def test_the_worked_feeder(run_algorithm, tmp_path, method):
    if method == "pandapower":
        pytest.importorskip("pandapower")
    parameters = worked(tmp_path, METHOD=method)
    found = run_algorithm(ID, parameters)
    lines, out = rows_of(parameters["LINES"]), rows_of(parameters["NODES_OUT"])
    assert [round(row["loading_percent"], 2) for row in lines] == GOLDEN
    assert out[-1]["voltage_pu"] == pytest.approx(0.9690, abs=5e-5)
    assert found["TRANSFORMER_MAX"] == pytest.approx(15.81, abs=0.005)
    assert found["LOADING_MAX"] == pytest.approx(87.55, abs=0.005)
    assert (found["WITHOUT_POWER"], found["OVERLOADED"]) == (0, 0)
    assert [row["name"] for row in out] == [f"节点 {k}" for k in range(7)], "own fields are kept"
    [feeder] = rows_of(parameters["BY_FEEDER"])
    assert (feeder["feeder"], feeder["load_kw"], feeder["nodes"]) == ("F1", 7200.0, 7)
    [hour] = rows_of(parameters["BY_HOUR"])
    assert hour["source_kw"] == pytest.approx(7200 - 1300 + hour["losses_kw"], abs=1e-3)
    assert rows_of(parameters["SUPPLY"]) == []


def test_without_the_transformer_all_seven_nodes_are_dark(run_algorithm, tmp_path):
    parameters = worked(tmp_path, OUT_OF_SERVICE="T0")
    found = run_algorithm(ID, parameters)
    assert (found["WITHOUT_POWER"], found["LOST_KW"]) == (7, 7200.0)
    dark = rows_of(parameters["SUPPLY"])
    assert [row["id"] for row in dark] == [f"N{k}" for k in range(7)]
    assert {row["reason"] for row in dark} == {"without T0"}
    # Nodes that peak at different hours are never without all of their greatest loads at once.
    rows = [
        (None, (f"N{k}", hour, 1000.0 if hour == k % 2 else 100.0, 0.0, 0.0, 0.0))
        for k in range(1, 7)
        for hour in (0, 1)
    ]
    uneven = memory_layer("NoGeometry", rows, LOAD_FIELDS, "负荷")
    (tmp_path / "uneven").mkdir()
    found = run_algorithm(ID, worked(tmp_path / "uneven", OUT_OF_SERVICE="T0", LOADS=uneven))
    assert found["LOST_KW"] == 3300.0
    assert all(row["loading_percent"] is None or row["loading_percent"] != row["loading_percent"] or not row["supplied"]
               for row in rows_of(parameters["LINES"]))  # fmt: skip
    assert {row["state_now"] for row in rows_of(parameters["LINES"])} == {"without power"}


def test_a_station_fits_where_its_load_passes_no_limit(run_algorithm, tmp_path):
    parameters = worked(tmp_path, STATION_KW=890)
    run_algorithm(ID, parameters)
    out = rows_of(parameters["NODES_OUT"])
    assert [row["fits"] for row in out] == ["yes", "yes", "yes", "no", "no", "no", "no"]
    assert [row["spare_stop"] for row in out] == ["T0", *["L0"] * 6]
    more = memory_layer("NoGeometry", [(None, ("N2", 0, out[2]["spare_kw"], 0.0, 0.0, 0.0))], LOAD_FIELDS, "x")
    again = worked(tmp_path, LOADS=loads(*[(None, f.attributes()) for f in more.getFeatures()]))
    assert 99.9 < run_algorithm(ID, again)["LOADING_MAX"] <= 100.0


def test_topology_needs_no_load_flow(run_algorithm, tmp_path):
    parameters = worked(tmp_path, METHOD="topology", OUT_OF_SERVICE="L2", LOADS=None)
    found = run_algorithm(ID, parameters)
    assert found["WITHOUT_POWER"] == 4
    assert "LOADING_MAX" not in found
    out = rows_of(parameters["NODES_OUT"])
    assert [row["supplied"] for row in out] == [True] * 3 + [False] * 4
    assert out[6]["reason"] == "cut off from T0"
    assert {row["state_now"] for row in rows_of(parameters["LINES"])} == {"in service", "out", "without power"}


def test_the_worst_hour_of_all_and_one_hour(run_algorithm, tmp_path):
    table = loads(*((None, (f"N{k}", 18, 1300.0, 300.0, 0.0, 0.0)) for k in range(1, 7)))
    parameters = worked(tmp_path, LOADS=table)
    run_algorithm(ID, parameters)
    assert {row["loading_hour"] for row in rows_of(parameters["LINES"])} == {18}
    assert len(rows_of(parameters["BY_HOUR"])) == 2
    parameters = worked(tmp_path, LOADS=table, HOUR=0)
    run_algorithm(ID, parameters)
    assert [round(row["loading_percent"], 2) for row in rows_of(parameters["LINES"])] == GOLDEN
    with pytest.raises(QgsProcessingException, match="LOADS has no hour 5, only 0 to 18"):
        run_algorithm(ID, worked(tmp_path, LOADS=table, HOUR=5))


def test_storage_and_critical_buildings_go_on_for_a_while(run_algorithm, tmp_path):
    storage = memory_layer(
        "NoGeometry",
        [(None, ("B1", "N3", 2.4, 2.0, 50.0)), (None, ("B2", "N4", 2.4, 0.5, 100.0)), (None, ("B3", "N9", 1, 1, 1))],
        ("id:string", "node:string", "mwh:real", "mw:real", "soc_pct:real"), "储能",
    )  # fmt: skip
    critical = memory_layer(
        "NoGeometry", [(None, ("H1", "医院", "N3", 400.0, 8.0)), (None, ("H2", "Ward", "N0", 10.0, None))],
        ("id:string", "name:string", "node:string", "p_kw:real", "backup_h:real"), "重要用户",
    )  # fmt: skip
    failures = memory_layer(
        "NoGeometry", [(None, ("T0", 56.0)), (None, ("pump", 60.0))], ("asset:string", "minute:real"), "f"
    )
    log = Log()
    parameters = worked(tmp_path, STORAGE=storage, CRITICAL=critical, FAILURES=failures)
    found = run_algorithm(ID, parameters, log)
    rows = {row["id"]: row for row in rows_of(parameters["SUPPLY"])}
    assert (rows["N3"]["backup_min"], rows["N3"]["dark_min"]) == (60.0, 116.0), "1.2 MWh for 1.2 MW"
    assert rows["N4"]["backup_min"] == 0.0, "0.5 MW cannot carry 1.2 MW"
    assert (rows["H1"]["backup_min"], rows["H1"]["dark_min"]) == (480.0, 536.0)
    assert rows["H2"]["dark_min"] == 56.0
    assert rows["N0"]["reason"] == "in water"
    assert found["CRITICAL_WITHOUT_POWER"] == 2
    assert "Storage | 2 | 1 | 0" in log.text
    assert "Rows of FAILURES | 1 | 1 | 0" in log.text


def test_a_substation_in_a_building_in_water_is_out(run_algorithm, tmp_path):
    def house(x, risk_class):
        return (
            f"POLYGON(({x} {Y - 5}, {x + 10} {Y - 5}, {x + 10} {Y + 5}, {x} {Y + 5}, {x} {Y - 5}))",
            (risk_class, 40.0),
        )

    for risk_class, dark in ((2, 7), (1, 0)):
        water = memory_layer(
            "Polygon",
            [house(X + 3, risk_class), house(X + 40, 4)],
            ("risk_class:integer", "ingress_time_min:real"),
            "w",
        )
        found = run_algorithm(ID, worked(tmp_path, WATER=water, METHOD="topology"))
        assert found["WITHOUT_POWER"] == dark


def test_what_cannot_be_used_is_counted(run_algorithm, tmp_path):
    more_nodes = [
        ("POINT(0 0)", ("N1", "again", 10.0, "")),
        ("POINT(0 0)", (None, "", 10.0, "")),
        ("POINT(0 0)", ("H", "", 110.0, "")),
    ]
    more_cables = [
        ("LINESTRING(0 0, 1 1)", ("loose", "N1", "X", 0.1, TYPE, "")),
        ("LINESTRING(0 0, 1 1)", ("round", "N1", "N1", 0.1, TYPE, "")),
        ("LINESTRING(0 0, 1 1)", ("steps", "N1", "H", 0.1, TYPE, "")),
        ("LINESTRING(0 0, 1 1)", ("odd", "N1", "N2", 900.0, "unknown type", "maybe")),
    ]  # fmt: skip
    log = Log()
    table = loads(
        (None, ("X", 0, 5.0, 0.0, 0.0, 0.0)),
        (None, ("N1", 0, -100.0, 0.0, 0.0, 0.0)),
        (None, ("N1", None, 1.0, 0, 0, 0)),
    )
    found = run_algorithm(
        ID, worked(tmp_path, NODES=nodes(rows=more_nodes), FEEDERS=cables(rows=more_cables), LOADS=table), log
    )
    assert found["WITHOUT_POWER"] == 1, "H stands alone"
    for said in (
        "Nodes | 8 | 2 | 0 | without an id: 1; ids that an earlier row has: 1, such as N1",
        "an end is no node of NODES: 1, such as loose; both ends are one node: 1, such as round; the ends have "
        "different voltages: 1, such as steps; guessed: resistance and reactance of 1",
        "a state that is not known, such as 'maybe'",
        "whose node is not in NODES: 1, such as X",
        "added up, of one node and hour: 1",
        "1 loads in 'p_kw' are negative",
        "1 cables have no greatest current",
        "1 cables close a loop or join two sources",
        "2 nodes have no row in LOADS",
    ):
        assert said in log.text, said


def test_hours_that_a_node_lacks_get_the_mean_of_its_others(run_algorithm, tmp_path):
    rows = [(None, ("N1", hour, 100.0 * hour, 0.0, 0.0, 0.0)) for hour in (1, 2, 3)] + [
        (None, ("N2", 2, 50.0, 0, 0, 0))
    ]
    parameters, log = worked(tmp_path, LOADS=memory_layer("NoGeometry", rows, LOAD_FIELDS, "l")), Log()
    run_algorithm(ID, parameters, log)
    assert [row["load_kw"] for row in rows_of(parameters["BY_HOUR"])] == [150.0, 250.0, 350.0]
    assert "hours that a node lacks, with the mean of its others: 2" in log.text


def test_megawatts_are_read_by_their_field(run_algorithm, tmp_path):
    rows = [(None, (f"N{k}", 1.2, 0.3)) for k in range(1, 6)] + [(None, ("N6", -0.1, 0.3))]
    table = memory_layer("NoGeometry", rows, ("node:string", "p_mw:real", "q_mvar:real"), "l")
    parameters = worked(tmp_path, LOADS=table)
    run_algorithm(ID, parameters)
    assert [round(row["loading_percent"], 2) for row in rows_of(parameters["LINES"])] == GOLDEN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"OUT_OF_SERVICE": "T9"}, "OUT_OF_SERVICE names 'T9', which is no source"),
        ({"SWITCH_ON": "T0"}, "SWITCH_ON names 'T0', which is no cable"),
        ({"LOADS": lambda: loads(p_kw=1_200_000.0)}, "add up to 7,200 MW"),
        ({"FEEDERS": lambda: cables(length_km=800.0)}, "they seem to be in metres"),
        ({"FEEDERS": lambda: cables(1)}, "has no features"),
        ({"SUBSTATIONS": lambda: memory_layer("Point", [(None, ("T", "X", *[1.0] * 5, ""))], SOURCE_FIELDS, "s")},
         "No source feeds the network"),
        ({"NODES": lambda: memory_layer("Point", [(None, ("a",))], ("title:string",), "n")}, "has no field 'id'"),
        ({"FEEDERS": lambda: memory_layer("LineString", [("LINESTRING(0 0, 1 1)", ("a",))], ("id:string",), "n")},
         "has no field 'from_node'"),
        ({"LOADS": lambda: memory_layer("NoGeometry", [(None, ("a", 1))], ("node:string", "hour:integer"), "n")},
         "has no field 'p_kw'"),
        ({"FAILURES": lambda: memory_layer("NoGeometry", [(None, ("a",))], ("x:string",), "n")}, "no field 'asset'"),
        ({"WATER": lambda: memory_layer("Polygon", [("POLYGON((0 0, 1 0, 1 1, 0 0))", ("high",))],
                                         ("risk_class:string",), "w")}, "'high', which is no risk class from 0 to 4"),
        ({"LOADS": lambda: memory_layer("NoGeometry", [(None, ("N1", 0.0, 1.0)), (None, ("N1", 0.5, 1.0))],
                                        ("node:string", "hour:real", "p_kw:real"), "n")}, "parts of hours"),
        ({"STORAGE": lambda: memory_layer("NoGeometry", [(None, ("a",))], ("x:string",), "n")}, "no field 'node'"),
    ],
)  # fmt: skip
def test_what_makes_no_network_is_one_sentence(run_algorithm, tmp_path, change, said):
    made = {name: value() if callable(value) else value for name, value in change.items()}
    with pytest.raises(QgsProcessingException, match=said):
        run_algorithm(ID, worked(tmp_path, **made))
    assert not list(tmp_path.iterdir())


def test_loads_in_megawatts_by_mistake_are_doubted(run_algorithm, tmp_path):
    log = Log()
    run_algorithm(ID, worked(tmp_path, LOADS=loads(p_kw=1.2)), log)
    assert "are they in MW and not in kW?" in log.text


@pytest.mark.parametrize("method", ["builtin", "pandapower"])
def test_a_cable_without_a_length_is_a_coupling(run_algorithm, tmp_path, method):
    """The feeder begins behind a coupling of two busbars: its cables carry what they carry without it."""
    if method == "pandapower":
        pytest.importorskip("pandapower")
    coupled = memory_layer("Point", [(f"POINT({X} {Y})", ("B", "", 10.0, "F1")), *rows_with_shape(nodes())],
                           NODE_FIELDS, "n")  # fmt: skip
    coupling = (f"LINESTRING({X} {Y}, {X + 1} {Y})", ("C", "B", "N0", 0.0, TYPE, ""))
    source = memory_layer("Point", [(f"POINT({X} {Y})", ("T0", "B", 40.0, 16.2, 0.34, 18.0, 0.05, ""))],
                          SOURCE_FIELDS, "s")  # fmt: skip
    log, more = Log(), {"NODES": coupled, "FEEDERS": cables(rows=[coupling]), "SUBSTATIONS": source}
    parameters = worked(tmp_path, METHOD=method, **more)
    run_algorithm(ID, parameters, log)
    loading = {row["id"]: row["loading_percent"] for row in rows_of(parameters["LINES"])}
    assert [loading[f"L{k}"] for k in range(6)] == pytest.approx(GOLDEN, abs=0.01)
    assert "1 cables have no length or no resistance" in log.text


def rows_with_shape(layer):
    return [(feature.geometry().asWkt(), feature.attributes()) for feature in layer.getFeatures()]


def test_states_that_are_numbers_are_understood(run_algorithm, tmp_path):
    fields = (*CABLE_FIELDS[:5], "state:real")
    rows = [(wkt, [*values[:5], 0.0 if values[0] == "L2" else 1.0]) for wkt, values in rows_with_shape(cables())]
    log = Log()
    found = run_algorithm(ID, worked(tmp_path, FEEDERS=memory_layer("LineString", rows, fields, "f")), log)
    assert found["WITHOUT_POWER"] == 4
    assert "state that is not known" not in log.text


def test_a_state_of_charge_that_is_a_share_is_doubted(run_algorithm, tmp_path):
    fields = ("id:string", "node:string", "mwh:real", "mw:real", "soc_pct:real")
    storage = memory_layer("Point", [(f"POINT({X} {Y})", ("S", "N6", 2.0, 1.0, 0.8))], fields, "storage")
    log = Log()
    run_algorithm(ID, worked(tmp_path, STORAGE=storage), log)
    assert "are they shares and not percent?" in log.text


def test_lengths_come_from_the_map_where_the_field_is_empty_in_degrees_too(run_algorithm, tmp_path):
    step = 800.0 / (111_320.0 * np.cos(np.radians(22.5)))
    rows = [
        (
            f"LINESTRING({114 + step * k} 22.5, {114 + step * (k + 1)} 22.5)",
            (f"L{k}", f"N{k}", f"N{k + 1}", None, TYPE, ""),
        )
        for k in range(6)
    ]
    parameters = worked(tmp_path, FEEDERS=memory_layer("LineString", rows, CABLE_FIELDS, "f", "EPSG:4326"))
    run_algorithm(ID, parameters)
    loading = [row["loading_percent"] for row in rows_of(parameters["LINES"])]
    assert loading == pytest.approx(GOLDEN, rel=2e-3)


def test_a_cancel_gives_nothing(run_algorithm, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    assert run_algorithm(ID, worked(tmp_path), feedback) == {}
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def demo(synthetic_district, tmp_path_factory):
    path = tmp_path_factory.mktemp("grid") / "district.gpkg"
    write_layers(synthetic_district(60, 1), path)
    return path


def of_demo(demo, tmp_path, **more):
    tables = {
        "NODES": "power_nodes", "FEEDERS": "feeders", "SUBSTATIONS": "substations", "LOADS": "load_by_hour",
        "STORAGE": "storage", "CRITICAL": "critical_buildings",
    }  # fmt: skip
    inputs = {name: f"{demo}|layername={table}" for name, table in tables.items()}
    places = {name: str(tmp_path / f"{name}.gpkg") for name in ("LINES", "NODES_OUT", "SUPPLY", "BY_FEEDER", "BY_HOUR")}
    return {**inputs, **places, **more}


def searched(demo, off, on=()):
    """Ids of nodes without power by SQL and a plain search."""
    with sqlite3.connect(demo) as base:
        ends = base.execute("select id, from_node, to_node, state from feeders").fetchall()
        feeding = dict(base.execute("select id, node from substations"))
        every = {name for (name,) in base.execute("select id from power_nodes")}
    near = defaultdict(set)
    for name, one, other, state in ends:
        if (state == "in service" or name in on) and name not in off:
            near[one].add(other)
            near[other].add(one)
    todo, seen = [node for name, node in feeding.items() if name not in off], set()
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += near[node]
    return every - seen


def test_the_demo_district_without_its_substation(run_algorithm, demo, tmp_path):
    with sqlite3.connect(demo) as base:
        [substation] = base.execute("select id from substations where kind = 'substation'").fetchone()
        ties = [name for (name,) in base.execute("select id from feeders where state = 'open' order by id")]
        cut = base.execute("select id from feeders where feeder = 'F002' order by id").fetchall()[2][0]
    for off, on in (([substation], []), ([cut], []), ([substation], ties[-1:]), ([substation, cut], ties)):
        parameters = of_demo(demo, tmp_path, OUT_OF_SERVICE=";".join(off), SWITCH_ON=";".join(on), METHOD="topology")
        run_algorithm(ID, parameters)
        dark = {row["id"] for row in rows_of(parameters["SUPPLY"]) if row["kind"] == "node"}
        assert dark == searched(demo, off, on)
    assert len(searched(demo, [substation])) == 23
    assert searched(demo, [substation], ties[-1:]) == set(), "the infeed takes over"


def test_the_demo_district_by_hour_adds_up(run_algorithm, demo, tmp_path):
    parameters = of_demo(demo, tmp_path)
    found = run_algorithm(ID, parameters)
    with sqlite3.connect(demo) as base:
        sums = base.execute(
            "select hour, sum(p_kw), sum(generation_kw), sum(storage_kw) from load_by_hour group by hour"
        )
        expected = {hour: values for hour, *values in sums}
        peaks = dict(base.execute(
            "select feeder, max(kw) from (select feeder, hour, sum(l.p_kw) kw from load_by_hour l join power_nodes n on"
            " n.id = l.node group by feeder, hour) group by feeder"))  # fmt: skip
    for row in rows_of(parameters["BY_HOUR"]):
        load, sun, storage = expected[row["hour"]]
        assert [row["load_kw"], row["generation_kw"], row["storage_kw"]] == pytest.approx(
            [load, sun, storage], abs=1e-6
        )
        assert row["source_kw"] == pytest.approx(load - sun - storage + row["losses_kw"], abs=1e-3)
    for row in rows_of(parameters["BY_FEEDER"]):
        assert row["load_kw"] == pytest.approx(peaks[row["feeder"]], abs=1e-6)
    assert 40 < found["LOADING_MAX"] < 80
    assert found["VOLTAGE_MIN"] > 0.97
