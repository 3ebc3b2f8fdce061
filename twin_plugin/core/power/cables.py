"""Types of cables and lines from an editable table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..common.csv_table import read_rows


@dataclass(frozen=True)
class CableType:
    """Resistance and reactance in ohm/km, capacitance in nF/km and greatest current in A of a type."""

    r_ohm_km: float
    x_ohm_km: float
    c_nf_km: float
    i_max_a: float


def read_cable_types(path: Path) -> dict[str, CableType]:
    """The types of the table by their name in lower case; the first stands for cables without a type.

    Raises
    ------
    InputError
        When it cannot be read, or lacks a column.
    """
    rows = read_rows(path, ("cable", "r_ohm_km", "x_ohm_km", "c_nf_km", "i_max_a"))
    return {
        row["cable"].strip().lower(): CableType(
            *(float(row[n]) for n in ("r_ohm_km", "x_ohm_km", "c_nf_km", "i_max_a"))
        )
        for row in rows
    }
