"""twin:buildingrisk: which buildings the water enters, where, when and how deep."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...bridge.kernel import resources
from ...bridge.kernel.vectors import FeatureTable, read_table, write_rows
from ...core.common.errors import InputError, ResourceError
from ...core.common.progress import part
from ..algorithm import TwinAlgorithm

REGIONS = ("asia", "africa", "europe", "north_america", "oceania", "south_america")


class BuildingRisk(TwinAlgorithm):
    ID = "buildingrisk"
    GROUP_ID = ICON = "risk"
    PACKAGES = ("shapely", "numba")

    def title(self) -> str:
        return self.tr("Building risk")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares the water outside each building with the sills of its openings, and shows which buildings it"
            " enters, where, when and how deep, with a sentence for each that gives the reason.</p><p>The water "
            "outside is that of the cells around the footprint. Class 0: less than 0.05 m outside; 1: none inside; 2:"
            " less than 0.15 m above a sill; 3: less than 0.5 m, or a basement is reached; 4: more; empty: unknown. "
            "Without openings the ground floor plus 0.15 m counts, without a ground floor the depth outside above "
            "0.15 m. Choose DEPTH and LEVEL, or RESULT, or all three; the time of ingress needs RESULT.</p>"
        )

    def declare(self, configuration: dict[str, Any]) -> None:
        kind = QgsProcessing.SourceType
        source, raster = QgsProcessingParameterFeatureSource, QgsProcessingParameterRasterLayer
        help_text = self.tr("Polygons; fields used: ground_floor_elev_m, storeys_above, storeys_below, use, people.")
        self.add(source("BUILDINGS", self.tr("Buildings"), [kind.TypeVectorPolygon]), help_text)
        help_text = self.tr("Storeys with building_id, number and elev_m, as 'Load BIM models' writes them.")
        self.add(source("STOREYS", self.tr("Storeys"), [kind.TypeVector], optional=True), help_text)
        help_text = self.tr("Openings with building_id, kind and sill_elev_m, as 'Load BIM models' writes them.")
        self.add(source("OPENINGS", self.tr("Openings"), [kind.TypeVectorPoint], optional=True), help_text)
        help_text = self.tr("Maximum depth in m, 0 where dry: DEPTH_MAX of the flood simulation.")
        self.add(raster("DEPTH", self.tr("Maximum depth"), optional=True), help_text)
        help_text = self.tr("Maximum water level in m above the terrain's datum: LEVEL_MAX of the flood simulation.")
        self.add(raster("LEVEL", self.tr("Maximum water level"), optional=True), help_text)
        help_text = self.tr("First arrival of water in minutes: ARRIVAL of the flood simulation.")
        self.add(raster("ARRIVAL", self.tr("Arrival time"), optional=True), help_text)
        help_text = self.tr("Depths and levels over time: RESULT of the flood simulation (.nc).")
        self.add(
            QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc", optional=True), help_text
        )
        help_text = self.tr("Your own depth-damage curves: sector (or a use), depth_m and damage_fraction in each row.")
        self.add(source("CURVES", self.tr("Damage curves"), [kind.TypeVector], optional=True), help_text, True)
        region = QgsProcessingParameterEnum("REGION", self.tr("Region"), list(REGIONS), False, "asia", False, True)
        self.add(region, self.tr("Region of the JRC's curves (2017), used where CURVES is empty."), True)
        help_text = self.tr("The buildings with their own fields and the results.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Building risk"), kind.TypeVectorPolygon)
        self.add(sink, help_text)
        self.style("OUTPUT", "building_risk")
        for number in range(5):
            label = self.tr("Buildings of class {n}").format(n=number)
            self.addOutput(QgsProcessingOutputNumber(f"CLASS_{number}", label))
        self.addOutput(QgsProcessingOutputNumber("UNKNOWN", self.tr("Buildings of unknown class")))

    def execute(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Join buildings, storeys and openings with the water around them, classify, and write rows and reasons."""
        from ...bridge.flood.water import WaterSource
        from ...bridge.risk import risk_layers as riskdata
        from ...core.risk import tables
        from ...core.risk.assess import assess
        from ...core.risk.reason_templates import WORDS

        source = self.parameterAsSource(parameters, "BUILDINGS", context)
        if source is None:
            raise InputError(self.tr("BUILDINGS cannot be read: choose a layer of footprints."))
        source.setInvalidGeometryCheck(Qgis.InvalidGeometryCheck.NoCheck)
        layers = [self.parameterAsRasterLayer(parameters, name, context) for name in ("DEPTH", "LEVEL", "ARRIVAL")]
        found = WaterSource(*layers, self.parameterAsFile(parameters, "RESULT", context))
        rules = tables.read_classes(resources.table("risk_classes"))
        table, storeys, openings = (
            self._table(parameters, name, context, feedback, found.crs) for name in ("BUILDINGS", "STOREYS", "OPENINGS")
        )
        if not len(table):
            raise InputError(self.tr("The layer '{name}' has no buildings.").format(name=source.sourceName()))
        numbers = {name: row for row, name in reversed(list(enumerate(riskdata.ids_of(table))))}
        progress = self.progress(feedback)
        water = found.read(riskdata.bounds_of(table), rules.dry_m, context, part(progress, 0, 0.3))
        doors, texts = (None, []) if openings is None else riskdata.openings_of(openings, numbers, storeys)
        floors = None if storeys is None else riskdata.storeys_of(storeys, numbers)
        exposure = tables.read_exposure(resources.table("exposure_by_use"))
        own_curves = self._table(parameters, "CURVES", context, feedback, None)
        region = self.parameterAsString(parameters, "REGION", context)
        curves = (
            riskdata.curves_of(own_curves)
            if own_curves
            else tables.read_curves(resources.table("damage_curves"), region)
        )
        buildings = riskdata.buildings_of(table)
        words = {key: QCoreApplication.translate("RiskReasons", text) for key, text in WORDS.items()}
        result = assess(buildings, water, doors, floors, rules, curves, exposure, part(progress, 0.3, 0.95), words)
        for text in texts + result.warnings:
            feedback.pushWarning(text)
        # The output keeps the buildings as they are, in their own CRS.
        own = table if source.sourceCrs() == found.crs else read_table(source, feedback)
        fields = riskdata.result_fields(source.fields())
        multi = QgsWkbTypes.Type.MultiPolygon
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, multi, source.sourceCrs())
        if sink is None:
            raise ResourceError(self.tr("The layer of results cannot be written: choose another place for OUTPUT."))
        write_rows(sink, fields, riskdata.result_rows(own, fields, result), feedback)
        counts = result.counts()
        return {"OUTPUT": place, "UNKNOWN": counts.pop(None), **{f"CLASS_{n}": count for n, count in counts.items()}}

    def _table(
        self,
        parameters: dict[str, Any],
        name: str,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        crs: Any,
    ) -> FeatureTable | None:
        source = self.parameterAsSource(parameters, name, context)
        if source is None:
            return None
        # An invalid footprint still has a ring: the user's setting must not stop the run.
        source.setInvalidGeometryCheck(Qgis.InvalidGeometryCheck.NoCheck)
        place = crs if source.hasFeatures() and source.wkbType() != QgsWkbTypes.Type.NoGeometry else None
        return read_table(source, feedback, place, transform_context=context.transformContext())
