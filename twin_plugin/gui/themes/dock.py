"""The Themes dock: one map of a subject with its indicators, the city's districts, and the scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.PyQt.QtWidgets import QTabBar

from ...bridge.kernel.translation import language
from ...bridge.themes import documents
from ...bridge.themes.onemap import runs as theme_runs
from ...core.common.languages import in_language
from ..common import run_outputs, state
from ..common.run_request import RunRequest, RunResult
from ..common.shell import Shell
from ..widgets.basics import folded, wrapped_label
from ..widgets.dock import TwinDock
from ..widgets.form import ParameterForm
from ..widgets.notice import Notice
from .districts_page import DistrictsPage
from .scenarios_page import ScenariosPage
from .theme_view import ThemeView

WHAT = ("THEME", "DISTRICT", "FOLDER")
MORE = ("THEME_FILE", "DISTRICT_LAYER", "RESULTS", "PLAN", "TWIN_BASE", "CATALOGUE", "LANGUAGE")
THEME, DISTRICTS, SCENARIOS = range(3)


class ThemesDock(TwinDock):
    """Builds themes and shows their figures; opens districts; runs scenarios."""

    NAME = "themes"
    ICON = "themes"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.setWindowTitle(self.tr("Themes"))
        onemap, scenarios = self.algorithm("onemap"), self.algorithm("listscenarios")
        self.ready = onemap is not None and scenarios is not None
        if onemap is None or scenarios is None:
            notice = Notice()
            notice.say(
                self.tr("The tools of themes are missing: switch on the provider City Twin in Processing's options."),
                Qgis.MessageLevel.Warning,
            )
            self.body.addWidget(notice)
            return
        self.tabs = QTabBar()
        self.tabs.setExpanding(True)
        self.tabs.setToolTip(self.tr("Themes, the districts of the city, and the scenarios."))
        for text in (self.tr("Theme"), self.tr("Districts"), self.tr("Scenarios")):
            self.tabs.addTab(text)
        self.body.addWidget(self.tabs)
        canvas, notice = self.shell.iface.mapCanvas(), self.panel.notice
        self.what = ParameterForm(onemap, WHAT, "themes/what", canvas)
        self.more = ParameterForm(onemap, MORE, "themes/more", canvas)
        self.data = folded(self.tr("More inputs"), self.more, "themeInputs")
        self.hint = wrapped_label(
            self.tr("Choose a theme and the folder of the data: the theme's layers go into this project.")
        )
        self.view = ThemeView(self.shell.iface)
        self.districts = DistrictsPage(shell, notice)
        self.districts.opened.connect(self._take_district)
        self.scenarios = ScenariosPage(shell, self.run, self.busy, notice, scenarios)
        self.scenarios.able.connect(self._show_primary)
        self.pages = ((self.hint, self.what, self.data, self.view), (self.districts,), (self.scenarios,))
        for page in self.pages:
            for part in page:
                self.body.addWidget(part)
        self.tabs.currentChanged.connect(lambda *_: self._show_page())
        self.what.changed.connect(self._show_primary)

    def refresh(self, *_: object) -> None:
        if self.ready:
            self._name_choices()
            self.view.refresh()
            self.scenarios.refresh()
            self._show_page()

    def project_changed(self, *_: object) -> None:
        if self.ready:
            self.view.forget()
            for form in (self.what, self.more):
                form.restore()
            self._take_built()
            self.scenarios.project_changed()
        self.refresh()

    def close_down(self) -> None:
        if self.ready:
            self.view.close_down()
            self.scenarios.close_down()
        super().close_down()

    def take_demo(self, result: RunResult) -> None:
        if not self.ready:
            return
        tables = str(result.outputs.get("DISTRICT", "") or "")
        if tables:
            for form in (self.what, self.scenarios.form):
                form.set_value("FOLDER", str(Path(tables).parent))

    def start(self) -> None:
        if not self.ready:
            return
        if self.tabs.currentIndex() == SCENARIOS:
            self.scenarios.start()
        else:
            self._build()

    def _build(self) -> None:
        """Build the chosen theme into the open project."""
        for form in (self.what, self.more):
            form.remember()
        values: dict[str, Any] = self.more.values() | self.what.values()
        if values.get("THEME_FILE"):
            values.pop("THEME", None)
        if values.get("DISTRICT_LAYER"):
            values.pop("DISTRICT", None)
        job = self.run(RunRequest("twin:onemap", values, run_outputs.named(self.tr("One map"))))
        job.finished.connect(self._built)

    def _built(self, result: RunResult) -> None:
        if not result.ok:
            return
        self.refresh()
        missing = int(result.outputs.get("MUST_MISSING", 0) or 0)
        if missing:
            text = self.tr("{n} layers that the theme requires are missing: they stand at the top of the layers.")
            self.panel.notice.say(text.format(n=missing), Qgis.MessageLevel.Warning, result.log)

    def _name_choices(self) -> None:
        """Call themes and districts by their titles."""
        for name, kind in (("THEME", "themes"), ("DISTRICT", "districts")):
            titles = {
                head.id: in_language(head.title, language(QgsApplication.locale())) for head in documents.heads(kind)
            }
            self.what.name_choices(name, titles)

    def _take_built(self) -> None:
        """A project that has a theme, such as one of a batch, proposes it again."""
        built = theme_runs.runs(QgsProject.instance())
        if built and not state.recall(self.what.key):
            self.what.set_value("THEME", built[-1].theme)
            self.what.set_value("DISTRICT", built[-1].district or None)

    def _take_district(self, district_id: str) -> None:
        """Take the district that was opened for the theme; lists of districts may have changed."""
        if district_id:
            self.what.set_value("DISTRICT", district_id)

    def _show_page(self) -> None:
        current = self.tabs.currentIndex()
        if current == DISTRICTS:  # their documents are read only when somebody looks at them
            self.districts.refresh()
        for place, page in enumerate(self.pages):
            for part in page:
                part.setVisible(place == current)
        if current == THEME:
            self.view.setVisible(self.view.which.count() > 0)
            self.hint.setVisible(not QgsProject.instance().mapLayers())
        self._show_primary()

    def _show_primary(self) -> None:
        if not self.ready:
            self.primary.setEnabled(False)
            return
        current = self.tabs.currentIndex()
        self.primary.setVisible(current != DISTRICTS)
        if current == SCENARIOS:
            able = self.scenarios.can_run()
            self.primary.setText(self.tr("Run the scenario"))
            self.primary.setToolTip(
                self.tr("Run the chosen scenario; its results go into a new folder and into this project.")
                if able
                else self.tr("Choose a scenario that runs with the data.")
            )
        else:
            able = bool(self.what.value("THEME") or self.more.value("THEME_FILE"))
            self.primary.setText(self.tr("Build the theme"))
            self.primary.setToolTip(
                self.tr("Put the layers, styles, bookmarks and the layout of the theme into this project.")
            )
        self.primary.setEnabled(able and not self.busy())
