"""What twin:buildingrisk joins: layers of buildings and water, the editable tables, core's assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...core.common.cells import Cells
from ...core.common.csv_table import read_rows
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.common.tables import Column
from ...core.risk import tables
from ...core.risk.assess import Assessment, assess_tiles
from ...core.risk.below_first import BelowFirst
from ...core.risk.curve_names import known_curves
from ...core.risk.curves import read_curves
from ...core.risk.footprints import Footprints
from ...core.risk.ingress import TiledWater
from ...core.risk.money import Losses
from ...core.risk.presence import read_presence
from ...core.risk.reason_templates import WORDS
from ...core.risk.rules import Rule
from ...core.risk.uses import UseWords, read_words
from ..kernel import resources
from ..kernel.flood_run import RUN_FIELD
from ..kernel.input_table import Entry, table_lines
from ..kernel.layer_file import rows_of
from ..kernel.meeting import require_meeting
from ..kernel.number_fields import require_field
from ..kernel.vectors import FeatureTable, read_table
from . import checks, risk_layers
from .building_rows import BuildingTable, FileRows, HeldRows, OwnRows, read_file
from .input_entries import building_entries
from .money_layers import loss_sums, losses_of, money_entry, money_notes, read_money, sum_line

Bounds = tuple[float, float, float, float]


class NearPort(TiledWater, Protocol):
    """Water near features, of which a tile at a time is read."""

    def finish(self, progress: Progress) -> None:
        """Tell what was noticed in the tiles; raises InputError where the inputs contradict each other."""


class WaterPort(Protocol):
    """Where the water comes from; `bridge.flood.water` has one."""

    name: str
    crs: QgsCoordinateReferenceSystem
    run: str

    def cells(self) -> Cells:
        """All its cells."""

    def near(self, bounds: Bounds, dry_m: float, context: QgsProcessingContext, progress: Progress) -> NearPort:
        """The water within some bounds in `crs`, to be read tile by tile."""

    def entries(self) -> Iterable[Entry]:
        """What was read of it, for the table at the end of the log."""


@dataclass(frozen=True)
class RiskLayers:
    """The vector layers of an assessment; only buildings must be there.

    `whole` is the layer of the buildings where all of its features are assessed, so that its file may be read.
    """

    buildings: QgsFeatureSource
    storeys: QgsFeatureSource | None
    openings: QgsFeatureSource | None
    curves: QgsFeatureSource | None
    values: QgsFeatureSource | None = None
    whole: QgsVectorLayer | None = None


@dataclass(frozen=True)
class RiskChoices:
    """How an assessment reads its layers.

    Attributes
    ----------
    region : str
        Of the published damage curves.
    fields : BuildingFields
    rule : Rule
        Which cells of the water count for a building, and how.
    depth_unit : str
        Of a column `depth` of the user's curves, "m" or "ft"; else "".
    below : BelowFirst
        What water costs below the first point of a curve.
    currency : str
        "" where no money is asked for, or a table names it.
    hour : float, optional
        At which people are counted; all of them where it is None.
    """

    region: str
    fields: risk_layers.BuildingFields
    rule: Rule = Rule.RING
    depth_unit: str = ""
    below: BelowFirst = BelowFirst.AUTO
    currency: str = ""
    hour: float | None = None


@dataclass(frozen=True)
class RiskResult:
    """The assessment of a layer of buildings.

    Attributes
    ----------
    fields : QgsFields
    blocks : iterable of (ndarray of shapely geometries, dict of str to sequence)
        The rows, in the CRS of the buildings' layer, with their values by field, read when the caller asks for them.
    counts : dict of int or None to int
        How many buildings are in each class, and under None those unknown.
    warnings : list of Message
    table : list of Message
        The lines of the table of what was read, left out and guessed.
    sums : dict of str to float
        Sums of people and, where money was asked for, of losses, by the names of the outputs.
    """

    fields: QgsFields
    blocks: Iterable[tuple[np.ndarray, Mapping[str, Sequence[Any]]]]
    counts: dict[int | None, int]
    warnings: list[Message]
    table: list[Message]
    sums: dict[str, float]


def assess_layers(
    layers: RiskLayers,
    water: WaterPort,
    choices: RiskChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> RiskResult:
    """Assess the buildings of a layer.

    Everything is brought to the CRS of the water. The result keeps the buildings as they are, in their own CRS.

    Raises
    ------
    InputError
        When there are no buildings, they do not meet the water, or a table or a currency is not right.
    """
    checks.require_polygons(layers.buildings)
    reader = _LayerReader(water.crs, context, feedback)
    table, own = _read_rows(layers, choices.fields, reader, feedback)
    if not len(table):
        raise InputError("The layer '{name}' has no buildings.", name=layers.buildings.sourceName())
    advance(progress, 0.0, Message("Checks of the buildings"))
    for name in vars(choices.fields).values():
        require_field(table, name, layers.buildings.sourceName())
    risk_tables = _tables(reader(layers.curves), choices)
    money = read_money(
        choices.currency,
        choices.fields,
        reader(layers.values),
        choices.region,
        _use_words(risk_tables.exposure.sectors),
    )
    ids = risk_layers.ids_of(table)
    warnings = checks.equal_ids(ids)
    advance(progress, 0.0)
    warnings += [
        *checks.odd_shapes(table.footprints),
        *checks.same_outlines(table.footprints),
        *checks.rule_beside_run(choices.rule, water.run),
    ]
    advance(progress, 0.0)
    read, entries = _read_buildings(table, ids, layers, reader, choices.fields, risk_tables, warnings, progress)
    bounds = table.footprints.bounds()
    require_meeting(layers.buildings, water, bounds)
    there = water.near(bounds, risk_tables.rules.dry_m, context, part(progress, 0, 0.1))
    there.name = checks.named(water.name, water.crs)
    buildings = replace(read.buildings, name=checks.named(layers.buildings.sourceName(), layers.buildings.sourceCrs()))
    assessment = assess_tiles(buildings, there, risk_tables, part(progress, 0.1, 0.9), choices.rule)
    there.finish(part(progress, 0.9, 0.95))
    losses = None if money is None else losses_of(money, choices.fields, read, assessment, risk_tables)
    shown = _shown_columns(choices, risk_tables, losses)
    fields = risk_layers.result_fields(layers.buildings.fields(), shown)
    results = _Results(read, assessment, {} if losses is None else losses.columns(), water.run or None)
    blocks = risk_layers.result_blocks(table, own, layers.buildings.fields(), fields, results)
    entries = [*water.entries(), *building_entries(read, assessment, risk_tables), *entries]
    warnings += [*read.numbers.warnings, *checks.unknown_uses(read.uses), *checks.no_data_around(assessment)]
    if money is not None and losses is not None:
        entries.append(money_entry(losses, money))
        warnings += money_notes(losses, assessment)
    lines = table_lines(entries)
    if losses is not None:
        lines.append(sum_line(losses))
    sums = assessment.people_sums() | ({} if losses is None else loss_sums(losses, assessment))
    return RiskResult(fields, blocks, assessment.counts(), [*warnings, *assessment.warnings], lines, sums)


class _Results:
    """The results of some buildings by field."""

    def __init__(
        self,
        read: risk_layers.BuildingsRead,
        assessment: Assessment,
        more: Mapping[str, np.ndarray],
        run: str | None,
    ) -> None:
        self._read, self._assessment, self._run = read, assessment, run
        self._columns = {**assessment.columns, "assessed_use": read.buildings.use, **more}
        self._words = {key: QCoreApplication.translate("RiskReasons", text) for key, text in WORDS.items()}

    def __call__(self, rows: slice) -> dict[str, np.ndarray]:
        found = {name: values[rows] for name, values in self._columns.items()}
        found["reason"] = self._assessment.reasons(self._words, rows)
        found["doubts"] = self._read.doubts(rows)
        found[RUN_FIELD] = np.full(len(found["reason"]), self._run, object)
        return found


def _read_rows(
    layers: RiskLayers, chosen: risk_layers.BuildingFields, reader: _LayerReader, feedback: QgsProcessingFeedback
) -> tuple[BuildingTable, OwnRows]:
    """The buildings, brought to the CRS of the water, and their rows as they are for the output."""
    source, name = layers.buildings, layers.buildings.sourceName()
    same_crs = source.sourceCrs() == reader.crs
    go_on = lambda: not feedback.isCanceled()  # noqa: E731
    rows = rows_of(layers.whole, go_on)
    if rows is not None and same_crs:
        table = read_file(rows, risk_layers.names_used(chosen, rows.columns), source, feedback)
        return table, FileRows(rows, table.ids, name, go_on)
    read = reader(source)
    footprints = Footprints.of(read.geometries)
    table = BuildingTable(read.columns, read.ids, footprints)
    if rows is not None:
        return table, FileRows(rows, table.ids, name, go_on)
    if same_crs:
        return table, HeldRows(read, footprints)
    as_is = reader(source, as_is=True)
    return table, HeldRows(as_is, Footprints.of(as_is.geometries))


def _shown_columns(choices: RiskChoices, risk_tables: tables.RiskTables, losses: Losses | None) -> tuple[Column, ...]:
    """The columns of the output: those of every assessment, and those of what was asked for."""
    *first, last = risk_layers.RESULTS
    content = losses is not None or bool(risk_tables.curves.contents)
    return (
        *first,
        *(risk_layers.CONTENT_RESULTS if content else ()),
        *(risk_layers.MONEY_RESULTS if losses is not None else ()),
        *(risk_layers.TIME_RESULTS if choices.hour is not None else ()),
        last,
    )


def _tables(own_curves: FeatureTable | None, choices: RiskChoices) -> tables.RiskTables:
    """The editable tables, with the user's own curves where there are any."""
    exposure = tables.read_exposure(resources.table("exposure_by_use"))
    if own_curves is None:
        curves = read_curves(resources.table("damage_curves"), choices.region, choices.below)
    else:
        rows = read_rows(resources.table("sector_words"), ("sector", "keyword"))
        sectors = {*exposure.sectors.values(), *(row["sector"] for row in rows)}
        own = risk_layers.curves_of(own_curves, choices.depth_unit, choices.below)
        curves = known_curves(own, sectors, rows, _use_words(exposure.sectors))
    presence = None if choices.hour is None else read_presence(resources.table("presence_by_use"), choices.hour)
    return tables.RiskTables(tables.read_classes(resources.table("risk_classes")), curves, exposure, presence)


def _use_words(known: Iterable[str]) -> UseWords:
    return read_words(resources.table("building_use"), known, resources.table("street_words"))


def _read_buildings(
    table: BuildingTable,
    ids: list[str],
    layers: RiskLayers,
    reader: _LayerReader,
    chosen: risk_layers.BuildingFields,
    risk_tables: tables.RiskTables,
    warnings: list[Message],
    progress: Progress,
) -> tuple[risk_layers.BuildingsRead, list[Entry]]:
    """The buildings with their storeys and openings; adds to `warnings`, and gives the entries of both layers."""
    storeys, openings = reader(layers.storeys), reader(layers.openings)
    joined = storeys is not None or openings is not None
    numbers = {name: row for row, name in reversed(list(enumerate(ids)))} if joined else {}
    entries, floors, doors = [], None, None
    if storeys is not None:
        floors, texts = risk_layers.storeys_of(storeys, numbers)
        warnings += texts
        n = len(floors.building)
        entries.append(Entry(Message("Storeys"), n, len(storeys) - n, 0, Message.joined(texts)))
    if openings is not None:
        doors, texts = risk_layers.openings_of(openings, numbers, storeys)
        warnings += texts
        n = len(doors.building)
        entries.append(Entry(Message("Openings"), n, len(openings) - n, 0, Message.joined(texts)))
    known = (*risk_tables.exposure.sectors, *risk_tables.curves.curves)
    return risk_layers.buildings_of(table, chosen, _use_words(known), doors, floors, progress), entries


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
        if isinstance(source, QgsProcessingFeatureSource):  # a CSV is read through a layer, which checks nothing
            source.setInvalidGeometryCheck(Qgis.InvalidGeometryCheck.NoCheck)
        placed = source.hasFeatures() and source.wkbType() != QgsWkbTypes.Type.NoGeometry
        crs = self.crs if placed and not as_is else None
        return read_table(source, self.feedback, crs, transform_context=self.context.transformContext())
