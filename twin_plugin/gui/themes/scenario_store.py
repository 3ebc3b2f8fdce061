"""What a person keeps of scenarios: favourites in the profile, runs in the project."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from qgis.core import QgsSettings

from ..common import settings, state

STARS = f"{settings.PREFIX}/scenarios/favourites"
RUNS = "scenarios/runs"
MOST_STARS, MOST_RUNS = 500, 50


def stars() -> tuple[str, ...]:
    """Ids of the favourite scenarios, the newest first."""
    try:
        kept = json.loads(str(QgsSettings().value(STARS, "[]") or "[]"))
    except ValueError:
        return ()
    return tuple(str(item) for item in kept) if isinstance(kept, list) else ()


def set_star(scenario_id: str, wanted: bool) -> None:
    """Make a scenario a favourite, or no longer."""
    kept = [item for item in stars() if item != scenario_id]
    QgsSettings().setValue(STARS, json.dumps(([scenario_id, *kept] if wanted else kept)[:MOST_STARS]))


@dataclass(frozen=True)
class ScenarioRun:
    """A run of a scenario: when it began (ISO 8601, UTC), how it ended, and the folder of its results."""

    scenario_id: str
    name: str
    time: str
    state: str
    folder: str
    checks: int = 0
    failed: int = 0


def runs() -> list[ScenarioRun]:
    """The runs that the project remembers, the newest first."""
    kept = state.recall(RUNS, [])
    names = {field.name for field in fields(ScenarioRun)}
    found = [_run(item, names) for item in kept] if isinstance(kept, list) else []
    return [run for run in found if run is not None]


def add_run(run: ScenarioRun) -> None:
    """Remember a run in the project."""
    state.remember(RUNS, [asdict(one) for one in [run, *runs()]][:MOST_RUNS])


def _run(item: Any, names: set[str]) -> ScenarioRun | None:
    try:
        return ScenarioRun(**{name: value for name, value in item.items() if name in names})
    except (TypeError, AttributeError):
        return None
