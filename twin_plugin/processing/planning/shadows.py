"""twin:shadows: the shadows of terrain and buildings at times of a day, before and after a scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameters,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QTime

from ...bridge.kernel import kernels
from ...core.common.errors import InputError
from ...core.common.progress import part
from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.shadow_run import ShadowChoices

TIMES = ("true solar", "clock")


class CastShadows(PlanningAlgorithm):
    ID = "shadows"

    def title(self) -> str:
        return self.tr("Shadows")

    def help_text(self) -> str:
        return self.tr(
            "<p>Casts the shadows of terrain and buildings at times of a day, onto a raster with a band for each time."
            " The temporal controller shows them one after the other.</p><p>With SCHEME, DIFFERENCE says where the"
            " scheme brings a shadow and where it takes one away.</p><p>Buildings are blocks with flat roofs. Nothing"
            " outside the terrain casts a shadow. For the hours of sun at windows use 'Sunlight', which does not"
            " depend on cells.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_city()
        self.add_scheme()
        self._times()
        help_text = self.tr("A lower sun does not count: all is in shadow then.")
        self.add_number("LOWEST", self.tr("Lowest altitude of the sun (°)"), 0, help_text, 0, 80, advanced=True)
        help_text = self.tr("Empty: the terrain's own. A shadow is as exact as a cell.")
        self.add_number("CELL_SIZE", self.tr("Cell size (m)"), None, help_text, 0.05, 1000, advanced=True)
        self.add_height_fields()
        destination = QgsProcessingParameterRasterDestination
        help_text = self.tr("A band for each time: 1 in shadow, 0 in the sun. With SCHEME its shadows.")
        self.add(destination("SHADOWS", self.tr("Shadows")), help_text)
        self.style("SHADOWS", "shadows")
        help_text = self.tr(
            "A band for each time: 0 in the sun, 1 in shadow before and after, 2 new shadow, 3 shadow gone. Needs "
            "SCHEME."
        )
        self.add(destination("DIFFERENCE", self.tr("Change of the shadows"), None, True, False), help_text)
        self.style("DIFFERENCE", "shadow_change")
        help_text = self.tr("Polygons of the shadows at each time, along the edges of the cells.")
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        sink = QgsProcessingParameterFeatureSink("AREAS", self.tr("Areas in shadow"), kind, None, True, False)
        self.add(sink, help_text)
        self.style("AREAS", "shadow_areas")
        self.number_outputs(
            TIMES_COUNT=self.tr("Times with sun"),
            SHADE_SHARE=self.tr("Mean share of the open ground in shadow"),
            SHADE_SHARE_BEFORE=self.tr("Mean share of the open ground in shadow without the scheme"),
            NEW_SHADE_M2H=self.tr("New shadow on open ground (m² h)"),
            GONE_SHADE_M2H=self.tr("Shadow gone from open ground (m² h)"),
        )

    def _times(self) -> None:
        """Day and times."""
        kinds = QgsProcessingParameterDateTime.Type
        day = QgsProcessingParameterDateTime("DAY", self.tr("Day"), kinds.Date, QDate(2001, 1, 20))
        help_text = self.tr(
            "Great Cold (20 January) and the winter solstice (21 December) are the days of sunlight rules, whose year "
            "is 2001."
        )
        self.add(day, help_text)
        help_text = self.tr(
            "Sunlight rules count in true solar time, in which the sun is highest at 12. Clocks differ from it by up "
            "to half an hour and more."
        )
        self.add_choice("TIME", self.tr("Kind of time"), TIMES, TIMES[0], help_text)
        for name, label, default in (("FROM", self.tr("From"), QTime(8, 0)), ("TO", self.tr("To"), QTime(16, 0))):
            help_text = self.tr("Time of day, included.")
            self.add(QgsProcessingParameterDateTime(name, label, kinds.Time, default), help_text)
        help_text = self.tr("From one time to the next.")
        self.add_number("STEP", self.tr("Step (min)"), 60, help_text, 1, 1440)
        help_text = self.tr("How far clocks are ahead of UTC: 8 in China.")
        self.add_number("ZONE", self.tr("Time zone (h)"), 8, help_text, -12, 14, advanced=True)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Cast the shadows of the city (bridge/planning/shadow_run), and write rasters and polygons."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.planning import shadow_run

        choices = self._choices(parameters, context)
        if parameters.get("DIFFERENCE") and not parameters.get("SCHEME"):
            raise InputError(self.tr("DIFFERENCE compares two states: choose a SCHEME, or leave DIFFERENCE empty."))
        city = self.city(parameters, context, feedback)
        progress = self.progress(feedback)
        kernels.ready("planning", progress)
        result = shadow_run.cast_city(city, choices, part(progress, 0.0, 0.5))
        self.push_warnings(result.notes, feedback)
        places = {}
        for name, first in (("SHADOWS", 0.5), ("DIFFERENCE", 0.65)):
            if parameters.get(name):
                places[name] = self.parameterAsOutputLayer(parameters, name, context)
                result.write(places[name], name == "DIFFERENCE", part(progress, first, first + 0.15))
        kind, areas = QgsWkbTypes.Type.MultiPolygon, result.areas(part(progress, 0.8, 1.0))
        run = parameters, context, feedback
        places |= write_output(self, "AREAS", *run, shadow_run.AREAS, areas, kind, city.crs)
        self.push_lines([*result.table, *table_lines(result.entries)], feedback)
        return places | result.numbers

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> ShadowChoices:
        """What the user decides."""
        from ...bridge.planning.shadow_run import ShadowChoices

        day = self.parameterAsDateTime(parameters, "DAY", context).date()
        given = [(self.parameterDefinition(name), parameters, context) for name in ("FROM", "TO")]
        start, end = (QgsProcessingParameters.parameterAsTime(*one) for one in given)
        if not (day.isValid() and start.isValid() and end.isValid()):
            raise InputError(self.tr("DAY must be a date such as 2001-01-20, FROM and TO times such as 08:00."))
        step, zone, lowest = (self.parameterAsDouble(parameters, name, context) for name in ("STEP", "ZONE", "LOWEST"))
        cell = None
        if parameters.get("CELL_SIZE") not in (None, ""):
            cell = self.parameterAsDouble(parameters, "CELL_SIZE", context)
        clock = self.parameterAsString(parameters, "TIME", context) == TIMES[1]
        hours = (time.msecsSinceStartOfDay() / 3_600_000.0 for time in (start, end))
        return ShadowChoices(day.toPyDate(), *hours, step, clock, zone, lowest, cell)
