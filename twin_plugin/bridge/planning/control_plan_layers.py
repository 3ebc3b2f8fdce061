"""Layers of a control plan: parcels with the limits that their fields hold, in English or in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.csv_table import read_rows
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.planning.control_plan import RATIOS, ControlPlan, Measure, as_ratio, limit_text, permitted
from ...core.planning.metrics import overlaps
from ...core.risk.uses import UseWords, read_words
from ..kernel import resources
from ..kernel.input_table import Entry, reasons
from ..kernel.line_layers import first_field, names_of
from ..kernel.metric_layers import AREAS, Reader, areas_of, numbers_of, row_ids, texts_of, why
from ..kernel.vectors import FeatureTable

LIMITS: dict[Measure, tuple[str, ...]] = {
    Measure.FAR: ("far_max", "far", "plot_ratio_max", "plot_ratio", "容积率", "容积率上限"),
    Measure.DENSITY: ("density_max", "building_density", "coverage_max", "coverage", "建筑密度", "建筑密度上限"),
    Measure.GREEN: ("green_min", "green_ratio", "green_space_ratio", "绿地率", "绿地率下限"),
    Measure.HEIGHT: ("height_max_m", "height_max", "height_limit", "建筑限高", "限高", "建筑高度"),
    Measure.SETBACK: ("setback_m", "setback_min_m", "setback", "退线", "建筑退线", "退线距离"),
}
"""Usual names of the fields with limits, in any case."""
USES = ("use", "land_use", "landuse", "use_code", "用地性质", "用地代码", "用地性质代码", "用途")
CODE = re.compile(r"[A-Z]\d{0,2}[a-zA-Z]?")
"""A code of land use, such as R2 or B11."""
PARCEL_IDS = ("parcel_id", "plot_id", "地块编号", "地块编码", "地块号")
PARCEL_NAMES = ("parcel_name", "地块名称")


@dataclass(frozen=True)
class PlanRead:
    """A control plan as its layer holds it."""

    plan: ControlPlan
    notes: list[Message]
    entry: Entry


def use_words() -> UseWords:
    """The words for uses of buildings."""
    path = resources.table("building_use")
    known = {row["use"] for row in read_rows(path, ("use", "keyword"))}
    return read_words(path, known, resources.table("street_words"))


def read_control_plan(source: QgsFeatureSource, reader: Reader, words: UseWords) -> PlanRead:
    """Parcels with their limits.

    Raises
    ------
    InputError
        Where the layer holds no polygon.
    """
    name = source.sourceName()
    table = reader.table(source, "PARCELS", AREAS)
    shapes = areas_of(table.geometries)
    used = ~shapely.is_missing(shapes)
    if not used.any():
        raise InputError(
            "The control plan '{name}' is empty: choose a layer with the polygons of its parcels.", name=name
        )
    notes = list[Message]()
    limits, without = _limits(table, name, notes)
    uses = _uses(table, name, words, notes)
    if len(without) == len(LIMITS) and not any(uses):
        notes.append(
            Message(
                "The control plan '{name}' has no field with a limit, such as {fields}: parcels are measured, and "
                "nothing is judged.",
                name=name,
                fields=", ".join(names[0] for names in LIMITS.values()),
            )
        )
    plan = ControlPlan(
        shapes[used],
        tuple(np.array(_ids(table), object)[used]),
        tuple(np.array(_names(table), object)[used]),
        {measure: values[used] for measure, values in limits.items()},
        tuple(allowed for allowed, yes in zip(uses, used, strict=True) if yes),
    )
    pairs, shared = overlaps(plan.shapes)
    if pairs:
        notes.append(
            Message(
                "{n} pairs of parcels of '{name}' overlap, by {area:,.0f} m²: what stands there counts in both.",
                n=pairs,
                name=name,
                area=shared,
            )
        )
    lost = [Message("no geometry or area: {n}", n=int((~used).sum()))]
    told = [Message("without a limit for {fields}", fields=", ".join(without))] if without else []
    left_out = int((~used).sum())
    return PlanRead(plan, notes, Entry(Message("PARCELS"), len(plan), left_out, 0, reasons([why(lost), *told])))


def _ids(table: FeatureTable) -> list[str]:
    own = texts_of(table, PARCEL_IDS) if first_field(table, PARCEL_IDS) else [""] * len(table)
    return [mine or row for mine, row in zip(own, row_ids(table), strict=True)]


def _names(table: FeatureTable) -> list[str]:
    return texts_of(table, PARCEL_NAMES) if first_field(table, PARCEL_NAMES) else names_of(table)


def _limits(table: FeatureTable, name: str, notes: list[Message]) -> tuple[dict[Measure, np.ndarray], list[str]]:
    """The limits by measure, and the measures for which there is no field."""
    found, without = dict[Measure, np.ndarray](), list[str]()
    for measure, names in LIMITS.items():
        field = first_field(table, names)
        if not field:
            without.append(names[0])
        texts = FeatureTable(
            table.geometries, {field: [limit_text(value) for value in table.get(field)]} if field else {}, table.ids
        )
        values = numbers_of(texts, (field,), f"limit_{measure.value}", notes) if field else np.full(len(table), np.nan)
        if measure in RATIOS:
            values, per_cent = as_ratio(values)
            if per_cent:
                notes.append(
                    Message(
                        "{n} values of the field '{field}' of '{name}' are above 1 and count as per cent.",
                        n=per_cent,
                        field=field,
                        name=name,
                    )
                )
        found[measure] = values
    return found, without


def _uses(table: FeatureTable, name: str, words: UseWords, notes: list[Message]) -> list[frozenset[str]]:
    """The permitted uses of each parcel."""
    codes = [
        (row["code"], tuple(use.strip() for use in row["uses"].split(";") if use.strip()))
        for row in read_rows(resources.table("land_use"), ("code", "uses"))
    ]

    def code(text: str) -> Sequence[str]:
        fits = [(key, uses) for key, uses in codes if text.startswith(key)] if CODE.fullmatch(text) else []
        return max(fits, key=lambda pair: len(pair[0]))[1] if fits else ()

    texts = texts_of(table, USES)
    found = [permitted(text, code, words.use_of) for text in texts]
    strange = sorted({text for text, uses in zip(texts, found, strict=True) if text and not uses})
    if strange:
        notes.append(
            Message(
                "{n} uses of the control plan '{name}' are not known, such as '{use}': no use is judged there. Add the "
                "words to building_use.csv, or codes to land_use.csv.",
                n=len(strange),
                name=name,
                use=strange[0][:40],
            )
        )
    return found
