"""twin:onemap: a theme for a district as a styled map: layer tree, map themes, bookmarks, layout, indicators."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProject,
)

from ...bridge.themes import documents
from ...core.common.errors import InputError
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.themes.onemap.requests import ThemeRequest
    from ...bridge.themes.onemap.run import BuiltTheme

LANGUAGES = ("interface", "en", "zh")
FOLDERS = ("FOLDER", "RESULTS", "PLAN")


class OneMap(TwinAlgorithm):
    ID = "onemap"
    GROUP_ID = ICON = "themes"
    PACKAGES = ("shapely", "pyproj", "jsonschema")

    def title(self) -> str:
        return self.tr("One map")

    def help_text(self) -> str:
        return self.tr(
            "<p>Builds a theme, such as water, power or rail, for a district: the layers of its data in groups, with "
            "their styles and scales, map themes, bookmarks, variables, and a layout with map, legend, indicators and "
            "sources.</p><p>The layers go into the open project, or with OUTPUT into a project file, which opens "
            "without the plugin; move it together with its data. A second run brings the theme up to date and keeps "
            "what you changed: order, visibility, styles, filters, groups, own layers; what you removed stays "
            "away.</p><p>A layer whose file is missing or whose service does not answer stays in the layer tree with "
            "the reason; the log, the layout and the top of the tree list those that the theme requires.</p>"
        )

    def declare(self, configuration: Values) -> None:
        names = [head.id for head in documents.heads("themes")]
        help_text = self.tr("A theme that ships with the plugin, or one of your folder of themes; or use THEME_FILE.")
        self.add_choice("THEME", self.tr("Theme"), names, names[0] if names else None, help_text)
        file = QgsProcessingParameterFile("THEME_FILE", self.tr("Theme document"), extension="json", optional=True)
        self.add(file, self.tr("A theme document (.json) of another folder, instead of THEME."))
        names = [head.id for head in documents.heads("districts")]
        help_text = self.tr(
            "A district that ships with the plugin, or one of your folder of districts: indicators count what lies in "
            "it. Empty, with no DISTRICT_LAYER, for all data."
        )
        self.add_choice("DISTRICT", self.tr("District"), names, None, help_text)
        area = [QgsProcessing.SourceType.TypeVectorPolygon]
        layer = QgsProcessingParameterFeatureSource("DISTRICT_LAYER", self.tr("District as a layer"), area, None, True)
        self.add(layer, self.tr("Polygons of a district of your own, instead of DISTRICT."))
        folder = QgsProcessingParameterFile.Behavior.Folder
        for name, label, help_text in (
            ("FOLDER", self.tr("Folder of data"), self.tr("The data of the district, such as a demo district.")),
            ("RESULTS", self.tr("Folder of results"), self.tr("Results of the flood simulation and of assessments.")),
            ("PLAN", self.tr("Folder of a plan"), self.tr("The contingency plan in force.")),
        ):
            self.add(QgsProcessingParameterFile(name, label, folder, optional=True), help_text)
        for name, label, help_text in (
            ("TWIN_BASE", self.tr("Twin base"), self.tr("A GeoPackage with the twin base.")),
            ("CATALOGUE", self.tr("Catalogue"), self.tr("A GeoPackage with a catalogue of data services.")),
        ):
            self.add(QgsProcessingParameterFile(name, label, extension="gpkg", optional=True), help_text)
        help_text = self.tr("Of titles, notes and the layout: that of QGIS, English or Chinese.")
        self.add_choice("LANGUAGE", self.tr("Language"), LANGUAGES, LANGUAGES[0], help_text)
        help_text = self.tr("Services that have not answered within this time, all together, count as missing.")
        self.add_number("TIMEOUT", self.tr("Time-out of services (s)"), 10, help_text, 0.5, 300, advanced=True)
        restore = QgsProcessingParameterBoolean("RESTORE", self.tr("Bring back what was removed"), False)
        help_text = self.tr(
            "Layers, map themes, bookmarks and the layout of the theme that you removed since its last run."
        )
        self.add(restore, help_text, True)
        self._outputs()

    def _outputs(self) -> None:
        label, kind = self.tr("Project"), self.tr("QGIS project (*.qgz)")
        output = QgsProcessingParameterFileDestination("OUTPUT", label, kind, None, True, False)
        help_text = self.tr("A project file: a new one, or one that the theme is built into. Empty: the open project.")
        self.add(output, help_text)
        table = QgsProcessing.SourceType.TypeVector
        for name, label, help_text in (
            ("LAYERS", self.tr("Layers"), self.tr("A row for each layer: state, reason, source and its time.")),
            ("INDICATORS", self.tr("Indicators"), self.tr("A row for each indicator: value, change, age, colour.")),
        ):
            self.add(QgsProcessingParameterFeatureSink(name, label, table, None, True, False), help_text)
        label, kind = self.tr("Indicators (JSON)"), self.tr("JSON file (*.json)")
        output = QgsProcessingParameterFileDestination("INDICATORS_JSON", label, kind, None, True, False)
        self.add(output, self.tr("The indicators for other programs."))
        self.number_outputs(
            LAYERS_LOADED=self.tr("Layers loaded"),
            LAYERS_MISSING=self.tr("Layers missing"),
            MUST_MISSING=self.tr("Required layers missing"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read theme and district, build the project (bridge/themes/onemap), and write the reports."""
        from ...bridge.themes.onemap import outputs
        from ...bridge.themes.onemap.projects import built_project

        request = self._request(parameters, context)
        project = None if request.output else self._open_project(context)
        built = built_project(request, project, self.progress(feedback))
        self._log(built, feedback)
        run = parameters, context, feedback
        tables = write_output(self, "LAYERS", *run, outputs.LAYERS, outputs.layer_rows(built))
        tables |= write_output(self, "INDICATORS", *run, outputs.INDICATORS, outputs.indicator_rows(built, request))
        path = self.parameterAsFileOutput(parameters, "INDICATORS_JSON", context)
        if path:
            Path(path).write_text(json.dumps(outputs.as_json(built, request), ensure_ascii=False, indent=1), "utf-8")
        files = {"OUTPUT": request.output, "INDICATORS_JSON": path}
        return {name: file for name, file in files.items() if file} | tables | outputs.numbers(built)

    def _request(self, parameters: Values, context: QgsProcessingContext) -> ThemeRequest:
        """What is asked for: the theme and the district that the user chose, and where the data is."""
        from ...bridge.services.query_match import CatalogueServices
        from ...bridge.themes.onemap.reading import read_request

        texts = {name: self.parameterAsString(parameters, name, context) for name in (*FOLDERS, "TWIN_BASE")}
        catalogue = self.parameterAsString(parameters, "CATALOGUE", context)
        request = read_request(
            theme=self.parameterAsEnumString(parameters, "THEME", context),
            theme_file=self.parameterAsFile(parameters, "THEME_FILE", context),
            district=self.parameterAsEnumString(parameters, "DISTRICT", context),
            district_layer=self.parameterAsSource(parameters, "DISTRICT_LAYER", context),
            folders=[texts[name] for name in FOLDERS],
            twin_base=texts["TWIN_BASE"],
            language=self.parameterAsEnumString(parameters, "LANGUAGE", context),
            output=self.parameterAsFileOutput(parameters, "OUTPUT", context),
        )
        request = replace(request, restore=self.parameterAsBool(parameters, "RESTORE", context))
        if not catalogue:
            return request
        seconds = self.parameterAsDouble(parameters, "TIMEOUT", context)
        services = CatalogueServices(catalogue, request.box, seconds)
        return replace(request, services=services, catalogue=catalogue)

    def _open_project(self, context: QgsProcessingContext) -> QgsProject:
        project = context.project()
        if project is None:
            raise InputError(self.tr("No project is open: choose a file for the project in OUTPUT."))
        return project

    def _log(self, built: BuiltTheme, feedback: QgsProcessingFeedback) -> None:
        self.push_warnings(built.warnings(), feedback)
        self.push_lines([*built.kept, *built.lines()], feedback)
