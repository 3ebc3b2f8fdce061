"""The services that the shipped themes name: each is one of the demo's, and none is asked for what a file gives."""

from __future__ import annotations

import pytest

from twin_plugin.bridge.themes.documents import theme_named
from twin_plugin.bridge.themes.onemap.opening import needed_services
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.catalogue.store import Search
from twin_plugin.core.services.demo_catalogue import PUBLISHED, live_records
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.themes.theme import FileSource, Folder, ServiceSource

pytestmark = pytest.mark.usefixtures("qgis_app")
THEMES = ("water", "power", "rail")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    store = FileCatalogue(tmp_path_factory.mktemp("demo") / "services.gpkg", create=True)
    store.apply(live_records(BoundingBox(113.9, 22.4, 114.0, 22.6)), complete=False)
    yield store
    store.close()


@pytest.mark.parametrize("name", THEMES)
def test_a_query_finds_the_service_of_its_table_first(demo, name):
    """So that with the catalogue alone a layer has the data that it has from the folder."""
    tables = set()
    for layer in theme_named(name).value.layers:
        files = [one.table for one in layer.sources if isinstance(one, FileSource) and one.table in PUBLISHED]
        services = [one for one in layer.sources if isinstance(one, ServiceSource) and one.protocol == "wfs"]
        assert len(services) == len(files), layer.id
        for table, query in zip(files, services, strict=True):
            wanted = Search(query.text, (), (ServiceProtocol(query.protocol),), order="live", limit=3, made=False)
            found = demo.search(wanted).records
            assert [record.layer for record in found][:1] == [table]
            tables.add(table)
    assert len(tables) > 6


@pytest.mark.parametrize("name", THEMES)
def test_no_service_is_asked_for_what_a_file_gives(name, tmp_path):
    theme = theme_named(name).value
    asked = [query for query in needed_services(theme.layers, {}, "") if query.protocol == "wfs"]
    assert len(asked) == sum(
        any(isinstance(one, ServiceSource) and one.protocol == "wfs" for one in layer.sources) for layer in theme.layers
    )
    (tmp_path / "district.gpkg").touch()
    needed = needed_services(theme.layers, {Folder.DATA: str(tmp_path)}, "")
    assert {query.protocol for query in needed} <= {"sensorthings"}
