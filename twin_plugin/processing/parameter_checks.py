"""What QGIS lets pass in the values of parameters: names that an algorithm lacks, texts for numbers, unknown choices.

QGIS takes the default for a number that it cannot read, takes any text but 'false' and '0' for true, cuts decimals off
where a whole number is needed, takes NaN for any number, and ignores names that it does not know: a run would differ
from what was asked, and nothing would say so. Of numbers out of bounds it says no more than that they are incorrect.
"""

from __future__ import annotations

import difflib
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..bridge.kernel.vectors import field_named
from ..core.common.errors import InputError

BOOLEANS = ("true", "false", "1", "0")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""Numbers that QGIS reads, which are fewer than Python's."""
_NO_LIMIT = sys.float_info.max / 2
"""QGIS gives numbers without a limit the largest that there are."""
_MOST_WHOLE = 2**31 - 1
"""QGIS takes the default for larger ones."""


def mistakes(values: Mapping[str, Any], definitions: Sequence[QgsProcessingParameterDefinition]) -> Iterator[str]:
    """A sentence for each value of an algorithm's parameters that QGIS would not use as it was given."""
    known = {definition.name(): definition for definition in definitions}
    for name, value in values.items():
        definition = known.get(name)
        if definition is None:
            yield _unknown(name, list(known))
            continue
        wanted = None
        if isinstance(definition, QgsProcessingParameterNumber):
            if isinstance(value, (int, float, str)) and str(value).strip():
                wanted = _number_wanted(definition, str(value).strip())
        elif isinstance(value, str) and value.strip():
            wanted = _wanted(definition, value.strip())
        if wanted:
            yield wanted


def require_fields(algorithm: QgsProcessingAlgorithm, values: Mapping[str, Any], context: QgsProcessingContext) -> None:
    """Check that fields that are asked for exist in their layers: QGIS does not look.

    Raises
    ------
    InputError
    """
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        wanted = values.get(name)
        if not isinstance(definition, QgsProcessingParameterField) or not isinstance(wanted, str) or not wanted.strip():
            continue
        parent = definition.parentLayerParameterName()
        if wanted == definition.defaultValue() or values.get(parent) in (None, ""):
            continue
        source = algorithm.parameterAsSource(values, parent, context)
        if source is not None and not field_named(source.fields().names(), wanted):
            text = QCoreApplication.translate(
                "ParameterChecks",
                "The layer '{layer}' of {parent} has no field '{field}' for {name}. It has: {fields}.",
            )
            fields = ", ".join(source.fields().names())
            text = text.format(layer=source.sourceName(), parent=parent, field=wanted, name=name, fields=fields)
            raise InputError(text)


def _unknown(name: str, known: Sequence[str]) -> str:
    like = difflib.get_close_matches(name.upper(), known, 1)
    if like:
        text = QCoreApplication.translate("ParameterChecks", "There is no parameter {name}: do you mean {like}?")
        return text.format(name=name, like=like[0])
    text = QCoreApplication.translate("ParameterChecks", "There is no parameter {name}. There are: {names}.")
    return text.format(name=name, names=", ".join(known))


def _number_wanted(definition: QgsProcessingParameterNumber, value: str) -> str | None:
    """What is needed instead of a number; None where it can be used."""
    name, low, high = definition.name(), definition.minimum(), definition.maximum()
    if value in ("True", "False"):
        return None
    if not _NUMBER.fullmatch(value) or not math.isfinite(float(value)):
        text = QCoreApplication.translate("ParameterChecks", "{name} is '{value}': give a number, such as 2.5.")
        return text.format(name=name, value=value)
    if definition.dataType() == QgsProcessingParameterNumber.Type.Integer:
        low, high = max(low, -_MOST_WHOLE), min(high, _MOST_WHOLE)
        if not float(value).is_integer():
            text = QCoreApplication.translate("ParameterChecks", "{name} is {value}: give a whole number.")
            return text.format(name=name, value=value)
    if low <= float(value) <= high:
        return None
    if abs(low) > _NO_LIMIT:
        text = QCoreApplication.translate("ParameterChecks", "{name} is {value}: give a number of at most {high}.")
    elif high > _NO_LIMIT:
        text = QCoreApplication.translate("ParameterChecks", "{name} is {value}: give a number of at least {low}.")
    else:
        text = QCoreApplication.translate("ParameterChecks", "{name} is {value}: give a number from {low} to {high}.")
    return text.format(name=name, value=value, low=f"{low:.12g}", high=f"{high:.12g}")


def _wanted(definition: QgsProcessingParameterDefinition, value: str) -> str | None:
    """What is needed instead of a text; None where it can be used."""
    name = definition.name()
    if isinstance(definition, QgsProcessingParameterBoolean):
        if value.lower() not in BOOLEANS:
            text = QCoreApplication.translate("ParameterChecks", "{name} is '{value}': give true or false.")
            return text.format(name=name, value=value)
    elif isinstance(definition, QgsProcessingParameterEnum) and definition.usesStaticStrings():
        choices = definition.options()
        asked = [part.strip() for part in value.split(",")] if definition.allowMultiple() else [value]
        wrong = [part for part in asked if part not in choices]
        if wrong:
            text = QCoreApplication.translate("ParameterChecks", "{name} is '{value}': choose one of {choices}.")
            return text.format(name=name, value=wrong[0], choices=", ".join(choices))
    return None
