"""What twin:comparestages joins: two layers of objects, in one CRS, and the comparison of core."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress
from ...core.lifecycle.matching import Difference, Pair, State, compare
from ..kernel.input_table import Entry, table_lines
from ..kernel.line_layers import NAMES, first_field, id_text
from ..kernel.metric_layers import AREAS, Reader, metric_crs, numbers_of, valid
from ..kernel.number_fields import column, find_field
from ..kernel.vectors import FeatureTable

LEVELS = (
    *("base_elev_m", "ground_floor_elev_m", "roof_elev_m", "height_m"),
    *("elev_m", "top_elev_m", "bottom_elev_m", "sill_elev_m"),
)
"""Fields with elevations and heights, which are compared within the tolerance."""
_KINDS = {"height_m": "height_m"}


@dataclass(frozen=True)
class Comparison:
    """Rows of the output, in the CRS of the later state."""

    crs: QgsCoordinateReferenceSystem
    rows: Iterable[tuple[Any, dict[str, Any]]]
    numbers: dict[str, int]
    warnings: list[Message]
    table: list[Message]


@dataclass(frozen=True, eq=False)
class _Read:
    state: State
    labels: Sequence[str]
    names: Sequence[str]
    entry: Entry


def compare_layers(
    before: QgsFeatureSource,
    after: QgsFeatureSource,
    id_field: str,
    fields: Sequence[str],
    tolerance_m: float,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> Comparison:
    """Compare two layers of polygons, such as a building layer as designed and as built.

    Raises
    ------
    InputError
        Where a layer has no field of ids, or its CRS is not in metres, or nothing matches though both hold objects.
    """
    reader = Reader(metric_crs(after), context, feedback)
    warnings: list[Message] = []
    old = _read(before, "BEFORE", Message("Earlier state"), reader, id_field, fields, warnings)
    new = _read(after, "AFTER", Message("Later state"), reader, id_field, fields, warnings)
    pairs = compare(old.state, new.state, tolerance_m, progress)
    if pairs and len(old.state.ids) and len(new.state.ids) and not any(pair.by for pair in pairs):
        warnings.append(
            Message(
                "No object of '{before}' is found in '{after}', by its id or by its place: check whether both layers "
                "show the same district.",
                before=before.sourceName(),
                after=after.sourceName(),
            )
        )
    counts = Counter(pair.difference for pair in pairs)
    numbers = {difference.name: counts[difference] for difference in Difference}
    numbers["BY_GEOMETRY"] = sum(pair.by == "geometry" for pair in pairs)
    return Comparison(reader.crs, _rows(pairs, old, new), numbers, warnings, table_lines([old.entry, new.entry]))


def _read(
    source: QgsFeatureSource,
    parameter: str,
    what: Message,
    reader: Reader,
    id_field: str,
    fields: Sequence[str],
    warnings: list[Message],
) -> _Read:
    table: FeatureTable = reader.table(source, parameter, AREAS)
    own = find_field(table, id_field)
    if len(table) and not own:
        raise InputError(
            "The layer '{layer}' has no field '{field}' with ids: choose it in ID_FIELD.",
            layer=source.sourceName(),
            field=id_field,
        )
    ids = [id_text(value) for value in column(table, id_field)]
    labels = [identity or f"#{fid}" for identity, fid in zip(ids, table.ids, strict=True)]
    shapes = np.empty(len(table), object)
    shapes[:] = [None if shape is None else shapely.force_2d(valid(shape)) for shape in table.geometries]
    levels = {
        name: numbers_of(table, (name,), _KINDS.get(name, "elev_m"), warnings)
        for name in LEVELS
        if find_field(table, name)
    }
    attributes = {name.lower(): column(table, name) for name in fields if find_field(table, name)}
    known = [identity for identity in ids if identity]
    if len(known) < len(ids):
        warnings.append(
            Message(
                "{n} objects of the layer '{layer}' have no id: they are matched by their place.",
                n=len(ids) - len(known),
                layer=source.sourceName(),
            )
        )
    double = len(known) - len(set(known))
    if double:
        warnings.append(
            Message(
                "{n} ids of the layer '{layer}' occur more than once: these objects are matched by their place.",
                n=double,
                layer=source.sourceName(),
            )
        )
    missing = int(shapely.is_missing(shapes).sum())
    why = Message("no geometry: {n}", n=missing) if missing else ""
    names = ["" if value is None else str(value) for value in table.get(first_field(table, NAMES))]
    return _Read(State(ids, shapes, levels, attributes), labels, names, Entry(what, len(table), 0, 0, why))


def _rows(pairs: Sequence[Pair], old: _Read, new: _Read) -> Iterable[tuple[Any, dict[str, Any]]]:
    """A row for each object, with its outline in the later state, or in the earlier one where it was deleted."""
    for pair in pairs:
        there, row = (new, pair.after) if pair.after >= 0 else (old, pair.before)
        levels = "; ".join(f"{name} {change:+.3f}" for name, change in pair.levels_m.items() if abs(change) >= 0.0005)
        attributes = "; ".join(f"{name}: {before} → {after}" for name, before, after in pair.attributes)
        yield (
            there.state.shapes[row],
            {
                "object_id": there.labels[row],
                "before_id": old.labels[pair.before] if pair.before >= 0 else "",
                "name": there.names[row],
                "change": pair.difference.value,
                "matched_by": pair.by,
                "distance_m": pair.distance_m,
                "iou": pair.iou,
                "area_change_pct": pair.area_pct,
                "levels": levels,
                "attributes": attributes,
            },
        )
