"""Writes a synthetic building as an IFC4 file: structure, shapes, properties, map conversion, note."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.guid

from . import names
from .parts import BuildingPlan, Element, Ring
from .street_plan import CRS

STAMP = "2026-01-01T00:00:00"
_TYPES = {bool: "IfcBoolean", int: "IfcInteger", float: "IfcAreaMeasure"}
_KINDS = {"AboveGround": "IfcLogical"}
GENERATOR = "City Twin for QGIS, demo district"


def write_building(plan: BuildingPlan, seed: int, path: Path) -> None:
    """Write one building; the same plan and seed give the same bytes.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    path.write_text(_IfcWriter(plan, seed).run(path.name), encoding="ascii", newline="\n")


class _IfcWriter:
    """Holds the file and the shapes that its elements share."""

    def __init__(self, plan: BuildingPlan, seed: int) -> None:
        self.plan = plan
        self.key = f"{seed}/{plan.number}/"
        self.seed = seed
        self.ids = 0
        self.unit = 1000.0 if plan.unit == "mm" else 1.0
        self.f = ifcopenshell.file(schema="IFC4")
        self.shapes: dict[Any, Any] = {}
        self.axes: dict[Any, Any] = {}

    def run(self, name: str) -> str:
        f, e = self.f, self.f.create_entity
        self.origin = e("IfcCartesianPoint", (0.0, 0.0, 0.0))
        self.up = e("IfcDirection", (0.0, 0.0, 1.0))
        self.east = e("IfcDirection", (1.0, 0.0, 0.0))
        self.world = e("IfcAxis2Placement3D", self.origin, self.up, self.east)
        project = self._project()
        building, storeys = self._structure(project)
        products = self._elements(storeys)
        self._relations(storeys, products)
        self._properties(building, storeys, products)
        self._header(name)
        return f.to_string()

    def guid(self) -> str:
        """The next GlobalId: a digest of seed, building and a running number."""
        self.ids += 1
        return ifcopenshell.guid.compress(
            hashlib.md5(f"{self.key}{self.ids}".encode(), usedforsecurity=False).hexdigest()
        )

    def _root(self, kind: str, *values: Any) -> Any:
        """An entity with the next GlobalId, no owner history, and the values that follow these."""
        return self.f.create_entity(kind, self.guid(), None, *values)

    def m(self, metres: float) -> float:
        return round(metres * self.unit, 4 if self.unit == 1.0 else 1)

    def _header(self, name: str) -> None:
        header = self.f.header
        header.file_description.description = ("ViewDefinition [ReferenceView_V1.2]", names.NOTE_EN)
        header.file_name.name = name
        header.file_name.time_stamp = STAMP
        header.file_name.author = (GENERATOR,)
        header.file_name.organization = (names.DISTRICT_EN,)
        header.file_name.preprocessor_version = "ifcopenshell"
        header.file_name.originating_system = GENERATOR
        header.file_name.authorization = "none"

    def _project(self) -> Any:
        e, plan = self.f.create_entity, self.plan
        metre = e("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
        length = metre if plan.unit == "m" else e("IfcSIUnit", UnitType="LENGTHUNIT", Prefix="MILLI", Name="METRE")
        others = {"AREAUNIT": "SQUARE_METRE", "VOLUMEUNIT": "CUBIC_METRE", "PLANEANGLEUNIT": "RADIAN"}
        units = e(
            "IfcUnitAssignment", [length, *(e("IfcSIUnit", UnitType=of, Name=name) for of, name in others.items())]
        )
        context = e("IfcGeometricRepresentationContext", None, "Model", 3, 1e-5 * self.unit, self.world, None)
        self.body = e(
            "IfcGeometricRepresentationSubContext", "Body", "Model", None, None, None, None, context, None, "MODEL_VIEW"
        )
        what = ("CGCS2000 / 3-degree Gauss-Kruger CM 114E", "CGCS2000", None, "Gauss-Kruger", None)
        crs = e("IfcProjectedCRS", CRS, *what, metre)
        cos, sin = math.cos(plan.bearing_rad), math.sin(plan.bearing_rad)
        e("IfcMapConversion", context, crs, plan.map_x, plan.map_y, plan.ground_floor_m, cos, sin, 1.0 / self.unit)
        return self._root("IfcProject", names.DISTRICT_EN, names.NOTE, None, names.DISTRICT_ZH, None, [context], units)

    def _place(self, parent: Any, x: float, y: float, z: float, angle: float = 0.0) -> Any:
        key = (round(x, 4), round(y, 4), round(z, 4), round(angle, 9))
        axis = self.axes.get(key)
        if axis is None:
            axis = self.axes[key] = self._axis(*key)
        return self.f.create_entity("IfcLocalPlacement", parent, axis)

    def _axis(self, x: float, y: float, z: float, angle: float) -> Any:
        e = self.f.create_entity
        point = e("IfcCartesianPoint", (self.m(x), self.m(y), self.m(z)))
        if angle == 0.0:
            return e("IfcAxis2Placement3D", point, None, None)
        return e("IfcAxis2Placement3D", point, self.up, e("IfcDirection", (math.cos(angle), math.sin(angle), 0.0)))

    def _structure(self, project: Any) -> tuple[Any, dict[int, Any]]:
        e, plan = self.f.create_entity, self.plan
        site_place = self._place(None, 0, 0, 0)
        name = f"{names.DISTRICT_EN} {names.DISTRICT_ZH}"
        site = self._root("IfcSite", name, names.NOTE, None, site_place, None, None, "ELEMENT")
        town = ("Demo Shenzhen (synthetic)", "Guangdong", None, "CN")
        where = e("IfcPostalAddress", "SITE", names.NOTE_EN, None, None, (plan.address,), None, *town)
        place = self._place(site_place, 0, 0, 0)
        use, level_m = names.USES[plan.use][0], self.m(plan.ground_floor_m)
        what = (plan.name, names.NOTE, use, place, None, plan.name_zh)
        building = self._root("IfcBuilding", *what, "ELEMENT", level_m, None, where)
        storeys = {}
        for level in plan.levels:
            own = self._place(place, 0, 0, level.elev_m)
            values = (level.name, None, None, own, None, None, "ELEMENT", self.m(level.elev_m))
            storeys[level.number] = self._root("IfcBuildingStorey", *values)
        for whole, parts in ((project, [site]), (site, [building]), (building, list(storeys.values()))):
            self._root("IfcRelAggregates", None, None, whole, parts)
        return building, storeys

    def _shape(self, element: Element) -> Any:
        key = (element.ring, element.size_m, element.sideways)
        shape = self.shapes.get(key)
        if shape is None:
            e = self.f.create_entity
            solid = self._solid(element)
            body = e("IfcShapeRepresentation", self.body, "Body", "SweptSolid", [solid])
            shape = self.shapes[key] = e("IfcProductDefinitionShape", None, None, [body])
        return shape

    def _solid(self, element: Element) -> Any:
        e = self.f.create_entity
        axis = self.world
        if element.sideways:
            start = e("IfcCartesianPoint", (0.0, self.m(element.size_m), 0.0))
            axis = e("IfcAxis2Placement3D", start, e("IfcDirection", (0.0, -1.0, 0.0)), self.east)
        return e("IfcExtrudedAreaSolid", self._profile(element.ring), axis, self.up, self.m(element.size_m))

    def _profile(self, ring: Ring) -> Any:
        e = self.f.create_entity
        points = [e("IfcCartesianPoint", (self.m(x), self.m(y))) for x, y in ring]
        return e("IfcArbitraryClosedProfileDef", "AREA", None, e("IfcPolyline", [*points, points[0]]))

    def _elements(self, storeys: dict[int, Any]) -> list[Any]:
        """The products in the order of the plan's elements, with the voids and fillings that join them."""
        products: list[Any] = []
        for element in self.plan.elements:
            place = self._place(
                storeys[element.storey].ObjectPlacement, element.x, element.y, element.z, element.angle_rad
            )
            tail: tuple[Any, ...] = (None, element.predefined)
            if element.ifc_class in ("IfcDoor", "IfcWindow"):
                tail = (None, self.m(element.height_m), self.m(element.width_m), element.predefined)
            product = self._root(element.ifc_class, element.name, None, None, place, self._shape(element), *tail)
            products.append(product)
            if element.host >= 0:
                kind = "IfcRelVoidsElement" if element.ifc_class == "IfcOpeningElement" else "IfcRelFillsElement"
                self._root(kind, None, None, products[element.host], product)
        return products

    def _relations(self, storeys: dict[int, Any], products: list[Any]) -> None:
        for number, storey in storeys.items():
            inside = [
                product
                for element, product in zip(self.plan.elements, products, strict=True)
                if element.storey == number and element.ifc_class != "IfcOpeningElement"
            ]
            self._root("IfcRelContainedInSpatialStructure", None, None, inside, storey)

    def _value(self, key: str, value: Any) -> Any:
        return self.f.create_entity(_KINDS.get(key) or _TYPES.get(type(value), "IfcLabel"), value)

    def _pset(self, name: str, values: dict[str, Any], products: list[Any]) -> None:
        if products:
            e = self.f.create_entity
            single = [
                e("IfcPropertySingleValue", key, None, self._value(key, one), None) for key, one in values.items()
            ]
            group = self._root("IfcPropertySet", name, None, single)
            self._root("IfcRelDefinesByProperties", None, None, products, group)

    def _group(self, name: str, products: list[Any]) -> list[Any]:
        return [product for element, product in zip(self.plan.elements, products, strict=True) if element.group == name]

    def _properties(self, building: Any, storeys: dict[int, Any], products: list[Any]) -> None:
        plan = self.plan
        common = {
            "OccupancyType": names.USES[plan.use][2],
            "GrossPlannedArea": plan.floor_area_m2,
            "NumberOfStoreys": len(plan.levels),
            "YearOfConstruction": str(plan.year),
        }
        self._pset("Pset_BuildingCommon", common, [building])
        note = {"Made": True, "Note": names.NOTE_EN, "Seed": self.seed, "Generator": GENERATOR}
        self._pset("CityTwin_Made", note, [building])
        for name, external in (("external", True), ("internal", False)):
            for kind in ("Door", "Window", "Wall"):
                group = self._group(f"{name} {kind.lower()}", products)
                self._pset(f"Pset_{kind}Common", {"IsExternal": external}, group)
        self._pset("Pset_WallCommon", {"IsExternal": True}, self._group("basement wall", products))
        self._pset("Pset_RampCommon", {"IsExternal": True, "HandicapAccessible": False}, self._group("ramp", products))
        for number, storey in storeys.items():
            values = {"EntranceLevel": number == 0, "AboveGround": number >= 0}
            self._pset("Pset_BuildingStoreyCommon", values, [storey])
