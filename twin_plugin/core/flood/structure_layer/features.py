"""A structure as a layer has it, with its fields read, checked and completed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...common.cells import FloatArray
from ...common.errors import InputError
from ...common.keywords import folded
from ..structures.kinds import NEEDED, Kind, StructureTables

_YES = ("yes", "true", "1", "y", "是", "有", "1.0")
_NO = ("no", "false", "0", "n", "否", "无", "0.0", "")


@dataclass(frozen=True)
class StructureFeature:
    """A feature of the layer of structures.

    Attributes
    ----------
    name : str
        Its id, as sentences and tables call it.
    parts : sequence of float64 arrays, shape (n, 2)
        Lines, x and y in metres in the CRS of the terrain; a point is a part of one row.
    """

    name: str
    kind: Kind
    parts: Sequence[FloatArray]
    attributes: Mapping[str, Any]

    @property
    def line(self) -> FloatArray:
        """The only part."""
        return self.parts[0]

    @property
    def length_m(self) -> float:
        """Length of all parts."""
        return float(sum(np.hypot(*np.diff(part, axis=0).T).sum() for part in self.parts))


@dataclass
class Reader:
    """Reads the fields of structures and counts what was guessed.

    Attributes
    ----------
    guessed : Counter
        How often a field was completed with something that is not a plain number of the table, by kind and field.
    """

    tables: StructureTables
    guessed: Counter[tuple[Kind, str]] = field(default_factory=Counter)

    def number(self, feature: StructureFeature, name: str) -> float:
        """A number within its limits; its default, or NaN where it is empty and has none.

        Raises
        ------
        InputError
            Where it is no number, outside the limits, or needed and empty.
        """
        item = self.tables.fields[feature.kind][name]
        value = feature.attributes.get(name)
        if _is_empty(value):
            if item.without == NEEDED:
                raise InputError(
                    "Structure {name} ({kind}) has no {field}: give {meaning} ({unit}).",
                    name=feature.name,
                    kind=feature.kind.value,
                    field=name,
                    meaning=item.meaning,
                    unit=item.unit or "-",
                )
            if item.without and not (math.isfinite(item.default) and item.default == 0.0):
                self.guessed[feature.kind, name] += 1
            return item.default
        number = _float(value)
        if not item.least <= number <= item.most:
            raise InputError(
                "Structure {name} ({kind}): {field} is {value}, not a number from {least:g} to {most:g} {unit}. Check "
                "the value and its unit.",
                name=feature.name,
                kind=feature.kind.value,
                field=name,
                value=str(value),
                least=item.least,
                most=item.most,
                unit=item.unit,
            )
        return number

    def flag(self, feature: StructureFeature, name: str) -> bool:
        """A yes or no; no where it is empty."""
        value = feature.attributes.get(name)
        word = "" if value is None else folded(str(value))
        if word not in (*_YES, *_NO):
            raise InputError(
                "Structure {name} ({kind}): {field} is '{value}'; give yes or no.",
                name=feature.name,
                kind=feature.kind.value,
                field=name,
                value=str(value),
            )
        return word in _YES

    def text(self, feature: StructureFeature, name: str) -> str:
        """A text; "" where it is empty."""
        value = feature.attributes.get(name)
        return "" if _is_empty(value) else str(value).strip()

    def given(self, feature: StructureFeature, name: str) -> bool:
        """Whether a field has a value."""
        return not _is_empty(feature.attributes.get(name))


def unused_fields(feature: StructureFeature, tables: StructureTables) -> list[str]:
    """Fields with a value that other kinds read and this one does not."""
    own = tables.fields[feature.kind]
    return [n for n in tables.field_names if n not in own and not _is_empty(feature.attributes.get(n))]


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or not str(value).strip()


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
