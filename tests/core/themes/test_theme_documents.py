"""Theme documents: what they give, what they extend, and one located sentence for each fault."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from random import Random

import pytest

from tests.theme_documents import theme_document, write_document
from twin_plugin.core.common import json_schema
from twin_plugin.core.common.errors import InputError, TwinError
from twin_plugin.core.common.messages import Message
from twin_plugin.core.themes.documents import Places, read_theme
from twin_plugin.core.themes.theme import FileSource, Folder, Need, ServiceSource, Statistic, TwinBaseSource
from twin_plugin.core.themes.theme_checks import Names

RESOURCES = Path(__file__).parents[3] / "twin_plugin" / "resources"


def fault_of_odd(text: str) -> Message | None:
    return Message("it is odd.") if "odd" in text else None


@pytest.fixture
def places(tmp_path):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    names = Names(RESOURCES / "styles", {"building"}, {"C07"}, {"wfs"}, fault_of_odd)
    return Places(RESOURCES / "schemas", shipped, names)


@pytest.fixture
def read(tmp_path, places):
    return lambda document: read_theme(write_document(tmp_path, document), places)


def test_a_theme_is_what_its_document_says(read):
    theme = read(theme_document())
    assert (theme.id, theme.version, theme.title["zh"]) == ("water", "1.0", "城市水务")
    assert [(group.id, group.exclusive) for group in theme.groups] == [("now", False), ("base", True)]
    gauges, levels, buildings = theme.layers
    assert gauges.sources == (FileSource("district.gpkg", Folder.DATA, "gauges"),)
    assert (gauges.need, gauges.style, gauges.min_scale, gauges.max_scale) == (Need.MUST, "rain_gauges", 50000, 500)
    assert levels.sources == (ServiceSource("water level", "C07"), FileSource("levels.gpkg", Folder.RESULTS))
    assert (levels.need, levels.opacity, levels.visible) == (Need.OPTIONAL, 1.0, True)
    assert buildings.sources == (TwinBaseSource("building"),)
    (highest,) = theme.indicators
    assert (highest.statistic, highest.expression, highest.age_limit_s) == (Statistic.MAXIMUM, '"level_m"', 900)
    assert [threshold.value for threshold in highest.thresholds] == [0, 2.5]
    assert theme.charts[0].statistic == Statistic.SUM
    assert theme.map_themes[0].layers == ("gauges", "levels", "buildings")
    assert theme.bookmarks[0].extent is None
    assert (theme.layout.page, theme.layout.indicators, theme.layout.charts) == ("A3", ("highest",), ())


def change(*keys, value):
    """A theme with another value at a place."""
    document = theme_document()
    part = document
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    return document


def doubled(*keys):
    """A theme whose list has its first entry twice."""
    document = theme_document()
    part = document
    for key in keys:
        part = part[key]
    part.append(json.loads(json.dumps(part[0])))
    return document


LAYER = ("groups", 0, "layers", 0)
SOURCE = (*LAYER, "source")
INDICATOR = ("indicators", 0)
FAULTS = {
    "unknown key": (change("titel", value={"en": "x"}), "'titel' is unknown: is 'title' meant?"),
    "key far from any": (change("zzz", value=1), "'zzz' is unknown: remove it"),
    "title is a number": (change(*LAYER, "title", value=3), "at groups[0].layers[0].title: 3 stands where an object"),
    "no title": (change(*LAYER, "title", value={}), "at groups[0].layers[0].title: this is empty"),
    "id": (change(*LAYER, "id", value="Gauges 1"), 'at groups[0].layers[0].id: "Gauges 1" has not the right form'),
    "need": (change(*LAYER, "need", value="X"), "at groups[0].layers[0].need: \"X\" is none of 'M', 'C', 'O'"),
    "opacity": (change(*LAYER, "opacity", value=2), "at groups[0].layers[0].opacity: 2 is too large"),
    "opacity as text": (change(*LAYER, "opacity", value="1"), "stands where a number belongs"),
    "no groups": (change("groups", value=[]), "at groups: this is empty"),
    "two kinds of source": (
        change(*SOURCE, value={"file": "a.gpkg", "twin_base": "building"}),
        "at groups[0].layers[0].source: give exactly one of 'file', 'twin_base', 'service'",
    ),
    "source and sources": (
        change(*LAYER, "sources", value=[{"file": "a.gpkg"}]),
        "at groups[0].layers[0]: give exactly one of 'source', 'sources'",
    ),
    "folder": (change(*SOURCE, "folder", value="home"), "at groups[0].layers[0].source.folder"),
    "table of no file": (
        change(*SOURCE, value={"twin_base": "building", "table": "x"}),
        "'table' stands without 'file'",
    ),
    "absolute": (change(*SOURCE, "file", value="/etc/passwd"), "source.file: the path '/etc/passwd' is absolute"),
    "drive": (change(*SOURCE, "file", value="C:/x.gpkg"), "has the character ':'"),
    "backslash": (change(*SOURCE, "file", value="..\\x.gpkg"), "has the character '\\'"),
    "parent": (change(*SOURCE, "file", value="a/../../x.gpkg"), "leaves its folder"),
    "dot": (change(*SOURCE, "file", value="./x.gpkg"), "leaves its folder"),
    "address": (change(*SOURCE, "file", value="https://example.org/x.gpkg"), "has the character ':'"),
    "vsi": (change(*SOURCE, "file", value="/vsicurl/http"), "is absolute"),
    "sublayer": (change(*SOURCE, "file", value="a.gpkg|layername=x"), "has the character '|'"),
    "query": (change(*SOURCE, "file", value="a.csv?delimiter=;"), "has the character '?'"),
    "table": (change(*SOURCE, "table", value="a|subset=1"), "at groups[0].layers[0].source.table"),
    "no table of the base": (change(*SOURCE, value={"twin_base": "secrets"}), "'secrets' is none of building"),
    "subdivision": (change(*SOURCE, value={"service": {"subdivision": "Z99"}}), "source.service.subdivision: 'Z99'"),
    "protocol": (change(*SOURCE, value={"service": {"protocol": "gopher"}}), "'gopher' is none of wfs"),
    "empty service": (change(*SOURCE, value={"service": {}}), "at groups[0].layers[0].source.service"),
    "style that does not ship": (change(*LAYER, "style", value="nostyle"), "style: no style 'nostyle' ships"),
    "style elsewhere": (change(*LAYER, "style", value="../x.qml"), "leaves its folder"),
    "style below": (change(*LAYER, "style", value="a/x.qml"), "is not in the folder"),
    "style that is missing": (change(*LAYER, "style", value="x.qml"), "is not beside the document"),
    "filter": (change(*LAYER, "where", value="odd"), "at groups[0].layers[0].where: it is odd."),
    "long filter": (change(*LAYER, "where", value="a" * 1001), "this has 1001 characters"),
    "scales": (change(*LAYER, "max_scale", value=60000), "at groups[0].layers[0].min_scale: the layer would never"),
    "condition": (change(*LAYER, "need", value="C"), "asks for a 'condition'"),
    "layer twice": (doubled("groups", 0, "layers"), "at groups[0].layers[2].id: the id 'gauges' is used twice"),
    "layer in two groups": (
        change("groups", 1, "layers", 0, "id", value="gauges"),
        "at groups[1].layers[0].id: the id 'gauges' is used twice",
    ),
    "group twice": (doubled("groups"), "at groups[2].id: the id 'now' is used twice"),
    "indicator twice": (doubled("indicators"), "at indicators[1].id"),
    "chart twice": (doubled("charts"), "at charts[1].id"),
    "map theme twice": (doubled("map_themes"), "at map_themes[1].id"),
    "bookmark twice": (doubled("bookmarks"), "at bookmarks[1].id"),
    "one title twice": (
        change("groups", 0, "layers", 1, "title", value={"en": "Other", "zh": "水位站"}),
        "at groups[0].layers[1].title: two layers of the group have the title '水位站'",
    ),
    "layer of an indicator": (change(*INDICATOR, "layer", value="none"), "at indicators[0].layer: no layer"),
    "layer of a chart": (change("charts", 0, "layer", value="none"), "at charts[0].layer: no layer"),
    "layer of a map theme": (change("map_themes", 0, "layers", value=["gauges", "none"]), "at map_themes[0].layers[1]"),
    "indicator of the layout": (change("layout", "indicators", value=["none"]), "at layout.indicators[0]"),
    "page": (change("layout", "page", value="A9"), "at layout.page"),
    "statistic": (change(*INDICATOR, "statistic", value="median"), "at indicators[0].statistic"),
    "sum of nothing": (
        change("indicators", 0, value=theme_document()["indicators"][0] | {"statistic": "sum", "expression": ""}),
        "at indicators[0]: the statistic 'sum' needs an 'expression'",
    ),
    "expression": (change(*INDICATOR, "expression", value="odd"), "at indicators[0].expression: it is odd."),
    "count with a value": (change(*INDICATOR, "statistic", value="count"), "takes no expression"),
    "age without a time": (change(*INDICATOR, "time_field", value=""), "needs a 'time_field'"),
    "above": (change(*INDICATOR, "above", value=1), "'above' belongs to"),
    "thresholds": (
        change(*INDICATOR, "thresholds", 1, "value", value=-1),
        "at indicators[0].thresholds[1].value: thresholds ascend, but -1 follows 0",
    ),
    "colour": (change(*INDICATOR, "thresholds", 0, "colour", value="red"), "at indicators[0].thresholds[0].colour"),
    "chart without values": (change("charts", 0, "y", value=""), "the chart has no 'y'"),
    "bookmark": (change("bookmarks", 0, "extent", value=[114, 22, 113, 23]), "at bookmarks[0].extent"),
    "bookmark out of the world": (change("bookmarks", 0, "extent", value=[114, 22, 500, 23]), "at bookmarks[0].extent"),
    "bookmark with three numbers": (change("bookmarks", 0, "extent", value=[1, 2, 3]), "at bookmarks[0].extent"),
    "huge number": (change(*INDICATOR, "age_limit_s", value=1e300), "at indicators[0].age_limit_s"),
    "true is no number": (change(*LAYER, "refresh_s", value=True), "at groups[0].layers[0].refresh_s"),
    "control characters": (change(*LAYER, "attribution", value="a\u0001b"), "cannot be shown"),
    "half a character": (change(*LAYER, "attribution", value="\ud83d"), "cannot be shown"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_sentence_with_document_place_and_cure(name, tmp_path, places):
    document, expected = FAULTS[name]
    path = write_document(tmp_path, json.dumps(document))
    with pytest.raises(InputError) as raised:
        read_theme(path, places)
    sentence = str(raised.value)
    assert sentence.startswith("'own.json'")
    assert expected in sentence
    assert "\n" not in sentence
    assert re.search(r": .*[.?)]$", sentence), sentence


def test_further_faults_are_counted(read):
    document = change(*LAYER, "style", value="nostyle")
    document["indicators"][0]["layer"] = "none"
    with pytest.raises(InputError, match=r"layers\[0\].style.*Further faults in the document: 1\."):
        read(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "no valid JSON"),
        ("", "no valid JSON"),
        ('{"id": NaN}', "no valid JSON"),
        ('{"id": "a", "id": "b"}', "stands twice"),
        ("[1, 2]", "an object"),
        ("[" * 40 + "]" * 40, "deeper than 16"),
        ("[" * 100_000, "deeper than 16"),
        (" " * 10_000_000, "larger than"),
    ],
)
def test_what_is_no_document_is_one_sentence(read, text, expected):
    with pytest.raises(InputError, match=expected) as raised:
        read(text)
    assert len(str(raised.value)) < 1000
    assert "\n" not in str(raised.value)


def test_bytes_that_are_no_text_and_folders_are_one_sentence(tmp_path, places):
    path = tmp_path / "own.json"
    path.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(InputError, match="UTF-8"):
        read_theme(path, places)
    with pytest.raises(TwinError, match="file"):
        read_theme(tmp_path, places)
    with pytest.raises(TwinError, match=r"none\.json"):
        read_theme(tmp_path / "none.json", places)


def test_a_style_beside_the_document_is_taken_and_a_link_out_of_the_folder_is_not(tmp_path, read):
    document = change(*LAYER, "style", value="我的 样式.qml")
    own = tmp_path / "我的 样式.qml"
    own.write_text("<qgis/>", "utf-8")
    assert read(document).layers[0].style == own.name
    outside = tmp_path.parent / f"{tmp_path.name}-outside.qml"
    outside.write_text("<qgis/>", "utf-8")
    own.unlink()
    os.symlink(outside, own)
    with pytest.raises(InputError, match=r"layers\[0\]\.style"):
        read(document)


def test_more_layers_than_the_limit_are_refused(read):
    document = theme_document()
    layer = document["groups"][1]["layers"][0]
    document["groups"][1]["layers"] = [layer | {"id": f"l{n}", "title": {"en": f"{n}"}} for n in range(499)]
    document["map_themes"] = []
    with pytest.raises(InputError, match="501 layers: 500 is the limit"):
        read(document)
    del document["groups"][1]["layers"][-1]
    assert len(read(document).layers) == 500


def test_a_document_changes_and_adds_to_what_it_extends(tmp_path, read):
    write_document(tmp_path / "shipped", theme_document(), "water.json")
    own = {
        "id": "my_water",
        "version": "2",
        "title": {"en": "My water"},
        "extends": "water",
        "groups": [
            {"id": "now", "layers": [{"id": "levels", "visible": False, "source": {"file": "own.gpkg"}}]},
            {
                "id": "mine",
                "title": {"en": "Mine"},
                "layers": [
                    {"id": "gauges", "opacity": 0.5},
                    {"id": "own", "title": {"en": "Own"}, "source": {"file": "a.gpkg"}},
                ],
            },
        ],
        "indicators": [
            {"id": "highest", "decimals": 1},
            {"id": "n", "title": {"en": "N"}, "unit": "", "layer": "own", "statistic": "count"},
        ],
        "layout": {"title": {"en": "Mine"}, "indicators": ["n"]},
    }
    theme = read(own)
    assert (theme.id, theme.title, theme.purpose) == ("my_water", {"en": "My water"}, theme_document()["purpose"])
    assert [(g.id, [layer.id for layer in g.layers]) for g in theme.groups] == [
        ("now", ["levels"]),
        ("base", ["buildings"]),
        ("mine", ["gauges", "own"]),
    ]
    levels, _, gauges, _ = theme.layers
    assert (levels.visible, levels.sources, levels.title["zh"]) == (False, (FileSource("own.gpkg"),), "水位")
    assert (gauges.opacity, gauges.style) == (0.5, "rain_gauges")
    assert [(i.id, i.decimals) for i in theme.indicators] == [("highest", 1), ("n", 0)]
    assert (theme.layout.title, theme.layout.page, theme.layout.indicators) == ({"en": "Mine"}, "A3", ("n",))
    assert theme.map_themes[0].layers == ("gauges", "levels", "buildings")


def test_a_fault_after_merging_names_the_entries_by_their_ids(tmp_path, read):
    write_document(tmp_path / "shipped", theme_document(), "water.json")
    own = {"id": "mine", "version": "1", "title": {"en": "Mine"}, "extends": "water"}
    own["groups"] = [{"id": "now", "layers": [{"id": "new", "source": {"file": "a.gpkg"}}]}]
    with pytest.raises(InputError, match=r"at groups\[now\]\.layers\[new\]: 'title' is missing"):
        read(own)
    own["groups"] = [{"id": "now", "layers": [{"id": "gauges", "style": "nostyle"}]}]
    with pytest.raises(InputError, match=r"at groups\[now\]\.layers\[gauges\]\.style"):
        read(own)
    own["groups"] = [{"id": "now", "layers": [{"id": "gauges", "opacity": 0}, {"id": "gauges", "opacity": 1}]}]
    with pytest.raises(InputError, match=r"at groups\[0\]\.layers\[1\]\.id: the id 'gauges' is used twice"):
        read(own)


def test_documents_that_extend_one_another_in_a_circle_are_refused(tmp_path, read):
    head = {"version": "1", "title": {"en": "x"}}
    write_document(tmp_path, {**head, "id": "b", "extends": "own.json"}, "b.json")
    with pytest.raises(InputError, match=r"'b\.json', at extends: .*own\.json > b\.json > own\.json"):
        read({**head, "id": "a", "extends": "b.json"})
    with pytest.raises(InputError, match="in a circle"):
        read({**head, "id": "a", "extends": "own.json"})
    for number in range(12):
        write_document(tmp_path, {**head, "id": "c", "extends": f"c{number + 1}.json"}, f"c{number}.json")
    with pytest.raises(InputError, match="too often"):
        read({**head, "id": "a", "extends": "c0.json"})


@pytest.mark.parametrize("name", ["none", "none.json", "../own.json", "/etc/passwd", "a/b.json", "http://x/y.json"])
def test_what_a_document_extends_must_be_there(read, name):
    with pytest.raises(InputError, match=r"'own\.json', at extends"):
        read({"id": "a", "version": "1", "title": {"en": "x"}, "extends": name})


def test_a_link_out_of_the_folder_is_not_extended(tmp_path, read):
    outside = write_document(tmp_path.parent, theme_document(), f"{tmp_path.name}.json")
    os.symlink(outside, tmp_path / "other.json")
    with pytest.raises(InputError, match="at extends"):
        read({"id": "a", "version": "1", "title": {"en": "x"}, "extends": "other.json"})


def undescribed(schema, where):
    """The keys of a schema without title or description."""
    if "$ref" in schema:
        return
    if not {"title", "description"} <= schema.keys():
        yield where
    for key, part in schema.get("properties", {}).items():
        yield from undescribed(part, f"{where}.{key}")


def patterns(part):
    """All patterns of a schema."""
    if isinstance(part, dict):
        yield from (part["pattern"],) if isinstance(part.get("pattern"), str) else ()
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from patterns(one)


@pytest.mark.parametrize("name", ["theme", "district"])
def test_every_pattern_of_the_schemas_has_words(name):
    schema = json.loads((RESOURCES / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    assert set(patterns(schema)) <= json_schema.FORMS.keys()


@pytest.mark.parametrize("name", ["theme", "district"])
def test_editors_find_title_and_description_of_every_key(name):
    schema = json.loads((RESOURCES / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    assert list(undescribed(schema, name)) == []
    assert [where for key, part in schema["definitions"].items() for where in undescribed(part, key)] == []


STRANGE = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    [],
    {},
    "x" * 3000,
    [[]],
    {"en": 1},
    "../x",
    "\ud800",
    1e308,
    10**400,
    [{"id": "a"}],
]


def places_in(value, path=()):
    """The path of every value of a document below its root."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield (*path, key)
        yield from places_in(part, (*path, key))


def changed(document, path, random):
    """A value of a document replaced by a strange one, removed, or joined by one more."""
    *above, key = path
    part = document
    for step in above:
        part = part[step]
    kind = random.randrange(3)
    if kind == 0:
        part[key] = random.choice(STRANGE)
    elif kind == 1:
        del part[key]
    elif isinstance(part, list):
        part.append(random.choice([*STRANGE, part[key]]))
    else:
        part[random.choice(["id", "source", "layers", "where", "extends", "title"])] = random.choice(STRANGE)


def test_whatever_is_changed_a_document_is_read_or_refused_in_one_sentence(tmp_path, places):
    random = Random(11)
    write_document(tmp_path, theme_document(), "base.json")
    path, sentences = tmp_path / "own.json", []
    for _ in range(400):
        document = theme_document()
        if random.random() < 0.3:
            document["extends"] = "base.json"
        for _ in range(random.choice([1, 1, 2])):
            changed(document, random.choice(list(places_in(document))), random)
        path.write_text(json.dumps(document), "utf-8")
        try:
            read_theme(path, places)
        except TwinError as error:
            sentences.append(str(error))
    assert 20 < len(sentences) < 380
    assert [text for text in sentences if "\n" in text or "own.json" not in text or len(text) > 1500] == []
