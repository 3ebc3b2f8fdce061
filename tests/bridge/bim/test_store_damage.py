"""A damaged twin base is refused with a sentence, and no byte of it changes; readers notice what is missing."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from osgeo import ogr

from twin_plugin.bridge.bim.geopackage_store import FileBase
from twin_plugin.bridge.bim.model_tables import StoredTable
from twin_plugin.core.bim.tables import BIM_MODEL
from twin_plugin.core.common.errors import InputError, ResourceError

PAGE = 4096
ROWS = 400


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "base.gpkg"
    base = FileBase(path)
    with base.transaction():
        base.insert(BIM_MODEL, ((None, {"id": f"m{n}.ifc", "reason": "because " * 20}) for n in range(ROWS)))
    base.close()
    return path


def test_every_page_that_is_lost_is_noticed(whole, tmp_path):
    path = tmp_path / "base.gpkg"
    content = whole.read_bytes()
    pages = range(0, len(content) // PAGE, 3)
    assert len(pages) > 20
    for page in pages:
        damaged = bytearray(content)
        damaged[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        path.write_bytes(damaged)
        with pytest.raises((InputError, ResourceError), match=r"damaged|no GeoPackage") as caught:
            FileBase(path)
        assert str(path) in str(caught.value)
        assert path.read_bytes() == damaged
        assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("exceptions", [False, True])
def test_a_reader_of_a_damaged_table_does_not_end_without_a_word(whole, tmp_path, exceptions):
    path = tmp_path / "base.gpkg"
    shutil.copyfile(whole, path)
    assert sum(1 for _ in StoredTable(str(path), "bim_model", "the base").rows()) == ROWS
    with sqlite3.connect(path) as database:
        query = "SELECT max(pageno) FROM dbstat WHERE name = 'bim_model' AND pagetype = 'leaf'"
        try:
            (page,) = database.execute(query).fetchone()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite does not say where its pages are")
    database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(bytes(8))
    table = StoredTable(str(path), "bim_model", "the base")
    if exceptions:  # as in the desktop, where QGIS's plugin Processing switches them on; tests/conftest.py off
        ogr.UseExceptions()
    with pytest.raises(InputError, match=r"'the base' cannot be read to its end .*Copy or export it again"):
        list(table.rows())
