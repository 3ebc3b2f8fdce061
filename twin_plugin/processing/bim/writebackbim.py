"""twin:writebackbim: a building's flood results back into a copy of its IFC model, and as BCF topics."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import table_rows


class WriteBackBim(TwinAlgorithm):
    ID = "writebackbim"
    GROUP_ID = "buildings"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Write flood results back to BIM")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes the results of the building risk into a copy of a building's IFC model: the property set "
            "Twin_FloodResult on the building, on each storey that the water reaches and on each opening whose sill "
            "lies below the water. The original content of the file does not change, byte for byte.</p><p>BCF holds a"
            " topic for each such opening, with a camera in front of it, for any BIM tool that reads BCF "
            "2.1.</p><p>The water level is DESIGN_LEVEL where it is set, otherwise the maximum level outside the "
            "building.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kind = QgsProcessing.SourceType
        source = QgsProcessingParameterFeatureSource
        filters = self.tr("IFC models (*.ifc *.ifczip *.IFC *.ifcZIP)")
        model = QgsProcessingParameterFile("MODEL", self.tr("Model"), fileFilter=filters)
        self.add(model, self.tr("The IFC file (.ifc, .ifczip) that the building was loaded from. It is only read."))
        help_text = self.tr("The output of 'Building risk'. Its ids identify the rows of this model.")
        self.add(source("RISK", self.tr("Building risk"), [kind.TypeVector]), help_text)
        help_text = self.tr("Openings with id and sill_elev_m: only these count, with these sills. Else the model's.")
        self.add(source("OPENINGS", self.tr("Openings"), [kind.TypeVector], optional=True), help_text)
        help_text = self.tr("Storeys with id and elev_m, where their levels differ from the model's.")
        self.add(source("STOREYS", self.tr("Storeys"), [kind.TypeVector], optional=True), help_text)
        help_text = self.tr("A water level in m above the map's datum, instead of the result's maximum water level.")
        self.add_number("DESIGN_LEVEL", self.tr("Design level (m)"), None, help_text)
        help_text = self.tr(
            "Processor time for reading the model, six times as much by the clock; 0: 15 s plus 5 s a MB."
        )
        self.add_number("TIMEOUT", self.tr("Time-out (s)"), 0, help_text, 0, advanced=True)
        filters = self.tr("IFC models (*.ifc *.ifczip)")
        output = QgsProcessingParameterFileDestination("OUTPUT", self.tr("Model with results"), filters)
        self.add(output, self.tr("The copy. It is zipped when its name ends in .ifczip."))
        filters = self.tr("BCF topics (*.bcfzip *.bcf)")
        topics = QgsProcessingParameterFileDestination("BCF", self.tr("Topics"), filters, None, True, False)
        self.add(topics, self.tr("A topic with a view for each opening whose sill lies below the water."))
        self.number_outputs(
            BUILDINGS_WRITTEN=self.tr("Buildings written"),
            STOREYS_REACHED=self.tr("Storeys reached"),
            OPENINGS_BELOW=self.tr("Openings below the water"),
        )

    def checkParameterValues(self, parameters: Values, context: QgsProcessingContext) -> tuple[bool, str]:
        fits, message = super().checkParameterValues(parameters, context)
        model = self.parameterAsFile(parameters, "MODEL", context)
        for name in ("OUTPUT", "BCF"):
            output = parameters.get(name)
            if fits and isinstance(output, str) and output and Path(output).absolute() == Path(model).absolute():
                text = self.tr("{name} is the model itself, which is never changed: choose another file.")
                return False, text.format(name=name)
        return fits, message

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Join the rows of RISK, OPENINGS and STOREYS to the model, and write its copy and the topics."""
        from ...core.bim.writeback import WritebackRequest, write_back
        from ...core.bim.writeback_results import RiskRows

        source = self.parameterAsSource(parameters, "RISK", context)
        if source is None:
            raise InputError(self.tr("RISK cannot be read: choose the output of the building risk."))
        given = parameters.get("DESIGN_LEVEL") is not None
        output = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        bcf = self.parameterAsFileOutput(parameters, "BCF", context) if parameters.get("BCF") else ""
        request = WritebackRequest(
            model=self.parameterAsFile(parameters, "MODEL", context),
            results=RiskRows(
                risk=table_rows(self, parameters, "RISK", context, feedback) or [],
                openings=table_rows(self, parameters, "OPENINGS", context, feedback),
                storeys=table_rows(self, parameters, "STOREYS", context, feedback),
                design_level_m=self.parameterAsDouble(parameters, "DESIGN_LEVEL", context) if given else None,
            ),
            output=output,
            bcf=bcf,
            layer=source.sourceName(),
            created=datetime.now(UTC),
            time_out_s=self.parameterAsDouble(parameters, "TIMEOUT", context),
        )
        written = write_back(request, self.progress(feedback))
        self.push_warnings(written.messages, feedback)
        if not written.openings:
            feedback.pushInfo(self.tr("No opening lies below the water: there is no topic."))
        return {
            "OUTPUT": output,
            **({"BCF": bcf} if bcf else {}),
            "BUILDINGS_WRITTEN": written.buildings,
            "STOREYS_REACHED": written.storeys,
            "OPENINGS_BELOW": written.openings,
        }
