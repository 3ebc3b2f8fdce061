"""TwinAlgorithm, the base of every algorithm: translation, help, styles, and outputs that are never half written."""

from __future__ import annotations

import logging
import math
import traceback
from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsFeatureSink,
    QgsFeatureSource,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread
from qgis.PyQt.QtGui import QIcon

from ..bridge.kernel import dependencies, resources, shapefiles, spreadsheets, styles
from ..bridge.kernel.counting_sink import CountingSink
from ..bridge.kernel.gdal_basics import reason_in
from ..bridge.kernel.outside_text import as_name
from ..bridge.kernel.staging import Staging
from ..bridge.kernel.translation import localized
from ..core.common.errors import Cancelled, InputError, ResourceError, unwritable
from ..core.common.library_errors import explained
from ..core.common.messages import Message
from ..core.common.progress import Progress, advance
from . import parameter_checks
from .question import Ask, Question

log = logging.getLogger(__name__)

WORDS = f"{__name__.partition('.')[0]}.gui.widgets.choice_wrapper.ChoiceWrapper"
"""What Processing's dialogs show a choice by, named as they ask for it: nothing below them imports it."""

Values = dict[str, Any]
"""The values of parameters, or of outputs, by name."""


def _forget_frames(error: BaseException | None) -> None:
    """Let go of what the calls hold that an error went through: layers, files and grids of the run.

    PyQGIS takes the exception of a failed run and never releases it, nor what hangs on it (3.40).
    """
    met: list[BaseException] = []
    while error is not None and error not in met:
        met.append(error)
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


class TwinAlgorithm(QgsProcessingAlgorithm):
    """Base of the plugin's algorithms.

    A subclass sets ID, GROUP_ID and PACKAGES, and has `title`, `help_text`, `declare` and `execute`. File outputs are
    written beside their destinations and replace them only when `execute` returned; an error or a cancel leaves the
    destinations as they were. Folder destinations are the algorithm's own care.
    """

    ID = ""
    GROUP_ID = ""
    ICON = "twin"
    PACKAGES: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[str, str] = {}
        self._sinks: dict[str, CountingSink] = {}
        self._shapefiles: dict[str, shapefiles.ShapefileSink] = {}
        self._feedback: QgsProcessingFeedback | None = None

    # Defined by a subclass

    def title(self) -> str:
        """Name for people, translated."""
        raise AssertionError("a subclass defines its title")

    def help_text(self) -> str:
        """Its purpose, inputs and outputs, translated, as simple HTML."""
        raise AssertionError("a subclass defines its help")

    def declare(self, configuration: Values) -> None:
        """Add parameters with `add`, outputs with addOutput, styles with `style`."""
        raise AssertionError("a subclass declares its parameters")

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read, compute, write; returns the results by output name."""
        raise AssertionError("a subclass does the work")

    def questions(self, parameters: Values, context: QgsProcessingContext) -> Iterable[Question]:
        """What the user is asked before a run in the desktop: nothing, unless a subclass says otherwise."""
        return ()

    def take_back(self) -> None:
        """Remove what `execute` wrote beside its outputs: called after a failure or a cancel."""

    def cancelled_text(self) -> str:
        """The state after a cancel, translated."""
        return QCoreApplication.translate("TwinAlgorithm", "Cancelled: nothing was written.")

    # For subclasses to call

    def add(self, parameter: QgsProcessingParameterDefinition, help_text: str, advanced: bool = False) -> None:
        """Add a parameter with its help."""
        parameter.setHelp(help_text)
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        if not self.addParameter(parameter):  # QGIS says no word where the name is taken
            raise ValueError(f"the parameter {parameter.name()} of {self.name()} cannot be added: is its name taken?")

    def add_number(
        self,
        name: str,
        label: str,
        default: float | None,
        help_text: str,
        least: float | None = None,
        most: float | None = None,
        whole: bool = False,
        advanced: bool = False,
    ) -> None:
        """Add a number from `least` to `most`, optional where it has no default."""
        kinds = QgsProcessingParameterNumber.Type
        kind = kinds.Integer if whole else kinds.Double
        parameter = QgsProcessingParameterNumber(name, label, kind, default, default is None)
        if least is not None:
            parameter.setMinimum(least)
        if most is not None:
            parameter.setMaximum(most)
        self.add(parameter, help_text, advanced)

    def add_choice(
        self,
        name: str,
        label: str,
        choices: Iterable[str],
        default: str | None,
        help_text: str,
        several: bool = False,
        advanced: bool = False,
    ) -> None:
        """Add a choice of values, or of several of them; optional where it has no default."""
        optional = default is None
        parameter = QgsProcessingParameterEnum(name, label, list(choices), several, default, optional, True)
        if not several:
            parameter.setMetadata({"widget_wrapper": {"class": WORDS}})
        self.add(parameter, help_text, advanced)

    def add_text(self, name: str, label: str, help_text: str, multiline: bool = False, advanced: bool = False) -> None:
        """Add an optional text."""
        self.add(QgsProcessingParameterString(name, label, "", multiline, True), help_text, advanced)

    def number_outputs(self, **labels: str) -> None:
        """Add outputs that are numbers: their labels by name."""
        for name, label in labels.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def style(self, output: str, name: str) -> None:
        """Attach the style resources/styles/<name>.qml to an output."""
        self._styles[output] = name

    def progress(self, feedback: QgsProcessingFeedback) -> Progress:
        """Core's progress, shown by this feedback; stops when it is cancelled."""
        last = [""]

        def report(fraction: float, text: str = "") -> bool:
            if fraction == fraction:
                feedback.setProgress(100.0 * fraction)
            if text and text != last[0]:
                last[0] = text
                feedback.setProgressText(as_name(localized(text)))  # a dialog shows it in a label that takes HTML
            return not feedback.isCanceled()

        return report

    def push_warnings(self, messages: Iterable[str], feedback: QgsProcessingFeedback) -> None:
        """Log messages as warnings in the user's language."""
        for message in messages:
            feedback.pushWarning(localized(message))

    def push_lines(self, messages: Iterable[str], feedback: QgsProcessingFeedback) -> None:
        """Log messages as they are, each on its line, in the user's language."""
        for message in messages:
            feedback.pushInfo(localized(message))

    def tr(self, text: str) -> str:
        """Translate in the context of the class."""
        return QCoreApplication.translate(type(self).__name__, text)

    # Called by QGIS

    def createInstance(self) -> TwinAlgorithm:
        return type(self)()

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:
        return self.title()

    def groupId(self) -> str:
        return self.GROUP_ID

    def group(self) -> str:
        return {
            "buildings": QCoreApplication.translate("TwinAlgorithm", "Buildings"),
            "services": QCoreApplication.translate("TwinAlgorithm", "Data services"),
            "flood": QCoreApplication.translate("TwinAlgorithm", "Flood"),
            "risk": QCoreApplication.translate("TwinAlgorithm", "Risk"),
            "contingency": QCoreApplication.translate("TwinAlgorithm", "Contingency plans"),
            "power": QCoreApplication.translate("TwinAlgorithm", "Power"),
            "rail": QCoreApplication.translate("TwinAlgorithm", "Rail"),
            "planning": QCoreApplication.translate("TwinAlgorithm", "Planning review"),
            "lifecycle": QCoreApplication.translate("TwinAlgorithm", "Life cycle"),
            "scene": QCoreApplication.translate("TwinAlgorithm", "3D scenes"),
            "scenarios": QCoreApplication.translate("TwinAlgorithm", "Scenarios"),
            "themes": QCoreApplication.translate("TwinAlgorithm", "One map"),
            "reports": QCoreApplication.translate("TwinAlgorithm", "Reports"),
        }[self.GROUP_ID]

    def shortHelpString(self) -> str:
        return self.help_text()

    def helpUrl(self) -> str:
        return resources.help_url(self.ID)

    def icon(self) -> QIcon:
        return QIcon(str(resources.icon(self.ICON)))

    def svgIconPath(self) -> str:
        return str(resources.icon(self.ICON))

    def initAlgorithm(self, configuration: Values | None = None) -> None:
        self._styles = {}
        self.declare(configuration or {})

    def canExecute(self) -> tuple[bool, str]:
        missing = dependencies.lacking(self.PACKAGES)
        if not missing:
            return self._fitting()
        text = QCoreApplication.translate(
            "TwinAlgorithm",
            "'{title}' needs Python packages that are missing: {packages}. Install them with the button in City Twin's "
            "message or in the Home dock.",
        )
        return False, text.format(title=self.title(), packages=", ".join(missing))

    def _check_packages(self) -> None:
        """qgis_process runs an algorithm whatever `canExecute` says."""
        able, reason = self.canExecute()
        if not able:
            raise ResourceError(reason)

    def _fitting(self) -> tuple[bool, str]:
        unfit = dependencies.unfit(self.PACKAGES)
        if unfit is None:
            return True, ""
        requirement, version = unfit
        text = QCoreApplication.translate(
            "TwinAlgorithm",
            "'{title}' needs {name} {limits}, but QGIS's own Python brings {version}, which comes first: update or "
            "remove that one.",
        )
        return False, text.format(title=self.title(), name=requirement.name, limits=requirement.limits, version=version)

    def checkParameterValues(self, parameters: Values, context: QgsProcessingContext) -> tuple[bool, str]:
        """Also refuse what QGIS would ignore or replace by a default."""
        for mistake in parameter_checks.mistakes(parameters, self.parameterDefinitions()):
            return False, mistake
        fits, reason = super().checkParameterValues(parameters, context)
        return fits, reason

    def parameterAsSink(self, parameters: Values, name: str, *arguments: Any) -> tuple[QgsFeatureSink | None, str]:
        """As QGIS's own, closed when `execute` has ended, whoever still holds it; None only where it is optional.

        Raises
        ------
        ResourceError
            When a sink cannot be created; its features raise the same when they cannot be written.
        InputError
            When a table should become a shapefile.
        """
        place = str(parameters.get(name))
        context, fields, kind, *more = arguments
        if shapefiles.is_shapefile(place) and kind == QgsWkbTypes.Type.NoGeometry:
            text = QCoreApplication.translate(
                "TwinAlgorithm", "'{place}' cannot be a shapefile, which has no tables: choose .gpkg or .csv."
            )
            raise InputError(text.format(place=place))
        if formula := spreadsheets.starts(place):
            fields = spreadsheets.guarded_fields(fields, formula)
        try:
            sink, destination = super().parameterAsSink(parameters, name, context, fields, kind, *more)
        except QgsProcessingException as error:
            raise unwritable(place, reason_in(str(error))) from error
        if sink is not None:
            sink = self._sinks[name] = CountingSink(sink, place)
            if shapefiles.is_shapefile(place):
                sink = self._shapefiles[name] = shapefiles.ShapefileSink(sink, fields)
            sink = spreadsheets.GuardedSink(sink, formula) if formula else sink
        elif not self.parameterDefinition(name).flags() & QgsProcessingParameterDefinition.Flag.FlagOptional:
            text = QCoreApplication.translate(
                "TwinAlgorithm", "The layer cannot be written: choose another place for {name}."
            )
            raise ResourceError(text.format(name=name))
        return sink, destination

    def parameterAsSource(
        self, parameters: Values, name: str, context: QgsProcessingContext
    ) -> QgsFeatureSource | None:
        """As QGIS's own; a table for spreadsheets gives the texts that one of our algorithms wrote."""
        source = super().parameterAsSource(parameters, name, context)
        given = parameters.get(name)
        if isinstance(given, QgsProcessingFeatureSourceDefinition):
            given = given.source
        layer = self.parameterAsVectorLayer({name: given}, name, context) if source is not None else None
        if layer is None:
            return source
        notes: list[Message] = []
        plain = spreadsheets.plain_source(source, layer, context, notes)
        if self._feedback is not None:
            self.push_warnings(notes, self._feedback)
        return plain

    def whole_layer(self, parameters: Values, name: str, context: QgsProcessingContext) -> QgsVectorLayer | None:
        """The layer behind a source, where all of its features are asked for; else None."""
        given = parameters.get(name)
        if isinstance(given, QgsProcessingFeatureSourceDefinition):
            if given.selectedFeaturesOnly or given.featureLimit >= 0 or given.filterExpression:
                return None
            given = given.source
        return self.parameterAsVectorLayer({name: given}, name, context)

    def _close_sinks(self) -> None:
        """A sink writes its last bytes when it is deleted: that must come before its file is moved."""
        for sink in self._sinks.values():
            sink.close()

    def asker(self) -> Ask | None:
        """What asks the user; None where nobody can be asked, as in qgis_process."""
        return getattr(self.provider(), "ask", None)

    def prepareAlgorithm(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Ask the user's questions; in a thread of its own, such as that of a model, nobody is asked."""
        ask, application = self.asker(), QCoreApplication.instance()
        if ask is None or application is None or QThread.currentThread() != application.thread():
            return True
        for question in self.questions(parameters, context):
            if not ask(question):
                feedback.reportError(question.refusal)
                return False
        return True

    def processAlgorithm(
        self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Values:
        try:
            return self._run(parameters, context, feedback)
        except BaseException as error:
            _forget_frames(error)
            del self, parameters, context, feedback
            raise

    def _run(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        staging, done, self._feedback = None, False, feedback
        try:
            self._check_packages()
            parameter_checks.require_fields(self, parameters, context)
            staging = Staging(self.parameterDefinitions(), parameters, context, feedback)
            results = self.execute(staging.parameters, context, feedback)
            self._close_sinks()
            advance(self.progress(feedback), math.nan)
            results = staging.publish(results, self._sinks, self._styles)
            done = True
        except Cancelled:
            feedback.pushInfo(self.cancelled_text())
            return {}
        except Exception as error:
            sentence = explained(error)
            if sentence is None:  # a mistake in code: whoever reports it needs the traceback
                raise
            if sentence is error:
                log.info("%s stopped: %s", self.ID, error)
            else:
                log.warning("%s stopped", self.ID, exc_info=True)
            shown = staging.shown(sentence) if staging is not None else sentence
            raise QgsProcessingException(localized(shown)) from error
        finally:
            self._close_sinks()
            self._feedback = None
            if staging is not None:
                staging.discard()
            if not done:
                self.take_back()
        self.push_warnings(shapefiles.losses(self._shapefiles, results), feedback)
        self._style_loaded(results, context)
        # numpy's numbers are objects to Qt: qgis_process and models would not see them.
        return {name: value.item() if type(value).__module__ == "numpy" else value for name, value in results.items()}

    def _style_loaded(self, results: Values, context: QgsProcessingContext) -> None:
        loading = context.layersToLoadOnCompletion()
        for output, style in self._styles.items():
            destination = results.get(output)
            if destination in loading:
                context.layerToLoadOnCompletionDetails(destination).setPostProcessor(
                    styles.StyleOnLoad.keep(str(destination), style)
                )
