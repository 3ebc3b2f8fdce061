"""Layers of roads, rails, pipes and other assets as the pieces that core's risk takes, and their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource, QgsWkbTypes

from ...core.common.cells import Cells, metres_per_degree
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.segment_cells import count_pieces, cut_segments
from ...core.common.tables import Column, columns
from ...core.risk.dependencies import Need
from ...core.risk.networks import Pieces
from ..kernel.flood_run import RUN_FIELD
from ..kernel.vectors import FeatureTable
from . import risk_layers
from .fields import NumberFields, column, find_field

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
BRIDGES, TUNNELS = ("is_bridge", "bridge", "桥梁", "桥"), ("is_tunnel", "tunnel", "隧道")
"""Fields that say whether a line is a bridge or a tunnel, in any case."""
IDS = ("id", "asset_id", "road_id", "osm_id", "编号")
CLASSES = ("road_class", "highway", "fclass", "class", "kind", "type", "类别", "类型", "道路等级")
SPEEDS = ("speed_km_h", "speed_kmh", "maxspeed", "限速")
_NO = {"", "0", "no", "n", "f", "false", "none", "null", "否", "无"}
MOST_PIECES = 50_000_000


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
    shapes = np.array(table.geometries, object)
    shapes[shapely.is_missing(shapes) | shapely.is_empty(shapes)] = None
    parts, asset = shapely.get_parts(shapes, return_index=True)
    place, part = shapely.get_coordinates(parts, return_index=True)
    if points:
        number = cells.index(place[:, 0], place[:, 1])
        return Pieces(asset[part].astype(np.int64), number, np.zeros(len(place)), len(table))
    joined = part[1:] == part[:-1]
    first, last, owner = place[:-1][joined], place[1:][joined], asset[part[1:][joined]]
    if count_pieces(first, last, cells) > MOST_PIECES:
        raise InputError(
            "The lines cross more than {most:,} cells of the depths: choose a part of them, or wider cells.",
            most=MOST_PIECES,
        )
    pieces = cut_segments(first, last, cells)
    middle = first[pieces.segment] + pieces.middle[:, None] * (last - first)[pieces.segment]
    length = pieces.share * _lengths(first, last, cells, geographic)[pieces.segment]
    number = cells.index(middle[:, 0], middle[:, 1])
    return Pieces(owner[pieces.segment].astype(np.int64), number, length, len(table))


def _lengths(first: np.ndarray, last: np.ndarray, cells: Cells, geographic: bool) -> np.ndarray:
    """Length of each segment, m; in degrees by the latitude of its middle."""
    across, along = (last - first).T
    if not geographic:
        return np.hypot(across * cells.metres_x, along * cells.metres_y)
    latitude = np.clip(0.5 * (first[:, 1] + last[:, 1]), -89.0, 89.0)
    known = np.linspace(latitude.min(), latitude.max(), 256) if len(latitude) else np.zeros(1)
    metres = np.array([metres_per_degree(float(value)) for value in known])
    return np.hypot(across * np.interp(latitude, known, metres[:, 0]), along * np.interp(latitude, known, metres[:, 1]))


def read_network(
    table: FeatureTable, pieces: Pieces, points: bool, class_field: str, default_kmh: float
) -> NetworkRead:
    """The fields of assets: structure, class and speed."""
    notes: list[Message] = []
    bridges, tunnels = (_flags(table, names) for names in (BRIDGES, TUNNELS))
    structure = ["bridge" if b else "tunnel" if t else "" for b, t in zip(bridges, tunnels, strict=True)]
    name = class_field or next((n for n in CLASSES if find_field(table, n)), "")
    of_class = [str(value or "") for value in column(table, name)] if name else [""] * len(table)
    free = np.full(len(table), default_kmh)
    field = next((n for n in SPEEDS if find_field(table, n)), "")
    if field and not points:
        numbers = NumberFields(table)
        own = numbers("speed_kmh", field)
        given = np.isfinite(own) & (own > 0)
        free[given] = own[given]
        notes += numbers.warnings
        if not given.all():
            notes.append(
                Message(
                    "{n} lines have no speed in '{field}': they count with {speed:g} km/h.",
                    n=int((~given).sum()),
                    field=field,
                    speed=default_kmh,
                )
            )
    without = int((np.bincount(pieces.asset, minlength=pieces.count) == 0).sum())
    if without:
        notes.append(Message("{n} features have no geometry: they are in the output as unknown.", n=without))
    return NetworkRead(table, pieces, structure, of_class, free, points, notes)


def _flags(table: FeatureTable, names: Sequence[str]) -> list[bool]:
    """Whether the first field of some names that a table has says yes."""
    name = next((n for n in names if find_field(table, n)), "")
    return [str(value if value is not None else "").strip().lower() not in _NO for value in column(table, name)]


def ids_of(table: FeatureTable) -> list[str]:
    """The id of each asset by the first of the usual fields that is whole, else the number of the feature."""
    for name in IDS:
        field = find_field(table, name)
        if field and all(value not in (None, "") for value in table.columns[field]):
            return [str(value) for value in table.columns[field]]
    return [str(value) for value in risk_layers.ids_of(table)]


def needs_of(table: FeatureTable, known: set[str], name: str) -> tuple[list[Need], list[Message]]:
    """The rows of a table of dependencies: asset, needs, group (rows of one group are alternatives), backup_h.

    Raises
    ------
    InputError
        Where a field is missing or no row can be used.
    """
    for field in ("asset", "needs"):
        if not find_field(table, field):
            raise InputError(
                "The table of dependencies '{table}' has no field {field}: it needs asset and needs, and may have "
                "group (rows of one group are alternatives) and backup_h.",
                table=name,
                field=field,
            )
    hours = NumberFields(table)("backup_h")
    groups: dict[tuple[str, str], tuple[list[str], float]] = {}
    unknown: set[str] = set()
    rows = zip(column(table, "asset"), column(table, "needs"), column(table, "group"), hours, strict=True)
    for row, (asset, other, group, backup_h) in enumerate(rows):
        if asset is None or other is None:
            continue
        key = str(asset), f"group {group}" if group not in (None, "") else f"row {row}"
        alternatives, backup = groups.get(key, ([], 0.0))
        alternatives.append(str(other))
        groups[key] = alternatives, max(backup, 60.0 * (backup_h if backup_h == backup_h else 0.0))
        unknown |= {str(other)} - known
    if not groups:
        raise InputError("The table of dependencies '{table}' has no row with asset and needs.", table=name)
    notes = []
    if unknown:
        notes.append(
            Message(
                "{n} assets in the column needs of '{table}' are not in the layer, such as '{name}': water does not "
                "reach them.",
                n=len(unknown),
                table=name,
                name=min(unknown),
            )
        )
    return [Need(asset, tuple(dict.fromkeys(a)), b) for (asset, _), (a, b) in groups.items()], notes


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
