"""Small IFC files made for the tests."""

from __future__ import annotations

from pathlib import Path

import ifcopenshell
import ifcopenshell.guid
import pytest


class House:
    """A house of 10 x 8 m with one storey, a door and a window, whose walls stand inside the outline."""

    def __init__(self, schema: str = "IFC4", unit_m: float = 1.0, at: tuple[float, float, float] = (0.0, 0.0, 0.0)):
        self.f = ifcopenshell.file(schema=schema)
        self.unit_m, self.schema = unit_m, schema
        e = self.f.create_entity
        self.up, self.east = e("IfcDirection", (0.0, 0.0, 1.0)), e("IfcDirection", (1.0, 0.0, 0.0))
        self.length = e("IfcSIUnit", UnitType="LENGTHUNIT", Prefix="MILLI" if unit_m == 0.001 else None, Name="METRE")
        radian = e("IfcSIUnit", UnitType="PLANEANGLEUNIT", Name="RADIAN")
        factor = e("IfcMeasureWithUnit", e("IfcPlaneAngleMeasure", 0.017453292519943295), radian)
        dimensions = e("IfcDimensionalExponents", 0, 0, 0, 0, 0, 0, 0)
        degree = e("IfcConversionBasedUnit", dimensions, "PLANEANGLEUNIT", "degree", factor)
        units = e("IfcUnitAssignment", [self.length, degree])
        self.world = self.axis(0, 0, 0)
        self.context = e("IfcGeometricRepresentationContext", None, "Model", 3, 1e-5, self.world, None)
        self.project = e(
            "IfcProject", self.guid(), None, "Test", RepresentationContexts=[self.context], UnitsInContext=units
        )
        self.place = e("IfcLocalPlacement", None, self.axis(*at))
        self.site = e("IfcSite", self.guid(), None, "Plot", ObjectPlacement=self.place, CompositionType="ELEMENT")
        self.building = e(
            "IfcBuilding", self.guid(), None, "House 1", ObjectPlacement=self.place, CompositionType="ELEMENT"
        )
        self.storey = self.level("Ground", 0.0)
        for whole, parts in ((self.project, self.site), (self.site, self.building)):
            e("IfcRelAggregates", self.guid(), None, None, None, whole, [parts])
        self.products: list = []
        for x, y, w, d in ((0, 0, 10, 0.3), (0, 7.7, 10, 0.3), (0, 0, 0.3, 8), (9.7, 0, 0.3, 8)):
            self.box("IfcWall", "Wall", x, y, 0.0, w, d, 3.0)
        self.box("IfcSlab", "Floor", 0, 0, -0.2, 10, 8, 0.2)
        self.box("IfcRoof", "Roof", -0.5, -0.5, 3.0, 11, 9, 0.2)
        self.door = self.box("IfcDoor", "Front door", 4, 0.1, 0.05, 1, 0.1, 2.1)
        self.window = self.box("IfcWindow", "Low window", 7, 0.1, 0.4, 1.2, 0.1, 1.2)

    def guid(self) -> str:
        return ifcopenshell.guid.new()

    def n(self, metres: float) -> float:
        return float(metres) / self.unit_m

    def axis(self, x: float, y: float, z: float):
        point = self.f.create_entity("IfcCartesianPoint", (self.n(x), self.n(y), self.n(z)))
        return self.f.create_entity("IfcAxis2Placement3D", point, self.up, self.east)

    def level(self, name: str, z: float):
        e = self.f.create_entity
        place = e("IfcLocalPlacement", self.place, self.axis(0, 0, z))
        storey = e(
            "IfcBuildingStorey",
            self.guid(),
            None,
            name,
            ObjectPlacement=place,
            CompositionType="ELEMENT",
            Elevation=self.n(z),
        )
        e("IfcRelAggregates", self.guid(), None, None, None, self.building, [storey])
        return storey

    def box(self, kind: str, name: str, x, y, z, w, d, h, storey=None):
        """A box in the building's frame (m)."""
        e = self.f.create_entity
        corner = e("IfcCartesianPoint", (self.n(w / 2), self.n(d / 2)))
        profile = e(
            "IfcRectangleProfileDef", "AREA", None, e("IfcAxis2Placement2D", corner, None), self.n(w), self.n(d)
        )
        solid = e("IfcExtrudedAreaSolid", profile, self.axis(0, 0, 0), self.up, self.n(h))
        shape = e("IfcShapeRepresentation", self.context, "Body", "SweptSolid", [solid])
        place = e("IfcLocalPlacement", self.place, self.axis(x, y, z))
        product = e(kind, self.guid(), None, name, ObjectPlacement=place)
        product.Representation = e("IfcProductDefinitionShape", None, None, [shape])
        e("IfcRelContainedInSpatialStructure", self.guid(), None, None, None, [product], storey or self.storey)
        return product

    def properties(self, owner, name: str, values: dict):
        """A property set; values are (measure type, value)."""
        e = self.f.create_entity
        single = [e("IfcPropertySingleValue", k, None, e(kind, value), None) for k, (kind, value) in values.items()]
        group = e("IfcPropertySet", self.guid(), None, name, None, single)
        e("IfcRelDefinesByProperties", self.guid(), None, None, None, [owner], group)

    def conversion(self, crs: str, east: float, north: float, height=0.0, axis=(1.0, 0.0), scale=None, unit=None):
        """An IfcMapConversion to a projected CRS."""
        e = self.f.create_entity
        target = e("IfcProjectedCRS", crs, MapUnit=unit)
        return e("IfcMapConversion", self.context, target, east, north, height, axis[0], axis[1], scale)

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.f.write(str(path))
        return path


@pytest.fixture
def house():
    """A factory of `House`: house(schema="IFC4", unit_m=1.0, at=(0, 0, 0))."""
    return House


@pytest.fixture
def read(tmp_path):
    """A function from a House (or a path) to its ModelReport."""
    from twin_plugin.core.bim.read import ModelJob, read_model

    def run(source, **options):
        path = source.write(tmp_path / "model.ifc") if isinstance(source, House) else Path(source)
        return read_model(ModelJob(path.name, str(path), **options))

    return run
