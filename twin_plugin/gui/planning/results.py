"""What a review wrote, beside its form: a chart, and a list whose rows are shown on the map."""

from __future__ import annotations

from typing import Any

from qgis.core import NULL, QgsFeature, QgsFeatureRequest, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QWidget

from ..common import result_layers
from ..widgets.bar_chart import BarChart
from ..widgets.basics import bold, fill_column, narrow_combo, plain_label
from ..widgets.feature_list import FeatureList, Row
from . import section_rows, skyline_rows
from .reviews import Listing, Review, figure_of
from .section_view import SectionView
from .skyline_view import SkylineView

MOST = 500
"""Features that are listed."""


class ReviewResults(QWidget):
    """The newest results of a review that the project holds; hidden while there are none."""

    def __init__(self, review: Review, iface: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review, self.iface = review, iface
        self.heading = bold(plain_label(self.tr("Results")))
        self.which = narrow_combo(self.tr("The observer, or the line, that the chart is of."))
        self.which.setAccessibleName(self.tr("What the chart shows"))
        self.which.currentIndexChanged.connect(lambda *_: self._draw())
        self.skyline, self.section, self.bars = SkylineView(), SectionView(), BarChart()
        self.list = FeatureList(MOST)
        self.list.close_button.hide()
        self.list.chosen.connect(self._show_feature)
        for part in (self.which, self.skyline, self.section, self.bars):
            part.hide()
        fill_column(self, self.heading, self.which, self.skyline, self.section, self.bars, self.list)
        self.listed: QgsVectorLayer | None = None
        self._shown: tuple[str, ...] = ()

    def refresh(self) -> None:
        """Show the newest results of the project, where they are others than before."""
        layers = self._layers()
        shown = tuple(layer.id() for layer in layers)
        self.setVisible(bool(layers))
        if shown == self._shown:
            return
        self._shown = shown
        self._list_choices()
        self._show_list()

    def forget(self) -> None:
        """Draw anew at the next refresh: layers enter the project before they have their styles."""
        self._shown = ()

    def _layers(self) -> list[QgsVectorLayer]:
        """The layers of the newest run."""
        mark = f"{self.review.id}/"
        found = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if isinstance(layer, QgsVectorLayer)
            and layer.isValid()
            and str(layer.customProperty(result_layers.OUTPUT) or "").startswith(mark)
        ]
        newest = max((str(layer.customProperty(result_layers.RUN) or "") for layer in found), default="")
        return [layer for layer in found if str(layer.customProperty(result_layers.RUN) or "") == newest]

    def _layer(self, output: str) -> QgsVectorLayer | None:
        mark = f"{self.review.id}/{output}"
        return next((layer for layer in self._layers() if layer.customProperty(result_layers.OUTPUT) == mark), None)

    # The list

    def _show_list(self) -> None:
        self.listed = None
        for listing in self.review.listings:
            layer = self._layer(listing.output)
            if layer is not None and layer.fields().lookupField(listing.value) >= 0:
                self.listed = layer
                rows = list_rows(layer, listing)
                figure = figure_of(listing)
                self.list.show_rows(layer.name(), listing.unit, rows, filtered=True)
                order = Qt.SortOrder.DescendingOrder if listing.falling else Qt.SortOrder.AscendingOrder
                self.list.view.sortByColumn(1, order)
                self.list.heading.setText(self._counted(figure, layer, len(rows)))
                known = [(row.label, row.value) for row in rows if row.value is not None]
                self.bars.show_bars(figure, "", known)
                break
        self.list.setVisible(self.listed is not None)
        self.bars.setVisible(self.review.chart == "bars" and self.listed is not None and bool(self.bars.bars))

    def _counted(self, figure: str, layer: QgsVectorLayer, listed: int) -> str:
        """Name of the layer and of the figure, and how many rows are listed."""
        text = self.tr("{layer}, {figure}: {n} rows. Choose one to see it on the map.")
        if listed < layer.featureCount():
            text = self.tr("{layer}, {figure}: the first {listed} of {n} rows. Choose one to see it on the map.")
        return text.format(layer=layer.name(), figure=figure, n=layer.featureCount(), listed=listed)

    def _show_feature(self, number: int) -> None:
        """Zoom to a row's feature and let it flash; its layer is switched on."""
        if self.listed is None or self.iface is None:
            return
        node = QgsProject.instance().layerTreeRoot().findLayer(self.listed.id())
        if node is not None:
            node.setItemVisibilityCheckedParentRecursive(True)
        canvas = self.iface.mapCanvas()
        canvas.zoomToFeatureIds(self.listed, [number])
        canvas.flashFeatureIds(self.listed, [number])

    # The charts

    def _list_choices(self) -> None:
        """Offer the observers whose skylines, or the lines whose sections, can be drawn."""
        source = self._layer("TABLE" if self.review.chart == "skyline" else "SECTION")
        found: list[tuple[str, Any]] = []
        if self.review.chart == "skyline" and source is not None:
            found = [(one[1], one) for one in skyline_rows.observers(source)]
        elif self.review.chart == "section" and source is not None:
            found = [(one, one) for one in section_rows.sections(source)]
        self.which.blockSignals(True)
        self.which.clear()
        for name, data in found:
            self.which.addItem(name, data)
        self.which.blockSignals(False)
        self.which.setVisible(len(found) > 1)
        self._draw()

    def _draw(self) -> None:
        """Draw the chart of what is chosen."""
        chosen = self.which.currentData()
        pieces, section = self._layer("PIECES"), self._layer("SECTION")
        self.skyline.setVisible(pieces is not None and chosen is not None)
        self.section.setVisible(section is not None and chosen is not None)
        if pieces is not None and chosen is not None:
            identity, name, eye = chosen
            today, planned = (skyline_rows.parts(pieces, identity, eye, state) for state in ("present", "scheme"))
            self.skyline.show_skyline(name, planned or today, today if planned else ())
        if section is not None and chosen is not None:
            layers = [layer for layer in (section, self._layer("SURFACES")) if layer is not None]
            self.section.show_section([body for layer in layers for body in section_rows.bodies(layer, chosen)])


def list_rows(layer: QgsVectorLayer, listing: Listing) -> list[Row]:
    """The rows of a list, in the order of their figures; those without a figure come last."""
    request = QgsFeatureRequest()
    request.addOrderBy(f'"{listing.value}"', not listing.falling, False)
    request.setLimit(MOST)
    request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
    names = set(layer.fields().names())
    rows = []
    for feature in layer.getFeatures(request):
        value = feature[listing.value]
        figure = None if value in (None, NULL) else float(value)
        rows.append(Row(feature.id(), _name(feature, listing, names), figure))
    return rows


def _name(feature: QgsFeature, listing: Listing, there: set[str]) -> str:
    for fields in listing.names:
        parts = [feature[name] for name in fields.split("+") if name in there]
        texts = [str(part) for part in parts if part not in (None, NULL, "")]
        if texts:
            return " – ".join(texts)
    return str(feature.id())
