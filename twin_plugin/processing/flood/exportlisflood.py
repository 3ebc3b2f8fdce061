"""twin:exportlisflood: the inputs of a flood simulation as a model of LISFLOOD-FP, to compute the same flood there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterFolderDestination

from ...bridge.flood.files.lisflood_files import write_model
from ...bridge.flood.setup import reading
from ...core.common.errors import InputError
from ...core.common.new_folder import new_folder
from ..algorithm import TwinAlgorithm, Values
from .simulation import drains, edges, ground, rain, run, terrain


class ExportLisflood(TwinAlgorithm):
    """Has inputs of the simulation, and other outputs."""

    ID = "exportlisflood"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("numba", "shapely")

    def title(self) -> str:
        return self.tr("Export to LISFLOOD-FP")

    def help_text(self) -> str:
        return self.tr(
            "<p>Writes the inputs of 'Simulate flood' as a model of LISFLOOD-FP (University of Bristol), which then "
            "computes the same flood: an independent check.</p><p>The folder has the parameter file model.par, the "
            "terrain with its buildings and the roughness as text grids, edges and inflows, and the rain. Start it "
            "there with: lisflood -v model.par</p><p>The log says what LISFLOOD-FP computes in another way, and what "
            "it cannot.</p>"
        )

    def declare(self, configuration: Values) -> None:
        for inputs in (terrain, rain, ground):
            inputs.declare(self)
        drains.declare_rate(self)
        edges.declare(self)
        run.declare_output_times(self)
        help_text = self.tr("auto and inertial: its solver 'acceleration'; shockcapturing: its finite volumes 'fv1'.")
        self.add_choice("SCHEME", self.tr("Scheme"), run.SCHEMES, run.SCHEMES[0], help_text, advanced=True)
        folder = QgsProcessingParameterFolderDestination("FOLDER", self.tr("Folder of the model"))
        self.add(folder, self.tr("A new or an empty folder. One with files in it is refused, never mixed."))
        self.number_outputs(CELLS=self.tr("Number of cells with a height"))

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the layers into a setup as the simulation does, and write it as a model."""
        place = self.parameterAsString(parameters, "FOLDER", context)
        if not place:
            raise InputError(self.tr("FOLDER is empty: choose a new or an empty folder."))
        read = reading.read_setup(self, parameters, context, feedback)
        from ...core.flood.lisflood import PARAMETERS, lisflood_model

        model = lisflood_model(read.setup)
        with new_folder(Path(place)) as work:
            write_model(model, work, self.progress(feedback))
        self.push_warnings(model.notes, feedback)
        cells = int(np.isfinite(model.place.values).sum())
        text = self.tr("{n} files in '{folder}'. Start LISFLOOD-FP there with: lisflood -v {name}")
        feedback.pushInfo(text.format(n=len(model.grids) + len(model.texts), folder=place, name=PARAMETERS))
        self.push_lines(read.table, feedback)
        return {"FOLDER": place, "CELLS": cells}
