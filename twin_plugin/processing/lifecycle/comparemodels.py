"""twin:comparemodels: two versions of an IFC model, element by element."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFile,
)

from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output


class CompareModels(TwinAlgorithm):
    ID = "comparemodels"
    GROUP_ID = ICON = "lifecycle"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Compare models")

    def help_text(self) -> str:
        return self.tr(
            "<p>Compares two versions of an IFC model element by element: added, deleted, moved or reshaped, "
            "attributes, properties, materials and relations (type, container, host, openings, classification) "
            "changed.</p><p>Elements are matched by GlobalId; those without one by class, "
            "shape and place, so that an element that a program exported with a new GlobalId is found as the same.</p>"
        )

    def declare(self, configuration: Values) -> None:
        file, kinds = QgsProcessingParameterFile.Behavior.File, self.tr("IFC models (*.ifc *.ifczip)")
        for name, label, help_text in (
            ("BEFORE", self.tr("Earlier model"), self.tr("The model before the change.")),
            ("AFTER", self.tr("Later model"), self.tr("The model after the change.")),
        ):
            self.add(QgsProcessingParameterFile(name, label, file, "", None, False, kinds), help_text)
        help_text = self.tr("Shapes whose corners differ by no more are the same.")
        self.add_number("TOLERANCE", self.tr("Tolerance (m)"), 0.001, help_text, 0, 10)
        every = QgsProcessingParameterBoolean("UNCHANGED_ROWS", self.tr("Rows for unchanged elements"), False)
        self.add(every, self.tr("Write a row for each element, also where nothing changed."))
        sink = QgsProcessingParameterFeatureSink(
            "OUTPUT", self.tr("Changed elements"), QgsProcessing.SourceType.TypeVector
        )
        self.add(sink, self.tr("A row for each element that changed."))
        self.number_outputs(
            UNCHANGED=self.tr("Elements unchanged"),
            ADDED=self.tr("Elements added"),
            DELETED=self.tr("Elements deleted"),
            GEOMETRY=self.tr("Elements moved or reshaped"),
            PROPERTIES=self.tr("Elements with other properties"),
            BOTH=self.tr("Elements with another shape and other properties"),
            GUID_ONLY=self.tr("Elements with a new GlobalId only"),
            MATERIALS=self.tr("Elements of other materials"),
            RELATIONS=self.tr("Elements of another type, container, host, openings or classification"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read both models in workers, compare them (bridge/lifecycle/models_run), write the table."""
        from ...bridge.lifecycle.models_run import compare_models
        from ...core.lifecycle.results import ELEMENTS

        before, after = (self.parameterAsFile(parameters, name, context) for name in ("BEFORE", "AFTER"))
        tolerance = self.parameterAsDouble(parameters, "TOLERANCE", context)
        every = self.parameterAsBool(parameters, "UNCHANGED_ROWS", context)
        found = compare_models(before, after, tolerance, every, self.progress(feedback))
        self.push_warnings(found.warnings, feedback)
        self.push_lines(found.table, feedback)
        places = write_output(self, "OUTPUT", parameters, context, feedback, ELEMENTS, found.rows)
        return {**places, **found.numbers}
