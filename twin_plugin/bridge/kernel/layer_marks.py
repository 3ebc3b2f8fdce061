"""Marks on layers of a project: of which output and of which run each is, so that the docks find them again."""

from __future__ import annotations

from datetime import UTC, datetime

from qgis.core import QgsMapLayer

OUTPUT = "city_twin/output"
"""Property: an output such as 'loadbim/BUILDINGS'."""
RUN = "city_twin/run"
"""Property: when the run's outputs came into the project, ISO 8601 UTC; layers of one run have the same."""

BUILDINGS = "city_twin/buildings"
"""Property of an assessment: the id of the layer of buildings that it is of."""

PLAN_FIELD = "plan_id"
"""Field of the layers and tables of a contingency plan."""


def new_run() -> str:
    """The mark of outputs that come into a project now; later ones sort after earlier ones."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def mark(layer: QgsMapLayer, output: str, run: str) -> None:
    """Say on a layer of which output and of which run it is."""
    layer.setCustomProperty(OUTPUT, output)
    layer.setCustomProperty(RUN, run)
