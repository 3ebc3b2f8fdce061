"""SensorThings services as sources of QGIS's own provider: each place of a sensor with its latest observation."""

from __future__ import annotations

from qgis.core import Qgis, QgsDataSourceUri, QgsSensorThingsExpansionDefinition, QgsSensorThingsUtils
from qgis.PyQt.QtCore import Qt

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.services.protocols import sensorthings_layer
from ...core.services.record import ServiceRecord
from ...core.web.fetch import Fetch

PROVIDER = "sensorthings"
_Entity = Qgis.SensorThingsEntity
_AT_ONCE = 100
"""Things of a place, and sensors of one: django-ogc-sensorthings gives no more in a page."""


def other_servers(record: ServiceRecord, fetch: Fetch) -> tuple[str, ...]:
    """Servers to which the provider goes on from the service's own."""
    base = record.address()
    return tuple(server for server in _asked(record, fetch).servers if not base.same_origin(server))


def source_of(record: ServiceRecord, fetch: Fetch) -> tuple[QgsDataSourceUri, tuple[str, ...]]:
    """The source, without a login, and what a person should know of it.

    Raises
    ------
    InputError
        When the server does not answer what the provider asks, or the provider cannot name the property.
    """
    parts = _parts(record, sensorthings_layer.ORDERS[0])
    if list(map(QgsSensorThingsExpansionDefinition.fromString, _joined(parts).split(";"))) != parts:
        raise InputError(
            "QGIS cannot ask for a property with the name '{name}': fetch the values with 'Fetch observations'",
            name=record.layer,
        )
    found = _asked(record, fetch)
    if not found.order:
        raise InputError(
            "its server does not give the latest value of each sensor in one request, which a live layer "
            "needs: fetch the values with 'Fetch observations'"
        )
    uri = QgsDataSourceUri()
    uri.setParam("url", record.address().with_path())  # with a slash, which all servers take
    uri.setParam("entity", sensorthings_layer.ENTITY)
    uri.setParam("pageSize", str(_AT_ONCE))
    uri.setParam("expandTo", _joined(_parts(record, found.order)))
    uri.setWkbType(Qgis.WkbType.PointZ)
    uri.setSql(sensorthings_layer.place_filter(record.layer))
    kept = Message(
        "its server does not forbid QGIS to keep its answers (Cache-Control: no-store): QGIS may show old values until "
        "its network cache is emptied"
    )
    return uri, (kept,) if found.may_be_kept else ()


def _asked(record: ServiceRecord, fetch: Fetch) -> sensorthings_layer.LatestByPlace:
    return sensorthings_layer.ask(record, fetch, lambda order: _expand(_parts(record, order)))


def _parts(record: ServiceRecord, order: str) -> list[QgsSensorThingsExpansionDefinition]:
    """What is expanded, one within the other."""
    rising, falling = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    make = QgsSensorThingsExpansionDefinition
    return [
        make(_Entity.Thing, "", rising, _AT_ONCE),
        make(_Entity.Datastream, "", rising, _AT_ONCE, sensorthings_layer.property_filter(record.layer)),
        make(_Entity.Observation, order, falling, 1),
    ]


def _joined(parts: list[QgsSensorThingsExpansionDefinition]) -> str:
    return ";".join(part.toString() for part in parts)


def _expand(parts: list[QgsSensorThingsExpansionDefinition]) -> str:
    return str(QgsSensorThingsUtils.asQueryString(_Entity.Location, parts)).removeprefix("$expand=")
