"""twin:skyline from layers to layers: the worked boxes, a scheme, ridge lines, the chart, and what is refused."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from qgis.core import NULL, QgsFeature, QgsGeometry, QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer
from qgis.PyQt.QtGui import QImage

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:skyline"
X, Y, CRS = 500_000.0, 2_500_000.0, "EPSG:4547"
BOXES = {"A": (40, 100, 60, 120, 50), "B": (-30, 200, -10, 220, 120), "C": (0, 300, 30, 330, 90)}
OUTPUTS = ("TABLE", "PIECES", "BREAKERS")


def layer(name, kind, rows, fields=(), crs=CRS):
    """A layer in memory of WKT and values."""
    made = QgsVectorLayer(f"{kind}?crs={crs}&" + "&".join(f"field={field}" for field in fields), name, "memory")
    features = []
    for wkt, *values in rows:
        feature = QgsFeature(made.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(list(values))
        features.append(feature)
    made.dataProvider().addFeatures(features)
    return made


def box(x0, y0, x1, y1):
    corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    return "POLYGON((" + ", ".join(f"{X + x} {Y + y}" for x, y in corners) + "))"


def city(boxes=None, name="buildings 楼"):
    fields = ("id:string", "name:string", "base_elev_m:double", "height_m:double")
    rows = [(box(*b[:4]), key, f"Tower {key}", 0.0, float(b[4])) for key, b in (boxes or BOXES).items()]
    return layer(name, "Polygon", rows, fields)


def eyes(*places, fields=("id:string",)):
    rows = [(f"POINT({X + x} {Y + y})", f"O{k}") for k, (x, y) in enumerate(places)]
    return layer("eyes", "Point", rows, fields)


def files(folder, names=OUTPUTS):
    """Outputs in a folder."""
    return {name: str(folder / f"{name.lower()}.gpkg") for name in names}


def rows_of(path):
    """The attributes of a layer by name, without the feature id, and the layer."""
    made = QgsVectorLayer(path, "found")
    assert made.isValid()
    return [dict(zip(made.fields().names(), f.attributes(), strict=True)) for f in made.getFeatures()], made


def test_three_boxes(run_algorithm, tmp_path):
    found = run_algorithm(ID, {"BUILDINGS": city(), "OBSERVERS": eyes((0, 0)), "AZIMUTH_FROM": -10, "AZIMUTH_TO": 35,
                               "CURVATURE": False, **files(tmp_path)})  # fmt: skip
    [row], _ = rows_of(found["TABLE"])
    assert row["mean_deg"] == pytest.approx(12.5489, abs=5e-4)
    assert row["deviation_deg"] == pytest.approx(12.1933, abs=5e-4)
    assert found["MAXIMUM_DEG"] == pytest.approx(30.594, abs=5e-4)
    assert (row["objects"], row["peaks"], row["observer"]) == (3, 3, "O0")
    assert row["mean_before_deg"] == NULL
    pieces, made = rows_of(found["PIECES"])
    assert [p["object"] or None for p in pieces if p["kind"] == "building"] == ["B", "C", "A"]
    assert sum(p["width_deg"] for p in pieces) == pytest.approx(45)
    tower = next(p for p in pieces if p["object"] == "A")
    assert (tower["from_deg"], tower["to_deg"]) == (pytest.approx(18.4349, abs=5e-5), pytest.approx(30.9638, abs=5e-5))
    assert tower["distance_m"] == pytest.approx(np.hypot(40, 100))
    geometry = next(f for f in made.getFeatures() if f["object"] == "A").geometry()
    points = shapely.get_coordinates(shapely.from_wkb(bytes(geometry.asWkb())), include_z=True) - (X, Y, 0)
    # The south wall and the west wall as far as they are seen; the corner at (40, 100) joins them.
    assert points == pytest.approx(np.array([(40, 120, 50), (40, 100, 50), (60, 100, 50)]), abs=1e-6)


def test_a_scheme_breaks_the_skyline_of_today(run_algorithm, tmp_path):
    scheme = city({"C2": (0, 300, 30, 330, 110)}, "scheme")
    chart = tmp_path / "天际线 chart.svg"
    given = {"BUILDINGS": city(), "SCHEME": scheme, "OBSERVERS": eyes((0, 0), (500, -400)), "CURVATURE": False}
    found = run_algorithm(ID, {**given, "CHART": str(chart), "CHART_OBSERVER": "O0", **files(tmp_path)})
    near, far = rows_of(found["TABLE"])[0]
    assert near["raised_deg2"] == pytest.approx(19.664, abs=5e-4)
    assert near["lowered_deg2"] == 0
    assert (near["broken_by"], near["breakers"]) == ("C2", 1)
    assert near["broken_ranges"] == "0.00–5.71"
    assert near["broken_deg2"] == pytest.approx(near["raised_deg2"])
    assert near["mean_deg"] - near["mean_before_deg"] == pytest.approx(near["raised_deg2"] / 360)
    assert far["raised_deg2"] < near["raised_deg2"]
    assert found["RAISED_DEG2"] == near["raised_deg2"]
    [breaker] = rows_of(found["BREAKERS"])[0]
    assert (breaker["object"], breaker["planned"], breaker["observers"], breaker["observer"]) == ("C2", True, 2, "O0")
    assert {p["state"] for p in rows_of(found["PIECES"])[0]} == {"present", "scheme"}
    root = ElementTree.fromstring(chart.read_text("utf-8"))  # noqa: S314
    texts = ["".join(item.itertext()).strip() for item in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("Tower C2" in text and "+3.4" in text for text in texts)


def test_without_a_scheme_the_terrain_is_the_ridge(run_algorithm, tmp_path):
    y = np.arange(160)[:, None] * np.ones((1, 160))
    heights = np.where(y < 10, 80.0, 0.0).astype(np.float32)  # a ridge 80 m high, from 550 m north of the eye on
    write_grid(Grid(heights, X - 400, Y + 600, 5.0, CRS), tmp_path / "地形.tif")
    given = {"DTM": str(tmp_path / "地形.tif"), "OBSERVERS": eyes((0, 0)), "RIDGE": "terrain", **files(tmp_path)}
    chart = tmp_path / "chart.png"
    found = run_algorithm(ID, {"BUILDINGS": city(), **given, "CHART": str(chart)})
    assert sorted(row["object"] for row in rows_of(found["BREAKERS"])[0]) == ["A", "B", "C"]
    assert not QImage(str(chart)).isNull()
    low = {key: (*b[:4], 10) for key, b in BOXES.items()}
    hidden = run_algorithm(ID, {"BUILDINGS": city(low), **given})
    [row], _ = rows_of(hidden["TABLE"])
    assert row["breakers"] == 0
    assert hidden["MAXIMUM_DEG"] == pytest.approx(np.degrees(np.arctan((80 - 1.6) / 552.5)), abs=0.02)


def test_a_path_gives_an_observer_at_each_step(run_algorithm, tmp_path):
    path = layer("walk", "LineString", [(f"LINESTRING({X - 50} {Y}, {X + 50} {Y})", "P")], ("id:string",))
    found = run_algorithm(ID, {"BUILDINGS": city(), "OBSERVERS": path, "SPACING": 25, **files(tmp_path)})
    table, made = rows_of(found["TABLE"])
    assert [row["path_m"] for row in table] == [0, 25, 50, 75, 100]
    assert [row["observer"] for row in table][::4] == ["P/1", "P/5"]
    assert [round(f.geometry().centroid().asPoint().x() - X) for f in made.getFeatures()] == [-50, -25, 0, 25, 50]
    assert found["OBSERVERS_COUNT"] == 5


class Cancelling(QgsProcessingFeedback):
    """Cancels as soon as the skylines have begun."""

    def setProgress(self, progress):
        super().setProgress(progress)
        if progress > 0:
            self.cancel()


def test_a_cancel_gives_nothing(run_algorithm, tmp_path):
    feedback = Cancelling()
    found = run_algorithm(
        ID,
        {"BUILDINGS": city(), "OBSERVERS": eyes(*[(k, 0) for k in range(50)]), "TABLE": str(tmp_path / "t.gpkg")},
        feedback=feedback,
    )
    assert found == {}
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"OBSERVERS": eyes}, "no observer that can look"),
        ({"OBSERVERS": lambda: eyes((50, 110))}, "no observer that can look"),
        ({"OBSERVERS": lambda: eyes((40, 110), (50, 100))}, "All 2 observers stand at the wall"),
        ({"OBSERVERS": city}, "does not hold points or lines"),
        ({"BUILDINGS": lambda: layer("deg", "Polygon", [(box(0, 9, 5, 12),)], (), "EPSG:4326")}, "no metre"),
        ({"BUILDINGS": lambda: layer("flat", "Polygon", [(box(0, 9, 5, 12),)], ())}, "a polygon and a height"),
        ({"BUILDINGS": lambda: layer("web", "Polygon", [(box(0, 9, 5, 12),)], (), "EPSG:3857")}, "no metre"),
        ({"BUILDINGS": lambda: layer("empty", "Polygon", [], ("height_m:double",))}, "there is nothing to look at"),
        ({"BOX_SIZES": "2"}, "BOX_SIZES must be 2 to 12 numbers"),
        ({"BOX_SIZES": "2; x"}, "not '2; x'"),
        ({"SCHEME": lambda: city({"Z": (90_000, 0, 90_010, 10, 5)}, "far")}, "overlaps nothing"),
    ],
)  # fmt: skip
def test_what_is_refused(run_algorithm, tmp_path, changed, sentence):
    given = {"BUILDINGS": city(), "OBSERVERS": eyes((0, 0)), **files(tmp_path)}
    given |= {name: value() if callable(value) else value for name, value in changed.items()}
    with pytest.raises(QgsProcessingException, match=sentence):
        run_algorithm(ID, given)


def test_observers_off_the_terrain_are_left_out(run_algorithm, tmp_path):
    write_grid(Grid(np.full((40, 40), 3.0, np.float32), X - 100, Y + 100, 5.0, CRS), tmp_path / "dtm.tif")
    given = {"BUILDINGS": city({"A": (40, 50, 60, 70, 50)}), "DTM": str(tmp_path / "dtm.tif"), **files(tmp_path)}
    feedback = QgsProcessingFeedback()
    found = run_algorithm(ID, {**given, "OBSERVERS": eyes((0, 0), (5000, 0))}, feedback=feedback)
    assert "off the terrain: 1" in feedback.textLog()
    assert rows_of(found["TABLE"])[0][0]["eye_m"] == pytest.approx(4.6)
    with pytest.raises(QgsProcessingException, match=r"off the terrain: 1\): move them onto the terrain"):
        run_algorithm(ID, {**given, "OBSERVERS": eyes((5000, 0))})


def test_what_is_left_out_is_said(run_algorithm, tmp_path):
    feedback = QgsProcessingFeedback()
    found = run_algorithm(
        ID,
        {
            "BUILDINGS": city(),
            "OBSERVERS": eyes((0, 0), (50, 110), (40, 110)),
            "CHART_OBSERVER": "nobody",
            **files(tmp_path),
        },
        feedback=feedback,
    )
    log = feedback.textLog()
    assert found["OBSERVERS_COUNT"] == 1
    assert "inside a building: 1" in log
    assert "1 observers at the wall of a building" in log
    assert "there is no SCHEME" in log
