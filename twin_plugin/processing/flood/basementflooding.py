"""twin:basementflooding: how rooms below ground fill from the result of a simulation, and which barrier wins most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsWkbTypes,
)

from ...bridge.kernel import kernels
from ...core.flood.underground.barring import FULL_DAMAGE_M
from ...core.flood.underground.basement_tables import OPENINGS_FLOW, RANKING, ROOMS
from ...core.flood.underground.rooms import FILL_SHARE
from ...core.flood.underground.tables import SERIES
from ..algorithm import TwinAlgorithm, Values
from ..written_rows import write_output

if TYPE_CHECKING:
    from ...bridge.flood.analysis.basements import BasementChoices


class BasementFlooding(TwinAlgorithm):
    ID = "basementflooding"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("shapely", "numba")

    def title(self) -> str:
        return self.tr("Basement flooding")

    def help_text(self) -> str:
        return self.tr(
            "<p>Shows how garages, basements, concourses and tunnels fill, from the water levels of a flood that was"
            " simulated without them: the water in each room over time, the minutes until 0.15, 0.30 and 1.20 m, and"
            " what passes each opening.</p><p>Water passes a sill as over a weir, which the water inside drowns. The"
            " water that goes down is not taken from the street of RESULT: the log says how much of it that would be."
            " Where it is much, give the rooms to 'Simulate flood' instead, which computes street and rooms"
            " together.</p><p>RANKING bars each opening alone and says what that wins: less water, more minutes, less"
            " damage, by the metre of barrier. Sills, widths and openings that are not known are guessed, and"
            " confidence says so.</p>"
        )

    def declare(self, configuration: Values) -> None:
        kinds = QgsProcessing.SourceType
        result = QgsProcessingParameterFile("RESULT", self.tr("Flood over time"), extension="nc")
        self.add(result, self.tr("RESULT of the flood simulation (.nc)."))
        help_text = self.tr(
            "Polygons of garages, basements, concourses and tunnels, as the layer underground of a twin base: id,"
            " building_id, bottom_elev_m and top_elev_m (m), or height_m; area_m2 and volume_m3 where they are not"
            " those of the polygon."
        )
        self._source("UNDERGROUND", self.tr("Rooms below ground"), kinds.TypeVector, help_text, optional=False)
        help_text = self.tr(
            "Points at which water enters the rooms, as the layer opening of a twin base: id, kind (ramp, door, vent,"
            " metro entrance, window), sill_elev_m, width_m (m), and room_id or building_id; without these the nearest"
            " room. A room without an opening gets one that is assumed."
        )
        label = self.tr("Openings of rooms below ground")
        self._source("OPENINGS_UNDERGROUND", label, kinds.TypeVector, help_text)
        help_text = self.tr(
            "Rows with from and to (ids of rooms), sill_elev_m and width_m (m), as from a concourse down to a platform."
        )
        self._source("UNDERGROUND_LINKS", self.tr("Passages between rooms below ground"), kinds.TypeVector, help_text)
        help_text = self.tr(
            "Points or rows: opening_id, height_m above the sill or crest_elev_m (kind gate: shuts the opening),"
            " closes_at_min or closes_at_level_m (level of the water at the opening); without both closed from the"
            " start; fails_at_min."
        )
        self._source("BARRIERS", self.tr("Barriers at openings"), kinds.TypeVector, help_text)
        help_text = self.tr(
            "The buildings of the run: openings take no water from their cells. ground_floor_elev_m is used where an"
            " opening is assumed. Empty: blocks of 5 m in the ground of RESULT count as buildings."
        )
        self._source("BUILDINGS", self.tr("Buildings"), kinds.TypeVectorPolygon, help_text)
        self._declare_value()
        help_text = self.tr("Time between two rows of SERIES.")
        self.add_number("SERIES_STEP_MIN", self.tr("Step of the series (min)"), 1, help_text, 0.1)
        help_text = self.tr(
            "Share of a room's space that water can take, where it has neither volume_m3 nor fill_share; walls, columns"
            " and slabs have the rest."
        )
        label = self.tr("Space for water in rooms (share)")
        self.add_number("UNDERGROUND_FILL_SHARE", label, FILL_SHARE, help_text, 0.01, 1.0, advanced=True)
        summary = QgsProcessingParameterFile("SUMMARY", self.tr("Summary"), extension="json", optional=True)
        help_text = self.tr("Output SUMMARY of the simulation; empty: that of the run in the folder of RESULT.")
        self.add(summary, help_text, True)
        self._outputs()

    def _source(
        self, name: str, label: str, kind: QgsProcessing.SourceType, help_text: str, optional: bool = True
    ) -> None:
        self.add(QgsProcessingParameterFeatureSource(name, label, [kind], optional=optional), help_text)

    def _declare_value(self) -> None:
        number = QgsProcessingParameterField.DataType.Numeric
        field = QgsProcessingParameterField(
            "VALUE_FIELD", self.tr("Value field"), None, "UNDERGROUND", number, optional=True
        )
        self.add(field, self.tr("Field of UNDERGROUND with the value of what is in a room: RANKING then goes by it."))
        self.add_text("CURRENCY", self.tr("Currency of the value"), self.tr("Such as CNY; needed with VALUE_FIELD."))
        help_text = self.tr("Depth in a room at which its whole value is lost; the loss rises evenly up to there.")
        label = self.tr("All is lost from (m)")
        self.add_number("FULL_DAMAGE_DEPTH_M", label, FULL_DAMAGE_M, help_text, 0.01, advanced=True)

    def _outputs(self) -> None:
        kinds, sink = QgsProcessing.SourceType, QgsProcessingParameterFeatureSink
        help_text = self.tr(
            "The rooms with the water in them (m³), greatest depth and level (m), minutes until 0.15, 0.30 and 1.20 m,"
            " the opening by which water came first, confidence, and damage where there are values."
        )
        self.add(sink("ROOMS", self.tr("Water in rooms below ground"), kinds.TypeVectorPolygon), help_text)
        self.style("ROOMS", "basement_rooms")
        help_text = self.tr("Their openings: when water came in by each, greatest inflow (m³/s), and volumes (m³).")
        label = self.tr("Inflow at openings of rooms below ground")
        self.add(sink("OPENINGS_FLOW", label, kinds.TypeVectorPoint, None, True), help_text)
        self.style("OPENINGS_FLOW", "basement_openings")
        help_text = self.tr("A row for each room and step: volume (m³), depth and level (m).")
        label = self.tr("Rooms below ground over time")
        self.add(sink("SERIES", label, kinds.TypeVector, None, True), help_text)
        help_text = self.tr(
            "A row for each opening that water passes, barred alone: water kept out (m³), minutes won, damage avoided,"
            " and each per metre of barrier; the best first."
        )
        self.add(sink("RANKING", self.tr("Barriers ranked"), kinds.TypeVector, None, True), help_text)
        self.number_outputs(
            ROOMS_FLOODED=self.tr("Rooms with 0.05 m of water or more"),
            ROOMS_UNKNOWN=self.tr("Rooms of which nothing is known"),
            VOLUME_M3=self.tr("Water in rooms at the end (m³)"),
            DAMAGE=self.tr("Damage in rooms, in the currency of the value"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Fill the rooms from the levels of the result (bridge/flood/analysis/basements), and write what became."""
        progress = self.progress(feedback)
        kernels.ready("flood", progress)
        from ...bridge.flood.analysis.basements import assess_basements
        from ...bridge.flood.setup.parameters import Parameters

        read = Parameters(self, parameters, context, feedback)
        found = assess_basements(read, self._choices(parameters, context), progress)
        self.push_warnings(found.warnings, feedback)
        run, kinds = (parameters, context, feedback), QgsWkbTypes.Type
        places: Values = {}
        for name, table, rows, kind in (
            ("ROOMS", ROOMS, found.rooms, kinds.MultiPolygon),
            ("OPENINGS_FLOW", OPENINGS_FLOW, found.openings, kinds.Point),
            ("SERIES", SERIES, found.series, kinds.NoGeometry),
            ("RANKING", RANKING, found.ranking, kinds.NoGeometry),
        ):
            crs = None if kind == kinds.NoGeometry else found.crs
            places |= write_output(self, name, *run, table.columns, rows, kind, crs)
        self.push_lines(found.table, feedback)
        return {**places, **found.numbers}

    def _choices(self, parameters: Values, context: QgsProcessingContext) -> BasementChoices:
        """What the user decides."""
        from ...bridge.flood.analysis.basements import BasementChoices

        step_min, full_m = (
            self.parameterAsDouble(parameters, name, context) for name in ("SERIES_STEP_MIN", "FULL_DAMAGE_DEPTH_M")
        )
        field, currency = (self.parameterAsString(parameters, name, context) for name in ("VALUE_FIELD", "CURRENCY"))
        return BasementChoices(step_min, field, currency.strip(), full_m, bool(parameters.get("RANKING")))
