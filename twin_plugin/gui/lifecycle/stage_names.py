"""The stages, states and results of checks in the user's words."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPen

from ...bridge.kernel import enum_labels
from ...bridge.lifecycle.stage_colours import COLOURS, LINES

INK = "#3a4550"
_LINES = {"dash": Qt.PenStyle.DashLine, "dot": Qt.PenStyle.DotLine}


def stage_name(stage: str) -> str:
    """A stage for people."""
    return enum_labels.label(stage) if stage else QCoreApplication.translate("LifecycleDock", "no stage known")


def stage_brush(stage: str) -> QBrush:
    """The fill of a stage, as the map has it; hatched where no stage is known."""
    if stage in COLOURS:
        return QBrush(QColor(COLOURS[stage]))
    return QBrush(QColor("#8a949e"), Qt.BrushStyle.BDiagPattern)


def stage_pen(stage: str) -> QPen:
    """The outline of a stage, as the map has it: dashed for what is not built yet."""
    pen = QPen(QColor(INK))
    pen.setStyle(_LINES.get(LINES.get(stage, ""), Qt.PenStyle.SolidLine))
    return pen
