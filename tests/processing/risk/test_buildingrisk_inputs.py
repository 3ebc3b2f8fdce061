"""twin:buildingrisk on layers as people have them: curves, points, equal ids, a wrong CRS, tables with faults."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import NULL, QgsGeometry, QgsProcessingException, QgsVectorLayer

from tests.listener import Listener
from tests.processing.risk.test_buildingrisk import (
    BUILDING_FIELDS,
    CRS,
    HOUSES,
    NORTH,
    WEST,
    box,
    houses,
    layer,
    risk,
    water,
)
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

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


def test_longitude_and_latitude_that_are_exchanged_are_named(risk, water):
    exchanged = QgsGeometry.fromWkt("Polygon((22.51 114.03, 22.5101 114.03, 22.5101 114.0301, 22.51 114.03))")
    some = layer("Polygon", "id:string", [(exchanged, ("a",))], "EPSG:4326")
    with pytest.raises(QgsProcessingException, match="possible in their CRS, EPSG:4326: if longitude and latitude"):
        risk(BUILDINGS=some, **water())


def test_buildings_beside_every_cell_are_named_with_the_water(risk, water):
    """Two houses on either side of the raster: their box meets it, no house does."""
    some = layer(
        "Polygon",
        BUILDING_FIELDS,
        [(box(left, 10, left + 9, 19), (str(left), None, None, None)) for left in (-500, 500)],
    )
    some.setName("far houses")
    with pytest.raises(QgsProcessingException, match=r"'far houses' \(EPSG:4547\) .*'depth' \(EPSG:4547\)"):
        risk(BUILDINGS=some, **water())


def test_shapes_without_an_area_are_told(risk, water):
    flat = QgsGeometry.fromWkt(f"Polygon(({WEST + 30} {NORTH - 20},{WEST + 36} {NORTH - 20},{WEST + 30} {NORTH - 20}))")
    some = layer("Polygon", BUILDING_FIELDS, [(shape, (name, None, None, None)) for name, shape in (
        ("a", box(*HOUSES[0])), ("flat", flat))])  # fmt: skip
    rows, _, warnings = risk(BUILDINGS=some, **water(0.6))
    assert rows["flat"]["depth_m"] == pytest.approx(0.6)
    assert any("1 footprints have an area of 0" in text for text in warnings)


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


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_curves_with_chinese_sectors_serve_their_buildings_in_any_encoding(risk, water, tmp_path, encoding):
    some = layer(
        "Polygon",
        BUILDING_FIELDS,
        [(box(*HOUSES[0]), ("a", None, "residential", None)), (box(*HOUSES[1]), ("b", None, "office", None))],
    )
    path = tmp_path / "曲线 curves.csv"
    path.write_text("sector,depth_m,damage_fraction\n住宅,0,0\n住宅,2,1\n商业,0,0\n商业,2,0.5\n", encoding=encoding)
    rows, _, warnings = risk(BUILDINGS=some, CURVES=str(path), **water(0.6))
    assert [rows[name]["damage"] for name in "ab"] == pytest.approx([0.3, 0.15])
    assert any("curve '住宅'" in text and "counts as that of residential" in text for text in warnings)
    assert any("are not in UTF-8" in text and encoding.upper() in text for text in warnings) == (
        encoding != "utf-8-sig"
    )


def test_a_curve_that_names_no_sector_is_reported(risk, water):
    table = curves(("residential", 0, 0), ("residential", 2, 1), ("houses on stilts", 0, 0), ("houses on stilts", 2, 1))
    _, _, warnings = risk(BUILDINGS=houses(), CURVES=table, **water(0.6))
    assert any("'houses on stilts'" in text and "only for buildings whose use" in text for text in warnings)


def test_curves_and_storeys_may_be_csv_files(risk, water, tmp_path):
    (tmp_path / "curves.csv").write_text("Sector,Depth_m,Damage_Fraction\noffice,0,0\noffice,2,1\n", encoding="utf-8")
    (tmp_path / "storeys.csv").write_text("building_id,number,elev_m\na,-1,0.2\na,0,3.4\n", encoding="utf-8")
    tables = {"CURVES": str(tmp_path / "curves.csv"), "STOREYS": str(tmp_path / "storeys.csv")}
    rows, _, warnings = risk(BUILDINGS=houses(), **tables, **water(0.71))
    assert rows["a"]["damage"] == pytest.approx(0.155, abs=1e-6)
    assert rows["a"]["basement_reached"] is True
    assert any("'residential'" in text for text in warnings) == (rows["b"]["risk_class"] > 0)


def test_a_csv_of_curves_with_a_header_only_is_refused(risk, water, tmp_path):
    (tmp_path / "curves.csv").write_text("sector,depth_m,damage_fraction\n", encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="no rows"):
        risk(BUILDINGS=houses(), CURVES=str(tmp_path / "curves.csv"), **water())


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


USE_FIELDS = (
    "id:string&field=USE:string&field=TYPE:string&field=kind:string"
    "&field=ground_floor_elev_m:double&field=people:string"
)


def test_use_is_found_in_any_field_by_words_and_what_is_unknown_is_told(risk, water):
    values = [("a", None, "School", "住宅", 3.4, None), ("b", "xyzzy", None, "warehouse", 3.4, None)]
    some = layer("Polygon", USE_FIELDS, [(box(*house), row) for house, row in zip(HOUSES, values, strict=True)])
    rows, _, warnings = risk(BUILDINGS=some, **water())
    assert (rows["a"]["assessed_use"], rows["b"]["assessed_use"]) == ("school", NULL)
    assert rows["a"]["doubts"] == NULL
    assert "use unknown" in rows["b"]["doubts"]
    assert any("1 buildings have a use" in text and "xyzzy (1)" in text for text in warnings)
    chosen, _, warnings = risk(BUILDINGS=some, USE_FIELD="kind", **water())
    assert (chosen["a"]["assessed_use"], chosen["b"]["assessed_use"]) == ("residential", "industrial")
    # JRC's residential and commercial fractions of Asia at 0.31 m differ: the use decides.
    assert chosen["a"]["damage"] < rows["a"]["damage"]
    assert not any("have a use" in text for text in warnings)


def test_codes_for_unknown_are_no_floors_and_people_are_read_as_written(risk, water):
    values = [("a", "office", None, None, -9999.0, "1,200"), ("b", "office", None, None, -999.0, "-5")]
    some = layer("Polygon", USE_FIELDS, [(box(*house), row) for house, row in zip(HOUSES, values, strict=True)])
    rows, _, warnings = risk(BUILDINGS=some, **water(0.3))
    # As without a floor: 0.15 m above the threshold.
    assert [rows[name]["risk_class"] for name in "ab"] == [3, 3]
    assert rows["a"]["damage"] == pytest.approx(0.2262, abs=1e-4)
    assert rows["a"]["people"] == 1200
    assert rows["b"]["people"] == NULL
    assert "people: not a possible value" in rows["b"]["doubts"]
    assert any("2 values of the field 'ground_floor_elev_m'" in text and "-9999" in text for text in warnings)
    assert any("1 values of the field 'people'" in text and "-5" in text for text in warnings)
    assert not any("datum" in text for text in warnings)


def test_fields_of_the_users_choice_are_read_or_named_as_missing(risk, water):
    values = [("a", None, None, "3.1", None, None), ("b", None, None, "4", None, None)]
    some = layer("Polygon", USE_FIELDS, [(box(*house), row) for house, row in zip(HOUSES, values, strict=True)])
    rows, _, _ = risk(BUILDINGS=some, FLOOR_FIELD="kind", **water(0.3))
    assert [rows[name]["risk_class"] for name in "ab"] == [2, 1]
    rows, _, _ = risk(BUILDINGS=some, PEOPLE_FIELD="kind", **water(0.3))
    assert rows["b"]["people"] == 4
    with pytest.raises(QgsProcessingException, match="no field 'nowhere'"):
        risk(BUILDINGS=some, USE_FIELD="nowhere", **water())


def test_no_data_is_unknown_or_dry_by_choice(risk, tmp_path):
    depth = np.full((40, 50), np.nan, np.float32)
    depth[:, :25] = 0.6
    write_grid(Grid(depth, WEST, NORTH, 1.0, CRS), tmp_path / "map.tif")
    rows, results, warnings = risk(BUILDINGS=houses(), DEPTH=str(tmp_path / "map.tif"))
    assert (rows["a"]["risk_class"], rows["b"]["risk_class"]) == (3, NULL)
    assert any("1 buildings have no water data" in text and "NO_DATA" in text for text in warnings)
    rows, results, warnings = risk(BUILDINGS=houses(), DEPTH=str(tmp_path / "map.tif"), NO_DATA="dry")
    assert (rows["b"]["risk_class"], rows["b"]["depth_m"], rows["b"]["damage"]) == (0, 0, 0)
    assert results["UNKNOWN"] == 0
    assert not any("NO_DATA" in text for text in warnings)


def test_the_log_ends_with_what_was_read_left_out_and_guessed(risk, water):
    values = [("a", "office", None, None, 3.4, "12"), ("b", "xyzzy", None, None, -9999.0, None)]
    some = layer("Polygon", USE_FIELDS, [(box(*house), row) for house, row in zip(HOUSES, values, strict=True)])
    listener = Listener()
    risk(feedback=listener, BUILDINGS=some, **water())
    lines = [text for text in listener.infos if " | " in text]
    assert lines[0] == "Input | read | left out | guessed | why"
    table = {line.split(" | ")[0]: line.split(" | ")[1:4] for line in lines[1:]}
    assert table["Buildings"] == ["2", "0", "0"]
    assert table["Ground floors"] == ["1", "1", "1"]
    assert table["Uses"] == ["1", "0", "1"]
    assert table["People"][:2] == ["1", "0"]


def test_depths_below_zero_are_dry_by_choice(risk, tmp_path):
    """As some engines mark dry cells: with NO_DATA = dry 0 m deep, else refused with that advice."""
    depth = np.full((40, 50), -0.3, np.float32)
    depth[:, :25] = 0.6
    write_grid(Grid(depth, WEST, NORTH, 1.0, CRS), tmp_path / "map.tif")
    with pytest.raises(QgsProcessingException, match="choose dry for NO_DATA"):
        risk(BUILDINGS=houses(), DEPTH=str(tmp_path / "map.tif"))
    rows, _, warnings = risk(BUILDINGS=houses(), DEPTH=str(tmp_path / "map.tif"), NO_DATA="dry")
    assert rows["a"]["depth_m"] == pytest.approx(0.6)
    assert (rows["b"]["risk_class"], rows["b"]["depth_m"]) == (0, 0)
    assert any("lie below 0 m, down to -0.3 m: they count as dry" in text for text in warnings)


@pytest.mark.parametrize(
    ("wet", "told"), [((1.0, 2.0, 3.0), True), ((1.0,), True), ((0.4, 1.0), False), ((0.0,), False), ((12.0,), False)]
)
def test_classes_of_a_flood_are_no_depths(risk, tmp_path, wet, told):
    """Hazard maps of 1, 2, 3, and masks of 1 where there is water, are used and named."""
    depth = np.resize(np.array((*wet, 0.0), np.float32), (40, 50))
    write_grid(Grid(depth, WEST, NORTH, 1.0, CRS), tmp_path / "map.tif")
    _, _, warnings = risk(BUILDINGS=houses(), DEPTH=str(tmp_path / "map.tif"))
    assert any(f"whole numbers up to {max(wet):g} only" in text for text in warnings) == told


@pytest.mark.parametrize(("wet", "told"), [(35.5, True), (7.0, True), (3.7, False), (0.0, False)])
def test_depths_in_centimetres_that_say_no_unit_are_told(risk, tmp_path, wet, told):
    depth = np.resize(np.array([wet, 0.8 * wet, 0.0, 0.0], np.float32), (40, 50))
    depth[:, ::2] *= np.float32(1.3)
    write_grid(Grid(depth, WEST, NORTH, 1.0, CRS), tmp_path / "map.tif")
    _, _, warnings = risk(BUILDINGS=houses(), DEPTH=str(tmp_path / "map.tif"))
    assert any("Half of the wet cells" in text for text in warnings) == told


def test_curves_in_centimetres_are_told(risk, water):
    table = curves(("residential", 0.0, 0.0), ("residential", 100.0, 0.4), ("office", 0.0, 0.0), ("office", 7.3, 0.9))
    _, _, warnings = risk(BUILDINGS=houses(), CURVES=table, **water(0.6))
    (text,) = [text for text in warnings if "goes up to" in text]
    assert "'residential'" in text
    assert "100 m" in text
