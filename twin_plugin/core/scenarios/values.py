"""Values of a step's parameters: data, settings and outputs of earlier steps put where a chain refers to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .scenario import FromData, FromSetting, FromStep, ParameterValue, Scenario

SETTING = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")
"""A setting inside a text."""


def settings_in(value: ParameterValue) -> set[str]:
    """Names of the settings that stand inside the texts of a value."""
    if isinstance(value, str):
        return set(SETTING.findall(value))
    if isinstance(value, list | tuple):
        return {name for item in value for name in settings_in(item)}
    if isinstance(value, dict):
        return {name for item in value.values() for name in settings_in(item)}
    return set()


def with_settings(value: ParameterValue, settings: Mapping[str, Any]) -> ParameterValue:
    """A value with the settings inside its texts filled in; references stay."""
    if isinstance(value, str):
        return SETTING.sub(lambda found: _shown(settings[found[1]]), value)
    if isinstance(value, list):
        return [with_settings(item, settings) for item in value]
    if isinstance(value, dict):
        return {key: with_settings(item, settings) for key, item in value.items()}
    if isinstance(value, FromSetting):
        return settings[value.name]
    return value


def resolved(value: ParameterValue, data: Mapping[str, Any], steps: Mapping[str, Mapping[str, Any]]) -> Any:
    """A value of `with_settings` with data and earlier outputs put in; None where an optional one is absent."""
    if isinstance(value, FromData):
        return data.get(value.name)
    if isinstance(value, FromStep):
        return steps[value.step].get(value.output)
    if isinstance(value, list):
        return [found for item in value if (found := resolved(item, data, steps)) is not None]
    return value


def default_settings(scenario: Scenario) -> dict[str, Any]:
    """The settings as the scenario has them."""
    return {setting.name: setting.value for setting in scenario.settings}


def wanted_outputs(scenario: Scenario, step: str) -> set[str]:
    """Outputs of a step that are kept, measured or read by another step."""
    names = {output.output for output in scenario.outputs if output.step == step}
    names |= {measure.output for measure in scenario.measures if measure.step == step}
    for other in scenario.chain:
        for value in other.parameters.values():
            names |= {found.output for found in references(value) if isinstance(found, FromStep) and found.step == step}
    return names


def references(value: ParameterValue) -> list[FromData | FromSetting | FromStep]:
    """The references in a parameter's value."""
    if isinstance(value, list):
        return [found for item in value for found in references(item)]
    return [value] if isinstance(value, FromData | FromSetting | FromStep) else []


def _shown(value: Any) -> str:
    """A setting as it stands in an expression."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)
