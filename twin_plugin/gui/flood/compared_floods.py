"""Another flood of the project beside the shown one: the comparison as layers and figures, and a swipe on the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from qgis.core import NULL, Qgis, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from ...core.common.errors import InputError
from ..common import floods, formatting, layer_order, result_layers, run_outputs
from ..common.floods import Flood
from ..common.jobs import Job
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.notice import Notice
from ..widgets.swipe import Swipe
from .comparison_panel import ComparisonPanel, FigureRow

RunStep = Callable[[Callable[[], RunRequest]], Job | None]


class ComparedFloods(QObject):
    """Does what the panel of the comparison says: flood A is the one that the docks are at, B the one chosen there.

    Parameters
    ----------
    panel : ComparisonPanel
    shell : Shell
    run_step : callable
        Starts a run in the dock.
    notice : Notice
        Says what cannot be done.
    """

    def __init__(
        self, panel: ComparisonPanel, shell: Shell, run_step: RunStep, notice: Notice, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.panel, self.shell, self.notice, self._run_step = panel, shell, notice, run_step
        self.swipe = Swipe(shell.iface.mapCanvas(), self)
        panel.compare.connect(self.compare)
        panel.swipe.connect(self.toggle_swipe)
        panel.chosen.connect(self._other_chosen)
        self.swipe.changed.connect(lambda: panel.show_swiping(self.swipe.running))

    def refresh(self) -> bool:
        """Offer the floods besides the one that the docks are at; whether there are any."""
        current = floods.current()
        others = [flood for flood in floods.find() if current is None or flood.key != current.key]
        self.panel.show_floods(current, others)
        return bool(others)

    def compare(self) -> None:
        """Start the comparison in the background."""
        job = self._run_step(self._request_of_both)
        if job is not None:
            job.finished.connect(self._compared)

    def toggle_swipe(self) -> None:
        """Swipe the floods on the map, or end that."""
        a, b = self._both()
        if self.swipe.running or a is None or b is None:
            self.swipe.stop()
            return
        depth_a, depth_b = (result_layers.of_flood(flood, "DEPTH_MAX") for flood in (a, b))
        if depth_a is None or depth_b is None:
            self.notice.say(
                self.tr("The maximum depth of one of the floods is missing: simulate it again with DEPTH_MAX."),
                Qgis.MessageLevel.Warning,
            )
            return
        layer_order.show_alone(a)
        QgsProject.instance().layerTreeRoot().findLayer(depth_a.id()).setItemVisibilityCheckedParentRecursive(True)
        replaced = {layer: b.layers.get(output, "") for output, layer in a.layers.items()}
        risks = [floods.assessment(flood) for flood in (a, b)]
        if risks[0] is not None:
            replaced[risks[0].id()] = risks[1].id() if risks[1] is not None else ""
        self.swipe.start(replaced | {depth_a.id(): depth_b.id()}, (f"A: {a.title}", f"B: {b.title}"))

    def _both(self) -> tuple[Flood | None, Flood | None]:
        key = self.panel.other()
        return floods.current(), next((flood for flood in floods.find() if flood.key == key), None)

    def _request_of_both(self) -> RunRequest:
        a, b = self._both()
        if a is None or b is None:
            raise InputError(self.tr("Choose another flood of the project to compare with."))
        names = [flood.storm or flood.title for flood in (a, b)]
        text = self.tr("Comparison: {a} → {b}")
        title = run_outputs.named(text.format(a=names[0], b=names[1]))
        parameters: dict[str, Any] = {}
        risks = [floods.assessment(flood) for flood in (a, b)]
        for side, flood in (("A", a), ("B", b)):
            given = {"DEPTH": "DEPTH_MAX"} if "DEPTH_MAX" in flood.results else {"RESULT": "RESULT"}
            given |= {"LEVEL": "LEVEL_MAX", "ARRIVAL": "ARRIVAL", "HAZARD": "HAZARD", "SUMMARY": "SUMMARY"}
            for name, output in given.items():
                if output in flood.results:
                    parameters[f"{name}_{side}"] = flood.results[output]
        if all(risk is not None for risk in risks):
            parameters |= {f"RISK_{side}": risk.id() for side, risk in zip("AB", risks, strict=True)}
        layers = {
            "DIFFERENCE": self.tr("Depth of B minus depth of A"),
            "CHANGE": self.tr("Change from A to B"),
            "TABLE": self.tr("Figures of A and B"),
        }
        request = run_outputs.request_for("comparefloods", parameters, title, layers, summary=self._summary)
        return replace(request, group=title, is_result=True, hidden=("CHANGE",))

    def _compared(self, result: RunResult) -> None:
        """Show the figures of a comparison, and its layers in place of those of both floods."""
        if not result.ok or "DIFFERENCE" not in result.layers:
            return
        self.swipe.stop()
        layer_order.show_comparison(result.layers["DIFFERENCE"])
        QgsProject.instance().layerTreeRoot().findLayer(result.layers["DIFFERENCE"]).setExpanded(True)
        self.panel.show_figures(figures(QgsProject.instance().mapLayer(result.layers.get("TABLE", ""))))

    def _other_chosen(self) -> None:
        self.swipe.stop()
        self.panel.show_figures([])

    def _summary(self, results: dict[str, Any]) -> str:
        text = self.tr("B: {wet} ha newly wet, {dry} ha no longer wet; the depth changes by {most} m at most.")
        return text.format(
            wet=formatting.number(results.get("ONLY_B_AREA_M2", 0.0) / 1e4, 2),
            dry=formatting.number(results.get("ONLY_A_AREA_M2", 0.0) / 1e4, 2),
            most=formatting.number(results.get("MAX_DIFFERENCE_M", 0.0), 2),
        )


def figures(layer: Any) -> list[FigureRow]:
    """The rows of a comparison's table in words."""
    if not isinstance(layer, QgsVectorLayer):
        return []
    rows = []
    for feature in layer.getFeatures():
        values = {name: None if value == NULL else value for name, value in feature.attributeMap().items()}
        unit = str(values.get("unit") or "")
        cells = [_cell(values.get(side), values.get(f"text_{side}"), unit) for side in "ab"]
        rows.append(FigureRow(str(values["title"]), unit, *cells, _cell(values.get("difference"), None, unit, "+")))
    return rows


def _cell(number: Any, text: Any, unit: str, sign: str = "") -> str:
    """A value as the table shows it: areas in ha."""
    if number is None:
        return str(text or "")
    value = float(number)
    plus = sign if value > 0 else ""
    if unit == "m²":
        return plus + formatting.number(value / 1e4, 2)
    whole = value == round(value) and unit in ("", "mm", "m³")
    return plus + formatting.number(value, 0 if whole or abs(value) >= 1000 else 2)
