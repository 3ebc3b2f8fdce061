"""The outputs of twin:onemap besides the project: rows of its tables, JSON, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ....core.themes import indicator_values
from ....core.themes.indicator_values import INDICATORS as INDICATOR_TABLE
from ....core.themes.layer_report import LAYERS, LayerState, missing_must
from ...kernel.translation import Speaker
from .requests import ThemeRequest
from .run import BuiltTheme

__all__ = ["INDICATORS", "LAYERS", "as_json", "indicator_rows", "layer_rows", "numbers"]

INDICATORS = INDICATOR_TABLE.columns


def layer_rows(built: BuiltTheme) -> Iterator[tuple[None, dict[str, Any]]]:
    """A row for each layer of the theme."""
    for report in built.reports:
        yield None, asdict(report) | {"need": report.need.value, "state": report.state.value}


def indicator_rows(built: BuiltTheme, request: ThemeRequest) -> Iterator[tuple[None, dict[str, Any]]]:
    """A row for each indicator."""
    speaker = Speaker(request.language)
    for row in indicator_values.rows(built.values, request.language, speaker.say):
        yield None, row


def as_json(built: BuiltTheme, request: ThemeRequest) -> dict[str, Any]:
    """Theme, district and indicators for other programs."""
    return {
        "theme": request.theme.id,
        "version": request.theme.version,
        "district": request.district_id,
        "title": request.title,
        "time": built.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "indicators": [row for _, row in indicator_rows(built, request)],
        "missing": [report.id for report in missing_must(built.reports)],
    }


def numbers(built: BuiltTheme) -> dict[str, int]:
    """The outputs that are numbers."""
    missing = built.count(LayerState.MISSING)
    return {
        "LAYERS_LOADED": len(built.reports) - missing - built.count(LayerState.REMOVED),
        "LAYERS_MISSING": missing,
        "MUST_MISSING": len(missing_must(built.reports)),
    }
