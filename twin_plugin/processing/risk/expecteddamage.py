"""twin:expecteddamage: what floods cost in a mean year, from several events, and what a measure avoids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.risk.expected_damage import Rule, Tail
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.risk.damage_run import DamageChoices, DamageResult


class ExpectedDamage(TwinAlgorithm):
    ID = "expecteddamage"
    GROUP_ID = ICON = "risk"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Expected annual damage")

    def help_text(self) -> str:
        return self.tr(
            "<p>Adds up what floods cost in a mean year, for each asset and in total: the damage of events with"
            " different return periods, weighed by their annual probability (1 / return period).</p><p>ASSESSMENTS are"
            " the building risk of several storms, a layer for each, with RETURN_PERIODS in the same order; or one"
            " table with a row for each asset and event. With MEASURE, the same events with a dike or a pump, it also"
            " gives the damage avoided, and what that is worth over YEARS against COST.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kind = QgsProcessing.SourceType.TypeVector
        layers = QgsProcessingParameterMultipleLayers("ASSESSMENTS", self.tr("Damage of the events"), kind)
        help_text = self.tr("Layers or tables with id and damage: one for each event, or one with all events.")
        self.add(layers, help_text)
        help_text = self.tr(
            "Years, one for each layer in the order of the layers, such as 2; 5; 10; 25. Empty: by RETURN_PERIOD_FIELD."
        )
        self.add_text("RETURN_PERIODS", self.tr("Return periods (years)"), help_text)
        layers = QgsProcessingParameterMultipleLayers("MEASURE", self.tr("Damage with a measure"), kind, None, True)
        self.add(layers, self.tr("The same events with the measure, in the same order and with the same fields."))
        help_text = self.tr("How damage runs between events: straight over probability, or over log return period.")
        self.add_choice("RULE", self.tr("Between events"), [r.value for r in Rule], Rule.TRAPEZOID.value, help_text)
        help_text = self.tr(
            "Beyond the rarest event: none leaves that damage out, flat takes that of the rarest event for all."
        )
        self.add_choice("TAIL", self.tr("Rare tail"), [t.value for t in Tail], Tail.FLAT.value, help_text)
        help_text = self.tr(
            "Return period at which damage begins, below that of the most frequent event: from there damage rises"
            " straight over probability. 0: more frequent events are left out."
        )
        self.add_number("ZERO_RETURN_PERIOD", self.tr("No damage up to (years)"), 0, help_text, 0)
        self._fields()
        self._districts()
        self._money()
        sink = QgsProcessingParameterFeatureSink
        help_text = self.tr("The assets with their expected annual damage, and which events are unknown.")
        self.add(sink("OUTPUT", self.tr("Expected damage"), QgsProcessing.SourceType.TypeVector), help_text)
        self.style("OUTPUT", "expected_damage")
        help_text = self.tr("A row for each event: probability and damage of all assets that are known in all events.")
        self.add(sink("CURVE", self.tr("Damage curve"), QgsProcessing.SourceType.TypeVector, None, True), help_text)
        help_text = self.tr("Sums for each district, with those of assets in no district: they add up to the total.")
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        self.add(sink("AREAS", self.tr("Expected damage by district"), kind, None, True, False), help_text)
        self.style("AREAS", "expected_damage_areas")
        kinds = self.tr("PNG picture (*.png);;SVG drawing (*.svg)")
        picture = QgsProcessingParameterFileDestination("PICTURE", self.tr("Chart"), kinds, None, True, False)
        help_text = self.tr(
            "Damage over annual probability: the area below the line is the expected annual damage, with its tails"
            " hatched and their shares."
        )
        self.add(picture, help_text)
        self.number_outputs(
            EAD=self.tr("Expected annual damage"),
            TAIL_SHARE=self.tr("Share of the tails (%)"),
            COUNT=self.tr("Assets"),
            UNKNOWN=self.tr("Assets with an unknown event"),
            EAD_MEASURE=self.tr("Expected annual damage with the measure"),
            AVOIDED=self.tr("Damage avoided in a year"),
            BENEFIT=self.tr("Present value of the damage avoided"),
            NPV=self.tr("Net present value"),
            BENEFIT_COST=self.tr("Benefit by cost"),
        )

    def _fields(self) -> None:
        """Names of fields: the layers are several, so that a list of fields cannot be offered."""
        for name, label, default, help_text in (
            ("ID_FIELD", self.tr("Id field"), "id", self.tr("Field that names an asset in all layers.")),
            ("DAMAGE_FIELD", self.tr("Damage field"), "damage", self.tr("Field with a share or money, 0 or more.")),
            (
                "RETURN_PERIOD_FIELD",
                self.tr("Return period field"),
                "return_period_a",
                self.tr("Field with the return period of the row in years; read where RETURN_PERIODS is empty."),
            ),
        ):
            self.add_text(name, label, help_text, advanced=True)
            self.parameterDefinition(name).setDefaultValue(default)
        help_text = self.tr("Such as CNY. Empty: that of the field currency, where the layers have one.")
        self.add_text("UNIT", self.tr("Unit of the damage"), help_text)

    def _districts(self) -> None:
        """Polygons to add up by."""
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        layer = QgsProcessingParameterFeatureSource("DISTRICTS", self.tr("Districts"), [kind], optional=True)
        help_text = self.tr(
            "Polygons in any CRS to add up by in AREAS. An asset counts in the district that holds a point inside it,"
            " where they overlap in the later one of the layer."
        )
        self.add(layer, help_text)
        field = QgsProcessingParameterField(
            "DISTRICT_FIELD", self.tr("Name of the districts"), None, "DISTRICTS", optional=True
        )
        self.add(field, self.tr("Field whose values name the districts in AREAS; empty: the feature id."))

    def _money(self) -> None:
        help_text = self.tr("Years over which the measure works. Only with MEASURE.")
        self.add_number("YEARS", self.tr("Life of the measure (years)"), 50, help_text, 1, 500, advanced=True)
        help_text = self.tr("By which a benefit is worth less for each year that it comes later.")
        self.add_number("DISCOUNT_PCT", self.tr("Discount rate (% a year)"), 4, help_text, 0, 50, advanced=True)
        help_text = self.tr("Of the measure today, in the unit of the damage.")
        self.add_number("COST", self.tr("Cost of the measure"), 0, help_text, 0, advanced=True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the events, integrate them (bridge/risk/damage_run), and write assets and curve."""
        from ...bridge.kernel.chart_page import draw
        from ...bridge.risk.damage_chart import DamageChart
        from ...bridge.risk.damage_run import COLUMNS, CURVE, assess_damage

        layers, measure = (self._layers(parameters, name, context) for name in ("ASSESSMENTS", "MEASURE"))
        if not layers:
            raise InputError(self.tr("ASSESSMENTS cannot be read: choose layers or tables."))
        result = assess_damage(layers, measure, self._choices(parameters, context), feedback)
        self.push_warnings(result.warnings, feedback)
        run = parameters, context, feedback
        kind, crs = layers[0].wkbType(), layers[0].crs()
        if QgsWkbTypes.geometryType(kind) != QgsWkbTypes.GeometryType.PolygonGeometry:
            self._styles.pop("OUTPUT", None)
        places = write_output(self, "OUTPUT", *run, COLUMNS, result.rows, kind, crs)
        places |= write_output(self, "CURVE", *run, CURVE, result.curve)
        places |= self._write_areas(result, crs, *run)
        if parameters.get("PICTURE"):
            places["PICTURE"] = self.parameterAsFileOutput(parameters, "PICTURE", context)
            draw(DamageChart(result), places["PICTURE"])
        self.push_lines(result.lines, feedback)
        return {**places, **result.numbers}

    def _write_areas(
        self,
        result: DamageResult,
        crs: QgsCoordinateReferenceSystem,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Values:
        """Add up by district where districts are given."""
        from ...bridge.risk import damage_areas

        source = self.parameterAsSource(parameters, "DISTRICTS", context)
        if source is None or not parameters.get("AREAS"):
            if parameters.get("AREAS"):
                raise InputError(self.tr("AREAS needs a layer of polygons: choose one in DISTRICTS."))
            if source is not None:
                feedback.pushWarning(self.tr("DISTRICTS is not used: choose a place for AREAS too."))
            return {}
        name = self.parameterAsString(parameters, "DISTRICT_FIELD", context)
        districts = damage_areas.Districts(source, name, crs, context.transformContext(), feedback)
        rows, warnings, lines = districts.rows(result)
        self.push_warnings(warnings, feedback)
        self.push_lines(lines, feedback)
        kind = QgsWkbTypes.Type.MultiPolygon
        return write_output(self, "AREAS", parameters, context, feedback, damage_areas.COLUMNS, rows, kind, crs)

    def _layers(self, parameters: Values, name: str, context: QgsProcessingContext) -> list[QgsVectorLayer]:
        found = self.parameterAsLayerList(parameters, name, context) or []
        return [layer for layer in found if isinstance(layer, QgsVectorLayer)]

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> DamageChoices:
        """What the user decides."""
        from ...bridge.risk.damage_events import DamageFields
        from ...bridge.risk.damage_run import DamageChoices
        from ...core.risk.expected_damage import Integral

        names = ("ID_FIELD", "DAMAGE_FIELD", "RETURN_PERIOD_FIELD", "RETURN_PERIODS", "UNIT", "RULE", "TAIL")
        asset, damage, period, periods, unit, rule, tail = (
            self.parameterAsString(parameters, name, context) for name in names
        )
        zero_a, years, discount_pct, cost = (
            self.parameterAsDouble(parameters, name, context)
            for name in ("ZERO_RETURN_PERIOD", "YEARS", "DISCOUNT_PCT", "COST")
        )
        fields = DamageFields(asset or "id", damage or "damage", period or "return_period_a")
        return DamageChoices(fields, periods, Integral(Rule(rule), Tail(tail), zero_a), unit, years, discount_pct, cost)
