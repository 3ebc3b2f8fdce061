"""What a tile shows, made by workers: buildings near and as blocks, or a district of few blocks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Prisms
from .earth import LocalFrame, Undulation, beyond, to_degrees, to_ecef
from .gltf import FeatureColumns, Material, glb
from .meshes import Mesh, Shades, far_mesh, near_mesh, prism_mesh
from .scene import Buildings
from .tile_rows import decode

Floats = NDArray[np.float64]
NEAR, FAR, CITY = "near", "far", "city"
VERSION = 2
"""Version of the tiles that equal rows give: a new one makes all tiles again."""
TOLERANCE_M = 1.0
"""Corners of blocks that are left out lie no farther from the outline."""
_MARGIN_M = 0.001


@dataclass(frozen=True, eq=False)
class TileSettings:
    """What all tiles of a city have in common.

    Attributes
    ----------
    crs : str
        Code or WKT of the horizontal CRS of the rows.
    offset : Undulation
    frame : LocalFrame
        Of the whole city; tiles have its axes.
    shades : Shades
    materials : tuple of Material
        One for each shade.
    with_normals : bool
        See `gltf.glb`.
    """

    crs: str
    offset: Undulation
    frame: LocalFrame
    shades: Shades
    materials: tuple[Material, ...]
    with_normals: bool = True

    def digest(self) -> str:
        """A digest of these settings and of the versions of the code that makes tiles."""
        offset, frame = self.offset, self.frame
        told = {
            "version": VERSION,
            "crs": self.crs,
            "offset": [offset.west, offset.south, offset.step_deg, offset.values_m.tolist()],
            "frame": [frame.longitude, frame.latitude, frame.height_m],
            "shades": [sorted(self.shades.classes.items()), self.shades.other],
            "materials": [[m.name, m.colour, m.opacity] for m in self.materials],
            "normals": self.with_normals,
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, eq=False)
class MadeTile:
    """The files of a tile and where they lie.

    Attributes
    ----------
    files : mapping of str to bytes
        By NEAR, FAR or CITY.
    origin : list of float
        Of the coordinates in the files, in the frame of the city.
    boxes : mapping of str to list of float
        West, south, bottom, east, north and top of each file's points, from the origin.
    region : list of float
        West, south, east and north in degrees, least and greatest height above the ellipsoid; empty for CITY.
    triangles : int
        In the file that shows most.
    """

    files: Mapping[str, bytes]
    origin: list[float]
    boxes: Mapping[str, list[float]]
    region: list[float]
    triangles: int

    def facts(self) -> dict[str, Any]:
        """All but the files, for the journal."""
        return {
            "origin": self.origin,
            "boxes": dict(self.boxes),
            "region": self.region,
            "triangles": self.triangles,
        }


def make_tile(rows: bytes | Floats, settings: TileSettings) -> MadeTile:
    """What workers do: a tile of rows as `make_leaf` takes them, or of blocks as `make_city` does."""
    return make_leaf(rows, settings) if isinstance(rows, bytes) else make_city(rows, settings)


def make_leaf(rows: bytes, settings: TileSettings) -> MadeTile:
    """The two files of the buildings of a tile: as they are known best, and as blocks."""
    buildings = decode(rows)
    meshes = {
        NEAR: near_mesh(buildings, settings.shades),
        FAR: far_mesh(buildings, settings.shades, TOLERANCE_M),
    }
    if not len(meshes[FAR]):  # nothing but rooms below ground
        meshes[FAR] = meshes[NEAR]
    return _made(meshes, settings, feature_columns(buildings), with_region=True)


def make_city(blocks: Floats, settings: TileSettings) -> MadeTile:
    """The file of blocks, each of many buildings: rows as `tile_tree.merged` gives them."""
    outlines = shapely.box(*blocks[:, :4].T)
    count = len(blocks)
    nobody = np.zeros(count, np.int64)
    prisms = Prisms(np.asarray(outlines), blocks[:, 4], blocks[:, 5], nobody, ("",), ("",))
    mesh = prism_mesh(prisms, blocks[:, 6].astype(np.int64), floor=np.zeros(count, bool))
    return _made({CITY: mesh}, settings, None, with_region=False)


def _made(
    meshes: Mapping[str, Mesh], settings: TileSettings, columns: FeatureColumns | None, with_region: bool
) -> MadeTile:
    degrees = {name: _degrees(mesh.points, settings) for name, mesh in meshes.items()}
    placed = {
        name: replace(mesh, points=settings.frame.from_ecef(to_ecef(*degrees[name].T))) for name, mesh in meshes.items()
    }
    first = next(iter(meshes))
    low, high = placed[first].points.min(axis=0), placed[first].points.max(axis=0)
    origin = np.round((low + high) / 2, 2)
    files, boxes = {}, {}
    for name, mesh in placed.items():
        local = replace(mesh, points=mesh.points - origin)
        files[name] = glb(local, settings.materials, columns, with_normals=settings.with_normals)
        least, most = local.points.min(axis=0) - _MARGIN_M, local.points.max(axis=0) + _MARGIN_M
        boxes[name] = [float(v) for v in (*least, *most)]
    region = []
    if with_region:
        (west, south, bottom), (east, north, top) = degrees[first].min(axis=0), degrees[first].max(axis=0)
        if east - west > 180:  # across the meridian of 180 degrees
            east_of = beyond(settings.frame.longitude, degrees[first][:, 0])
            west, east = (settings.frame.longitude + v for v in (east_of.min(), east_of.max()))
        region = [float(v) for v in (west, south, east, north, bottom, top)]
    return MadeTile(files, [float(v) for v in origin], boxes, region, len(placed[first]))


def _degrees(points: Floats, settings: TileSettings) -> Floats:
    """Longitude, latitude and height above the ellipsoid, shape (n, 3)."""
    lon, lat = to_degrees(settings.crs, points[:, 0], points[:, 1])
    return np.column_stack([lon, lat, points[:, 2] + settings.offset.at(lon, lat)])


def feature_columns(buildings: Buildings, more: int = 0) -> FeatureColumns:
    """What a click shows: id, name, use, height and elevation of the roof; empty for so many features `more`."""
    bodies, count = buildings.bodies, len(buildings) + more
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, bodies.owner, bodies.bottom_m)
    np.maximum.at(high, bodies.owner, bodies.top_m)
    low[~np.isfinite(low)] = high[~np.isfinite(high)] = np.nan
    texts = {"id": bodies.ids, "name": bodies.names, "use": buildings.uses}
    return FeatureColumns(
        count,
        {name: (*texts, *[""] * more) for name, texts in texts.items()},
        {"height_m": high - low, "roof_elev_m": high},
    )
