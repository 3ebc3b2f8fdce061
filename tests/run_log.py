"""A feedback that keeps what an algorithm logs."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback


class Log(QgsProcessingFeedback):
    """Warnings and lines of a run, in their order."""

    def __init__(self):
        super().__init__(False)
        self.lines = []

    def pushWarning(self, warning):
        self.lines.append(warning)

    def pushInfo(self, info):
        self.lines.append(info)

    @property
    def text(self):
        return "\n".join(self.lines)
