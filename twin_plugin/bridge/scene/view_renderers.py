"""3D renderers of a view: storeys in the colours of their uses, bodies, rooms below ground, pipes, the water's surface.

Layers keep a renderer that somebody else gave them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from qgis._3d import (
    Qgs3D,
    Qgs3DTypes,
    QgsLine3DSymbol,
    QgsPhongMaterialSettings,
    QgsPolygon3DSymbol,
    QgsRuleBased3DRenderer,
    QgsTiledSceneLayer3DRenderer,
    QgsVectorLayer3DRenderer,
    QgsVectorLayer3DTilingSettings,
)
from qgis.core import (
    Qgis,
    QgsAbstract3DRenderer,
    QgsAbstract3DSymbol,
    QgsExpression,
    QgsMapLayer,
    QgsMeshLayer,
    QgsProperty,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from ...core.scene.use_colours import use_colours
from ..kernel import resources
from .view_layers import DEPTH, DIAMETERS, level_group

MARK = "city_twin/renderer3d"
"""Property of a layer: the hash of the 3D renderer that a view gave it; another one is the user's."""
EDGE, BODY, ROOM, SCHEME, GROUND = "#8f887c", "#d9d4ca", "#8e79b0", "#e0762f", "#cfc9bc"
PIPES = {
    "water": "#2f8fd8",
    "sewer": "#8a6d3b",
    "storm": "#3aa6a0",
    "gas": "#d9a400",
    "power": "#c1121f",
    "cable": "#7a4fa3",
    "tunnel": "#5d4f7c",
}
"""Colours by a word in the kind of a pipe."""
OTHER_PIPE = "#7d858c"
KIND_FIELDS = ("kind", "type", "category", "class", "类别")
LEAST_WIDTH_M = 1.0
"""A thinner pipe could not be seen in a view of a district."""
LEAST_M = 0.1
"""Lower bodies cannot be seen."""
EDGES_UP_TO = 20_000
"""In a layer of more features the edges would lie on each other and hide the colours."""
FEATURES_IN_TILE = 4000
"""So many features are drawn at once; a layer with more is cut into tiles."""
_KINDS = QgsAbstract3DSymbol.Property if hasattr(QgsAbstract3DSymbol, "Property") else QgsAbstract3DSymbol


def know_3d() -> None:
    """Let QGIS read and write 3D renderers: outside the desktop it drops them."""
    Qgs3D.initialize()


def material(colour: str, opacity: float = 1.0) -> QgsPhongMaterialSettings:
    """A dull surface: its shaded sides keep their colour."""
    result = QgsPhongMaterialSettings()
    result.setDiffuse(QColor(colour))
    result.setAmbient(QColor(colour).darker(190))
    result.setSpecular(QColor("#202020"))
    result.setShininess(0.0)
    result.setOpacity(opacity)
    return result


def body(
    colour: str, base: str = "", height: str = "", default_m: float = 3.0, opacity: float = 1.0, edges: bool = True
) -> QgsPolygon3DSymbol:
    """Polygons that are extruded from a level by a height, both expressions; without them faces as they are."""
    symbol = QgsPolygon3DSymbol()
    symbol.setMaterialSettings(material(colour, opacity))
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setEdgesEnabled(edges)
    symbol.setEdgeColor(QColor(EDGE))
    symbol.setEdgeWidth(1.0)
    if not base:
        symbol.setCullingMode(Qgs3DTypes.CullingMode.NoCulling)
        return symbol
    symbol.setExtrusionHeight(default_m)
    properties = symbol.dataDefinedProperties()
    level, tall = f"coalesce({base}, 0)", f"max({LEAST_M}, coalesce({height}, {default_m}))"
    properties.setProperty(_KINDS.PropertyHeight, QgsProperty.fromExpression(level))
    properties.setProperty(_KINDS.PropertyExtrusionHeight, QgsProperty.fromExpression(tall))
    symbol.setDataDefinedProperties(properties)
    return symbol


def storeys(use: str, count: int) -> QgsRuleBased3DRenderer:
    """Storeys in the colours of their uses; `use` is an expression. Those below ground have the colour of rooms."""
    base, height = '"elev_m"', '"height_m" - 0.15'
    root, edges = QgsRuleBased3DRenderer.Rule(None), count <= EDGES_UP_TO
    root.appendChild(_rule(body(ROOM, base, height, edges=edges), '"number" < 0'))
    known: list[str] = []
    for group in use_colours():
        if group.uses:
            known += group.uses
            among = f"coalesce({use}, '') in ({_texts(group.uses)})"
        else:
            among = f"coalesce({use}, '') not in ({_texts(known)})"
        floor = body(group.colour, base, height, edges=edges)
        root.appendChild(_rule(floor, f'coalesce("number", 0) >= 0 and {among}'))
    return tiled(QgsRuleBased3DRenderer(root), count)


def buildings(count: int) -> QgsRuleBased3DRenderer:
    """Whole buildings in the colours of their uses."""
    root = QgsRuleBased3DRenderer.Rule(None)
    base, height = '"base_elev_m"', '"roof_elev_m" - "base_elev_m"'
    known = [use for group in use_colours() for use in group.uses]
    for group in use_colours():
        names = _texts(group.uses or known)
        among = f"coalesce(\"use\", '') {'in' if group.uses else 'not in'} ({names})"
        root.appendChild(_rule(body(group.colour, base, height, 10.0, edges=count <= EDGES_UP_TO), among))
    return tiled(QgsRuleBased3DRenderer(root), count)


def bodies(colour: str, base: str, top: str, count: int, opacity: float = 1.0) -> QgsVectorLayer3DRenderer:
    """Polygons between the levels of two fields."""
    symbol = body(colour, f'"{base}"', f'"{top}" - "{base}"', 3.0, opacity)
    return tiled(QgsVectorLayer3DRenderer(symbol), count)


def solids(count: int) -> QgsVectorLayer3DRenderer:
    """Faces at their own elevations."""
    return tiled(QgsVectorLayer3DRenderer(body(BODY)), count)


def width_of(layer: QgsVectorLayer) -> float:
    """A width for the lines of a layer, m: the median of its diameters, and at least what can be seen of a district."""
    names = {name.lower(): name for name in layer.fields().names()}
    field = next((name for name in DIAMETERS if name in names), "")
    column = QgsExpression.quotedColumnRef(names.get(field, field))
    values, found, _ = QgsVectorLayerUtils.getDoubleValues(layer, column)
    known = sorted(value for value in values if value > 0) if found else []
    middle = known[len(known) // 2] if known else 0.0
    return max(LEAST_WIDTH_M, middle if field.endswith("_m") else middle / 1000.0)


def pipes(layer: QgsVectorLayer) -> QgsRuleBased3DRenderer:
    """Lines at their own elevations, as wide as pipes of the layer are, in the colours of their kinds."""
    width_m = width_of(layer)
    names = {name.lower(): name for name in layer.fields().names()}
    kind = next((names[name] for name in KIND_FIELDS if name in names), "")
    root = QgsRuleBased3DRenderer.Rule(None)
    word = f"lower(coalesce(to_string({QgsExpression.quotedColumnRef(kind)}), ''))" if kind else "''"
    free = "true"
    for name, colour in PIPES.items():
        root.appendChild(_rule(_line(colour, width_m), f"{free} and {word} like '%{name}%'"))
        free += f" and {word} not like '%{name}%'"
    root.appendChild(_rule(_line(OTHER_PIPE, width_m), free))
    return QgsRuleBased3DRenderer(root)


def tiled(renderer: QgsRuleBased3DRenderer, count: int) -> QgsRuleBased3DRenderer:
    """The renderer with as many levels of tiles as a layer of some features needs: each has a quarter of the last."""
    settings, levels = QgsVectorLayer3DTilingSettings(), 1
    while count > FEATURES_IN_TILE * 4 ** (levels - 1) and levels < 6:
        levels += 1
    settings.setZoomLevelsCount(levels)
    renderer.setTilingSettings(settings)
    return renderer


def ground(opacity: float) -> QgsVectorLayer3DRenderer:
    """The triangles of the ground, see-through and without edges."""
    symbol, pale = body(GROUND, opacity=opacity), material("#000000", opacity)
    pale.setAmbient(QColor(GROUND))  # alike on all slopes: what lies below must stay readable
    symbol.setMaterialSettings(pale)
    symbol.setEdgesEnabled(False)
    return tiled(QgsVectorLayer3DRenderer(symbol), 1)


def tiles() -> QgsTiledSceneLayer3DRenderer:
    """3D Tiles with the finest detail that a screen shows."""
    return QgsTiledSceneLayer3DRenderer()


def dress_water(mesh: QgsMeshLayer) -> None:
    """Show the surface of the water at its level over time, in the colours of the map of depths."""
    level = level_group(mesh)
    document = QDomDocument()
    document.setContent(
        '<qgis styleCategories="Symbology3D"><renderer-3d type="mesh" layer=""><symbol material_type="phong" '
        'type="mesh"><data alt-clamping="absolute" height="0.02" add-back-faces="1"/><material/>'
        '<advanced-settings renderer-3d-enabled="1" smoothed-triangle="0" wireframe-enabled="0" '
        'wireframe-line-width="1" wireframe-line-color="128,128,128,255" level-of-detail="-99" vertical-scale="1" '
        f'vertical-group-index="{level}" vertical-relative="0" texture-type="2" min-color-ramp-shader="0" '
        'max-color-ramp-shader="2" texture-single-color="47,143,216,200" arrows-enabled="0" arrows-spacing="25" '
        'arrows-fixed-size="0"/></symbol></renderer-3d></qgis>'
    )
    mesh.importNamedStyle(document, QgsMapLayer.StyleCategory.Symbology3D)
    settings = mesh.rendererSettings()
    if settings.activeScalarDatasetGroup() < 0:
        settings.setActiveScalarDatasetGroup(level_group(mesh, DEPTH))
        mesh.setRendererSettings(settings)
    remember(mesh)


def own(layer: QgsMapLayer, style: str = "") -> bool:
    """Whether the user gave a layer its 3D renderer: neither a view did, nor is it that of the style `style`."""
    renderer = layer.renderer3D()
    if renderer is None:
        return False
    if layer.customProperty(MARK) == fingerprint(renderer):
        return False
    return not (style and fingerprint(renderer) == _shipped(style))


def give(layer: QgsMapLayer, renderer: QgsAbstract3DRenderer) -> None:
    """Give a layer a 3D renderer, and remember that it is ours."""
    layer.setRenderer3D(renderer)
    remember(layer)


def remember(layer: QgsMapLayer) -> None:
    """Remember that the layer's renderer is ours."""
    layer.setCustomProperty(MARK, fingerprint(layer.renderer3D()))


def fingerprint(renderer: QgsAbstract3DRenderer | None) -> str:
    """A hash of what a renderer draws, whatever layer it belongs to; '' for none."""
    if renderer is None:
        return ""
    document = QDomDocument()
    element = document.createElement("renderer-3d")
    document.appendChild(element)
    renderer.writeXml(element, QgsReadWriteContext())
    parts: list[str] = []
    _tell(element, parts)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _tell(element, parts: list[str]) -> None:
    """The names and attributes of an element and those below it: QGIS writes attributes in any order."""
    attributes = element.attributes()
    found = {attributes.item(n).nodeName(): attributes.item(n).nodeValue() for n in range(attributes.count())}
    kept = sorted(item for item in found.items() if item[0] not in ("layer", "key"))
    parts.append(f"{element.tagName()} {kept}")
    child = element.firstChildElement()
    while not child.isNull():
        _tell(child, parts)
        child = child.nextSiblingElement()


def _shipped(style: str) -> str:
    """The hash of the 3D renderer of a style of the plugin."""
    document = QDomDocument()
    document.setContent(resources.style(style).read_bytes())
    layer = QgsVectorLayer("MultiPolygon", "style", "memory")
    layer.importNamedStyle(document, QgsMapLayer.StyleCategory.Symbology3D)
    return fingerprint(layer.renderer3D())


def _rule(symbol: QgsAbstract3DSymbol, condition: str) -> QgsRuleBased3DRenderer.Rule:
    return QgsRuleBased3DRenderer.Rule(symbol, condition)


def _line(colour: str, width_m: float) -> QgsLine3DSymbol:
    symbol = QgsLine3DSymbol()
    symbol.setMaterialSettings(material(colour))
    symbol.setAltitudeClamping(Qgis.AltitudeClamping.Absolute)
    symbol.setAltitudeBinding(Qgis.AltitudeBinding.Vertex)
    symbol.setWidth(width_m)
    symbol.setOffset(-width_m / 2)
    symbol.setExtrusionHeight(width_m)
    return symbol


def _texts(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
