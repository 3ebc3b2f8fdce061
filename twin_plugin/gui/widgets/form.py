"""A form of an algorithm's own parameters, with QGIS's widgets: labels, help and limits are the algorithm's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import (
    NULL,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingUtils,
    QgsProject,
    QgsProperty,
)
from qgis.gui import (
    QgsDoubleSpinBox,
    QgsGui,
    QgsMapLayerComboBox,
    QgsProcessingContextGenerator,
    QgsProcessingGui,
    QgsProcessingParameterWidgetContext,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...bridge.kernel import enum_labels
from ...bridge.kernel.outside_text import as_tip
from ..common import state
from .basics import fill_column, make_narrow, narrow_combo, plain_label


class ContextMaker(QgsProcessingContextGenerator):
    """Gives QGIS's widgets the context in which they look up layers."""

    def __init__(self) -> None:
        super().__init__()
        self.context = QgsProcessingContext()
        self.context.setProject(QgsProject.instance())

    def processingContext(self) -> QgsProcessingContext:
        return self.context


class ParameterForm(QWidget):
    """Rows for some of an algorithm's parameters; `changed` when any changes, `edited` when the user changed it.

    Parameters
    ----------
    algorithm : QgsProcessingAlgorithm
        Whose parameters they are.
    names : iterable of str
        The parameters, from top to bottom; those that the algorithm does not have are left out.
    key : str
        Under which the values are remembered in the project.
    canvas : QgsMapCanvas, optional
        For widgets that take an extent from the map.
    labels : dict of str to str
        Labels that say it shorter than the algorithm's own.
    """

    changed = pyqtSignal()
    edited = pyqtSignal()

    def __init__(
        self,
        algorithm: QgsProcessingAlgorithm,
        names: Iterable[str],
        key: str,
        canvas: Any = None,
        labels: dict[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.algorithm, self.key, self.canvas = algorithm, key, canvas
        self.maker = ContextMaker()
        self.wrappers: dict[str, Any] = {}
        self.fields: dict[str, QWidget] = {}
        self.titles: dict[str, QLabel] = {}
        self._combos: dict[str, QComboBox] = {}
        self._left_out: dict[str, set[str]] = {}
        self._quiet = False
        layout = fill_column(self)
        for name in names:
            definition = algorithm.parameterDefinition(name)
            if definition is not None:
                self._add(layout, definition, (labels or {}).get(name, definition.description()))
        self.link()
        self.restore()

    def value(self, name: str) -> Any:
        """The value of one parameter; None where it is left empty."""
        if name in self._combos:
            return self._combos[name].currentData()
        wrapper = self.wrappers.get(name)
        value = wrapper.parameterValue() if wrapper is not None else None
        return None if value is None or value == NULL or value == "" else value

    def values(self) -> dict[str, Any]:
        """The parameters that are not left empty."""
        names = [*self.wrappers, *self._combos]
        return {name: value for name in names if (value := self.value(name)) is not None}

    def name_choices(self, name: str, titles: Mapping[str, str]) -> None:
        """Show the choices of a row under other names than their own."""
        combo = self._combos.get(name)
        for place in range(combo.count() if combo is not None else 0):
            title = titles.get(str(combo.itemData(place)))
            if title:
                combo.setItemText(place, title)

    def set_value(self, name: str, value: Any) -> None:
        """Put a value into a row; rows that are not here are passed over."""
        if name in self._combos:
            index = self._combos[name].findData(value)
            if index >= 0:
                self._combos[name].setCurrentIndex(index)
        elif name in self.wrappers:
            self.wrappers[name].setParameterValue(value, self.maker.context)

    def taken_into_project(self, name: str) -> str | None:
        """Add the file of a row to the project, below its layers; the id of the layer, None where there is no file."""
        value, project = self.value(name), QgsProject.instance()
        if not isinstance(value, str) or project.mapLayer(value) is not None or project.mapLayersByName(value):
            return None
        layer = QgsProcessingUtils.mapLayerFromString(value, self.maker.context)
        if layer is None or not layer.isValid():
            return None
        layer = project.addMapLayer(layer.clone(), False)
        project.layerTreeRoot().addLayer(layer)
        return layer.id()

    def leave_out(self, name: str, layers: list[QgsMapLayer]) -> None:
        """Keep layers out of a row's list; a file can still be chosen."""
        ids = {layer.id() for layer in layers}
        if name not in self.fields or self._left_out.get(name, set()) == ids:
            return
        # Never ask a box for its list: it keeps pointers to layers that were removed from the project.
        self._left_out[name] = ids
        for plain in self.fields[name].findChildren(QComboBox):
            if plain.inherits("QgsMapLayerComboBox"):  # which Python sees as the plain box of Qt
                sip.cast(plain, QgsMapLayerComboBox).setExceptedLayerList(layers)

    def link(self, *others: ParameterForm) -> None:
        """Let rows of fields follow the layer of another row, here or in another form of the same algorithm."""
        wrappers = [wrapper for form in (self, *others) for wrapper in form.wrappers.values()]
        for wrapper in self.wrappers.values():
            wrapper.postInitialize(wrappers)

    def show_row(self, name: str, visible: bool) -> None:
        """Show or hide a row."""
        if name in self.fields:
            self.fields[name].setVisible(visible)
        if name in self.titles:
            self.titles[name].setVisible(visible)

    def restore(self, *but: str) -> None:
        """Take the values that the project remembers, but those of some rows; the others go back to their defaults."""
        self._quiet = True
        kept = state.recall(self.key, {})
        kept = kept if isinstance(kept, dict) else {}
        for name in (*self.wrappers, *self._combos):
            if name in but:
                continue
            definition = self.algorithm.parameterDefinition(name)
            value = kept.get(name, definition.defaultValueForGui())
            if value is not None or name not in self._combos:
                self.set_value(name, value)
        self._quiet = False
        self.changed.emit()

    def remember(self) -> None:
        """Keep the values in the project, those that differ from the defaults."""
        kept = {}
        for name, value in self.values().items():
            definition = self.algorithm.parameterDefinition(name)
            plain = definition.valueAsJsonObject(value, self.maker.context)
            if not isinstance(value, QgsProperty) and plain != definition.defaultValueForGui():
                kept[name] = plain
        if kept or state.recall(self.key):
            state.remember(self.key, kept)

    def let_go(self) -> None:
        """Close the layers that were opened for the values: left to Python they may be closed after QGIS has ended."""
        self.maker.context = QgsProcessingContext()

    def _add(self, layout: QVBoxLayout, definition: QgsProcessingParameterDefinition, label: str) -> None:
        name = definition.name()
        if (
            isinstance(definition, QgsProcessingParameterEnum)
            and definition.usesStaticStrings()
            and not definition.allowMultiple()
        ):
            field = self._combo(definition)
        else:
            field = self._wrap(definition)
        tip = definition.help() or label
        field.setToolTip(as_tip(tip))
        for inner in field.findChildren(QWidget):
            if not inner.toolTip():
                inner.setToolTip(as_tip(tip))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setAccessibleName(label)
        if isinstance(field, QCheckBox):
            field.setText(label)
        else:
            title = plain_label(label)
            title.setWordWrap(True)
            title.setBuddy(field)
            title.setToolTip(as_tip(tip))
            layout.addWidget(title)
            self.titles[name] = title
        layout.addWidget(field)
        self.fields[name] = field

    def _combo(self, definition: QgsProcessingParameterEnum) -> QComboBox:
        combo = narrow_combo()
        if definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional:
            combo.addItem(self.tr("[Not set]"), None)
        for option in definition.options():
            combo.addItem(enum_labels.label(option, definition.name()), option)
        combo.currentIndexChanged.connect(self._on_change)
        self._combos[definition.name()] = combo
        return combo

    def _wrap(self, definition: QgsProcessingParameterDefinition) -> QWidget:
        wrapper = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(
            definition, QgsProcessingGui.WidgetType.Standard
        )
        surroundings = QgsProcessingParameterWidgetContext()
        surroundings.setProject(QgsProject.instance())
        if self.canvas is not None:
            surroundings.setMapCanvas(self.canvas)
        wrapper.setWidgetContext(surroundings)
        wrapper.registerProcessingContextGenerator(self.maker)
        field = wrapper.createWrappedWidget(self.maker.context)
        for extra in field.findChildren(QToolButton):
            # The button that repeats a run for every feature is for Processing's own dialogs.
            extra.setVisible(not extra.isCheckable())
        for spin in (field, *field.findChildren(QgsDoubleSpinBox)):
            if isinstance(spin, QgsDoubleSpinBox):
                spin.setDecimals(decimals(definition.name()))
        for combo in (field, *field.findChildren(QComboBox)):
            if isinstance(combo, QComboBox):
                make_narrow(combo)
        wrapper.setParent(self)  # it holds the layers of files: left to Python it may be deleted after QGIS has ended
        wrapper.widgetValueHasChanged.connect(self._on_change)
        self.wrappers[definition.name()] = wrapper
        return field

    def _on_change(self, *_: object) -> None:
        if self._quiet:
            return
        if self._by_user():
            self.remember()
            self.edited.emit()
        self.changed.emit()

    def _by_user(self) -> bool:
        """Whether the user is at work here: layers that come and go change fields too, and must mark nothing."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)


def decimals(name: str) -> int:
    """Decimals that a number is entered with: tenths of minutes and years, centimetres, thousandths of the rest."""
    if name in ("RETURN_PERIOD", "DURATION", "STEP") or name.endswith(("_MIN", "_MM", "_MM_H")):
        return 1
    if name == "TIMEOUT":
        return 0
    return 2 if name == "CELL_SIZE" or name.startswith("LEVEL_") else 3


def advanced_names(algorithm: QgsProcessingAlgorithm, shown: Iterable[str]) -> list[str]:
    """The parameters that are neither shown already nor destinations: what belongs into the folded options."""
    taken = set(shown)
    return [
        definition.name()
        for definition in algorithm.parameterDefinitions()
        if not definition.isDestination()
        and definition.name() not in taken
        and not definition.flags() & QgsProcessingParameterDefinition.Flag.FlagHidden
    ]
