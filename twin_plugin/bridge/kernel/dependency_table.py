"""Tables that say what needs what: a pump its substation, an underpass its pump."""

from __future__ import annotations

import numpy as np

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.dependencies import Need
from ...core.risk.field_values import read_numbers
from .vectors import FeatureTable, field_named


def needs_of(table: FeatureTable, known: set[str], name: str) -> tuple[list[Need], list[Message]]:
    """The rows of a table of dependencies: asset, needs, group (rows of one group are alternatives), backup_h.

    Raises
    ------
    InputError
        Where a field is missing or no row can be used.
    """
    for field in ("asset", "needs"):
        if not field_named(table.columns, field):
            raise InputError(
                "The table of dependencies '{table}' has no field {field}: it needs asset and needs, and may have "
                "group (rows of one group are alternatives) and backup_h.",
                table=name,
                field=field,
            )
    asset_column, needs_column, group_column, hours_column = (
        table.get(field_named(table.columns, name)) for name in ("asset", "needs", "group", "backup_h")
    )
    hours = np.nan_to_num(read_numbers(hours_column, "backup_h").values, nan=0.0)
    groups: dict[tuple[str, str], tuple[list[str], float]] = {}
    unknown: set[str] = set()
    rows = zip(asset_column, needs_column, group_column, hours, strict=True)
    for row, (asset, other, group, backup_h) in enumerate(rows):
        if asset is None or other is None:
            continue
        key = str(asset), f"group {group}" if group not in (None, "") else f"row {row}"
        alternatives, backup = groups.get(key, ([], 0.0))
        alternatives.append(str(other))
        groups[key] = alternatives, max(backup, 60.0 * float(backup_h))
        unknown |= {str(other)} - known
    if not groups:
        raise InputError("The table of dependencies '{table}' has no row with asset and needs.", table=name)
    notes = []
    if unknown:
        notes.append(
            Message(
                "{n} assets in the column needs of '{table}' are not in the layer, such as '{name}': water does not "
                "reach them.",
                n=len(unknown),
                table=name,
                name=min(unknown),
            )
        )
    return [Need(asset, tuple(dict.fromkeys(a)), b) for (asset, _), (a, b) in groups.items()], notes
