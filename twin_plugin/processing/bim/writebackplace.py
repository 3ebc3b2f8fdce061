"""twin:writebackplace: the place that a user gave a model, written into a copy of its IFC file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ...bridge.kernel.crs_scale import require_true_metres
from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..inputs import crs_name, table_rows

if TYPE_CHECKING:
    from ...core.bim.georeference import Tie


class WriteBackPlace(TwinAlgorithm):
    ID = "writebackplace"
    GROUP_ID = "buildings"
    PACKAGES = ("ifcopenshell", "shapely", "pebble", "pyproj")

    def title(self) -> str:
        return self.tr("Write a place into a model")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes the place of a model that names none into a copy of its IFC file: an IfcMapConversion with its "
            "projected CRS, in IFC2X3 the property sets ePSet_MapConversion and ePSet_ProjectedCRS. The copy loads "
            "without PLACEMENTS at the same place; it is read again and compared before it is kept.</p><p>The original "
            "content of the file does not change, byte for byte. A model that has a place already is refused.</p>"
        )

    def declare(self, configuration: Values) -> None:
        filters = self.tr("IFC models (*.ifc *.ifczip *.IFC *.ifcZIP)")
        model = QgsProcessingParameterFile("MODEL", self.tr("Model"), fileFilter=filters)
        self.add(model, self.tr("The IFC file (.ifc, .ifczip). It is only read."))
        help_text = self.tr("A table with path, x, y, z, bearing_deg and crs, as in 'Load BIM models'; else X, Y, CRS.")
        kind = QgsProcessing.SourceType.TypeVector
        table = QgsProcessingParameterFeatureSource("PLACEMENTS", self.tr("Placements"), [kind], optional=True)
        self.add(table, help_text)
        for name, label, help_text in (
            ("X", self.tr("X (m)"), self.tr("Easting of the model's zero point.")),
            ("Y", self.tr("Y (m)"), self.tr("Northing of the model's zero point.")),
            ("Z", self.tr("Z (m)"), self.tr("Elevation of the model's zero point; empty: 0.")),
        ):
            self.add_number(name, label, None, help_text)
        help_text = self.tr("Bearing of the model's y axis, clockwise from grid north; empty: 0.")
        self.add_number("BEARING", self.tr("Bearing (°)"), None, help_text, -360, 360)
        crs = QgsProcessingParameterCrs("CRS", self.tr("CRS of the place"), optional=True)
        self.add(crs, self.tr("Projected, in metres. Also for rows of PLACEMENTS that name none."))
        help_text = self.tr(
            "Also write the place as ArcGIS reads it, into files of the copy's name beside it: .prj and .wld3. They "
            "replace those that are there."
        )
        files = QgsProcessingParameterBoolean("PLACE_FILES", self.tr("Files for ArcGIS"), False)
        self.add(files, help_text, True)
        filters = self.tr("IFC models (*.ifc *.ifczip)")
        output = QgsProcessingParameterFileDestination("OUTPUT", self.tr("Model with its place"), filters)
        self.add(output, self.tr("The copy. It is zipped when its name ends in .ifczip."))

    def checkParameterValues(self, parameters: Values, context: QgsProcessingContext) -> tuple[bool, str]:
        fits, message = super().checkParameterValues(parameters, context)
        model, output = self.parameterAsFile(parameters, "MODEL", context), parameters.get("OUTPUT")
        if fits and isinstance(output, str) and output and Path(output).absolute() == Path(model).absolute():
            return False, self.tr("OUTPUT is the model itself, which is never changed: choose another file.")
        return fits, message

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Find the place, write it into the copy, and read that again (core/bim/writeback_place)."""
        from ...core.bim.writeback_place import write_place

        model = self.parameterAsFile(parameters, "MODEL", context)
        output = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        with_files = self.parameterAsBoolean(parameters, "PLACE_FILES", context)
        tie = self._tie(parameters, model, context, feedback)
        crs = QgsCoordinateReferenceSystem()
        if crs.createFromUserInput(tie.crs):  # a name, or WKT where it has none
            require_true_metres(crs, QgsPointXY(tie.x, tie.y))
        place = write_place(model, tie, output, self.progress(feedback), with_files)
        text = self.tr("The copy's zero point lies at {x:.3f}, {y:.3f}, {z:.3f} in {crs}.")
        feedback.pushInfo(text.format(x=place.x, y=place.y, z=place.z, crs=place.crs))
        return {"OUTPUT": output}

    def _tie(
        self, parameters: Values, model: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Tie:
        """The place of the model, by its row in PLACEMENTS or by X, Y and CRS."""
        from ...core.bim.georeference import Tie
        from ...core.bim.placements import read_placements, tie_for

        crs = crs_name(self, parameters, "CRS", context)
        rows = table_rows(self, parameters, "PLACEMENTS", context, feedback)
        if rows is not None:
            tie = tie_for(read_placements(rows, crs), Path(model).name, model)
            if tie is None:
                text = self.tr("PLACEMENTS has no row with coordinates for '{model}': add one, or give X, Y and CRS.")
                raise InputError(text.format(model=model))
            return tie
        if parameters.get("X") is None or parameters.get("Y") is None or not crs:
            raise InputError(self.tr("Give the place: X, Y and CRS, or PLACEMENTS with a row for the model."))
        numbers = (self.parameterAsDouble(parameters, name, context) for name in ("X", "Y"))
        others = (
            0.0 if parameters.get(name) is None else self.parameterAsDouble(parameters, name, context)
            for name in ("Z", "BEARING")
        )
        return Tie(*numbers, *others, crs)
