"""Runs in Processing's history, from where they can be repeated as Python or as a qgis_process command."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext
from qgis.gui import QgsGui

PROVIDER = "processing"


class HistoryEntry:
    """One run in the history, created when it starts and completed when it ends."""

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self.details: dict[str, Any] = {
            "python_command": algorithm.asPythonCommand(parameters, context),
            "algorithm_id": algorithm.id(),
            "parameters": algorithm.asMap(parameters, context),
        }
        command, complete = algorithm.asQgisProcessCommand(parameters, context)
        if complete:
            self.details["process_command"] = command
        self.number, _ = QgsGui.historyProviderRegistry().addEntry(PROVIDER, self.details)
        QgsGui.instance().processingRecentAlgorithmLog().push(algorithm.id())

    def close(self, results: dict[str, Any], log: str) -> None:
        """Add the results and the log."""
        self.details["results"] = {name: value for name, value in results.items() if name != "CHILD_INPUTS"}
        self.details["log"] = log
        QgsGui.historyProviderRegistry().updateEntry(self.number, self.details)
