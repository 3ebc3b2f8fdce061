"""The rain, and how long the run goes on."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource, QgsProcessingParameterMultipleLayers
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.rain.gauge_rain import GaugeMethod
from ....core.flood.rain.rain_units import UNITS
from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    tables = [QgsProcessing.SourceType.TypeVector]
    help_text = translate(
        "SimulateFlood", "Rows with time_min (end of the step) and depth_mm (its rain), as from 'Design storm'."
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource("RAIN", translate("SimulateFlood", "Rain"), tables, optional=True),
        help_text,
    )
    help_text = translate(
        "SimulateFlood", "Instead of RAIN: the total depth, evenly over DURATION_MIN (60 min when empty)."
    )
    algorithm.add_number("RAIN_MM", translate("SimulateFlood", "Even rain (mm)"), None, help_text)
    _declare_gauges(algorithm)
    _declare_rasters(algorithm)
    _declare_movement(algorithm)
    help_text = translate("SimulateFlood", "Simulated time; empty: 60 min longer than the rain.")
    algorithm.add_number("DURATION_MIN", translate("SimulateFlood", "Duration (min)"), None, help_text)


def _declare_gauges(algorithm: TwinAlgorithm) -> None:
    """Add rain of several gauges."""
    kinds = QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood",
        "Instead of RAIN: points with a field gauge, whose rain stands in GAUGE_RAIN; or rain of 'Fetch observations'.",
    )
    label = translate("SimulateFlood", "Rain gauges")
    points = QgsProcessingParameterFeatureSource("GAUGES", label, [kinds.TypeVectorPoint], optional=True)
    algorithm.add(points, help_text)
    help_text = translate(
        "SimulateFlood",
        "Rows with gauge, time_min or time (end of the step, minutes or a date) and depth_mm or intensity_mm_h. Where "
        "a gauge has no row, the gauges around it take over.",
    )
    label = translate("SimulateFlood", "Rain of the gauges")
    table = QgsProcessingParameterFeatureSource("GAUGE_RAIN", label, [kinds.TypeVector], optional=True)
    algorithm.add(table, help_text)
    help_text = translate(
        "SimulateFlood", "thiessen: each cell has the rain of the nearest gauge; idw: of all, by 1 / distance²."
    )
    methods = tuple(method.value for method in GaugeMethod)
    label = translate("SimulateFlood", "Rain between the gauges")
    algorithm.add_choice("GAUGE_METHOD", label, methods, GaugeMethod.THIESSEN.value, help_text, advanced=True)


def _declare_rasters(algorithm: TwinAlgorithm) -> None:
    """Add rain of a series of rasters."""
    help_text = translate(
        "SimulateFlood",
        "Instead of RAIN: rasters of radar or forecast, one for each step with its time in its name, or one with "
        "a band for each step, as NetCDF; in any CRS.",
    )
    label = translate("SimulateFlood", "Rain rasters")
    kind = QgsProcessing.SourceType.TypeRaster
    algorithm.add(QgsProcessingParameterMultipleLayers("RAIN_RASTERS", label, kind, None, True), help_text)
    help_text = translate("SimulateFlood", "Length of the time that a raster stands for; empty: as their times say.")
    label = translate("SimulateFlood", "Step of the rain rasters (min)")
    algorithm.add_number("RAIN_RASTER_STEP_MIN", label, None, help_text, advanced=True)
    help_text = translate("SimulateFlood", "Whether the time of a raster is the end of its step, or its start.")
    label = translate("SimulateFlood", "Time of a rain raster")
    algorithm.add_choice("RAIN_RASTER_TIME", label, ("end", "start"), "end", help_text, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "mm and other depths are those of a step, mm/h and others with a time intensities; empty: as the rasters say.",
    )
    units = tuple(unit.name for unit in UNITS)
    label = translate("SimulateFlood", "Unit of the rain rasters")
    algorithm.add_choice("RAIN_UNIT", label, units, None, help_text, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "Moment at which the run starts, as 2026-06-01T08:00+08:00, for rain with dates; empty: with the first step.",
    )
    algorithm.add_text("RAIN_START", translate("SimulateFlood", "Start of the run"), help_text, advanced=True)


def _declare_movement(algorithm: TwinAlgorithm) -> None:
    """Add the way of a storm that moves."""
    help_text = translate(
        "SimulateFlood",
        "Where the storm of RAIN moves to, clockwise from north: 90 is east. Each cell has its rain later by the way.",
    )
    label = translate("SimulateFlood", "Storm moves towards (°)")
    algorithm.add_number("STORM_DIRECTION", label, None, help_text, -360, 360, advanced=True)
    help_text = translate("SimulateFlood", "Speed of a storm that moves; empty: it rains everywhere at once.")
    label = translate("SimulateFlood", "Speed of the storm (m/s)")
    algorithm.add_number("STORM_SPEED", label, None, help_text, 0.01, advanced=True)
