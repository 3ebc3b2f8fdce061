"""Rooms below ground that take water: garages, basements, concourses and tunnels."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.underground.rooms import FILL_SHARE
from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    kinds = QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood",
        "Polygons of garages, basements, concourses and tunnels, as the layer underground of a twin base: id,"
        " building_id, bottom_elev_m and top_elev_m (m), or height_m; area_m2 and volume_m3 where they are not those of"
        " the polygon.",
    )
    _source(algorithm, "UNDERGROUND", translate("SimulateFlood", "Rooms below ground"), kinds.TypeVector, help_text)
    help_text = translate(
        "SimulateFlood",
        "Points at which water enters the rooms, as the layer opening of a twin base: id, kind (ramp, door, vent, metro"
        " entrance, window), sill_elev_m, width_m (m), and room_id or building_id; without these the nearest room.",
    )
    label = translate("SimulateFlood", "Openings of rooms below ground")
    _source(algorithm, "OPENINGS_UNDERGROUND", label, kinds.TypeVector, help_text)
    help_text = translate(
        "SimulateFlood",
        "Rows with from and to (ids of rooms), sill_elev_m and width_m (m), as from a concourse down to a platform.",
    )
    label = translate("SimulateFlood", "Passages between rooms below ground")
    _source(algorithm, "UNDERGROUND_LINKS", label, kinds.TypeVector, help_text, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "Points or rows: opening_id, height_m above the sill or crest_elev_m (kind gate: shuts the opening),"
        " closes_at_min or closes_at_level_m (level of the water at the opening); without both closed from the start;"
        " fails_at_min.",
    )
    label = translate("SimulateFlood", "Barriers at openings")
    _source(algorithm, "BARRIERS", label, kinds.TypeVector, help_text, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "Share of a room's space that water can take, where it has neither volume_m3 nor fill_share; walls, columns and"
        " slabs have the rest.",
    )
    label = translate("SimulateFlood", "Space for water in rooms (share)")
    algorithm.add_number("UNDERGROUND_FILL_SHARE", label, FILL_SHARE, help_text, 0.01, 1.0, advanced=True)


def _source(
    algorithm: TwinAlgorithm,
    name: str,
    label: str,
    kind: QgsProcessing.SourceType,
    help_text: str,
    advanced: bool = False,
) -> None:
    algorithm.add(QgsProcessingParameterFeatureSource(name, label, [kind], optional=True), help_text, advanced)
