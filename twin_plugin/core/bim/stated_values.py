"""What a model states of a building as a whole: its gross floor area and its postal address."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..common.warnings import CodedMessage
from .attributes import MOST_SETS, is_template_address, property_values, text_of
from .conversion import unit_scale
from .elements import ancestors
from .entities import Entity, value
from .warnings import coded

FLOOR_AREA = "grossfloorarea"
APART = 0.1
"""Share by which the stated floor area and that of the storeys may differ without a warning."""

_PLACING = ("AddressLines", "PostalBox", "PostalCode", "Town")
_PARTS = ("InternalLocation", "AddressLines", "PostalBox", "PostalCode", "Town", "Region", "Country")


def stated_floor_area_m2(model: Any, building: Entity | None, storeys: Sequence[Entity]) -> float | None:
    """The gross floor area by the model's quantity sets.

    That of the building, whatever the set's name (Qto_BuildingBaseQuantities, BaseQuantities …); else the sum of its
    storeys' where every one of them has it.

    Parameters
    ----------
    model : ifcopenshell.file
    building : entity_instance or None
    storeys : sequence of entity_instance
        The building's storeys.

    Returns
    -------
    float or None
        In m2; None where the model says nothing, or nothing above 0.
    """
    whole = _quantity(building, FLOOR_AREA)
    if whole is None:
        parts = [_quantity(storey, FLOOR_AREA) for storey in storeys]
        areas = [part for part in parts if part is not None]
        whole = sum(areas) if areas and len(areas) == len(parts) else None
    return None if whole is None else whole * unit_scale(model, "AREAUNIT")


def _quantity(entity: Entity | None, name: str) -> float | None:
    """An area above 0 from an entity's quantity sets."""
    for relation in (value(entity, "IsDefinedBy") or ())[:MOST_SETS]:
        group = value(relation, "RelatingPropertyDefinition")
        for quantity in value(group, "Quantities") or ():
            if str(quantity.Name or "").casefold().replace(" ", "") == name:
                area = value(quantity, "AreaValue")
                if area is not None and math.isfinite(float(area)) and float(area) > 0:
                    return float(area)
    return None


def floor_area_warning(name: str, storeys_m2: float, stated_m2: float | None) -> CodedMessage | None:
    """A warning where both areas are known and differ by more than a tenth of the larger."""
    if not stated_m2 or not storeys_m2 or abs(stated_m2 - storeys_m2) <= APART * max(stated_m2, storeys_m2):
        return None
    return coded("floor_area_differs", name=name, storeys_m2=storeys_m2, stated_m2=stated_m2)


def postal_address(building: Entity | None) -> str:
    """The address of a building, else of its site, in one line; "" when there is none but an authoring tool's."""
    chain = ancestors(building) if building is not None else []
    above = next((entity for entity in chain if entity.is_a("IfcSite")), None)
    for entity, attribute in ((building, "BuildingAddress"), (above, "SiteAddress")):
        if entity is None:
            continue
        address = value(entity, attribute)
        written = {name: value(address, name) for name in _PARTS} if address is not None else {}
        line = _line(written) or _line(property_values(entity, ("Pset_Address",), _PARTS))
        if line:
            return line
    return ""


def _line(parts: Mapping[str, Any]) -> str:
    """The parts of an address in one line; a room alone is no address, nor is a coordinate that went astray."""
    texts: dict[str, list[str]] = {name: [] for name in _PARTS}
    for name, part in parts.items():
        lines = [text_of(line) for line in (part if isinstance(part, tuple) else (part,))]
        texts[name] = [line for line in lines if line and not ("." in line and _is_number(line))]
    every = [line for lines in texts.values() for line in lines]
    if any(is_template_address(line) for line in every):
        return ""  # the town and region beside it are the authoring tool's too
    if not any(texts[name] for name in _PLACING):
        return ""
    return ", ".join(dict.fromkeys(every))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
