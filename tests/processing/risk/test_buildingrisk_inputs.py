"""twin:buildingrisk on layers as people have them: curves, points, equal ids, a wrong CRS, tables with faults."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import NULL, QgsGeometry, QgsProcessingException, QgsVectorLayer

from tests.processing.risk.test_buildingrisk import BUILDING_FIELDS, HOUSES, box, houses, layer, risk, water

__all__ = ["risk", "water"]

CURVE_FIELDS = "sector:string&field=depth_m:double&field=damage_fraction:double"


def curves(*rows, fields=CURVE_FIELDS):
    return layer("NoGeometry", fields, [(None, row) for row in rows], "")


def rounded(geometry):
    """The same shape as a CurvePolygon with a circular arc on its south side."""
    x = geometry.boundingBox()
    middle = (x.xMinimum() + x.xMaximum()) / 2
    return QgsGeometry.fromWkt(
        f"CurvePolygon(CompoundCurve(CircularString({x.xMinimum()} {x.yMinimum()},{middle} {x.yMinimum() - 2},"
        f"{x.xMaximum()} {x.yMinimum()}),({x.xMaximum()} {x.yMinimum()},{x.xMaximum()} {x.yMaximum()},"
        f"{x.xMinimum()} {x.yMaximum()},{x.xMinimum()} {x.yMinimum()})))"
    )


def test_curves_are_footprints(risk, water):
    shape = rounded(box(*HOUSES[0]))
    rows, results, _ = risk(
        BUILDINGS=layer("CurvePolygon", BUILDING_FIELDS, [(shape, ("a", None, None, None))]), **water(0.6)
    )
    assert rows["a"]["depth_m"] == pytest.approx(0.6)
    assert rows["a"]["risk_class"] == 3
    assert results["UNKNOWN"] == 0


def test_surfaces_of_patches_are_footprints(risk, water):
    """A block of floor, roof and one upright wall: its footprint is the house, whose courtyard-free ring is wet."""
    x = box(*HOUSES[0]).boundingBox()
    west, south, east, north = x.xMinimum(), x.yMinimum(), x.xMaximum(), x.yMaximum()
    plan = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    faces = [[(*corner, height) for corner in plan] for height in (3, 9)]
    faces.append([(west, south, 3), (east, south, 3), (east, south, 9), (west, south, 9), (west, south, 3)])
    text = ",".join("((" + ",".join("{} {} {}".format(*corner) for corner in face) + "))" for face in faces)
    some = layer(
        "PolyhedralSurfaceZ",
        BUILDING_FIELDS,
        [(QgsGeometry.fromWkt(f"PolyhedralSurface Z({text})"), ("a", None, None, None))],
    )
    rows, results, _ = risk(BUILDINGS=some, **water(0.6))
    assert rows["a"]["depth_m"] == pytest.approx(0.6)
    assert next(QgsVectorLayer(results["OUTPUT"]).getFeatures()).geometry().area() == pytest.approx(100)


@pytest.mark.parametrize(("kind", "wkt", "word"), [
    ("Point", "Point(500010 2500010)", "points are no footprints"),
    ("LineString", "LineString(500010 2500010,500020 2500010)", "lines are no footprints"),
    ("NoGeometry", None, "no geometry"),
])  # fmt: skip
def test_what_is_no_footprint_is_named(risk, water, kind, wkt, word):
    some = layer(kind, BUILDING_FIELDS, [(wkt and QgsGeometry.fromWkt(wkt), ("a", None, None, None))])
    with pytest.raises(QgsProcessingException, match=word):
        risk(BUILDINGS=some, **water())


def test_layers_that_lie_apart_are_both_named_with_their_crs_and_the_distance(risk, water):
    some = houses()
    some.setName("my houses")
    with pytest.raises(QgsProcessingException) as error:
        risk(BUILDINGS=some, **water(west=700_000.0))
    # The houses end at 500036 m east, the water begins at 700000.
    for part in ("my houses", "EPSG:4547", "'depth'", "200.0 km"):
        assert part in str(error.value)


def test_equal_ids_are_told(risk, water):
    some = layer("Polygon", BUILDING_FIELDS, [(box(*house), ("same", None, None, None)) for house in HOUSES])
    warnings = risk(BUILDINGS=some, **water())[2]
    assert any("2 buildings share their id" in text and "'same'" in text for text in warnings)
    assert not any("share their id" in text for text in risk(BUILDINGS=houses(), **water())[2])


def test_a_sector_without_a_curve_is_told_and_dry_buildings_cost_nothing(risk, water):
    some = layer(
        "Polygon",
        BUILDING_FIELDS,
        [(box(*HOUSES[0]), ("a", None, "residential", None)), (box(*HOUSES[1]), ("b", None, "office", None))],
    )
    rows, _, warnings = risk(BUILDINGS=some, CURVES=curves(("commercial", 0, 0), ("commercial", 2, 1)), **water(0.6))
    assert rows["a"]["damage"] == NULL
    assert rows["b"]["damage"] == pytest.approx(0.3)
    assert any("'residential'" in text and "1 buildings" in text for text in warnings)
    rows, _, warnings = risk(BUILDINGS=some, CURVES=curves(("commercial", 0, 0), ("commercial", 2, 1)), **water(0.0))
    assert [rows[name]["damage"] for name in "ab"] == [0, 0]
    assert not any("'residential'" in text for text in warnings)


def test_columns_of_curves_are_read_in_any_case(risk, water):
    table = curves(
        ("office", 0, 0), ("office", 2, 1), fields="Sector:string&field=Depth_m:double&field=Damage_Fraction:double"
    )
    assert risk(BUILDINGS=houses(), CURVES=table, **water(0.71))[0]["a"]["damage"] == pytest.approx(0.155, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "word"),
    [
        (lambda: curves(), "no rows"),
        (lambda: curves((None, None, None)), "no rows"),
        (
            lambda: curves((1, 2, 3), fields="field_1:double&field=field_2:double&field=field_3:double"),
            "no column sector",
        ),
        (lambda: curves(("office", 1, 24.9)), "per cent"),
    ],
)
def test_curves_without_rows_or_names_are_refused(risk, water, table, word):
    with pytest.raises(QgsProcessingException, match=word):
        risk(BUILDINGS=houses(), CURVES=table(), **water())


def test_no_water_anywhere_is_no_error(risk, water):
    rows, _, _ = risk(BUILDINGS=houses(), **water(np.float32(0)))
    assert [rows[name]["damage"] for name in "ab"] == [0, 0]
