"""Coordinates as text: pairs, their CRS, and what is no pair."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.coordinate_text import MOST_PAIRS, read_pairs
from twin_plugin.core.common.errors import InputError


@pytest.mark.parametrize(
    ("text", "pairs", "crs"),
    [
        ("", [], ""),
        ("1,2", [(1, 2)], ""),
        (" 1 2 ;; 3.5 ,-4e2 ;", [(1, 2), (3.5, -400)], ""),
        ("1，2；3, 4", [(1, 2), (3, 4)], ""),
        ("1,2\n3,4 [EPSG:4547]", [(1, 2), (3, 4)], "EPSG:4547"),
        ("[EPSG:4326]", [], "EPSG:4326"),
    ],
)
def test_pairs(text, pairs, crs):
    assert read_pairs(text) == (pairs, crs)


@pytest.mark.parametrize("text", ["1", "1,2,3", "a,b", "1,nan", "1,inf", "1,2; x", "1,2 [EPSG]", "__import__('os'),1"])
def test_what_is_no_pair(text):
    with pytest.raises(InputError, match="is no pair of coordinates: enter x,y"):
        read_pairs(text)


def test_too_many():
    with pytest.raises(InputError, match="more than 10,000"):
        read_pairs("1,2;" * (MOST_PAIRS + 1))
