"""Keywords are words: compounds where a star says so, Chinese anywhere, and never letters out of another word."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.keywords import holds, spaced


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("hall", "Town Hall"),
        ("hall", "town_hall-2"),
        ("hall", "TownHall"),
        ("hall", "HALL3"),
        ("hall", "halls"),
        ("church", "Churches"),
        ("town hall", "Old  Town-Hall"),
        ("as-built", "AS BUILT"),
        ("*büro*", "Ingenieurbürogebäude"),
        ("wohn*", "Wohnung"),
        ("医院", "市第一医院门诊楼"),
        ("*桥", "人行桥"),
        ("*桥", "3号桥 A段"),
        ("<default>", "<Default>"),
        ("5g", "5G基站"),
    ],
)
def test_what_holds_a_keyword(keyword, text):
    assert holds(spaced(text), keyword)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("hall", "Shall"),
        ("hall", "Hallway"),
        ("bar", "barrier"),
        ("büro", "Ingenieurbüro"),
        ("wohn*", "Gewohnheit"),
        ("*haus", "Hausmeister"),
        ("dach", "Dächer"),
        ("town hall", "Town of Hall"),
        ("*桥", "桥头小学"),
        ("5g", "15G"),
        ("hall", ""),
    ],
)
def test_letters_of_another_word_are_no_keyword(keyword, text):
    assert not holds(spaced(text), keyword)
