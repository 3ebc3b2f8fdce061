"""Installing the missing Python packages into the user's profile: one message, one click, progress, cancel."""

from __future__ import annotations

import re
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QProcess, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar

from ...bridge.kernel import dependencies
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..widgets.basics import button
from ..widgets.message_bar import MessageItem
from ..widgets.notice import DetailsDialog

_STAGE = re.compile(r"^\s*(Collecting|Downloading|Using cached|Building|Installing)\s+(?P<what>[^\s;(]+)")

STOP_MS = 3_000
"""Unloading waits so long for pip to end after it was killed."""


class Installer(QObject):
    """Runs pip behind the desktop; `changed` comes with every stage, `finished(error)` at the end ('' is success)."""

    changed = pyqtSignal()
    finished = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.process: QProcess | None = None
        self.install: dependencies.Install | None = None
        self.stage = ""
        self.log = ""
        self.cancelled = False

    @property
    def running(self) -> bool:
        return self.process is not None

    def missing(self) -> list[str]:
        """Names of the packages that are not there, or too old or new."""
        return [requirement.name for requirement in dependencies.missing()]

    def start(self) -> None:
        """Start pip; a second call while it runs does nothing."""
        if self.running:
            return
        self.stage = self.log = ""
        self.cancelled = False
        try:
            self.install = dependencies.prepare_install()
        except TwinError as error:
            self.finished.emit(localized(error))
            return
        self.launch(self.install.program, self.install.arguments)

    def launch(self, program: str, arguments: list[str]) -> None:
        """Start a program in pip's place and follow it."""
        self.process = QProcess(self)
        self.process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._broke)
        self.log = f"{program} {' '.join(arguments)}\n\n"
        self.process.start(program, arguments)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop pip and remove what it has gathered."""
        if self.process is not None:
            self.cancelled = True
            self.process.kill()

    def stop(self) -> None:
        """Cancel and wait: for unload."""
        if self.process is not None:
            self.cancel()
            self.process.waitForFinished(STOP_MS)

    def _read(self) -> None:
        text = bytes(self.process.readAllStandardOutput()).decode("utf-8", "replace")
        self.log += text
        for line in text.splitlines():
            match = _STAGE.match(line)
            if match:
                self.stage = match["what"].rsplit("/", 1)[-1]
        self.changed.emit()

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            text = self.tr(
                "Python could not be started ({reason}): install the packages by hand with the command in the details."
            )
            self._end(text.format(reason=self.process.errorString()))

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self.process is None:
            return
        self._read()
        if self.cancelled:
            self._end(self.tr("Cancelled: no package was installed."))
            return
        if code != 0 or status != QProcess.ExitStatus.NormalExit:
            reason = next((line.strip() for line in reversed(self.log.splitlines()) if line.startswith("ERROR:")), "")
            text = self.tr(
                "pip could not install the packages ({reason}): check the network and proxy, then try again."
            )
            reason = reason.removeprefix("ERROR:").strip() or self.tr("exit code {code}").format(code=code)
            self._end(text.format(reason=reason))
            return
        try:
            dependencies.finish_install(self.install)
        except TwinError as error:
            self._end(localized(error))
            return
        self.install = None
        self._end("")

    def _end(self, error: str) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.deleteLater()
        if self.install is not None:
            dependencies.discard_install(self.install)
            self.install = None
        self.changed.emit()
        self.finished.emit(error)


class DependencyBar(QObject):
    """The message bar's item about the packages: what is missing, then the progress, then how it ended."""

    def __init__(self, bar: QgsMessageBar, installer: Installer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bar, self.installer = bar, installer
        self.item: MessageItem | None = None
        self.progress: QProgressBar | None = None
        installer.changed.connect(self._changed)
        installer.finished.connect(self._finished)

    def show_missing(self) -> bool:
        """Say what is missing; False where nothing is."""
        names = self.installer.missing()
        if not names:
            return False
        text = self.tr("Missing Python packages: {names}. Tools that need them are unavailable until you install them.")
        self._push(text.format(names=", ".join(names)), Qgis.MessageLevel.Warning)
        self._button(
            self.tr("Install"),
            self.tr("Download the packages into your QGIS profile, about 430 MB."),
            self.installer.start,
        )
        return True

    def remove(self) -> None:
        """Take the item away."""
        if self._alive():
            self.bar.popWidget(self.item)
        self.item = self.progress = None

    def _changed(self) -> None:
        if not self.installer.running:
            return
        if self.progress is None:
            self._push(self.tr("Installing Python packages…"), Qgis.MessageLevel.Info)
            self.progress = QProgressBar()
            self.progress.setRange(0, 0)
            self.progress.setToolTip(
                self.tr("pip downloads and unpacks the packages; it does not say how much is left.")
            )
            self.item.layout().addWidget(self.progress)
            self._button(
                self.tr("Cancel"), self.tr("Stop the installation; no package is installed."), self.installer.cancel
            )
        if self.installer.stage and self._alive():
            self.item.say(self.tr("Installing Python packages: {stage}").format(stage=self.installer.stage))

    def _finished(self, error: str) -> None:
        self.progress = None
        if not error:
            self._push(
                self.tr("The Python packages are installed; all tools are available now."),
                Qgis.MessageLevel.Success,
                15,
            )
            return
        level = Qgis.MessageLevel.Info if self.installer.cancelled else Qgis.MessageLevel.Critical
        self._push(error, level)
        if not self.installer.cancelled and self.installer.log:
            title, log = self.tr("Installing Python packages"), f"{error}\n\n{self.installer.log}"
            show = lambda: DetailsDialog(title, log, self.bar.window()).show()  # noqa: E731
            self._button(self.tr("Details…"), self.tr("Open the output of pip, to read or copy it."), show)
        self._button(self.tr("Try again"), self.tr("Start the installation again."), self.installer.start)

    def _push(self, text: str, level: Qgis.MessageLevel, seconds: int = 0) -> None:
        self.remove()
        self.item = MessageItem(text, level, seconds)
        self.bar.pushItem(self.item)

    def _alive(self) -> bool:
        """Whether the item is still in the bar: the user may have closed it."""
        return self.item is not None and not sip.isdeleted(self.item) and self.item in self.bar.items()

    def _button(self, text: str, tip: str, slot: Any) -> None:
        self.item.layout().addWidget(button("", text, tip, slot))
