"""twin:designstorm: a design rainfall, or a gauge's, as depths of successive steps."""

from __future__ import annotations

import math
from collections.abc import Iterator

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsWkbTypes,
)

from ...bridge.kernel import resources
from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.gdal_calls import every_feature
from ...bridge.kernel.vectors import field_named, write_rows
from ...core.common.errors import InputError
from ...core.common.tables import Column
from ...core.flood import rainfall, rainfall_series
from ..algorithm import TwinAlgorithm, Values

COLUMNS = (
    Column("time_min", "real", "End of the step, minutes from the start of the storm"),
    Column("depth_mm", "real", "Rain of the step"),
    Column("intensity_mm_h", "real", "Intensity during the step"),
    Column("return_period", "real", "Return period of the storm in years; empty for a gauge's rain"),
)

ZONES = ("west", "central", "east", "shenshan", "custom")


class DesignStorm(TwinAlgorithm):
    ID = "designstorm"
    GROUP_ID = "flood"
    ICON = "storm"

    def title(self) -> str:
        return self.tr("Design storm")

    def help_text(self) -> str:
        return self.tr(
            "<p>Computes the rain of a storm, step by step, for the flood simulation: from Shenzhen's formulas of "
            "2024, from any city's formula q = A (1 + C lg P) / (t + b)^n, or from a gauge's table.</p><p>The depth "
            "is H = q t / 167 mm, as in the published tables; the steps are exact integrals and add up to H. West is "
            "Bao'an, Guangming, Longhua; central Nanshan, Futian, Luohu; east Yantian, Pingshan, Dapeng.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_choice(
            "ZONE", self.tr("Zone"), ZONES, "central", self.tr("A zone of Shenzhen, or custom for A, B and N.")
        )
        help_text = self.tr("1, 2, 3, 5, 10, 20, 30, 50 or 100 for the zones; any for custom, where the formula has C.")
        self.add_number("RETURN_PERIOD", self.tr("Return period (years)"), 50, help_text)
        self.add_number(
            "DURATION", self.tr("Duration (min)"), 120, self.tr("The published formulas hold from 5 to 180.")
        )
        self.add_number("STEP", self.tr("Step (min)"), 5, self.tr("The last step may be shorter."))
        patterns = tuple(pattern.value for pattern in rainfall.Pattern)
        help_text = self.tr("How the depth is distributed over time; gauge uses the measured depths unchanged.")
        self.add_choice("PATTERN", self.tr("Pattern"), patterns, "chicago", help_text)
        help_text = self.tr("Time of the peak of chicago and triangular as a share of the duration, from 0 to 1.")
        self.add_number("PEAK_RATIO", self.tr("Peak ratio"), 0.4, help_text, advanced=True)
        help_text = self.tr("Custom: A of q = A (1 + C lg P) / (t + b)^n.")
        self.add_number("A", self.tr("A (L/(s·ha))"), None, help_text)
        self.add_number("B", self.tr("b (min)"), None, self.tr("Custom: b of the formula."))
        self.add_number("N", self.tr("n"), None, self.tr("Custom: n of the formula."))
        help_text = self.tr("Custom, instead of A: A1 of q = 167 A1 (1 + C lg P) / (t + b)^n, as GB 50014 writes it.")
        self.add_number("A1", self.tr("A1 (mm/min)"), None, help_text, advanced=True)
        help_text = self.tr("Custom: C of the formula; with 0 the return period has no effect.")
        self.add_number("C", self.tr("C"), 0, help_text, advanced=True)
        table = QgsProcessing.SourceType.TypeVector
        help_text = self.tr("Rain that one gauge measured, a row per step: its end in minutes and its depth in mm.")
        gauge = QgsProcessingParameterFeatureSource("GAUGE", self.tr("Gauge table"), [table], optional=True)
        self.add(gauge, help_text)
        help_text = self.tr("Of the gauge table: the end of the step in minutes.")
        field = QgsProcessingParameterField("TIME_FIELD", self.tr("Time field"), "time_min", "GAUGE", optional=True)
        self.add(field, help_text, True)
        field = QgsProcessingParameterField("DEPTH_FIELD", self.tr("Depth field"), "depth_mm", "GAUGE", optional=True)
        self.add(field, self.tr("Of the gauge table: the depth of the step in mm."), True)
        help_text = self.tr("A table with time_min, depth_mm, intensity_mm_h and return_period.")
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Design storm"), table), help_text)
        self.number_outputs(TOTAL_MM=self.tr("Total depth (mm)"))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Compute the steps from a formula or a gauge's table, and write them."""
        pattern = rainfall.Pattern(self.parameterAsString(parameters, "PATTERN", context))
        step_min, duration_min, peak_ratio = (
            self.parameterAsDouble(parameters, name, context) for name in ("STEP", "DURATION", "PEAK_RATIO")
        )
        if pattern is rainfall.Pattern.GAUGE:
            storm = self._gauge(parameters, context, feedback).resampled(step_min)
        else:
            formula = self._formula(parameters, context)
            storm = rainfall.design_storm(formula, duration_min, step_min, pattern, peak_ratio)
            own = self.parameterAsString(parameters, "ZONE", context) == "custom"
            self.push_warnings(
                filter(None, (rainfall.validity_warning(duration_min), own and rainfall.unit_warning(storm))), feedback
            )
        self.push_warnings(self._unused(parameters, context), feedback)
        fields, none = make_fields(COLUMNS), QgsWkbTypes.Type.NoGeometry
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, none, QgsCoordinateReferenceSystem())
        period = self._period(parameters, context)
        rows = zip(storm.end_min, storm.depth_mm, storm.intensity_mm_h, strict=True)
        values = ((None, dict(zip(fields.names(), (*row, period), strict=True))) for row in rows)
        write_rows(sink, fields, values, feedback)
        total, peak = f"{storm.total_mm:.3f}", f"{storm.intensity_mm_h.max():.1f}"
        text = self.tr("{total} mm in {duration} min; the heaviest step has {peak} mm/h.")
        feedback.pushInfo(text.format(total=total, duration=f"{storm.duration_min:g}", peak=peak))
        return {"OUTPUT": place, "TOTAL_MM": storm.total_mm}

    def _unused(self, parameters: Values, context: QgsProcessingContext) -> Iterator[str]:
        """Sentences on values that were given and have no effect, as the choice that they belong to was not made."""
        pattern, zone = (self.parameterAsString(parameters, name, context) for name in ("PATTERN", "ZONE"))
        gauge = pattern == rainfall.Pattern.GAUGE.value
        if not gauge and parameters.get("GAUGE") not in (None, ""):
            text = self.tr(
                "GAUGE has no effect with the pattern {pattern}: choose the pattern gauge for measured rain."
            )
            yield text.format(pattern=pattern)
        names = [name for name in ("A", "B", "N", "A1") if parameters.get(name) not in (None, "")]
        if names and not gauge and zone != "custom":
            text = self.tr("{names} have no effect in the zone {zone}: choose the zone custom for your own formula.")
            yield text.format(names=", ".join(names), zone=zone)

        yield from self._unused_numbers(parameters, context, pattern, zone)

    def _unused_numbers(
        self, parameters: Values, context: QgsProcessingContext, pattern: str, zone: str
    ) -> Iterator[str]:
        """Sentences on numbers that differ from their defaults, which a form gives in any case, and have no effect."""

        def changed(*names: str) -> list[str]:
            defaults = {name: self.parameterDefinition(name).defaultValue() for name in names}
            given = [name for name in names if parameters.get(name) not in (None, "")]
            return [name for name in given if self.parameterAsDouble(parameters, name, context) != defaults[name]]

        text = self.tr("No effect with the pattern {pattern}: {names}.")
        if pattern == rainfall.Pattern.GAUGE.value:
            if names := changed("RETURN_PERIOD", "DURATION", "PEAK_RATIO", "C"):
                yield text.format(names=", ".join(names), pattern=pattern)
            return
        if pattern == rainfall.Pattern.UNIFORM.value and changed("PEAK_RATIO"):
            yield text.format(names="PEAK_RATIO", pattern=pattern)
        if zone == "custom" and changed("RETURN_PERIOD") and not self.parameterAsDouble(parameters, "C", context):
            yield self.tr(
                "RETURN_PERIOD has no effect, since C is 0: the rain is that of the return period that A is of. Enter "
                "C for another one."
            )
        if zone != "custom" and changed("C"):
            yield self.tr("C has no effect in the zone {zone}: choose the zone custom for your own formula.").format(
                zone=zone
            )

    def _period(self, parameters: Values, context: QgsProcessingContext) -> float | None:
        """The return period where it decides about the rain, in years."""
        if self.parameterAsString(parameters, "PATTERN", context) == rainfall.Pattern.GAUGE.value:
            return None
        custom = self.parameterAsString(parameters, "ZONE", context) == "custom"
        if custom and not self.parameterAsDouble(parameters, "C", context):
            return None
        return self.parameterAsDouble(parameters, "RETURN_PERIOD", context)

    def _formula(self, parameters: Values, context: QgsProcessingContext) -> rainfall.Formula:
        zone = self.parameterAsString(parameters, "ZONE", context)
        period = self.parameterAsDouble(parameters, "RETURN_PERIOD", context)
        if zone != "custom":
            return rainfall.published_formula(rainfall.read_formulas(resources.table("design_storms")), zone, period)
        a, b, n, a1 = (
            math.nan if parameters.get(name) in (None, "") else self.parameterAsDouble(parameters, name, context)
            for name in ("A", "B", "N", "A1")
        )
        return rainfall.city_formula(b, n, period, a=a, a1=a1, c=self.parameterAsDouble(parameters, "C", context))

    def _gauge(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> rainfall_series.RainSeries:
        source = self.parameterAsSource(parameters, "GAUGE", context)
        if source is None:
            raise InputError(self.tr("The pattern gauge needs the gauge's table: choose it in GAUGE."))
        wanted = [self.parameterAsString(parameters, name, context) for name in ("TIME_FIELD", "DEPTH_FIELD")]
        there = source.fields().names()
        names = [field_named(there, name) for name in wanted]
        if missing := [name for name, own in zip(wanted, names, strict=True) if not own]:
            text = self.tr(
                "The table '{table}' has no field '{field}', only {there}: choose its time and depth fields."
            )
            raise InputError(text.format(table=source.sourceName(), field=missing[0], there=", ".join(there)))
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        rows = [[feature[name] for name in names] for feature in every_feature(source, source.sourceName(), request)]
        columns = [[None if row[n] == NULL else row[n] for row in rows] for n in (0, 1)]
        storm, warnings = rainfall_series.from_rows(*columns, f"'{source.sourceName()}'")
        self.push_warnings(warnings, feedback)
        return storm
