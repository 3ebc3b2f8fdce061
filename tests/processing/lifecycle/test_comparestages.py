"""twin:comparestages: buildings as designed and as built, in two CRS, with ids that changed."""

from __future__ import annotations

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsVectorLayer

from tests.listener import Listener

CRS = "EPSG:4547"
FIELDS = "&field=id:string&field=name:string&field=use:string&field=height_m:double"


def layer(rows, name, crs=CRS):
    made = QgsVectorLayer(f"Polygon?crs={crs}{FIELDS}", name, "memory")
    for corners, values in rows:
        feature = QgsFeature(made.fields())
        if corners:
            west, south, east, north = corners
            ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
            wkt = ",".join(f"{500_000 + x} {2_500_000 + y}" for x, y in ring)
            feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({wkt}))"))
        feature.setAttributes(values)
        made.dataProvider().addFeatures([feature])
    return made


@pytest.fixture
def designed(qgis_plugin):
    rows = [
        ((0, 0, 25, 20), ["model/A", "A 座", "office", 30.0]),
        ((40, 0, 65, 20), ["model/B", "B", "office", 30.0]),
        ((80, 0, 105, 20), ["model/C", "C", "shop", 12.0]),
        ((120, 0, 145, 20), ["model/D", "D", "shop", 12.0]),
    ]
    return layer(rows, "designed")


def built(crs=CRS):
    rows = [
        ((0.3, 0.4, 25.3, 20.4), ["survey/A", "A 座", "office", 30.0]),
        ((40, 0, 65, 20), ["survey/B", "B", "shop", 30.02]),
        ((80, 0, 105, 20), ["survey/X", "C", "shop", 12.0]),
        ((160, 0, 185, 20), ["survey/E", "E", "school", 15.0]),
    ]
    return layer(rows, "built", crs)


def compare(run_algorithm, tmp_path, before, after, **more):
    place = str(tmp_path / "比较 out.gpkg")
    given = {"BEFORE": before, "AFTER": after, "OUTPUT": place, **more}
    found = run_algorithm("twin:comparestages", given)
    out = QgsVectorLayer(found["OUTPUT"], "out", "ogr")
    names = out.fields().names()
    return found, {
        row["object_id"]: row for row in (dict(zip(names, f.attributes(), strict=True)) for f in out.getFeatures())
    }


def test_as_designed_against_as_built(run_algorithm, designed, tmp_path):
    found, rows = compare(run_algorithm, tmp_path, designed, built(), FIELDS=["use"])
    assert rows["survey/A"]["change"] == "changed"
    assert rows["survey/A"]["distance_m"] == pytest.approx(0.5, abs=1e-6)
    assert rows["survey/A"]["iou"] == pytest.approx(0.93844, abs=1e-5)
    assert rows["survey/B"]["attributes"] == "use: office → shop"
    assert rows["survey/B"]["levels"] == "height_m +0.020"
    assert (rows["survey/X"]["before_id"], rows["survey/X"]["matched_by"]) == ("model/C", "geometry")
    assert (rows["survey/E"]["change"], rows["model/D"]["change"]) == ("added", "deleted")
    numbers = [found[name] for name in ("UNCHANGED", "WITHIN", "CHANGED", "ADDED", "DELETED", "BY_GEOMETRY")]
    assert numbers == [1, 0, 2, 1, 1, 1]


def test_without_fields_a_height_within_tolerance_is_within_it(run_algorithm, designed, tmp_path):
    found, rows = compare(run_algorithm, tmp_path, designed, built())
    assert rows["survey/B"]["change"] == "within tolerance"
    assert compare(run_algorithm, tmp_path, designed, built(), TOLERANCE=0.01)[1]["survey/B"]["change"] == "changed"
    assert found["WITHIN"] == 1


def test_an_earlier_state_in_another_crs(run_algorithm, designed, tmp_path):
    import processing

    other = processing.run(
        "native:reprojectlayer", {"INPUT": designed, "TARGET_CRS": "EPSG:32649", "OUTPUT": "memory:"}
    )["OUTPUT"]
    _, rows = compare(run_algorithm, tmp_path, other, built())
    assert rows["survey/A"]["distance_m"] == pytest.approx(0.5, abs=0.01)


def test_degrees_no_ids_and_empty_layers(run_algorithm, designed, tmp_path):
    with pytest.raises(QgsProcessingException, match="unit is no metre"):
        compare(run_algorithm, tmp_path, designed, built("EPSG:4326"))
    nameless = QgsVectorLayer(f"Polygon?crs={CRS}", "nameless", "memory")
    feature = QgsFeature(nameless.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((500000 2500000,500010 2500000,500010 2500010,500000 2500000))"))
    nameless.dataProvider().addFeatures([feature])
    with pytest.raises(QgsProcessingException, match="no field 'id' with ids"):
        compare(run_algorithm, tmp_path, nameless, built())
    found, rows = compare(run_algorithm, tmp_path, designed, layer([], "nothing"))
    assert found["DELETED"] == 4
    assert {row["change"] for row in rows.values()} == {"deleted"}


def test_objects_without_ids_are_matched_by_their_place_only(run_algorithm, qgis_plugin, tmp_path):
    one, other = ((0, 0, 25, 20), [None, "A", "", 30.0]), ((100, 0, 125, 20), ["", "B", "", 30.0])
    log = Listener()
    given = {"BEFORE": layer([one], "old"), "AFTER": layer([other], "new"), "OUTPUT": str(tmp_path / "out.gpkg")}
    found = run_algorithm("twin:comparestages", given, log)
    assert (found["ADDED"], found["DELETED"], found["CHANGED"]) == (1, 1, 0)
    assert sum("1 objects of the layer" in line and "have no id" in line for line in log.warnings) == 2
    found, _ = compare(run_algorithm, tmp_path, layer([other], "old"), layer([other, one], "new"))
    assert (found["UNCHANGED"], found["ADDED"], found["BY_GEOMETRY"]) == (1, 1, 1)
