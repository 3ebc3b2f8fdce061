"""Tables that say what needs what, a pump its substation, an underpass its pump: core's needs, and what rows lack."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.dependencies import Need
from ...core.risk.field_values import Numbers, read_numbers
from .input_table import Entry, reasons
from .line_layers import id_text
from .vectors import FeatureTable, field_named


@dataclass(frozen=True)
class NeedsRead:
    """What the assets of a layer need.

    Attributes
    ----------
    needs : list of Need
    notes : list of Message
        What the user must know of the rows.
    entries : list of Entry
        The line of the table at the end of the log.
    """

    needs: list[Need] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass
class _Group:
    """Alternatives of which an asset needs one, and how long it goes on without."""

    alternatives: list[str] = field(default_factory=list)
    backup_min: float = 0.0


def read_needs(table: FeatureTable, known: Collection[str], name: str) -> NeedsRead:
    """The rows of a table of dependencies: asset, needs, group (rows of one group are alternatives), backup_h.

    Parameters
    ----------
    table : FeatureTable
    known : collection of str
        Ids of the layer of assets.
    name : str
        Of the table.

    Raises
    ------
    InputError
        Where a field is missing or no row can be used.
    """
    for wanted in ("asset", "needs"):
        if not field_named(table.columns, wanted):
            raise InputError(
                "The table of dependencies '{table}' has no field {field}: it needs asset and needs, and may have "
                "group (rows of one group are alternatives) and backup_h.",
                table=name,
                field=wanted,
            )
    columns = {name: table.get(field_named(table.columns, name)) for name in ("asset", "needs", "group", "backup_h")}
    assets, others = ([id_text(value) for value in columns[name]] for name in ("asset", "needs"))
    hours = read_numbers(columns["backup_h"], "backup_h")
    groups: dict[tuple[str, str], _Group] = {}
    empty = own = 0
    rows = zip(assets, others, columns["group"], np.nan_to_num(hours.values, nan=0.0).tolist(), strict=True)
    for row, (asset, other, group, backup_h) in enumerate(rows):
        if not asset or not other:
            empty += 1
        elif asset == other:  # what needs itself needs nothing, and is no alternative to what it needs
            own += 1
        else:
            key = asset, f"group {id_text(group)}" if id_text(group) else f"row {row}"
            found = groups.setdefault(key, _Group())
            found.alternatives.append(other)
            found.backup_min = max(found.backup_min, 60.0 * backup_h)
    if not groups:
        raise InputError("The table of dependencies '{table}' has no row with asset and needs.", table=name)
    why = reasons(
        [
            Message("without asset or needs: {n}", n=empty) if empty else None,
            Message("assets that need themselves: {n}", n=own) if own else None,
        ]
    )
    entry = Entry(Message("Rows of DEPENDENCIES"), len(table) - empty - own, empty + own, 0, why)
    needs = [Need(asset, tuple(dict.fromkeys(g.alternatives)), g.backup_min) for (asset, _), g in groups.items()]
    return NeedsRead(needs, [*_refused(columns["backup_h"], hours), *_strangers(groups, known, name)], [entry])


def _refused(raw: Sequence[object], hours: Numbers) -> list[Message]:
    """A sentence on backups that are no numbers or no possible ones."""
    rows = np.flatnonzero(hours.refused)
    if not len(rows):
        return []
    return [
        Message(
            "{n} values of the field '{field}' are no numbers or no possible ones, such as '{value}': they count as "
            "unknown.",
            n=len(rows),
            field="backup_h",
            value=str(raw[rows[0]])[:40],
        )
    ]


def _strangers(groups: Mapping[tuple[str, str], _Group], known: Collection[str], name: str) -> list[Message]:
    """Sentences on assets that the layer does not have."""
    notes = []
    if unknown := {other for group in groups.values() for other in group.alternatives} - set(known):
        notes.append(
            Message(
                "{n} assets in the column needs of '{table}' are not in the layer, such as '{name}': water does not "
                "reach them.",
                n=len(unknown),
                table=name,
                name=min(unknown),
            )
        )
    if unknown := {asset for asset, _ in groups} - set(known):
        notes.append(
            Message(
                "{n} assets in the column asset of '{table}' are not in the layer, such as '{name}': they are in "
                "FAILURES only.",
                n=len(unknown),
                table=name,
                name=min(unknown),
            )
        )
    return notes
