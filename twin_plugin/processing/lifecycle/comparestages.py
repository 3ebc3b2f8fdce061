"""twin:comparestages: two states of objects, such as as designed and as built: what changed, and by how much."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output


class CompareStages(TwinAlgorithm):
    ID = "comparestages"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("shapely",)

    def title(self) -> str:
        return self.tr("Compare stages")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares two states of a district, such as the buildings as designed and as built: what was added, "
            "deleted, moved or changed, and what stayed within the tolerance.</p><p>Objects are matched by the "
            "GlobalId in their id, the part behind the last slash; those without a match by where they stand, if they "
            "share half of the area that both cover. An object whose id alone changed is found as the same.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds, source = QgsProcessing.SourceType, QgsProcessingParameterFeatureSource
        areas, any_type = [kinds.TypeVectorPolygon], QgsProcessingParameterField.DataType.Any
        help_text = self.tr("The earlier state: buildings, storeys or other polygons with ids.")
        self.add(source("BEFORE", self.tr("Earlier state"), areas), help_text)
        help_text = self.tr("The later state, in a projected CRS in metres.")
        self.add(source("AFTER", self.tr("Later state"), areas), help_text)
        help_text = self.tr("Objects whose edges and levels differ by no more are within tolerance.")
        self.add_number("TOLERANCE", self.tr("Tolerance (m)"), 0.05, help_text, 0, 100)
        field = QgsProcessingParameterField("ID_FIELD", self.tr("Field of ids"), "id", "AFTER", any_type)
        self.add(field, self.tr("Field with the ids, of the same name in both layers."))
        field = QgsProcessingParameterField(
            "FIELDS", self.tr("Fields to compare"), None, "AFTER", any_type, allowMultiple=True, optional=True
        )
        help_text = self.tr(
            "Values that are compared too, such as name and use. Elevations and heights (roof_elev_m, height_m …) "
            "always are, within the tolerance."
        )
        self.add(field, help_text)
        sink = QgsProcessingParameterFeatureSink("OUTPUT", self.tr("Compared states"), kinds.TypeVectorPolygon)
        self.add(sink, self.tr("A feature for each object of both states, with what changed."))
        self.style("OUTPUT", "lifecycle_compared")
        self.number_outputs(
            UNCHANGED=self.tr("Objects unchanged"),
            WITHIN=self.tr("Objects within tolerance"),
            CHANGED=self.tr("Objects changed"),
            ADDED=self.tr("Objects added"),
            DELETED=self.tr("Objects deleted"),
            BY_GEOMETRY=self.tr("Objects matched by their place"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read both layers, compare them (bridge/lifecycle/compare_run), write the layer."""
        from ...bridge.lifecycle.compare_run import compare_layers
        from ...core.lifecycle.results import COMPARED

        sources = []
        for name in ("BEFORE", "AFTER"):
            sources.append(self.parameterAsSource(parameters, name, context))
            if sources[-1] is None:
                raise InputError(self.tr("{name} cannot be read: choose another layer.").format(name=name))
        found = compare_layers(
            *sources,
            self.parameterAsString(parameters, "ID_FIELD", context) or "id",
            self.parameterAsStrings(parameters, "FIELDS", context),
            self.parameterAsDouble(parameters, "TOLERANCE", context),
            context,
            feedback,
            self.progress(feedback),
        )
        self.push_warnings(found.warnings, feedback)
        self.push_lines(found.table, feedback)
        run = parameters, context, feedback
        area = QgsWkbTypes.Type.MultiPolygon
        return {**write_output(self, "OUTPUT", *run, COMPARED, found.rows, area, found.crs), **found.numbers}
