"""twin:buildingrisk as Processing runs it: rasters, a result over time, tables of the twin base, and bad input."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsRectangle,
    QgsVectorLayer,
)

from tests.listener import Listener
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:buildingrisk"
WEST, NORTH, CRS = 500_000.0, 2_500_040.0, "EPSG:4547"
BUILDING_FIELDS = "id:string&field=ground_floor_elev_m:double&field=use:string&field=gross_floor_area_m2:double"
OPENING_FIELDS = "id:string&field=building_id:string&field=kind:string&field=sill_elev_m:double&field=width_m:double"
STOREY_FIELDS = "id:string&field=building_id:string&field=number:integer&field=elev_m:double"
HOUSES = ((10, 10, 20, 20), (30, 10, 36, 16))


def layer(kind, fields, rows, crs=CRS):
    """A memory layer of (geometry or None, attributes) rows."""
    place = f"crs={crs}&" if crs else ""
    made = QgsVectorLayer(f"{kind}?{place}field={fields}", "made", "memory")
    if not crs:
        made.setCrs(QgsCoordinateReferenceSystem())
    features = []
    for geometry, attributes in rows:
        feature = QgsFeature(made.fields())
        if geometry is not None:
            feature.setGeometry(geometry)
        feature.setAttributes(list(attributes))
        features.append(feature)
    assert made.dataProvider().addFeatures(features)[0]
    made.updateExtents()
    return made


def box(left, bottom, right, top):
    south = NORTH - 40
    return QgsGeometry.fromRect(QgsRectangle(WEST + left, south + bottom, WEST + right, south + top))


def houses(crs=CRS):
    return layer(
        "Polygon",
        BUILDING_FIELDS,
        [(box(*HOUSES[0]), ("a", 3.4, "office", 500.0)), (box(*HOUSES[1]), ("b", 5.0, "residential", 70.0))],
        crs,
    )


def doors():
    at = QgsGeometry.fromPointXY(QgsPointXY(WEST + 15, NORTH - 40 + 10))
    return layer(
        "Point",
        OPENING_FIELDS,
        [
            (at, ("d1", "a", "door", 3.42, 2.0)),
            (at, ("d2", "a", "door", 3.9, 1.0)),
            (at, ("d3", "zzz", "door", 1.0, 1.0)),
        ],
    )


@pytest.fixture
def water(tmp_path):
    """A function that writes even water over ground at 3 m as depth and level rasters, or one value for both."""

    def write(depth=0.71, folder=tmp_path, crs=CRS, west=WEST):
        ground = Grid(np.full((40, 50), 3.0, np.float32), west, NORTH, 1.0, crs)
        depths = np.full((40, 50), depth, np.float32)
        write_grid(ground.with_values(depths), folder / "depth.tif")
        write_grid(ground.with_values(np.where(depths >= 0.05, 3 + depths, np.nan)), folder / "level.tif")
        return {"DEPTH": str(folder / "depth.tif"), "LEVEL": str(folder / "level.tif")}

    return write


@pytest.fixture
def result(tmp_path):
    """A RESULT of four frames in which the water rises to 0.71 m at 95 min and falls."""
    bed = Grid(np.full((40, 50), 3.0, np.float32), WEST, NORTH, 1.0, CRS)
    still = np.zeros((40, 50), np.float32)
    with FloodMesh(tmp_path / "result.nc", bed, [0.0, 3000.0, 5700.0, 7200.0]) as mesh:
        for depth in (0.0, 0.5, 0.71, 0.6):
            mesh.write(np.full((40, 50), depth, np.float32), None, still, still)
    return str(tmp_path / "result.nc")


@pytest.fixture
def risk(run_algorithm, tmp_path):
    """A function from parameters to (rows by id, results, warnings)."""

    def run(feedback=None, **parameters):
        listener = feedback or Listener()
        results = run_algorithm(ID, {"OUTPUT": str(tmp_path / "risk.gpkg"), **parameters}, listener)
        found = QgsVectorLayer(results["OUTPUT"], "risk")
        rows = {feature["id"]: feature.attributeMap() for feature in found.getFeatures()} if results else {}
        return rows, results, getattr(listener, "warnings", [])

    return run


def test_rasters_and_result_give_the_reason_of_the_issue(risk, water, result):
    rows, results, warnings = risk(BUILDINGS=houses(), OPENINGS=doors(), RESULT=result, **water())
    assert rows["a"]["reason"] == "main door, sill 3.42 m, water 3.71 m at 01:35, 0.29 m above; first in at 00:50"
    assert rows["a"]["ingress_opening_id"] == "d1"
    assert rows["a"]["ingress_time_min"] == 50
    assert rows["a"]["risk_class"] == 3
    assert rows["a"]["people"] == 50
    assert rows["a"]["gross_floor_area_m2"] == 500
    assert rows["b"]["risk_class"] == 1
    assert rows["b"]["reason"].startswith("dry inside: ground floor 5.00 m")
    assert [results[f"CLASS_{n}"] for n in range(5)] == [0, 1, 0, 1, 0]
    assert any("1 openings belong to no building" in text for text in warnings)


def test_result_alone_is_enough(risk, water, result):
    alone, _, _ = risk(BUILDINGS=houses(), OPENINGS=doors(), RESULT=result)
    both, _, _ = risk(BUILDINGS=houses(), OPENINGS=doors(), RESULT=result, **water())
    for name in ("risk_class", "reason", "ingress_time_min", "ingress_opening_id"):
        assert alone["a"][name] == both["a"][name]
    assert alone["a"]["level_m"] == pytest.approx(both["a"]["level_m"], abs=1e-4)


def test_storeys_and_arrival(risk, water, tmp_path):
    storeys = layer(
        "Polygon",
        STOREY_FIELDS,
        [(box(*HOUSES[0]), (f"s{n}", "a", n, elev)) for n, elev in ((-1, 0.2), (0, 3.4), (1, 7.0))],
    )
    arrival = Grid(np.full((40, 50), 12.5, np.float32), WEST, NORTH, 1.0, CRS)
    write_grid(arrival, tmp_path / "arrival.tif")
    rows, _, _ = risk(
        BUILDINGS=houses(), STOREYS=storeys, OPENINGS=doors(), ARRIVAL=str(tmp_path / "arrival.tif"), **water()
    )
    assert rows["a"]["storeys_reached"] == 2
    assert rows["a"]["basement_reached"] is True
    assert rows["b"]["basement_reached"] is False
    assert rows["a"]["reason"].endswith("basement reached")
    assert rows["a"]["arrival_min"] == 12.5


def test_empty_openings_and_storeys_count_as_none(risk, water):
    nothing = {"OPENINGS": layer("Point", OPENING_FIELDS, []), "STOREYS": layer("Polygon", STOREY_FIELDS, [])}
    rows, _, _ = risk(BUILDINGS=houses(), **nothing, **water())
    assert rows["a"]["risk_class"] == 3
    assert rows["a"]["ingress_opening_id"] == NULL


def test_own_curves(risk, water):
    curves = layer(
        "NoGeometry",
        "sector:string&field=depth_m:double&field=damage_fraction:double",
        [(None, ("office", 0, 0)), (None, ("office", 1, 0.5))],
        "",
    )
    rows, _, _ = risk(BUILDINGS=houses(), CURVES=curves, OPENINGS=doors(), **water())
    assert rows["a"]["damage"] == pytest.approx(0.155, abs=1e-6)


def test_buildings_in_degrees_are_brought_to_the_water(risk, water):
    from qgis.core import QgsCoordinateTransform, QgsProject

    turn = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(CRS), QgsCoordinateReferenceSystem("EPSG:4490"), QgsProject.instance()
    )
    rows = []
    for number, house in enumerate(HOUSES):
        shape = box(*house)
        shape.transform(turn)
        rows.append((shape, ("ab"[number], 3.4, None, None)))
    turned, _, _ = risk(BUILDINGS=layer("Polygon", BUILDING_FIELDS, rows, "EPSG:4490"), **water())
    assert [turned[name]["risk_class"] for name in "ab"] == [3, 3]


def test_missing_footprints_are_unknown(risk, water):
    some = layer(
        "Polygon", BUILDING_FIELDS, [(box(*HOUSES[0]), ("a", None, None, None)), (None, ("b", None, None, None))]
    )
    rows, results, warnings = risk(BUILDINGS=some, **water())
    assert results["UNKNOWN"] == 1
    assert rows["b"]["risk_class"] == NULL
    assert rows["b"]["reason"].startswith("unknown")
    assert "no footprint" in warnings[0]


@pytest.mark.parametrize("case", ["empty", "no crs", "apart", "all no data", "no water", "no result", "junk result"])
def test_bad_input_says_what_to_do(risk, water, tmp_path, case):
    (tmp_path / "junk.nc").write_text("junk", encoding="utf-8")
    nothing = layer("Polygon", BUILDING_FIELDS, [])
    make, word = {
        "empty": (lambda: {"BUILDINGS": nothing, **water()}, "no buildings"),
        "no crs": (lambda: {"BUILDINGS": houses(""), **water()}, "no CRS"),
        "apart": (lambda: {"BUILDINGS": houses(), **water(west=700_000.0)}, "overlap"),
        "all no data": (lambda: {"BUILDINGS": houses(), **water(np.nan)}, "no data"),
        "no water": (lambda: {"BUILDINGS": houses()}, "DEPTH, LEVEL or RESULT"),
        "no result": (lambda: {"BUILDINGS": houses(), "RESULT": str(tmp_path / "none.nc")}, "none.nc"),
        "junk result": (lambda: {"BUILDINGS": houses(), "RESULT": str(tmp_path / "junk.nc")}, "junk.nc"),
    }[case]
    parameters = make()
    with pytest.raises(QgsProcessingException, match=word):
        risk(**parameters)
    assert not (tmp_path / "risk.gpkg").exists()


def test_cancel_leaves_nothing(run_algorithm, water, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    results = run_algorithm(ID, {"BUILDINGS": houses(), "OUTPUT": str(tmp_path / "risk.gpkg"), **water()}, feedback)
    assert results == {}
    assert not (tmp_path / "risk.gpkg").exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".twin")] == []


def test_other_datum_is_told(risk, water):
    some = layer("Polygon", BUILDING_FIELDS, [(box(*HOUSES[0]), ("a", 33.0, None, None))])
    assert any("datum" in text for text in risk(BUILDINGS=some, **water())[2])


def test_path_with_spaces_and_chinese(risk, water, tmp_path):
    folder = tmp_path / "a 中文 folder"
    folder.mkdir()
    rows, _, _ = risk(BUILDINGS=houses(), OUTPUT=str(folder / "风险.gpkg"), **water(folder=folder))
    assert rows["a"]["risk_class"] == 3
