"""A first run of an algorithm in a process of its own, cancelled after a time; prints what happened as JSON.

    python -m tests.first_run ALGORITHM PARAMETERS_AS_JSON CANCEL_AFTER_S

The kernels' cache is where NUMBA_CACHE_DIR says.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time


def main(name: str, parameters: str, cancel_after_s: str) -> None:
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

    app = QgsApplication([], False)
    app.initQgis()
    from twin_plugin.plugin import CityTwinPlugin

    plugin = CityTwinPlugin(None)
    plugin.initProcessing()
    algorithm = plugin.provider.algorithm(name).create()
    texts, cancelled = [], []

    class Feedback(QgsProcessingFeedback):
        def setProgressText(self, text):
            texts.append(text)

    feedback = Feedback(False)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())

    def cancel():
        cancelled.append(time.monotonic())
        feedback.cancel()

    timer = threading.Timer(float(cancel_after_s), cancel)
    timer.daemon = True
    started = time.monotonic()
    timer.start()
    results, ok = algorithm.run(json.loads(parameters), context, feedback, {}, False)
    ended = time.monotonic()
    answer = {
        "ok": ok,
        "results": results,
        "texts": texts,
        "seconds": ended - started,
        "after_cancel_s": ended - cancelled[0] if cancelled else None,
        "numba": "numba" in sys.modules,
    }
    print("ANSWER" + json.dumps(answer), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
