"""A small theme document as JSON has it, for tests that change a part of it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

THEME: dict[str, Any] = {
    "id": "water",
    "version": "1.0",
    "title": {"en": "Urban water", "zh": "城市水务"},
    "purpose": {"en": "What the water does now."},
    "groups": [
        {
            "id": "now",
            "title": {"en": "Water now", "zh": "实时水情"},
            "layers": [
                {
                    "id": "gauges",
                    "title": {"en": "Gauges", "zh": "水位站"},
                    "source": {"file": "district.gpkg", "table": "gauges"},
                    "need": "M",
                    "style": "rain_gauges",
                    "where": "\"state\" = 'on'",
                    "min_scale": 50000,
                    "max_scale": 500,
                },
                {
                    "id": "levels",
                    "title": {"en": "Levels", "zh": "水位"},
                    "sources": [
                        {"service": {"text": "water level", "subdivision": "C07"}},
                        {"file": "levels.gpkg", "folder": "results"},
                    ],
                },
            ],
        },
        {
            "id": "base",
            "title": {"en": "Base"},
            "exclusive": True,
            "layers": [{"id": "buildings", "title": {"en": "Buildings"}, "source": {"twin_base": "building"}}],
        },
    ],
    "indicators": [
        {
            "id": "highest",
            "title": {"en": "Highest level", "zh": "最高水位"},
            "unit": "m",
            "layer": "levels",
            "statistic": "max",
            "expression": '"level_m"',
            "time_field": "time",
            "age_limit_s": 900,
            "decimals": 2,
            "thresholds": [
                {"value": 0, "colour": "#2e7d32"},
                {"value": 2.5, "colour": "#c62828", "label": {"en": "over the limit"}},
            ],
        }
    ],
    "charts": [
        {"id": "by_gauge", "title": {"en": "Level"}, "layer": "levels", "kind": "bar", "x": '"name"', "y": '"level_m"'}
    ],
    "map_themes": [{"id": "all", "title": {"en": "All"}, "layers": ["gauges", "levels", "buildings"]}],
    "bookmarks": [{"id": "whole", "title": {"en": "District"}}],
    "layout": {"title": {"en": "Water"}, "page": "A3", "indicators": ["highest"]},
}


def theme_document() -> dict[str, Any]:
    """A copy that a test may change."""
    return copy.deepcopy(THEME)


def write_document(folder: Path, document: Any, name: str = "own.json") -> Path:
    """The file of a document."""
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), "utf-8")
    return path
