"""Asks the flood that the docks are at: the points and the line on the map, the runs of the algorithms, the charts."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import (
    NULL,
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingUtils,
    QgsProject,
)
from qgis.PyQt.QtCore import QDateTime, QObject, Qt
from qgis.PyQt.QtWidgets import QFileDialog

from ...bridge.flood.files.mesh_file import EPOCH
from ..common import floods, formatting
from ..common.jobs import Job
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.line_chart import Line
from ..widgets.map_tools import LineTool, PointTool
from ..widgets.notice import Notice
from .profile_chart import Piece
from .query_marks import LINE, QueryMarks
from .query_panel import QueryPanel

COLOURS = ("#1f6fb5", "#c2185b", "#2e7d32", "#d98a00", "#6a3fa0", "#5d4037")
"""Of the points, one for each; so many can be compared."""
Row = dict[str, Any]


class ResultQueries(QObject):
    """Keeps points and a line, and shows what the flood's RESULT has there.

    Parameters
    ----------
    panel : QueryPanel
    shell : Shell
    notice : Notice
        Says what cannot be done.
    """

    def __init__(self, panel: QueryPanel, shell: Shell, notice: Notice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.panel, self.shell, self.notice = panel, shell, notice
        self.canvas = shell.iface.mapCanvas()
        self.points: list[QgsPointXY] = []
        self.line: list[QgsPointXY] = []
        self.tables: dict[str, list[Row]] = {}
        self._profiles: dict[float | None, list[Row]] = {}
        self._result, self._crs = "", QgsCoordinateReferenceSystem()
        self._running: set[str] = set()
        self._again: set[str] = set()
        self._marks: QueryMarks | None = None
        self.point_tool, self.line_tool = PointTool(self.canvas), LineTool(self.canvas)
        self.point_tool.clicked.connect(self.add_point)
        self.line_tool.drawn.connect(self.take_line)
        self.line_tool.changed.connect(self._preview)
        for tool, button in ((self.point_tool, panel.points), (self.line_tool, panel.line)):
            tool.setButton(button)
        panel.point_tool.connect(lambda on: self._use(self.point_tool, on))
        panel.line_tool.connect(lambda on: self._use(self.line_tool, on))
        panel.clear.connect(self.clear)
        panel.quantity_chosen.connect(self._show_hydrographs)
        panel.save_table.connect(self.save_table)
        panel.save_picture.connect(self.save_picture)
        self.canvas.temporalRangeChanged.connect(self._time_changed)
        self.canvas.layersChanged.connect(self._time_changed)

    def refresh(self) -> bool:
        """Be at the flood that the docks are at; whether there is one."""
        flood = floods.current()
        result = flood.results.get("RESULT", "") if flood is not None else ""
        layer = QgsProject.instance().mapLayer(next(iter(flood.layers.values()))) if flood is not None else None
        if result != self._result:
            self._result = result
            self._crs = layer.crs() if isinstance(layer, QgsMapLayer) else QgsCoordinateReferenceSystem()
            self.tables, self._profiles = {}, {}
            self._ask_all()
        self._show_state()
        return flood is not None

    def close_down(self) -> None:
        """Leave the map as it was: before the dock is deleted."""
        self.canvas.temporalRangeChanged.disconnect(self._time_changed)
        self.canvas.layersChanged.disconnect(self._time_changed)
        for tool in (self.point_tool, self.line_tool):
            self.canvas.unsetMapTool(tool)
        self._remove_marks()

    def add_point(self, point: QgsPointXY) -> None:
        """Ask at one more point of the map."""
        if len(self.points) == len(COLOURS):
            text = self.tr("Up to {count} points can be compared: clear them to begin again.")
            self.notice.say(text.format(count=len(COLOURS)))
            return
        own = self._own([point])
        if own:
            self.points += own
            self._mark()
            self._ask("points")

    def take_line(self, vertices: list[QgsPointXY]) -> None:
        """Ask along a line of the map, instead of the one before."""
        own = self._own(vertices)
        if own:
            self.line = own
            self._mark()
            self._ask("line")

    def clear(self) -> None:
        """Forget points, line and charts."""
        self.points, self.line, self.tables, self._profiles = [], [], {}, {}
        self._again.clear()
        self._remove_marks()
        self._show()

    def save_table(self) -> None:
        """Write the tables of what is shown as CSV, where the user says."""
        for what, name, outputs in (
            ("points", "hydrographs.csv", ("OUTPUT",)),
            ("line", "profile.csv", ("OUTPUT_PROFILE", "OUTPUT_DISCHARGE")),
        ):
            if not getattr(self, what):
                continue
            path = self._file(name, self.tr("Tables (*.csv)"))
            if not path:
                return
            places = [path, str(Path(path).with_name(f"{Path(path).stem}_discharge.csv"))][: len(outputs)]
            if len(places) > 1 and Path(places[1]).exists():
                text = self.tr("'{file}' exists already: choose another name for the table.")
                self.notice.say(text.format(file=Path(places[1]).name), Qgis.MessageLevel.Warning)
                return
            request = self._request(what, dict(zip(outputs, places, strict=True)))
            self.shell.runner.start(request).finished.connect(lambda result, path=path: self._saved(result, path))

    def save_picture(self) -> None:
        """Write the charts as PNG, where the user says."""
        path = self._file("charts.png", self.tr("Pictures (*.png)"))
        if path and not self.panel.grab_charts().save(path, "PNG"):
            text = self.tr("The picture '{file}' cannot be written: check the folder and the disk.")
            self.notice.say(text.format(file=path), Qgis.MessageLevel.Warning)

    # Runs

    def _ask_all(self) -> None:
        for what in ("points", "line"):
            self._ask(what)
        self._show()

    def _ask(self, what: str) -> None:
        """Start the algorithm for the points or the line; what changes meanwhile is asked after its end."""
        if not self._result or not getattr(self, what):
            return
        if what in self._running:
            self._again.add(what)
            return
        self._running.add(what)
        outputs = ("OUTPUT",) if what == "points" else ("OUTPUT_PROFILE", "OUTPUT_DISCHARGE")
        request = self._request(what, dict.fromkeys(outputs, "TEMPORARY_OUTPUT"))
        asked = (self._result, list(getattr(self, what)))
        job = self.shell.runner.start(request)
        job.finished.connect(lambda result: self._answered(what, asked, job, result))
        self._show_state()

    def _request(self, what: str, outputs: dict[str, str]) -> RunRequest:
        places = "; ".join(f"{point.x():.3f},{point.y():.3f}" for point in getattr(self, what))
        given = {"RESULT": self._result, "COORDINATES": places, **outputs}
        if what == "points":
            return RunRequest("twin:floodhydrographs", given, self.tr("Flood hydrographs"), quiet=True)
        given["TIMES"] = "maximum; all"
        return RunRequest("twin:floodprofiles", given, self.tr("Flood profile"), quiet=True)

    def _answered(self, what: str, asked: tuple[str, list[QgsPointXY]], job: Job, result: RunResult) -> None:
        self._running.discard(what)
        current = asked == (self._result, getattr(self, what))
        if current and result.error:
            self.notice.say(result.error, Qgis.MessageLevel.Warning, result.log)
        elif current and result.ok:
            for name, place in result.outputs.items():
                if isinstance(place, str):
                    self.tables[f"{what}/{name}"] = _rows(place, job)
            self._profiles = _by_time(self.tables.get("line/OUTPUT_PROFILE", []))
            self._show()
            self._warn_of_dry_places()
        if what in self._again:
            self._again.discard(what)
            self._ask(what)
        self._show_state()

    def _saved(self, result: RunResult, path: str) -> None:
        if result.ok:
            self.notice.say(self.tr("Saved: {file}").format(file=Path(path).name), Qgis.MessageLevel.Success)
        elif result.error:
            self.notice.say(result.error, Qgis.MessageLevel.Warning, result.log)

    # Charts

    def _show(self) -> None:
        self._show_hydrographs()
        self._show_profile()
        rows = self.tables.get("line/OUTPUT_DISCHARGE", []) if self.line else []
        minutes, values = ([row[name] for row in rows] for name in ("time_min", "discharge_m3s"))
        self.panel.show_discharge(Line("", LINE, minutes, values) if rows else None)
        self.panel.mark(self._minutes())
        self._show_state()

    def _show_hydrographs(self) -> None:
        rows, quantity = self.tables.get("points/OUTPUT", []), self.panel.chosen()
        lines = []
        for number, colour in zip(range(1, len(self.points) + 1), COLOURS, strict=False):
            own = [row for row in rows if row["point_id"] == str(number)]
            values = [_number(row[quantity]) for row in own]
            lines.append(Line(str(number), colour, [row["time_min"] for row in own], values))
        self.panel.show_hydrographs([line for line in lines if line.minutes])

    def _show_profile(self) -> None:
        minutes, when, step = self._minutes(), self.tr("maximum"), None
        steps = [step for step in self._profiles if step is not None]
        if minutes is not None and steps:
            step = min(steps, key=lambda other: abs(other - minutes))
            when = formatting.clock(step)
        pieces = [
            Piece(
                row["distance_m"] - row["length_m"] / 2,
                row["distance_m"] + row["length_m"] / 2,
                _number(row["terrain_m"]),
                _number(row["level_m"]),
            )
            for row in self._profiles.get(step, [])
        ]
        self.panel.show_profile(pieces, when)

    def _time_changed(self, *_: object) -> None:
        if not self.points and not self.line:
            return
        self.panel.mark(self._minutes())
        self._show_profile()

    def _minutes(self) -> float | None:
        """Minutes after the start that the map shows; None where it shows no time."""
        shown, flood = self.canvas.temporalRange(), floods.current()
        if shown.isInfinite() or not shown.begin().isValid():
            return None
        root = QgsProject.instance().layerTreeRoot()
        mesh = root.findLayer(flood.layers.get("RESULT", "")) if flood is not None else None
        if mesh is not None and not mesh.isVisible():
            return None  # the map shows maxima
        navigation = self.canvas.temporalController()
        if navigation is None or navigation.navigationMode() == Qgis.TemporalNavigationMode.Disabled:
            return None  # the canvas keeps the range of a controller that was switched off
        start = QDateTime.fromString(EPOCH, "yyyy-MM-dd HH:mm:ss")
        start.setTimeSpec(Qt.TimeSpec.UTC)
        return start.secsTo(shown.begin()) / 60.0

    def _show_state(self) -> None:
        hint, able = "", bool(self._result)
        if not able:
            hint = self.tr(
                "This flood has no file over time: simulate again with the output 'Flood over time' (RESULT)."
            )
        elif self._running:
            hint = self.tr("Reading the result…")
        elif not self.points and not self.line:
            hint = self.tr("Click places, or draw a line, to see the water there over time.")
        self.panel.show_state(hint, able, bool(self._running))

    def _warn_of_dry_places(self) -> None:
        there = {row["point_id"] for row in self.tables.get("points/OUTPUT", [])}
        lost = [str(number) for number in range(1, len(self.points) + 1) if str(number) not in there]
        if self.points and "points/OUTPUT" in self.tables and lost:
            text = self.tr("Points without a cell of the result (outside, in a building, or without data): {numbers}.")
            self.notice.say(text.format(numbers=", ".join(lost)))

    # Map

    def _use(self, tool: PointTool | LineTool, on: bool) -> None:
        if on:
            self.canvas.setMapTool(tool)
            self.canvas.setFocus()
        else:
            self.canvas.unsetMapTool(tool)

    def _preview(self, vertices: list[QgsPointXY]) -> None:
        """Draw the line that is being drawn, and the one before again when it is given up."""
        self._marked().show_line(vertices or self._on_map(self.line))

    def _mark(self) -> None:
        marks = self._marked()
        marks.show_points(list(zip(self._on_map(self.points), COLOURS, strict=False)))
        marks.show_line(self._on_map(self.line))

    def _marked(self) -> QueryMarks:
        if self._marks is None:
            self._marks = QueryMarks(self.canvas)
        return self._marks

    def _remove_marks(self) -> None:
        if self._marks is not None:
            self._marks.remove()
            self._marks = None

    def _own(self, points: list[QgsPointXY]) -> list[QgsPointXY]:
        """Points of the map in the CRS of the result; none, with a notice, where they cannot be transformed."""
        return self._moved(points, lambda own, shown: (shown, own))

    def _on_map(self, points: list[QgsPointXY]) -> list[QgsPointXY]:
        return self._moved(points, lambda own, shown: (own, shown))

    def _moved(self, points: list[QgsPointXY], order: Callable[..., tuple[Any, Any]]) -> list[QgsPointXY]:
        shown = self.canvas.mapSettings().destinationCrs()
        if not self._crs.isValid() or not shown.isValid():
            return list(points)
        transform = QgsCoordinateTransform(*order(self._crs, shown), QgsProject.instance())
        try:
            return [transform.transform(point) for point in points]
        except QgsCsException:
            self.notice.say(self.tr("This place cannot be transformed to the CRS of the result: click nearer to it."))
            return []

    def _file(self, name: str, kinds: str) -> str:
        folder = Path(self._result).parent
        window = self.shell.iface.mainWindow()
        path, _ = QFileDialog.getSaveFileName(window, self.tr("Save"), str(folder / name), kinds)
        suffix = Path(name).suffix
        return path if not path or path.lower().endswith(suffix) else path + suffix


def _rows(place: str, job: Job) -> list[Row]:
    layer = QgsProcessingUtils.mapLayerFromString(place, job.context)
    names = layer.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]


def _by_time(rows: list[Row]) -> dict[float | None, list[Row]]:
    """Rows by their minutes; None for the maximum."""
    result: dict[float | None, list[Row]] = {}
    for row in rows:
        result.setdefault(None if row["time_min"] == NULL else row["time_min"], []).append(row)
    return result


def _number(value: Any) -> float:
    return math.nan if value is None or value == NULL else float(value)
