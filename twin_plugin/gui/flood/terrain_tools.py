"""What can be done with a terrain before a storm: check it, and look where rain collects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtWidgets import QGridLayout, QWidget

from ..common import formatting, run_outputs
from ..common.run_request import RunRequest
from ..widgets.basics import button


class TerrainTools(QWidget):
    """Two buttons that start algorithms on the terrain of the dock; whoever has them enables them.

    Parameters
    ----------
    inputs : callable
        Gives the parameters that the dock has: DTM, EXTENT, BUILDINGS.
    run : callable
        Starts a request.
    """

    def __init__(
        self, inputs: Callable[[], dict[str, Any]], run: Callable[[RunRequest], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._inputs, self._run = inputs, run
        check = self.tr(
            "Look for what makes the terrain unfit: units, undeclared no data, pits, bridges over channels, seams; the"
            " mended terrain comes into the project."
        )
        find = self.tr("Show the depressions of the terrain in which rain collects, without a simulation.")
        self.check = button("", self.tr("Check terrain"), check, self.start_check)
        self.find = button("", self.tr("Waterlogging"), find, self.start_find)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.check, 0, 0)
        grid.addWidget(self.find, 0, 1)
        self.setEnabled(False)

    def start_check(self) -> None:
        """Check the terrain; findings and mended terrain become layers."""
        title = run_outputs.named(self.tr("Check of the terrain"))
        parameters = {"DTM": self._inputs().get("DTM")}
        titles = {"OUTPUT": self.tr("Faults of the terrain"), "MENDED": self.tr("Mended terrain")}
        self._run(run_outputs.request_for("checkterrain", parameters, title, titles, summary=self._checked))

    def start_find(self) -> None:
        """Find the depressions of the terrain, with the dock's extent and buildings."""
        title = run_outputs.named(self.tr("Waterlogging"))
        parameters = {name: value for name, value in self._inputs().items() if name in ("DTM", "EXTENT", "BUILDINGS")}
        titles = {"OUTPUT": self.tr("Waterlogging")}
        self._run(run_outputs.request_for("findwaterlogging", parameters, title, titles, summary=self._found))

    def _checked(self, results: dict[str, Any]) -> str:
        count = int(results.get("COUNT", 0))
        if not count:
            return self.tr("Nothing is wrong with the terrain.")
        text = self.tr("{count} findings; {changed} cells were mended. To use the mended terrain, choose it above.")
        return text.format(count=formatting.count(count), changed=formatting.count(int(results.get("CHANGED", 0))))

    def _found(self, results: dict[str, Any]) -> str:
        text = self.tr("{count} depressions hold {volume} m³.")
        count, volume = int(results.get("COUNT", 0)), float(results.get("VOLUME_M3", 0.0))
        return text.format(count=formatting.count(count), volume=formatting.number(volume, 0))
