"""twin:writebackplace: the copy loads at the place that was given, to the millimetre, in every schema."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

PLACE = {"X": 493_012.3456, "Y": 2_491_120.789, "Z": 4.321, "BEARING": 33.25, "CRS": "EPSG:4547"}
PLACED = ("ifc/Duplex_A_20110907_georeferenced.ifc",)
MODELS = ("ifc/AC20-FZK-Haus.ifc", "ifc/Duplex_A_20110907_georeferenced.ifc", "ifc/House.ifc", "ifc/LargeBuilding.ifc")


@pytest.fixture
def bare(tmp_path):
    """A function that writes a small model without a place, in a schema and unit, maybe with an offset of the world."""

    def write(schema="IFC4", prefix=None, offset=(0.0, 0.0, 0.0), direction=None):
        import ifcopenshell
        import ifcopenshell.guid

        new, model = ifcopenshell.guid.new, ifcopenshell.file(schema=schema)
        unit = 1000.0 if prefix else 1.0
        point = lambda *values: model.createIfcCartesianPoint([unit * float(value) for value in values])  # noqa: E731
        axes = model.createIfcAxis2Placement3D(point(0, 0, 0))
        turned = model.createIfcDirection(direction) if direction else None
        up = model.createIfcDirection((0.0, 0.0, 1.0)) if direction else None
        world = model.createIfcAxis2Placement3D(point(*offset), up, turned)
        context = model.createIfcGeometricRepresentationContext(None, "Model", 3, 1e-5, world)
        units = model.createIfcUnitAssignment([model.createIfcSIUnit(None, "LENGTHUNIT", prefix, "METRE")])
        owner = None
        if schema == "IFC2X3":
            person = model.createIfcPersonAndOrganization(
                model.createIfcPerson(None, "A"), model.createIfcOrganization(None, "B")
            )
            program = model.createIfcApplication(person.TheOrganization, "1", "test", "test")
            owner = model.createIfcOwnerHistory(person, program, None, "ADDED", None, None, None, 0)
        project = model.createIfcProject(new(), owner, "P", None, None, None, None, [context], units)
        parts = [model.create_entity(kind, GlobalId=new(), OwnerHistory=owner, Name=kind,
                 ObjectPlacement=model.createIfcLocalPlacement(None, axes)) for kind in
                 ("IfcSite", "IfcBuilding", "IfcBuildingStorey")]  # fmt: skip
        for above, below in zip((project, *parts), parts, strict=False):
            model.createIfcRelAggregates(new(), owner, None, None, above, [below])
        centre = model.createIfcAxis2Placement2D(model.createIfcCartesianPoint((5.0 * unit, 3.0 * unit)))
        profile = model.createIfcRectangleProfileDef("AREA", None, centre, 10.0 * unit, 6.0 * unit)
        body = model.createIfcExtrudedAreaSolid(profile, axes, model.createIfcDirection((0.0, 0.0, 1.0)), 3.0 * unit)
        shape = model.createIfcShapeRepresentation(context, "Body", "SweptSolid", [body])
        solid = model.createIfcProductDefinitionShape(None, None, [shape])
        place = model.createIfcLocalPlacement(None, axes)
        slab = model.create_entity("IfcSlab", GlobalId=new(), OwnerHistory=owner, Name="Slab", ObjectPlacement=place,
                                   Representation=solid)  # fmt: skip
        model.createIfcRelContainedInSpatialStructure(new(), owner, None, None, [slab], parts[-1])
        path = tmp_path / "模型 bare.ifc"
        model.write(str(path))
        return path

    return write


def outline(run_algorithm, tmp_path, model, name, **more):
    place = str(tmp_path / f"{name}.gpkg")
    given = {"MODELS": [str(model)], "CRS": "EPSG:4547", "BUILDINGS": place, "REPORT": str(tmp_path / "report.csv")}
    run_algorithm("twin:loadbim", given | more)
    (feature,) = QgsVectorLayer(place, name, "ogr").getFeatures()
    levels = feature["base_elev_m"], feature["roof_elev_m"]
    return np.array([(v.x(), v.y()) for v in feature.geometry().vertices()]), levels


def placements(tmp_path, model, at=PLACE):
    table = tmp_path / "placements.csv"
    row = f"{model.name},{at['X']!r},{at['Y']!r},{at['Z']!r},{at['BEARING']!r},{at['CRS']}"
    table.write_text(f"path,x,y,z,bearing_deg,crs\n{row}\n", encoding="utf-8")
    return str(table)


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3"])
@pytest.mark.parametrize("prefix", [None, "MILLI"])
def test_the_copy_loads_at_the_same_place(run_algorithm, tmp_path, bare, schema, prefix):
    model = bare(schema, prefix)
    copy = tmp_path / "copy.ifc"
    run_algorithm("twin:writebackplace", {"MODEL": str(model), "OUTPUT": str(copy), **PLACE})
    ring, levels = outline(run_algorithm, tmp_path, copy, "copy")
    given, wanted = outline(run_algorithm, tmp_path, model, "given", PLACEMENTS=placements(tmp_path, model))
    assert np.abs(ring - given).max() < 0.001
    assert levels == pytest.approx(wanted, abs=0.001)
    data = model.read_bytes()
    end = data.rfind(b"ENDSEC")
    assert copy.read_bytes().startswith(data[:end])
    assert copy.read_bytes().endswith(data[end:])


def test_a_world_coordinate_system_is_undone(run_algorithm, tmp_path, bare):
    model = bare("IFC4", "MILLI", offset=(1200.0, -350.0, 12.0), direction=(0.8, 0.6, 0.0))
    copy = tmp_path / "copy.ifc"
    table = placements(tmp_path, model)
    run_algorithm("twin:writebackplace", {"MODEL": str(model), "OUTPUT": str(copy), "PLACEMENTS": table})
    ring, levels = outline(run_algorithm, tmp_path, copy, "copy")
    given, wanted = outline(run_algorithm, tmp_path, model, "given", PLACEMENTS=table)
    assert np.abs(ring - given).max() < 0.001
    assert levels == pytest.approx(wanted, abs=0.001)


def test_a_zipped_copy(run_algorithm, tmp_path, bare):
    model, copy = bare(), tmp_path / "copy.ifczip"
    run_algorithm("twin:writebackplace", {"MODEL": str(model), "OUTPUT": str(copy), **PLACE})
    with zipfile.ZipFile(copy) as archive:
        assert b"IFCMAPCONVERSION" in archive.read(archive.namelist()[0])


def test_what_cannot_be_is_named(run_algorithm, tmp_path, bare):
    model, copy = bare(), tmp_path / "copy.ifc"
    given = {"MODEL": str(model), "OUTPUT": str(copy), **PLACE}
    run_algorithm("twin:writebackplace", given)
    again = {**given, "MODEL": str(copy), "OUTPUT": str(tmp_path / "again.ifc")}
    with pytest.raises(QgsProcessingException, match="has a place already \\(IfcMapConversion\\)"):
        run_algorithm("twin:writebackplace", again)
    with pytest.raises(QgsProcessingException, match="not in metres"):
        run_algorithm("twin:writebackplace", given | {"CRS": "EPSG:2229"})
    with pytest.raises(QgsProcessingException, match="Give the place"):
        run_algorithm("twin:writebackplace", given | {"X": None})
    other = tmp_path / "other.csv"
    other.write_text("path,x,y\nelse.ifc,1,2\n")
    with pytest.raises(QgsProcessingException, match="no row with coordinates"):
        run_algorithm("twin:writebackplace", given | {"PLACEMENTS": str(other)})
    truncated = tmp_path / "cut.ifc"
    truncated.write_bytes(model.read_bytes()[:-60])
    with pytest.raises(QgsProcessingException, match="ends before its data"):
        run_algorithm("twin:writebackplace", given | {"MODEL": str(truncated)})
    with pytest.raises(AssertionError, match="the model itself"):
        run_algorithm("twin:writebackplace", given | {"OUTPUT": str(model)})


@pytest.mark.parametrize("name", MODELS)
def test_real_models_keep_their_place_or_are_refused(run_algorithm, shared_data, tmp_path, name):
    """Those that have a place are refused, the others load at the place that was given."""
    model, copy = shared_data(name), tmp_path / "copy.ifc"
    given = {"MODEL": str(model), "OUTPUT": str(copy), **PLACE}
    if name in PLACED:
        with pytest.raises(QgsProcessingException, match="has a place already"):
            run_algorithm("twin:writebackplace", given)
        return
    run_algorithm("twin:writebackplace", given)
    ring, _ = outline(run_algorithm, tmp_path, copy, "copy")
    wanted, _ = outline(run_algorithm, tmp_path, model, "given", PLACEMENTS=placements(tmp_path, model))
    assert np.abs(ring - wanted).max() < 0.001


@pytest.mark.parametrize("prefix", [None, "MILLI"])
def test_files_for_arcgis_lead_to_the_same_place(run_algorithm, bare, tmp_path, prefix):
    """Without the map conversion of the copy, the files beside it give the model the same place."""
    from twin_plugin.core.bim.place_beside import PlaceFiles
    from twin_plugin.core.bim.read import ModelJob, read_model
    from twin_plugin.core.common.place_files import read_links

    model, folder = bare(prefix=prefix), tmp_path / "out 城市"
    given = {"MODEL": str(model), **PLACE, "PLACE_FILES": True, "OUTPUT": str(folder / "a b.ifc")}
    run_algorithm("twin:writebackplace", given)
    assert sorted(path.name for path in folder.iterdir()) == ["a b.ifc", "a b.prj", "a b.wld3"]
    beside = PlaceFiles().of(folder / "a b.ifc")
    assert beside.crs == "EPSG:4547"
    assert read_links(folder / "a b.wld3").scale == pytest.approx(0.001 if prefix else 1.0)
    found = read_model(ModelJob("m", str(model), beside=beside)).georeference
    copy = read_model(ModelJob("m", given["OUTPUT"])).georeference
    points = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 5.0], [0.0, 100.0, 0.0]])
    np.testing.assert_allclose(found.to_map.apply(points), copy.to_map.apply(points), atol=1e-5)
    both = read_model(ModelJob("m", given["OUTPUT"], beside=beside)).georeference
    assert (both.level, both.warnings) == (50, ())


def test_files_for_arcgis_need_a_name_of_a_model(run_algorithm, bare, tmp_path):
    given = {"MODEL": str(bare()), **PLACE, "PLACE_FILES": True, "OUTPUT": str(tmp_path / "out" / "a.txt")}
    with pytest.raises(QgsProcessingException, match=r"ends neither in \.ifc"):
        run_algorithm("twin:writebackplace", given)
    assert not (tmp_path / "out").exists()


def test_a_name_without_a_folder_is_one_of_the_working_folder(run_algorithm, bare, tmp_path, monkeypatch):
    model = bare()
    monkeypatch.chdir(tmp_path)
    run_algorithm("twin:writebackplace", {"MODEL": model.name, "OUTPUT": "placed.ifc", **PLACE})
    assert (tmp_path / "placed.ifc").exists()
    compared = {"BEFORE": model.name, "AFTER": "placed.ifc", "OUTPUT": "changes.csv"}
    assert run_algorithm("twin:comparemodels", compared)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"X": 114.05, "Y": 22.55, "CRS": "EPSG:4326"}, "in degrees"),
        ({"X": 12_696_000.0, "Y": 2_577_000.0, "CRS": "EPSG:3857"}, "is 0.92 m on the ground"),
    ],
)
def test_a_crs_whose_metres_are_none_is_refused(bare, run_algorithm, tmp_path, place, words):
    output = tmp_path / "placed.ifc"
    with pytest.raises(QgsProcessingException, match=words):
        run_algorithm("twin:writebackplace", {"MODEL": str(bare()), "OUTPUT": str(output), **PLACE, **place})
    assert not output.exists()
