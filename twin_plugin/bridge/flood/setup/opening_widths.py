"""A doubt about the widths of doors and openings, which decide how much water comes in."""

from __future__ import annotations

from collections.abc import Sequence

from ....core.common.messages import Message
from ....core.flood.underground.rooms import RoomOpening

WIDEST_M = 20.0
"""Few gates are wider: a width above has perhaps another unit."""


def wide_note(openings: Sequence[RoomOpening], parameter: str) -> Message | None:
    """A sentence where an opening of a parameter's layer is wider than gates are; None where none is."""
    wide = [opening for opening in openings if opening.width_m > WIDEST_M]
    if not wide:
        return None
    widest = max(wide, key=lambda opening: opening.width_m)
    return Message(
        "{n} openings of {parameter} are wider than {least:g} m, '{name}' {width:g} m: make sure that width_m is in "
        "metres, not in cm or mm.",
        n=len(wide),
        parameter=parameter,
        least=WIDEST_M,
        name=widest.id,
        width=widest.width_m,
    )
