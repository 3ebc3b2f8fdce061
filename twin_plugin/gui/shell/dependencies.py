"""Installing the missing Python packages into the user's profile: one message, one click, progress, cancel; removal."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDir, QObject, QProcess, QProcessEnvironment, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar

from ...bridge.kernel import dependencies, removal, runtime
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ..widgets.basics import button
from ..widgets.message_bar import MessageItem
from ..widgets.notice import DetailsDialog

log = logging.getLogger(__name__)
_STAGE = re.compile(r"^\s*(Collecting|Downloading|Using cached|Building|Installing)\s+(?P<what>[^\s;(]+)")

STOP_MS = 3_000
"""Unloading waits so long for pip to end after it was killed."""


class Installer(QObject):
    """Runs pip behind the desktop, and removes what it installed.

    Signals: `changed()` with every stage, `finished(error)` at pip's end ('' is success), `removing()` and `removed()`.
    """

    changed = pyqtSignal()
    finished = pyqtSignal(str)
    removing = pyqtSignal()
    removed = pyqtSignal()

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

    def message(self) -> str:
        """The sentences that say what is missing, and what installing it takes; '' where nothing is missing."""
        names = self.missing()
        if not names:
            return ""
        text = self.tr("Missing Python packages: {names}. Tools that need them are unavailable until you install them.")
        return f"{text.format(names=', '.join(names))} {self.costs()}"

    def costs(self) -> str:
        """Size, place and time of an installation."""
        text = self.tr(
            "The download is about {download} MB and takes {least} to {most} minutes; the packages then take about "
            "{size} MB in {folder}."
        )
        least, most = dependencies.MINUTES
        return text.format(
            download=dependencies.DOWNLOAD_MB,
            least=least,
            most=most,
            size=dependencies.INSTALLED_MB,
            folder=QDir.toNativeSeparators(str(runtime.packages_folder())),
        )

    def remove(self) -> removal.Freed:
        """Remove the packages and numba's cache.

        Raises
        ------
        ResourceError
            When the profile cannot be written.
        """
        return self._removed(removal.remove_packages)

    def remove_everything(self) -> removal.Freed:
        """Remove all that the plugin keeps in this profile.

        Raises
        ------
        ResourceError
            When the profile cannot be written.
        """
        return self._removed(removal.remove_everything)

    def _removed(self, remove: Callable[[], removal.Freed]) -> removal.Freed:
        self.stop()
        self.removing.emit()
        try:
            return remove()
        finally:
            self.changed.emit()
            self.removed.emit()

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
        self._launch(self.install)

    def _launch(self, install: dependencies.Install) -> None:
        self.process = QProcess(self)
        self.process.setWorkingDirectory(str(install.staging))
        environment = QProcessEnvironment()
        for name, value in install.environment.items():
            environment.insert(name, value)
        self.process.setProcessEnvironment(environment)
        self.process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self.process.readyReadStandardOutput.connect(self._read)
        self.process.finished.connect(self._finished)
        self.process.errorOccurred.connect(self._broke)
        self.log = f"{install.program} {' '.join(install.arguments)}\n\n"
        self.process.start(install.program, install.arguments)
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
            self._end(self._failure(code))
            return
        try:
            dependencies.finish_install(self.install)
        except TwinError as error:
            self._end(localized(error))
            return
        self.install = None
        self._end("")

    def _failure(self, code: int) -> str:
        """Why pip ended with an error, and what to do."""
        if "No module named pip" in self.log:
            text = self.tr(
                "QGIS's Python ({python}) has no pip. Install it (on Debian and Ubuntu: the package python3-pip), then "
                "try again."
            )
            return text.format(python=self.install.program)
        if "DO NOT MATCH THE HASHES" in self.log:
            return self.tr(
                "A package differs from the one that City Twin was tested with, so none was installed. Check which "
                "package index pip uses, and try again."
            )
        if "No space left on device" in self.log or "[WinError 112]" in self.log:
            text = self.tr("The disk is full: free {size} MB for the packages and the download, then try again.")
            return text.format(size=dependencies.INSTALLED_MB + 2 * dependencies.DOWNLOAD_MB)
        reason = next((line.strip() for line in reversed(self.log.splitlines()) if line.startswith("ERROR:")), "")
        text = self.tr("pip could not install the packages ({reason}): check the network and proxy, then try again.")
        reason = reason.removeprefix("ERROR:").strip() or self.tr("exit code {code}").format(code=code)
        return text.format(reason=reason)

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
        for requirement in dependencies.unsuited():
            log.warning(
                "QGIS brings a version of %s outside %s: City Twin was not tested with it.",
                requirement.name,
                requirement.limits,
            )
        text = self.installer.message()
        if not text or self.installer.running:
            return bool(text)
        # The bar is one line high, and narrow between two docks.
        short = self.tr("Python packages are missing: {download} MB to download.")
        self._push(short.format(download=dependencies.DOWNLOAD_MB), Qgis.MessageLevel.Warning)
        self._details(text, self.tr("Which packages are missing, and what installing them takes."))
        self._button(self.tr("Install"), self.installer.costs(), self.installer.start)
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
            self._details(f"{error}\n\n{self.installer.log}", self.tr("Open the output of pip, to read or copy it."))
        self._button(self.tr("Try again"), self.tr("Start the installation again."), self.installer.start)

    def _details(self, text: str, tip: str) -> None:
        title = self.tr("Installing Python packages")
        self._button(self.tr("Details…"), tip, lambda: DetailsDialog(title, text, self.bar.window()).show())

    def _push(self, text: str, level: Qgis.MessageLevel, seconds: int = 0) -> None:
        self.remove()
        self.item = MessageItem(text, level, seconds)
        self.bar.pushItem(self.item)

    def _alive(self) -> bool:
        """Whether the item is still in the bar: the user may have closed it."""
        return self.item is not None and not sip.isdeleted(self.item) and self.item in self.bar.items()

    def _button(self, text: str, tip: str, slot: Any) -> None:
        self.item.layout().addWidget(button("", text, tip, slot))
