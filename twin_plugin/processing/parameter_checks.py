"""What QGIS lets pass in the values of parameters: names that an algorithm lacks, texts for numbers, unknown choices.

QGIS takes the default for a number that it cannot read, takes any text but 'false' and '0' for true, and ignores
names that it does not know: a run would differ from what was asked, and nothing would say so.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import QCoreApplication

BOOLEANS = ("true", "false", "1", "0")


def mistakes(values: Mapping[str, Any], definitions: Sequence[QgsProcessingParameterDefinition]) -> Iterator[str]:
    """A sentence for each value of an algorithm's parameters that QGIS would not use as it was given."""
    known = {definition.name(): definition for definition in definitions}
    for name, value in values.items():
        definition = known.get(name)
        if definition is None:
            yield _unknown(name, list(known))
        elif isinstance(value, str) and value.strip():
            wanted = _wanted(definition, value.strip())
            if wanted:
                yield wanted


def _unknown(name: str, known: Sequence[str]) -> str:
    like = difflib.get_close_matches(name.upper(), known, 1)
    if like:
        text = QCoreApplication.translate("ParameterChecks", "There is no parameter {name}: do you mean {like}?")
        return text.format(name=name, like=like[0])
    text = QCoreApplication.translate("ParameterChecks", "There is no parameter {name}. There are: {names}.")
    return text.format(name=name, names=", ".join(known))


def _wanted(definition: QgsProcessingParameterDefinition, value: str) -> str | None:
    """What is needed instead of a text; None where it can be used."""
    name = definition.name()
    if isinstance(definition, QgsProcessingParameterNumber):
        try:
            float(value)
        except ValueError:
            text = QCoreApplication.translate("ParameterChecks", "{name} is '{value}': give a number, such as 2.5.")
            return text.format(name=name, value=value)
    elif isinstance(definition, QgsProcessingParameterBoolean):
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
