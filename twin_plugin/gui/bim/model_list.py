"""The list of models: what became of each and why, with a filter, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableView,
    QToolButton,
    QWidget,
)

from ...bridge.bim.model_tables import ModelRow
from ...bridge.kernel.outside_text import as_tip
from ..common import formatting
from ..widgets.basics import delay, fill_column, icon, narrow_combo, wrapped_label
from .model_table import NAME, PLACE, REASON, STATE, STATES, ModelTable, state_name

FILTER_MS = 120
FOUR_COLUMNS = 90
"""A list narrower than so many letters has two columns."""


class ModelList(QWidget):
    """Models with their states; `chosen` gives the one that is selected, the other signals what is to be done."""

    chosen = pyqtSignal(object)
    zoom = pyqtSignal(object)
    place = pyqtSignal(object)
    read_again = pyqtSignal(object)
    report = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = wrapped_label()
        self.filter = QgsFilterLineEdit()
        self.filter.setShowSearchIcon(True)
        self.filter.setPlaceholderText(self.tr("Name, place or reason"))
        self.filter.setToolTip(self.tr("Show only the models with these words in their name, state, place or reason."))
        self.states = narrow_combo(self.tr("Show only the models of one state."), letters=7)
        self.table = ModelTable(self)
        self.view = self._view()
        self.actions_ = self._actions()
        zoom, place, again, report, *_ = self.actions_
        self._keys = {
            (Qt.Key.Key_Return, False): zoom,
            (Qt.Key.Key_Enter, False): zoom,
            (Qt.Key.Key_P, True): place,
            (Qt.Key.Key_R, True): again,
            (Qt.Key.Key_T, True): report,
        }
        self.view.installEventFilter(self)
        search, row = QHBoxLayout(), QGridLayout()
        search.addWidget(self.filter, 1)
        search.addWidget(self.states)
        self.buttons = [self._button(action) for action in self.actions_[:4]]
        row.setSpacing(0)
        for place, button in enumerate(self.buttons):
            row.addWidget(button, place // 2, place % 2)
        fill_column(self, self.heading, search, self.view, row)
        self._later = delay(self, FILTER_MS, self.apply_filter)
        self.filter.textChanged.connect(self._later.start)
        self.states.currentIndexChanged.connect(self.apply_filter)
        self._empty = ""
        self.begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the list's keys before QGIS does, which has some for itself (Ctrl+P makes a new layout)."""
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self._use_the_room()
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if watched is not self.view or event.type() not in kinds:
            return super().eventFilter(watched, event)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        action = self._keys.get((event.key(), control))
        if action is None:
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress and action.isEnabled():
            action.trigger()
        return True

    # Filling

    def begin(self, empty: str = "") -> None:
        """Forget the rows; `empty` is said while there are none."""
        self._empty = empty or self.tr(
            "Models appear here with what was read from them, or why they could not be read."
        )
        self.table.clear()
        self._show_counts()
        self._enable(None)

    def add(self, rows: Sequence[ModelRow]) -> None:
        """Add some rows; more may follow."""
        self.table.append(rows)
        self._show_counts(True)

    def end(self) -> None:
        """All rows are there."""
        chosen = self.current()
        self.table.settle()
        self._show_counts()
        self._fit()
        if chosen is not None:
            self.select(chosen.id, quiet=True)

    # What is selected

    def current(self) -> ModelRow | None:
        """The selected model."""
        return self.table.row_at(self.view.currentIndex())

    def select(self, model_id: str, quiet: bool = False) -> None:
        """Select a model as if it were clicked; `quiet` emits no signal."""
        row = self.table.find(model_id)
        if row < 0:
            return
        selection = self.view.selectionModel()
        before = selection.blockSignals(quiet)
        self.view.selectRow(row)
        selection.blockSignals(before)
        self.view.scrollTo(self.table.index(row, NAME))
        self.view.viewport().update()
        self._enable(self.current())

    def apply_filter(self, *_: object) -> None:
        """Show what the filter asks for, and keep the selection where it is still shown."""
        self._later.stop()
        chosen = self.current()
        self.table.set_filter(self.filter.text(), self.states.currentData() or "")
        if chosen is not None and self.current() is None:
            self.select(chosen.id, quiet=True)
        self._enable(self.current())

    # How

    def _view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setCornerButtonEnabled(False)
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = view.verticalHeader()
        rows.hide()
        # Rows of one height: Qt need not ask for each.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(round(1.5 * self.fontMetrics().height()))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.setSortingEnabled(True)
        view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        view.setToolTip(self.tr("Select a model to see its building; right-click for more actions."))
        view.setAccessibleName(self.tr("Models"))
        view.setMinimumHeight(self.fontMetrics().height() * 11)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        view.doubleClicked.connect(lambda _: self._emit(self.zoom))
        view.selectionModel().currentRowChanged.connect(lambda index, _: self._choose(index))
        return view

    def _actions(self) -> list[QAction]:
        actions = []
        for icon_name, text, tip, key, slot in (
            (
                "district",
                self.tr("Zoom to"),
                self.tr("Show the model's buildings on the map (Enter)."),
                Qt.Key.Key_Return,
                lambda: self._emit(self.zoom),
            ),
            (
                "place",
                self.tr("Place…"),
                self.tr("Place this model by hand on the map (Ctrl+P)."),
                Qt.Modifier.CTRL | Qt.Key.Key_P,
                lambda: self._emit(self.place),
            ),
            (
                "chain",
                self.tr("Read again"),
                self.tr("Read again what failed or was read in part (Ctrl+R)."),
                Qt.Modifier.CTRL | Qt.Key.Key_R,
                lambda: self._emit(self.read_again),
            ),
            (
                "report",
                self.tr("Report"),
                self.tr("Open the table of all models with every attribute (Ctrl+T)."),
                Qt.Modifier.CTRL | Qt.Key.Key_T,
                self.report.emit,
            ),
            ("", self.tr("Copy path"), "", None, lambda: self._copy("path")),
            ("", self.tr("Copy reason"), "", None, lambda: self._copy("reason")),
        ):
            actions.append(self._action(icon_name, text, tip, key, slot))
        return actions

    def _action(self, icon_name: str, text: str, tip: str, key: object, slot: Callable[[], None]) -> QAction:
        action = QAction(icon(icon_name), text, self.view)
        action.setToolTip(as_tip(tip or text))
        if key is not None:
            action.setShortcut(QKeySequence(key))  # for the menu to show: eventFilter takes the key first
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda *_: slot())
        self.view.addAction(action)
        return action

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAutoRaise(True)
        return button

    def _menu(self, at: QPoint) -> None:
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions(self.actions_)
        menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()

    def _choose(self, index: QModelIndex) -> None:
        row = self.table.row_at(index)
        self._enable(row)
        if row is not None:
            self.chosen.emit(row)

    def _emit(self, signal: pyqtSignal) -> None:
        row = self.current()
        if row is not None:
            signal.emit(row)

    def _copy(self, name: str) -> None:
        row = self.current()
        if row is not None:
            QApplication.clipboard().setText(str(getattr(row, name)))

    def _enable(self, row: ModelRow | None) -> None:
        zoom, place, again, report, *copies = self.actions_
        zoom.setEnabled(row is not None and row.buildings > 0 and row.state != "unplaced")
        place.setEnabled(row is not None and row.status != "failed" and row.state != "gone")
        again.setEnabled(row is not None and row.state != "gone")
        report.setEnabled(bool(self.table.rows))
        for action in copies:
            action.setEnabled(row is not None)

    def _show_counts(self, reading: bool = False) -> None:
        some = bool(self.table.rows)
        for part in (self.filter, self.states, self.view, *self.buttons):
            part.setVisible(some)
        if not some:
            self.heading.setText(self._empty)
            return
        if reading:
            text = self.tr("{n} models so far…")
            self.heading.setText(text.format(n=formatting.number(len(self.table.rows), 0)))
            return
        counts = self.table.counts
        part = self.tr("{n} {state}")
        parts = [part.format(n=formatting.number(counts[s], 0), state=state_name(s)) for s in STATES if counts[s]]
        self.heading.setText(" · ".join(parts))
        chosen = self.states.currentData()
        self.states.blockSignals(True)
        self.states.clear()
        self.states.addItem(self.tr("all states"), "")
        for state in STATES:
            if counts[state]:
                self.states.addItem(f"{state_name(state)} ({formatting.number(counts[state], 0)})", state)
        self.states.setCurrentIndex(max(0, self.states.findData(chosen)))
        self.states.blockSignals(False)
        self.apply_filter()

    def _use_the_room(self) -> None:
        """Four columns where there is room for them; else two lines a model, so that nothing is scrolled sideways."""
        is_narrow = self.view.width() < FOUR_COLUMNS * self.fontMetrics().averageCharWidth()
        if is_narrow != self.table.in_two_lines:
            self.table.show_in_two_lines(is_narrow)
            lines = 2.6 if is_narrow else 1.5
            self.view.verticalHeader().setDefaultSectionSize(round(lines * self.fontMetrics().height()))
            for column in (PLACE, REASON):
                self.view.setColumnHidden(column, is_narrow)
            header, modes = self.view.horizontalHeader(), QHeaderView.ResizeMode
            header.setStretchLastSection(not is_narrow)
            header.setSectionResizeMode(NAME, modes.Stretch if is_narrow else modes.Interactive)
            self._fit()

    def _fit(self) -> None:
        """Make columns as wide as the contents of the first rows."""
        letter = self.fontMetrics().averageCharWidth()
        for column, most in ((NAME, 26), (STATE, 16), (PLACE, 16), (REASON, 40)):
            seen = [str(self.table.index(row, column).data() or "") for row in range(min(50, self.table.rowCount()))]
            widest = max((self.fontMetrics().horizontalAdvance(text) for text in seen), default=0)
            room = 3 * letter if column == NAME else 0
            self.view.setColumnWidth(column, min(max(widest, 6 * letter) + room, most * letter) + 2 * letter)
