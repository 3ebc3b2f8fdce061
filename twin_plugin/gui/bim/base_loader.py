"""Reads models and buildings for the Buildings dock behind its back, and gives them to it on the main thread."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...bridge.bim.model_tables import Card, ModelTables, read_card, read_models
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError

log = logging.getLogger(__name__)


class _Read(QgsTask):
    """Runs a function of values only; hidden from the task list, since it takes only a moment."""

    def __init__(self, work: Callable[[Callable[[], bool]], None], failed: Callable[[str], None]) -> None:
        super().__init__("City Twin", QgsTask.Flag.CanCancel | QgsTask.Flag.Hidden | QgsTask.Flag.Silent)
        self._work, self._failed = work, failed

    def run(self) -> bool:
        try:
            self._work(lambda: not self.isCanceled())
        except TwinError as error:
            self._failed(localized(error))
        except Exception as error:  # the thread is QGIS's: it would swallow what is a bug of ours
            log.exception("Reading the models failed")
            self._failed(f"{type(error).__name__}: {error}")
        return True


class Loader(QObject):
    """Reads one thing of each kind at a time; what was asked for before the newest request never arrives.

    It has no parent: a late signal of a thread must not meet a deleted object.

    Signals: `began`, `rows(list of ModelRow)` again and again, `ended(error)` once for each list; `card(Card)` or
    `no_card(error)` for each building.
    """

    began = pyqtSignal()
    rows = pyqtSignal(list)
    ended = pyqtSignal(str)
    card = pyqtSignal(object)
    no_card = pyqtSignal(str)

    _chunk = pyqtSignal(int, list)
    _end = pyqtSignal(int, str)
    _found = pyqtSignal(int, object, str)

    def __init__(self) -> None:
        super().__init__()
        self._turn = {"rows": 0, "card": 0}
        self._tasks: dict[str, _Read] = {}
        self._kept: deque[_Read] = deque(maxlen=20)  # QGIS does not keep the Python part of a task
        self._chunk.connect(self._on_chunk)
        self._end.connect(self._on_end)
        self._found.connect(self._on_found)

    def load(self, tables: ModelTables) -> None:
        """Read the list of models."""
        turn = self._next("rows")
        self.began.emit()

        def work(go_on: Callable[[], bool]) -> None:
            for chunk in read_models(tables, go_on):
                self._chunk.emit(turn, chunk)
            self._end.emit(turn, "")

        self._start("rows", work, lambda text: self._end.emit(turn, text))

    def find(self, tables: ModelTables, risk: Any = None, model_id: str = "", building_id: str = "") -> None:
        """Read a building with what belongs to it."""
        turn = self._next("card")

        def work(go_on: Callable[[], bool]) -> None:
            self._found.emit(turn, read_card(tables, model_id, building_id, risk), "")

        self._start("card", work, lambda text: self._found.emit(turn, None, text))

    def stop(self) -> None:
        """Forget what is being read."""
        for kind in self._turn:
            self._next(kind)

    def busy(self) -> bool:
        """Whether a list is being read."""
        return "rows" in self._tasks

    def _next(self, kind: str) -> int:
        self._turn[kind] += 1
        task = self._tasks.pop(kind, None)
        if task is not None:
            task.cancel()
        return self._turn[kind]

    def _start(self, kind: str, work: Callable[[Callable[[], bool]], None], failed: Callable[[str], None]) -> None:
        task = _Read(work, failed)
        self._tasks[kind] = task
        self._kept.append(task)
        QgsApplication.taskManager().addTask(task)

    def _on_chunk(self, turn: int, chunk: list) -> None:
        if turn == self._turn["rows"]:
            self.rows.emit(chunk)

    def _on_end(self, turn: int, error: str) -> None:
        if turn == self._turn["rows"]:
            self._tasks.pop("rows", None)
            self.ended.emit(error)

    def _on_found(self, turn: int, card: Card | None, error: str) -> None:
        if turn != self._turn["card"]:
            return
        self._tasks.pop("card", None)
        if card is None:
            self.no_card.emit(error)
        else:
            self.card.emit(card)
