"""Texts of editable tables, which come in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A text of an editable table in both languages."""

    en: str
    zh: str
