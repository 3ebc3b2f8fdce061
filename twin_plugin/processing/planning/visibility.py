"""twin:visibility: what observers see of ground, green, water and landmarks, before and after a scheme."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterDestination,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.planning.curvature import REFRACTION
from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.visibility_run import ViewChoices, ViewLayers

RASTERS = ("CUMULATIVE", "CUMULATIVE_BEFORE", "CHANGE", "VISIBLE")


class Visibility(PlanningAlgorithm):
    ID = "visibility"

    def title(self) -> str:
        return self.tr("Visibility")

    def help_text(self) -> str:
        return self.tr(
            "<p>Shows what observers see: how many of them see each cell, how much of the facade of each landmark each"
            " of them sees and which buildings hide it, and how much green and water is in view. With SCHEME all of it"
            " before and after, and who loses the view of a landmark to which building.</p><p>A cell is seen where the"
            " line from the eye to its centre, TARGET_HEIGHT above ground or roof, meets neither ground nor building."
            " Buildings fill the cells whose centres they hold; the ground is linear between centres. Facades are"
            " looked at in panels along exact lines past the outlines themselves.</p>"
        )

    def declare(self, configuration: Values) -> None:
        self.add_city()
        self.add_observers()
        self.add_scheme()
        areas = [QgsProcessing.SourceType.TypeVectorPolygon]
        source = QgsProcessingParameterFeatureSource
        help_text = self.tr(
            "Polygons with heights (fields as BUILDINGS) of whose facades the seen share is measured. Buildings that "
            "lie mostly in them are the landmarks themselves."
        )
        self.add(source("LANDMARKS", self.tr("Landmarks"), areas, optional=True), help_text)
        help_text = self.tr("Instead of LANDMARKS: ids of buildings, with ';' between them.")
        self.add_text("LANDMARK_IDS", self.tr("Landmarks by id"), help_text)
        help_text = self.tr("Parks, lawns and other green. What lies under a building does not count.")
        self.add(source("GREEN", self.tr("Green"), areas, optional=True), help_text)
        help_text = self.tr("Sea, lakes and rivers. Where they overlap GREEN, they count as water.")
        self.add(source("WATER", self.tr("Water"), areas, optional=True), help_text)
        help_text = self.tr("Height of what should be seen, above the ground or roof; 0: the ground or roof itself.")
        self.add_number("TARGET_HEIGHT", self.tr("Height of the target (m)"), 0, help_text, 0, 1000)
        help_text = self.tr("Greatest horizontal distance. Empty: as far as the terrain.")
        self.add_number("MAX_DISTANCE", self.tr("Greatest distance (m)"), None, help_text, 1)
        self._details()
        self._outputs()

    def _details(self) -> None:
        help_text = self.tr("Middle of the field of view, clockwise from the north of the map.")
        self.add_number("DIRECTION", self.tr("Direction (°)"), 0, help_text, -360, 360, advanced=True)
        help_text = self.tr("Width of the field of view; 360: all around.")
        self.add_number("FIELD_OF_VIEW", self.tr("Field of view (°)"), 360, help_text, 1, 360, advanced=True)
        help_text = self.tr("Lowest angle of the field of view above the horizontal.")
        self.add_number("LOWEST_ANGLE", self.tr("Lowest angle (°)"), -90, help_text, -90, 90, advanced=True)
        help_text = self.tr("Highest angle of the field of view above the horizontal.")
        self.add_number("HIGHEST_ANGLE", self.tr("Highest angle (°)"), 90, help_text, -90, 90, advanced=True)
        help_text = self.tr("Share of the earth's curvature that refraction takes away; 1: a flat earth.")
        self.add_number("REFRACTION", self.tr("Refraction"), REFRACTION, help_text, 0, 1, advanced=True)
        help_text = self.tr("Greatest width and height of a panel of a facade.")
        self.add_number("PANEL", self.tr("Panels of facades (m)"), 2, help_text, 0.1, 100, advanced=True)
        help_text = self.tr("Level of WATER where the terrain has no data, as many have none of the sea.")
        self.add_number("WATER_LEVEL", self.tr("Level of water (m)"), 0, help_text, -500, 9000, advanced=True)
        help_text = self.tr("Of the rasters. Empty: the terrain's own.")
        self.add_number("CELL_SIZE", self.tr("Cell size (m)"), None, help_text, 0.01, advanced=True)
        self.add_height_fields()

    def _outputs(self) -> None:
        raster = QgsProcessingParameterRasterDestination
        for name, label, style, usual, help_text in (
            (
                "CUMULATIVE",
                self.tr("Observers that see it"),
                "visibility_count",
                True,
                self.tr("How many observers see each cell, with the scheme where there is one."),
            ),
            (
                "CUMULATIVE_BEFORE",
                self.tr("Observers that saw it before"),
                "visibility_count",
                False,
                self.tr("The same without the scheme."),
            ),
            (
                "CHANGE",
                self.tr("Change of the observers that see it"),
                "visibility_change",
                False,
                self.tr("How many more observers see each cell with the scheme than without it."),
            ),
            (
                "VISIBLE",
                self.tr("Seen by each observer"),
                "visibility_seen",
                False,
                self.tr("A band for each observer: 1 where the cell is seen, else 0. At most 200 bands."),
            ),
        ):
            self.add(raster(name, label, None, name != "CUMULATIVE", usual), help_text)
            self.style(name, style)
        kinds, sink = QgsProcessing.SourceType, QgsProcessingParameterFeatureSink
        help_text = self.tr("A point for each observer: areas, distances, green and water in view, before and after.")
        self.add(sink("OUTPUT", self.tr("Views of observers"), kinds.TypeVectorPoint), help_text)
        self.style("OUTPUT", "visibility_observers")
        help_text = self.tr(
            "A line from each observer to each landmark: what is seen of the facade, what hides it, and what the "
            "scheme takes."
        )
        lines = sink("LANDMARK_VIEWS", self.tr("Views of landmarks"), kinds.TypeVectorLine, None, True, True)
        self.add(lines, help_text)
        self.style("LANDMARK_VIEWS", "visibility_landmarks")
        self.number_outputs(
            OBSERVERS_COUNT=self.tr("Observers"),
            SEEN_M2=self.tr("Area that somebody sees (m²)"),
            SEEN_BEFORE_M2=self.tr("Area that somebody saw before (m²)"),
            LANDMARK_SHARE=self.tr("Mean share of the facades that is seen"),
            LANDMARK_SHARE_BEFORE=self.tr("Mean share of the facades that was seen before"),
            LANDMARK_LOST=self.tr("Lost views of landmarks"),
            GREEN_M2=self.tr("Green in view, mean of the observers (m²)"),
            GREEN_BEFORE_M2=self.tr("Green in view before (m²)"),
            WATER_M2=self.tr("Water in view, mean of the observers (m²)"),
            WATER_BEFORE_M2=self.tr("Water in view before (m²)"),
            NO_DATA_CELLS=self.tr("Cells without data"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Look at the district (bridge/planning/visibility_run), and write rasters and tables."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.planning.visibility_rasters import write_view_rasters
        from ...bridge.planning.visibility_run import see_city
        from ...core.planning.visibility_tables import LANDMARKS, OBSERVERS

        self._require(parameters, context)
        city = self.city(parameters, context, feedback)
        read = self.observers(city, parameters, context, feedback)
        layers, choices = self._layers(parameters, context), self._choices(parameters, context)
        result = see_city(city, read.observers, layers, choices, self.progress(feedback))
        self.push_warnings(result.notes, feedback)
        run = parameters, context, feedback
        point, line = QgsWkbTypes.Type.Point, QgsWkbTypes.Type.LineString
        places = write_output(self, "OUTPUT", *run, OBSERVERS, result.observers, point, city.crs)
        places |= write_output(self, "LANDMARK_VIEWS", *run, LANDMARKS, result.landmarks, line, city.crs)
        places |= write_view_rasters(result, read.observers.names, self._rasters(parameters, context))
        self.push_lines(table_lines([*city.entries, read.entry, *result.entries]), feedback)
        return {**places, **result.numbers}

    def _require(self, parameters: Values, context: QgsProcessingContext) -> None:
        """Check what no single number says."""
        low, high = (self.parameterAsDouble(parameters, n, context) for n in ("LOWEST_ANGLE", "HIGHEST_ANGLE"))
        if low >= high:
            text = self.tr(
                "LOWEST_ANGLE ({low:g}°) must be below HIGHEST_ANGLE ({high:g}°): nothing lies between them."
            )
            raise InputError(text.format(low=low, high=high))

    def _layers(self, parameters: Values, context: QgsProcessingContext) -> ViewLayers:
        """What is looked at."""
        from ...bridge.planning.visibility_run import ViewLayers

        landmarks, green, water = (self.source(parameters, name, context) for name in ("LANDMARKS", "GREEN", "WATER"))
        text = self.parameterAsString(parameters, "LANDMARK_IDS", context).replace("；", ";")
        ids = tuple(dict.fromkeys(word.strip() for word in text.split(";") if word.strip()))
        return ViewLayers(landmarks, ids, green, water)

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> ViewChoices:
        """What the user decides."""
        from ...bridge.kernel import runtime
        from ...bridge.planning.visibility_run import ViewChoices
        from ...core.planning.viewshed import Sight

        target, refraction, azimuth, width, low, high, panel, water = (
            self.parameterAsDouble(parameters, name, context)
            for name in (
                "TARGET_HEIGHT", "REFRACTION", "DIRECTION", "FIELD_OF_VIEW", "LOWEST_ANGLE", "HIGHEST_ANGLE", "PANEL",
                "WATER_LEVEL",
            )
        )  # fmt: skip
        reach, cell = (
            None if parameters.get(name) in (None, "") else self.parameterAsDouble(parameters, name, context)
            for name in ("MAX_DISTANCE", "CELL_SIZE")
        )
        sight = Sight(target, math.inf if reach is None else reach, refraction, azimuth, width, low, high)
        threads = runtime.threads(0, QgsApplication.platform() == "desktop")
        return ViewChoices(sight, panel, cell, water, bool(parameters.get("VISIBLE")), threads)

    def _rasters(self, parameters: Values, context: QgsProcessingContext) -> dict[str, str]:
        """Where the rasters that are wanted go."""
        return {
            name: self.parameterAsOutputLayer(parameters, name, context) for name in RASTERS if parameters.get(name)
        }
