"""twin:visibility from layers to layers: a square by hand, schemes, GDAL's viewshed beside it, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
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

ID = "twin:visibility"
X, Y = 500_000.0, 2_500_000.0
SIZE = 200
HEIGHTS = ("id:string", "name:string", "base_elev_m:double", "roof_elev_m:double")
GDAL_HIDES, EXACT_LINES = 2662, 1965
"""The reference's case: a box of 11 x 5 cells and 20 m before an eye at 1.6 m, on 101 x 101 cells of 1 m."""


def box(x0, y0, x1, y1):
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    return "POLYGON((" + ", ".join(f"{X + x} {Y + y}" for x, y in corners) + "))"


def polygons(*rows, name="建筑 buildings", fields=HEIGHTS, crs="EPSG:4547"):
    return memory_layer("Polygon", rows, fields, name, crs)


def points(*places, crs="EPSG:4547"):
    rows = [(f"POINT({X + x} {Y + y})", (identity, eye)) for identity, x, y, eye in places]
    return memory_layer("Point", rows, ("id:string", "eye_elev_m:double"), "视点 eyes", crs)


@pytest.fixture
def dtm(tmp_path):
    """A plane of 200 m, 1 m cells, without data in a corner of 10 x 10 cells; the path has a space and 中文."""
    values = np.zeros((SIZE, SIZE), np.float32)
    values[:10, :10] = np.nan
    folder = tmp_path / "in 输入"
    folder.mkdir()
    write_grid(Grid(values, X, Y + SIZE, 1.0, "EPSG:4547"), folder / "dtm.tif")
    return str(folder / "dtm.tif")


@pytest.fixture
def look(run_algorithm, dtm, tmp_path):
    """A function that runs the algorithm and gives its results and its tables."""

    def run(feedback=None, **parameters):
        wanted = {
            "DTM": dtm,
            "OUTPUT": "memory:",
            "LANDMARK_VIEWS": "memory:",
            "CUMULATIVE": str(tmp_path / "看 seen.tif"),
        }
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        results = run_algorithm(ID, wanted | parameters, feedback, context)
        tables = [
            [dict(zip(item.fields().names(), item.attributes(), strict=True)) for item in layer.getFeatures()]
            for layer in (_layer(results.get(name), context) for name in ("OUTPUT", "LANDMARK_VIEWS"))
            if layer is not None
        ]
        return results, *tables

    return run


def _layer(place, context):
    if not place:
        return None
    return context.getMapLayer(place) or QgsVectorLayer(place, "read", "ogr")


def read(path, band=1):
    dataset = gdal.Open(path)
    return dataset.GetRasterBand(band).ReadAsArray()


TOWER = (box(90, 150, 110, 170), ("T", "Tower 塔", 0.0, 60.0))
BEFORE_IT = (box(90, 100, 100, 110), ("B", "Block", 0.0, 31.0))
PLANNED = (box(100, 100, 110, 110), ("P", "Planned", 0.0, 40.0))
SOUTH = ("s", 100.0, 50.0, None)
EAST = ("e", 190.0, 160.0, None)


def test_a_square_with_a_tower(look, tmp_path):
    """The block hides up to 1.6 + 29.4 * 100 / 50 = 60.4 m of the western half, as the tower lies 100 m away."""
    results, observers, views = look(
        BUILDINGS=polygons(TOWER, BEFORE_IT), OBSERVERS=points(SOUTH, EAST), LANDMARK_IDS="T", REFRACTION=1.0,
        PANEL=0.5, VISIBLE=str(tmp_path / "each.tif"),
    )  # fmt: skip
    south, east = views
    assert (south["landmark"], south["distance_m"]) == ("Tower 塔", pytest.approx(110))
    assert south["facade_m2"] == pytest.approx(4 * 20 * 60)
    assert south["facing_m2"] == pytest.approx(20 * 60)
    assert south["visible_m2"] == pytest.approx(10 * 60)
    assert (south["hidden_by"], south["change"], south["taken_by"]) == ("B", NULL, NULL)
    assert east["share"] == pytest.approx(0.25, abs=1e-6)
    assert [row["landmarks"] for row in observers] == [1, 1]
    seen = read(results["CUMULATIVE"])
    assert (seen[:10, :10] == -9999).all()
    assert results["NO_DATA_CELLS"] == 100
    assert seen.max() == 2
    bands = np.stack([read(str(tmp_path / "each.tif"), n) for n in (1, 2)]).astype(int)
    assert np.array_equal(np.where(seen < 0, 510, bands.sum(axis=0)), np.where(seen < 0, 510, seen))
    assert observers[0]["visible_m2"] == pytest.approx((bands[0] == 1).sum())
    assert results["SEEN_M2"] == (seen > 0).sum()
    assert seen[SIZE - 140, 95] == 1  # behind the block from the south, open to the east


def test_a_scheme_takes_the_view_and_who_it_is_told(look, tmp_path):
    results, observers, views = look(
        BUILDINGS=polygons(TOWER, BEFORE_IT), SCHEME=polygons(PLANNED, name="方案 A"), OBSERVERS=points(SOUTH, EAST),
        LANDMARKS=polygons(TOWER, name="地标"), REFRACTION=1.0, CHANGE=str(tmp_path / "change.tif"),
        CUMULATIVE_BEFORE=str(tmp_path / "before.tif"),
    )  # fmt: skip
    south, east = views
    assert (south["change"], south["taken_by"], south["before_share"] > 0.12) == ("lost", "P", True)
    assert south["share"] == 0
    assert south["taken_m2"] == pytest.approx(south["before_m2"] - south["visible_m2"])
    assert (east["change"], east["taken_m2"]) == ("same", 0)
    assert (results["LANDMARK_LOST"], observers[0]["landmarks_lost"], observers[1]["landmarks_lost"]) == (1, 1, 0)
    change, now, before = (read(results[name]) for name in ("CHANGE", "CUMULATIVE", "CUMULATIVE_BEFORE"))
    there = now >= 0
    assert np.array_equal(change[there], (now - before)[there])
    assert change[there].min() < 0
    assert observers[0]["visible_before_m2"] > observers[0]["visible_m2"]
    assert results["SEEN_BEFORE_M2"] == (before > 0).sum()


def test_landmarks_that_a_scheme_replaces_or_builds(look):
    new_tower = box(90, 150, 110, 170), ("N", "New", 0.0, 80.0)
    feedback = QgsProcessingFeedback()
    _, _, views = look(
        feedback, BUILDINGS=polygons(TOWER, BEFORE_IT), SCHEME=polygons(new_tower), OBSERVERS=points(EAST),
        LANDMARK_IDS="T; N", REFRACTION=1.0,
    )  # fmt: skip
    assert [(row["landmark_id"], row["change"]) for row in views] == [("N", "new"), ("T", "gone")]
    assert (views[0]["before_m2"], views[0]["visible_m2"]) == (NULL, pytest.approx(1600))
    assert (views[1]["before_m2"], views[1]["visible_m2"]) == (pytest.approx(1200), 0)
    assert "The scheme replaces the landmark T" in feedback.textLog()


def test_green_and_water_in_view(look):
    green = polygons((box(20, 60, 60, 80), ("g",)), (box(90, 150, 110, 170), ("under",)), fields=("id:string",))
    water = polygons((box(90, 111, 100, 120), ("w",)), fields=("id:string",))
    results, observers, _ = look(
        BUILDINGS=polygons(TOWER, BEFORE_IT), OBSERVERS=points(SOUTH), GREEN=green, WATER=water, REFRACTION=1.0
    )
    assert observers[0]["green_m2"] == 800  # not what lies below the tower
    assert observers[0]["water_m2"] == 0  # behind the block
    assert 0 < observers[0]["green_deg"] < 90
    assert (results["GREEN_M2"], results["WATER_M2"]) == (800, 0)
    assert "GREEN_BEFORE_M2" not in results


def test_the_sea_has_no_terrain(look):
    """A corner of 10 x 10 cells without data is water at a level; no data elsewhere stays so."""
    feedback = QgsProcessingFeedback()
    sea = polygons((box(0, 195, 10, 200), ("sea",)), fields=("id:string",))
    results, observers, _ = look(
        feedback, BUILDINGS=polygons(TOWER), OBSERVERS=points(SOUTH), WATER=sea, WATER_LEVEL=0.5
    )
    assert observers[0]["water_m2"] == 50
    assert results["NO_DATA_CELLS"] == 50
    assert "50 cells of WATER have no terrain: their surface is assumed at 0.5 m" in feedback.textLog()


def test_closer_to_exact_lines_than_gdal(run_algorithm, tmp_path):
    """The reference's golden numbers: exact lines hide 1,965 cells, r.viewshed 2,121, GDAL 2,662."""
    place = Grid(np.zeros((101, 101), np.float32), X, Y + 101, 1.0, "EPSG:4547")
    write_grid(place, tmp_path / "plane.tif")
    results = run_algorithm(ID, {
        "DTM": str(tmp_path / "plane.tif"), "BUILDINGS": polygons((box(40, 56, 51, 61), ("B", "", 0.0, 20.0))),
        "OBSERVERS": points(("o", 50.5, 50.5, None)), "REFRACTION": 1.0, "OUTPUT": "memory:",
        "CUMULATIVE": str(tmp_path / "seen.tif"),
    })  # fmt: skip
    hidden = int((read(results["CUMULATIVE"]) == 0).sum())
    assert abs(hidden - EXACT_LINES) <= 6
    raised = place.values.copy()
    raised[40:45, 40:51] = 20
    write_grid(place.with_values(raised), tmp_path / "raised.tif")
    dataset = gdal.Open(str(tmp_path / "raised.tif"))
    band = dataset.GetRasterBand(1)
    peer = gdal.ViewshedGenerate(band, "MEM", "", [], X + 50.5, Y + 50.5, 1.6, 0, 255, 0, 0, -1, 0, gdal.GVM_Edge, 0)
    assert abs(int((peer.ReadAsArray() == 0).sum()) - EXACT_LINES) > 100
    if gdal.VersionInfo().startswith("306"):
        assert int((peer.ReadAsArray() == 0).sum()) == GDAL_HIDES


def test_finer_cells_and_other_crs(look):
    wgs84 = memory_layer("Point", [("POINT(114.0 22.6)", ("o",))], ("id:string",), "degrees", "EPSG:4326")
    with pytest.raises(QgsProcessingException, match="no observer that can look"):
        look(BUILDINGS=polygons(TOWER), OBSERVERS=wgs84)
    results, observers, _ = look(BUILDINGS=polygons(TOWER), OBSERVERS=points(SOUTH), CELL_SIZE=0.5)
    assert read(results["CUMULATIVE"]).shape == (400, 400)
    assert observers[0]["visible_m2"] == pytest.approx(
        look(BUILDINGS=polygons(TOWER), OBSERVERS=points(SOUTH))[1][0]["visible_m2"], rel=0.01
    )


def test_an_observer_outside_with_an_eye_of_its_own(look):
    _, observers, _ = look(BUILDINGS=polygons(TOWER), OBSERVERS=points(("far", 100.0, -300.0, 40.0)))
    assert 0.5 < observers[0]["visible_share"] < 1
    assert observers[0]["farthest_m"] > 480


def test_a_path_of_observers(look):
    path = memory_layer(
        "LineString", [(f"LINESTRING({X + 20} {Y + 20}, {X + 180} {Y + 20})", ("p",))], ("id:string",), "路"
    )
    _, observers, views = look(BUILDINGS=polygons(TOWER, BEFORE_IT), OBSERVERS=path, SPACING=40, LANDMARK_IDS="T")
    assert [row["observer_id"] for row in observers] == [f"p/{n}" for n in range(1, 6)]
    assert [row["along_m"] for row in observers] == [0, 40, 80, 120, 160]
    assert len(views) == 5


def test_observers_within_the_scheme_see_nothing(look):
    feedback = QgsProcessingFeedback()
    _, observers, _ = look(
        feedback,
        BUILDINGS=polygons(TOWER),
        SCHEME=polygons(PLANNED),
        OBSERVERS=points(("in", 105.0, 105.0, None), SOUTH),
    )
    assert observers[0]["visible_m2"] == 0 < observers[0]["visible_before_m2"]
    assert observers[1]["visible_m2"] > 0
    assert "1 observers stand within buildings of the scheme" in feedback.textLog()


def test_what_fills_no_cell_is_told(look):
    thin = box(20.6, 20.0, 20.9, 60.0), ("thin", "", 0.0, 9.0)
    feedback = QgsProcessingFeedback()
    look(feedback, BUILDINGS=polygons(TOWER, thin), OBSERVERS=points(SOUTH))
    assert "1 of 2 buildings stand on no cell, such as 'thin'" in feedback.textLog()


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"LOWEST_ANGLE": 20, "HIGHEST_ANGLE": 10}, r"LOWEST_ANGLE \(20°\) must be below HIGHEST_ANGLE"),
        ({"LANDMARK_IDS": "nobody"}, "No building has the id 'nobody' of LANDMARK_IDS"),
        ({"LANDMARK_IDS": "T", "LANDMARKS": "layer"}, "both given"),
        ({"PANEL": 0.1, "LANDMARKS": "huge"}, "panels of 0.1 m"),
        ({"GREEN": "empty"}, "for GREEN holds no polygon"),
        ({"LANDMARKS": "empty"}, "for LANDMARKS holds no polygon"),
        ({"CELL_SIZE": 0.01}, "choose wider cells"),
    ],
)
def test_what_is_refused(look, parameters, sentence):
    layers = {
        "layer": polygons(TOWER),
        "huge": polygons((box(0, 0, 199, 199), ("h", "", 0.0, 900.0))),
        "empty": polygons(),
    }
    given = {name: layers.get(value, value) if isinstance(value, str) else value for name, value in parameters.items()}
    with pytest.raises(QgsProcessingException, match=sentence):
        look(BUILDINGS=polygons(TOWER, BEFORE_IT), OBSERVERS=points(SOUTH), **given)


@pytest.mark.parametrize(
    ("buildings", "observers", "sentence"),
    [
        ([TOWER], [], "no observer that can look"),
        ([TOWER], [("in", 100.0, 160.0, None)], "inside a building: 1"),
        ([TOWER], [("off", -50.0, 160.0, None)], "off the terrain: 1"),
        ([(TOWER[0], ("T", "", None, None))], [SOUTH], "has a polygon and a height"),
    ],
)
def test_nobody_to_look_and_buildings_without_heights(look, buildings, observers, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        look(BUILDINGS=polygons(*buildings), OBSERVERS=points(*observers))


def test_no_buildings_at_all(look):
    _, observers, _ = look(BUILDINGS=polygons(), OBSERVERS=points(SOUTH))
    assert observers[0]["visible_share"] == 1


def test_too_many_bands(look, tmp_path):
    path = memory_layer(
        "LineString", [(f"LINESTRING({X + 1} {Y + 1}, {X + 199} {Y + 1})", ("p",))], ("id:string",), "路"
    )
    with pytest.raises(QgsProcessingException, match="at most 200 are written"):
        look(BUILDINGS=polygons(TOWER), OBSERVERS=path, SPACING=0.5, VISIBLE=str(tmp_path / "v.tif"))


def test_layers_in_degrees_and_web_mercator(look, tmp_path):
    write_grid(Grid(np.zeros((9, 9), np.float32), 12_690_000.0, 2_580_000.0, 1.0, "EPSG:3857"), tmp_path / "web.tif")
    with pytest.raises(QgsProcessingException, match="not true on the ground"):
        look(BUILDINGS=polygons(TOWER), OBSERVERS=points(SOUTH), DTM=str(tmp_path / "web.tif"))
    write_grid(Grid(np.zeros((9, 9), np.float32), 114.0, 22.6, 0.001, "EPSG:4326"), tmp_path / "degrees.tif")
    with pytest.raises(QgsProcessingException, match="not in metres"):
        look(BUILDINGS=polygons(TOWER), OBSERVERS=points(SOUTH), DTM=str(tmp_path / "degrees.tif"))


class Stopper(QgsProcessingFeedback):
    """Cancels as soon as half of the work is done."""

    def setProgress(self, progress):
        super().setProgress(progress)
        if progress > 30:
            self.cancel()


def test_a_cancel_leaves_nothing(look, tmp_path):
    results = look(
        Stopper(), BUILDINGS=polygons(TOWER, BEFORE_IT), OBSERVERS=points(SOUTH, EAST), OUTPUT=str(tmp_path / "o.gpkg")
    )[0]
    assert results == {}
    assert not list(tmp_path.glob("*seen*")) + list(tmp_path.glob("o*"))


def test_in_a_model_after_another_step(qgis_plugin, dtm, tmp_path):
    """The observers who lose a landmark, picked by a step behind the review."""
    value = QgsProcessingModelChildParameterSource
    layers = {
        "BUILDINGS": polygons(TOWER, BEFORE_IT), "SCHEME": polygons(PLANNED, name="方案"),
        "OBSERVERS": points(SOUTH, EAST), "LANDMARKS": polygons(TOWER, name="地标"),
    }  # fmt: skip
    QgsProject.instance().addMapLayers(list(layers.values()))
    model = QgsProcessingModelAlgorithm("losers", "tests", "losers")
    look = QgsProcessingModelChildAlgorithm(ID)
    look.setChildId("look")
    look.addParameterSources("DTM", [value.fromStaticValue(dtm)])
    for name, layer in layers.items():
        look.addParameterSources(name, [value.fromStaticValue(layer.id())])
    model.addChildAlgorithm(look)
    pick = QgsProcessingModelChildAlgorithm("native:extractbyexpression")
    pick.setChildId("pick")
    pick.addParameterSources("INPUT", [value.fromChildOutput("look", "OUTPUT")])
    pick.addParameterSources("EXPRESSION", [value.fromStaticValue('"landmarks_lost" > 0')])
    output = QgsProcessingModelOutput("losers", "losers")
    output.setChildId("pick")
    output.setChildOutputName("OUTPUT")
    pick.setModelOutputs({"losers": output})
    model.addChildAlgorithm(pick)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    place = str(tmp_path / "losers.gpkg")
    _, ok = model.run({"pick:losers": place}, context, QgsProcessingFeedback(False))
    assert ok
    assert [item["observer_id"] for item in QgsVectorLayer(place, "losers", "ogr").getFeatures()] == ["s"]
    QgsProject.instance().clear()
