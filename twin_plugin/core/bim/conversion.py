"""Reads what a model says about its place: map conversions, property sets, latitude and longitude, true north."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..common.warnings import CodedMessage
from .attributes import property_sets, single_value, text_of
from .box_fallback import axes_of, placement_of
from .class_tables import table
from .elements import by_types
from .entities import parts, value
from .model import Floats
from .warnings import coded


@dataclass(frozen=True)
class Conversion:
    """A map conversion as written; `first` and `second` are eastings and northings, or degrees when `angles`.

    `height_unit_m` is what the CRS itself says of its heights, which only a geographic one does. `disputed`: the file
    holds another one that leads elsewhere.
    """

    crs_name: str
    first: float
    second: float
    height: float
    abscissa: float = 1.0
    ordinate: float = 0.0
    scale: float | None = None
    factors: tuple[float, float, float] = (1.0, 1.0, 1.0)
    map_unit_m: float | None = None
    angles: bool = False
    source: str = "IfcMapConversion"
    vertical: str = ""
    height_unit_m: float | None = None
    disputed: bool = False

    def differs(self, other: Conversion) -> bool:
        """Whether another leads elsewhere, by more than rounding."""
        mine, its = ((c.first, c.second, c.height, c.abscissa, c.ordinate) for c in (self, other))
        return self.crs_name != other.crs_name or not np.allclose(mine, its, rtol=0.0, atol=1e-3)


@dataclass(frozen=True)
class SitePoint:
    """A site's latitude and longitude (degrees), elevation and placement (metres), and its GlobalId.

    `coarse`: to the minute only; `swapped`: the file has the longitude as latitude, which is undone here. `flat`: it
    names no elevation, or 0, which authoring tools write by themselves: the height of its placement serves.
    """

    lat: float
    lon: float
    elevation: float
    placement: Floats
    coarse: bool = False
    swapped: bool = False
    id: str = ""
    flat: bool = False


def length_unit_m(model: Any) -> float:
    """Metres in one length unit of the project; 1 without a project."""
    return unit_scale(model, "LENGTHUNIT")


def names_length_unit(model: Any) -> bool:
    """Whether a project of the model names its unit of length; without one, kernels and readers take metres."""
    for project in by_types(model, ("IfcProject",)):
        try:
            if any(getattr(unit, "UnitType", None) == "LENGTHUNIT" for unit in project.UnitsInContext.Units or ()):
                return True
        except (AttributeError, RuntimeError, TypeError):
            continue
    return False


def unit_scale(model: Any, kind: str) -> float:
    """Metres, square metres or radians in one unit of the project of a kind such as LENGTHUNIT; 1 where it has none."""
    from ifcopenshell.util.unit import calculate_unit_scale

    if not by_types(model, ("IfcProject",)):
        return 1.0
    try:
        scale = float(calculate_unit_scale(model, kind))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RuntimeError):
        return 1.0
    return scale if scale > 0 else 1.0


def named_unit_m(unit: Any) -> float | None:
    """Metres in one named length unit; None when it is not given."""
    from ifcopenshell.util.unit import get_prefix_multiplier

    if unit is None:
        return None
    try:
        if unit.is_a("IfcConversionBasedUnit"):
            factor = unit.ConversionFactor
            return float(factor.ValueComponent.wrappedValue) * (named_unit_m(factor.UnitComponent) or 1.0)
        return float(get_prefix_multiplier(unit.Prefix)) if unit.Prefix else 1.0
    except (AttributeError, TypeError, ValueError, KeyError):
        return None


def contexts(model: Any) -> list[Any]:
    """The representation contexts, those of the model before those of plans."""
    top_level = [
        c
        for c in by_types(model, ("IfcGeometricRepresentationContext",))
        if not c.is_a("IfcGeometricRepresentationSubContext")
    ]
    return sorted(top_level, key=lambda c: str(c.ContextType or "").lower() != "model")


def world_offset(model: Any, unit_m: float) -> Floats:
    """The 4 x 4 matrix of the context's WorldCoordinateSystem, lengths in metres."""
    for context in contexts(model):
        try:
            matrix = axes_of(context.WorldCoordinateSystem)
        except (AttributeError, RuntimeError, TypeError, ValueError):
            continue
        matrix[:3, 3] *= unit_m
        return matrix
    return np.eye(4)


def true_north(model: Any) -> tuple[float, float]:
    """The direction of north in model axes, of unit length; (0, 1) when it is not given."""
    for context in contexts(model):
        north = getattr(context, "TrueNorth", None)
        if north is not None:
            x, y = [*north.DirectionRatios, 0.0, 0.0][:2]
            length = math.hypot(x, y)
            if length > 1e-9:
                return x / length, y / length
    return 0.0, 1.0


def read_conversion(model: Any, warnings: list[CodedMessage] | None = None) -> Conversion | None:
    """The map conversion of a model from its entities, else from its property sets; None when there is none.

    One that cannot be read is passed over, with a warning appended to `warnings`.
    """
    entities = by_types(model, ("IfcMapConversion", "IfcRigidOperation"))
    first = contexts(model)
    entities.sort(key=lambda c: 0 if first and [s.id() for s in parts(c, "SourceCRS")] == [first[0].id()] else 1)
    read: list[Conversion] = []
    for entity in entities:
        try:
            read.append(_from_entity(model, entity))
        except (AttributeError, RuntimeError, TypeError, ValueError):
            _damaged(warnings, str(entity.is_a()))
    if read:
        others = sum(read[0].differs(other) for other in read[1:])
        if others and warnings is not None:
            warnings.append(coded("conversions_differ", count=len(read)))
        return replace(read[0], disputed=others > 0)
    try:
        return _from_sets(model)
    except (AttributeError, TypeError, ValueError):
        _damaged(warnings, "ePset_MapConversion")
        return None


def _damaged(warnings: list[CodedMessage] | None, name: str) -> None:
    if warnings is not None:
        warnings.append(coded("conversion_damaged", name=name))


def _from_entity(model: Any, entity: Any) -> Conversion:
    target = entity.TargetCRS
    name = _crs_name(model, target)
    common: dict[str, Any] = {
        "map_unit_m": named_unit_m(value(target, "MapUnit")),
        "vertical": text_of(value(target, "VerticalDatum")),
        "source": str(entity.is_a()),
    }
    if entity.is_a("IfcRigidOperation"):
        measure = entity.FirstCoordinate
        angles = hasattr(measure, "is_a") and "Angle" in measure.is_a()
        values = [float(getattr(v, "wrappedValue", v)) for v in (entity.FirstCoordinate, entity.SecondCoordinate)]
        first, second = _degrees(values, model) if angles else values
        common |= {"angles": angles, "height_unit_m": named_unit_m(value(target, "HeightUnit"))}
        return Conversion(name, first, second, float(entity.Height or 0.0), **common)
    x, y, z = (float(getattr(entity, f"Factor{axis}", None) or 1.0) for axis in "XYZ")
    lengths = (entity.Eastings, entity.Northings, entity.OrthogonalHeight)
    east, north, height = (float(length or 0.0) for length in lengths)
    axis = _axis(entity.XAxisAbscissa, entity.XAxisOrdinate)
    scale = None if entity.Scale is None else float(entity.Scale)
    return Conversion(name, east, north, height, *axis, scale, (x, y, z), **common)


def _axis(abscissa: Any, ordinate: Any) -> tuple[float, float]:
    x, y = float(abscissa if abscissa is not None else 0.0), float(ordinate or 0.0)
    length = math.hypot(x, y)
    return (x / length, y / length) if length > 1e-9 else (1.0, 0.0)


def _degrees(angles: list[float], model: Any) -> list[float]:
    """Plane angles in degrees; where they are no place on earth in the project's unit they were degrees already."""
    degrees = [math.degrees(angle * _angle_unit(model)) for angle in angles]
    return degrees if all(abs(angle) <= 360.0 for angle in degrees) else angles


def _angle_unit(model: Any) -> float:
    """Radians in one plane angle unit of the project."""
    from ifcopenshell.util.unit import calculate_unit_scale

    try:
        return float(calculate_unit_scale(model, "PLANEANGLEUNIT"))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RuntimeError):
        return math.radians(1.0)


def _crs_name(model: Any, target: Any) -> str:
    if target is None:
        return ""
    for well_known in by_types(model, ("IfcWellKnownText",)):
        if well_known.CoordinateReferenceSystem.id() == target.id():
            return str(well_known.WellKnownText)
    return text_of(getattr(target, "Name", None))


def _from_sets(model: Any) -> Conversion | None:
    """The property sets that carry a map conversion in IFC2x3, on project, site or building, in any letter case."""
    sets: dict[str, dict[str, Any]] = {}
    for owner in by_types(model, ("IfcProject", "IfcSite", "IfcBuilding")):
        for group in property_sets(owner):
            name = str(group.Name or "").casefold()
            for wanted in ("mapconversion", "projectedcrs"):
                if name.endswith(wanted) and wanted not in sets:
                    sets[wanted] = {
                        str(value(e, "Name") or "").casefold(): single_value(e) for e in parts(group, "HasProperties")
                    }
    values, target = sets.get("mapconversion"), sets.get("projectedcrs", {})
    if not values or values.get("eastings") is None or values.get("northings") is None:
        return None
    scale = values.get("scale")
    return Conversion(
        str(target.get("name") or values.get("targetcrs") or ""),
        float(values["eastings"]),
        float(values["northings"]),
        float(values.get("orthogonalheight") or 0.0),
        *_axis(values.get("xaxisabscissa"), values.get("xaxisordinate")),
        scale=None if scale is None else float(scale),
        source="ePset_MapConversion",
        vertical=text_of(target.get("verticaldatum")),
    )


def angle_deg(angle: Sequence[int] | None) -> float | None:
    """Degrees of an IfcCompoundPlaneAngleMeasure.

    Its parts are degrees, minutes, seconds and millionths of a second, each with its sign. A file that signs only the
    first part means the whole.
    """
    if not angle or len(angle) < 2:
        return None
    values = [float(part) for part in angle[:4]] + [0.0] * (4 - min(4, len(angle)))
    if values[0] < 0 and all(v >= 0 for v in values[1:]):
        values = [values[0], *(-v for v in values[1:])]
    return values[0] + values[1] / 60.0 + (values[2] + values[3] / 1e6) / 3600.0


def read_sites(model: Any, unit_m: float, warnings: list[CodedMessage]) -> list[SitePoint]:
    """The sites with a latitude and a longitude; those that are no place on earth get a warning instead."""
    points = []
    for site in by_types(model, ("IfcSite",)):
        lat, lon = angle_deg(site.RefLatitude), angle_deg(site.RefLongitude)
        if lat is None and lon is None:
            continue
        if lat is None or lon is None:
            warnings.append(coded("site_half"))
            continue
        swapped = 90 < abs(lat) <= 180 and abs(lon) <= 90
        if swapped:
            lat, lon = lon, lat
        if abs(lat) > 90 or abs(lon) > 180:
            warnings.append(coded("site_off_earth", lat=lat, lon=lon))
            continue
        try:
            placement = placement_of(site.ObjectPlacement)
        except (AttributeError, RuntimeError, TypeError, ValueError):
            placement = np.eye(4)
        placement[:3, 3] *= unit_m
        coarse = not any(site.RefLatitude[2:]) and not any(site.RefLongitude[2:])
        flat = not site.RefElevation
        elevation = float(placement[2, 3]) if flat else float(site.RefElevation) * unit_m
        points.append(SitePoint(lat, lon, elevation, placement, coarse, swapped, str(site.GlobalId), flat))
    return points


def default_place(lat: float, lon: float) -> str:
    """The city that an authoring tool writes when nobody set a place, by the table default_places.csv, else ""."""
    for row in table("default_places"):
        near = float(row["tolerance_deg"])
        if abs(lat - float(row["lat_deg"])) <= near and abs(lon - float(row["lon_deg"])) <= near:
            return row["place"]
    return ""
