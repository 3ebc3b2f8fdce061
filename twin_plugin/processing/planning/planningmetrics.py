"""twin:planningmetrics: plot ratio, density, green ratio, height and setback of parcels against a control plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsWkbTypes,
)

from ..algorithm import Values
from ..written_rows import write_output
from .planning_algorithm import PlanningAlgorithm

if TYPE_CHECKING:
    from ...bridge.planning.metrics_run import ParcelLayers

GROUNDS = ("lowest", "mean")


class PlanningMetrics(PlanningAlgorithm):
    ID = "planningmetrics"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Planning metrics")

    def help_text(self) -> str:
        return self.tr(
            "<p>Measures each parcel of a control plan: plot ratio, building density, green ratio, greatest "
            "height, least setback and floor areas by use. Each measure is compared with the limit of the "
            "parcel.</p><p>With SCHEME the parcels are measured before and after the scheme.</p><p>Floor areas "
            "above ground come from STOREYS of the twin base, else from the fields floor_area_m2 (above ground) "
            "or gross_floor_area_m2, else from storeys times outline; what is guessed is counted. A building on "
            "several parcels is divided by the area of its outline.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        areas = [kinds.TypeVectorPolygon]
        help_text = self.tr(
            "Parcels of the control plan. Fields: far_max 容积率, density_max 建筑密度, green_min 绿地率, height_max_m "
            "建筑限高, setback_m 退线, use 用地性质; shares in parts of one or in per cent."
        )
        self.add(source("PARCELS", self.tr("Control plan"), areas), help_text)
        self.add_city(terrain_optional=True)
        help_text = self.tr(
            "Storeys of the buildings and of the scheme, with building_id, number and area_m2. Empty: floor areas come "
            "from fields of BUILDINGS and SCHEME."
        )
        self.add(source("STOREYS", self.tr("Storeys"), areas, optional=True), help_text)
        help_text = self.tr(
            "Green land. A field scheme names the scheme that an area comes with; today's has none. Without a layer, "
            "green ratios are not judged."
        )
        self.add(source("GREEN", self.tr("Green land"), areas, optional=True), help_text)
        self.add_scheme()
        help_text = self.tr("From where heights count: the lowest or the mean terrain along the outline of a building.")
        self.add_choice("GROUND", self.tr("Ground of heights"), GROUNDS, GROUNDS[0], help_text)
        self.add_height_fields()
        self._outputs()

    def _outputs(self) -> None:
        kinds, sink = QgsProcessing.SourceType, QgsProcessingParameterFeatureSink
        help_text = self.tr("The parcels with measures, limits, by how much they are passed, and the verdict.")
        self.add(sink("OUTPUT", self.tr("Parcels"), kinds.TypeVectorPolygon), help_text)
        self.style("OUTPUT", "planning_parcels")
        help_text = self.tr("A row for each parcel, state and measure with a limit.")
        self.add(sink("CHECKS", self.tr("Limits"), kinds.TypeVector, None, True), help_text)
        help_text = self.tr("A row for each parcel, state and use, with its floor area.")
        self.add(sink("USES", self.tr("Floor areas by use"), kinds.TypeVector, None, True), help_text)
        self.number_outputs(
            PARCELS_COUNT=self.tr("Parcels"),
            BREAKING=self.tr("Parcels that break a limit"),
            BREAKING_BEFORE=self.tr("Parcels that break a limit without the scheme"),
            FLOOR_AREA_M2=self.tr("Floor area above ground (m²)"),
            GUESSED=self.tr("Buildings with guessed floor areas"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Review the parcels of the city (bridge/planning/metrics_run), and write them with their verdicts."""
        from ...bridge.kernel.input_table import table_lines
        from ...bridge.kernel.layer_names import layer_names
        from ...bridge.planning import metrics_run, parcel_review
        from ...bridge.planning.stock import Ground

        layers = self._layers(parameters, context)
        city = self.city(parameters, context, feedback)
        ground = Ground(self.parameterAsString(parameters, "GROUND", context) or GROUNDS[0])
        reviewer = metrics_run.ParcelReviewer(city, layers, ground)
        scheme = self.parameterAsVectorLayer(parameters, "SCHEME", context) if layers.scheme is not None else None
        names = () if scheme is None else layer_names(scheme)
        review = reviewer.review(city, layers.scheme, names, self.progress(feedback))
        self.push_warnings(review.notes, feedback)
        run = parameters, context, feedback
        kind, table = QgsWkbTypes.Type.MultiPolygon, QgsWkbTypes.Type.NoGeometry
        written = write_output(self, "OUTPUT", *run, parcel_review.PARCELS_OUT, review.rows(), kind, city.crs)
        written |= write_output(self, "CHECKS", *run, parcel_review.CHECKS, review.checks(), table)
        written |= write_output(self, "USES", *run, parcel_review.USES_OUT, review.uses(), table)
        self.push_lines(table_lines([*city.entries, *review.entries]), feedback)
        return written | review.outputs

    def _layers(self, parameters: Values, context: QgsProcessingContext) -> ParcelLayers:
        """The layers of the review."""
        from ...bridge.planning.metrics_run import ParcelLayers

        names = ("PARCELS", "BUILDINGS", "SCHEME", "SITE", "STOREYS", "GREEN")
        return ParcelLayers(*(self.source(parameters, name, context) for name in names))
