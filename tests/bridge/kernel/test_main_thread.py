"""Steps of a worker on the main thread: result, error, cancel."""

from __future__ import annotations

import threading

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QThread

from twin_plugin.bridge.kernel.main_thread import is_main, on_main
from twin_plugin.core.common.errors import Cancelled, InputError, TwinError
from twin_plugin.core.common.progress import silent


def in_worker(work, turn=True):
    """What a function gives, or raises, in a thread, while this one turns its event loop."""
    found = {}

    def run():
        try:
            found["result"] = work()
        except TwinError as error:
            found["error"] = error

    worker = threading.Thread(target=run)
    worker.start()
    while worker.is_alive():
        if turn:
            QCoreApplication.processEvents()
        worker.join(0.01)
    if "error" in found:
        raise found["error"]
    return found["result"]


def test_a_step_runs_on_the_main_thread(qgis_app):
    main = QCoreApplication.instance().thread()
    assert in_worker(lambda: on_main(QThread.currentThread, silent)) == main
    assert is_main()
    assert not in_worker(is_main)
    assert on_main(lambda: 7, silent) == 7


def test_an_error_of_a_step_is_raised_in_the_worker(qgis_app):
    def fail():
        raise InputError("The step {name} failed.", name="a")

    with pytest.raises(InputError, match="The step a failed"):
        in_worker(lambda: on_main(fail, silent))


def test_a_step_that_has_not_begun_is_taken_back(qgis_app):
    ran = []
    with pytest.raises(Cancelled):
        in_worker(lambda: on_main(lambda: ran.append(1), lambda fraction, text: False), turn=False)
    QCoreApplication.processEvents()
    assert ran == []
