"""Which code speaks a protocol: tables from protocol to adapter and harvest, loaded when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from ..common.errors import InputError
from .record import ServiceProtocol

if TYPE_CHECKING:
    from .adapter import Adapter, Harvest

# Module below `protocols`, and the name in it. Files and PostGIS need QGIS: bridge brings them.
ADAPTERS = {
    ServiceProtocol.OGC_FEATURES: ("ogc_features", "OgcFeatures"),
    ServiceProtocol.OGC_RECORDS: ("ogc_records", "OgcRecords"),
    ServiceProtocol.OGC_EDR: ("ogc_edr", "OgcEdr"),
    ServiceProtocol.OGC_TILES: ("map_images", "OgcTiles"),
    ServiceProtocol.WMS: ("wms", "Wms"),
    ServiceProtocol.WMTS: ("wmts", "Wmts"),
    ServiceProtocol.WFS: ("wfs", "Wfs"),
    ServiceProtocol.WCS: ("wcs", "Wcs"),
    ServiceProtocol.CSW: ("csw", "Csw"),
    ServiceProtocol.STAC: ("stac", "Stac"),
    ServiceProtocol.ARCGIS_FEATURES: ("arcgis", "ArcgisLayer"),
    ServiceProtocol.ARCGIS_MAP: ("arcgis", "ArcgisLayer"),
    ServiceProtocol.SENSORTHINGS: ("sensorthings", "SensorThings"),
    ServiceProtocol.XYZ: ("map_images", "Xyz"),
    ServiceProtocol.TILES_3D: ("map_images", "Tiles3d"),
}
HARVESTS = {
    ServiceProtocol.OGC_FEATURES: ("ogc_api", "harvest"),
    ServiceProtocol.OGC_RECORDS: ("ogc_records", "harvest"),
    ServiceProtocol.OGC_EDR: ("ogc_api", "harvest"),
    ServiceProtocol.OGC_TILES: ("ogc_api", "harvest"),
    ServiceProtocol.WMS: ("wms", "harvest"),
    ServiceProtocol.WMTS: ("wmts", "harvest"),
    ServiceProtocol.WFS: ("wfs", "harvest"),
    ServiceProtocol.WCS: ("wcs", "harvest"),
    ServiceProtocol.CSW: ("csw", "harvest"),
    ServiceProtocol.STAC: ("stac", "harvest"),
    ServiceProtocol.ARCGIS_FEATURES: ("arcgis_harvest", "harvest"),
    ServiceProtocol.ARCGIS_MAP: ("arcgis_harvest", "harvest"),
    ServiceProtocol.SENSORTHINGS: ("sensorthings", "harvest"),
}
HARVESTED = (*HARVESTS, ServiceProtocol.FILE, ServiceProtocol.POSTGIS)
"""Protocols that have something to harvest, with those that bridge brings."""


def adapter(protocol: ServiceProtocol) -> Adapter:
    """The adapter of a protocol.

    Raises
    ------
    InputError
        For those that core does not speak.
    """
    return cast("Adapter", _named(ADAPTERS, protocol)())


def harvest(protocol: ServiceProtocol) -> Harvest:
    """The function that harvests a source of this protocol.

    Raises
    ------
    InputError
        For those that have nothing to harvest.
    """
    return cast("Harvest", _named(HARVESTS, protocol))


def _named(table: dict[ServiceProtocol, tuple[str, str]], protocol: ServiceProtocol) -> Any:
    if protocol not in table:
        raise InputError(
            "Nothing is harvested from or asked of services of the kind '{protocol}' here.", protocol=protocol.value
        )
    module, name = table[protocol]
    return getattr(import_module(f".protocols.{module}", __package__), name)
