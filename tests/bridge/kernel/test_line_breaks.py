"""Lines of a text: none is wider than it may be, nothing is lost, and Chinese is broken where it may be."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("qgis_plugin")

TEXTS = (
    "The water reaches the shelter before the people do, and the road closes at 00:35.",
    "该等级下没有重要设施受积水影响，道路封闭后人员须在此之前出发。",
    "Demo Houhai School 55 演示后海学校55（临时避难场所）",
    "x" * 200,
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("most_mm", [20.0, 47.0])
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text, most_mm):
    from twin_plugin.bridge.kernel.line_breaks import lines, width_mm

    found = lines(text, most_mm, 7.5)
    assert all(width_mm(line, 7.5) <= most_mm for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_chinese_punctuation():
    from twin_plugin.bridge.kernel.line_breaks import lines

    for most_mm in range(12, 40):
        assert not [line for line in lines(TEXTS[1], most_mm, 7.5) if line[0] in "，。：；、）"]


def test_a_text_that_does_not_fit_in_a_line_ends_in_dots():
    from twin_plugin.bridge.kernel.line_breaks import one_line, width_mm

    assert one_line("short", 40, 8) == "short"
    cut = one_line(TEXTS[0], 40, 8)
    assert cut.endswith("…")
    assert width_mm(cut, 8) <= 40
