"""What stands on the pages of reports stands where it was put."""

from __future__ import annotations

import pytest
from qgis.core import QgsLayoutItemShape, QgsLegendStyle, QgsProject, QgsVectorLayer

from twin_plugin.bridge.kernel import layout_items

BOX = (20.0, 30.0, 40.0, 10.0)


@pytest.fixture
def page(qgis_new_project):
    """An A4 page."""
    return layout_items.page(QgsProject.instance(), "Page", 210.0, 297.0)


def box_of(item):
    place, size = item.positionWithUnits(), item.sizeWithUnits()
    return place.x(), place.y(), size.width(), size.height()


def test_a_page_has_its_size(page):
    size = page.pageCollection().page(0).pageSize()
    assert (size.width(), size.height()) == (210.0, 297.0)


def test_a_label_and_a_rule_stand_in_their_boxes(page):
    label = layout_items.label(page, "Water", BOX, 9.0)
    assert (label.text(), box_of(label)) == ("Water", BOX)
    layout_items.rule(page, BOX, "#123456")
    assert [box_of(item) for item in page.items() if isinstance(item, QgsLayoutItemShape)] == [BOX]


def test_a_legend_lines_up_with_what_stands_above_it(page):
    layer = QgsVectorLayer("Point?crs=EPSG:4547", "Wells", "memory")
    legend = layout_items.legend(page, [(layer, "Wells", {0: "Well"})], BOX, 30)
    assert box_of(legend)[:2] == BOX[:2]
    assert legend.boxSpace() == 0.0
    assert not legend.hasBackground()
    for kind, size in ((QgsLegendStyle.Style.Subgroup, 8.5), (QgsLegendStyle.Style.SymbolLabel, 7.5)):
        letters = legend.style(kind).textFormat()
        assert (letters.size(), letters.color().lightness() < 80) == (size, True)
