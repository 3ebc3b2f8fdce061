"""What a scenario may give as values of parameters: literals of harmless kinds, and references for layers and files.

A literal never names a layer, file, folder, address or connection: these come from the district's data, from the user
or from an earlier step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterDefinition

from ...core.common.messages import Message
from ...core.scenarios.scenario import FromData, FromStep
from ...core.scenarios.values import references
from ..kernel import limited_expressions
from .allowed import rules

PLAIN = ("number", "distance", "duration", "scale", "area", "volume", "boolean", "string", "enum", "field", "band",
         "range", "matrix", "datetime", "color")  # fmt: skip
"""Kinds of parameters whose literals name nothing that could be read, run or reached."""
READ = ("source", "vector", "raster", "mesh", "pointcloud", "layer", "multilayer", "file", "extent")
"""Kinds that take data and outputs that are layers or files."""
PATTERNS = {
    "crs": re.compile(r"[A-Z]{2,10}:\d{1,7}"),
    "extent": re.compile(r"\s*-?[\d.eE+-]+(\s*,\s*-?[\d.eE+-]+){3}(\s*\[[A-Z]{2,10}:\d{1,7}\])?\s*"),
    "point": re.compile(r"\s*-?[\d.eE+-]+\s*,\s*-?[\d.eE+-]+(\s*\[[A-Z]{2,10}:\d{1,7}\])?\s*"),
}
NEVER = {"EXTRA", "OPTIONS", "CREATE_OPTIONS", "CREATION_OPTIONS", "DATASOURCE_OPTIONS", "LAYER_OPTIONS"}
"""Parameters that pass text to GDAL's drivers and programs."""
RASTER_EXPRESSIONS = ("native:modelerrastercalc",)
_RASTER_EXPRESSION = re.compile(r'(?:\s|"?[A-Z]{1,2}@\d{1,4}"?|\d++(?:\.\d++)?(?:[eE][+-]?\d++)?|[-+*/^(),<>=!]|AND|OR|'
                                r"abs|min|max|sqrt|if|ln|log10|sin|cos|tan)++")  # fmt: skip
_WORD = re.compile(r"[\w .+-]*")
_QUOTES = re.compile(r"['\\]")
"""What could end a text that an algorithm of QGIS puts into an expression of its own, as extractbyattribute does."""
_AGGREGATES = ("input", "expression")
"""Keys of the rows of AGGREGATES and FIELDS_MAPPING that are expressions."""
AGGREGATE_NAMES = (
    "array_agg", "concatenate", "concatenate_unique", "count", "count_distinct", "count_missing", "first_value",
    "iqr", "last_value", "majority", "max_length", "maximum", "mean", "median", "min_length", "minimum", "minority",
    "q1", "q3", "range", "stdev", "sum",
)  # fmt: skip
"""What AGGREGATES may compute: QGIS puts the name into an expression as it is given."""


def faults(algorithm: QgsProcessingAlgorithm, values: dict[str, Any]) -> Iterator[Message]:
    """What is wrong with the values of a step, as they are after the settings were filled in."""
    known = {definition.name(): definition for definition in algorithm.parameterDefinitions()}
    without = rules()[algorithm.id()].without | NEVER if algorithm.id() in rules() else NEVER
    for name, value in values.items():
        definition = known.get(name)
        if definition is None:
            continue  # the caller has a sentence for it
        if name in without:
            yield Message(
                "scenarios may not set {name} of {algorithm}: remove it.", name=name, algorithm=algorithm.id()
            )
        elif definition.isDestination():
            yield Message(
                "{name} of {algorithm} is an output, which the run places: name it in 'outputs' instead.",
                name=name,
                algorithm=algorithm.id(),
            )
        elif found := value_fault(algorithm.id(), definition, value):
            yield found


def value_fault(algorithm: str, definition: QgsProcessingParameterDefinition, value: Any) -> Message | None:
    """Why a parameter cannot have a value; None where it can."""
    name, kind = definition.name(), definition.type()
    if value is None or value == "":
        return None
    if references(value):
        return _reference_fault(definition, value)
    if kind in PATTERNS:
        if isinstance(value, str) and PATTERNS[kind].fullmatch(value):
            return None
        return Message("{name} takes coordinates or a code such as EPSG:4547, not '{value}'.", name=name,
                       value=str(value)[:80])  # fmt: skip
    if kind in ("aggregates", "fields_mapping"):
        return _rows_fault(name, value)
    if kind == "expression":
        return _expression_fault(algorithm, name, value)
    if kind not in PLAIN:
        return Message(
            "{name} takes a layer, a file or the like, which a scenario names under 'data' or by an earlier step, not "
            "as a text: refer to one.",
            name=name,
        )
    if isinstance(value, dict):
        return Message("{name} takes a plain value, not an object.", name=name)
    if algorithm.startswith("gdal:") and isinstance(value, str) and not _WORD.fullmatch(value):
        return Message("{name} may have letters, digits, spaces, . _ + and - only, not '{value}'.", name=name,
                       value=value[:80])  # fmt: skip
    if any(isinstance(text, str) and _QUOTES.search(text) for text in (value if isinstance(value, list) else [value])):
        return Message("{name} may have no single quotes and no backslashes: remove them.", name=name)
    return None


def _reference_fault(definition: QgsProcessingParameterDefinition, value: Any) -> Message | None:
    """Data are layers and files; an earlier output may also be a number or a text."""
    name, kind = definition.name(), definition.type()
    found = references(value)
    if isinstance(value, list) and len(found) != len(value):
        return Message("{name} mixes references and literals: use references only.", name=name)
    if isinstance(value, list) and kind not in ("multilayer", "file"):
        return Message("{name} takes one value, not a list.", name=name)
    if any(isinstance(one, FromData) for one in found) and kind not in READ:
        return Message("{name} takes no layer or file, so that no data can be given there.", name=name)
    if any(isinstance(one, FromStep) for one in found) and kind not in (*READ, *PLAIN):
        return Message("{name} takes no output of a step.", name=name)
    return None


def _expression_fault(algorithm: str, name: str, value: Any) -> Message | None:
    if not isinstance(value, str):
        return Message("{name} takes an expression in quotes.", name=name)
    if algorithm in RASTER_EXPRESSIONS:
        if len(value) <= limited_expressions.LENGTH_LIMIT and _RASTER_EXPRESSION.fullmatch(value):
            return None
        return Message(
            '{name} may use the rasters of LAYERS as "A@1", "B@1", numbers, operators and abs, min, max, sqrt, if, '
            "ln, log10, sin, cos, tan.",
            name=name,
        )
    found = limited_expressions.fault(value)
    return None if found is None else Message("{name}: {fault}", name=name, fault=found)


def _rows_fault(name: str, value: Any) -> Message | None:
    """Rows of texts and numbers, whose expressions are limited ones."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return Message("{name} takes a list of objects.", name=name)
    for row in value:
        for key, item in row.items():
            if not isinstance(item, str | int | float | bool | None):
                return Message("{name} takes texts and numbers, not lists.", name=name)
            if key == "aggregate" and item not in AGGREGATE_NAMES:
                return Message("{name} has the aggregate '{value}': use one of {names}.", name=name,
                               value=str(item)[:80], names=", ".join(AGGREGATE_NAMES))  # fmt: skip
            if key in _AGGREGATES and (found := limited_expressions.fault(str(item))):
                return Message("{name}: {fault}", name=name, fault=found)
    return None
