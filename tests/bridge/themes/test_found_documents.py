"""Documents that ship and those of the user's folder: all that ship are right, and a fault of one hides no other."""

from __future__ import annotations

import json

import pytest
import shapely
from qgis.core import QgsSettings

from tests.theme_documents import theme_document, write_document
from twin_plugin.bridge.kernel import resources, runtime
from twin_plugin.bridge.scenarios.found import own_folder as folder_of_scenarios
from twin_plugin.bridge.themes import documents
from twin_plugin.core.common.errors import InputError

pytestmark = pytest.mark.usefixtures("qgis_app")
CENTRES = {"houhai": (113.94, 22.51), "xiangmihu": (114.02, 22.55), "guangming": (113.95, 22.75)}


@pytest.fixture
def own(tmp_path):
    """The user's folder of themes."""
    settings = QgsSettings()
    settings.setValue(runtime.FOLDER_KEY, str(tmp_path / "文 件"))
    folder = runtime.own_folder("themes")
    folder.mkdir(parents=True)
    yield folder
    settings.remove(runtime.FOLDER_KEY)


def test_every_document_that_ships_can_be_read():
    for found in (*documents.find_themes(), *documents.find_districts()):
        if found.shipped:
            assert found.fault is None, found.fault
            assert found.path.stem == found.id


def texts_in(value):
    """All texts by language of a value of a document."""
    if isinstance(value, dict) and value.keys() & {"en", "zh"}:
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(part)


SHIPPED = sorted(path for kind in ("themes", "districts") for path in (resources.RESOURCES / kind).glob("*.json"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_text_that_ships_is_in_both_languages(path):
    texts = list(texts_in(json.loads(path.read_text("utf-8"))))
    assert len(texts) >= 3
    assert [text for text in texts if text.keys() != {"en", "zh"}] == []


def test_styles_of_themes_that_ship_are_those_of_the_plugin():
    themes = [found.value for found in documents.find_themes() if found.shipped]
    assert themes
    assert [layer.id for theme in themes for layer in theme.layers if layer.style.endswith(".qml")] == []


def test_the_districts_that_ship_are_approximate_and_say_so():
    districts = {found.id: found.value for found in documents.find_districts() if found.shipped}
    assert districts.keys() == CENTRES.keys()
    for name, (lon, lat) in CENTRES.items():
        district = districts[name]
        outline = shapely.Polygon(district.outline)
        assert outline.contains(shapely.Point(lon, lat))
        west, south, east, north = outline.bounds
        assert 1.5 <= (north - south) * 110.9 <= 3.5
        assert 1.5 <= (east - west) * 102.8 <= 3.5
        assert district.approximate
        assert "approximate" in district.title["en"]
        assert "示意" in district.title["zh"]


def test_own_documents_follow_and_one_that_cannot_be_read_has_the_reason(own):
    write_document(own, theme_document() | {"id": "mine"}, "mine.json")
    write_document(own, "{", "broken.json")
    write_document(own, theme_document() | {"id": "mine"}, "twice.json")
    found = {one.path.name: one for one in documents.find_themes() if not one.shipped}
    assert list(found) == ["broken.json", "mine.json", "twice.json"]
    assert (found["mine.json"].id, found["mine.json"].fault) == ("mine", None)
    assert "no valid JSON" in found["broken.json"].fault
    assert "mine.json' has the id 'mine' too" in found["twice.json"].fault
    assert documents.theme_named("mine").value.id == "mine"
    assert documents.theme_named(str(own / "twice.json")).value.id == "mine"
    with pytest.raises(InputError, match="no valid JSON"):
        documents.theme_named("broken")
    with pytest.raises(InputError, match=r"no document with the id 'none'.*mine"):
        documents.theme_named("none")


def test_an_own_document_never_stands_for_one_that_ships(own):
    folder = runtime.own_folder("districts")
    folder.mkdir()
    text = (resources.RESOURCES / "districts" / "houhai.json").read_text("utf-8")
    write_document(folder, text.replace("后海", "我的后海"), "aaa.json")
    assert documents.district_named("houhai").shipped
    (own_one,) = (one for one in documents.find_districts() if not one.shipped)
    assert own_one.value is None
    assert "has the id 'houhai' too" in own_one.fault


@pytest.mark.parametrize("key", ["where", "expression"])
def test_expressions_of_themes_are_limited(own, key):
    document = theme_document()
    document["indicators"][0][key] = "env('HOME')"
    path = write_document(own, document)
    with pytest.raises(InputError, match=rf"at indicators\[0\]\.{key}: the function 'env' is not allowed"):
        documents.read_theme(path)


def test_tables_subdivisions_and_protocols_are_known(own):
    for source, expected in (
        ({"twin_base": "passwords"}, "building"),
        ({"service": {"subdivision": "Z99"}}, "C07"),
        ({"service": {"protocol": "gopher"}}, "wfs"),
    ):
        document = theme_document()
        document["groups"][0]["layers"][0]["source"] = source
        with pytest.raises(InputError, match=rf"is none of .*{expected}"):
            documents.read_theme(write_document(own, document))


def test_styles_are_beside_the_document_or_ship(own):
    assert documents.style_file(own / "a.json", "own.qml") == own / "own.qml"
    assert documents.style_file(own / "a.json", "building") == resources.style("building")


def test_lists_have_ids_and_titles_without_a_check(own):
    write_document(own, theme_document() | {"id": "mine", "groups": "wrong"}, "mine.json")
    write_document(own, "{", "broken.json")
    heads = {head.id: head for head in documents.heads("themes")}
    assert (heads["mine"].title["zh"], heads["mine"].shipped) == ("城市水务", False)
    assert {head.id for head in documents.heads("districts")} == CENTRES.keys()


def test_a_document_that_changes_is_read_again(own):
    path = write_document(own, theme_document() | {"id": "mine"}, "mine.json")
    first = documents.theme_named("mine").value
    assert documents.theme_named("mine").value is first
    write_document(own, theme_document() | {"id": "mine", "version": "1.11"}, path.name)
    assert documents.theme_named("mine").value.version == "1.11"
    (own / "mine.qml").write_text("<qgis/>", "utf-8")
    assert documents.theme_named("mine").value is not first
    path.unlink()
    with pytest.raises(InputError):
        documents.theme_named("mine")


def test_scenarios_have_their_folder_beside_the_themes(own):
    assert folder_of_scenarios() == own.parent / "scenarios"
