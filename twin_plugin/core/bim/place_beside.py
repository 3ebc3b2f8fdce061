"""The place of a model by the files of ArcGIS beside it: .prj names the CRS, .wld3 leads two points to the map."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..common import crs as crs_names
from ..common.crs import CRSError, ProjError
from ..common.errors import InputError
from ..common.links import leads_out
from ..common.messages import Message
from ..common.place_files import ANY_MODEL, PRJ, WLD3, PlaceLinks, read_links, read_prj
from ..common.warnings import CodedMessage
from .model import Confidence, Georeference, LocalToMap
from .warnings import coded

SCALE_RANGE = (0.98, 1.02)
LEVEL_M = 0.05
"""How far the two points may differ in height before the model counts as tilted, for 100 m."""
APART_M = 1.0
"""Files that lie further than this from a model's own map conversion are reported."""
CORNERS = np.array([[0.0, 0.0, 0.0], [100.0, 0.0, 0.0]])


@dataclass(frozen=True)
class PlaceBeside:
    """What the files beside a model say.

    Attributes
    ----------
    crs : str
        By the .prj, "" where there is none or it names none that is known.
    links : PlaceLinks, optional
        By the .wld3.
    faults : tuple of CodedMessage
        What could not be read.
    """

    crs: str = ""
    links: PlaceLinks | None = None
    faults: tuple[CodedMessage, ...] = ()

    @property
    def mark(self) -> str:
        """A text that changes when the files say something else."""
        return f" beside {self.crs} {self.links}"


class PlaceFiles:
    """Finds the files beside models; each folder is looked through once."""

    def __init__(self) -> None:
        self._folders: dict[Path, dict[str, Path]] = {}

    def of(self, path: Path, folder: str = "") -> PlaceBeside | None:
        """What the files beside a model say; None without such files.

        Parameters
        ----------
        path : Path
            The model.
        folder : str
            Where it was found: a link that leads out of it is not followed; "" for a file that was named.
        """
        there = self._there(path.parent)
        prj = there.get(path.stem.lower() + PRJ) or there.get(ANY_MODEL)
        wld3 = there.get(path.stem.lower() + WLD3)
        prj, wld3 = (None if found is None or (folder and leads_out(found, folder)) else found for found in (prj, wld3))
        if prj is None and wld3 is None:
            return None
        crs, links, faults = "", None, []
        for found in (prj, wld3):
            try:
                if found is not None and found is prj:
                    crs = read_prj(found)
                    faults += [] if crs else [coded("prj_unknown", name=found.name)]
                elif found is not None:
                    links = read_links(found)
            except (OSError, InputError):
                faults.append(coded("place_file_unreadable", name=found.name if found is not None else ""))
        return PlaceBeside(crs, links, tuple(faults))

    def _there(self, folder: Path) -> dict[str, Path]:
        if folder not in self._folders:
            try:
                names = os.listdir(folder)
            except OSError:
                names = []
            kept = [name for name in names if name.lower().endswith((PRJ, WLD3))]
            self._folders[folder] = {name.lower(): folder / name for name in sorted(kept)}
        return self._folders[folder]


def from_files(beside: PlaceBeside, source_crs: str, unit_m: float) -> Georeference:
    """The place by the two points of a .wld3; an empty one, with a warning, where they cannot be used.

    Their coordinates are those of the file, in its unit, or metres: the length between them tells which.

    Parameters
    ----------
    beside : PlaceBeside
    source_crs : str
        The CRS where there is no .prj.
    unit_m : float
        Metres in one unit of the model.
    """
    warnings = list(beside.faults)
    links, crs = beside.links, crs_names.parse(beside.crs or source_crs)
    if links is None:
        return Georeference(warnings=tuple(warnings))
    flat = crs_names.horizontal(crs) if crs is not None else None
    if crs is None or flat is None or not flat.is_projected:
        return Georeference(warnings=(*warnings, coded("wld3_without_crs")))
    per_metre = 1.0 / crs_names.unit_m(flat)
    readings = {metres: links.scale / (metres * per_metre) for metres in (1.0, unit_m)}
    metres = next((m for m, ratio in readings.items() if SCALE_RANGE[0] <= ratio <= SCALE_RANGE[1]), None)
    if metres is None:
        return Georeference(warnings=(*warnings, coded("wld3_scale", scale=links.scale)))
    ratio = 1.0 if abs(readings[metres] - 1.0) < 1e-6 else readings[metres]
    scale, turn = ratio * per_metre, links.turn_rad
    cos, sin = math.cos(turn), math.sin(turn)
    (sx, sy, sz), (tx, ty, tz) = ([value * metres for value in links.source[0]], links.target[0])
    to_map = LocalToMap(
        crs_names.label(flat),
        tx - scale * (cos * sx - sin * sy),
        ty - scale * (sin * sx + cos * sy),
        tz / per_metre - sz,
        cos, sin, scale, scale,
    )  # fmt: skip
    rises = [(b[2] - a[2]) * unit for (a, b), unit in ((links.source, metres), (links.target, 1.0 / per_metre))]
    long_m = math.dist(links.target[0][:2], links.target[1][:2]) / per_metre
    if abs(rises[1] - rises[0]) > LEVEL_M * max(long_m, 1.0) / 100.0:
        warnings.append(coded("wld3_tilted", rise_m=rises[1] - rises[0]))
    if crs_names.in_area(flat, to_map.x, to_map.y) is False:
        warnings.append(coded("wld3_outside"))
    sure = len(warnings) == 0
    confidence = Confidence.SURE if sure else Confidence.UNSURE
    named = crs_names.vertical("", crs)
    return Georeference(60, Message(".prj and .wld3"), confidence, to_map, ratio, tuple(warnings), named)


def with_crs_of_file(found: Georeference) -> Georeference:
    """A place by absolute coordinates whose CRS stood in the .prj, not in SOURCE_CRS."""
    return replace(found, source=Message("absolute coordinates, .prj")) if found.level == 30 else found


def compared(found: Georeference, beside: PlaceBeside, source_crs: str, unit_m: float) -> Georeference:
    """A place by a map conversion, with a warning where the files beside the model say another."""
    other, own = from_files(beside, source_crs, unit_m).to_map, found.to_map
    if other is None or own is None:
        return found
    try:
        theirs = crs_names.transform(other.crs, own.crs, other.apply(CORNERS))
    except (CRSError, ProjError):
        return found
    apart = float(np.linalg.norm((theirs - own.apply(CORNERS)) / (own.scale_x, own.scale_x, 1.0), axis=1).max())
    if apart <= APART_M:
        return found
    return replace(found, warnings=(*found.warnings, coded("place_files_differ", distance_m=apart)))
