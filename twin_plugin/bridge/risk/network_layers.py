"""Layers of roads, rails, pipes and other assets as the pieces that core's risk takes, and their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource, QgsWkbTypes

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.tables import Column, columns
from ...core.risk.networks import Pieces
from ..kernel.flood_run import RUN_FIELD
from ..kernel.line_layers import CLASSES, cut_lines, first_field, speeds_kmh, structures, whole_ids, without_empty
from ..kernel.number_fields import column
from ..kernel.vectors import FeatureTable
from . import risk_layers

RESULTS = (
    *columns(
        """
        length_m real Length of the line, m; empty for a point
        unknown_m real Length where the depths have no data, m; empty for a point
        depth_m real Greatest depth on it, m; 0 where dry, empty where unknown
        product_m2s real Greatest depth times greatest speed, m²/s; needs VELOCITY
        passable text open, caution or closed; empty where unknown
        closes_min real When the water first reaches CLOSED_DEPTH, minutes from the start; needs RESULT
        opens_min real When it falls below CLOSED_DEPTH for good; empty where it is closed at the end; needs RESULT
        speed_kmh real Speed left at the deepest place, km/h; 0 where closed
        delay_min real Minutes that the way along it takes longer; empty where it is closed
        structure text bridge or tunnel: the water on the ground is not on it, and it counts as open
        reason text Why it is open or closed
        """
    ),
    Column(RUN_FIELD, "text", "Id of the flood run, as in SUMMARY; empty where the water does not say of which it is"),
)
SUMMARY = columns(
    """
    class text Class of the assets, "all" in the last row
    assets integer Number
    open integer Open
    caution integer Passable with caution
    closed integer Closed
    unknown integer Without known depths
    length_km real Length of the lines, km
    unknown_km real Length where the depths have no data, km
    closed_length_km real Length of the closed lines, km
    first_closes_min real When the first one closes, minutes from the start; needs RESULT
    """
)
FAILURES = columns(
    """
    asset text Id of the asset that fails
    step integer 0 by water, 1 by the loss of such an asset, and so on
    minute real Minutes from the start; 0 where no times are known
    because text Ids of the assets whose loss it is; empty where it stands in water
    reason text The same in a sentence
    """
)


@dataclass(frozen=True)
class NetworkRead:
    """A layer of assets.

    Attributes
    ----------
    table : FeatureTable
        In the CRS of the water.
    pieces : Pieces
    structure : list of str
        "bridge", "tunnel" or "" of each asset.
    of_class : list of str
        Class of each asset; "" where there is none.
    free_kmh : float64 array
        Speed without water.
    points : bool
    notes : list of Message
    """

    table: FeatureTable
    pieces: Pieces
    structure: list[str]
    of_class: list[str]
    free_kmh: np.ndarray
    points: bool
    notes: list[Message]


def require_network(source: QgsFeatureSource) -> bool:
    """Whether a layer holds points.

    Raises
    ------
    InputError
        Where it holds neither lines nor points.
    """
    kind, kinds = QgsWkbTypes.geometryType(source.wkbType()), QgsWkbTypes.GeometryType
    if kind not in (kinds.LineGeometry, kinds.PointGeometry):
        raise InputError(
            "The layer '{name}' holds neither lines nor points: choose roads, rails, pipes or points of assets, and "
            "'Building risk' for polygons.",
            name=source.sourceName(),
        )
    return bool(kind == kinds.PointGeometry)


def cut(table: FeatureTable, cells: Cells, points: bool, geographic: bool) -> Pieces:
    """The assets of a table, in the CRS of some cells, cut at these cells."""
    if not points:
        return cut_lines(table.geometries, cells, geographic)
    parts, asset = shapely.get_parts(without_empty(table.geometries), return_index=True)
    place, part = shapely.get_coordinates(parts, return_index=True)
    number = cells.index(place[:, 0], place[:, 1])
    return Pieces(asset[part].astype(np.int64), number, np.zeros(len(place)), len(table))


def read_network(
    table: FeatureTable, pieces: Pieces, points: bool, class_field: str, default_kmh: float
) -> NetworkRead:
    """The fields of assets: structure, class and speed."""
    structure, notes = structures(table), list[Message]()
    name = class_field or first_field(table, CLASSES)
    of_class = [str(value or "") for value in column(table, name)] if name else [""] * len(table)
    free = np.full(len(table), default_kmh)
    if not points:
        free, _, notes = speeds_kmh(table, default_kmh)
    without = int((np.bincount(pieces.asset, minlength=pieces.count) == 0).sum())
    if without:
        notes.append(Message("{n} features have no geometry: they are in the output as unknown.", n=without))
    whole = np.ones(len(pieces.asset), bool)
    if not points and (dots := int((pieces.any_of(whole) & ~(pieces.sums(whole) > 0)).sum())):
        notes.append(Message("{n} lines have no length: they count by the depth of their place.", n=dots))
    return NetworkRead(table, pieces, structure, of_class, free, points, notes)


def ids_of(table: FeatureTable) -> list[str]:
    """The id of each asset by the first of the usual fields that is whole, else the number of the feature."""
    return whole_ids(table) or [str(value) for value in risk_layers.ids_of(table)]


def summary_rows(
    read: NetworkRead, passable: Sequence[str | None], values: Mapping[str, np.ndarray]
) -> Iterator[tuple[None, dict[str, Any]]]:
    """A row for each class, by name, and one for all."""
    words = np.array([word or "unknown" for word in passable], object)
    classes = np.array(read.of_class, object)
    for name in [*sorted(set(read.of_class)), None]:
        own = np.ones(len(words), bool) if name is None else classes == name
        closes = values["closes_min"][own]
        row: dict[str, Any] = {"class": "all" if name is None else name, "assets": int(own.sum())}
        row |= {word: int((words[own] == word).sum()) for word in ("open", "caution", "closed", "unknown")}
        row["first_closes_min"] = float(np.nanmin(closes)) if np.isfinite(closes).any() else None
        if not read.points:
            row["length_km"] = values["length_m"][own].sum() / 1000.0
            row["unknown_km"] = values["unknown_m"][own].sum() / 1000.0
            row["closed_length_km"] = values["length_m"][own & (words == "closed")].sum() / 1000.0
        yield None, row
