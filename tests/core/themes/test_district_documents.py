"""District documents: what they give, what is wrong with them, and that saving and reading keep all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.theme_documents import write_document
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.themes.district import District
from twin_plugin.core.themes.district_documents import district_text, read_district
from twin_plugin.core.themes.theme import Bookmark

SCHEMAS = Path(__file__).parents[3] / "twin_plugin" / "resources" / "schemas"
OUTLINE = [[113.93, 22.5], [113.95, 22.5], [113.95, 22.52], [113.93, 22.52]]


def document(**changes):
    return {"id": "bay", "title": {"en": "Bay", "zh": "海湾"}, "outline": OUTLINE} | changes


def test_what_is_saved_is_read_again(tmp_path):
    district = District(
        "bay",
        {"en": "Bay", "zh": "海湾"},
        ((500000.0, 2490000.0), (501000.5, 2490000.0), (501000.0, 2491000.0)),
        "EPSG:4547",
        True,
        (Bookmark("a", {"en": "A"}), Bookmark("b", {"en": "B"}, (113.0, 22.0, 113.5, 22.5))),
        ("water",),
        ("s1", "s2"),
        {"en": "Note"},
    )
    path = tmp_path / "海 湾.json"
    path.write_text(district_text(district), "utf-8")
    assert read_district(path, SCHEMAS) == district


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"outline": [[22.5, 113.93], [22.5, 113.95], [22.6, 113.95]]}, "at outline[0]: 22.5, 113.93 is no longitude"),
        ({"outline": [OUTLINE[0], OUTLINE[2], OUTLINE[1], OUTLINE[3]]}, "at outline: the outline crosses itself"),
        ({"outline": [[0, 0], [1, 1], [2, 2]]}, "at outline: the outline"),
        ({"outline": [[0, 0], [0, 0], [1, 1], [0, 0]]}, "fewer than three"),
        ({"outline": [[0, 0], [1, 1]]}, "at outline: this is empty or too short"),
        ({"outline": [[0, 0, 0], [1, 1], [2, 1]]}, "at outline[0]"),
        ({"crs": "file:///etc/passwd"}, "at crs"),
        ({"themes": ["Water!"]}, "at themes[0]"),
        ({"bookmarks": [{"id": "a", "title": {"en": "a"}}] * 2}, "at bookmarks[1].id"),
        ({"bookmarks": [{"id": "a", "title": {"en": "a"}, "extent": [1, 2, 0, 3]}]}, "at bookmarks[0].extent"),
        ({"approximate": "yes"}, "at approximate"),
    ],
)
def test_a_fault_names_the_place(tmp_path, changes, expected):
    path = write_document(tmp_path, document(**changes))
    with pytest.raises(InputError) as raised:
        read_district(path, SCHEMAS)
    assert str(raised.value).startswith("'own.json'")
    assert expected in str(raised.value)


def test_json_says_what_the_value_says(tmp_path):
    district = read_district(write_document(tmp_path, document()), SCHEMAS)
    assert (district.crs, district.approximate, district.themes) == ("EPSG:4326", False, ())
    assert json.loads(district_text(district))["outline"] == OUTLINE
