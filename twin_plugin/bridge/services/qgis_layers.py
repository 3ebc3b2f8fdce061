"""Services as layers of QGIS's own providers: where each finds its data, without a secret in it.

`plan` asks the service what the source needs and runs off the main thread; `make` opens the layer. Providers of QGIS
ask a server without limits, so that a layer is only made of a service that answered a probe.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDataSourceUri,
    QgsMapLayer,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsTiledSceneLayer,
    QgsVectorLayer,
    QgsVectorTileLayer,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.services.protocol_table import Gives, LayerPlace, ServiceProtocol
from ...core.services.record import Health, Offset, ServiceRecord
from ...core.web import address, places, secrets
from ..kernel.outside_text import as_name, give_map_tip
from ..net import auth, query_tokens

if TYPE_CHECKING:
    from ...core.services.adapter import Description
    from ...core.web.fetch import Fetch, Reply, Request

RASTER, VECTOR, VECTOR_TILES, SCENE = "raster", "vector", "vector tiles", "scene"
# No .vrt: it can name any other file or address.
_RASTER_ENDS = {".tif", ".tiff", ".cog", ".jp2", ".asc", ".img", ".png", ".jpg"}
_VECTOR_ENDS = {".geojson", ".json", ".fgb", ".gpkg", ".kml", ".gml", ".parquet", ".csv", ".shp"}
_TOP_ZOOM = 19


@dataclass(frozen=True)
class LayerSource:
    """A layer to be: its kind, QGIS's provider, the source, and what a person should know.

    The source holds the id of an authentication configuration, which opens nothing by itself, and no secret.
    """

    kind: str
    provider: str
    uri: str
    title: str
    notes: tuple[str, ...] = ()


def plan(record: ServiceRecord, fetch: Fetch, sensors: bool = False) -> LayerSource | None:
    """The layer of a service that answers; None where QGIS has no provider for it: `twin:queryservice` loads those.

    With `sensors` also a live layer of sensors, whose fields are the provider's, not those of `twin:fetchobservations`.

    Raises
    ------
    InputError
        When the service does not answer, or its address is not one that is handed on.
    WebError
        When what it says of the layer cannot be read.
    """
    from . import protocols

    definition = record.protocol.definition
    provider = _PROVIDERS.get(definition.provider)
    images = definition.gives is Gives.IMAGES
    if record.made:
        raise InputError("'{title}' is synthetic: there is no service behind it.", title=record.title)
    if provider is None or (provider.asked is not None and not sensors):
        return None
    if record.coord_offset is not Offset.NONE and not images:
        return None
    if provider.appends_path and query_tokens.is_query(record.auth):
        return None
    if definition.layer_place is LayerPlace.NUMBER and "?" in record.url:
        # QGIS writes the layer's path behind the parameters that a service wants.
        return None
    adapter = protocols.adapter(record.protocol)
    others: list[str] = []
    noting = _noting_redirects(fetch, others)
    state = adapter.probe(record, noting)
    if state.health in (Health.DEAD, Health.DENIED):
        raise InputError("'{title}' was not added: {reason}", title=record.title, reason=state.reason)
    if provider.asked is not None:
        made = provider.asked(record, noting)
    else:
        made = provider.source(record, lambda: adapter.describe(record, noting))
    has_login = bool(record.auth) and not query_tokens.is_query(record.auth)
    if has_login or not images:
        named = provider.other_servers(record, noting)
        # Without a login only what leads into this computer matters: QGIS's provider would ask it there.
        others += named if has_login else [server for server in named if _is_led_inside(record, server)]
    if others and definition.gives is Gives.FEATURES:
        return None
    if others:
        raise InputError(
            "'{title}' was not added: its server sends QGIS on to '{others}', where the login must not go. "
            "Ask whoever runs the service to put its addresses right.",
            title=record.title,
            others=others[0],
        )
    if made is None or made.provider not in QgsProviderRegistry.instance().providerList():
        return None
    if record.coord_offset is Offset.NONE:
        return made
    note = Message(
        "Its pictures are shifted on purpose by some hundred metres: tiles cannot be put right, only features can."
    )
    return LayerSource(made.kind, made.provider, made.uri, made.title, (note,))


def _noting_redirects(fetch: Fetch, others: list[str]) -> Fetch:
    """Wrap `fetch`: add to `others` every other host to which a request with a login was redirected.

    The login stays behind in our own requests, but QGIS's providers take it along.
    """

    def noting(request: Request) -> Reply:
        reply = fetch(request)
        if request.auth and not query_tokens.is_query(request.auth) and not address.same_origin(request.url, reply.url):
            others.append(address.host(reply.url))
        return reply

    return noting


def _is_led_inside(record: ServiceRecord, server: str) -> bool:
    """Whether a server that a service names is in this computer, by its number, and the service's source is not."""
    try:
        target, given = (
            places.place_of_host(address.origin(url if "://" in url else f"http://{url}")[1])
            for url in (server, record.given)
        )
    except ValueError:
        return True
    inside = target in (places.Place.COMPUTER, places.Place.LINK)
    return inside and not places.may_lead(given or places.Place.INTERNET, target)


def _no_others(record: ServiceRecord, fetch: Fetch) -> tuple[str, ...]:
    return ()


def _sent_on(ignored: tuple[str, ...], record: ServiceRecord, fetch: Fetch) -> tuple[str, ...]:
    """Other servers that the capabilities of an OGC service name for what QGIS's provider asks."""
    from ...core.services.protocols import ows

    service = ows.Service.of(record, fetch)
    found = service.xml({"SERVICE": record.protocol.definition.service, "REQUEST": "GetCapabilities"})
    return ows.sent_on(found, service.base, ignored)


def _linked(record: ServiceRecord, fetch: Fetch) -> tuple[str, ...]:
    """Other servers in an OGC API, whose description and next pages QGIS takes from links."""
    from ...core.services.protocols.json_client import reply_of
    from ...core.web import decode
    from ...core.web.fetch import Request

    base = record.address()
    items = base.with_path("collections", record.layer, "items").with_query({"limit": 1})
    found = []
    for url in (base, items):
        accept = "application/geo+json, application/json"
        reply = fetch(Request(url, accept=accept, auth=record.auth, given=record.given))
        for link in decode.rows_of(decode.mapping_of(reply, reply_of(url)), "links"):
            target = str(link.get("href") or "")
            if link.get("rel") in _FOLLOWED and "://" in target and not base.same_origin(target):
                found.append(address.redacted(target)[:80])
    return tuple(found)


def make(source: LayerSource) -> QgsMapLayer:
    """Open the layer. In another thread than the main one, move it there before it is used.

    Raises
    ------
    InputError
        When QGIS cannot open it.
    """
    kinds = {RASTER: QgsRasterLayer, VECTOR: QgsVectorLayer}
    title = as_name(source.title)
    if source.kind in kinds:
        layer = kinds[source.kind](source.uri, title, source.provider)
    elif source.kind == SCENE:
        layer = QgsTiledSceneLayer(source.uri, title, source.provider)
    else:
        layer = QgsVectorTileLayer(source.uri, title)
    if not layer.isValid():
        reason = "" if layer.error().isEmpty() else address.redacted(secrets.without(layer.error().summary()))
        reason = " ".join(reason.split())[:200].rstrip(".") or Message("its provider gives no reason")
        raise InputError(
            "QGIS cannot open '{title}' ({reason}): ask it with 'Query a service' instead.",
            title=source.title,
            reason=reason,
        )
    if isinstance(layer, QgsVectorLayer):
        give_map_tip(layer)
    return layer


_Describe = Callable[[], "Description"]


def _no_source(record: ServiceRecord, describe: _Describe) -> LayerSource | None:
    return None


def _wms(record: ServiceRecord, describe: _Describe) -> LayerSource:
    extra = describe().extra
    parameters = {
        "url": _endpoint(record),
        "layers": record.layer,
        "styles": "",
        "format": extra.get("format", "image/png"),
        "crs": _crs(record),
        # Maps are asked for where the service was tried, whatever address its capabilities name.
        "IgnoreGetMapUrl": "1",
        "IgnoreGetFeatureInfoUrl": "1",
    }
    return LayerSource(RASTER, "wms", _encoded(parameters, record), record.title)


def _wmts(record: ServiceRecord, describe: _Describe) -> LayerSource | None:
    extra = describe().extra
    if extra.get("xyz"):
        # As a template: QGIS drops parameters of the address, such as Tianditu's tk, from requests for tiles.
        return _tiles(record, extra["xyz"])
    if not extra.get("tileMatrixSet"):
        return None
    parameters = {
        "url": query_tokens.marked(record.address(), record.auth),
        "layers": record.layer,
        "styles": extra.get("style", ""),
        "format": extra.get("format", "image/png"),
        "crs": extra.get("crs") or _crs(record),
        "tileMatrixSet": extra["tileMatrixSet"],
    }
    return LayerSource(RASTER, "wms", _encoded(parameters, record), record.title)


def _xyz(record: ServiceRecord, describe: _Describe) -> LayerSource:
    return _tiles(record, record.address().replace("%7B", "{").replace("%7D", "}"))


def _tiles(record: ServiceRecord, template: str, kind: str = RASTER) -> LayerSource:
    """A template for tiles; a token that goes into the address is added when QGIS asks, and is never saved."""
    template = query_tokens.marked(template, record.auth) if record.address().same_origin(template) else template
    parameters = {"type": "xyz", "url": template, "zmin": "0", "zmax": str(_TOP_ZOOM)}
    provider = "wms" if kind == RASTER else "xyzvectortiles"
    return LayerSource(kind, provider, _encoded(parameters, record, template), record.title)


def _ogc_tiles(record: ServiceRecord, describe: _Describe) -> LayerSource | None:
    extra = describe().extra
    if not extra.get("template"):
        return None
    kind = RASTER if extra.get("type", "").startswith("image/") else VECTOR_TILES
    return _tiles(record, extra["template"], kind)


def _scene(record: ServiceRecord, describe: _Describe) -> LayerSource:
    return LayerSource(SCENE, "cesiumtiles", _encoded({"url": record.address()}, record), record.title)


def _wcs(record: ServiceRecord, describe: _Describe) -> LayerSource:
    parameters = {"url": _endpoint(record), "identifier": record.layer}
    return LayerSource(RASTER, "wcs", _encoded(parameters, record), record.title)


def _wfs(record: ServiceRecord, describe: _Describe) -> LayerSource:
    url = _endpoint(record)
    names = {"typename": record.layer, "version": "auto", "restrictToRequestBBOX": "1", "pagingEnabled": "default"}
    crs = _crs(record)
    return LayerSource(VECTOR, "WFS", _quoted(url, record, names | ({"srsname": crs} if crs else {})), record.title)


def _ogc_features(record: ServiceRecord, describe: _Describe) -> LayerSource:
    names = {"typename": record.layer, "restrictToRequestBBOX": "1"}
    return LayerSource(VECTOR, "OAPIF", _quoted(record.address(), record, names), record.title)


def _arcgis_features(record: ServiceRecord, describe: _Describe) -> LayerSource:
    url = record.address().with_path(record.layer) if record.layer else record.address()
    crs = _crs(record) or "EPSG:4326"
    return LayerSource(VECTOR, "arcgisfeatureserver", _quoted(url, record, {"crs": crs}), record.title)


def _arcgis_map(record: ServiceRecord, describe: _Describe) -> LayerSource:
    names = {"crs": _crs(record) or "EPSG:3857", "format": "PNG32", "layer": record.layer}
    return LayerSource(RASTER, "arcgismapserver", _quoted(record.address(), record, names), record.title)


def _local(record: ServiceRecord, describe: _Describe) -> LayerSource:
    """A file of this machine or a table: QGIS opens it as it opens any; a file of the web by its checked address."""
    if record.protocol is ServiceProtocol.FILE and "://" in record.url:
        return _web_file(record)
    from . import local_files

    layer = local_files.open_local(record)
    kind = RASTER if isinstance(layer, QgsRasterLayer) else VECTOR
    return LayerSource(kind, layer.providerType(), layer.source(), record.title)


def _web_file(record: ServiceRecord) -> LayerSource:
    url = record.address()
    end = PurePosixPath(address.path(url)).suffix.lower()
    if end not in _RASTER_ENDS | _VECTOR_ENDS:
        raise InputError(
            "'{title}' ends with '{end}', which is not read from the web: download it first.",
            title=record.title,
            end=end,
        )
    key = auth.id_for(record.auth, url)
    uri = f"/vsicurl/{url}" + (f" authcfg='{key}'" if key else "")
    return LayerSource(*((RASTER, "gdal") if end in _RASTER_ENDS else (VECTOR, "ogr")), uri, record.title)


def _sensor_servers(record: ServiceRecord, fetch: Fetch) -> tuple[str, ...]:
    """Other servers that a service of sensors names."""
    from . import sensor_source

    return sensor_source.other_servers(record, fetch)


def _sensors(record: ServiceRecord, fetch: Fetch) -> LayerSource:
    from . import sensor_source

    uri, notes = sensor_source.source_of(record, fetch)
    if key := _key(record, ""):
        uri.setAuthConfigId(key)
    return LayerSource(VECTOR, sensor_source.PROVIDER, uri.uri(False), record.title, notes)


def _endpoint(record: ServiceRecord) -> str:
    """The address of an OGC service that takes parameters, without those of one request."""
    url = record.address().without_query("service", "request", "version")
    return query_tokens.marked(url, record.auth)


def _crs(record: ServiceRecord) -> str:
    """A CRS that the service offers and QGIS knows, Web Mercator first for maps."""
    images = record.protocol.definition.gives is Gives.IMAGES
    offered = [name for name in record.crs if QgsCoordinateReferenceSystem(name).isValid()]
    if images and "EPSG:3857" in offered:
        return "EPSG:3857"
    return next(iter(offered), "EPSG:4326" if images else "")


def _encoded(parameters: dict[str, str], record: ServiceRecord, url: str = "") -> str:
    """A source as WMS and tiles write it."""
    uri = QgsDataSourceUri()
    for name, value in parameters.items():
        uri.setParam(name, value)
    key = _key(record, url)
    if key:
        uri.setParam("authcfg", key)
    return bytes(uri.encodedUri()).decode("ascii")


def _quoted(url: str, record: ServiceRecord, names: dict[str, str]) -> str:
    """A source as WFS, OGC API Features and ArcGIS write it."""
    uri = QgsDataSourceUri()
    uri.setParam("url", url)
    for name, value in names.items():
        uri.setParam(name, value)
    if key := _key(record, url):
        uri.setAuthConfigId(key)
    return uri.uri(False)


def _key(record: ServiceRecord, url: str) -> str:
    """The id of the configuration, where QGIS's provider can use it: on the record's own server, and as headers.

    Raises
    ------
    InputError
        When its login may not go there.
    """
    if not record.auth or (url and not record.address().same_origin(url)) or query_tokens.is_query(record.auth):
        return ""
    return auth.id_for(record.auth, record.address())


_FOLLOWED = ("service-desc", "data", "conformance", "items", "next")


@dataclass(frozen=True)
class _LayerProvider:
    """How QGIS opens a service.

    Attributes
    ----------
    source : callable
        The layer source of a record; None where its service lacks what it needs.
    other_servers : callable
        Servers to which the provider would take a login.
    appends_path : bool
        Whether the provider puts paths behind the address, where it may have no parameters.
    asked : callable, optional
        In the place of `source`, where the service is asked more than its description.
    """

    source: Callable[[ServiceRecord, _Describe], LayerSource | None] = _no_source
    other_servers: Callable[[ServiceRecord, Fetch], tuple[str, ...]] = _no_others
    appends_path: bool = False
    asked: Callable[[ServiceRecord, Fetch], LayerSource | None] | None = None


_PROVIDERS = {
    # _wms tells QGIS to ask these at the service's own address.
    "wms": _LayerProvider(_wms, partial(_sent_on, ("GetCapabilities", "GetMap", "GetFeatureInfo"))),
    "wmts": _LayerProvider(_wmts, partial(_sent_on, ())),
    "xyz": _LayerProvider(_xyz),
    "ogc tiles": _LayerProvider(_ogc_tiles),
    "scene": _LayerProvider(_scene, appends_path=True),
    "wcs": _LayerProvider(_wcs, partial(_sent_on, ())),
    "wfs": _LayerProvider(_wfs, partial(_sent_on, ())),
    "ogc features": _LayerProvider(_ogc_features, _linked, appends_path=True),
    "arcgis features": _LayerProvider(_arcgis_features, appends_path=True),
    "arcgis map": _LayerProvider(_arcgis_map, appends_path=True),
    "sensors": _LayerProvider(other_servers=_sensor_servers, appends_path=True, asked=_sensors),
    "file": _LayerProvider(_local, appends_path=True),
    "postgres": _LayerProvider(_local),
}
PROVIDERS = frozenset(_PROVIDERS)
"""The providers that a protocol's definition row may name."""
