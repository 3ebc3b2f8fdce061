"""twin:checkservices: which services of the catalogue answer, how fast, and why the others do not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsGeometry,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsWkbTypes,
)

from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.translation import localized
from ...bridge.net import http
from ...core.common.tables import Column
from ..algorithm import Values
from .base import ServicesAlgorithm
from .common import codes

if TYPE_CHECKING:
    from ...core.common.bbox import BoundingBox
    from ...core.services.catalogue.store import Probe
    from ...core.services.record import ServiceRecord

COLUMNS = (
    Column("id", "text", "Id of the service in the catalogue"),
    Column("title", "text", "Title"),
    Column("subdivision", "text", "Code of the subdivision"),
    Column("protocol", "text", "Protocol"),
    Column("url", "text", "Address"),
    Column("layer", "text", "Layer, collection or table"),
    Column("state", "text", "alive, slow, denied, dead or unknown"),
    Column("latency_ms", "real", "Time of the answer"),
    Column("reason", "text", "Why it is not alive"),
    Column("checked", "text", "When it was asked, ISO 8601 UTC"),
)
BATCH = 200


class CheckServices(ServicesAlgorithm):
    ID = "checkservices"
    PACKAGES = ("shapely", "pyproj")

    def title(self) -> str:
        return self.tr("Check services")

    def help_text(self) -> str:
        return self.tr(
            "<p>Checks whether each service of the catalogue, or of a part of it, answers as its protocol requires, "
            "with the smallest request that shows it. The catalogue stores the result, so that searches can be "
            "limited to services that answer.</p><p>At most five requests are sent to one server at once, and a "
            "server that does not answer is tried once. Synthetic records are not checked.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_catalogue()
        help_text = self.tr("Only services whose title, description, keywords or layer have these words.")
        self.add_text("TEXT", self.tr("Words"), help_text)
        help_text = self.tr("Codes such as C07 (waterlogging) or A,C03; a letter is a category.")
        self.add_text("SUBDIVISION", self.tr("Subdivisions"), help_text)
        self.add_extent(self.tr("Only services whose extent touches this one."))
        help_text = self.tr("A service that does not answer within this time counts as offline.")
        self.add_number("TIMEOUT", self.tr("Time-out (s)"), 10, help_text, 0.5, 300, advanced=True)
        point = QgsProcessing.SourceType.TypeVectorAnyGeometry
        help_text = self.tr("A row for each service, at the centre of its extent where it has one.")
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", self.tr("State of services"), point), help_text)
        self.style("OUTPUT", "service_health")
        self.number_outputs(
            ALIVE=self.tr("Services online"),
            SLOW=self.tr("Services that are slow"),
            DENIED=self.tr("Services that deny access"),
            DEAD=self.tr("Services that are offline"),
        )

    def cancelled_text(self) -> str:
        return self.tr("Cancelled: the catalogue keeps the results so far, and no layer was written.")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Search the catalogue, check the records in parallel, and store each state in catalogue and layer."""
        fields, degrees = make_fields(COLUMNS), QgsCoordinateReferenceSystem("EPSG:4326")
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, QgsWkbTypes.Type.Point, degrees)
        counts: Counter[str] = Counter()
        for record, probe in self._probes(parameters, context, feedback):
            counts[probe.health.value] += 1
            sink.addFeature(_feature(fields, record, probe), QgsFeatureSink.Flag.FastInsert)
        text = self.tr("{alive} online, {slow} slow, {denied} deny access, {dead} offline, {unknown} not checked.")
        names = ("alive", "slow", "denied", "dead", "unknown")
        feedback.pushInfo(text.format(**{name: counts[name] for name in names}))
        return {"OUTPUT": place} | {name.upper(): counts[name] for name in names[:-1]}

    def _probes(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Iterator[tuple[ServiceRecord, Probe]]:
        """The records that were searched for with their states, which the catalogue stores in batches."""
        from ...bridge.services import protocols
        from ...core.services.catalogue.store import Probe, Search, utc_now
        from ...core.services.check import check_all

        search = Search(
            text=self.parameterAsString(parameters, "TEXT", context),
            subdivisions=codes(self.parameterAsString(parameters, "SUBDIVISION", context)),
            box=self.box(parameters, "EXTENT", context),
            limit=0,
        )
        seconds = self.parameterAsDouble(parameters, "TIMEOUT", context)
        unsaved: list[Probe] = []
        with (
            closing(self.catalogue(parameters, context, feedback, write=True)) as catalogue,
            http.opened(lambda fraction, text="": not feedback.isCanceled(), fail_fast=True) as fetch,
        ):
            records = catalogue.search(search).records
            try:
                for record, state in check_all(records, protocols.adapter, fetch, self.progress(feedback), seconds):
                    probe = Probe(record.id, state.health, state.reason, state.latency_ms, utc_now())
                    if not record.made:
                        unsaved.append(probe)
                    if len(unsaved) >= BATCH:
                        catalogue.set_health(unsaved)
                        unsaved.clear()
                    yield record, probe
            finally:
                catalogue.set_health(unsaved)


def _feature(fields: Any, record: ServiceRecord, probe: Probe) -> QgsFeature:
    feature = QgsFeature(fields)
    values = (record.id, record.title, record.subdivision, record.protocol.value, record.url, record.layer)
    feature.setAttributes([*values, probe.health.value, probe.latency_ms, localized(probe.reason), probe.time])
    if record.box is not None:
        feature.setGeometry(QgsGeometry.fromPointXY(_centre(record.box)))
    return feature


def _centre(box: BoundingBox) -> QgsPointXY:
    east = box.east if box.west <= box.east else box.east + 360.0
    return QgsPointXY(math.remainder((box.west + east) / 2.0, 360.0), (box.south + box.north) / 2.0)
