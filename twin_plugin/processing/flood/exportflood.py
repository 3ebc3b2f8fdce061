"""twin:exportflood: the frames of a flood's RESULT as GeoTIFFs over time, or as the grids of LISFLOOD-FP."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
)

from ...bridge.flood.files.frame_export import FrameExport
from ...bridge.flood.files.frame_values import QUANTITIES, FrameValues
from ...bridge.kernel.ugrid_reader import Result
from ...core.common.errors import InputError
from ...core.common.new_folder import new_folder
from ..algorithm import TwinAlgorithm, Values
from ..inputs import read_time

FORMATS = ("series", "bands", "lisflood")
DRY = ("zero", "nodata")


class ExportFlood(TwinAlgorithm):
    ID = "exportflood"
    GROUP_ID = ICON = "flood"

    def title(self) -> str:
        return self.tr("Export flood over time")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes the frames of a simulation's RESULT into a folder of files that other programs read.</p>"
            "<p>series: a GeoTIFF for each quantity and time, with the time in its name; bands: a GeoTIFF for each "
            "quantity, with a band for each time; both with styles whose times QGIS's temporal controller plays. "
            "lisflood: text grids of depth (.wd) and water level (.elev), numbered as LISFLOOD-FP does, for programs "
            "that compare with its results.</p><p>frames.csv lists each file with its time.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessingParameterFile.Behavior.File
        result = QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), kinds, "nc")
        self.add(result, self.tr("Output RESULT of 'Simulate flood'."))
        help_text = self.tr("series: one file for each time; bands: one file; lisflood: the grids of LISFLOOD-FP.")
        self.add_choice("FORMAT", self.tr("Format"), FORMATS, "series", help_text)
        help_text = self.tr(
            "depth (m), water_level (m above datum), velocity (m/s), hazard (AIDR 1 to 6); for GeoTIFFs."
        )
        self.add_choice("QUANTITY", self.tr("Quantities"), tuple(QUANTITIES), "depth", help_text, several=True)
        help_text = self.tr("zero: dry cells are 0; nodata: they have no data. Levels have no data there anyway.")
        self.add_choice("DRY", self.tr("Dry cells"), DRY, "zero", help_text)
        help_text = self.tr("Cells with less water count as dry; 0 keeps every film of water.")
        self.add_number("WET_DEPTH_M", self.tr("Wet from (m)"), 0.05, help_text, 0)
        start = QgsProcessingParameterDateTime(
            "START_TIME", self.tr("Start of the flood"), QgsProcessingParameterDateTime.Type.DateTime, None, True
        )
        self.add(start, self.tr("Date and time (UTC) of the first frame; empty: 2026-01-01 00:00, as in RESULT."))
        folder = QgsProcessingParameterFolderDestination("FOLDER", self.tr("Folder of the frames"))
        self.add(folder, self.tr("A new or an empty folder. One with files in it is refused, never mixed."))
        self.addOutput(QgsProcessingOutputMultipleLayers("LAYERS", self.tr("Rasters")))
        self.number_outputs(FRAMES=self.tr("Number of times"), FILES=self.tr("Number of rasters"))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Open RESULT and write its frames into a folder that appears complete."""
        place = self.parameterAsString(parameters, "FOLDER", context)
        if not place:
            raise InputError(self.tr("FOLDER is empty: choose a new or an empty folder."))
        form = self.parameterAsEnumString(parameters, "FORMAT", context)
        quantities = self.parameterAsEnumStrings(parameters, "QUANTITY", context)
        if not quantities and form != "lisflood":
            raise InputError(self.tr("QUANTITY is empty: choose at least one quantity."))
        dry_is_no_data = self.parameterAsEnumString(parameters, "DRY", context) == "nodata"
        result = Result(self.parameterAsFile(parameters, "RESULT", context))
        frames = FrameValues(result, self.parameterAsDouble(parameters, "WET_DEPTH_M", context), dry_is_no_data)
        with new_folder(Path(place)) as work:
            export = FrameExport(frames, work, read_time(self, parameters, "START_TIME", context))
            if form == "lisflood":
                export.lisflood("res", self.progress(feedback))
            else:
                write = export.series if form == "series" else export.stacks
                write(quantities, self.progress(feedback))
            export.index()
        if not result.crs.isValid():
            feedback.pushWarning(self.tr("RESULT names no CRS, and so the rasters have none."))
        names = list(dict.fromkeys(row[0] for row in export.rows))
        text = self.tr("{files} rasters of {frames} times, with cells of {cell} m, in '{folder}'.")
        cell = f"{result.cells.width:g}"
        counts = {"FRAMES": len(frames.minutes), "FILES": len(names)}
        feedback.pushInfo(text.format(files=len(names), frames=len(frames.minutes), cell=cell, folder=place))
        return {"FOLDER": place, "LAYERS": [str(Path(place) / name) for name in names], **counts}
