"""twin:skyview: how much of the sky is seen from every cell, before and after a scheme."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterRasterDestination,
)

from ...bridge.kernel import kernels
from ...core.common.errors import InputError
from ...core.common.progress import part
from ..algorithm import Values
from .planning_algorithm import PlanningAlgorithm


class SkyView(PlanningAlgorithm):
    ID = "skyview"

    def title(self) -> str:
        return self.tr("Sky view")

    def help_text(self) -> str:
        return self.tr(
            "<p>Computes the sky view of ground and roofs: the share of the light of an evenly bright sky that reaches"
            " a horizontal place, from 0 to 1. In the middle of a long street as wide as its houses are high it is"
            " 0.45.</p><p>With SCHEME, CHANGE is the sky view with the scheme less that of today.</p><p>Buildings are"
            " blocks with flat roofs. Nothing outside the terrain hides the sky, so take the terrain wide.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_city()
        self.add_scheme()
        help_text = self.tr("How many directions are looked at for the horizon. More take longer and are more exact.")
        self.add_number("AZIMUTHS", self.tr("Azimuths"), 64, help_text, 8, 720, whole=True)
        help_text = self.tr("Empty: the terrain's own. Distances to walls are as exact as half a cell.")
        self.add_number("CELL_SIZE", self.tr("Cell size (m)"), None, help_text, 0.05, 1000, advanced=True)
        self.add_height_fields()
        destination = QgsProcessingParameterRasterDestination
        help_text = self.tr("Sky view from 0 to 1; with SCHEME that with the scheme.")
        self.add(destination("SKY_VIEW", self.tr("Sky view")), help_text)
        self.style("SKY_VIEW", "sky_view")
        help_text = self.tr("Sky view with the scheme less that of today. Needs SCHEME.")
        self.add(destination("CHANGE", self.tr("Change of the sky view"), None, True, False), help_text)
        self.style("CHANGE", "sky_view_change")
        help_text = self.tr("Angle of the horizon in degrees, a band for each azimuth.")
        self.add(destination("HORIZON", self.tr("Horizon"), None, True, False), help_text)
        self.style("HORIZON", "horizon")
        self.number_outputs(
            SKY_VIEW_MEAN=self.tr("Mean sky view of the open ground"),
            SKY_VIEW_MEAN_BEFORE=self.tr("Mean sky view of the open ground without the scheme"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Look at the sky over the city (bridge/planning/sky_run), and write rasters."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.planning import sky_run

        cell = None
        if parameters.get("CELL_SIZE") not in (None, ""):
            cell = self.parameterAsDouble(parameters, "CELL_SIZE", context)
        if parameters.get("CHANGE") and not parameters.get("SCHEME"):
            raise InputError(self.tr("CHANGE compares two states: choose a SCHEME, or leave CHANGE empty."))
        choices = sky_run.SkyChoices(self.parameterAsInt(parameters, "AZIMUTHS", context), cell)
        city = self.city(parameters, context, feedback)
        progress = self.progress(feedback)
        kernels.ready("planning", progress)
        result = sky_run.sky_over_city(city, choices, part(progress, 0.0, 0.6))
        self.push_warnings(result.notes, feedback)
        places = {}
        for name in ("SKY_VIEW", "CHANGE", "HORIZON"):
            if parameters.get(name):
                places[name] = self.parameterAsOutputLayer(parameters, name, context)
        result.write(places["SKY_VIEW"])
        if "CHANGE" in places:
            result.write_change(places["CHANGE"])
        if "HORIZON" in places:
            result.write_horizons(places["HORIZON"], part(progress, 0.6, 1.0))
        self.push_lines(table_lines(result.entries), feedback)
        return places | result.numbers
