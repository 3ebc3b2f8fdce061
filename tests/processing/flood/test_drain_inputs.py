"""Drains of a simulation: a capacity by return period or area, a SWMM input, layers, and what is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("numba")

from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.core.flood.drains.small_networks import CHAIN
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

CRS = "EPSG:4547"
WEST, SOUTH = 493000.0, 2490800.0


class Log(QgsProcessingFeedback):
    """Keeps what is said."""

    def __init__(self):
        super().__init__(False)
        self.lines = []

    def pushInfo(self, text):
        self.lines.append(text)

    def pushWarning(self, text):
        self.lines.append(text)

    def has(self, *words):
        return any(all(word in line for word in words) for line in self.lines)


@pytest.fixture
def dtm(tmp_path):
    """A flat terrain at 12 m, 20 x 10 cells of 10 m."""
    path = tmp_path / "dtm.tif"
    values = np.full((10, 20), 12.0, np.float32)
    values[0, 0] = 12.1
    write_grid(Grid(values, WEST, SOUTH + 150.0, 10.0, CRS), path)
    return str(path)


@pytest.fixture
def inp(tmp_path):
    """The small network on that terrain; a function of changes."""

    def make(*changes, encoding="utf-8"):
        text = CHAIN.split("[COORDINATES]")[0] + "[COORDINATES]\n"
        for name, x in (("J1", 15), ("J2", 115), ("O1", 195)):
            text += f"{name}  {WEST + x}  {SOUTH + 95}\n"
        for old, new in changes:
            text = text.replace(old, new)
        path = tmp_path / "drains.inp"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return make


@pytest.fixture
def simulate(run_algorithm, dtm, tmp_path):
    """Runs a short storm with parameters; returns the summary and the log."""

    def run(**parameters):
        log, path = Log(), tmp_path / "summary.json"
        closed = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}
        rain = {} if parameters.get("DRAINS_RAIN") == "network" else {"RAIN_MM": 10}
        values = {"DTM": dtm, "DURATION_MIN": 5, "SCHEME": "inertial", "SUMMARY": str(path), **rain, **closed}
        run_algorithm("twin:simulateflood", {**values, **parameters}, log)
        return json.loads(path.read_text()), log

    return run


def points(*rows):
    layer = QgsVectorLayer(f"Point?crs={CRS}&field=id:string&field=kind:string&field=井底高程:double&field=inlet:string"
                           "&field=area_m2:double", "wells", "memory")  # fmt: skip
    return filled(layer, rows)


def lines(*rows):
    layer = QgsVectorLayer(
        f"LineString?crs={CRS}&field=id:string&field=管径:string&field=roughness:double", "pipes", "memory"
    )
    return filled(layer, rows)


def filled(layer, rows):
    from qgis.core import QgsFeature, QgsGeometry

    features = []
    for wkt, *values in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(values)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def at(x, y=95):
    return f"{WEST + x} {SOUTH + y}"


def test_a_return_period_becomes_a_capacity(simulate):
    """Zone central, 3 years: q = 5062.939 / (15 + 19.65)^0.757 L/(s·ha) over 15 min, 0.7 of it."""
    summary, log = simulate(DRAIN_RETURN_PERIOD=3)
    by_hand = 0.7 * 5062.939 / (15 + 19.65) ** 0.757 / 167 * 60
    assert summary["drain_capacity_mm_h"] == pytest.approx(by_hand, rel=1e-12)
    assert log.has("Capacity of the drains", "storm of 3 years")
    assert summary["drained_m3"] == pytest.approx(by_hand / 12 * 1e-3 * 200 * 100, rel=1e-3)  # it rains 120 mm/h


def test_areas_go_before_the_even_capacity(simulate):
    square = f"Polygon (({at(0, 50)}, {at(100, 50)}, {at(100, 150)}, {at(0, 150)}, {at(0, 50)}))"
    layer = QgsVectorLayer(
        f"Polygon?crs={CRS}&field=capacity_mm_h:double&field=return_period:double", "areas", "memory"
    )
    summary, log = simulate(DRAIN_CAPACITY_MM_H=12, DRAIN_AREAS=filled(layer, [(square, 60.0, None)]))
    assert summary["drain_capacity_mean_mm_h"] == 36.0
    assert summary["drained_m3"] == pytest.approx(36e-3 / 12 * 200 * 100, rel=0.02)  # 5 min, as soon as it is wet
    assert abs(summary["mass_error"]) < 1e-9
    assert log.has("Drained areas | 1 | 0")
    same, _ = simulate(DRAIN_CAPACITY_MM_H=12)
    assert "drain_capacity_mean_mm_h" not in same


def test_capacity_and_return_period_exclude_each_other(simulate):
    with pytest.raises(QgsProcessingException, match="choose one of them"):
        simulate(DRAIN_CAPACITY_MM_H=12, DRAIN_RETURN_PERIOD=3)
    with pytest.raises(QgsProcessingException, match="no published formula for 4 years"):
        simulate(DRAIN_RETURN_PERIOD=4)


def test_an_input_is_read_and_counted(simulate, inp):
    summary, log = simulate(
        DRAINS=inp(("J2", "雨水井"), ("ROUTING_STEP", "ALLOW_PONDING YES\nROUTING_STEP"), encoding="gbk")
    )
    assert (summary["drain_nodes"], summary["drain_nodes_coupled"]) == (3, 2)
    assert log.has("Nodes of the drains | 2 | 1", "an outfall to the outside: 1")
    assert log.has("was read as GB18030")
    assert log.has("ALLOW_PONDING", "switched off")


def test_coordinates_in_another_crs(simulate, inp):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject

    own, other = QgsCoordinateReferenceSystem(CRS), QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(own, other, QgsProject.instance())
    changes = []
    for x in (15, 115, 195):
        point = transform.transform(WEST + x, SOUTH + 95)
        changes.append((f"{WEST + x}  {SOUTH + 95}", f"{point.x():.9f}  {point.y():.9f}"))
    summary, _ = simulate(DRAINS=inp(*changes), DRAINS_CRS="EPSG:4326")
    assert summary["drain_nodes_coupled"] == 2
    with pytest.raises(QgsProcessingException, match=r"None of the 3 nodes of 'drains.inp' lies on the terrain"):
        simulate(DRAINS=inp(*changes))


def test_layers_are_read_with_chinese_fields(simulate):
    nodes = points(
        (f"Point ({at(15)})", "a", "雨水口", 10.0, "grate", None),
        (f"Point ({at(115)})", "b", "检查井", 9.0, None, None),
        (f"Point ({at(195)})", "c", "排口", 8.0, None, None),
    )
    pipes = lines(
        (f"LineString ({at(15)}, {at(115)})", "p", "DN600", 0.013),
        (f"LineString ({at(115.4)}, {at(195)})", "q", "1200X800", None),
    )
    summary, log = simulate(NODES=nodes, CONDUITS=pipes)
    assert (summary["drain_nodes"], summary["drain_nodes_coupled"]) == (3, 1)
    assert log.has("Fields read of 'wells'", "井底高程 (invert_m)")
    assert log.has("Nodes of the drains | 1 | 2", "without an inlet: 1")
    assert log.has("1 conduits of 'pipes' have no roughness")
    with pytest.raises(QgsProcessingException, match=r"'q' of 'pipes' ends 0.40 m from the nearest node, 'b'"):
        simulate(NODES=nodes, CONDUITS=pipes, DRAIN_TOLERANCE_M=0.1)


def test_inlets_from_a_table(simulate, inp):
    table = QgsVectorLayer("NoGeometry?field=id:string&field=inlet:string&field=blocked_pct:double", "inlets", "memory")
    from qgis.core import QgsFeature

    for values in (["J2", "联合式", 20.0], ["X9", "grate", None], ["J1", None, None]):
        feature = QgsFeature(table.fields())
        feature.setAttributes(values)
        table.dataProvider().addFeature(feature)
    summary, log = simulate(DRAINS=inp(), DRAIN_INLETS=table)
    assert summary["drain_nodes_coupled"] == 1
    assert log.has("Rows of DRAIN_INLETS | 2 | 1")
    assert log.has("1 rows of DRAIN_INLETS name nodes", "'X9'")


@pytest.mark.spawn
def test_nodes_and_conduits_after_a_run(simulate, inp, tmp_path):
    """Two manholes take the street's water: what the nodes took is the account's, and the pipes carried it."""
    places = {name: str(tmp_path / f"{name}.gpkg") for name in ("DRAIN_NODES", "DRAIN_CONDUITS")}
    summary, _ = simulate(DRAINS=inp(("J2", "雨水井")), DURATION_MIN=20, RAIN_MM=40, **places)
    nodes = {f["id"]: f for f in QgsVectorLayer(places["DRAIN_NODES"], "nodes").getFeatures()}
    assert set(nodes) == {"J1", "雨水井", "O1"}
    assert sum(f["captured_m3"] for f in nodes.values()) == pytest.approx(summary["captured_m3"], rel=1e-9)
    assert summary["captured_m3"] > 20
    assert abs(summary["system_error"]) < 1e-5
    assert nodes["J1"]["coupled"]
    assert nodes["J1"]["why"] in (None, "")
    assert nodes["O1"]["why"] == "an outfall to the outside"
    assert nodes["雨水井"]["below_rim_m"] == pytest.approx(nodes["雨水井"]["rim_m"] - nodes["雨水井"]["level_max_m"])
    point = nodes["J1"].geometry().asPoint()
    assert (point.x(), point.y()) == (WEST + 15, SOUTH + 95)
    pipes = {f["id"]: f for f in QgsVectorLayer(places["DRAIN_CONDUITS"], "pipes").getFeatures()}
    assert (pipes["C1"]["from_node"], pipes["C1"]["to_node"], pipes["C1"]["shape"]) == ("J1", "雨水井", "CIRCULAR")
    assert pipes["C2"]["flow_max_m3s"] > pipes["C1"]["flow_max_m3s"] > 0
    assert 0 < pipes["C2"]["filling_max"] <= 1
    assert pipes["C1"].geometry().length() == pytest.approx(100.0)
    assert all((tmp_path / f"{name}.qml").exists() for name in places)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"DRAIN_NODES": "TEMPORARY_OUTPUT"}, "DRAIN_NODES tell of a network of drains, and the run has none"),
        ({"NODES": "points"}, "need both NODES"),
        ({"DRAINS": "inp", "NODES": "points"}, "both given"),
        ({"DRAINS": "inp", "DRAINS_RAIN": "network", "RAIN_MM": 5}, "leave RAIN_MM empty"),
    ],
)
def test_inputs_that_do_not_go_together_are_refused(simulate, inp, parameters, sentence):
    made = {"points": points((f"Point ({at(15)})", "a", None, 10.0, None, None)), "inp": inp()}
    with pytest.raises(QgsProcessingException, match=sentence):
        simulate(**{name: made.get(value, value) for name, value in parameters.items()})
