"""The plugin's log records in QGIS's message log, while the plugin is loaded."""

from __future__ import annotations

import html
import logging

from qgis.core import Qgis, QgsApplication

from ...core.common.text import printable

TAB = "City Twin"
ROOT = __name__.removesuffix(".bridge.kernel.log")
"""Name of the logger above all modules of the plugin."""


class QgisLogHandler(logging.Handler):
    """Sends records to QGIS's message log; it takes them from any thread.

    Parameters
    ----------
    as_html : bool
        For the desktop, whose panel draws messages as HTML; elsewhere they are printed as they are.
    """

    def __init__(self, as_html: bool) -> None:
        super().__init__()
        self.as_html = as_html

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            level = Qgis.MessageLevel.Critical
        elif record.levelno >= logging.WARNING:
            level = Qgis.MessageLevel.Warning
        else:
            level = Qgis.MessageLevel.Info
        text = printable(self.format(record))
        text = html.escape(text, quote=False) if self.as_html else text  # the panel breaks lines itself
        QgsApplication.messageLog().logMessage(text, TAB, level, False)


def attach(as_html: bool) -> QgisLogHandler:
    """Start sending, as HTML to the desktop's panel; give the handler to `detach` later."""
    handler = QgisLogHandler(as_html)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger(ROOT)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return handler


def detach(handler: QgisLogHandler) -> None:
    """Stop sending."""
    logging.getLogger(ROOT).removeHandler(handler)
