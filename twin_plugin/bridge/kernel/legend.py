"""Legends, forms and map tips in the user's language: the styles that ship with the plugin carry English labels."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsMapLayer,
    QgsMeshLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRuleBasedRenderer,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from . import enum_labels, field_labels
from .field_labels import Speak


def translate(layer: QgsMapLayer, speak: Speak = QCoreApplication.translate) -> None:
    """Translate the labels of a layer's classes and what `fields` does, where they are the plugin's own.

    `speak` gives the texts of another language than the user's.
    """
    if isinstance(layer, QgsVectorLayer):
        field_labels.translate(layer, speak)
        renderer = layer.renderer()
        if isinstance(renderer, QgsCategorizedSymbolRenderer):
            for number, category in enumerate(renderer.categories()):
                renderer.updateCategoryLabel(number, label(category.label(), speak))
        elif isinstance(renderer, QgsRuleBasedRenderer):
            for rule in renderer.rootRule().descendants():
                rule.setLabel(label(rule.label(), speak))
    elif isinstance(layer, QgsRasterLayer):
        _translate_raster(layer, speak)
    elif isinstance(layer, QgsMeshLayer):
        _translate_mesh(layer, speak)
    # The labels change in place: nothing else makes the layer tree read them again.
    layer.legendChanged.emit()


def label(text: str, speak: Speak = QCoreApplication.translate) -> str:
    """A label in the user's language; one that is not the plugin's stays as it is."""
    is_user = speak is QCoreApplication.translate
    for known in (text, text[:1].lower() + text[1:]):
        choice = enum_labels.label(known) if is_user else speak("Choices", known)
        for found in (speak("MapClasses", known), choice):
            if found != known:
                return found
    return text


def _translate_raster(layer: QgsRasterLayer, speak: Speak) -> None:
    renderer = layer.renderer()
    if isinstance(renderer, QgsPalettedRasterRenderer):
        for item in renderer.classes():
            renderer.setLabel(int(item.value), label(item.label, speak))
    elif isinstance(renderer, QgsSingleBandPseudoColorRenderer):
        shader = renderer.shader().rasterShaderFunction() if renderer.shader() is not None else None
        if isinstance(shader, QgsColorRampShader):
            _translate_shader(shader, speak)


def _translate_mesh(layer: QgsMeshLayer, speak: Speak) -> None:
    settings = layer.rendererSettings()
    for group in layer.datasetGroupsIndexes():
        scalar = settings.scalarSettings(group)
        shader = scalar.colorRampShader()
        _translate_shader(shader, speak)
        scalar.setColorRampShader(shader)
        settings.setScalarSettings(group, scalar)
    layer.setRendererSettings(settings)


def _translate_shader(shader: QgsColorRampShader, speak: Speak) -> None:
    items = shader.colorRampItemList()
    for item in items:
        item.label = label(item.label, speak)
    shader.setColorRampItemList(items)
