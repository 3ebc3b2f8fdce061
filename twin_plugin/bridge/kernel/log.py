"""The plugin's log records in QGIS's message log, while the plugin is loaded."""

from __future__ import annotations

import logging

from qgis.core import Qgis, QgsApplication

TAB = "City Twin"
ROOT = __name__.removesuffix(".bridge.kernel.log")
"""Name of the logger above all modules of the plugin."""


class QgisLogHandler(logging.Handler):
    """Sends records to QGIS's message log; it takes them from any thread."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            level = Qgis.MessageLevel.Critical
        elif record.levelno >= logging.WARNING:
            level = Qgis.MessageLevel.Warning
        else:
            level = Qgis.MessageLevel.Info
        QgsApplication.messageLog().logMessage(self.format(record), TAB, level, False)


def attach() -> QgisLogHandler:
    """Start sending; give the handler to `detach` later."""
    handler = QgisLogHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger(ROOT)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


def detach(handler: QgisLogHandler) -> None:
    """Stop sending."""
    logging.getLogger(ROOT).removeHandler(handler)
