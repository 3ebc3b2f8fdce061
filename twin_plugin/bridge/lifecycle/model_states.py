"""What is missing of models that are read element by element."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from ...core.bim.element_states import ModelState
from ...core.common.messages import Message


def doubts(states: Sequence[tuple[str, ModelState]]) -> list[Message]:
    """A sentence for each model that was read in part, or holds nothing."""
    notes = []
    for path, state in states:
        name = Path(path).name
        if state.shapeless:
            notes.append(
                Message(
                    "{n} of {all} elements of '{name}' have a shape that no kernel reads: they are compared by their "
                    "attributes.",
                    n=state.shapeless,
                    all=len(state.elements),
                    name=name,
                )
            )
        if not state.complete:
            notes.append(Message("'{name}' was read in part: what is missing counts as deleted.", name=name))
        if not state.elements:
            notes.append(Message("'{name}' holds no elements.", name=name))
    return notes


def number(value: float | None) -> float | None:
    """A number for a table; None for NaN."""
    return None if value is None or math.isnan(value) else value
