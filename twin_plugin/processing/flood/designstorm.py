"""twin:designstorm: a design rainfall, or a gauge's, as depths of successive steps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsFeatureSource,
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
from ...core.flood import mass_curves, rainfall, rainfall_series, storm_design
from ...core.flood.areal_reduction import ArealMethod, areal_factor, range_warning
from ..algorithm import TwinAlgorithm, Values

COLUMNS = (
    Column("time_min", "real", "End of the step, minutes from the start of the storm"),
    Column("depth_mm", "real", "Rain of the step"),
    Column("intensity_mm_h", "real", "Intensity during the step"),
    Column("return_period", "real", "Return period of the storm in years; empty for a gauge's rain"),
    Column("areal_factor", "real", "Share of a point's rain that falls on an area, which the depths have; else empty"),
)
PATTERN_FIELDS = {"cumulative": True, "share": False}
"""Fields of PATTERN_TABLE with the shares, and whether these are cumulative."""
TIME_FIELDS = ("time_min", "time_share", "time_h", "time")

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
        help_text = self.tr("The published formulas hold from 5 to 180; the patterns scs1 to scs3 last 1440.")
        self.add_number("DURATION", self.tr("Duration (min)"), 120, help_text)
        help_text = self.tr("Rain of the whole storm, such as a 24-hour depth, instead of the formula's.")
        self.add_number("DEPTH_MM", self.tr("Depth (mm)"), None, help_text)
        self.add_number("STEP", self.tr("Step (min)"), 5, self.tr("The last step may be shorter."))
        patterns = tuple(pattern.value for pattern in rainfall.Pattern)
        help_text = self.tr(
            "How the depth is distributed over time. alternating: blocks of the formula's depths, with DEPTH_MM for "
            "any duration; scs1, scs1a, scs2, scs3: the 24-hour types of the NRCS; table: PATTERN_TABLE; gauge: the "
            "measured depths unchanged."
        )
        self.add_choice("PATTERN", self.tr("Pattern"), patterns, "chicago", help_text)
        help_text = self.tr(
            "Time of the peak of chicago, triangular and alternating as a share of the duration, from 0 to 1."
        )
        self.add_number("PEAK_RATIO", self.tr("Peak ratio"), 0.4, help_text, advanced=True)
        self._declare_formula()
        self._declare_tables()
        self._declare_area()
        table = QgsProcessing.SourceType.TypeVector
        help_text = self.tr("A table with time_min, depth_mm, intensity_mm_h, return_period and areal_factor.")
        self.add(QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Design storm"), table), help_text)
        self.number_outputs(TOTAL_MM=self.tr("Total depth (mm)"))

    def _declare_formula(self) -> None:
        """Add the constants of a city's formula."""
        help_text = self.tr("Custom: A of q = A (1 + C lg P) / (t + b)^n.")
        self.add_number("A", self.tr("A (L/(s·ha))"), None, help_text)
        self.add_number("B", self.tr("b (min)"), None, self.tr("Custom: b of the formula."))
        self.add_number("N", self.tr("n"), None, self.tr("Custom: n of the formula."))
        help_text = self.tr("Custom, instead of A: A1 of q = 167 A1 (1 + C lg P) / (t + b)^n, as GB 50014 writes it.")
        self.add_number("A1", self.tr("A1 (mm/min)"), None, help_text, advanced=True)
        help_text = self.tr("Custom: C of the formula; with 0 the return period has no effect.")
        self.add_number("C", self.tr("C"), 0, help_text, advanced=True)

    def _declare_tables(self) -> None:
        """Add the tables of a gauge and of a pattern."""
        table = QgsProcessing.SourceType.TypeVector
        help_text = self.tr("Rain that one gauge measured, a row per step: its end in minutes and its depth in mm.")
        gauge = QgsProcessingParameterFeatureSource("GAUGE", self.tr("Gauge table"), [table], optional=True)
        self.add(gauge, help_text)
        help_text = self.tr("Of the gauge table: the end of the step in minutes.")
        field = QgsProcessingParameterField("TIME_FIELD", self.tr("Time field"), "time_min", "GAUGE", optional=True)
        self.add(field, help_text, True)
        field = QgsProcessingParameterField("DEPTH_FIELD", self.tr("Depth field"), "depth_mm", "GAUGE", optional=True)
        self.add(field, self.tr("Of the gauge table: the depth of the step in mm."), True)
        help_text = self.tr(
            "Of the pattern table: a row per step with its end (time_min, time_h or time_share) and the rain's share, "
            "as cumulative until then or as share of the step, of 1 or in percent."
        )
        pattern = QgsProcessingParameterFeatureSource("PATTERN_TABLE", self.tr("Pattern table"), [table], optional=True)
        self.add(pattern, help_text)

    def _declare_area(self) -> None:
        """Add the reduction to the mean over an area."""
        help_text = self.tr(
            "How a point's rain becomes the mean over AREA_KM2. tp40: fitted to the curves of the US Weather Bureau; "
            "feh: the UK's Flood Estimation Handbook."
        )
        methods = tuple(method.value for method in ArealMethod)
        self.add_choice("AREAL_METHOD", self.tr("Areal reduction"), methods, "none", help_text, advanced=True)
        self.add_number("AREA_KM2", self.tr("Area (km²)"), None, self.tr("For AREAL_METHOD."), 0, advanced=True)
        help_text = self.tr("Instead of AREAL_METHOD: your own factor, above 0 and at most 1.")
        self.add_number("AREAL_FACTOR", self.tr("Areal factor"), None, help_text, 0.01, 1, advanced=True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Compute the steps from a formula, a depth or a gauge's table, reduce them to an area, and write them."""
        pattern = rainfall.Pattern(self.parameterAsString(parameters, "PATTERN", context))
        if pattern is rainfall.Pattern.GAUGE:
            step_min = self.parameterAsDouble(parameters, "STEP", context)
            storm = self._gauge(parameters, context, feedback).resampled(step_min)
        else:
            made = storm_design.make_storm(self._wish(pattern, parameters, context))
            storm = made.storm
            self.push_warnings(made.warnings, feedback)
            self.push_lines(made.notes, feedback)
        self.push_warnings(self._unused(parameters, context), feedback)
        factor = self._areal_factor(storm.duration_min, parameters, context, feedback)
        if factor is not None:
            storm = rainfall_series.RainSeries(storm.end_min, factor * storm.depth_mm)
        fields, none = make_fields(COLUMNS), QgsWkbTypes.Type.NoGeometry
        sink, place = self.parameterAsSink(parameters, "OUTPUT", context, fields, none, QgsCoordinateReferenceSystem())
        also = self._period(parameters, context), factor
        rows = zip(storm.end_min, storm.depth_mm, storm.intensity_mm_h, strict=True)
        values = ((None, dict(zip(fields.names(), (*row, *also), strict=True))) for row in rows)
        write_rows(sink, fields, values, feedback)
        total, peak = f"{storm.total_mm:.3f}", f"{storm.intensity_mm_h.max():.1f}"
        text = self.tr("{total} mm in {duration} min; the heaviest step has {peak} mm/h.")
        feedback.pushInfo(text.format(total=total, duration=f"{storm.duration_min:g}", peak=peak))
        return {"OUTPUT": place, "TOTAL_MM": storm.total_mm}

    def _number(self, parameters: Values, name: str, context: QgsProcessingContext) -> float | None:
        """A number; None where it is empty."""
        return None if parameters.get(name) in (None, "") else self.parameterAsDouble(parameters, name, context)

    def _wish(
        self, pattern: rainfall.Pattern, parameters: Values, context: QgsProcessingContext
    ) -> storm_design.StormWish:
        """What the parameters ask for."""
        depth_mm = self._number(parameters, "DEPTH_MM", context)
        numbers = (self.parameterAsDouble(parameters, name, context) for name in ("DURATION", "STEP", "PEAK_RATIO"))
        formula = self._formula(parameters, context) if storm_design.needs_formula(pattern, depth_mm) else None
        curve = None
        if pattern in storm_design.PUBLISHED:
            curve = mass_curves.read_mass_curves(resources.table("mass_curves"))[pattern.value]
        elif pattern is rainfall.Pattern.TABLE:
            curve = self._pattern_table(parameters, context)
        of_table = self.parameterAsString(parameters, "ZONE", context) != "custom"
        return storm_design.StormWish(pattern, *numbers, depth_mm, formula, of_table, curve)

    def _pattern_table(self, parameters: Values, context: QgsProcessingContext) -> mass_curves.MassCurve | None:
        """The curve of PATTERN_TABLE; None where it is empty."""
        source = self.parameterAsSource(parameters, "PATTERN_TABLE", context)
        if source is None:
            return None
        there = source.fields().names()
        time = next((own for name in TIME_FIELDS if (own := field_named(there, name))), "")
        name = next((name for name in PATTERN_FIELDS if field_named(there, name)), "")
        value = field_named(there, name)
        if not (time and value):
            text = self.tr(
                "The pattern table '{table}' needs a field time_min, time_h or time_share (end of each step) and a "
                "field cumulative or share; it has {there}."
            )
            raise InputError(text.format(table=source.sourceName(), there=", ".join(there)))
        times, values = self._columns(source, [time, value])
        return mass_curves.mass_curve(times, values, PATTERN_FIELDS[name], f"'{source.sourceName()}'")

    def _columns(self, source: QgsFeatureSource, names: list[str]) -> list[list[Any]]:
        """Columns of a table; NULL is None."""
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        rows = [[feature[name] for name in names] for feature in every_feature(source, source.sourceName(), request)]
        return [[None if row[n] == NULL else row[n] for row in rows] for n in range(len(names))]

    def _areal_factor(
        self, duration_min: float, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> float | None:
        """The areal factor, said in the log; None where there is none."""
        method = ArealMethod(self.parameterAsString(parameters, "AREAL_METHOD", context))
        own, area_km2 = (self._number(parameters, name, context) for name in ("AREAL_FACTOR", "AREA_KM2"))
        if method is ArealMethod.NONE:
            if own is None and area_km2 is not None:
                feedback.pushWarning(self.tr("AREA_KM2 has no effect without AREAL_METHOD: choose one of its methods."))
            if own is not None:
                text = self.tr("Areal factor {factor}, as given: the depths are means over an area.")
                feedback.pushInfo(text.format(factor=f"{own:.3f}"))
            return own
        if own is not None:
            raise InputError(self.tr("AREAL_FACTOR and AREAL_METHOD are both given: choose one of them."))
        if area_km2 is None:
            raise InputError(self.tr("AREAL_METHOD needs the area in AREA_KM2."))
        factor = areal_factor(method, area_km2, duration_min)
        self.push_warnings(filter(None, [range_warning(method, area_km2, duration_min)]), feedback)
        text = self.tr("Areal factor {factor} by {method} for {area} km² and {minutes} min.")
        values = {"factor": f"{factor:.3f}", "method": method.value, "area": f"{area_km2:g}"}
        feedback.pushInfo(text.format(minutes=f"{duration_min:g}", **values))
        return factor

    def _unused(self, parameters: Values, context: QgsProcessingContext) -> Iterator[str]:
        """Sentences on values that were given and have no effect, as the choice that they belong to was not made."""
        pattern, zone = (self.parameterAsString(parameters, name, context) for name in ("PATTERN", "ZONE"))
        gauge = pattern == rainfall.Pattern.GAUGE.value
        if not gauge and parameters.get("GAUGE") not in (None, ""):
            text = self.tr(
                "GAUGE has no effect with the pattern {pattern}: choose the pattern gauge for measured rain."
            )
            yield text.format(pattern=pattern)
        if pattern != rainfall.Pattern.TABLE.value and parameters.get("PATTERN_TABLE") not in (None, ""):
            text = self.tr("PATTERN_TABLE has no effect with the pattern {pattern}: choose the pattern table for it.")
            yield text.format(pattern=pattern)
        if gauge and parameters.get("DEPTH_MM") not in (None, ""):
            yield self.tr("DEPTH_MM has no effect: the depths are those of the gauge.")
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
        with_peak = ("chicago", "triangular", "alternating")
        if pattern not in with_peak and changed("PEAK_RATIO"):
            yield text.format(names="PEAK_RATIO", pattern=pattern)
        if not self._has_formula(parameters, context):
            if names := changed("RETURN_PERIOD", "C"):
                text = self.tr("No effect, since the depth is DEPTH_MM and the pattern {pattern}: {names}.")
                yield text.format(names=", ".join(names), pattern=pattern)
            return
        if zone == "custom" and changed("RETURN_PERIOD") and not self.parameterAsDouble(parameters, "C", context):
            yield self.tr(
                "RETURN_PERIOD has no effect, since C is 0: the rain is that of the return period that A is of. Enter "
                "C for another one."
            )
        if zone != "custom" and changed("C"):
            yield self.tr("C has no effect in the zone {zone}: choose the zone custom for your own formula.").format(
                zone=zone
            )

    def _has_formula(self, parameters: Values, context: QgsProcessingContext) -> bool:
        """Whether the formula has a part in the storm."""
        pattern = rainfall.Pattern(self.parameterAsString(parameters, "PATTERN", context))
        return storm_design.needs_formula(pattern, self._number(parameters, "DEPTH_MM", context))

    def _period(self, parameters: Values, context: QgsProcessingContext) -> float | None:
        """The return period where it decides about the rain, in years."""
        if not self._has_formula(parameters, context):
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
        storm, warnings = rainfall_series.from_rows(*self._columns(source, names), f"'{source.sourceName()}'")
        self.push_warnings(warnings, feedback)
        return storm
