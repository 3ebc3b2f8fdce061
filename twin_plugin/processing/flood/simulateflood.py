"""twin:simulateflood: a storm, an inflow or a sea level over a terrain, as depths, levels, speeds, hazard and times."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsWkbTypes,
)

from ...bridge.flood import outputs
from ...bridge.flood.files.balance_table import BalanceTable
from ...bridge.flood.setup import reading
from ...bridge.kernel import kernels
from ...bridge.kernel.columns import make_fields
from ...bridge.kernel.vectors import write_rows
from ...core.common.progress import part
from ...core.flood.constants import AUTO, INERTIAL, SHOCK_CAPTURING
from ...core.flood.processes.boundaries import SIDES, BoundaryKind
from ...core.flood.setup import MIN_OUTPUT_STEP_S, MIN_WET_DEPTH_M
from ..algorithm import TwinAlgorithm, Values

KINDS = tuple(kind.value for kind in BoundaryKind)
STYLES = {
    "DEPTH_MAX": "flood_depth",
    "LEVEL_MAX": "flood_level",
    "VELOCITY_MAX": "flood_velocity",
    "HAZARD": "flood_hazard",
    "ARRIVAL": "flood_arrival",
    "DURATION_WET": "flood_duration",
    "FROUDE_MAX": "flood_froude",
    "LIMITED": "flood_limited",
    "GOVERNING": "flood_governing",
}
SCHEMES = (AUTO, INERTIAL, SHOCK_CAPTURING)
FILES = ("RESULT", "SUMMARY")


class SimulateFlood(TwinAlgorithm):
    ID = "simulateflood"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("numba", "shapely")

    def title(self) -> str:
        return self.tr("Simulate flood")

    def help_text(self) -> str:
        return self.tr(
            "<p>Simulates the flow of rain, inflows and fixed water levels over a terrain with buildings. The results"
            " are the maximum depth, level, velocity and hazard (AIDR H1 to H6) of each cell, the arrival time of the"
            " water and the time under water.</p><p>SCHEME chooses between the local inertial scheme, which is quick,"
            " and the shock-capturing one, which is right also where flow is supercritical: on steep streets and in dam"
            " breaks. The water balance is exact to rounding: see MASS_ERROR. SUMMARY names the scheme, the reason and "
            "the share of supercritical cells.</p>"
        )

    def declare(self, configuration: Values) -> None:
        source, vector = QgsProcessingParameterFeatureSource, QgsProcessing.SourceType
        dtm = QgsProcessingParameterRasterLayer("DTM", self.tr("Terrain"))
        text = self.tr(
            "Ground levels in metres, in a projected CRS. Holes inside the data act as walls; the edges of the area "
            "are at its outermost cells with data."
        )
        self.add(dtm, text)
        extent = QgsProcessingParameterExtent("EXTENT", self.tr("Extent"), optional=True)
        self.add(extent, self.tr("The area to simulate; empty: all of the terrain."))
        self.add_number("CELL_SIZE", self.tr("Cell size (m)"), None, self.tr("Empty: the terrain's own."), 0.01)
        help_text = self.tr("Footprints that block the water: any polygon layer, in any CRS.")
        self.add(source("BUILDINGS", self.tr("Buildings"), [vector.TypeVectorPolygon], optional=True), help_text)
        help_text = self.tr("raise: blocks 5 m high, whose rain runs off; wall: cut out, their rain falls beside them.")
        self.add_choice("BUILDINGS_AS", self.tr("Buildings as"), ("raise", "wall"), "raise", help_text)
        help_text = self.tr("Rows with time_min (end of the step) and depth_mm (its rain), as from 'Design storm'.")
        self.add(source("RAIN", self.tr("Rain"), [vector.TypeVector], optional=True), help_text)
        help_text = self.tr("Instead of RAIN: the total depth, evenly over DURATION_MIN (60 min when empty).")
        self.add_number("RAIN_MM", self.tr("Even rain (mm)"), None, help_text)
        help_text = self.tr("Simulated time; empty: 60 min longer than the rain.")
        self.add_number("DURATION_MIN", self.tr("Duration (min)"), None, help_text)
        help_text = self.tr("Manning's n where ROUGHNESS_RASTER has none: 0.02 asphalt, 0.03 mixed, 0.06 grass.")
        self.add_number("ROUGHNESS", self.tr("Roughness n (s/m^1/3)"), 0.03, help_text)
        raster = QgsProcessingParameterRasterLayer("ROUGHNESS_RASTER", self.tr("Roughness raster"), optional=True)
        self.add(raster, self.tr("Manning's n of each cell, in any CRS."))
        help_text = self.tr("Rate at which the ground takes up water while it is wet; buildings take up none.")
        self.add_number("INFILTRATION_MM_H", self.tr("Infiltration (mm/h)"), 0, help_text)
        help_text = self.tr("Rate at which drains remove water everywhere while it is wet; buildings have no drains.")
        self.add_number("DRAIN_CAPACITY_MM_H", self.tr("Drain capacity (mm/h)"), 0, help_text)
        help_text = self.tr("Polygons into which water flows; the field flow_m3s has the constant discharge in m³/s.")
        self.add(source("INFLOWS", self.tr("Inflows"), [vector.TypeVectorPolygon], optional=True), help_text)
        names = (self.tr("north"), self.tr("east"), self.tr("south"), self.tr("west"))
        edge_help = self.tr("closed: a wall; open: water leaves; level: a water body at a fixed level.")
        level_help = self.tr("For level: metres above the terrain's datum.")
        for side, name in zip(SIDES, names, strict=True):
            label = self.tr("Edge in the {side}").format(side=name)
            self.add_choice(f"BOUNDARY_{side.upper()}", label, KINDS, "open", edge_help)
            label = self.tr("Level in the {side} (m)").format(side=name)
            self.add_number(f"LEVEL_{side.upper()}_M", label, None, level_help)
        help_text = self.tr("Time between the frames of RESULT.")
        self.add_number("OUTPUT_STEP_MIN", self.tr("Output step (min)"), 5, help_text, MIN_OUTPUT_STEP_S / 60.0)
        help_text = self.tr("Depth from which a cell counts as wet.")
        self.add_number("WET_DEPTH_M", self.tr("Wet from (m)"), 0.05, help_text, MIN_WET_DEPTH_M)
        self._numerics()
        self._outputs()

    def _numerics(self) -> None:
        help_text = self.tr("Processor cores to use; 0: as many as the grid's size and the computer's load allow.")
        self.add_number("THREADS", self.tr("Threads"), 0, help_text, 0, whole=True)
        help_text = self.tr(
            "inertial: quick, right where flow is slow; shockcapturing: right also on steep streets and where dams"
            " break, two to three times slower; auto: shockcapturing where a first look with wide cells finds more"
            " than 5 % of the wet cells supercritical, over the run or as an extent at one moment."
        )
        self.add_choice("SCHEME", self.tr("Scheme"), SCHEMES, AUTO, help_text, advanced=True)

    def _outputs(self) -> None:
        self._raster("DEPTH_MAX", self.tr("Maximum depth"), self.tr("Metres; 0 where dry."))
        self._raster("LEVEL_MAX", self.tr("Maximum water level"), self.tr("Metres above the datum; no data where dry."))
        self._raster("VELOCITY_MAX", self.tr("Maximum velocity"), self.tr("m/s; 0 where dry."))
        self._raster("HAZARD", self.tr("Hazard"), self.tr("AIDR class 1 to 6; 0 where dry."))
        self._raster("ARRIVAL", self.tr("Arrival time"), self.tr("Minutes from the start; no data where dry."))
        self._raster("DURATION_WET", self.tr("Time under water"), self.tr("Minutes at or above WET_DEPTH_M."))
        help_text = self.tr("Largest Froude number while the cell was wet; above 1 the flow was supercritical.")
        self._raster("FROUDE_MAX", self.tr("Maximum Froude number"), help_text, False)
        help_text = self.tr("Share of the time in which all of the cell's water left it or ran at the Froude cap.")
        self._raster("LIMITED", self.tr("Time at a limit"), help_text, False)
        help_text = self.tr("Number of time steps whose length this cell decided.")
        self._raster("GOVERNING", self.tr("Time steps decided"), help_text, False)
        help_text = self.tr("Depth, level, velocity and hazard over time, a mesh that QGIS animates.")
        self._file("RESULT", self.tr("Flood over time"), "NetCDF (*.nc)", help_text)
        self.style("RESULT", "flood_result")
        help_text = self.tr("Settings, water balance (m³), maximum values and speed of the run, one key for each.")
        self._file("SUMMARY", self.tr("Summary"), "JSON (*.json)", help_text)
        help_text = self.tr(
            "A row for each output step: rain, inflows, losses, and what passed each edge since the start (m³), what is"
            " stored, and the error."
        )
        table = QgsProcessing.SourceType.TypeVector
        balance = QgsProcessingParameterFeatureSink("BALANCE", self.tr("Water balance"), table, None, True, False)
        self.add(balance, help_text)
        self.number_outputs(
            MASS_ERROR=self.tr("Mass error, as a share of all water"),
            WET_AREA_M2=self.tr("Area that was ever wet (m²)"),
            PEAK_VOLUME_M3=self.tr("Most water at one time (m³)"),
        )

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the layers into a setup, run the solver with RESULT written frame by frame, and write the maxima."""
        read = reading.read_setup(self, parameters, context, feedback)
        setup = read.setup
        kernels.ready("flood", self.progress(feedback))
        from ...core.flood.solver import simulate

        rasters = {n: self.parameterAsOutputLayer(parameters, n, context) for n in STYLES if parameters.get(n)}
        files = {n: self.parameterAsFileOutput(parameters, n, context) for n in FILES if parameters.get(n)}
        with outputs.FrameWriter(files.get("RESULT", ""), setup) as writer:
            result = simulate(setup, part(self.progress(feedback), 0.02, 0.95), writer)
        outputs.write(result, rasters, files, writer.run_id)
        tables = self._balance(parameters, context, feedback, writer.balance)
        summary = result.summary
        self.push_warnings(outputs.warnings(summary, writer.block), feedback)
        self.push_lines([outputs.scheme_note(summary)], feedback)
        text = self.tr("{steps} steps in {seconds} s, {speed} million cell updates a second; mass error {error}.")
        speed, error = f"{summary.updates_per_s / 1e6:.0f}", f"{summary.mass_error:.1e}"
        feedback.pushInfo(text.format(steps=summary.steps, seconds=f"{summary.wall_s:.1f}", speed=speed, error=error))
        self.push_lines(read.table, feedback)
        numbers = {"MASS_ERROR": summary.mass_error, "WET_AREA_M2": summary.wet_area_m2}
        return {**rasters, **files, **tables, **numbers, "PEAK_VOLUME_M3": summary.peak_volume_m3}

    def _balance(
        self,
        parameters: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        balance: BalanceTable,
    ) -> Values:
        """Write the water account of the output steps, where it is wanted."""
        if not parameters.get("BALANCE"):
            return {}
        fields, none = make_fields(balance.columns()), QgsWkbTypes.Type.NoGeometry
        sink, place = self.parameterAsSink(parameters, "BALANCE", context, fields, none, QgsCoordinateReferenceSystem())
        write_rows(sink, fields, balance.rows(), feedback)
        return {"BALANCE": place}

    def _raster(self, name: str, label: str, help_text: str, usual: bool = True) -> None:
        self.add(QgsProcessingParameterRasterDestination(name, label, None, True, usual), help_text)
        self.style(name, STYLES[name])

    def _file(self, name: str, label: str, kinds: str, help_text: str) -> None:
        self.add(QgsProcessingParameterFileDestination(name, label, kinds, None, True, True), help_text)
