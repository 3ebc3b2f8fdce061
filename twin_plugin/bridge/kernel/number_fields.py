"""Fields of layers by name in any case, read as numbers, with what could not be used of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.field_values import read_numbers
from .vectors import FeatureTable, field_named


def find_field(table: FeatureTable, name: str) -> str:
    """The table's own name of a field, in any case; "" where it has none."""
    return field_named(table.columns, name)


def column(table: FeatureTable, name: str) -> list[Any]:
    """A column by its name, in any case; None in every row where there is none."""
    return table.get(find_field(table, name))


def require_field(table: FeatureTable, name: str, layer: str) -> None:
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

    table: FeatureTable
    warnings: list[Message] = field(default_factory=list)
    refused: dict[str, np.ndarray] = field(default_factory=dict)

    def __call__(self, name: str, own: str = "") -> np.ndarray:
        """Values of the field for `name`, or of the field `own` in its place; NaN where there is none to use."""
        raw = column(self.table, own or name)
        numbers = read_numbers(raw, name)
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
