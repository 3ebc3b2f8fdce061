"""Floor areas and addresses that a model states itself."""

from __future__ import annotations

import pytest

from twin_plugin.core.bim.attributes import property_value, property_values
from twin_plugin.core.bim.model import Georeference, LocalToMap
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.stated_values import floor_area_warning


def quantity(model, owner, area, group="Qto_BuildingBaseQuantities", name="GrossFloorArea"):
    e = model.f.create_entity
    entry = e("IfcQuantityArea", name, None, None, area)
    whole = e("IfcElementQuantity", model.guid(), None, group, None, None, [entry])
    e("IfcRelDefinesByProperties", model.guid(), None, None, None, [owner], whole)


def with_area_unit(model, prefix=None):
    unit = model.f.create_entity("IfcSIUnit", UnitType="AREAUNIT", Prefix=prefix, Name="SQUARE_METRE")
    model.project.UnitsInContext.Units = (*model.project.UnitsInContext.Units, unit)


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
@pytest.mark.parametrize("group", ["Qto_BuildingBaseQuantities", "BaseQuantities"])
def test_the_building_states_its_floor_area(house, read, schema, group):
    model = house(schema=schema, unit_m=0.001)
    with_area_unit(model)
    quantity(model, model.building, 84.0, group, "Gross Floor Area")
    report = read(model)
    assert report.buildings[0].stated_floor_area_m2 == pytest.approx(84.0)
    assert not any("gross floor area" in text for text in report.warnings)


def test_areas_that_disagree_are_told_and_the_plans_are_used(house, read):
    model = house()
    quantity(model, model.building, 120.0)
    report = read(model)
    (told,) = (text for text in report.warnings if "gross floor area" in text)
    assert "House 1 is 80 m² by its storeys' plans, but 120 m² by the model's quantities" in told
    rows = place_model(report, "")
    assert rows.buildings[0][1]["gross_floor_area_m2"] == pytest.approx(80.0, abs=0.1)


def test_units_and_storeys(house, read):
    model = house(unit_m=0.001)
    with_area_unit(model, "MILLI")
    quantity(model, model.storey, 81e6, "Qto_BuildingStoreyBaseQuantities")
    assert read(model).buildings[0].stated_floor_area_m2 == pytest.approx(81.0)
    upper = model.level("Upper", 3.2)
    model.box("IfcWall", "Upper wall", 0, 0, 3.2, 10, 0.3, 2.8, upper)
    # One storey of two says nothing of the whole.
    assert read(model).buildings[0].stated_floor_area_m2 is None
    assert read(house()).buildings[0].stated_floor_area_m2 is None


@pytest.mark.parametrize("area", [0.0, -5.0])
def test_an_area_of_nothing_counts_as_none(house, read, area):
    model = house()
    quantity(model, model.building, area)
    assert read(model).buildings[0].stated_floor_area_m2 is None


def test_notes():
    assert (
        floor_area_warning("a", 100.0, 110.0)
        is floor_area_warning("a", 100.0, None)
        is floor_area_warning("a", 0.0, 9.0)
        is None
    )
    assert floor_area_warning("a", 100.0, 112.0)
    assert floor_area_warning("a", 112.0, 100.0)


def address(model, **parts):
    return model.f.create_entity("IfcPostalAddress", **parts)


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
def test_an_address_of_building_or_site(house, read, schema):
    model = house(schema=schema)
    assert read(model).buildings[0].address == ""
    model.site.SiteAddress = address(model, AddressLines=["深南大道 1 号"], Town="深圳", Country="中国")
    report = read(model)
    assert report.buildings[0].address == "深南大道 1 号, 深圳, 中国"
    model.building.BuildingAddress = address(
        model,
        InternalLocation="Block B",
        AddressLines=["1 High Street", ""],
        PostalCode="SW1",
        Town="London",
        Region="London",
    )
    report = read(model)
    assert report.buildings[0].address == "Block B, 1 High Street, SW1, London"
    placed = type(report)(
        "m",
        "m",
        georeference=Georeference(to_map=LocalToMap("EPSG:25832", 458657.0, 5438232.0, 1.0)),
        buildings=report.buildings,
    )
    assert place_model(placed, "EPSG:25832").buildings[0][1]["address"] == report.buildings[0].address


@pytest.mark.parametrize(
    "parts",
    [
        {"AddressLines": ["Enter address here"], "Town": "Boston", "Region": "MA"},
        {"AddressLines": ["", " "], "Town": "", "Country": "51.9065"},
        {"InternalLocation": "Architect"},
        {"Town": "<Default>"},
    ],
)
def test_what_tools_write_by_themselves_is_no_address(house, read, parts):
    model = house()
    model.building.BuildingAddress = address(model, **parts)
    assert read(model).buildings[0].address == ""


def test_of_several_properties_each_has_its_first_value_in_any_case(house):
    model = house()
    e = model.f.create_entity
    for group, entries in (
        ("Pset_Other", {"Town": "Elsewhere"}),
        ("pset_address", {"TOWN": "", "Region": "South"}),
        ("Pset_Address", {"town": "Shenzhen", "Region": "North"}),
    ):
        held = [e("IfcPropertySingleValue", name, None, e("IfcLabel", text), None) for name, text in entries.items()]
        whole = e("IfcPropertySet", model.guid(), None, group, None, held)
        e("IfcRelDefinesByProperties", model.guid(), None, None, None, [model.building], whole)
    names = ("Town", "Region", "Country")
    assert property_values(model.building, ("Pset_Address",), names) == {"Town": "Shenzhen", "Region": "South"}
    assert property_values(model.building, None, names) == {"Town": "Elsewhere", "Region": "South"}
    assert property_value(model.building, None, ("Country", "TOWN", "Region")) == "Elsewhere"
    assert property_value(model.building, None, ("Country",)) is None
