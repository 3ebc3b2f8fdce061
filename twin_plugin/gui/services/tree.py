"""The tree of the city's taxonomy with how many services each subdivision has for what is searched."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ...bridge.kernel import translation
from ...bridge.kernel.outside_text import as_tip
from ...core.services.catalogue.taxonomy import Subdivision, Taxonomy
from ..common import formatting
from ..widgets.basics import fill_column

NONE = "-"
_CODE = Qt.ItemDataRole.UserRole + 1


class ServiceTree(QWidget):
    """Categories and subdivisions; `changed` when others are chosen. Nothing chosen means all."""

    changed = pyqtSignal()

    def __init__(self, taxonomy: Taxonomy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.taxonomy = taxonomy
        self.chinese = translation.language(QgsApplication.locale()) == "zh_CN"
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.tree.setMinimumHeight(self.fontMetrics().height() * 10)
        self.tree.setAccessibleName(self.tr("Subdivisions"))
        self.tree.setToolTip(
            self.tr("Choose subdivisions, several with Ctrl; Escape shows all. Numbers count the matching services.")
        )
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.items: dict[str, QTreeWidgetItem] = {}
        for category in taxonomy.categories():
            parent_item = self._item(category)
            self.tree.addTopLevelItem(parent_item)
            for row in taxonomy.below(category.code):
                parent_item.addChild(self._item(row))
        none = self.tr("No subdivision")
        self.tree.addTopLevelItem(self._item(Subdivision(NONE, none, none)))
        self.tree.expandAll()
        self.tree.itemSelectionChanged.connect(self.changed)
        self.tree.installEventFilter(self)
        fill_column(self, self.tree)

    def chosen(self) -> tuple[str, ...]:
        """The codes that are chosen."""
        return tuple(str(item.data(0, _CODE)) for item in self.tree.selectedItems())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many services each code has; those without one ("") and with an unknown one are counted together."""
        known = {code: counts.get(code, 0) for code in self.items if code != NONE and len(code) > 1}
        sums: dict[str, int] = {}
        for code, count in known.items():
            sums[code[0]] = sums.get(code[0], 0) + count
        rest = sum(counts.values()) - sum(known.values())
        for code, item in self.items.items():
            count = rest if code == NONE else known[code] if code in known else sums.get(code, 0)
            item.setText(1, formatting.number(count, 0))
            item.setDisabled(count == 0 and not item.isSelected())
        self.items[NONE].setHidden(rest == 0 and not self.items[NONE].isSelected())
        first = next((item for item in self.items.values() if not item.isDisabled()), None)
        if first is not None and not self.tree.selectedItems():
            self.tree.scrollToItem(first, QTreeWidget.ScrollHint.PositionAtTop)

    def name(self, code: str) -> str:
        """A code with its name in the user's language."""
        return f"{code} {self.taxonomy.name(code, self.chinese)}" if code in self.taxonomy else code

    def eventFilter(self, watched, event):
        if event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.tree.clearSelection()
            return True
        return super().eventFilter(watched, event)

    def _item(self, row: Subdivision) -> QTreeWidgetItem:
        item = QTreeWidgetItem([row.name(self.chinese), ""])
        item.setData(0, _CODE, row.code)
        item.setToolTip(0, as_tip(f"{row.code} {row.zh} · {row.en}" if row.code != NONE else row.zh))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.items[row.code] = item
        return item
