"""What reviews of planning look at: terrain, buildings of today, and a scheme in the place of some of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.planning.schemes import Future, put_scheme
from ..kernel.crs_scale import ground_metres
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, Reader, metric_crs, valid
from ..kernel.prism_layers import HeightFields, read_buildings
from ..kernel.raster_kinds import TERRAIN, require_terrain
from ..kernel.rasters import crs_text, read_grid, require_metres


@dataclass(frozen=True)
class CityLayers:
    """The layers; buildings or terrain must be there. `site` belongs to the scheme."""

    buildings: QgsFeatureSource | None = None
    terrain: QgsRasterLayer | None = None
    scheme: QgsFeatureSource | None = None
    site: QgsFeatureSource | None = None
    fields: HeightFields | None = None


@dataclass(frozen=True, eq=False)
class City:
    """The district today, and with the scheme where there is one, all in one CRS in metres.

    Attributes
    ----------
    reader : Reader
        Reads further layers into the same CRS.
    terrain : Grid or None
    present : Prisms
    future : Future or None
    present_rows, planned_rows : ndarray of int64
        The object of each row of BUILDINGS and of SCHEME among those of its own layer, -1 where a row is left out.
    notes, entries : list
        What the log says of it.
    """

    reader: Reader
    terrain: Grid | None
    present: Prisms
    future: Future | None = None
    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    present_rows: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    planned_rows: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        return self.reader.crs

    @property
    def prisms(self) -> Prisms:
        """What is reviewed: the scheme's district where there is a scheme, else today's."""
        return self.present if self.future is None else self.future.prisms


def read_city(layers: CityLayers, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> City:
    """Read terrain, buildings and scheme, in the CRS of the terrain, else of the buildings, else of the scheme.

    Raises
    ------
    InputError
        Naming the layer, the reason and the cure.
    """
    first = layers.buildings or layers.scheme
    if layers.terrain is not None:
        crs, terrain = require_metres(layers.terrain), read_ground(layers.terrain)
    elif first is not None:
        crs, terrain = metric_crs(first), None
    else:
        raise InputError("Give BUILDINGS or a terrain: there is nothing to look at.")
    city = City(Reader(crs, context, feedback), terrain, Prisms.none())
    if layers.buildings is not None:
        read = read_buildings(layers.buildings, "BUILDINGS", city.reader, terrain, layers.fields)
        city = replace(city, present=read.prisms, notes=read.notes, entries=[read.entry], present_rows=read.rows)
    return city if layers.scheme is None else with_scheme(city, layers)


def with_scheme(city: City, layers: CityLayers) -> City:
    """The district of `city` with the scheme of `layers`, which a comparison calls for one scheme after the other.

    Raises
    ------
    InputError
    """
    if layers.scheme is None:
        return city
    read = read_buildings(layers.scheme, "SCHEME", city.reader, city.terrain, layers.fields)
    name = layers.scheme.sourceName()
    if not len(read.prisms):
        raise InputError("The scheme '{name}' is empty: choose a layer with its buildings.", name=name)
    future = put_scheme(city.present, read.prisms, name, read_site(layers.site, city.reader))
    replaced = Entry(Message("replaced buildings"), int(future.replaced.sum()))
    return replace(
        city,
        future=future,
        notes=[*city.notes, *read.notes, *future.notes],
        entries=[*city.entries, read.entry, replaced],
        planned_rows=read.rows,
    )


def require_something(city: City) -> None:
    """Check that there is a building or a terrain to look at.

    Raises
    ------
    InputError
    """
    if not len(city.prisms) and city.terrain is None:
        raise InputError("BUILDINGS is empty and there is no terrain: there is nothing to look at. Give one of them.")


def read_site(source: QgsFeatureSource | None, reader: Reader) -> shapely.Geometry | None:
    """The land of a scheme."""
    if source is None:
        return None
    shapes = [valid(shape) for shape in reader.table(source, "SITE", AREAS).geometries if shape is not None]
    if not shapes:
        raise InputError("The layer '{name}' for SITE holds no polygon.", name=source.sourceName())
    return shapely.union_all(shapes)


def read_ground(layer: QgsRasterLayer) -> Grid:
    """A terrain, whose metres must be true on the ground.

    Raises
    ------
    InputError
        Where it is no terrain, has no heights, or is in a CRS such as Web Mercator.
    """
    require_terrain(layer)
    terrain = read_grid(layer, output=TERRAIN, exact=True)
    if not np.isfinite(terrain.values).any():
        raise InputError("The terrain '{layer}' has no data at all: choose another raster.", layer=layer.name())
    if ground_metres(layer.crs(), layer.extent().center()) != 1:
        raise InputError(
            "The terrain '{layer}' is in {crs}, whose metres are not true on the ground: warp it to the projected CRS "
            "of the place with 'Warp (reproject)'.",
            layer=layer.name(),
            crs=layer.crs().authid() or crs_text(layer.crs()),
        )
    return terrain
