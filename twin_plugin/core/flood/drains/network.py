"""A network of drains as a flood run has it: nodes with inlets, links, the run's SWMM input as text, and results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message

FloatVector = NDArray[np.float64]

FOOT_M = 0.3048
NO_CELL = -1
COVER_M2 = 0.385
"""Area of a manhole's cover of 0.7 m."""


class FlowUnits(Enum):
    """SWMM's units of flow; the unit decides between SI and US customary units of everything else, too."""

    CMS = "CMS"
    LPS = "LPS"
    MLD = "MLD"
    CFS = "CFS"
    GPM = "GPM"
    MGD = "MGD"

    @property
    def flow_m3s(self) -> float:
        """One unit of flow in m³/s."""
        return _FLOW_M3S[self]

    @property
    def is_us(self) -> bool:
        """Whether lengths are feet."""
        return self in (FlowUnits.CFS, FlowUnits.GPM, FlowUnits.MGD)

    @property
    def length_m(self) -> float:
        """One unit of length of the network in m."""
        return FOOT_M if self.is_us else 1.0


_FOOT3_M3 = FOOT_M**3
_GALLON_M3 = 231 * 0.0254**3
_FLOW_M3S = {
    FlowUnits.CMS: 1.0,
    FlowUnits.LPS: 1e-3,
    FlowUnits.MLD: 1e3 / 86400.0,
    FlowUnits.CFS: _FOOT3_M3,
    FlowUnits.GPM: _GALLON_M3 / 60.0,
    FlowUnits.MGD: 1e6 * _GALLON_M3 / 86400.0,
}


class NodeKind(Enum):
    """What a node of the network is."""

    JUNCTION = "junction"
    OUTFALL = "outfall"
    STORAGE = "storage"
    DIVIDER = "divider"


class LinkKind(Enum):
    """What joins two nodes."""

    CONDUIT = "conduit"
    PUMP = "pump"
    ORIFICE = "orifice"
    WEIR = "weir"
    OUTLET = "outlet"


class InletKind(Enum):
    """How street water gets into a node."""

    GRATE = "grate"
    CURB = "curb"
    COMBINATION = "combination"
    SLOTTED = "slotted"
    TABLE = "table"
    OPEN = "open"
    """A manhole: weir and orifice of its cover's opening, without the hydraulics of an inlet."""


class GrateType(Enum):
    """Grates of HEC-22; GENERIC takes open area and splash-over velocity from the inlet."""

    P_BAR_50 = "P_BAR-50"
    P_BAR_50X100 = "P_BAR-50X100"
    P_BAR_30 = "P_BAR-30"
    CURVED_VANE = "CURVED_VANE"
    TILT_BAR_45 = "TILT_BAR-45"
    TILT_BAR_30 = "TILT_BAR-30"
    RETICULINE = "RETICULINE"
    GENERIC = "GENERIC"


class Throat(Enum):
    """Direction of a curb opening's throat."""

    HORIZONTAL = "HORIZONTAL"
    INCLINED = "INCLINED"
    VERTICAL = "VERTICAL"


class Uncoupled(Enum):
    """Why a node does not exchange water with the terrain."""

    NO_COORDINATES = "without coordinates"
    OUTSIDE = "outside the terrain"
    NO_DATA = "where the terrain has no data"
    BUILDING = "under a building"
    CLOSED = "without an inlet"
    OUTFALL = "an outfall to the outside"


@dataclass(frozen=True)
class Inlet:
    """The openings by which street and node exchange water; of one kind, `count` times.

    Attributes
    ----------
    kind : InletKind
    length_m : float
        Of the grate or slot along the kerb; of a curb opening in `curb_length_m`.
    width_m : float
        Of the grate or slot, across the kerb.
    curb_length_m, opening_height_m : float
        Of the curb opening: its length along the kerb and its height.
    grate : GrateType
    throat : Throat
    open_share : float
        Share of a GENERIC grate's area that is open, 0 to 1.
    splash_m_s : float
        Velocity from which water splashes over a GENERIC grate; 0: unknown.
    area_m2 : float
        Of the opening of an OPEN one.
    count : int
    blocked_share : float
        0 clear, 1 blocked.
    most_m3s : float
        Largest flow that one of them takes; 0: no limit.
    table : tuple of (depth_m, flow_m3s)
        Of a TABLE: what one of them takes at a depth of water; depths rise.
    on_grade : bool
        Whether water can pass it down the street; else it lies in a sag.
    cross_slope : float
        Of the street towards the kerb, m/m; 0: unknown.
    depression_m, depressed_width_m : float
        How far the gutter lies below the street's plane at the kerb, and how wide it is; 0: not at all.
    """

    kind: InletKind = InletKind.OPEN
    length_m: float = 0.0
    width_m: float = 0.0
    curb_length_m: float = 0.0
    opening_height_m: float = 0.0
    grate: GrateType = GrateType.P_BAR_50
    throat: Throat = Throat.HORIZONTAL
    open_share: float = 0.9
    splash_m_s: float = 0.0
    area_m2: float = COVER_M2
    count: int = 1
    blocked_share: float = 0.0
    most_m3s: float = 0.0
    table: tuple[tuple[float, float], ...] = ()
    on_grade: bool = False
    cross_slope: float = 0.0
    depression_m: float = 0.0
    depressed_width_m: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.blocked_share <= 1:
            raise InputError(
                "The blocked share of an inlet must be from 0 to 1, not {share:g}.", share=self.blocked_share
            )
        if self.count < 1:
            raise InputError("The number of inlets at a node must be at least 1, not {count}.", count=self.count)
        sizes = {
            InletKind.GRATE: (self.length_m, self.width_m),
            InletKind.SLOTTED: (self.length_m, self.width_m),
            InletKind.CURB: (self.curb_length_m, self.opening_height_m),
            InletKind.COMBINATION: (self.length_m, self.width_m, self.curb_length_m, self.opening_height_m),
            InletKind.OPEN: (self.area_m2,),
        }
        if not all(size > 0 for size in sizes.get(self.kind, ())):
            raise InputError("The sizes of an inlet of the kind {kind} must be above 0 m.", kind=self.kind.value)
        depths = [depth_m for depth_m, _ in self.table]
        if self.kind is InletKind.TABLE and (len(depths) < 2 or depths != sorted(set(depths))):
            raise InputError("The table of an inlet must have at least two rows with rising depths (m).")
        if any(flow_m3s < 0 for _, flow_m3s in self.table):
            raise InputError("The flows in the table of an inlet must not be negative (m³/s).")


@dataclass(frozen=True)
class DrainNode:
    """A node of the network, in metres and in the terrain's CRS.

    Attributes
    ----------
    id : str
        As the user has it.
    name : str
        In the text of the run's input: the same, or an ASCII name where the user's has other letters.
    x, y : float
        NaN where unknown.
    kind : NodeKind
    invert_m : float
        Elevation of the bottom, above the datum of the network.
    rim_m : float
        Elevation of the street or of the top of the node; NaN for an outfall without one.
    ground_m : float
        Bed of the cell; NaN where there is none.
    cell : int
        Flat position (row major) of the terrain's cell with which it exchanges water; NO_CELL for none.
    inlet : Inlet or None
        None: closed.
    uncoupled : Uncoupled or None
        Why it has no cell.
    receives : bool
        An outfall whose water falls on its cell; else it leaves the area.
    line : int
        Of its definition in the user's file; 0 for a layer.
    """

    id: str
    name: str
    kind: NodeKind
    invert_m: float
    rim_m: float
    x: float = np.nan
    y: float = np.nan
    ground_m: float = np.nan
    cell: int = NO_CELL
    inlet: Inlet | None = None
    uncoupled: Uncoupled | None = None
    receives: bool = False
    line: int = 0


@dataclass(frozen=True)
class DrainLink:
    """What joins two nodes, in metres.

    Attributes
    ----------
    id, name : str
        As of a node.
    start, end : str
        Ids of its nodes.
    length_m, height_m : float
        NaN where the kind has none; the height is that of the full cross-section.
    shape : str
        SWMM's word for the cross-section, "" where it has none.
    path : tuple of (x, y)
        From start to end, in the terrain's CRS; empty where an end has no coordinates.
    line : int
    """

    id: str
    name: str
    kind: LinkKind
    start: str
    end: str
    length_m: float = np.nan
    height_m: float = np.nan
    shape: str = ""
    path: tuple[tuple[float, float], ...] = ()
    line: int = 0


@dataclass(frozen=True)
class DrainNetwork:
    """A network as the run's copy of a SWMM input, with what the terrain must know of it.

    Attributes
    ----------
    text : str
        The run's input; ASCII, with the names of `nodes` and `links`, and END_TIME behind the end of the run.
    nodes, links : tuple
        All of the network, in the order of the text.
    units : FlowUnits
        Of the text.
    routing_step_s : float
        ROUTING_STEP of the text.
    source : str
        File or layers that it was read from, for sentences.
    lines : mapping of str to int
        Line in the user's file of each object, by "SECTION name" as in the text; empty for layers.
    notes : tuple of Message
        What was changed, guessed or left out.
    origin : tuple of int
        Line of the user's file for each line of the text; 0 for one of ours.
    """

    text: str
    nodes: tuple[DrainNode, ...]
    links: tuple[DrainLink, ...] = ()
    units: FlowUnits = FlowUnits.CMS
    routing_step_s: float = 5.0
    source: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    origin: tuple[int, ...] = ()

    @property
    def coupled(self) -> tuple[DrainNode, ...]:
        """The nodes that exchange water with the terrain."""
        return tuple(node for node in self.nodes if node.cell != NO_CELL)


@dataclass(frozen=True)
class DrainOutcome:
    """What happened in the network during a run: an entry for each of its nodes and links, in their order.

    Attributes
    ----------
    depth_max_m, level_max_m : array
        Largest depth of water above the node's bottom, and its level; NaN where never known.
    depth_max_time_s : array
        From the start of the run.
    captured_m3, surcharged_m3 : array
        Street water that entered the node, and what came back to the street.
    lost_m3 : array
        What left the node to the outside: outfalls, and flooding of nodes without a cell.
    flooded_s : array
        How long water stood above its rim.
    flow_max_m3s, velocity_max_m_s, filling_max, flow_max_time_s : array
        Of links; the filling is the depth as a share of the full height, 0 to 1; NaN for pumps.
    network : DrainNetwork or None
        Whose nodes and links these are.
    """

    depth_max_m: FloatVector
    level_max_m: FloatVector
    depth_max_time_s: FloatVector
    captured_m3: FloatVector
    surcharged_m3: FloatVector
    lost_m3: FloatVector
    flooded_s: FloatVector
    flow_max_m3s: FloatVector
    velocity_max_m_s: FloatVector
    filling_max: FloatVector
    flow_max_time_s: FloatVector
    network: DrainNetwork | None = None
