"""The Planning dock: what a scheme does to views, sun, the ground below and the control plan; schemes compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QTabBar

from ...bridge.kernel.outside_text import as_tip
from ..common import footprints, project, result_layers, run_outputs, state
from ..common.run_request import RunResult
from ..common.shell import Shell
from ..widgets.basics import button, folded, narrow_combo
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm
from ..widgets.notice import Notice
from .demo_inputs import CITY_TABLES, INPUT_TABLES, PAIR_ROOMS, PAIR_TABLES, add_layers, show_layers
from .drawing import Drawing
from .review_panel import ReviewPanel
from .reviews import CITY, REVIEWS, title_of

DOCUMENTS = ("REPORT", "PAGE", "CHART", "LAYOUT", "SVG")
"""Outputs that are opened by a button rather than loaded."""
LAST = "planning/document"


class PlanningDock(TwinDock):
    """Starts the algorithms of planning review, and shows what they wrote."""

    NAME = "planning"
    ICON = "planning"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Planning"))
        self.primary.setText(self.tr("Review"))
        self.reviews = [review for review in REVIEWS if self.algorithm(review.id) is not None]
        self.panels: dict[str, ReviewPanel] = {}
        self._given: dict[str, dict[str, Any]] = {}
        canvas = self.shell.iface.mapCanvas()
        self.drawer = Drawing(canvas, self)
        if not self.reviews:
            notice = Notice()
            notice.say(
                self.tr("The tools of planning review are missing: switch on the provider City Twin in Processing's "
                        "options."),
                Qgis.MessageLevel.Warning,
            )  # fmt: skip
            self.body.addWidget(notice)
            return
        algorithms = [self.algorithm(review.id) for review in self.reviews]
        whole = next((one for one in algorithms if one.parameterDefinition(CITY[0]) is not None), algorithms[0])
        self.city = ParameterForm(whole, CITY, "planning/city", canvas)
        self.city.changed.connect(self._show_primary)
        self.body.addWidget(folded(self.tr("District and scheme"), self.city, "planningCity", collapsed=False))
        self.tabs = QTabBar()
        self.tabs.setExpanding(True)
        self.tabs.setToolTip(self.tr("Views, sun, what lies below ground, and the comparison of schemes."))
        for text in (self.tr("Views"), self.tr("Sun"), self.tr("Underground"), self.tr("Schemes")):
            self.tabs.addTab(text)
        self.tabs.currentChanged.connect(lambda *_: self._show_page())
        self.body.addWidget(self.tabs)
        self.which = narrow_combo(self.tr("What is reviewed."))
        self.which.setAccessibleName(self.tr("Review"))
        self.which.currentIndexChanged.connect(lambda *_: self._show_panel())
        self.body.addWidget(self.which)
        tip = self.tr("Open the report, page or chart of the last run.")
        self.open_button = button("report", self.tr("Open the document"), tip, self._open_document)
        self.body.addWidget(self.open_button)
        self._list_reviews()

    def refresh(self, *_: object) -> None:
        if self.reviews:
            self._propose_city()
            if (panel := self._made_panel()) is not None:
                panel.refresh()
            self._show_document()
        self._show_primary()

    def project_changed(self, *_: object) -> None:
        if self.reviews:
            self.drawer.forget()
            self.city.restore()
            for panel in self.panels.values():
                panel.restore()
        self.refresh()

    def close_down(self) -> None:
        self.drawer.close_down()
        for panel in self.panels.values():
            panel.close_down()
        super().close_down()

    def take_demo(self, result: RunResult) -> None:
        """Take the schemes, views, pipes and the tunnel of a new demo district, and show the schemes on the map."""
        tables = str(result.outputs.get("DISTRICT", "") or "")
        if not tables or not self.reviews:
            return
        if terrain := result.layers.get("DTM") or result.outputs.get("DTM"):
            self.city.set_value("DTM", terrain)
        layers = add_layers(tables, run_outputs.named(self.tr("Planning")))
        for name, table in CITY_TABLES.items():
            self.city.set_value(name, layers.get(table) or f"{tables}|layername={table}")
        for review, inputs in INPUT_TABLES.items():
            given: dict[str, Any] = {
                name: layers.get(table) or f"{tables}|layername={table}" for name, table in inputs.items()
            }
            if review in PAIR_ROOMS:
                name, rooms = PAIR_ROOMS[review]
                given[name] = [layers.get(table) or f"{tables}|layername={table}" for table in rooms]
            self._given[review] = given
            if review in self.panels:
                self._give(self.panels[review])
        state.remember("planning/schemes", [layers[table] for table in PAIR_TABLES if table in layers])
        for panel in self.panels.values():
            if panel.pair is not None:
                panel.pair.restore()
        self.refresh()

    def start(self) -> None:
        """Run the review that is shown."""
        panel = self._panel()
        if panel is None or panel.lacks(self._shared(panel)):
            return
        self.city.remember()
        panel.remember()
        title = run_outputs.named(title_of(panel.review.id).partition(":")[0])
        folder = run_outputs.new_folder(title)
        values = self._shared(panel) | panel.values()
        for definition in panel.algorithm.destinationParameterDefinitions():
            if definition.name() in (*DOCUMENTS, *panel.review.more):
                values[definition.name()] = str(run_outputs.destination(folder, definition, panel.review.id))
        request = run_outputs.request_for(panel.review.id, values, title, unloaded=DOCUMENTS, folder=folder)
        self.run(replace(request, hidden=panel.review.hidden)).finished.connect(self._reviewed)

    def _reviewed(self, result: RunResult) -> None:
        if not result.ok:
            return
        found = [str(result.outputs[name]) for name in DOCUMENTS if result.outputs.get(name)]
        state.remember(LAST, found[0] if found else "")
        hide_others(set(result.layers.values()))
        for panel in self.panels.values():
            panel.results.forget()
        show_layers()
        self.refresh()

    # What is shown

    def _list_reviews(self) -> None:
        """Offer the reviews of the page."""
        self.which.blockSignals(True)
        self.which.clear()
        for review in self.reviews:
            if review.page == self.tabs.currentIndex():
                self.which.addItem(title_of(review.id), review.id)
        self.which.blockSignals(False)

    def _show_page(self) -> None:
        self.drawer.end()
        self._list_reviews()
        self._show_panel()

    def _show_panel(self) -> None:
        """Show the form of the chosen review, which is made when it is first looked at."""
        self.drawer.end()
        shown = self._made_panel()
        for panel in self.panels.values():
            panel.setVisible(panel is shown)
        self.refresh()

    def _panel(self) -> ReviewPanel | None:
        """The panel of the chosen review; None while there is none."""
        return self.panels.get(str(self.which.currentData() or "")) if self.reviews else None

    def _made_panel(self) -> ReviewPanel | None:
        """The same, made where nobody has looked at it before."""
        name = self.which.currentData()
        review = next((review for review in self.reviews if review.id == name), None)
        if review is None or review.id in self.panels:
            return self._panel()
        panel = ReviewPanel(review, self.algorithm(review.id), self.shell.iface, self.drawer)
        self.panels[review.id] = panel
        self.body.insertWidget(self.body.indexOf(self.open_button), panel)
        panel.changed.connect(self._show_primary)
        panel.form.link(self.city, panel.more)
        panel.more.link(self.city, panel.form)
        if panel.pair is not None:
            panel.pair.restore()
        self._give(panel)
        return panel

    def _give(self, panel: ReviewPanel) -> None:
        """Put the layers of the demo district into a panel."""
        for name, value in self._given.get(panel.review.id, {}).items():
            panel.form.set_value(name, value)

    def _shared(self, panel: ReviewPanel) -> dict[str, Any]:
        """The inputs of the district that a review takes."""
        takes = {definition.name() for definition in panel.algorithm.parameterDefinitions()} - set(panel.review.own)
        return {name: value for name, value in self.city.values().items() if name in takes}

    def _propose_city(self) -> None:
        """Take the project's terrain and buildings, where none are chosen."""
        for name, layer in (("BUILDINGS", footprints.layer()), ("DTM", project.terrain())):
            if layer is not None and self.city.value(name) is None:
                self.city.set_value(name, layer.id())

    def _show_primary(self) -> None:
        panel = self._panel()
        lacks = panel.lacks(self._shared(panel)) if panel is not None else []
        self.primary.setEnabled(panel is not None and not lacks and not self.busy())
        text = self.tr("Run this review; its layers go into a new folder and into this project.")
        if lacks:
            text = self.tr("Give these first: {inputs}.").format(inputs=", ".join(lacks))
        self.primary.setToolTip(as_tip(text))

    # Documents

    def _show_document(self) -> None:
        path = str(state.recall(LAST, "") or "")
        self.open_button.setVisible(bool(path) and Path(path).is_file())

    def _open_document(self) -> None:
        path = str(state.recall(LAST, "") or "")
        if not Path(path).is_file():
            self.panel.notice.say(self.tr("The document is no longer there: run the review again."))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def hide_others(shown: set[str]) -> None:
    """Switch the groups of other reviews off: their labels would lie on each other."""
    ids = tuple(f"{review.id}/" for review in REVIEWS)
    root = QgsProject.instance().layerTreeRoot()
    for layer in QgsProject.instance().mapLayers().values():
        if layer.id() in shown or not str(layer.customProperty(result_layers.OUTPUT) or "").startswith(ids):
            continue
        node = root.findLayer(layer.id())
        group = node.parent() if node is not None else None
        if group is not None and group is not root and not shown & set(group.findLayerIds()):
            group.setItemVisibilityChecked(False)
