"""twin:floodanimation: a film (.gif or .mp4) of a flood over a map, with clock, legend and scale bar."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from pathlib import Path

from qgis.core import (
    QgsExpressionContext,
    QgsMapLayer,
    QgsMeshLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMeshLayer,
    QgsProcessingParameterMultipleLayers,
)
from qgis.PyQt.QtCore import QSize, QThread

from ...bridge.kernel.output_checks import check_folder
from ...bridge.reports.film import Film, FilmSettings
from ...core.common.errors import InputError
from ...core.common.new_folder import new_folder
from ..algorithm import TwinAlgorithm, Values

MOST_FPS = 30


class FloodAnimation(TwinAlgorithm):
    ID = "floodanimation"
    GROUP_ID = "reports"
    ICON = "animate"

    def __init__(self) -> None:
        super().__init__()
        self._copies: dict[str, list[QgsMapLayer]] = {}
        self._expressions = QgsExpressionContext()
        self._frames: Path | None = None

    def title(self) -> str:
        return self.tr("Film of a flood")

    def help_text(self) -> str:
        return self.tr(
            "<p>Draws the map at each time of a simulation's RESULT and writes the frames as a film: an animated GIF, "
            "which every browser, mail program and office program shows, or an MP4 (H.264), which is smaller and has "
            "all colours.</p><p>Below the map stand the time after the start, the title, the legend of the depths and "
            "a scale bar. UNDER and OVER are the layers around the flood, as they are styled.</p><p>An MP4 needs the "
            "Python package av (PyAV), which the plugin does not install.</p>"
        )

    def declare(self, configuration: Values) -> None:
        mesh = QgsProcessingParameterMeshLayer("RESULT", self.tr("Flood over time"))
        self.add(mesh, self.tr("Output RESULT of 'Simulate flood'."))
        many = QgsProcessing.SourceType.TypeMapLayer
        under = QgsProcessingParameterMultipleLayers("UNDER", self.tr("Layers under the flood"), many, None, True)
        self.add(under, self.tr("Terrain, relief, roads, the first one on top. Empty: a plain ground."))
        over = QgsProcessingParameterMultipleLayers("OVER", self.tr("Layers over the flood"), many, None, True)
        self.add(over, self.tr("Buildings and names, the first one on top."))
        extent = QgsProcessingParameterExtent("EXTENT", self.tr("Extent"), optional=True)
        self.add(extent, self.tr("What the film shows; empty: all of RESULT."))
        help_text = self.tr("Of the whole film, in pixels; even numbers for .mp4.")
        self.add_number("WIDTH", self.tr("Width (pixels)"), 1280, help_text, 320, 3840, whole=True)
        self.add_number("HEIGHT", self.tr("Height (pixels)"), 720, help_text, 240, 3840, whole=True)
        help_text = self.tr("How many times of RESULT pass in a second of the film.")
        self.add_number("FPS", self.tr("Frames in a second"), 4, help_text, 0.2, MOST_FPS)
        help_text = self.tr("First time to show, in minutes after the start; empty: the start.")
        self.add_number("FROM_MIN", self.tr("From (min)"), None, help_text, 0)
        help_text = self.tr("Last time to show, in minutes after the start; empty: the end.")
        self.add_number("TO_MIN", self.tr("To (min)"), None, help_text, 0)
        self.add_text("TITLE", self.tr("Title"), self.tr("Stands below the map, for instance the storm and the place."))
        self._switch("LEGEND", self.tr("Legend"), self.tr("The classes of the depth."))
        self._switch("ARROWS", self.tr("Arrows"), self.tr("The velocity of the water as arrows."))
        self._switch("SCALE_BAR", self.tr("Scale bar"), self.tr("A scale bar below the map."))
        kinds = self.tr("Animated GIF (*.gif)") + ";;" + self.tr("MP4 film (*.mp4)")
        output = QgsProcessingParameterFileDestination("OUTPUT", self.tr("Film"), kinds)
        self.add(output, self.tr("The film, .gif or .mp4 by its name."))
        frames = QgsProcessingParameterFolderDestination("FRAMES", self.tr("Folder of the frames"), None, True, False)
        self.add(frames, self.tr("Each frame as a PNG picture, for programs that cut films; a new or an empty folder."))
        self.number_outputs(COUNT=self.tr("Number of frames"), SECONDS=self.tr("Length of the film (s)"))

    def prepareAlgorithm(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Copy the layers, which belong to this thread: the film is drawn in another one, and dresses its own."""
        mesh = self.parameterAsMeshLayer(parameters, "RESULT", context)
        layers = {name: self.parameterAsLayerList(parameters, name, context) or [] for name in ("OVER", "UNDER")}
        self._copies = {name: [_copy(layer) for layer in found] for name, found in layers.items()}
        self._copies["RESULT"] = [] if mesh is None else [_copy(mesh)]
        self._expressions = self.createExpressionContext(parameters, context)
        return super().prepareAlgorithm(parameters, context, feedback)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Draw the frames one after the other into the film and, where it is wanted, a folder."""
        mesh, over, under = self._take()
        settings = self._settings(parameters, context, mesh)
        film = Film(mesh, over, under, settings, context.transformContext(), self._expressions)
        path = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        folder = self.parameterAsString(parameters, "FRAMES", context)
        with new_folder(Path(folder)) if folder else nullcontext() as work:
            film.write(path, work, self.progress(feedback))
            if work is not None:
                check_folder(work)
        self._frames = Path(folder) if folder else None
        count = len(film.minutes)
        seconds = count / settings.fps
        text = self.tr("{n} frames from {first} min to {last} min, {seconds} s.")
        feedback.pushInfo(
            text.format(n=count, first=f"{film.minutes[0]:g}", last=f"{film.minutes[-1]:g}", seconds=f"{seconds:.1f}")
        )
        results = {"OUTPUT": str(path), "COUNT": count, "SECONDS": seconds}
        return results | ({"FRAMES": folder} if folder else {})

    def take_back(self) -> None:
        """The frames of a film that could not be put in place go with it."""
        if self._frames is not None:
            shutil.rmtree(self._frames, ignore_errors=True)

    def _settings(self, parameters: Values, context: QgsProcessingContext, mesh: QgsMeshLayer) -> FilmSettings:
        def given(name: str, otherwise: float) -> float:
            empty = parameters.get(name) in (None, "")
            return otherwise if empty else self.parameterAsDouble(parameters, name, context)

        size = QSize(
            self.parameterAsInt(parameters, "WIDTH", context), self.parameterAsInt(parameters, "HEIGHT", context)
        )
        return FilmSettings(
            size,
            self.parameterAsDouble(parameters, "FPS", context),
            self.parameterAsExtent(parameters, "EXTENT", context, mesh.crs()),
            given("FROM_MIN", 0.0),
            given("TO_MIN", float("inf")),
            self.parameterAsString(parameters, "TITLE", context).strip(),
            *(self.parameterAsBool(parameters, name, context) for name in ("LEGEND", "ARROWS", "SCALE_BAR")),
        )

    def _take(self) -> tuple[QgsMeshLayer, list[QgsMapLayer], list[QgsMapLayer]]:
        """The copies of the flood and of the layers over and under it, from now on of this thread."""
        copies, self._copies = self._copies, {}
        for layer in (layer for found in copies.values() for layer in found):
            layer.moveToThread(QThread.currentThread())
        mesh = next(iter(copies["RESULT"]), None)
        if not isinstance(mesh, QgsMeshLayer) or not mesh.isValid():
            raise InputError(self.tr("RESULT cannot be opened: choose the .nc file that 'Simulate flood' wrote."))
        return mesh, copies["OVER"], copies["UNDER"]

    def _switch(self, name: str, label: str, help_text: str) -> None:
        self.add(QgsProcessingParameterBoolean(name, label, True), help_text)


def _copy(layer: QgsMapLayer) -> QgsMapLayer:
    """A copy that no thread owns until one takes it."""
    copy = layer.clone()
    copy.moveToThread(None)
    return copy
