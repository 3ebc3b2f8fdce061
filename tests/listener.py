"""A feedback that keeps what an algorithm warned of."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback


class Listener(QgsProcessingFeedback):
    """Collects the warnings of a run in `warnings`."""

    def __init__(self) -> None:
        super().__init__(False)
        self.warnings: list[str] = []

    def pushWarning(self, warning):
        self.warnings.append(warning)
