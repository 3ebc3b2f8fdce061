"""The process that computes runs of an ensemble: QGIS without windows, and the algorithm that a single run calls.

It reads its settings and then runs from standard input, each a line of JSON, and answers as `RunProcess` says. Nothing
of QGIS is imported before `serve`: workers of dask only start this process.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from ....core.common.errors import InputError, TwinError
from ....core.common.library_errors import explained
from ....core.common.new_folder import new_folder
from ....core.common.processes import limit_memory

Send = Callable[[dict[str, Any]], None]
LOG = "log.txt"
RISK = "risk.gpkg"
SUMMARY_KEYS = ("run_id", "system_error", "max_depth_m", "duration_min")
LEAST_S = 0.2
"""Shares of the work are sent no more often."""


def serve() -> None:
    """Compute runs until standard input is closed, which also ends the process in the middle of one."""
    channel = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what libraries print is no answer
    lines: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()

    def send(answer: dict[str, Any]) -> None:
        channel.write(json.dumps(answer) + "\n")
        channel.flush()

    settings = json.loads(lines.get())
    limit_memory(settings.get("memory", 0))
    server = None
    while True:
        job = json.loads(lines.get())
        try:
            server = server or RunServer(settings)
            answer = server.run(job, send)
        except Exception as error:  # noqa: BLE001 - a mistake in one run must not end the others
            answer = {"error": _sentence(error)}
        send({"done": answer})


def _listen(lines: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


def _sentence(error: Exception) -> str:
    """An error in the user's language."""
    known = explained(error)
    if known is None:
        return f"{type(error).__name__}: {error}"
    from ....bridge.kernel.translation import localized

    return localized(known)


class RunServer:
    """QGIS with the plugin's algorithms, and no windows.

    Parameters
    ----------
    settings : dict
        profile and prefix (folders of QGIS; those that are not on this machine are left to QGIS), locale.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        from qgis.core import QgsApplication
        from qgis.PyQt.QtCore import QCoreApplication

        from ....bridge.kernel import runtime, translation
        from ...provider import TwinProvider

        if os.path.isdir(settings.get("prefix", "")):
            QgsApplication.setPrefixPath(settings["prefix"], True)
        profile = settings.get("profile", "")
        self._application = QgsApplication([], False, profile if os.path.isdir(profile) else "")
        self._application.initQgis()
        self._translator = translation.load(settings.get("locale"))
        if self._translator is not None:
            QCoreApplication.installTranslator(self._translator)
        runtime.prepare()
        self._provider = TwinProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def run(self, job: dict[str, Any], send: Send) -> dict[str, Any]:
        """Compute one run into its folder, which appears complete or not at all; gives its figures.

        Parameters
        ----------
        job : dict
            folder, inputs (fingerprints), flood (parameters of twin:simulateflood), outputs (names of files by
            parameter), risk (parameters of twin:buildingrisk; empty for none), transforms (XML of the project's
            transformations).
        """
        from ....bridge.flood.ensemble import manifest

        started = time.perf_counter()
        with new_folder(Path(job["folder"]), manifest.NAME) as work:
            for style in manifest.styles(Path(job["folder"])):  # perhaps the user's: those stay
                shutil.copyfile(style, work / style.name)
            places = {name: str(work / file) for name, file in job["outputs"].items()}
            with open(work / LOG, "w", encoding="utf-8") as log:
                context, feedback = self._context(job.get("transforms", "")), _feedback(log, send)
                results = self._algorithm("simulateflood", {**job["flood"], **places}, context, feedback)
                answer = _figures(results, work / job["outputs"]["SUMMARY"])
                if job.get("risk"):
                    answer |= self._assess(job["risk"], places, work, context, feedback)
                answer["warnings"] = feedback.warnings
            answer["seconds"] = round(time.perf_counter() - started, 3)
            manifest.write(work, job["inputs"], answer)
        return answer

    def _algorithm(self, name: str, parameters: dict[str, Any], context: Any, feedback: Any) -> dict[str, Any]:
        from qgis.core import QgsProcessingException

        algorithm = self._provider.algorithm(name).create()
        fits, reason = algorithm.checkParameterValues(parameters, context)
        if not fits:
            raise InputError(reason)
        try:
            results, _ = algorithm.run(parameters, context, feedback, {}, False)
        except QgsProcessingException as error:
            raise TwinError("{reason}", reason=str(error)) from error
        return dict(results)

    def _assess(
        self, parameters: dict[str, Any], places: dict[str, str], work: Path, context: Any, feedback: Any
    ) -> dict[str, Any]:
        """The buildings and openings that water reaches, by building."""
        from qgis.core import QgsVectorLayer

        water = {"DEPTH": places["DEPTH_MAX"], "LEVEL": places["LEVEL_MAX"], "ARRIVAL": places["ARRIVAL"]}
        place = str(work / RISK)
        self._algorithm("buildingrisk", {**parameters, **water, "OUTPUT": place}, context, feedback)
        layer = QgsVectorLayer(place, "risk", "ogr")
        rows = [(str(row["id"]), row["risk_class"], row["openings_reached"]) for row in layer.getFeatures()]
        buildings = {key: 1 for key, level, _ in rows if isinstance(level, int) and level >= INSIDE}
        doors = {key: count for key, _, count in rows if isinstance(count, int) and count}
        return {"buildings": buildings, "doors": doors}

    @staticmethod
    def _context(transforms: str) -> Any:
        from qgis.core import QgsProcessingContext, QgsReadWriteContext
        from qgis.PyQt.QtXml import QDomDocument

        context = QgsProcessingContext()
        document = QDomDocument()
        if transforms and document.setContent(transforms):
            wanted = context.transformContext()
            wanted.readXml(document.documentElement(), QgsReadWriteContext())
            context.setTransformContext(wanted)
        return context


INSIDE = 2
"""From this class on water is inside a building."""


def _figures(results: dict[str, Any], summary: Path) -> dict[str, Any]:
    """The figures of a run: the numbers that the algorithm gives, and some of SUMMARY."""
    content = json.loads(summary.read_text("utf-8"))
    answer = {name.lower(): value for name, value in results.items() if isinstance(value, (int, float))}
    answer |= {key: content[key] for key in SUMMARY_KEYS if key in content}
    answer["simulated_min"] = answer.pop("duration_min", None)
    return answer


def _feedback(log: Any, send: Send) -> Any:
    """A feedback that writes the log of the run and sends the share that is done."""
    from qgis.core import QgsProcessingFeedback

    class Feedback(QgsProcessingFeedback):
        def __init__(self) -> None:
            super().__init__(False)
            self._sent, self.warnings = 0.0, 0
            self.progressChanged.connect(self._changed)

        def _changed(self, percent: float) -> None:
            if time.monotonic() - self._sent > LEAST_S:
                self._sent = time.monotonic()
                send({"progress": percent / 100.0})

        def pushInfo(self, info: str) -> None:
            self._note(info)

        def pushWarning(self, warning: str) -> None:
            self.warnings += 1
            self._note(f"! {warning}")

        def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 - QGIS's name
            self._note(f"!! {error}")

        def _note(self, text: str) -> None:
            log.write(text + "\n")

    return Feedback()
