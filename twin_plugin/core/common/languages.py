"""Texts of documents in several languages."""

from __future__ import annotations

Texts = dict[str, str]
"""A text by language: en, and zh where there is one."""


def in_language(texts: Texts, language: str) -> str:
    """The text in a language such as zh_CN, zh-Hans or en, else in English, else in any."""
    return texts.get(language[:2].lower()) or texts.get("en") or next(iter(texts.values()), "")
