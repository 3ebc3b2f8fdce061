"""Which code speaks a protocol: tables from protocol to adapter and harvest, loaded when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from ..errors import InputError
from .record import Protocol

if TYPE_CHECKING:
    from .adapter import Adapter, Harvest

# Module below `protocols`, and the name in it. Files and PostGIS need QGIS: bridge brings them.
ADAPTERS = {
    Protocol.OGC_FEATURES: ("ogc_features", "OgcFeatures"),
    Protocol.OGC_RECORDS: ("ogc_records", "OgcRecords"),
    Protocol.OGC_EDR: ("ogc_edr", "OgcEdr"),
    Protocol.OGC_TILES: ("pictures", "OgcTiles"),
    Protocol.WMS: ("wms", "Wms"),
    Protocol.WMTS: ("wmts", "Wmts"),
    Protocol.WFS: ("wfs", "Wfs"),
    Protocol.WCS: ("wcs", "Wcs"),
    Protocol.CSW: ("csw", "Csw"),
    Protocol.STAC: ("stac", "Stac"),
    Protocol.ARCGIS_FEATURES: ("arcgis", "ArcgisLayer"),
    Protocol.ARCGIS_MAP: ("arcgis", "ArcgisLayer"),
    Protocol.SENSORTHINGS: ("sensorthings", "SensorThings"),
    Protocol.XYZ: ("pictures", "Xyz"),
    Protocol.TILES_3D: ("pictures", "Tiles3d"),
}
HARVESTS = {
    Protocol.OGC_FEATURES: ("ogc_api", "harvest"),
    Protocol.OGC_RECORDS: ("ogc_records", "harvest"),
    Protocol.OGC_EDR: ("ogc_api", "harvest"),
    Protocol.OGC_TILES: ("ogc_api", "harvest"),
    Protocol.WMS: ("wms", "harvest"),
    Protocol.WMTS: ("wmts", "harvest"),
    Protocol.WFS: ("wfs", "harvest"),
    Protocol.WCS: ("wcs", "harvest"),
    Protocol.CSW: ("csw", "harvest"),
    Protocol.STAC: ("stac", "harvest"),
    Protocol.ARCGIS_FEATURES: ("arcgis_harvest", "harvest"),
    Protocol.ARCGIS_MAP: ("arcgis_harvest", "harvest"),
    Protocol.SENSORTHINGS: ("sensorthings", "harvest"),
}
HARVESTED = (*HARVESTS, Protocol.FILE, Protocol.POSTGIS)
"""Protocols that have something to harvest, with those that bridge brings."""


def adapter(protocol: Protocol) -> Adapter:
    """The adapter of a protocol.

    Raises
    ------
    InputError
        For those that core does not speak.
    """
    return cast("Adapter", _named(ADAPTERS, protocol)())


def harvest(protocol: Protocol) -> Harvest:
    """The function that harvests a source of this protocol.

    Raises
    ------
    InputError
        For those that have nothing to harvest.
    """
    return cast("Harvest", _named(HARVESTS, protocol))


def _named(table: dict[Protocol, tuple[str, str]], protocol: Protocol) -> Any:
    if protocol not in table:
        raise InputError(f"Nothing is harvested from or asked of services of the kind '{protocol.value}' here.")
    module, name = table[protocol]
    return getattr(import_module(f".protocols.{module}", __package__), name)
