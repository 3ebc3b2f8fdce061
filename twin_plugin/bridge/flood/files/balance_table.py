"""BALANCE: the water account of a run at each output step, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ....core.common.tables import Column
from ....core.flood.ledger import STORED
from ....core.flood.processes import PROCESSES
from ...kernel.flood_run import RUN_FIELD

if TYPE_CHECKING:
    from ....core.flood.result import Frame

TIME = "time_min"


class BalanceTable:
    """Collects the account of each frame of a run.

    Parameters
    ----------
    run : str
        Id of the run.
    """

    def __init__(self, run: str) -> None:
        self._run = run
        self._accounts: list[dict[str, float]] = []

    def add(self, frame: Frame) -> None:
        """Note the account of a frame."""
        self._accounts.append({TIME: frame.time_s / 60.0, **frame.account_m3})

    def columns(self) -> tuple[Column, ...]:
        """The time, every volume from the start to it (m³), and the run."""
        meanings = {item.name: item.meaning for kind in PROCESSES for item in kind.FIELDS} | {
            TIME: "minutes from the start of the run",
            "initial_m3": "water at the start",
            "stored_m3": "water on the terrain at that time",
            "error_m3": "water created (or lost) by the computation",
        }
        names = list(self._accounts[-1]) if self._accounts else []
        result, whole = [], ""
        for name in names:
            whole = name if name in meanings else whole
            meaning = meanings[whole] if name == whole else f"the part {_part(name, whole)} of {whole}"
            if name not in meanings and name.endswith(STORED):
                meaning = f"water held by {name.removesuffix(STORED)}"
            result.append(Column(name, "real", meaning))
        return (*result, Column(RUN_FIELD, "text", "id of the run"))

    def series(self, name: str) -> tuple[list[float], list[float]]:
        """The times in minutes, and a volume of the account at them, m³; 0 where the run has none."""
        return [a[TIME] for a in self._accounts], [a.get(name, 0.0) for a in self._accounts]

    def rows(self) -> Iterator[tuple[None, dict[str, Any]]]:
        """(no geometry, values by column) of each frame."""
        for account in self._accounts:
            yield None, {**account, RUN_FIELD: self._run}


def _part(name: str, whole: str) -> str:
    """The edge or inflow that a column is of: 'north' of boundary_out_north_m3."""
    return name.removesuffix("_m3").removeprefix(f"{whole.removesuffix('_m3')}_")
