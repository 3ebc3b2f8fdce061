"""What twin:comparemodels and twin:constructionprogress join: models read in workers, and core's comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ...core.bim.element_changes import ElementChange, ElementPair, compare_elements
from ...core.bim.element_relations import MATERIAL
from ...core.bim.element_states import read_state
from ...core.bim.one_worker import in_workers
from ...core.bim.schedule import Task, done_share, planned_share, require_order
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, part
from ...core.lifecycle.periods import written
from ..kernel.input_table import Entry, table_lines
from .model_states import doubts, number

Rows = list[tuple[None, dict[str, Any]]]
NAMES = {
    ElementChange.UNCHANGED: "UNCHANGED",
    ElementChange.ADDED: "ADDED",
    ElementChange.DELETED: "DELETED",
    ElementChange.GEOMETRY: "GEOMETRY",
    ElementChange.PROPERTIES: "PROPERTIES",
    ElementChange.BOTH: "BOTH",
    ElementChange.GUID: "GUID_ONLY",
}


@dataclass(frozen=True)
class ModelsResult:
    """Rows of the table, numbers, and what the log says."""

    rows: Rows
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


def compare_models(before: str, after: str, tolerance_m: float, every: bool, progress: Progress) -> ModelsResult:
    """Compare two models element by element; `every`: also a row for each element that is unchanged."""
    paths = [before, after]
    states = in_workers(read_state, paths, part(progress, 0.0, 0.9))
    pairs = compare_elements(states[0].elements, states[1].elements, tolerance_m, part(progress, 0.9, 1.0))
    counts = Counter(pair.change for pair in pairs)
    rows: Rows = [(None, _row(pair)) for pair in pairs if every or pair.change is not ElementChange.UNCHANGED]
    entries = [
        Entry(Message("Elements of {name}", name=Path(path).name), len(state.elements))
        for path, state in zip(paths, states, strict=True)
    ]
    numbers: dict[str, float] = {NAMES[change]: counts[change] for change in ElementChange}
    numbers["MATERIALS"] = sum(MATERIAL in pair.relations for pair in pairs)
    numbers["RELATIONS"] = sum(bool(set(pair.relations) - {MATERIAL}) for pair in pairs)
    return ModelsResult(rows, numbers, doubts(list(zip(paths, states, strict=True))), table_lines(entries))


def _row(pair: ElementPair) -> dict[str, Any]:
    element = pair.after or pair.before
    if element is None:
        raise AssertionError("a pair has an element")
    return {
        "guid": element.guid,
        "before_guid": pair.before.guid if pair.before is not None else "",
        "ifc_class": element.kind,
        "name": element.name,
        "storey": element.storey,
        "change": pair.change.value,
        "moved_m": number(pair.moved_m),
        "raised_m": number(pair.raised_m),
        "grown_m": number(pair.grown_m),
        "properties": _differences(pair.texts),
        "relations": _differences(pair.relations),
    }


def _differences(pairs: Mapping[str, tuple[str, str]]) -> str:
    """What differs, with the values before and after, in one line."""
    return "; ".join(f"{name}: {before or '–'} → {after or '–'}" for name, (before, after) in pairs.items())


def find_progress(model: str, built: str, at: datetime, progress: Progress) -> ModelsResult:
    """What should stand by the schedule of a model, and what stands by its records or by a model as built.

    Raises
    ------
    InputError
        Where the model has no schedule, or one with a cycle.
    """
    paths = [model, built] if built else [model]
    states = in_workers(read_state, paths, progress)
    tasks, name = states[0].tasks, Path(model).name
    if not tasks:
        raise InputError(
            "The model '{name}' has no tasks (IfcTask): export it with its work schedule from the planning program.",
            name=name,
        )
    require_order(tasks, name)
    leaves = _leaves(tasks)
    warnings = doubts(list(zip(paths, states, strict=True))) + _doubtful(leaves, name)
    standing: set[str] | None = None
    if built:
        pairs = compare_elements(states[0].elements, states[1].elements, 0.05)
        standing = {pair.before.guid for pair in pairs if pair.before is not None and pair.after is not None}
    rows: Rows = [(None, _task_row(task, at, standing)) for task in leaves]
    planned, done = planned_share(leaves, at), _done(leaves, at, standing)
    numbers = {
        "TASKS_COUNT": float(len(leaves)),
        "ELEMENTS_COUNT": float(sum(len(task.elements) for task in leaves)),
        "PLANNED_SHARE": -1.0 if planned is None else planned,
        "DONE_SHARE": -1.0 if done is None else done,
        "LATE": float(sum(row["late"] is True for _, row in rows)),
    }
    entries = [Entry(Message("Tasks"), len(leaves), 0, 0, Message("summary tasks: {n}", n=len(tasks) - len(leaves)))]
    return ModelsResult(rows, numbers, warnings, table_lines(entries))


def _leaves(tasks: Sequence[Task]) -> list[Task]:
    """Tasks that have no parts: those with parts sum these up, and would count their elements twice."""
    parents = {task.parent for task in tasks if task.parent}
    return [task for task in tasks if task.id not in parents or task.elements]


def _doubtful(tasks: Sequence[Task], name: str) -> list[Message]:
    dateless = sum(task.start is None or task.finish is None for task in tasks)
    backward = [task for task in tasks if task.start and task.finish and task.finish < task.start]
    idle = sum(not task.elements for task in tasks)
    notes, every = [], len(tasks)
    if dateless:
        notes.append(Message("{n} of {all} tasks of '{name}' have no dates.", n=dateless, all=every, name=name))
    if backward:
        notes.append(
            Message(
                "{n} tasks of '{name}' end before they begin, such as '{task}': correct their dates.",
                n=len(backward),
                name=name,
                task=backward[0].name[:60],
            )
        )
    if idle:
        notes.append(Message("{n} of {all} tasks of '{name}' build no element.", n=idle, all=every, name=name))
    if dateless or idle:
        notes.append(Message("Tasks without dates or elements do not count."))
    return notes


def _done(tasks: Sequence[Task], at: datetime, standing: set[str] | None) -> float | None:
    if standing is None:
        return done_share(tasks, at)
    elements = [guid for task in tasks for guid in task.elements]
    return sum(guid in standing for guid in elements) / len(elements) if elements else None


def _task_row(task: Task, at: datetime, standing: set[str] | None) -> dict[str, Any]:
    planned = task.planned(at)
    if standing is None:
        done = task.done(at)
    else:
        done = sum(guid in standing for guid in task.elements) / len(task.elements) if task.elements else None
    return {
        "task": task.name or task.id,
        "start": written(task.start),
        "finish": written(task.finish),
        "actual_start": written(task.actual_start),
        "actual_finish": written(task.actual_finish),
        "elements": len(task.elements),
        "planned_share": planned,
        "done_share": done,
        "late": None if planned is None or done is None else done < planned - 1e-9,
    }
