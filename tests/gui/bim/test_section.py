"""The drawing of a building in section: its labels are whole in a dock of 320 px."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtGui import QFontMetricsF

from twin_plugin.gui.bim.section import DrawnSill, DrawnStorey, Profile, Section


@pytest.mark.parametrize("width", [288, 320, 600])
def test_no_sill_is_cut(widget, width):
    storeys = (DrawnStorey("F1", 0, 3.0, 6.0), DrawnStorey("B1 basement", -1, 0.0, 3.0))
    sills = (DrawnSill("metro entrance", 2.6, True), DrawnSill("12 × window", 4.46), DrawnSill("2 × door", 3.56))
    section = widget(Section)
    font = section.font()
    font.setPixelSize(11)
    section.setFont(font)
    section.show_profile(Profile(storeys, sills, 3.0, 6.0, water_m=3.2))
    section.resize(width, section.sizeHint().height())
    section.grab()
    bold = section.font()
    bold.setBold(True)
    line = section.fontMetrics().height()
    room = section.width() - section._body.right() - 0.8 * line
    for text in ("2.60 metro entrance", "4.46 12 × window", "3.56 2 × door"):
        assert QFontMetricsF(bold).horizontalAdvance(text) <= room, text
    assert section._body.width() >= 0.15 * width
