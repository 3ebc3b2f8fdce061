"""What the ground takes: a constant rate, or Green-Ampt, Horton and curve numbers by soil and land cover."""

from __future__ import annotations

from typing import Any

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood import memory
from ....core.flood.ground.combination import GroundNumbers, combine
from ....core.flood.ground.ground_infiltration import GroundInfiltration
from ....core.flood.ground.methods import Antecedent, Method
from ....core.flood.ground.tables import GROUPS, ClassTable, LandCover, Soil, read_land_covers, read_soils
from ....core.flood.processes.infiltration import Infiltration
from ...kernel import resources
from ...kernel.input_table import Entry, reasons
from .class_layer import CODE, ClassCells, names_of, read_classes
from .parameters import Parameters

MM_H = {"k_mm_h": 1.0, "k_cm_h": 10.0, "k_m_day": 1000.0 / 24.0, "k_m_s": 3.6e6}
"""Fields of a conductivity, and millimetres an hour in their unit."""
MM = {"psi_mm": 1.0, "psi_cm": 10.0}
SOIL_NAMES = ("soil", "texture", "soil_class")
COVER_NAMES = ("cover", "land_cover", "landcover", "class")
WITHOUT_UNIT = ("k", "ks", "ksat", "psi")
SOIL_FIELDS = (*SOIL_NAMES, *MM_H, *MM, "porosity", "group", *WITHOUT_UNIT)
COVER_FIELDS = (*COVER_NAMES, "impervious", "cn", "f0_mm_h", "fc_mm_h", "decay_1_h")
FASTEST_MM_H = 1000.0
"""Gravel conducts more, but no soil: such a conductivity has perhaps another unit."""
_SOIL = {"SOIL_CLASS", "CONDUCTIVITY_MM_H", "SUCTION_MM", "POROSITY", "MOISTURE_DEFICIT"}
_HORTON = {"HORTON_F0_MM_H", "HORTON_FC_MM_H", "HORTON_DECAY_1_H"}
_NUMBER = {"CURVE_NUMBER", "ANTECEDENT"}
_LAYERS, _ALL = {"SOIL", "LAND_COVER"}, {"IMPERVIOUS_PERCENT", "DRYING_DAYS"}
WITHOUT_EFFECT = {
    Method.CONSTANT: _LAYERS | _SOIL | _HORTON | _NUMBER | _ALL,
    Method.GREEN_AMPT: _HORTON | _NUMBER,
    Method.HORTON: _SOIL | _NUMBER,
    Method.CURVE_NUMBER: _SOIL | _HORTON,
}
"""Parameters that a method does not read; soils give curve numbers their group."""


def read_infiltration(parameters: Parameters, grid: Grid) -> Infiltration | GroundInfiltration:
    """INFILTRATION_METHOD with what it needs.

    Raises
    ------
    InputError
        For the first input that cannot be used.
    """
    method, rate_mm_h = Method(parameters.text("INFILTRATION_METHOD")), parameters.number("INFILTRATION_MM_H") or 0.0
    parameters.warn(
        Message("{name} has no effect with INFILTRATION_METHOD {method}.", name=name, method=method.value)
        for name in sorted(WITHOUT_EFFECT[method])
        if parameters.changed(name)
    )
    if method is Method.CONSTANT:
        if parameters.values.get("INFILTRATED"):
            raise InputError(
                "INFILTRATED is written with greenampt, horton or scs: choose one in INFILTRATION_METHOD, or leave the "
                "output out."
            )
        return Infiltration(rate_mm_h)
    if rate_mm_h:
        parameters.warn([Message("INFILTRATION_MM_H has no effect with {method}.", method=method.value)])
    memory.check(grid.rows, grid.columns, grid.cell_m, memory.GROUND_BYTES)
    numbers = _numbers(parameters)
    soils, soil_cells = _soils(parameters, grid)
    covers, cover_cells = _covers(parameters, grid, method, numbers)
    return combine(method, soils, soil_cells, covers, cover_cells, numbers)


def _numbers(parameters: Parameters) -> GroundNumbers:
    def number(name: str) -> float:
        return parameters.number(name) or 0.0

    horton = number("HORTON_F0_MM_H"), number("HORTON_FC_MM_H"), number("HORTON_DECAY_1_H")
    return GroundNumbers(
        number("MOISTURE_DEFICIT"), number("DRYING_DAYS"), Antecedent(parameters.text("ANTECEDENT")),
        number("IMPERVIOUS_PERCENT") / 100.0, number("CURVE_NUMBER"), horton,
    )  # fmt: skip


def _usual_soil(parameters: Parameters, table: ClassTable[Soil]) -> Soil:
    """The soil of SOIL_CLASS, with what is given instead of its numbers."""
    soil = table.named(parameters.text("SOIL_CLASS"))
    if soil is None:
        raise InputError("The table soils.csv has no soil '{name}'.", name=parameters.text("SOIL_CLASS"))
    k, psi, porosity = (parameters.number(name) for name in ("CONDUCTIVITY_MM_H", "SUCTION_MM", "POROSITY"))
    return Soil(
        soil.name,
        soil.conductivity_mm_h if k is None else k,
        soil.suction_mm if psi is None else psi,
        soil.porosity if porosity is None else porosity,
        soil.group,
    )


def _soils(parameters: Parameters, grid: Grid) -> tuple[list[Soil], np.ndarray]:
    """The soil of each cell: that of SOIL, else SOIL_CLASS."""
    table = read_soils(resources.table("soils"))
    usual, what = _usual_soil(parameters, table), Message("Soil of the cells")
    cure = Message(
        "Name the field with the texture (loam, 壤土 …) soil, or give the fields k_mm_h, psi_mm and porosity."
    )
    found = read_classes(parameters, "SOIL", grid, SOIL_FIELDS, cure)
    if found is None:
        cells = int(np.isfinite(grid.values).sum())
        parameters.entries.append(Entry(what, cells, 0, 0, Message("{soil} everywhere", soil=usual.name)))
        return [usual], np.zeros(grid.values.shape, np.int32)
    known = [_soil(row, usual, table, found.name) for row in found.rows]
    parameters.entries.append(_entry(what, found, [soil is None for soil in known], grid, usual.name))
    parameters.warn(_fast(known, found.name))
    soils = [soil or usual for soil in known]
    return [*soils, usual], _with_usual(found.cells, len(soils))


def _soil(row: dict[str, Any], usual: Soil, table: ClassTable[Soil], layer: str) -> Soil | None:
    """The soil that a row of a layer tells; None where nothing in it is known."""
    if bare := [name for name in WITHOUT_UNIT if row.get(name) is not None]:
        raise InputError(
            "The field {field} of the layer '{layer}' has no unit in its name: rename it to k_mm_h, k_cm_h, k_m_day or "
            "k_m_s, or to psi_mm or psi_cm.",
            field=bare[0],
            layer=layer,
        )
    named = _row_of(table, row, SOIL_NAMES)
    k = next((_number(row[name], name, layer) * factor for name, factor in MM_H.items() if _has(row, name)), None)
    psi = next((_number(row[name], name, layer) * factor for name, factor in MM.items() if _has(row, name)), None)
    if named is None and k is None:
        return None
    base, text = named or usual, _text(row, SOIL_NAMES)
    group = str(row.get("group") or base.group).strip().upper()
    if group not in GROUPS:
        raise InputError(
            "The group '{group}' of the layer '{layer}' is no hydrologic soil group: give A, B, C or D.",
            group=group,
            layer=layer,
        )
    porosity = _number(row["porosity"], "porosity", layer) if _has(row, "porosity") else base.porosity
    name = named.name if named else text or "soil"
    return Soil(
        name, base.conductivity_mm_h if k is None else k, base.suction_mm if psi is None else psi, porosity, group
    )


def _covers(
    parameters: Parameters, grid: Grid, method: Method, numbers: GroundNumbers
) -> tuple[list[LandCover | None], np.ndarray]:
    """The land cover of each cell; None where the numbers count."""
    what, used = Message("Land cover of the cells"), _numbers_used(method, numbers)
    cure = Message("Name the field with the land cover (lawn, 草地 …) cover, or give the fields impervious or cn.")
    found = read_classes(parameters, "LAND_COVER", grid, COVER_FIELDS, cure)
    if found is None:
        parameters.entries.append(Entry(what, 0, 0, int(np.isfinite(grid.values).sum()), used))
        return [None], np.zeros(grid.values.shape, np.int32)
    table = read_land_covers(resources.table("land_cover"))
    covers: list[LandCover | None] = [_cover(row, table, numbers, found.name) for row in found.rows]
    parameters.entries.append(_entry(what, found, [cover is None for cover in covers], grid, used))
    return [*covers, None], _with_usual(found.cells, len(covers))


def _numbers_used(method: Method, numbers: GroundNumbers) -> Message:
    """The numbers of cells without a land cover."""
    if method is Method.CURVE_NUMBER:
        return Message("curve number {number:g}", number=numbers.number)
    if method is Method.HORTON:
        first, last, decay = numbers.horton
        return Message(
            "{first:g} to {last:g} mm/h, decay {decay:g} 1/h, {share:.0%} impervious",
            first=first,
            last=last,
            decay=decay,
            share=numbers.impervious,
        )
    return Message("{share:.0%} impervious", share=numbers.impervious)


def _cover(row: dict[str, Any], table: ClassTable[LandCover], numbers: GroundNumbers, layer: str) -> LandCover | None:
    """The land cover that a row of a layer tells; None where nothing in it is known."""
    named = _row_of(table, row, COVER_NAMES)
    if named is None and not (_has(row, "impervious") or _has(row, "cn")):
        return None
    share = _number(row["impervious"], "impervious", layer) if _has(row, "impervious") else None
    if share is not None and not 0 <= share <= 1:
        raise InputError(
            "The field impervious of the layer '{layer}' is {share:g}: it is a share from 0 to 1, not a percentage.",
            layer=layer,
            share=share,
        )
    curves = named.curve_numbers if named else dict.fromkeys(GROUPS, numbers.number)
    if _has(row, "cn"):
        number = _number(row["cn"], "cn", layer)
        if number <= 1:
            raise InputError(
                "The field cn of the layer '{layer}' is {number:g}: curve numbers go from about 30 to 100, and a "
                "runoff coefficient is none.",
                layer=layer,
                number=number,
            )
        curves = dict.fromkeys(GROUPS, number)
    usual = named.horton if named else numbers.horton
    names = ("f0_mm_h", "fc_mm_h", "decay_1_h")
    first, last, decay = (
        _number(row[name], name, layer) if _has(row, name) else value for name, value in zip(names, usual, strict=True)
    )
    impervious = share if share is not None else named.impervious if named else numbers.impervious
    return LandCover(named.name if named else _text(row, COVER_NAMES), impervious, curves, (first, last, decay))


def _row_of(table: ClassTable[Any], row: dict[str, Any], fields: tuple[str, ...]) -> Any:
    """The row of a table that a row of a layer names, by a class number or a text."""
    if CODE in row:
        return table.coded(row[CODE])
    text = _text(row, fields)
    return table.named(text) or (table.coded(int(text)) if text.isdecimal() else None)


def _text(row: dict[str, Any], fields: tuple[str, ...]) -> str:
    value = next((row[name] for name in fields if _has(row, name)), row.get(CODE, ""))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _has(row: dict[str, Any], name: str) -> bool:
    return row.get(name) is not None and str(row[name]).strip() != ""


def _number(value: Any, field: str, layer: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise InputError(
            "The field {field} of the layer '{layer}' is '{value}': give a number.",
            field=field,
            layer=layer,
            value=value,
        ) from error


def _with_usual(cells: np.ndarray, usual: int) -> np.ndarray:
    return np.where(cells < 0, usual, cells).astype(np.int32)


def _entry(what: Message, found: ClassCells, unknown: list[bool], grid: Grid, usual: str) -> Entry:
    """The cells with a height by whether the layer tells their class; the others have the usual one."""
    inside, without = np.isfinite(grid.values), np.array([*unknown, True])
    guessed = inside & without[found.cells]
    outside, cells = int((inside & (found.cells < 0)).sum()), int(inside.sum())
    names = [_text(row, (*SOIL_NAMES, *COVER_NAMES)) for row, no in zip(found.rows, unknown, strict=True) if no]
    why = [
        Message("outside the layer: {n}", n=outside) if outside else None,
        Message("unknown classes: {names}", names=names_of(names)) if names else None,
        Message("{usual} for them", usual=usual) if guessed.any() else None,
        *found.notes,
    ]
    return Entry(what, cells - int(guessed.sum()), 0, int(guessed.sum()), reasons(why))


def _fast(soils: list[Soil | None], layer: str) -> list[Message | None]:
    """A warning where a conductivity is that of no soil."""
    fastest = max((soil.conductivity_mm_h for soil in soils if soil is not None), default=0.0)
    if fastest <= FASTEST_MM_H:
        return [None]
    return [
        Message(
            "The layer '{layer}' has a conductivity of {k:g} mm/h, more than any soil: make sure that the unit in the "
            "name of its field is right.",
            layer=layer,
            k=fastest,
        )
    ]


def soil_names() -> list[str]:
    """The soils that SOIL_CLASS offers."""
    return read_soils(resources.table("soils")).names
