"""The translator for the user's language, whatever QGIS calls it."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTranslator

from .resources import PLUGIN

# QGIS says zh-Hans, older releases and QLocale zh_CN or zh_Hans_CN.
_SIMPLIFIED = {"zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn", "zh_hans_sg"}


def language(locale: str) -> str:
    """The plugin's language for a locale: 'zh_CN', or '' for the source language English."""
    return "zh_CN" if locale.replace("-", "_").lower() in _SIMPLIFIED else ""


def load(locale: str | None = None) -> QTranslator | None:
    """The translator for a locale, by default QGIS's own; None where the source language is right."""
    name = language(locale if locale is not None else QgsApplication.locale())
    if not name:
        return None
    translator = QTranslator()
    return translator if translator.load(str(PLUGIN / "i18n" / f"twin_{name}.qm")) else None
