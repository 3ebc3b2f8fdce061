"""Drains: a network from a SWMM input or from layers, or a capacity by area."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterCrs,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
)
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.drains.inp_copy import NetworkRain
from ....core.flood.drains.placement import OtherNodes, Outfalls
from ...algorithm import TwinAlgorithm

ZONES = ("west", "central", "east", "shenshan")
translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    declare_rate(algorithm)
    declare_capacity(algorithm)
    declare_file(algorithm)
    declare_layers(algorithm)
    declare_meeting(algorithm)
    declare_coupling(algorithm)


def declare_rate(algorithm: TwinAlgorithm) -> None:
    """The even rate, which the export to LISFLOOD-FP has too."""
    help_text = translate(
        "SimulateFlood", "Rate at which drains remove water everywhere while it is wet; buildings have no drains."
    )
    algorithm.add_number("DRAIN_CAPACITY_MM_H", translate("SimulateFlood", "Drain capacity (mm/h)"), 0, help_text)


def declare_capacity(algorithm: TwinAlgorithm) -> None:
    """Drains without a network: a return period, or areas."""
    help_text = translate(
        "SimulateFlood",
        "Instead of DRAIN_CAPACITY_MM_H: the return period (years) that the drains were designed for. They take the"
        " runoff of that storm: DRAIN_RUNOFF_SHARE times its intensity over DRAIN_CONCENTRATION_MIN.",
    )
    label = translate("SimulateFlood", "Return period of the drains (years)")
    algorithm.add_number("DRAIN_RETURN_PERIOD", label, None, help_text, 0)
    help_text = translate("SimulateFlood", "Zone of the design storms of Shenzhen (2024) for DRAIN_RETURN_PERIOD.")
    label = translate("SimulateFlood", "Zone of the drains' storm")
    algorithm.add_choice("DRAIN_ZONE", label, ZONES, "central", help_text, advanced=True)
    help_text = translate("SimulateFlood", "Share of the rain that the drains were designed to take, 0 to 1.")
    label = translate("SimulateFlood", "Runoff coefficient of the drains")
    algorithm.add_number("DRAIN_RUNOFF_SHARE", label, 0.7, help_text, 0, 1, advanced=True)
    help_text = translate("SimulateFlood", "Time that the water needs to reach the drains of an area.")
    label = translate("SimulateFlood", "Time of concentration of the drains (min)")
    algorithm.add_number("DRAIN_CONCENTRATION_MIN", label, 15, help_text, 1, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "Polygons with the capacity of their drains: the field capacity_mm_h, or return_period in years. They go before"
        " the even capacity, which counts outside them.",
    )
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    label = translate("SimulateFlood", "Drained areas")
    algorithm.add(QgsProcessingParameterFeatureSource("DRAIN_AREAS", label, polygons, optional=True), help_text, True)


def declare_file(algorithm: TwinAlgorithm) -> None:
    """A network from a SWMM input."""
    help_text = translate(
        "SimulateFlood",
        "A network of drains as an input of EPA SWMM 5 (.inp, in UTF-8, GBK or CP1252). Water of the street enters by"
        " its inlets, flows in its pipes, and comes back where they are full. The file itself is never changed.",
    )
    file, kind = QgsProcessingParameterFile.Behavior.File, translate("SimulateFlood", "SWMM input (*.inp *.INP)")
    label = translate("SimulateFlood", "Drains (.inp)")
    algorithm.add(QgsProcessingParameterFile("DRAINS", label, file, "", None, True, kind), help_text)
    label = translate("SimulateFlood", "CRS of the drains (.inp)")
    help_text = translate("SimulateFlood", "CRS of the coordinates in the .inp; empty: that of the terrain.")
    algorithm.add(QgsProcessingParameterCrs("DRAINS_CRS", label, optional=True), help_text, True)
    help_text = translate(
        "SimulateFlood",
        "terrain: it rains on the terrain only, and the subcatchments of the .inp are left out; network: only on these;"
        " both: make sure that no rain counts twice.",
    )
    rains = tuple(item.value for item in NetworkRain)
    label = translate("SimulateFlood", "Rain of the drains")
    algorithm.add_choice("DRAINS_RAIN", label, rains, NetworkRain.TERRAIN.value, help_text, advanced=True)


def declare_layers(algorithm: TwinAlgorithm) -> None:
    """A network from layers."""
    add, optional = algorithm.add, {"optional": True}
    types = QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood",
        "Instead of DRAINS: points with id, kind (junction, outfall, storage), invert_m or depth_m, rim_m (else the"
        " terrain), and their inlet (grate, curb, combination, slotted, table, open) with its sizes. Usual Chinese"
        " names of fields are known; the guide has the table.",
    )
    label = translate("SimulateFlood", "Nodes of the drains")
    add(QgsProcessingParameterFeatureSource("NODES", label, [types.TypeVectorPoint], **optional), help_text)
    help_text = translate(
        "SimulateFlood",
        "Lines from node to node with diameter_m or diameter_mm, or height_m and width_m, levels, roughness n, and"
        " from_node and to_node where their ends do not tell.",
    )
    label = translate("SimulateFlood", "Conduits of the drains")
    add(QgsProcessingParameterFeatureSource("CONDUITS", label, [types.TypeVectorLine], **optional), help_text)
    help_text = translate(
        "SimulateFlood",
        "Inlets at nodes, a table or layer with the fields id (of the node) and inlet, and the sizes as in NODES. It"
        " goes before the inlets of the network: most .inp have none.",
    )
    label = translate("SimulateFlood", "Inlets of the drains")
    add(QgsProcessingParameterFeatureSource("DRAIN_INLETS", label, [types.TypeVector], **optional), help_text)
    help_text = translate(
        "SimulateFlood",
        "Names of fields in the layers of drains where they are not the usual ones, as invert_m = NDDG; diameter_mm ="
        " GJ.",
    )
    label = translate("SimulateFlood", "Fields of the drains")
    algorithm.add_text("DRAIN_FIELDS", label, help_text, advanced=True)
    help_text = translate("SimulateFlood", "An end of a conduit that names no node takes the nearest within this.")
    label = translate("SimulateFlood", "Tolerance of the conduits' ends (m)")
    algorithm.add_number("DRAIN_TOLERANCE_M", label, 1, help_text, 0, advanced=True)


def declare_meeting(algorithm: TwinAlgorithm) -> None:
    """Where street and network meet."""
    help_text = translate(
        "SimulateFlood",
        "Nodes without an inlet, open: a manhole's cover lets water through; closed: none passes; auto: open where the"
        " network has no inlets at all, else closed.",
    )
    others = tuple(item.value for item in OtherNodes)
    label = translate("SimulateFlood", "Nodes without an inlet")
    algorithm.add_choice("DRAINS_OTHER_NODES", label, others, OtherNodes.AUTO.value, help_text, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "outside: the water of outfalls leaves the area; terrain: that of outfalls which lie on the terrain falls on"
        " their cells, as at a channel.",
    )
    ways = tuple(item.value for item in Outfalls)
    label = translate("SimulateFlood", "Water of outfalls")
    algorithm.add_choice("DRAINS_OUTFALLS", label, ways, Outfalls.OUTSIDE.value, help_text, advanced=True)


def declare_coupling(algorithm: TwinAlgorithm) -> None:
    """How often and how well street and network exchange water."""
    help_text = translate(
        "SimulateFlood",
        "Time between two exchanges of street and network; empty: 5 s. The network's own steps are 0.5 s at most.",
    )
    label = translate("SimulateFlood", "Coupling step (s)")
    algorithm.add_number("COUPLING_STEP_S", label, None, help_text, 0.1, 300, advanced=True)
    help_text = translate("SimulateFlood", "Share of every inlet that leaves block, beside what the inlets say.")
    label = translate("SimulateFlood", "Blocked share of the inlets (%)")
    algorithm.add_number("BLOCKED_PCT", label, 0, help_text, 0, 100)
    help_text = translate(
        "SimulateFlood",
        "Water level at all outfalls to the outside, such as the tide; empty: as the network says, and where it says"
        " nothing (FREE) that of the edge where an outfall lies, if that is a level.",
    )
    label = translate("SimulateFlood", "Level at the outfalls (m)")
    algorithm.add_number("OUTFALL_LEVEL_M", label, None, help_text, advanced=True)
