"""What twin:networkrisk joins: layers of assets and water, the editable tables, core's exposure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource, QgsFields, QgsProcessingContext, QgsProcessingFeedback, QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.common.tables import Column
from ...core.risk.dependencies import spread
from ...core.risk.ingress import Water
from ...core.risk.networks import (
    CLOSED,
    OPEN,
    Closures,
    Exposure,
    Limits,
    Pieces,
    delay_min,
    expose,
    read_speed,
    read_vehicles,
)
from ..kernel import resources
from ..kernel.dependency_table import NeedsRead, read_needs
from ..kernel.flood_run import RUN_FIELD, require_one_run, run_of
from ..kernel.input_table import Entry, table_lines
from ..kernel.meeting import require_meeting
from ..kernel.number_fields import require_field
from ..kernel.raster_kinds import require_water
from ..kernel.raster_units import bands_note, unit_note
from ..kernel.rasters import crs_text, read_cells, require_crs
from ..kernel.translation import localized
from ..kernel.vectors import read_table
from . import network_layers, risk_layers
from .network_layers import NetworkRead
from .run import WaterPort

ABOVE = {
    "bridge": Message("a bridge: the water on the ground is not on it"),
    "tunnel": Message("a tunnel: the water on the ground is not in it"),
}
DRY_M = 0.01
"""Less water is a film."""
Rows = Iterable[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class NetworkLayers:
    """The layers of an assessment; only assets must be there."""

    assets: QgsFeatureSource
    velocity: QgsRasterLayer | None = None
    dependencies: QgsFeatureSource | None = None


@dataclass(frozen=True)
class NetworkChoices:
    """What the user decides.

    Attributes
    ----------
    thresholds_m : sequence of float
        Depths of which OUTPUT has the length.
    caution_m, closed_m : float
    vehicle : str
        Whose product of depth and speed closes, where there is VELOCITY.
    class_field : str
        "" for the usual names.
    free_kmh : float
    """

    thresholds_m: Sequence[float]
    caution_m: float
    closed_m: float
    vehicle: str
    class_field: str
    free_kmh: float


@dataclass(frozen=True)
class NetworkResult:
    """The assessment of a layer of assets: fields and rows of OUTPUT in its CRS, rows of SUMMARY and FAILURES."""

    fields: QgsFields
    rows: Rows
    summary: Rows
    failures: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


def assess_network(
    layers: NetworkLayers,
    water: WaterPort,
    choices: NetworkChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> NetworkResult:
    """Assess the assets of a layer against the water.

    Raises
    ------
    InputError
        When there are no assets, or they do not meet the water.
    """
    points = network_layers.require_network(layers.assets)
    table = read_table(layers.assets, feedback, water.crs, transform_context=context.transformContext())
    if not len(table):
        raise InputError("The layer '{name}' has no features.", name=layers.assets.sourceName())
    require_field(table, choices.class_field, layers.assets.sourceName())
    bounds = risk_layers.bounds_of(table)
    require_meeting(layers.assets, water, bounds)
    there = water.read(bounds, DRY_M, context, part(progress, 0.0, 0.3))
    if there.depth_m is None:
        raise InputError("LEVEL alone does not say how deep the water is: choose DEPTH or RESULT.")
    pieces = network_layers.cut(table, there.cells, points, water.crs.isGeographic())
    advance(progress, 0.45)
    read = network_layers.read_network(table, pieces, points, choices.class_field, choices.free_kmh)
    speed, notes = (None, []) if layers.velocity is None else _speeds(layers.velocity, there, water)
    product = math.inf
    if speed is not None:
        product = read_vehicles(resources.table("vehicle_limits"))[choices.vehicle][1]
    limits = Limits(choices.caution_m, choices.closed_m, product)
    found = expose(pieces, there.depth_m, limits, choices.thresholds_m, speed)
    closures = _closures(pieces, there, choices.closed_m, part(progress, 0.5, 0.9))
    values = _values(read, found, there, closures)
    ids = network_layers.ids_of(table)
    needs = _needs(layers, ids, feedback)
    failures = _failures(ids, values, needs)
    crs = layers.assets.sourceCrs()
    own = table if crs == water.crs else read_table(layers.assets, feedback)
    columns = (*network_layers.RESULTS, *threshold_columns(choices.thresholds_m))
    fields = risk_layers.result_fields(layers.assets.fields(), columns)
    for number, column in enumerate(threshold_columns(choices.thresholds_m)):
        values[column.name] = found.over_m[:, number]
    values[RUN_FIELD] = np.full(len(table), water.run or None, object)
    if layers.assets.fields().lookupField("id") < 0:
        values["id"] = np.array(ids, object)
    if points:
        for name in ("length_m", "unknown_m", *(c.name for c in threshold_columns(choices.thresholds_m))):
            values[name] = np.full(len(table), np.nan)
    words = values["passable"]
    return NetworkResult(
        fields,
        risk_layers.result_rows(own, fields, {name: v for name, v in values.items() if name in fields.names()}),
        network_layers.summary_rows(read, words, _sums(values, found)),
        failures,
        _numbers(read, words, found),
        [*read.notes, *notes, *needs.notes],
        table_lines([*water.entries(), _entry(read, words), *needs.entries]),
    )


def threshold_columns(thresholds_m: Sequence[float]) -> tuple[Column, ...]:
    """A column for each depth: the length with at least so much water."""
    return tuple(
        Column(
            f"over_{least:.2f}_m".replace(".", "_"), "real", f"Length with at least {least:g} m of water, m; lines only"
        )
        for least in thresholds_m
    )


def _speeds(layer: QgsRasterLayer, there: Water, water: WaterPort) -> tuple[np.ndarray, list[Message]]:
    """Speeds on the cells of the water, and what must be known of them.

    Raises
    ------
    InputError
        When they are of another run, or not where the depths are.
    """
    require_water(layer, "VELOCITY", "VELOCITY_MAX")
    require_crs(layer)
    require_one_run({"DEPTH, RESULT": water.run, "VELOCITY": run_of(layer)})
    speed = read_cells(layer, there.cells, crs_text(water.crs), nearest=True, output="VELOCITY_MAX").ravel()
    if np.isfinite(there.depth_m).any() and not np.isfinite(speed).any():
        raise InputError(
            "The raster '{layer}' of VELOCITY has no value where the depths are: check its CRS and extent.",
            layer=layer.name(),
        )
    return speed, [note for note in (unit_note(layer, "VELOCITY_MAX"), bands_note(layer)) if note is not None]


def _closures(pieces: Pieces, there: Water, closed_m: float, progress: Progress) -> Closures | None:
    """When assets close, where the water has times."""
    if there.series is None:
        return None
    closures = Closures(pieces, closed_m)
    cells, place = np.unique(pieces.cell, return_inverse=True)
    inside = cells >= 0
    faces = np.full(len(cells), -1, np.int64)
    faces[inside] = there.series.number(*there.cells.centres(cells[inside]))
    for done, minutes, depth, _ in there.series.steps(faces):
        advance(progress, done, "reading the result")
        closures.add(minutes, depth[place])
    return closures


def _values(read: NetworkRead, found: Exposure, there: Water, closures: Closures | None) -> dict[str, np.ndarray]:
    """The columns of the results, one value for each asset."""
    count = found.length_m.size
    none = np.full(count, np.nan)
    speeds = read_speed(resources.table("speed_by_depth"))
    words = np.array(found.passable, object)
    above = np.array([bool(item) for item in read.structure])
    words[above] = OPEN
    closed = words == CLOSED
    depth = np.where(above, np.nan, found.depth_m)
    speed = np.where(closed, 0.0, speeds.speed_kmh(np.nan_to_num(depth), read.free_kmh))
    delay = np.where(above, 0.0, delay_min(read.pieces, there.depth_m, speeds, read.free_kmh))
    first = none if closures is None else np.where(above, np.nan, closures.first_min)
    opens = none if closures is None else np.where(above, np.nan, closures.opens_min())
    known = np.array([word is not None for word in words])
    values = {
        "length_m": found.length_m,
        "unknown_m": found.unknown_m,
        "depth_m": depth,
        "product_m2s": np.where(above, np.nan, found.product_m2s),
        "passable": words,
        "closes_min": first,
        "opens_min": opens,
        "speed_kmh": none if read.points else np.where(known, speed, np.nan),
        "delay_min": none if read.points else np.where(known & ~closed & np.isfinite(delay), delay, np.nan),
        "structure": np.array([item or None for item in read.structure], object),
    }
    reasons = [_reason(row, values, read.points) for row in range(count)]
    return values | {"reason": np.array(reasons, object)}


def _reason(row: int, values: dict[str, np.ndarray], point: bool) -> str:
    """Why an asset is open or closed, in the user's language."""
    word, depth = values["passable"][row], values["depth_m"][row]
    if values["structure"][row]:
        return localized(ABOVE[values["structure"][row]])
    if word is None:
        return localized(Message("no depths are known there"))
    if not depth > 0:
        return localized(Message("dry"))
    text = Message("{depth:.2f} m of water at the deepest place", depth=depth)
    closes, opens = values["closes_min"][row], values["opens_min"][row]
    if word == CLOSED and opens == opens and round(closes) == round(opens):
        return localized(Message("{text}; closed for less than a minute at {first:.0f} min", text=text, first=closes))
    if word == CLOSED and closes == closes and opens == opens:
        return localized(
            Message("{text}; closed from {first:.0f} to {last:.0f} min", text=text, first=closes, last=opens)
        )
    product = values["product_m2s"][row]
    if word == CLOSED and closes != closes and product == product:
        return localized(Message("{text}; closed by depth times speed, {product:.2f} m²/s", text=text, product=product))
    if word == CLOSED and closes == closes:
        return localized(Message("{text}; closed from {first:.0f} min to the end", text=text, first=closes))
    return localized(text)


def _needs(layers: NetworkLayers, ids: Sequence[str], feedback: QgsProcessingFeedback) -> NeedsRead:
    """What the assets need; nothing without a table."""
    if layers.dependencies is None:
        return NeedsRead()
    name = layers.dependencies.sourceName()
    read = read_needs(read_table(layers.dependencies, feedback), ids, name)
    again = [name for name, times in Counter(ids).items() if times > 1]
    if again:
        read.notes.append(
            Message(
                "{n} ids of '{layer}' are those of several features, such as '{name}': for what needs it, it fails "
                "when one of them does.",
                n=len(again),
                layer=layers.assets.sourceName(),
                name=again[0],
            )
        )
    return read


def _failures(ids: Sequence[str], values: dict[str, np.ndarray], needs: NeedsRead) -> Rows:
    """What fails by water, and what fails with it; of features with one id the first to close."""
    closes = np.nan_to_num(values["closes_min"], nan=0.0)
    failed: dict[str, float] = {}
    for row in np.flatnonzero(values["passable"] == CLOSED):
        failed[ids[row]] = min(float(closes[row]), failed.get(ids[row], math.inf))
    rows = []
    for failure in spread(failed, needs.needs):
        names = ", ".join(failure.because)
        why = Message("without {names}", names=names) if names else Message("in water")
        row = {"asset": failure.asset, "step": failure.step, "minute": failure.minute, "because": names or None}
        rows.append((None, row | {"reason": localized(why)}))
    return rows


def _sums(values: dict[str, np.ndarray], found: Exposure) -> dict[str, np.ndarray]:
    return {"closes_min": values["closes_min"], "length_m": found.length_m, "unknown_m": found.unknown_m}


def _numbers(read: NetworkRead, words: np.ndarray, found: Exposure) -> dict[str, float]:
    closed = words == CLOSED
    return {
        "COUNT": len(words),
        "CLOSED": int(closed.sum()),
        "CAUTION": int((words == "caution").sum()),
        "UNKNOWN": sum(word is None for word in words),
        "CLOSED_KM": 0.0 if read.points else float(found.length_m[closed].sum()) / 1000.0,
    }


def _entry(read: NetworkRead, words: np.ndarray) -> Entry:
    unknown = sum(word is None for word in words)
    above = sum(bool(item) for item in read.structure)
    why = Message("bridges and tunnels, which count as open: {n}", n=above) if above else ""
    return Entry(Message("Assets"), len(words) - unknown, unknown, 0, why)
