"""The translator for the user's language, whatever QGIS calls it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from ...core.common.errors import TwinError
from ...core.common.messages import Message
from ...core.common.text import printable
from ...core.web import secrets
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


def localized(text: str | TwinError, translate: Callable[[str, str], str] = QCoreApplication.translate) -> str:
    """A message or an error in the user's language, without secrets; other texts come back as they are.

    Control characters, such as those of a file's name, are shown and not sent to a terminal.

    Parameters
    ----------
    text : str or TwinError
    translate : callable
        From a context and a text in English to the text of another language.
    """
    message = text.message if isinstance(text, TwinError) else text
    if not isinstance(message, Message):
        return printable(message)
    template = translate("Core", message.template)
    if not message.values:
        return template
    values = {
        name: localized(value, translate) if isinstance(value, str) else value for name, value in message.values.items()
    }
    return secrets.without(printable(template.format_map(values)))


class Speaker:
    """Says texts in one language, whatever QGIS speaks: for documents that come in several.

    Parameters
    ----------
    locale : str
        Such as "en" or "zh"; English for a language that the plugin has no translation of.
    """

    def __init__(self, locale: str) -> None:
        self._translator = load(locale)

    def translate(self, context: str, text: str) -> str:
        """A text of the plugin by its context; one without translation stays as it is."""
        if self._translator is None:
            return text
        # As bytes: PyQt takes a str for ASCII here, unlike in QCoreApplication.translate.
        return self._translator.translate(context.encode(), text.encode()) or text

    def say(self, text: str) -> str:
        """A message in this language; other texts come back as they are."""
        return localized(text, self.translate)
