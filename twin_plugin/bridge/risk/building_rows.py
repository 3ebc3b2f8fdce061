"""The buildings of a layer: what an assessment uses of them, and all their rows again when they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import shapely
from qgis.core import QgsFeatureSource, QgsProcessingFeedback

from ...core.common.geopackage_rows import GeoPackageRows, changed
from ...core.common.messages import Message
from ...core.risk.footprints import CHUNK, Footprints, polygons_only
from ..kernel.translation import localized
from ..kernel.vectors import FeatureTable, plain_wkb

OwnBlock = tuple[slice, np.ndarray, dict[str, list[Any]]]
"""Numbers of buildings, their geometries as they are, and their own values by field."""


@dataclass(frozen=True)
class BuildingTable:
    """Buildings as an assessment takes them.

    Attributes
    ----------
    columns : dict of str to list
        Values of the fields that are used; NULL is None.
    ids : ndarray of int64, shape (n,)
        Feature ids in the source.
    footprints : Footprints
        In the CRS of the water.
    """

    columns: dict[str, list[Any]]
    ids: np.ndarray
    footprints: Footprints

    def __len__(self) -> int:
        return len(self.ids)

    def get(self, name: str, default: Any = None) -> list[Any]:
        """A column, or `default` for every row where the source has no such field."""
        return self.columns.get(name, [default] * len(self))


class OwnRows(Protocol):
    """The rows of the layer as they are, for the output."""

    def blocks(self, names: Iterable[str]) -> Iterator[OwnBlock]:
        """All rows in their order, with the values of some fields."""


class HeldRows:
    """Rows that are in memory."""

    def __init__(self, table: FeatureTable, footprints: Footprints) -> None:
        self._columns, self._footprints = table.columns, footprints

    def blocks(self, names: Iterable[str]) -> Iterator[OwnBlock]:
        chosen = list(names)
        for low in range(0, len(self._footprints), CHUNK):
            rows = slice(low, min(low + CHUNK, len(self._footprints)))
            yield rows, self._footprints.shapes(rows), {name: self._columns[name][rows] for name in chosen}


class FileRows:
    """Rows that are read from their file again, so that no more than a block of them is in memory."""

    def __init__(self, rows: GeoPackageRows, ids: np.ndarray, layer: str, go_on: Callable[[], bool]) -> None:
        self._rows, self._ids, self._layer, self._go_on = rows, ids, layer, go_on

    def blocks(self, names: Iterable[str]) -> Iterator[OwnBlock]:
        """All rows in their order, once: the file is closed then."""
        try:
            yield from self._all(list(names))
        finally:
            self._rows.close()

    def _all(self, names: list[str]) -> Iterator[OwnBlock]:
        low = 0
        for block in self._rows.blocks(names, self._go_on):
            rows = slice(low, low + len(block.ids))
            if not np.array_equal(self._ids[rows], block.ids):
                raise changed(self._layer)
            shapes, _ = polygons_only(_shapes(block.wkb))
            yield rows, shapes, block.columns
            low = rows.stop
        if low != len(self._ids):
            raise changed(self._layer)


def read_file(
    rows: GeoPackageRows, names: Iterable[str], source: QgsFeatureSource, feedback: QgsProcessingFeedback
) -> BuildingTable:
    """The buildings of a GeoPackage with the columns of some fields.

    Raises
    ------
    InputError
        When somebody changes the file meanwhile.
    Cancelled
        When the feedback was cancelled.
    """
    chosen = [name for name in rows.columns if name in set(names)]
    columns: dict[str, list[Any]] = {name: [] for name in chosen}
    ids, pieces, lost = [], [], 0
    texts: dict[str, str] = {}
    for block in rows.blocks(chosen, lambda: not feedback.isCanceled()):
        shapes = _shapes(block.wkb)
        lost += sum(blob is not None for blob in block.wkb) - int(np.count_nonzero(~shapely.is_missing(shapes)))
        pieces.append(Footprints.of(shapes))
        ids.append(np.array(block.ids, np.int64))
        for name, values in block.columns.items():
            # Most texts occur often: each is kept once.
            columns[name] += [texts.setdefault(v, v) if type(v) is str and len(v) < 24 else v for v in values]
    if lost:
        message = Message(
            "{n} geometries of the layer '{source}' cannot be read and count as missing.",
            n=lost,
            source=source.sourceName(),
        )
        feedback.pushWarning(localized(message))
    return BuildingTable(columns, np.concatenate([np.empty(0, np.int64), *ids]), Footprints.joined(pieces))


def _shapes(wkb: list[bytes | None]) -> np.ndarray:
    """Geometries of WKB; None where there is none that can be read."""
    blobs = np.array([None if blob is None else plain_wkb(blob) for blob in wkb], object)
    return np.asarray(shapely.from_wkb(blobs, on_invalid="ignore"), object)
