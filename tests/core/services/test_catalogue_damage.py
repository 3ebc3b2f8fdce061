"""A damaged catalogue is refused with a sentence, wherever the damage is, and no byte of it changes."""

from __future__ import annotations

import sqlite3

import pytest

from tests.core.services.catalogue_writes import harvest
from twin_plugin.core.common.errors import InputError, ResourceError
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue

PAGE = 4096


def sentence_of(path, create):
    try:
        FileCatalogue(path, create).close()
    except (InputError, ResourceError) as error:
        return str(error) if str(path) in str(error) else "the file is not named"
    return ""


@pytest.mark.parametrize("create", [False, True])
def test_every_page_that_is_lost_is_noticed(tmp_path, create):
    path = tmp_path / "services.gpkg"
    harvest(path, 40, "Rain gauges 雨量")
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    assert pages > 30
    with sqlite3.connect(path) as database:
        used = {page for (page,) in database.execute("SELECT pageno - 1 FROM dbstat")}
    database.close()
    free = set(range(pages)) - used
    said = []
    for page in range(pages):
        damaged = bytearray(whole)
        damaged[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        path.write_bytes(damaged)
        said.append(sentence_of(path, create))
        assert said[-1] or page in free, page
        assert path.read_bytes() == damaged
        assert [item.name for item in tmp_path.iterdir()] == [path.name]
    assert "is no GeoPackage" in said[0]
    assert sum("damaged" in text for text in said) >= len(used) - 1 > 30


def test_bytes_that_are_no_text_are_damage(tmp_path):
    path = tmp_path / "services.gpkg"
    harvest(path, 3, "a text to be found")
    path.write_bytes(path.read_bytes().replace(b"a text to be found", b"a text to \xffe found"))
    catalogue = FileCatalogue(path)
    with pytest.raises(ResourceError, match=r"damaged \(Could not decode to UTF-8 column 'description'\): restore"):
        list(catalogue.records())
    catalogue.close()


def test_a_name_that_is_no_text_is_damage(tmp_path):
    """SQLite's own message cannot be read then."""
    path = tmp_path / "services.gpkg"
    harvest(path, 3, "old")
    path.write_bytes(
        path.read_bytes().replace(b"TRIGGER service_edited", b"TRIGGER \xbe\xbe\xbe\xbe\xbe\xbe\xbe edited")
    )
    with pytest.raises(ResourceError, match="damaged"):
        FileCatalogue(path)
