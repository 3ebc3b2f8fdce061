"""twin:buildingrisk: which buildings the water enters, where, when and how deep."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from ...bridge.kernel import kernels
from ...bridge.kernel.column_writing import write_blocks
from ...core.common.errors import InputError
from ...core.risk.below_first import BelowFirst
from ...core.risk.rules import Rule
from ..algorithm import TwinAlgorithm, Values
from . import risk_options

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

    def declare(self, configuration: Values) -> None:
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
        help_text = self.tr("Region of the JRC's curves (2017), used where CURVES is empty.")
        self.add_choice("REGION", self.tr("Region"), REGIONS, "asia", help_text, advanced=True)
        self._declare_fields()
        help_text = self.tr("The buildings with their own fields and the results.")
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Building risk"), kind.TypeVectorPolygon)
        self.add(sink, help_text)
        self.style("OUTPUT", "building_risk")
        for number in range(5):
            self.number_outputs(**{f"CLASS_{number}": self.tr("Buildings of class {n}").format(n=number)})
        self.number_outputs(UNKNOWN=self.tr("Buildings of unknown class"))

    def _declare_fields(self) -> None:
        """Which fields are read, and what a gap of DEPTH means."""
        field, text = QgsProcessingParameterField, QgsProcessingParameterField.DataType.Any
        for name, label, help_text in (
            (
                "USE_FIELD",
                self.tr("Use field"),
                self.tr(
                    "Field of the use, in words of any kind; empty: use, type, function and other usual names, the"
                    " first with a known word."
                ),
            ),
            (
                "PEOPLE_FIELD",
                self.tr("People field"),
                self.tr("Field of the people in the building; empty: people, residents, occupants, population."),
            ),
            (
                "FLOOR_FIELD",
                self.tr("Ground floor field"),
                self.tr(
                    "Field of the ground floor's level in m above the terrain's datum; empty: ground_floor_elev_m."
                ),
            ),
        ):
            self.add(field(name, label, None, "BUILDINGS", text, optional=True), help_text, True)
        help_text = self.tr(
            "What a cell of DEPTH without data means: unknown, or dry, as in maps that show water only. With dry, "
            "values below 0 are dry too; else they are refused."
        )
        self.add_choice("NO_DATA", self.tr("No data in DEPTH"), ("unknown", "dry"), "unknown", help_text)
        risk_options.declare(self)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Assess the buildings against the water (bridge/risk/run), and write them with the results."""
        sources = [
            self.parameterAsSource(parameters, n, context)
            for n in ("BUILDINGS", "STOREYS", "OPENINGS", "CURVES", "VALUES")
        ]
        if sources[0] is None:
            raise InputError(self.tr("BUILDINGS cannot be read: choose a layer of footprints."))
        kernels.ready("risk", self.progress(feedback))
        from ...bridge.flood.water import WaterSource
        from ...bridge.risk.risk_layers import BuildingFields
        from ...bridge.risk.run import RiskChoices, RiskLayers, assess_layers

        rasters = [self.parameterAsRasterLayer(parameters, name, context) for name in ("DEPTH", "LEVEL", "ARRIVAL")]
        fields = ("USE_FIELD", "PEOPLE_FIELD", "FLOOR_FIELD", "VALUE_FIELD", "CONTENT_FIELD")
        names = ("REGION", "NO_DATA", "RULE", "BELOW_CURVE", "CURRENCY")
        texts = [self.parameterAsString(parameters, name, context) for name in (*fields, *names)]
        chosen, (region, no_data, rule, below, currency) = BuildingFields(*texts[:5]), texts[5:]
        unit = risk_options.chosen_unit(self, parameters, context)
        hour = risk_options.chosen_hour(self, parameters, context)
        choices = RiskChoices(region, chosen, Rule(rule), unit, BelowFirst(below), currency, hour)
        progress, path = self.progress(feedback), self.parameterAsFile(parameters, "RESULT", context)
        water = WaterSource(*rasters, path, no_data == "dry", progress)
        layers = RiskLayers(*sources, self.whole_layer(parameters, "BUILDINGS", context))
        result = assess_layers(layers, water, choices, context, feedback, progress)
        self.push_warnings([*water.warnings(), *result.warnings], feedback)
        crs, multi = sources[0].sourceCrs(), QgsWkbTypes.Type.MultiPolygon
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, result.fields, multi, crs)
        write_blocks(sink, result.fields, result.blocks, feedback)
        self.push_lines(result.table, feedback)
        classes = {f"CLASS_{n}": count for n, count in result.counts.items() if n is not None}
        return {"OUTPUT": place, "UNKNOWN": result.counts[None], **classes, **result.sums}
