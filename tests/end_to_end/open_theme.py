"""Opens a project file with QGIS alone, as somebody without the plugin does, and writes what it finds as JSON."""

from __future__ import annotations

import json
import os
import sys


def main(path: str) -> dict:
    """What the project has."""
    from qgis.core import QgsApplication, QgsExpression, QgsLayoutObject, QgsProject
    from qgis.PyQt.QtGui import QColor

    application = QgsApplication([], True)
    application.initQgis()
    project = QgsProject.instance()
    read = project.read(path)
    layers = {}
    for layer in project.mapLayers().values():
        renderer = layer.renderer()
        layers[layer.customProperty("city_twin/theme_layer")] = {
            "valid": layer.isValid(),
            "renderer": renderer.type(),
            "drawn": renderer.dump() if hasattr(renderer, "dump") else "",
            "source": layer.source().split("|")[0],
            "scales": [layer.hasScaleBasedVisibility(), layer.minimumScale(), layer.maximumScale()],
        }
    layout = project.layoutManager().printLayouts()[0]
    labels = {item.id(): item.currentText() for item in layout.items() if hasattr(item, "currentText") and item.id()}
    bars = {item.id().split()[2]: item for item in layout.items() if hasattr(item, "text") and "colour" in item.id()}
    for bar in bars.values():
        bar.refreshDataDefinedProperty()
    colours = {
        name: bar.dataDefinedProperties()
        .valueAsColor(QgsLayoutObject.DataDefinedProperty.BackgroundColor, bar.createExpressionContext(), QColor())[0]
        .name()
        for name, bar in bars.items()
    }
    collection = project.mapThemeCollection()
    return {
        "read": read,
        "layers": layers,
        "map_themes": {name: len(collection.mapThemeVisibleLayers(name)) for name in collection.mapThemes()},
        "bookmarks": [bookmark.name() for bookmark in project.bookmarkManager().bookmarks()],
        "layouts": [one.name() for one in project.layoutManager().printLayouts()],
        "labels": labels,
        "colours": colours,
        "groups": [node.name() for node in project.layerTreeRoot().children()[0].children()],
        "plugin": [name for name in sys.modules if "twin_plugin" in name],
        "functions": [one.name() for one in QgsExpression.Functions() if "twin" in one.name().lower()],
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1]), ensure_ascii=False), flush=True)
    os._exit(0)
