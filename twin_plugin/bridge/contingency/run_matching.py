"""Which RESULT belongs to which layer of buildings: by the ids of their flood runs, else by their order."""

from __future__ import annotations

from collections.abc import Sequence

from ...core.common.errors import InputError
from ...core.common.messages import Message

Named = Sequence[tuple[str, str]]
"""Names and ids of runs, "" where unknown."""


def match_runs(layers: Named, results: Named) -> tuple[list[int], list[Message]]:
    """The number of the result of each layer, and what was noticed.

    Raises
    ------
    InputError
        When a result is missing, or is of another run than its layer.
    """
    by_run = {run: number for number, (_, run) in enumerate(results) if run}
    missing = next(((name, run) for name, run in layers if run and run not in by_run), None)
    all_known = all(run for _, run in [*layers, *results])
    if missing is not None and (all_known or len(results) < len(layers)):
        raise InputError(
            "No result in RESULTS is of the flood run of '{layer}' ({run}): add the RESULT (.nc) of that run.",
            layer=missing[0],
            run=missing[1],
        )
    if all_known:
        order = [by_run[run] for _, run in layers]
        return order, _notes(layers, results, order)
    if len(results) != len(layers):
        raise InputError(
            "There are {layers} layers in BUILDING_RISK and {results} results in RESULTS: give the result of each "
            "layer, in their order.",
            layers=len(layers),
            results=len(results),
        )
    for (layer, run), (result, other) in zip(layers, results, strict=True):
        if run and other and run != other:
            raise InputError(
                "'{layer}' is of the flood run {run}, and the result '{result}' in its place of {other}: give RESULTS "
                "in the order of BUILDING_RISK.",
                layer=layer,
                run=run,
                result=result,
                other=other,
            )
    unknown = [name for name, run in [*layers, *results] if not run]
    note = Message(
        "{n} inputs do not say of which flood run they are, such as '{name}': RESULTS were taken in the order of "
        "BUILDING_RISK.",
        n=len(unknown),
        name=unknown[0],
    )
    return list(range(len(layers))), [note]


def _notes(layers: Named, results: Named, order: list[int]) -> list[Message]:
    notes = []
    if order != list(range(len(order))):
        notes.append(Message("RESULTS were put into the order of BUILDING_RISK by the ids of their flood runs."))
    for name, _ in (results[number] for number in range(len(results)) if number not in order):
        notes.append(Message("The result '{name}' is of none of the levels and is left out.", name=name))
    same = {run for _, run in layers if sum(run == other for _, other in layers) > 1}
    if same:
        notes.append(Message("Several levels have the same flood run {run}: their plans are the same.", run=min(same)))
    return notes
