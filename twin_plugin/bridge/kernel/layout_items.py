"""The items of pages: labels, maps, legends, scale bars and tables, placed in millimetres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsLayerTree,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemAttributeTable,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemPolygon,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutMultiFrame,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLayoutTable,
    QgsLayoutTableColumn,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QPolygonF

from .field_labels import Speak
from .legend_title import title_legend
from .lettering import text_format
from .map_classes import INK, PAPER, QUIET
from .outside_text import as_name, as_template

Box = tuple[float, float, float, float]
"""Left, top, width and height in millimetres."""

_MM = Qgis.LayoutUnit.Millimeters


def page(project: QgsProject, name: str, width: float, height: float) -> QgsPrintLayout:
    """An empty layout of one page."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(as_name(name))
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(width, height, _MM))
    layout.renderContext().setDpi(200)
    return layout


def add_page(layout: QgsPrintLayout) -> int:
    """One more page of the size of the others; its number, from 0."""
    layout.pageCollection().extendByNewPage()
    return int(layout.pageCollection().pageCount()) - 1


def place(item: QgsLayoutItem, box: Box, page: int = 0) -> None:
    """Put an item on a page."""
    left, top, width, height = box
    item.attemptMove(QgsLayoutPoint(left, top, _MM), page=page)
    item.attemptResize(QgsLayoutSize(width, height, _MM))


def label(
    layout: QgsPrintLayout,
    text: str,
    box: Box,
    size: float,
    colour: str = INK,
    bold: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    page: int = 0,
) -> QgsLayoutItemLabel:
    """A text in a box, drawn as it is."""
    item = QgsLayoutItemLabel(layout)
    item.setText(as_template(text))
    item.setTextFormat(text_format(size, colour, bold))
    item.setHAlign(align)
    item.setMarginX(0)
    item.setMarginY(0)
    layout.addLayoutItem(item)
    place(item, box, page)
    return item


def rule(layout: QgsPrintLayout, box: Box, colour: QColor | str, page: int = 0) -> None:
    """A filled rectangle: a rule, or a patch of colour."""
    item = QgsLayoutItemShape(layout)
    item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    symbol = item.symbol().clone()
    symbol.setColor(QColor(colour))
    symbol.symbolLayer(0).setStrokeStyle(Qt.PenStyle.NoPen)
    item.setSymbol(symbol)
    layout.addLayoutItem(item)
    place(item, box, page)


def frame(layout: QgsPrintLayout, box: Box, colour: str, width: float, page: int = 0) -> None:
    """An empty rectangle with lines of `width` mm, such as a box to tick."""
    item = QgsLayoutItemShape(layout)
    item.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    symbol = item.symbol().clone()
    symbol.setColor(QColor(255, 255, 255, 0))
    symbol.symbolLayer(0).setStrokeColor(QColor(colour))
    symbol.symbolLayer(0).setStrokeWidth(width)
    item.setSymbol(symbol)
    layout.addLayoutItem(item)
    place(item, box, page)


def picture(layout: QgsPrintLayout, path: str, box: Box, page: int = 0) -> None:
    """A picture of a file, as large as fits into a box."""
    item = QgsLayoutItemPicture(layout)
    item.setPicturePath(path)
    layout.addLayoutItem(item)
    place(item, box, page)


def polygon(layout: QgsPrintLayout, points: Iterable[tuple[float, float]], colour: str, page: int = 0) -> None:
    """A filled polygon; its points in millimetres on the page."""
    offset = layout.pageCollection().page(page).pos().y()
    item = QgsLayoutItemPolygon(QPolygonF([QPointF(x, y + offset) for x, y in points]), layout)
    symbol = item.symbol().clone()
    symbol.setColor(QColor(colour))
    symbol.symbolLayer(0).setStrokeStyle(Qt.PenStyle.NoPen)
    item.setSymbol(symbol)
    layout.addLayoutItem(item)


def map_item(
    layout: QgsPrintLayout, layers: list[QgsMapLayer], extent: QgsRectangle, box: Box, name: str, page: int = 0
) -> QgsLayoutItemMap:
    """A framed map of some layers, top first, with a scale bar and a north arrow inside."""
    item = QgsLayoutItemMap(layout)
    item.setId(name)
    layout.addLayoutItem(item)
    place(item, box, page)
    item.setCrs(layout.project().crs())
    item.setLayers(layers)
    item.setKeepLayerSet(True)
    if not extent.isNull():
        item.zoomToExtent(extent)
    item.setBackgroundColor(QColor("#f4f3ef"))
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor("#9aa5b1"))
    item.setFrameStrokeWidth(QgsLayoutMeasurement(0.2, _MM))
    left, top, width, height = box
    _scale_bar(layout, item, left + 2.5, top + height - 2.5, page)
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath(str(Path(":/images/north_arrows/layout_default_north_arrow.svg")).replace("\\", "/"))
    arrow.setLinkedMap(item)
    layout.addLayoutItem(arrow)
    place(arrow, (left + width - 10, top + 3, 7, 9), page)
    return item


def _scale_bar(layout: QgsPrintLayout, linked: QgsLayoutItemMap, left: float, bottom: float, page: int) -> None:
    item = QgsLayoutItemScaleBar(layout)
    item.setStyle("Line Ticks Up")
    item.setLinkedMap(linked)
    item.applyDefaultSize()
    item.setTextFormat(text_format(7.5))
    item.setNumberOfSegments(2)
    item.setNumberOfSegmentsLeft(0)
    item.setHeight(1.6)
    item.setBackgroundEnabled(True)
    item.setBackgroundColor(QColor(255, 255, 255, 200))
    item.setBoxContentSpace(1.2)
    layout.addLayoutItem(item)
    item.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerLeft)
    item.attemptMove(QgsLayoutPoint(left, bottom, _MM), page=page)


def legend(
    layout: QgsPrintLayout,
    entries: Iterable[tuple[QgsMapLayer, str, Mapping[int, str] | None]],
    box: Box,
    characters: int,
    speak: Speak = QCoreApplication.translate,
) -> QgsLayoutItemLegend:
    """A legend of layers: (layer, title, texts of its entries by their number); entries without a text are left out.

    With None for the texts a layer has all of its entries as they are, with a first line that `speak` says for rasters.
    Lines are broken before `characters`.
    """
    item = QgsLayoutItemLegend(layout)
    item.setAutoUpdateModel(False)
    tree: QgsLayerTree = item.model().rootGroup()
    tree.clear()
    for layer, title, texts in entries:
        node = tree.addLayer(layer)
        node.setCustomProperty("legend/title-label", _broken(title, characters + 6))
        if texts is not None:
            QgsMapLayerLegendUtils.setLegendNodeOrder(node, list(texts))
            for number, text in texts.items():
                QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, number, _broken(text, characters))
        else:
            title_legend(node, speak=speak)
        item.model().refreshLayerLegend(node)
        if texts is None and not item.model().layerLegendNodes(node):
            tree.removeChildNode(node)  # a relief has nothing to explain
    item.setWrapString("|")
    kinds = QgsLegendStyle.Style
    for kind, size, bold in ((kinds.Subgroup, 8.5, True), (kinds.SymbolLabel, 7.5, False)):
        style = item.style(kind)
        style.setTextFormat(text_format(size, INK, bold))
        item.setStyle(kind, style)
    subgroup = item.style(kinds.Subgroup)
    subgroup.setMargin(QgsLegendStyle.Side.Top, 3.5)
    subgroup.setMargin(QgsLegendStyle.Side.Bottom, 1.0)
    item.setStyle(kinds.Subgroup, subgroup)
    symbol = item.style(kinds.Symbol)
    symbol.setMargin(QgsLegendStyle.Side.Top, 1.3)
    item.setStyle(kinds.Symbol, symbol)
    item.setSymbolWidth(6.0)
    item.setSymbolHeight(3.6)
    item.setBoxSpace(0)
    item.setDrawRasterStroke(False)
    item.setBackgroundEnabled(False)
    item.setResizeToContents(True)
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(box[0], box[1], _MM))
    item.adjustBoxSize()
    return item


def legend_height(item: QgsLayoutItemLegend) -> float:
    """The height in mm that a legend will have; its box has it only once it was drawn."""
    return float(QgsLegendRenderer(item.model(), item.legendSettings()).minimumSize().height())


def text_width(text: str) -> int:
    """How many narrow letters a text is wide."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


def _broken(text: str, characters: int) -> str:
    # Chinese letters are twice as wide; a line may end after any of them, but not before punctuation.
    lines, used = [""], 0
    for piece in re.findall(r"[\u2e80-\uffff][，。：；、）]*|\s+|[^\s\u2e80-\uffff]+[，。：；、）]*", text):
        width = text_width(piece)
        if used and used + width > characters:
            lines.append("")
            used = 0
        if lines[-1] or not piece.isspace():
            lines[-1] += piece
            used += width
    return "|".join(line.rstrip() for line in lines)


def table(
    layout: QgsPrintLayout,
    layer: QgsVectorLayer,
    columns: Iterable[tuple[str, str, float, Qt.AlignmentFlag]],
    condition: str,
    order: Iterable[tuple[str, bool]],
    rows: int,
    box: Box,
    page: int = 0,
    goes_on: bool = False,
) -> QgsLayoutItemAttributeTable:
    """A table of a layer: columns (heading, field or expression, width mm, alignment), order (field, descending).

    With `goes_on` it takes as many pages more as it needs, in the same place of each.
    """
    item = QgsLayoutItemAttributeTable.create(layout)
    layout.addMultiFrame(item)
    item.setVectorLayer(layer)
    kept = []
    for heading, attribute, width, align in columns:
        column = QgsLayoutTableColumn(heading)
        column.setAttribute(attribute)
        column.setWidth(width)
        column.setHAlignment(align)
        column.setVAlignment(Qt.AlignmentFlag.AlignTop)
        kept.append(column)
    item.setColumns(kept)
    sorting = []
    for attribute, descending in order:
        column = QgsLayoutTableColumn()
        column.setAttribute(attribute)
        column.setSortOrder(Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        sorting.append(column)
    item.setSortColumns(sorting)
    item.setFeatureFilter(condition)
    item.setFilterFeatures(True)
    item.setMaximumNumberOfFeatures(rows)
    item.setUseConditionalStyling(True)
    item.setWrapBehavior(QgsLayoutTable.WrapBehavior.WrapText)
    item.setHeaderTextFormat(text_format(7.5, QUIET, True))
    item.setContentTextFormat(text_format(7.5))
    item.setShowGrid(True)
    item.setHorizontalGrid(True)
    item.setVerticalGrid(False)
    item.setGridColor(QColor("#d9dee3"))
    item.setGridStrokeWidth(0.15)
    item.setCellMargin(0.9)
    item.setBackgroundColor(QColor(PAPER))
    frame = QgsLayoutFrame(layout, item)
    place(frame, box, page)
    item.addFrame(frame)
    item.refreshAttributes()
    if goes_on:
        item.setHeaderMode(QgsLayoutTable.HeaderMode.AllFrames)
        item.setResizeMode(QgsLayoutMultiFrame.ResizeMode.RepeatUntilFinished)
        item.recalculateFrameSizes()
    return item
