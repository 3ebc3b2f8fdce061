"""The reasons of building risk speak the user's language."""

from __future__ import annotations

import string
from pathlib import Path

from qgis.PyQt.QtCore import QTranslator

from twin_plugin.core.risk.reason_templates import WORDS

TRANSLATIONS = Path(__file__).parents[3] / "i18n"


def holders(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_word_has_its_chinese_with_the_same_figures(qgis_app):
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "twin_zh_CN.qm")), "run tools/translations.sh compile"
    for text in WORDS.values():
        chinese = translator.translate("RiskReasons", text)
        assert chinese, text
        assert holders(chinese) == holders(text), text
