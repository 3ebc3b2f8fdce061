"""What twin:buildingrisk joins: layers of buildings and water, the editable tables, core's assessment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, part
from ...core.risk import tables
from ...core.risk.assess import Assessment, assess
from ...core.risk.ingress import Water
from ...core.risk.reason_templates import WORDS
from ..kernel import resources
from ..kernel.vectors import FeatureTable, read_table
from . import checks, risk_layers

Bounds = tuple[float, float, float, float]


class WaterPort(Protocol):
    """Where the water comes from; `bridge.flood.water` has one."""

    name: str
    crs: QgsCoordinateReferenceSystem

    def cells(self) -> Cells:
        """All its cells."""

    def read(self, bounds: Bounds, dry_m: float, context: QgsProcessingContext, progress: Progress) -> Water:
        """The water within some bounds in `crs`."""


@dataclass(frozen=True)
class RiskLayers:
    """The vector layers of an assessment; only buildings must be there."""

    buildings: QgsFeatureSource
    storeys: QgsFeatureSource | None
    openings: QgsFeatureSource | None
    curves: QgsFeatureSource | None


@dataclass(frozen=True)
class RiskResult:
    """The assessment of a layer of buildings.

    Attributes
    ----------
    fields : QgsFields
    rows : iterable of (geometry, values by field)
        In the CRS of the buildings' layer.
    assessment : Assessment
    warnings : list of Message
    """

    fields: QgsFields
    rows: Iterable[tuple[Any, dict[str, Any]]]
    assessment: Assessment
    warnings: list[Message]


def assess_layers(
    layers: RiskLayers,
    water: WaterPort,
    region: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> RiskResult:
    """Assess the buildings of a layer.

    Everything is brought to the CRS of the water. The result keeps the buildings as they are, in their own CRS.

    Raises
    ------
    InputError
        When there are no buildings, or they do not meet the water.
    """
    checks.require_polygons(layers.buildings)
    read = _LayerReader(water.crs, context, feedback)
    table, storeys, openings = (read(source) for source in (layers.buildings, layers.storeys, layers.openings))
    if not len(table):
        raise InputError("The layer '{name}' has no buildings.", name=layers.buildings.sourceName())
    table, _ = checks.with_polygons(table)
    rules = tables.read_classes(resources.table("risk_classes"))
    exposure = tables.read_exposure(resources.table("exposure_by_use"))
    own_curves = read(layers.curves)
    curves = (
        risk_layers.curves_of(own_curves)
        if own_curves is not None
        else tables.read_curves(resources.table("damage_curves"), region)
    )
    ids = risk_layers.ids_of(table)
    numbers = {name: row for row, name in reversed(list(enumerate(ids)))}
    doors, warnings = (None, []) if openings is None else risk_layers.openings_of(openings, numbers, storeys)
    warnings = [*checks.equal_ids(ids), *warnings]
    floors = None if storeys is None else risk_layers.storeys_of(storeys, numbers)
    buildings = risk_layers.buildings_of(table, doors, floors)
    bounds = risk_layers.bounds_of(table)
    checks.require_meeting(layers.buildings, water, bounds)
    there = water.read(bounds, rules.dry_m, context, part(progress, 0, 0.3))
    words = {key: QCoreApplication.translate("RiskReasons", text) for key, text in WORDS.items()}
    risk_tables = tables.RiskTables(rules, curves, exposure)
    assessment = assess(buildings, there, risk_tables, part(progress, 0.3, 0.95), words)
    own = table if layers.buildings.sourceCrs() == water.crs else read(layers.buildings, as_is=True)
    own, _ = checks.with_polygons(own)
    fields = risk_layers.result_fields(layers.buildings.fields())
    rows = risk_layers.result_rows(own, fields, assessment)
    return RiskResult(fields, rows, assessment, [*warnings, *assessment.warnings])


@dataclass(frozen=True)
class _LayerReader:
    """Reads layers in a CRS; tables without geometry as they are."""

    crs: QgsCoordinateReferenceSystem
    context: QgsProcessingContext
    feedback: QgsProcessingFeedback

    def __call__(self, source: QgsFeatureSource | None, as_is: bool = False) -> FeatureTable | None:
        if source is None:
            return None
        # An invalid footprint still has a ring: the user's setting must not stop the run.
        source.setInvalidGeometryCheck(Qgis.InvalidGeometryCheck.NoCheck)
        placed = source.hasFeatures() and source.wkbType() != QgsWkbTypes.Type.NoGeometry
        crs = self.crs if placed and not as_is else None
        return read_table(source, self.feedback, crs, transform_context=self.context.transformContext())
