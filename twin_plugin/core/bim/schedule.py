"""The schedule of a model: tasks with their times and the elements that they build, and what should stand when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..common.errors import InputError
from .attributes import text_of
from .entities import Entity, parts, value


@dataclass(frozen=True)
class Task:
    """A task of a work schedule.

    Attributes
    ----------
    id : str
        Its GlobalId.
    start, finish : datetime or None
        Scheduled; without a zone in the file, they are taken as UTC.
    actual_start, actual_finish : datetime or None
    completion : float or None
        Share that is done, as recorded, 0 to 1.
    elements : tuple of str
        GlobalIds of what it builds.
    after : tuple of str
        Tasks that come before it.
    parent : str
        Task that it is a part of, "" for none.
    """

    id: str
    name: str
    start: datetime | None
    finish: datetime | None
    actual_start: datetime | None
    actual_finish: datetime | None
    completion: float | None
    elements: tuple[str, ...]
    after: tuple[str, ...]
    parent: str = ""

    def planned(self, at: datetime) -> float | None:
        """The share of the task that should be done at a time, even over its duration; None without dates."""
        if self.start is None or self.finish is None:
            return None
        if at >= self.finish:
            return 1.0
        if at <= self.start:
            return 0.0
        return (at - self.start) / (self.finish - self.start)

    def done(self, at: datetime) -> float | None:
        """The share that is on record at a time: 1 when finished, 0 before its start, else COMPLETION; None unknown."""
        if self.actual_finish is not None and at >= self.actual_finish:
            return 1.0
        if self.actual_start is not None and at < self.actual_start:
            return 0.0
        return self.completion


def read_tasks(model: Any) -> Iterator[Task]:
    """The tasks of all schedules of a model."""
    made, first, above = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list), dict[str, str]()
    for relation in _of(model, "IfcRelAssignsToProduct"):
        product = text_of(value(value(relation, "RelatingProduct"), "GlobalId"))
        for task in parts(relation, "RelatedObjects"):
            made[text_of(value(task, "GlobalId"))].append(product)
    for relation in _of(model, "IfcRelAssignsToProcess"):
        task = text_of(value(value(relation, "RelatingProcess"), "GlobalId"))
        made[task] += [text_of(value(item, "GlobalId")) for item in parts(relation, "RelatedObjects")]
    for relation in _of(model, "IfcRelSequence"):
        before, then = (value(relation, name) for name in ("RelatingProcess", "RelatedProcess"))
        first[text_of(value(then, "GlobalId"))].append(text_of(value(before, "GlobalId")))
    for relation in _of(model, "IfcRelNests"):
        parent = value(relation, "RelatingObject")
        if parent is not None and parent.is_a("IfcTask"):
            for child in parts(relation, "RelatedObjects"):
                above[text_of(value(child, "GlobalId"))] = text_of(value(parent, "GlobalId"))
    for task in _of(model, "IfcTask"):
        identity, time = text_of(value(task, "GlobalId")), value(task, "TaskTime")
        start, finish, actual_start, actual_finish = (
            _time(value(time, name)) if time is not None else None
            for name in ("ScheduleStart", "ScheduleFinish", "ActualStart", "ActualFinish")
        )
        share = value(time, "Completion") if time is not None else None
        completion = min(max(float(share), 0.0), 1.0) if isinstance(share, int | float) else None
        elements = tuple(dict.fromkeys(made[identity]))
        yield Task(
            identity,
            text_of(value(task, "Name")),
            start,
            finish,
            actual_start,
            actual_finish,
            completion,
            elements,
            tuple(first[identity]),
            above.get(identity, ""),
        )


def _of(model: Any, name: str) -> Sequence[Entity]:
    try:
        return list(model.by_type(name))
    except RuntimeError:  # a schema without the class
        return []


def _time(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def require_order(tasks: Sequence[Task], model: str) -> None:
    """Check that no task waits for itself, by way of others.

    Raises
    ------
    InputError
        Naming the tasks of the cycle.
    """
    known = {task.id: task for task in tasks}
    state: dict[str, int] = {}
    for root in known:
        path, stack = list[str](), [(root, False)]
        while stack:
            identity, leave = stack.pop()
            if leave:
                state[identity] = 2
                path.pop()
                continue
            if state.get(identity) == 2:
                continue
            if state.get(identity) == 1:
                cycle = [*path[path.index(identity) :], identity]
                names = " → ".join(known[task].name[:30] or task for task in reversed(cycle))
                raise InputError(
                    "The schedule of '{model}' has a cycle: {tasks}. Take one of these sequences out.",
                    model=model,
                    tasks=names,
                )
            state[identity] = 1
            path.append(identity)
            stack.append((identity, True))
            stack += [(before, False) for before in known[identity].after if before in known]


def planned_share(tasks: Sequence[Task], at: datetime) -> float | None:
    """The share of elements that should stand at a time, each element by its tasks; None where no task builds one."""
    return _share([(task.planned(at), len(task.elements)) for task in tasks])


def done_share(tasks: Sequence[Task], at: datetime) -> float | None:
    """The share of elements that is on record as built at a time; tasks without a record count as not begun."""
    known = [(task.done(at), len(task.elements)) for task in tasks]
    if all(share is None for share, _ in known):
        return None
    return _share([(share or 0.0, number) for share, number in known])


def _share(tasks: Sequence[tuple[float | None, int]]) -> float | None:
    counted = [(share, number) for share, number in tasks if share is not None and number]
    total = sum(number for _, number in counted)
    return sum(share * number for share, number in counted) / total if total else None
