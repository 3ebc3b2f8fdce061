"""Widgets that draw themselves can be read in light and dark palettes, also where a theme leaves black on dark."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtGui import QColor, QPalette

from twin_plugin.gui.bim.section import DrawnSill, DrawnStorey, Profile, Section
from twin_plugin.gui.widgets.contrast import contrast, readable

WCAG_AA = 4.5
"""Least contrast of text: WCAG 2.1, success criterion 1.4.3."""


def palette(window: str, text: str) -> QPalette:
    made = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        made.setColor(role, QColor(window))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        made.setColor(role, QColor(text))
    return made


def test_contrast_of_black_and_white_is_21(qgis_app):
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#777777")) == 1.0


@pytest.mark.parametrize(("window", "text"), [("#ffffff", "#222222"), ("#323232", "#000000"), ("#eeeeee", "#dddddd")])
def test_ink_can_be_read(qgis_app, window, text):
    ink = readable(palette(window, text))
    assert contrast(ink, QColor(window)) >= WCAG_AA
    if contrast(QColor(text), QColor(window)) >= WCAG_AA:
        assert ink == QColor(text), "what can be read stays"


@pytest.mark.parametrize(("window", "text"), [("#ffffff", "#222222"), ("#323232", "#000000")])
def test_a_section_is_drawn_in_every_palette(widget, window, text):
    section = widget(Section)
    section.setPalette(palette(window, text))
    section.show_profile(
        Profile(
            (DrawnStorey("B1", -1, -3.0, 0.0), DrawnStorey("F1", 0, 0.0, 4.0)),
            (DrawnSill("door", 0.05, True),),
            0.0,
            4.0,
            0,
            0.4,
            True,
        )
    )
    section.resize(300, section.sizeHint().height())
    image = section.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(image.height())}
    far = max(contrast(QColor(name), QColor(window)) for name in seen)
    assert far >= WCAG_AA
