"""Fields of layers by name in any case, read as numbers, with what could not be used of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, silent
from ...core.risk.field_values import joined, read_numbers
from .vectors import field_named

BLOCK = 100_000
"""Values between two looks whether to go on."""


class Fields(Protocol):
    """Values of features by field."""

    columns: dict[str, list[Any]]

    def get(self, name: str, default: Any = None) -> list[Any]:
        """A column, or `default` for every row where there is no such field."""


def find_field(table: Fields, name: str) -> str:
    """The table's own name of a field, in any case; "" where it has none."""
    return field_named(table.columns, name)


def column(table: Fields, name: str) -> list[Any]:
    """A column by its name, in any case; None in every row where there is none."""
    return table.get(find_field(table, name))


def require_field(table: Fields, name: str, layer: str) -> None:
    """Check that a field that the user chose is there."""
    if name and not find_field(table, name):
        raise InputError("The layer '{layer}' has no field '{name}': choose another one.", layer=layer, name=name)


@dataclass
class NumberFields:
    """Reads the number fields of a table, and keeps what was refused.

    Attributes
    ----------
    warnings : list of Message
        A sentence for each field with refused values.
    refused : dict of str to ndarray of bool
        Rows whose value was refused, by the meaning of the field.
    """

    table: Fields
    progress: Progress = silent
    warnings: list[Message] = field(default_factory=list)
    refused: dict[str, np.ndarray] = field(default_factory=dict)

    def __call__(self, name: str, own: str = "") -> np.ndarray:
        """Values of the field for `name`, or of the field `own` in its place; NaN where there is none to use."""
        raw = column(self.table, own or name)
        several = []
        for low in range(0, len(raw), BLOCK):
            advance(self.progress, math.nan)
            several.append(read_numbers(raw[low : low + BLOCK], name))
        numbers = joined(several)
        rows = np.flatnonzero(numbers.refused)
        if len(rows):
            self.refused[name] = self.refused.get(name, np.zeros(len(raw), bool)) | numbers.refused
            self.warnings.append(
                Message(
                    "{n} values of the field '{field}' are no numbers or no possible ones, such as '{value}': they "
                    "count as unknown.",
                    n=len(rows),
                    field=find_field(self.table, own or name),
                    value=str(raw[rows[0]])[:40],
                )
            )
        return numbers.values
