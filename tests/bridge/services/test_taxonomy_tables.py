"""The tables in use: the plugin's, or the user's own by the settings."""

from __future__ import annotations

import pytest
from qgis.core import QgsSettings

from twin_plugin.bridge.services import taxonomy
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord


@pytest.fixture(autouse=True)
def no_setting(qgis_app):
    for key in (taxonomy.TAXONOMY_KEY, taxonomy.WORDS_KEY):
        QgsSettings().remove(key)
    yield
    for key in (taxonomy.TAXONOMY_KEY, taxonomy.WORDS_KEY):
        QgsSettings().remove(key)


def test_the_plugins_own_tables_and_then_the_users(tmp_path):
    assert len(taxonomy.load_taxonomy().rows) == 28
    record = ServiceRecord("1", "Rain gauges", ServiceProtocol.WFS, "https://x.example")
    assert taxonomy.load_guesser().guess(record)[0] == "C03"
    own, words = tmp_path / "分类.csv", tmp_path / "words.csv"
    own.write_text("code,zh,en,parent\nW,水,Water,\nW01,雨,Rain,W\n", "utf-8")
    words.write_text("word,code,weight,where\nrain,W01,3,any\n", "utf-8")
    QgsSettings().setValue(taxonomy.TAXONOMY_KEY, str(own))
    QgsSettings().setValue(taxonomy.WORDS_KEY, str(words))
    assert list(taxonomy.load_taxonomy().rows) == ["W", "W01"]
    assert taxonomy.load_guesser().guess(record)[0] == "W01"


def test_a_table_that_is_gone_is_told_and_stops_no_search(tmp_path, run_algorithm):
    QgsSettings().setValue(taxonomy.TAXONOMY_KEY, str(tmp_path / "gone.csv"))
    with pytest.raises(InputError, match=r"gone\.csv"):
        taxonomy.load_taxonomy()
    from twin_plugin.processing.services.common import subdivision_codes

    assert "C07" in subdivision_codes()
