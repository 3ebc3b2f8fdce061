"""CityJSON, CityGML and OBJ as outputs of twin:exportscene: files in place, read by others, failures."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from osgeo import ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from tests.core.scene import cityjson_check
from twin_plugin.core.common.place_files import read_links, read_prj
from twin_plugin.core.scene import city_objects

OUTPUTS = {"CITYJSON": "a.json", "CITYGML": "a.gml", "CITYGML2": "b.gml", "OBJ": "楼 1.obj"}


def layer(path: Path, name: str, code: int, rows: list[tuple[str, dict]]) -> str:
    """A table of a GeoPackage."""
    driver = ogr.GetDriverByName("GPKG")
    source = driver.Open(str(path), 1) if path.exists() else driver.CreateDataSource(str(path))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    made = source.CreateLayer(name, reference, ogr.wkbMultiPolygon)
    for field, value in rows[0][1].items():
        kind = {str: ogr.OFTString, int: ogr.OFTInteger64}.get(type(value), ogr.OFTReal)
        made.CreateField(ogr.FieldDefn(field, kind))
    for text, values in rows:
        feature = ogr.Feature(made.GetLayerDefn())
        feature.SetGeometry(ogr.ForceToMultiPolygon(ogr.CreateGeometryFromWkt(text)))
        for field, value in values.items():
            feature.SetField(field, value)
        made.CreateFeature(feature)
    source = None
    return f"{path}|layername={name}"


def box(x: float, y: float, side: float) -> str:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
    return "POLYGON((" + ",".join(f"{a} {b}" for a, b in corners) + "))"


@pytest.fixture
def district(tmp_path: Path):
    """Buildings, storeys and basements in a CRS of the register."""

    def make(code: int, x: float, y: float) -> dict[str, str]:
        base = {"base_elev_m": 2.0, "roof_elev_m": 8.0}
        buildings = [
            (box(x, y, 10), {"id": "m/1$a", "name": "<script>alert(1)</script>", "use": "office", **base}),
            (box(x + 30, y, 20), {"id": "m/2$b", "name": "商住楼 & 'co'", "use": "residential", **base}),
        ]
        storey = {"building_id": "m/1$a", "height_m": 3.0}
        storeys = [(box(x, y, 10), {"id": f"s{n}", "number": n, "elev_m": 2.0 + 3 * n, **storey}) for n in range(2)]
        rooms = [(box(x, y, 10), {"id": "u", "building_id": "m/1$a", "top_elev_m": 2.0, "bottom_elev_m": -2.0})]
        path = tmp_path / "district.gpkg"
        return {
            "BUILDINGS": layer(path, "building", code, buildings),
            "STOREYS": layer(path, "storey", code, storeys),
            "UNDERGROUND": layer(path, "underground", code, rooms),
        }

    return make


def test_all_formats_are_in_place(run_algorithm, district, tmp_path: Path) -> None:
    folder = tmp_path / "out 城市"
    folder.mkdir()
    outputs = {name: str(folder / file) for name, file in OUTPUTS.items()}
    given = district(28992, 120000, 480000) | {"VERTICAL_DATUM": "NAP height"}
    found = run_algorithm("twin:exportscene", given | outputs)
    assert {name: found[name] for name in OUTPUTS} == outputs
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["a.gml", "a.json", "b.gml", "楼 1.mtl", "楼 1.obj", "楼 1.prj", "楼 1.wld3"]
    city = cityjson_check.read(folder / "a.json")
    assert cityjson_check.faults(city) == []
    assert city["metadata"]["referenceSystem"].endswith("/7415")
    kinds = sorted(each["type"] for each in city["CityObjects"].values())
    assert kinds == ["Building", "Building", "BuildingPart", "BuildingStorey", "BuildingStorey"]
    assert city["CityObjects"]["m/1$a"]["attributes"]["name"] == "<script>alert(1)</script>"
    root = ElementTree.parse(folder / "a.gml").getroot()  # noqa: S314  our own
    assert len(root.findall(".//{http://www.opengis.net/citygml/building/3.0}Storey")) == 2
    assert read_prj(folder / "楼 1.prj") == "EPSG:28992"
    assert read_links(folder / "楼 1.wld3").target[0] == (120000, 480000, -2)
    assert "mtllib 楼 1.mtl" in (folder / "楼 1.obj").read_text("utf-8")


@pytest.mark.parametrize(("code", "x", "y"), [(28992, 120000, 480000), (4547, 503000, 2495000)])
def test_gdal_finds_the_buildings_where_they_are(
    run_algorithm, district, tmp_path: Path, code: int, x: float, y: float
) -> None:
    """Also where the register gives northings first: no building may be mirrored."""
    path = tmp_path / "two.gml"
    run_algorithm("twin:exportscene", district(code, x, y) | {"CITYGML2": str(path)})
    source = ogr.Open(str(path))
    read = source.GetLayerByName("Building")
    assert read.GetFeatureCount() == 2
    heights = {}
    for feature in read:
        west, east, south, north, *_ = feature.GetGeometryRef().GetEnvelope3D()
        heights[feature.GetField("name")] = (west - x, south - y, feature.GetField("measuredHeight"))
        assert east - west == pytest.approx(north - south)
    assert heights["商住楼 & 'co'"] == pytest.approx((30, 0, 6))
    assert heights["<script>alert(1)</script>"][:2] == pytest.approx((0, 0))
    reference = read.GetSpatialRef()
    assert reference.GetAuthorityCode(None) == str(code)


def test_a_name_that_ends_in_jsonl_gives_lines(run_algorithm, district, tmp_path: Path) -> None:
    path = tmp_path / "城 市.jsonl"
    run_algorithm("twin:exportscene", district(28992, 120000, 480000) | {"CITYJSON": str(path)})
    assert path.read_text("utf-8").count("\n") == 3
    assert cityjson_check.faults(cityjson_check.read(path)) == []


def test_old_parts_go_with_the_old_file(run_algorithm, district, tmp_path: Path) -> None:
    for suffix in (".obj", ".mtl", ".prj", ".wld3"):
        (tmp_path / f"a{suffix}").write_text("old")
    run_algorithm("twin:exportscene", district(28992, 120000, 480000) | {"OBJ": str(tmp_path / "a.obj")})
    assert all((tmp_path / f"a{suffix}").read_text("utf-8") != "old" for suffix in (".obj", ".mtl", ".prj", ".wld3"))


def test_another_ending_is_refused_and_nothing_stays(run_algorithm, district, tmp_path: Path) -> None:
    given = district(28992, 120000, 480000)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(QgsProcessingException, match=r"does not end in \.obj"):
        run_algorithm("twin:exportscene", given | {"OBJ": str(tmp_path / "a.txt")})
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("output", OUTPUTS)
def test_cancel_leaves_what_was_there(
    run_algorithm, district, tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"x{Path(OUTPUTS[output]).suffix}"
    path.write_text("mine", "utf-8")
    given = district(28992, 120000, 480000) | {output: str(path)}
    before = sorted(each.name for each in tmp_path.iterdir())
    feedback = QgsProcessingFeedback(False)
    asked = city_objects.advance

    def cancelled(*arguments) -> None:
        feedback.cancel()
        asked(*arguments)

    monkeypatch.setattr(city_objects, "advance", cancelled)
    assert run_algorithm("twin:exportscene", given, feedback) == {}
    assert path.read_text("utf-8") == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == before
