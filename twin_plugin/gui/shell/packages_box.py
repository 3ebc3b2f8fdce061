"""The part of the options page that removes what the plugin keeps in the profile."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsFileUtils
from qgis.PyQt.QtCore import QDir
from qgis.PyQt.QtWidgets import QGroupBox, QHBoxLayout, QVBoxLayout, QWidget

from ...bridge.kernel import removal, runtime
from ...bridge.kernel.translation import localized
from ...core.common.errors import TwinError
from ...processing.question import Question
from ..widgets.basics import button, wrapped_label
from ..widgets.question_dialog import QuestionDialog
from .dependencies import Installer


class PackagesBox(QGroupBox):
    """The state of the packages and the two buttons that remove them, or everything; what was freed is said here."""

    def __init__(self, installer: Installer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Python packages and data in this profile"))
        self.installer = installer
        self.state = wrapped_label()
        self.packages = button(
            "",
            self.tr("Remove packages"),
            self.tr("Delete the installed Python packages and the compiled flood solver from this profile."),
            lambda: self._remove(installer.remove),
        )
        self.everything = button(
            "",
            self.tr("Remove everything City Twin keeps in this profile…"),
            self.tr(
                "Delete the packages, City Twin's settings and its catalogue in this profile; before uninstalling."
            ),
            self._remove_everything,
        )
        row = QHBoxLayout()
        row.addWidget(self.packages)
        row.addWidget(self.everything)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(self.state)
        layout.addLayout(row)
        self.show_state()

    def show_state(self, done: str = "") -> None:
        """Say what was done, and what is installed where."""
        folder = runtime.packages_folder()
        size = removal.size(folder)
        if size:
            text = self.tr("The installed packages take {size} in {folder}.")
            now = text.format(size=_bytes(size), folder=QDir.toNativeSeparators(str(folder)))
        else:
            now = self.tr("City Twin has installed no packages in this profile.")
        self.state.setText(" ".join(part for part in (done, now, self.installer.message()) if part))

    def question(self) -> Question:
        """Whether to remove everything; yes removes it."""
        detail = self.tr(
            "The installed packages, the compiled flood solver, all settings of City Twin with starred services and "
            "saved queries, and the catalogue of services in {folder}. Projects, results and other catalogues stay."
        )
        return Question(
            self.tr("City Twin"),
            self.tr("Delete everything that City Twin keeps in this profile?"),
            detail.format(folder=QDir.toNativeSeparators(str(removal.data_folder()))),
            self.tr("Delete"),
            "",
            lambda: self._remove(self.installer.remove_everything),
        )

    def _remove_everything(self) -> None:
        dialog = QuestionDialog(self.question(), self)
        dialog.yes.setToolTip(self.tr("Delete it now; this cannot be undone."))
        dialog.no.setToolTip(self.tr("Nothing is deleted."))
        if dialog.exec() == QuestionDialog.DialogCode.Accepted:
            dialog.question.agreed()
        dialog.deleteLater()

    def _remove(self, remove: Callable[[], removal.Freed]) -> None:
        try:
            freed = remove()
        except TwinError as error:
            self.state.setText(localized(error))
            return
        done = self.tr("{size} were freed.").format(size=_bytes(freed.size))
        if freed.later:
            done += " " + self.tr("What is in use now is removed at the next start of QGIS.")
        self.show_state(done)


def _bytes(size: int) -> str:
    return QgsFileUtils.representFileSize(size)
