"""Tables as data: their columns with unit and meaning, from which every store and layer derives its fields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One field: its name (with the unit in it), kind (text, real, integer, long, boolean) and meaning."""

    name: str
    kind: str
    meaning: str
