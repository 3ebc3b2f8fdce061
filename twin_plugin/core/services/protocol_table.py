"""The protocols of data services, each one definition row, which detection, links, lists and layers read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any


class Gives(Enum):
    """What a service gives."""

    FEATURES = "features"
    IMAGES = "images"
    COVERAGES = "coverages"


class LayerPlace(Enum):
    """Where an address names the layer."""

    NOWHERE = ""
    COLLECTION = "/collections/{layer}"
    NUMBER = "/{layer}"
    PARAMETER = "LAYERS, TYPENAMES or the like"


@dataclass(frozen=True)
class ProtocolDefinition:
    """What the program knows of a protocol.

    Attributes
    ----------
    id : str
        The value in catalogues, frozen.
    label : str
        Its proper name, the same in every language.
    gives : Gives
        Only features can be queried and saved offline.
    adapter, harvest, observations : str
        "module:name" below `protocols`, and a module with `latest` and `series`, loaded when first needed. "" for
        none, and for files and PostGIS, which need QGIS: bridge brings them.
    service : str
        Value of the parameter SERVICE of OGC's web services.
    address, link_address : str
        Pattern of an address that tells the protocol by itself, and one that does so only in a catalogue's link.
    template : bool
        Whether its address has placeholders in braces.
    reply : callable, optional
        Whether the JSON object that an address answers is of this protocol.
    xml_root : str
        Pattern of the root element "{namespace}name" of its XML.
    link_names : tuple of str
        Parts of the protocol or media type of a catalogue's link, letters and digits in lower case.
    layer_place : LayerPlace
    link_end : str
        Pattern of what a link has beyond the address of the service.
    published_as : str
        Its name in the links of records that are published; "" where its address is of use on this machine only.
    provider : str
        The layer provider of `bridge/services/qgis_layers.py`; "" where QGIS has none.
    demo_kinds : mapping of str to tuple of int
        The kinds of demo topics that it serves, with its places in the draw, which keep the demo the same.
    demo_address : tuple of str
        Address and layer in the demo catalogue, with {host}, {name} and {topic}.
    """

    id: str
    label: str
    gives: Gives = Gives.FEATURES
    adapter: str = ""
    harvest: str = ""
    observations: str = ""
    service: str = ""
    address: str = ""
    link_address: str = ""
    template: bool = False
    reply: Callable[[str, Mapping[str, Any]], bool] | None = None
    xml_root: str = ""
    link_names: tuple[str, ...] = ()
    layer_place: LayerPlace = LayerPlace.NOWHERE
    link_end: str = ""
    published_as: str = ""
    provider: str = ""
    demo_kinds: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    demo_address: tuple[str, str] = ("{host}/api", "{name}")

    def has_address(self, url: str) -> bool:
        """Whether the address tells the protocol by itself."""
        service = rf"[?&]service={self.service}(&|$)" if self.service else ""
        return _matches("|".join(filter(None, (service, self.address))), url)

    def has_link(self, url: str) -> bool:
        """The same for the address of a catalogue's link."""
        return _matches(self.link_address, url) or (not self.template and self.has_address(url))

    def has_root(self, tag: str) -> bool:
        """Whether "{namespace}name" is the root of a reply in XML."""
        return _matches(self.xml_root, tag)


def _matches(pattern: str, text: str) -> bool:
    return bool(pattern) and re.search(pattern, text, re.IGNORECASE) is not None


def _rows(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = value.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _rels(value: Mapping[str, Any]) -> set[str]:
    return {str(link.get("rel", "")).rpartition("/")[2] for link in _rows(value, "links")}


def _is_ogc_api(url: str, value: Mapping[str, Any]) -> bool:
    named = isinstance(value.get("conformsTo"), list) or isinstance(value.get("collections"), list)
    return named or bool(_rels(value) & {"data", "conformance", "service-desc", "items", "queryables"})


def _is_records(url: str, value: Mapping[str, Any]) -> bool:
    rows = value.get("type") == "FeatureCollection" and "/items" in url and bool(_rels(value))
    return value.get("itemType") == "record" or rows


def _is_sensorthings(url: str, value: Mapping[str, Any]) -> bool:
    sets = (str(row.get("url", "")).rstrip("/") for row in _rows(value, "value"))
    return "serverSettings" in value or any(entry.endswith(("/Things", "/Datastreams")) for entry in sets)


def _is_arcgis(url: str, value: Mapping[str, Any]) -> bool:
    return "currentVersion" in value and bool({"services", "folders", "layers", "tables"} & set(value))


def _web_service(name: str, gives: Gives = Gives.FEATURES, **others: Any) -> ProtocolDefinition:
    """A web service of OGC that answers with XML: what follows from its name, and the others as they are stated."""
    low = name.lower()
    return ProtocolDefinition(
        low,
        name,
        gives,
        adapter=f"{low}:{name.title()}",
        harvest=f"{low}:harvest",
        service=name,
        link_names=(f"ogc{low}",),
        layer_place=LayerPlace.PARAMETER,
        published_as=f"OGC:{name}",
        **others,
    )


class ServiceProtocol(StrEnum):
    """How a service is spoken to; the values stand in catalogues and are frozen.

    The general ones come before the special ones: a reply is tested from the last row to the first.
    """

    definition: ProtocolDefinition

    def __new__(cls, definition: ProtocolDefinition) -> ServiceProtocol:
        member = str.__new__(cls, definition.id)
        member._value_ = definition.id
        member.definition = definition
        return member

    OGC_FEATURES = ProtocolDefinition(
        "ogcapi-features",
        "OGC API Features",
        adapter="ogc_features:OgcFeatures",
        harvest="ogc_api:harvest",
        reply=_is_ogc_api,
        link_address=r"/collections/[^/?]+/items/?(\?|$)",
        link_names=("ogcapifeatures", "oapif"),
        layer_place=LayerPlace.COLLECTION,
        published_as="OGC API Features",
        provider="ogc features",
        demo_kinds={"vector": (1,), "sensor": (3,)},
    )
    OGC_RECORDS = ProtocolDefinition(
        "ogcapi-records",
        "OGC API Records",
        adapter="ogc_records:OgcRecords",
        harvest="ogc_records:harvest",
        reply=_is_records,
        link_names=("ogcapirecords",),
        layer_place=LayerPlace.COLLECTION,
        published_as="OGC API Records",
        demo_kinds={"catalogue": (1,)},
    )
    OGC_EDR = ProtocolDefinition(
        "ogcapi-edr",
        "OGC API EDR",
        adapter="ogc_edr:OgcEdr",
        harvest="ogc_api:harvest",
        observations="edr_observations",
        link_address=r"/collections/[^/?]+/(position|area|cube|locations|radius)/?(\?|$)",
        link_names=("ogcapiedr",),
        layer_place=LayerPlace.COLLECTION,
        published_as="OGC API EDR",
        demo_kinds={"coverage": (3,), "sensor": (1,)},
    )
    OGC_TILES = ProtocolDefinition(
        "ogcapi-tiles",
        "OGC API Tiles",
        Gives.IMAGES,
        adapter="map_images:OgcTiles",
        harvest="ogc_api:harvest",
        link_address=r"/collections/[^/?]+/(map/)?tiles/?(\?|$)",
        link_names=("ogcapitiles",),
        layer_place=LayerPlace.COLLECTION,
        published_as="OGC API Tiles",
        provider="ogc tiles",
        demo_kinds={"picture": (4,)},
    )
    WMS = _web_service(
        "WMS",
        Gives.IMAGES,
        xml_root=r"\b(WMS|WMT_MS)_Capabilities$",
        provider="wms",
        demo_kinds={"vector": (6,), "picture": (0,), "coverage": (1,)},
        demo_address=("{host}/ows", "{name}"),
    )
    WMTS = _web_service(
        "WMTS",
        Gives.IMAGES,
        address=r"/wmtscapabilities\.xml",
        xml_root=r"/wmts[/}].*Capabilities$",
        provider="wmts",
        demo_kinds={"picture": (1,), "scenes": (1,)},
        demo_address=("{host}/wmts", "{name}"),
    )
    WFS = _web_service(
        "WFS",
        xml_root=r"\bWFS_Capabilities$|/wfs[/}].*Capabilities$",
        provider="wfs",
        demo_kinds={"vector": (0, 3)},
        demo_address=("{host}/ows", "demo:{name}"),
    )
    WCS = _web_service(
        "WCS",
        Gives.COVERAGES,
        xml_root=r"\bWCS_Capabilities$|/wcs[/}].*(Capabilities|CoverageDescriptions)$",
        provider="wcs",
        demo_kinds={"coverage": (0,)},
        demo_address=("{host}/ows", "{name}"),
    )
    CSW = _web_service(
        "CSW",
        xml_root=r"/csw[/}].*Capabilities$",
        demo_kinds={"catalogue": (0,)},
        demo_address=("{host}/csw/{name}", ""),
    )
    STAC = ProtocolDefinition(
        "stac",
        "STAC",
        adapter="stac:Stac",
        harvest="stac:harvest",
        reply=lambda url, value: isinstance(value.get("stac_version"), str),
        link_names=("stac",),
        published_as="STAC",
        demo_kinds={"coverage": (2,), "scenes": (0,)},
        demo_address=("{host}/stac", "{name}"),
    )
    ARCGIS_FEATURES = ProtocolDefinition(
        "arcgis-featureserver",
        "ArcGIS FeatureServer",
        adapter="arcgis:ArcgisLayer",
        harvest="arcgis_harvest:harvest",
        address=r"/featureserver(/\d+(/query)?)?/?(\?|$)",
        reply=_is_arcgis,
        layer_place=LayerPlace.NUMBER,
        published_as="ESRI:ArcGIS FeatureServer",
        provider="arcgis features",
        demo_kinds={"vector": (2,)},
        demo_address=("{host}/arcgis/rest/services/{name}/FeatureServer", "0"),
    )
    ARCGIS_MAP = ProtocolDefinition(
        "arcgis-mapserver",
        "ArcGIS MapServer",
        Gives.IMAGES,
        adapter="arcgis:ArcgisLayer",
        harvest="arcgis_harvest:harvest",
        address=r"/mapserver(/\d+(/query)?)?/?(\?|$)",
        reply=lambda url, value: _is_arcgis(url, value) and "/mapserver" in url.lower(),
        layer_place=LayerPlace.NUMBER,
        published_as="ESRI:ArcGIS MapServer",
        provider="arcgis map",
        demo_kinds={"picture": (3,)},
        demo_address=("{host}/arcgis/rest/services/{name}/MapServer", "0"),
    )
    SENSORTHINGS = ProtocolDefinition(
        "sensorthings",
        "SensorThings",
        adapter="sensorthings:SensorThings",
        harvest="sensorthings:harvest",
        observations="sensorthings_observations",
        reply=_is_sensorthings,
        link_address=r"/(things|datastreams|observedproperties)/?(\?|$)|/sta/v1\.\d/?$|sensorthings[^?]*/v1\.\d/?$",
        link_names=("sensorthings", "ogcsta"),
        link_end=r"/(things|datastreams|observedproperties)/?$",
        published_as="OGC:STA",
        provider="sensors",
        demo_kinds={"sensor": (0, 2)},
        demo_address=("{host}/sta/{name}/v1.1", "{topic}"),
    )
    XYZ = ProtocolDefinition(
        "xyz",
        "XYZ",
        Gives.IMAGES,
        adapter="map_images:Xyz",
        address=r"\{(-?[xy]|[zq])\}",
        link_address=r"\{z\}.*\{-?[xy]\}",
        template=True,
        link_names=("xyz", "tms"),
        published_as="XYZ",
        provider="xyz",
        demo_kinds={"picture": (2,)},
        demo_address=("{host}/tiles/{name}/{{z}}/{{x}}/{{y}}.png", ""),
    )
    TILES_3D = ProtocolDefinition(
        "3dtiles",
        "3D Tiles",
        Gives.IMAGES,
        adapter="map_images:Tiles3d",
        address=r"/tileset\.json(\?|$)",
        reply=lambda url, value: "asset" in value and "root" in value,
        link_names=("3dtiles",),
        published_as="3D Tiles",
        provider="scene",
        demo_kinds={"mesh": (0,)},
        demo_address=("{host}/3d/{name}/tileset.json", ""),
    )
    FILE = ProtocolDefinition(
        "file",
        "File",
        provider="file",
        demo_kinds={"vector": (5,), "mesh": (1,)},
        demo_address=("made/{name}.gpkg", "{name}"),
    )
    POSTGIS = ProtocolDefinition(
        "postgis",
        "PostGIS",
        provider="postgres",
        demo_kinds={"vector": (4,)},
        demo_address=("made connection", "demo.{name}"),
    )
