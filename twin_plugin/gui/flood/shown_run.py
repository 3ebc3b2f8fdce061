"""What can be done with the results of a flood: the map, the animation, and another flood of the project."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsMapLayer, QgsMeshLayer, QgsProject
from qgis.PyQt.QtCore import QObject

from ..common import floods, layer_order, result_layers
from ..common.floods import Flood
from ..common.shell import Shell
from ..widgets.notice import Notice
from .animation import Animation
from .film import film_parameters
from .results import FloodResults


class ShownRun(QObject):
    """Keeps the results of the flood dock at the flood that was chosen, and does what its buttons say.

    Parameters
    ----------
    results : FloodResults
    shell : Shell
    notice : Notice
        Says what cannot be done.
    """

    def __init__(self, results: FloodResults, shell: Shell, notice: Notice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.results, self.shell, self.notice = results, shell, notice
        self.animation = Animation(shell.iface, self)
        results.chosen.connect(self.choose)
        results.show_map.connect(self.show_map)
        results.animate.connect(self.animate)
        results.film.connect(self.save_film)
        results.export.connect(self.export)
        self.animation.changed.connect(lambda: results.show_playing(self.animation.running))

    def refresh(self) -> None:
        """Show the flood that the docks are at, and offer the others."""
        self.results.show_run(floods.current(), floods.find())

    def choose(self, key: str) -> None:
        """Let all docks be at another flood of the project, and show it alone."""
        flood = next((flood for flood in floods.find() if flood.key == key), None)
        if flood is not None:
            self.animation.stop()
            floods.choose(flood)
            layer_order.show_alone(flood)
            self.shell.refresh()

    def show_map(self) -> None:
        """Show the maximum depth of the flood and nothing of another one."""
        self.animation.stop()
        flood = floods.current()
        depth = self._layer(flood, "DEPTH_MAX", lambda: self.tr("The maximum depth of this flood is missing"))
        if flood is not None and depth is not None:
            layer_order.show_alone(flood)
            QgsProject.instance().layerTreeRoot().findLayer(depth.id()).setItemVisibilityCheckedParentRecursive(True)
            self.shell.zoom_to([depth.id()])

    def animate(self) -> None:
        """Play the flood over time, or end that."""
        if self.animation.running:
            self.animation.stop()
            return
        flood = floods.current()
        mesh = self._layer(flood, "RESULT", lambda: self.tr("The flood over time is missing"))
        if flood is None or not isinstance(mesh, QgsMeshLayer):
            return
        layer_order.show_alone(flood)
        problem = self.animation.play(mesh, [flood.layers[name] for name in floods.RASTERS if name in flood.layers])
        if problem:
            self.notice.say(problem, Qgis.MessageLevel.Warning)

    def save_film(self) -> None:
        """Open the film of the flood, over what the map shows."""
        flood = floods.current()
        mesh = self._layer(flood, "RESULT", lambda: self.tr("The flood over time is missing"))
        if flood is not None and isinstance(mesh, QgsMeshLayer):
            parameters = film_parameters(flood, mesh, self.shell.iface.mapCanvas())
            self.shell.open_algorithm("floodanimation", parameters)

    def export(self) -> None:
        """Open the export of the flood over time."""
        flood = floods.current()
        mesh = self._layer(flood, "RESULT", lambda: self.tr("The flood over time is missing"))
        if isinstance(mesh, QgsMeshLayer):
            self.shell.open_algorithm("exportflood", {"RESULT": mesh.source()})

    def _layer(self, flood: Flood | None, output: str, missing: Callable[[], str]) -> QgsMapLayer | None:
        """A result of the flood; one that was taken out of the project comes back from its file."""
        found = result_layers.of_flood(flood, output) if flood is not None else None
        if found is None:
            text = self.tr("{what}: its file was deleted or never written. Simulate again with the output {output}.")
            self.notice.say(text.format(what=missing(), output=output), Qgis.MessageLevel.Warning)
        return found
